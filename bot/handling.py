"""From the inbox to the use cases: in order per chat, each update handled once.

One update is one unit of work. Those that wait together share one transaction (a commit costs
more than a message); if any of them fails, all are rolled back and each is handled alone, so
that nobody's message pays for another's.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot import arrival
from bot.clock import Clock
from bot.heed import Heed
from bot.rules.paris import local_date
from storage import ahead, conversations, inbox
from storage.inbox import InboxRow
from storage.store import DatabaseAway, Store, Work

log = structlog.get_logger(__name__)

TOGETHER = 40
"""Updates a transaction may hold: a third of a second at most, during which nothing else is written."""
ATTEMPTS = (1.0, 5.0, 30.0, 120.0)
"""Seconds before each new attempt; after the last one the update is set aside, aloud."""
LONGEST_WAIT = 2.0

Handle = Callable[[dict[str, Any], Work], Awaitable[None]]
"""The Telegram edge: a raw update in, use cases called."""


class Handling:
    """Handles the inbox until it is told to stop."""

    def __init__(self, store: Store, clock: Clock, heed: Heed, bot_id: int, handle: Handle) -> None:
        self._store = store
        self._clock = clock
        self._heed = heed
        self._bot_id = bot_id
        self._handle = handle
        self._wake = asyncio.Event()
        self._held_back = False
        self.landing: Callable[[str], bool] = lambda _: False
        """Whether something is on its way to a chat, or has landed there and is not written down yet."""

    def wake(self) -> None:
        """Something came in."""
        self._wake.set()

    def landed(self) -> None:
        """Something that was on its way has landed: what was held back for it may be handled."""
        if self._held_back:
            self._wake.set()

    async def run(self) -> None:
        """Handle for ever."""
        while True:
            self._wake.clear()
            try:
                more = await self.round()
            except DatabaseAway:
                log.error("database away: messages wait in the inbox", who="handling")
                await asyncio.sleep(1.0)
                continue
            if not more:
                await self._sleep()

    async def _sleep(self) -> None:
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                await self._wake.wait()
        except TimeoutError:
            pass

    async def round(self) -> bool:
        """Handle what is due; whether there was anything."""
        try:
            return await self._together()
        except DatabaseAway:
            raise
        except Exception as error:
            log.warning("a batch failed; one by one now", error=type(error).__name__)
            return await self._one_by_one()

    async def _together(self) -> bool:
        now = self._clock.now()
        async with self._store.work(now) as work:
            rows = await self._grounded(work, await self._due(work))
            if len(rows) > 1:
                await ahead.of_chats(work.session, {row.lane for row in rows}, local_date(now))
            for row in rows:
                await self._once(work, row)
            _done(rows, now)
        return bool(rows)

    async def _due(self, work: Work) -> list[InboxRow]:
        return await inbox.due(work.session, self._bot_id, work.now, TOGETHER)

    async def _grounded(self, work: Work, rows: Sequence[InboxRow]) -> list[InboxRow]:
        """Those that wait for nothing still on its way, nor behind one that does.

        On its way: the danger card of an update; or the very bubble it presses or replies to, which
        may be on her screen some milliseconds before Telegram's answer tells us its number.
        """
        self._held_back = True  # what lands while we look must wake us too
        waits: set[str] = set()
        for row in rows:
            if self._heed.flying(row.update_id) or (self.landing(row.lane) and await _too_early(work, row)):
                waits.add(row.lane)
        self._held_back = bool(waits)
        return [row for row in rows if row.lane not in waits]

    async def _once(self, work: Work, row: InboxRow) -> None:
        raw: dict[str, Any] = json.loads(row.raw or "{}")
        raw["danger_card"] = self._heed.card_of(row.update_id)
        await self._handle(raw, work)

    async def _one_by_one(self) -> bool:
        async with self._store.work(self._clock.now()) as work:
            ids = [row.id for row in await self._grounded(work, await self._due(work))]
        failed_lanes: set[str] = set()
        for row_id in ids:
            await self._alone(row_id, failed_lanes)
        return bool(ids)

    async def _alone(self, row_id: int, failed_lanes: set[str]) -> None:
        lane = ""
        try:
            async with self._store.work(self._clock.now()) as work:
                row = await work.session.get_one(InboxRow, row_id)
                lane = row.lane
                if lane not in failed_lanes:
                    await self._once(work, row)
                    _done([row], work.now)
        except DatabaseAway:
            raise
        except Exception as error:
            failed_lanes.add(lane)
            log.error(
                "an update could not be handled", row=row_id, error=type(error).__name__, where=_where(error)
            )
            await self._failed(row_id, type(error).__name__)

    async def _failed(self, row_id: int, error: str) -> None:
        async with self._store.work(self._clock.now()) as work:
            row = await work.session.get_one(InboxRow, row_id)
            row.error = error
            row.attempts += 1
            if row.attempts <= len(ATTEMPTS):
                row.not_before = work.now + timedelta(seconds=ATTEMPTS[row.attempts - 1])
                return
            row.state, row.handled_at = "aside", work.now
            log.error("an update was set aside", row=row_id, error=error)
            await arrival.set_aside(work, row.lane)


def _done(rows: Sequence[InboxRow], now: datetime) -> None:
    """Marked last, so that a batch is marked in one statement."""
    for row in rows:
        row.state, row.handled_at, row.error = "done", now, None


async def _too_early(work: Work, row: InboxRow) -> bool:
    """Whether an update is about a bubble whose number we do not know yet."""
    ref = _pointed_at(json.loads(row.raw or "{}"))
    return ref is not None and await conversations.bubble_at(work.session, row.lane, str(ref)) is None


POINTERS = (("callback_query", "message", "message_id"), ("message", "reply_to_message", "message_id"))
"""Where an update says which bubble it presses or replies to."""


def _pointed_at(raw: Any) -> int | None:
    """The bubble an update presses or replies to; whatever came in is looked at here before it is parsed."""
    for path in POINTERS:
        found: Any = raw
        for name in path:
            found = found.get(name) if isinstance(found, dict) else None
        if isinstance(found, int):
            return found
    return None


def _where(error: BaseException) -> str:
    """File and line of the failure: never its message, which could hold somebody's words."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}" if trace else "?"
