"""The methods of the Bot API that Passerelle uses or that the open issues will need, one module a subject.

Each method is a function `(world, args) -> result` registered under its name. `MESSAGES` says how many
messages a call sends, for the rates.
"""

from bot.demo.telegram.methods import (
    chats,
    copies,
    edits,
    media,
    messages,
    profile,
    reactions,
    receiving,
    topics,
)
from bot.demo.telegram.methods.registry import METHODS, Method

__all__ = [
    "METHODS", "Method", "chats", "copies", "edits", "media", "messages", "profile", "reactions",
    "receiving", "topics",
]  # fmt: skip
