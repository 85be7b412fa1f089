"""The official specification (`bot_api_10.1.min.json`), judge of each call accepted and object emitted."""

import json
import re
from pathlib import Path
from typing import Any

from bot.demo.telegram.params import Args

_SPECIFICATION = json.loads(
    (Path(__file__).parent.parent / "bot_api_10.1.min.json").read_text(encoding="utf-8")
)
METHODS: dict[str, Any] = _SPECIFICATION["methods"]
TYPES: dict[str, Any] = _SPECIFICATION["types"]
_PLAIN: dict[str, type | tuple[type, ...]] = {
    "Integer": int,
    "Float": (int, float),
    "String": str,
    "Boolean": bool,
}


class Broken(AssertionError):
    """Something that the specification does not allow."""


def observe(method: str, args: Args, result: Any) -> None:
    """Hold one accepted call, its arguments and its result, against the specification."""
    described = METHODS[method]
    fields = {field["name"]: field for field in described.get("fields", [])}
    attached = {name for name in args.files if name not in fields}
    for name, value in args.values.items():
        if name not in fields:
            raise Broken(f"{method} was given {name}, which the specification does not have")
        _check_argument(f"{method}.{name}", value, fields[name]["types"])
    for name, field in fields.items():
        given = name in args.values or name in args.files
        if field["required"] and not given:
            raise Broken(f"{method} was accepted without {name}")
    for name in attached:
        if not any(f"attach://{name}" in str(value) for value in args.values.values()):
            raise Broken(f"{method}: the file {name} is of no argument")
    value = json.loads(result) if isinstance(result, str) and method == "getUpdates" else result
    check(f"{method}()", value, described["returns"])


def check(where: str, value: Any, types: list[str]) -> None:
    """Raise `Broken` unless the value is of one of these types, all the way down."""
    problems = []
    for kind in types:
        try:
            _check_one(where, value, kind)
        except Broken as problem:
            problems.append(str(problem))
        else:
            return
    raise Broken("; ".join(problems) or f"{where}: nothing is allowed here")


def _check_one(where: str, value: Any, kind: str) -> None:
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            raise Broken(f"{where}: {value!r} is no array")
        for index, item in enumerate(value):
            check(f"{where}[{index}]", item, [kind.removeprefix("Array of ")])
    elif kind in _PLAIN:
        if not isinstance(value, _PLAIN[kind]) or (isinstance(value, bool) and kind != "Boolean"):
            raise Broken(f"{where}: {value!r} is no {kind}")
    elif "subtypes" in TYPES[kind] and not TYPES[kind].get("fields"):
        check(where, value, TYPES[kind]["subtypes"])
    else:
        _check_object(where, value, kind)


def _check_object(where: str, value: Any, kind: str) -> None:
    if not isinstance(value, dict):
        raise Broken(f"{where}: {value!r} is no {kind}")
    fields = {field["name"]: field for field in TYPES[kind].get("fields", [])}
    for name, item in value.items():
        if name not in fields:
            raise Broken(f"{where}: {kind} has no field {name}")
        _check_constant(f"{where}.{name}", item, fields[name]["description"])
        check(f"{where}.{name}", item, fields[name]["types"])
    missing = [name for name, field in fields.items() if field["required"] and name not in value]
    if missing:
        raise Broken(f"{where}: {kind} lacks {missing}")


def _check_constant(where: str, value: Any, description: str) -> None:
    """A field « always "x" » is x: that is what tells sibling types apart."""
    if (said := re.search(r'(?:always|must be) ["“]([^"”]+)["”]', description)) and value != said.group(1):
        raise Broken(f"{where}: {value!r} is not {said.group(1)!r}")


def _check_argument(where: str, value: Any, types: list[str]) -> None:
    """An argument comes as text in a form; as what it is in JSON."""
    if not isinstance(value, str):
        check(where, value, types)
        return
    for kind in types:
        if kind == "String" or (kind == "InputFile" and value.startswith("attach://")):
            return
        if kind == "InputMedia" or kind.startswith("Array of InputMedia"):
            check(where, json.loads(value), [kind])
            return
        try:
            check(where, json.loads(value.lower() if kind == "Boolean" else value), [kind])
        except (Broken, ValueError):
            continue
        return
    raise Broken(f"{where}: {value!r} is none of {types}")
