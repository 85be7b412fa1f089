"""Recorded updates, changed: other people's ids, other buttons, other words, missing and odd parts."""

import copy
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tools.fuzz.words import junk, said

Update = dict[str, Any]


@dataclass(slots=True)
class Pool:
    """What a mutation may draw from: recorded updates, chats we know, buttons that were shown."""

    recorded: Sequence[Update]
    chats: Sequence[int]
    buttons: Sequence[tuple[int, int, str]]
    """Chat, message and data of each button on somebody's screen."""


def mutated(draw: random.Random, pool: Pool, number: int) -> Update:
    """A recorded update, changed once to three times; its words bear the mark of update ``number``."""
    update = copy.deepcopy(draw.choice(pool.recorded))
    update.pop("update_id", None)
    for _ in range(draw.randint(1, 3)):
        draw.choices(MUTATIONS, WEIGHTS)[0](draw, pool, update)
    _mark(draw, update, number)
    return update


def _mark(draw: random.Random, update: Update, number: int) -> None:
    query = update.get("callback_query")
    if isinstance(query, dict) and "id" in query:
        query["id"] = str(number)  # two presses never have one number, nor two messages
    message = update.get("message") or update.get("edited_message")
    if not isinstance(message, dict):
        return
    if "message" in update and "message_id" in message:
        message["message_id"] = 1_000_000 + number
    for name in ("text", "caption"):
        if isinstance(message.get(name), str) and not message[name].startswith("/start"):
            message[name] = said(draw, number)
            message.pop("entities", None)
            if message[name].startswith("/"):
                length = len(message[name].split()[0])
                message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]


def _from_another(draw: random.Random, pool: Pool, update: Update) -> None:
    """The same from somebody else's chat: known, or never seen."""
    chat = draw.choice(pool.chats) if draw.random() < 0.8 else draw.randint(1, 2**40)
    for part in update.values():
        if not isinstance(part, dict):
            continue
        for holder in (part, part.get("message")):
            if isinstance(holder, dict) and isinstance(holder.get("chat"), dict):
                holder["chat"]["id"] = chat
        if isinstance(part.get("from"), dict):
            part["from"]["id"] = chat


def _another_button(draw: random.Random, pool: Pool, update: Update) -> None:
    """A press: of a real button by its owner, of somebody else's data, of invented data."""
    query = update.get("callback_query")
    if not isinstance(query, dict) or not pool.buttons:
        return
    chat, message, data = draw.choice(pool.buttons)
    query["data"] = draw.choice((data, data, f"{data.partition(':')[0]}:{draw.randint(0, 40)}", junk(draw)))
    if draw.random() < 0.7 and isinstance(query.get("message"), dict):
        query["message"]["message_id"] = message
        if draw.random() < 0.8:
            query["message"]["chat"] = {"id": chat, "type": "private", "first_name": "A"}
            query["from"] = {"id": chat, "is_bot": False, "first_name": "A"}


def _another_reply(draw: random.Random, pool: Pool, update: Update) -> None:
    """A reply to another bubble: her own chat's, or a number of somebody else's."""
    message = update.get("message")
    if isinstance(message, dict):
        number = draw.choice(pool.buttons)[1] if pool.buttons else draw.randint(1, 60)
        chat = message.get("chat")
        message["reply_to_message"] = {"message_id": number, "date": 1_795_000_000, "chat": chat}


def _something_missing(draw: random.Random, pool: Pool, update: Update) -> None:
    holder, name = draw.choice(_places(update))
    del holder[name]


def _something_odd(draw: random.Random, pool: Pool, update: Update) -> None:
    holder, name = draw.choice(_places(update))
    holder[name] = draw.choice(
        (None, True, 0, -1, 2**31 - 1, 1.5, junk(draw), "x" * 5000, [], {}, [{}], {"id": 1})
    )


def _something_more(draw: random.Random, pool: Pool, update: Update) -> None:
    """A part of one update in another."""
    other = draw.choice(pool.recorded)
    theirs, name = draw.choice(_places(copy.deepcopy(other)))
    holder, _ = draw.choice(_places(update))
    holder[name] = theirs[name]


def _places(update: Update) -> list[tuple[dict[str, Any], str]]:
    """Every place of an update, all the way down."""
    found: list[tuple[dict[str, Any], str]] = []
    waiting: list[Any] = [update]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            found += [(one, name) for name in one]
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return found or [({"nothing": None}, "nothing")]


MUTATIONS: tuple[Callable[[random.Random, Pool, Update], None], ...] = (
    _from_another, _another_button, _another_reply, _something_missing, _something_odd, _something_more,
)  # fmt: skip
WEIGHTS = (6, 6, 4, 1, 1, 1)
