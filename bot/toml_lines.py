"""Where each table and key of a TOML text stands, so that a refusal can name the line at fault.

`tomllib` forgets the lines. This reads only what a settings file is written with: headers and `key =` at
the start of a line; what stands inside an inline table or a list is placed at the line that opens it.
"""

import re
from collections import Counter

Path = tuple[str | int, ...]
"""The way to a value: ("centres", 0, "opening", "lundi")."""

_HEADER = re.compile(r"^\s*(?P<many>\[)?\[\s*(?P<name>[^\[\]]+?)\s*\]")
_KEY = re.compile(r"""^\s*(?P<name>(?:"[^"]*"|'[^']*'|[\w.-]+|\s*\.\s*)+?)\s*=""")
_PART = re.compile(r""""[^"]*"|'[^']*'|[\w-]+""")


def line_of(source: str, path: Path) -> int:
    """The line (from 1) of the longest beginning of `path` that the text has; 1 when it has none of it."""
    places = _places(source)
    while path and path not in places:
        path = path[:-1]
    return places.get(path, 1)


def _places(source: str) -> dict[Path, int]:
    places: dict[Path, int] = {}
    seen: Counter[Path] = Counter()
    table: Path = ()
    inside_text = False
    for number, line in enumerate(source.splitlines(), 1):
        starts_inside_text = inside_text
        if (line.count('"""') + line.count("'''")) % 2:
            inside_text = not inside_text
        if starts_inside_text:
            continue
        if header := _HEADER.match(line):
            table = _table(_parts(header["name"]), bool(header["many"]), seen)
            places.setdefault(table, number)
            places.setdefault(tuple(_parts(header["name"])), number)
        elif key := _KEY.match(line):
            path = (*table, *_parts(key["name"]))
            places.setdefault(path, number)
    return places


def _table(names: Path, many: bool, seen: Counter[Path]) -> Path:
    """The full path of a header: each array of tables above it is the latest one."""
    path: Path = ()
    for position, name in enumerate(names):
        path = (*path, name)
        if many and position == len(names) - 1:
            seen[path] += 1
        if seen[path]:
            path = (*path, seen[path] - 1)
    return path


def _parts(name: str) -> Path:
    return tuple(part.strip("\"'") for part in _PART.findall(name))
