"""Reading the arguments of a call: urlencoded, multipart or JSON; JSON-typed ones may come as JSON text."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.demo.telegram.errors import bad_request, chat_not_found
from bot.demo.telegram.models import Json


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent in a multipart body."""

    name: str
    mime_type: str
    data: bytes


class Args:
    """The arguments of one call, by name. Each reader raises Telegram's refusal for what it cannot use."""

    __slots__ = ("files", "values")

    def __init__(self, values: Mapping[str, Any], files: Mapping[str, Upload] | None = None) -> None:
        self.values = values
        self.files = files or {}

    def text(self, name: str, default: str = "") -> str:
        """Return a string."""
        value = self.values.get(name)
        if value is None:
            return default
        return value if isinstance(value, str) else json.dumps(value)

    def optional(self, name: str) -> str | None:
        """Return a string, or None when it is absent or empty."""
        return self.text(name) or None

    def integer(self, name: str, default: int = 0) -> int:
        """Return an integer."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f'field "{name}" must be a valid Number') from None

    def number(self, name: str) -> float | None:
        """Return a float, or None when it is absent."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            return float(value)
        except (TypeError, ValueError):
            raise bad_request(f"can't parse {name}") from None

    def flag(self, name: str) -> bool:
        """Return a boolean: true, True, 1 and yes are true, as for Telegram."""
        value = self.values.get(name)
        if isinstance(value, str):
            return value.lower() in ("true", "1", "yes", "on")
        return bool(value)

    def structure(self, name: str) -> Any:
        """Return a JSON value (already decoded, or JSON text), or None when it is absent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def object(self, name: str) -> Json | None:
        """Return a JSON object."""
        value = self.structure(name)
        if value is not None and not isinstance(value, dict):
            raise bad_request("object expected as " + name.replace("_", " "))
        return value

    def items(self, name: str) -> list[Any] | None:
        """Return a JSON array."""
        value = self.structure(name)
        if value is not None and not isinstance(value, list):
            raise bad_request(f"expected an Array of {name}")
        return value

    def chat_id(self, name: str = "chat_id") -> int:
        """Return the id of a chat."""
        value = self.text(name)
        if not value:
            raise bad_request(f"{name} is empty")
        try:
            return int(value)
        except ValueError:
            raise chat_not_found() from None

    def message_ids(self) -> list[int]:
        """Return `message_ids`, 1 to 100 of them."""
        ids = self.items("message_ids") or []
        if not ids:
            raise bad_request("message identifiers are not specified")
        if len(ids) > 100:
            raise bad_request("too many message identifiers specified")
        try:
            return [int(message_id) for message_id in ids]
        except (TypeError, ValueError):
            raise bad_request("invalid message identifier specified") from None
