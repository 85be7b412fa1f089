"""Formatted text: Telegram's HTML to text and entities, offsets in UTF-16 units.

Errors are worded as TDLib words them; offsets in them are bytes of UTF-8, as there.
"""

import re
from collections.abc import Iterable
from html import unescape
from typing import Any

from bot.demo.telegram.errors import Refusal, bad_request

Entity = dict[str, Any]

_SIMPLE = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "tg-spoiler": "spoiler", "blockquote": "blockquote",
}  # fmt: skip
_TAG = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[a-zA-Z-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+))?)*)\s*>"
)
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
_REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#[0-9]+|#x[0-9a-fA-F]+);")
_ORDER = {"blockquote": 0, "expandable_blockquote": 0, "pre": 1, "code": 2, "text_link": 3, "text_mention": 3}
_CONTROL = {n: " " for n in range(32) if n not in (9, 10, 13)} | {13: None}
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"«»]+[^\s<>\"«».,;:!?)\]'’])"
    r"|(?P<email>\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<mention>(?<![\w@/])@[a-zA-Z]\w{3,31})"
    r"|(?P<bot_command>(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@\w{4,32})?(?![\w/]))"
    r"|(?P<hashtag>(?<!\w)#\w*[^\W\d]\w*)"
)


def utf16_length(text: str) -> int:
    """Return the length of `text` in UTF-16 units, the unit of all of Telegram's offsets."""
    return len(text) + sum(1 for letter in text if letter > "\uffff") if not text.isascii() else len(text)


def python_range(text: str, entity: Entity) -> tuple[int, int]:
    """Return the start and end of an entity as indexes of the Python string."""
    units = text.encode("utf-16-le")
    start, end = entity["offset"] * 2, (entity["offset"] + entity["length"]) * 2
    first = len(units[:start].decode("utf-16-le", "replace"))
    return first, first + len(units[start:end].decode("utf-16-le", "replace"))


