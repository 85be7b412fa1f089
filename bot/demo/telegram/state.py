"""The world on disk: a small SQLite file, written about once a second with what changed, so that a demo
survives a restart.

After a kill the last second may be missing. Pressed buttons (15 seconds of life) and lock screens are not
kept.
"""

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.demo.telegram.models import Chat, Json, Message, Person, StoredFile, Topic
from bot.demo.telegram.updates import Update
from bot.demo.telegram.world import World

_EVERY_S = 1.0
_TABLE = """CREATE TABLE IF NOT EXISTS things
    (kind TEXT, key TEXT, part INTEGER, body TEXT, data BLOB, PRIMARY KEY (kind, key, part))"""
_PUT = "INSERT OR REPLACE INTO things VALUES (?, ?, ?, ?, ?)"
_LOAD_ORDER = ("person", "chat", "message", "file")


class StateFile:
    """Reads the world when made, then keeps the file up to date while started.

    Raises ValueError when the file is not a state file.
    """

    def __init__(self, path: Path, world: World) -> None:
        self._world = world
        world.kept = True
        path.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(path, isolation_level=None)
        try:
            self._database.execute("PRAGMA synchronous=OFF")  # a demo's file: quick before safe
            self._database.execute(_TABLE)
            self._load()
        except (sqlite3.DatabaseError, KeyError, TypeError, ValueError) as broken:
            self._database.close()
            raise ValueError(
                f"{path} is not a state file of this version; move it away to start afresh."
            ) from broken
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to save by itself."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Save once more and stop."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        self.save()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def forget(self) -> None:
        """Empty the file, as the world was."""
        self._database.execute("DELETE FROM things")
        self.save()

    def save(self) -> None:
        """Write what changed since the last time."""
        changed, self._world.changed = self._world.changed, set()
        self._database.execute("BEGIN")
        for kind, key, part in changed:
            row = _row(self._world, kind, key, part)
            if row is None:
                self._database.execute(
                    "DELETE FROM things WHERE kind=? AND key=? AND part=?", (kind, str(key), part)
                )
            else:
                self._database.execute(_PUT, (kind, str(key), part, *row))
        self._database.execute(_PUT, ("whole", "", 0, json.dumps(_whole(self._world)), None))
        self._database.execute("COMMIT")

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(_EVERY_S)
            self.save()

    def _load(self) -> None:
        for kind in _LOAD_ORDER:
            for body, data in self._rows(kind):
                _put(self._world, kind, json.loads(body), data)
        for body, _ in self._rows("whole"):
            _restore(self._world, json.loads(body))
        self._world.changed.clear()

    def _rows(self, kind: str) -> Iterator[tuple[str, bytes | None]]:
        query = "SELECT body, data FROM things WHERE kind=? ORDER BY CAST(key AS INTEGER), part"
        return self._database.execute(query, (kind,))


def _row(world: World, kind: str, key: Any, part: int) -> tuple[str, bytes | None] | None:
    """Return the body and data of a thing, or None when it is gone."""
    if kind == "message":
        message = world.chats[key].messages.get(part) if key in world.chats else None
        return (json.dumps(_plain(message)), None) if message is not None else None
    if kind == "file":
        stored = world.files.get(key)
        return (json.dumps(_plain(stored, without="data")), stored.data) if stored is not None else None
    if kind == "chat" and key in world.chats:
        return json.dumps(_chat(world.chats[key])), None
    if kind == "person" and key in world.people:
        return json.dumps(_plain(world.people[key])), None
    return None


def _plain(thing: Any, *, without: str = "") -> Json:
    return {field.name: getattr(thing, field.name) for field in fields(thing) if field.name != without}


def _chat(chat: Chat) -> Json:
    return _plain(chat, without="messages") | {"topics": [_plain(topic) for topic in chat.topics.values()]}


def _put(world: World, kind: str, body: Json, data: bytes | None) -> None:
    if kind == "person":
        person = Person(**body)
        world.people[person.id] = person
        world.notifications[person.id] = world.new_notifications()
    elif kind == "chat":
        topics = [Topic(**topic) for topic in body.pop("topics")]
        world.chats[body["id"]] = Chat(**body, topics={topic.id: topic for topic in topics})
    elif kind == "message":
        message = Message(
            **body | {"reactions": {int(user): given for user, given in body["reactions"].items()}}
        )
        world.chats[message.chat_id].messages[message.id] = message
    elif kind == "file":
        stored = StoredFile(**body, data=data or b"")
        world.files[stored.id] = stored


def _whole(world: World) -> Json:
    bot, clock = world.bot, world.clock
    return {
        "next": [
            world.next_person,
            world.next_group,
            world.next_supergroup,
            world.next_message,
            world.updates.next_id,
        ],
        "bot": {
            field.name: getattr(bot, field.name)
            for field in fields(bot)
            if field.name not in ("id", "username")
        },
        "clock": None if clock.real else clock.now().isoformat(),
        "running": clock.running,
        "votes": world.votes,
        "pending": [[update.id, update.chat, update.body] for update in world.updates.pending],
        "allowed": sorted(world.updates.allowed) if world.updates.allowed is not None else None,
    }


def _restore(world: World, body: Json) -> None:
    counts = body["next"]
    world.next_person, world.next_group, world.next_supergroup, world.next_message, world.updates.next_id = (
        counts
    )
    for name, value in body["bot"].items():
        setattr(world.bot, name, value)
    if body["clock"] is not None:
        world.clock.set(datetime.fromisoformat(body["clock"]))
        world.clock.run(body["running"])
    world.votes = {
        poll: {int(who): chosen for who, chosen in votes.items()} for poll, votes in body["votes"].items()
    }
    world.updates.pending.extend(Update(*update) for update in body["pending"])
    world.updates.allowed = frozenset(body["allowed"]) if body["allowed"] is not None else None
