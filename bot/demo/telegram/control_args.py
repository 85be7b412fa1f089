"""Reading what the page sends, with a sentence for what cannot be used."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web

from bot.demo.telegram.params import Upload
from bot.demo.telegram.refused import Refused
from bot.demo.telegram.requests import read_multipart
from bot.texts import emulator as texts


class Asked:
    """The arguments of a control call, and its files."""

    def __init__(self, values: Mapping[str, Any], files: Sequence[Upload] = ()) -> None:
        self.values = values
        self.files = files

    def text(self, name: str, default: str = "") -> str:
        """Return a string."""
        value = self.values.get(name)
        if value is None:
            return default
        if not isinstance(value, str):
            raise Refused(400, texts.bad_value(name=name))
        return value

    def integer(self, name: str, default: int) -> int:
        """Return an integer."""
        return int(self.number(name, default))

    def number(self, name: str, default: float) -> float:
        """Return a number."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        try:
            return float(value) if isinstance(value, float) else int(value)
        except (TypeError, ValueError, OverflowError):
            pass
        try:
            return float(value)
        except (TypeError, ValueError):
            raise Refused(400, texts.bad_value(name=name)) from None

    def flag(self, name: str) -> bool:
        """Return a boolean."""
        return self.values.get(name) is True

    def items(self, name: str) -> list[Any]:
        """Return a list."""
        value = self.values.get(name) or []
        if not isinstance(value, list):
            raise Refused(400, texts.bad_value(name=name))
        return value

    def integers(self, name: str) -> list[int]:
        """Return a list of integers."""
        found = self.items(name)
        if not all(isinstance(value, int) for value in found):
            raise Refused(400, texts.bad_value(name=name))
        return found


async def arguments(request: web.Request) -> Asked:
    """Return the arguments of a call that changes something: JSON, or multipart with JSON in its field
    "args"."""
    if request.content_type.startswith("multipart/"):
        fields, files = await read_multipart(request)
        return Asked(_object(fields.get("args", "{}")), [upload for _, upload in files])
    if request.content_type != "application/json":
        raise Refused(400, texts.unreadable())
    return Asked(_object(await request.read() or b"{}"))


def _object(text: str | bytes) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        raise Refused(400, texts.unreadable()) from None
    if not isinstance(value, dict):
        raise Refused(400, texts.unreadable())
    return value
