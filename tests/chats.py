"""Chats without Telegram: use cases against a real database, read from what they owe to each chat."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot import invitations, joining
from bot.apply import apply
from bot.centres import read
from bot.incoming import Incoming, Press
from bot.rights import may
from bot.rules.paris import local_date
from bot.scheduler import Scheduler
from handlers.verbs_people import VERBS
from storage import people
from storage.conversations import Bubble
from storage.encryption import unlock
from storage.outbox import OutboxRow
from storage.people import Known
from storage.store import Store, Work
from tests.cast import StageClock

KEY = "BMc7CzPMwD9JF3DIji53Nm3q3MS74-NOYyaLz-LP4z0="
NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
"""Mardi 24 novembre 2026, midi à Paris."""
SAMPLE = Path(__file__).parent.parent / "centres.toml"
AWA, SOMEBODY = "101", "301"
CHANTAL, ESMAMAN, FARIDA, NADIA = "201", "202", "203", "204"


@dataclass
class Chat:
    """What stands in a chat: the words and the buttons of each bubble, in order."""

    bubbles: dict[int, tuple[str, dict[str, str]]] = field(default_factory=dict)

    @property
    def last(self) -> str:
        return list(self.bubbles.values())[-1][0]

    @property
    def said(self) -> list[str]:
        return [words for words, _ in self.bubbles.values()]

    def button(self, label: str) -> tuple[int, str]:
        """The bubble and the data of the latest button with this label."""
        for bubble, (_, buttons) in reversed(self.bubbles.items()):
            if label in buttons:
                return bubble, buttons[label]
        raise AssertionError(f"no button {label}")

    @property
    def labels(self) -> set[str]:
        return {label for _, buttons in self.bubbles.values() for label in buttons}


class World:
    """A database with the sample centres, a clock that is moved by hand, and phones made of rows."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = NOON

    async def chat(self, address: str) -> Chat:
        """What stands there, as if everything owed had arrived: plain letters and plain spaces."""
        chat = Chat()
        async with self.store.work(self.now) as work:
            for row in await outbox_of(work, address):
                if row.bubble_id is None or row.state == "dropped":
                    continue
                if row.call == "delete":
                    chat.bubbles.pop(row.bubble_id, None)
                    continue
                before = chat.bubbles.get(row.bubble_id, ("", {}))[0]
                words = (row.text or "").replace("\N{NO-BREAK SPACE}", " ")
                words = re.sub(r"</?\w+>", "", words)
                buttons = {one[0]: one[1] for line in row.options.get("buttons", []) for one in line}
                chat.bubbles[row.bubble_id] = (words if row.call in ("send", "edit") else before, buttons)
        return chat

    async def start(self, address: str, code: str = "", name: str = "Awa") -> None:
        async with self.store.work(self.now) as work:
            await joining.start(work, address, code, name)

    async def press(self, address: str, label: str) -> str | None:
        bubble_id, data = (await self.chat(address)).button(label)
        verb, _, argument = data.partition(":")
        async with self.store.work(self.now) as work:
            known = await people.known(work.session, address, local_date(self.now))
            bubble = await work.session.get(Bubble, bubble_id)
            use_case, who = VERBS[verb]
            assert may(who, known)
            return await use_case(work, Press(address, "q", verb, argument, "1", known, bubble))

    async def forge(self, address: str, data: str) -> str | None:
        """Press data of somebody's own making, on her latest bubble; « refused » by its right alone."""
        bubble_id = list((await self.chat(address)).bubbles)[-1]
        verb, _, argument = data.partition(":")
        async with self.store.work(self.now) as work:
            known = await people.known(work.session, address, local_date(self.now))
            use_case, who = VERBS[verb]
            if not may(who, known):
                return "refused"
            bubble = await work.session.get(Bubble, bubble_id)
            return await use_case(work, Press(address, "q", verb, argument, "1", known, bubble))

    async def tick(self) -> None:
        """Do what has fallen due, as the scheduler would."""
        await Scheduler(self.store, StageClock(self.now)).tick()

    async def person_id(self, address: str) -> int:
        """Who writes from this chat; somebody must."""
        known = await self.known(address)
        assert known is not None
        return known.person.id

    async def write(self, address: str, words: str) -> bool:
        """Whether joining took these words."""
        incoming = Incoming(address, "1", "text", words, shown_name="Awa")
        async with self.store.work(self.now) as work:
            known = await people.known(work.session, address, local_date(self.now))
            if known is None:
                await joining.stranger(work, incoming)
                return True
            return await joining.takes_words(work, known, incoming)

    async def known(self, address: str) -> Known | None:
        async with self.store.work(self.now) as work:
            return await people.known(work.session, address, local_date(self.now))

    async def school_code(self, school: str = "Les Tilleuls", **options: Any) -> str:
        async with self.store.work(self.now) as work:
            return await invitations.invite_teacher(work, school, **options)

    async def staff_code(self, name: str = "Chantal") -> str:
        async with self.store.work(self.now) as work:
            return await invitations.invite_staff(work, name)

    async def joined_teacher(
        self, address: str = AWA, school: str = "Les Tilleuls", level: str = "CE1"
    ) -> None:
        await self.start(address, await self.school_code(school))
        await self.press(address, "J'ai lu")
        await self.press(address, level)

    async def joined_staff(self, address: str = CHANTAL, name: str = "Chantal") -> None:
        await self.start(address, await self.staff_code(name), name)
        await self.press(address, "J'ai lu")


async def outbox_of(work: Work, address: str) -> list[OutboxRow]:
    """What was owed to a chat, in order."""
    found = await work.session.scalars(
        select(OutboxRow).where(OutboxRow.address == address).order_by(OutboxRow.id)
    )
    return list(found)


@asynccontextmanager
async def world_in(folder: Path) -> AsyncIterator[World]:
    """A new world whose database is a file in this folder."""
    unlock(KEY)
    store = Store(f"sqlite+aiosqlite:///{folder / 'people.db'}")
    await store.prepare(NOON)
    async with store.work(NOON) as work:
        await apply(work, read(SAMPLE))
    try:
        yield World(store)
    finally:
        await store.close()