def formatted(text: str, parse_mode: str | None, entities: list[Entity] | None) -> tuple[str, list[Entity]]:
    """Return the text people see and all its entities, written and found, trimmed as Telegram trims.

    Raises `Refusal` (400) on a text that Telegram would not parse.
    """
    if parse_mode:
        if parse_mode.lower() != "html":
            # The service writes HTML only; another mode would be accepted wrongly or refused wrongly.
            raise bad_request("unsupported parse_mode")
        text, explicit = parse_html(text.translate(_CONTROL))
    else:
        text = text.translate(_CONTROL)
        explicit = _checked(text, entities or [])
    text, explicit = _trimmed(text, explicit)
    found = _found(text, explicit)
    return text, sorted(explicit + found, key=lambda e: (e["offset"], -e["length"], _ORDER.get(e["type"], 9)))


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Parse Telegram's HTML subset. Raises `Refusal` worded as Telegram's."""
    pieces: list[str] = []
    units = 0
    open_tags: list[tuple[str, int, Entity | None]] = []
    entities: list[Entity] = []
    position = 0
    while (bracket := source.find("<", position)) >= 0:
        plain = _REFERENCE.sub(lambda m: unescape(m.group()), source[position:bracket])
        pieces.append(plain)
        units += utf16_length(plain)
        tag = _TAG.match(source, bracket)
        at = len(source[:bracket].encode())
        if tag is None:
            raise _broken(source, bracket, at)
        name = tag.group(2).lower()
        if tag.group(1):
            _close(name, at, units, open_tags, entities)
        else:
            open_tags.append((name, units, _opened(name, _attributes(tag.group(3)), at, units, open_tags)))
        position = tag.end()
    pieces.append(_REFERENCE.sub(lambda m: unescape(m.group()), source[position:]))
    if open_tags:
        raise _cannot_parse(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    return "".join(pieces), entities


def _opened(
    name: str, attributes: dict[str, str], at: int, units: int, above: list[tuple[str, int, Entity | None]]
) -> Entity | None:
    kind = _SIMPLE.get(name)
    if kind == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    if kind == "code" and above and above[-1][0] == "pre" and above[-1][1] == units and above[-1][2]:
        language = attributes.get("class", "")
        if language.startswith("language-"):
            above[-1][2]["language"] = language.removeprefix("language-")
        return None
    if kind:
        return {"type": kind}
    if name == "span":
        if attributes.get("class") != "tg-spoiler":
            raise _cannot_parse(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
        return {"type": "spoiler"}
    if name == "a":
        return _link(attributes.get("href", ""))
    if name == "tg-emoji":
        return {"type": "custom_emoji", "custom_emoji_id": attributes.get("emoji-id", "")}
    raise _cannot_parse(f'Unsupported start tag "{name}" at byte offset {at}')


def _link(href: str) -> Entity | None:
    if re.match(r"(?:https?|tg|tel|mailto):", href):
        return {"type": "text_link", "url": href}
    return None  # Telegram keeps the words and drops a link it cannot use


def _close(
    name: str, at: int, units: int, open_tags: list[tuple[str, int, Entity | None]], entities: list[Entity]
) -> None:
    if not open_tags:
        raise _cannot_parse(f"Unexpected end tag at byte offset {at}")
    expected, start, entity = open_tags.pop()
    if name != expected:
        raise _cannot_parse(
            f'Unmatched end tag at byte offset {at}, expected "</{expected}>", found "</{name}>"'
        )
    if entity is not None and units > start:
        kind = entity.pop("type")
        entities.append({"type": kind, "offset": start, "length": units - start, **entity})


def _broken(source: str, bracket: int, at: int) -> Refusal:
    if source.find(">", bracket) < 0:
        return _cannot_parse(f"Unclosed start tag at byte offset {at}")
    name = re.match(r"</?([^\s>]*)", source[bracket:])
    return _cannot_parse(
        f'Unsupported start tag "{name.group(1).lower() if name else ""}" at byte offset {at}'
    )


def _attributes(source: str) -> dict[str, str]:
    return {
        m.group(1).lower(): unescape(m.group(2) or m.group(3) or m.group(4) or "")
        for m in _ATTRIBUTE.finditer(source)
    }


def _cannot_parse(what: str) -> Refusal:
    return bad_request(f"can't parse entities: {what}")


def _checked(text: str, entities: Iterable[Entity]) -> list[Entity]:
    """Keep the entities that lie in the text, as the server does; it drops the others silently."""
    end = utf16_length(text)
    kept = []
    for entity in entities:
        try:
            offset, length = int(entity["offset"]), int(entity["length"])
        except (KeyError, TypeError, ValueError):
            raise bad_request("can't parse MessageEntity: expected an Object") from None
        if 0 <= offset < end and length > 0:
            kept.append({**entity, "offset": offset, "length": min(length, end - offset)})
    return kept


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    stripped = text.strip()
    if len(stripped) == len(text):
        return text, entities
    lead = utf16_length(text[: len(text) - len(text.lstrip())])
    end = utf16_length(stripped)
    kept = []
    for entity in entities:
        first = max(entity["offset"] - lead, 0)
        last = min(entity["offset"] + entity["length"] - lead, end)
        if last > first:
            kept.append({**entity, "offset": first, "length": last - first})
    return stripped, kept


def _found(text: str, explicit: list[Entity]) -> list[Entity]:
    """Return what Telegram finds by itself: links, addresses, commands, mentions, hashtags."""
    if not any(sign in text for sign in "/@#"):
        return []
    taken = [
        python_range(text, entity)
        for entity in explicit
        if entity["type"] in ("code", "pre", "text_link", "text_mention")
    ]
    found = []
    for match in _FOUND.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            kind = match.lastgroup or ""
            offset = utf16_length(text[: match.start()])
            found.append({"type": kind, "offset": offset, "length": utf16_length(match.group())})
    return found
