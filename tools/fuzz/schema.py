"""Updates made from the official specification, types within types (mind the cycles)."""

import json
import random
import re
from typing import Any

from tools.fuzz.words import junk, said
from tools.stage import ROOT

TYPES: dict[str, Any] = json.loads((ROOT / "tests/bot_api_10.1.min.json").read_text(encoding="utf-8"))[
    "types"
]
DEEPEST = 4
"""Below, only what is required: a Message holds a Message, which holds a Message…"""
BOTTOM = 2 * DEEPEST
"""Here even what is required stops: some types require themselves."""
ALWAYS = re.compile(r'(?:always|must be) ["“]?(\w+)["”]?')
NOW = 1_795_000_000
MOMENTS = (NOW, NOW - 86_400, NOW + 86_400, 0, 1, 2**31 - 1)

# What is asked of Telegram, and some kinds that are not.
KINDS = ("message", "edited_message", "callback_query", "my_chat_member", "message_reaction")


class Generator:
    """Makes updates; ``chats`` are ids of chats we know, drawn half of the time."""

    def __init__(self, draw: random.Random, chats: list[int]) -> None:
        self._draw = draw
        self._chats = chats

    def update(self, number: int) -> dict[str, Any]:
        """An update as the specification allows it, from somebody known or not."""
        optional = [field for field in TYPES["Update"]["fields"] if not field["required"]]
        wanted = self._draw.choice(KINDS) if self._draw.random() < 0.8 else ""
        field = next((one for one in optional if one["name"] == wanted), self._draw.choice(optional))
        made = self._value(field["types"], field, 0)
        self._placed(made, number)
        if field["name"] == "callback_query":
            made["id"] = str(number)  # two presses never have one number, nor two messages
        elif field["name"] == "message":
            made["message_id"] = 2_000_000 + number
        return {field["name"]: made}

    def _placed(self, made: Any, number: int) -> None:
        """Most come from a private chat of one person, as most do, with words that say from whom."""
        if not isinstance(made, dict) or self._draw.random() < 0.2:
            return
        chat = self._chat()
        person = {"id": chat, "is_bot": False, "first_name": junk(self._draw) or "A"}
        for holder in (made, made.get("message")):
            if isinstance(holder, dict):
                if "chat" in holder:
                    holder["chat"] = {"id": chat, "type": "private", "first_name": "A"}
                if "text" in holder or self._draw.random() < 0.5:
                    holder["text"] = said(self._draw, number)
        if "from" in made or self._draw.random() < 0.9:
            made["from"] = person

    def _chat(self) -> int:
        return self._draw.choice(self._chats) if self._draw.random() < 0.5 else self._draw.randint(1, 2**40)

    def _object(self, name: str, depth: int) -> Any:
        described = TYPES[name]
        if subtypes := described.get("subtypes"):
            return self._one(self._draw.choice(subtypes), {"name": name, "description": ""}, depth)
        if depth > BOTTOM:
            return {}
        return {
            field["name"]: self._value(field["types"], field, depth)
            for field in described.get("fields", [])
            if field["required"] or (depth < DEEPEST and self._draw.random() < 0.12)
        }

    def _value(self, types: list[str], field: dict[str, Any], depth: int) -> Any:
        return self._one(self._draw.choice(types), field, depth)

    def _one(self, kind: str, field: dict[str, Any], depth: int) -> Any:
        if kind.startswith("Array of "):
            many = 1 if depth < DEEPEST else 0
            inner = kind.removeprefix("Array of ")
            return [self._one(inner, field, depth + 1) for _ in range(self._draw.randint(0, 3) * many)]
        if kind == "Integer":
            return self._integer(field["name"])
        if kind == "String":
            return self._string(field)
        if kind == "Float":
            return self._draw.uniform(-90, 90)
        if kind == "Boolean":
            return self._draw.random() < 0.5
        return self._object(kind, depth + 1)

    def _integer(self, name: str) -> int:
        if name.endswith("date") or name in ("date", "until_date"):
            return self._draw.choice(MOMENTS)
        if name == "id" or name.endswith("_id"):
            return self._draw.choice((self._chat(), self._draw.randint(1, 60)))
        return self._draw.choice((0, 1, 2, 60, 86_400))

    def _string(self, field: dict[str, Any]) -> str:
        if found := ALWAYS.search(field["description"]):
            return found.group(1)
        if field["name"] == "type":
            quoted = re.findall(r"[“\"](\w+)[”\"]", field["description"])
            return self._draw.choice(quoted) if quoted else "private"
        return junk(self._draw)
