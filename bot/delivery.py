"""Empties the outbox: order per chat, Telegram's pace, retries, and giving up aloud.

Each round is one transaction: write down what became of the last calls, claim the next ones. The
claimed calls then leave together; whatever comes back starts the next round. ``sendMessage`` has
no idempotency key: a call whose answer we never saw may arrive twice, never zero times.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot import arrival, picture
from bot.clock import Clock
from bot.pace import COUNTED, Pace
from bot.sender import CONNECTIONS, Call, Passing, Refused, Sender, Sent
from storage import outbox
from storage.outbox import OutboxRow
from storage.store import DatabaseAway, Store, Work

log = structlog.get_logger(__name__)

LONGEST_WAIT = 5.0
"""Seconds between two looks at the outbox when nothing wakes us: another process may have written."""
GIVE_UP_AFTER = timedelta(hours=48)
EPHEMERAL = {"toast": timedelta(seconds=20), "react": timedelta(minutes=10)}
"""Calls that are worth nothing later, and when to drop them."""
BUGS_BEFORE_REFUSAL = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one claimed row."""

    row_id: int
    sent: Sent | None = None
    passing: Passing | None = None
    refusal: str | None = None
    moved_to: str | None = None


class Delivery:
    """Carries the outbox to Telegram until it is told to stop."""

    def __init__(self, store: Store, sender: Sender, clock: Clock, pace: Pace) -> None:
        self._store = store
        self._sender = sender
        self._clock = clock
        self._pace = pace
        self._wake = asyncio.Event()
        self._outcomes: list[Outcome] = []
        self._flying: dict[asyncio.Task[None], str] = {}
        self._landed_at: list[str] = []
        self.landed: Callable[[], None] = lambda: None
        """Called once calls that landed are written down."""

    def wake(self) -> None:
        """Something may be owed."""
        self._wake.set()

    @property
    def idle(self) -> bool:
        """Whether nothing is in flight and nothing waits to be written down."""
        return not self._flying and not self._outcomes

    def landing(self, address: str) -> bool:
        """Whether a call is on its way to a chat, or its result is not written down yet."""
        return address in self._flying.values() or address in self._landed_at

    async def run(self) -> None:
        """Deliver for ever."""
        while True:
            self._wake.clear()
            try:
                pause = await self._round()
            except DatabaseAway:
                log.warning("database away", who="delivery")
                pause = 1.0
            if pause:
                await self._sleep(pause)

    async def finish(self) -> None:
        """Let the calls in flight end and write down what became of them."""
        if self._flying:
            await asyncio.wait(self._flying)
        async with self._store.work(self._clock.now()) as work:
            written = await self._write_down(work)
        self._forget(written)

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            pass

    async def _round(self) -> float:
        """One round; seconds to wait before the next if nothing wakes us."""
        now = self._clock.now()
        room = CONNECTIONS - len(self._flying)
        pause = LONGEST_WAIT
        async with self._store.work(now) as work:
            written = await self._write_down(work)
            claimed = await outbox.claim(work.session, now, room) if room > 0 else []
            leaving = [row for row in claimed if not self._postponed(row, now)]
            if len(claimed) < room:
                await work.flush()
                next_moment = await outbox.next_moment(work.session)
                if next_moment is not None:
                    pause = min(pause, max(0.001, (next_moment - now).total_seconds()))
            elif room > 0:
                pause = 0.0
        self._forget(written)
        for row in leaving:
            task = asyncio.create_task(self._carry(row.id, _call_of(row)))
            self._flying[task] = row.address
            task.add_done_callback(self._landed)
        return pause

    def _forget(self, written: int) -> None:
        """What is written down need not be remembered."""
        del self._outcomes[:written]
        del self._landed_at[:written]
        if written:
            self.landed()

    def _landed(self, task: asyncio.Task[None]) -> None:
        del self._flying[task]
        self._wake.set()

    def _postponed(self, row: OutboxRow, now: datetime) -> bool:
        """Hold Telegram's pace. What is urgent counts, but waits for nobody."""
        if row.call not in COUNTED:
            return False
        ticks = time.monotonic()
        wait = 0.0 if row.lane.endswith("!") else self._pace.wait(row.address, ticks)
        if wait > 0:
            row.state, row.leased_until = "waiting", None
            row.attempts -= 1
            row.not_before = now + timedelta(seconds=wait)
            return True
        self._pace.take(row.address, ticks)
        return False

    async def _carry(self, row_id: int, call: Call) -> None:
        try:
            if call.kind == "picture":
                call = replace(call, picture=await picture.drawn(call.options["drawing"]))
            outcome = Outcome(row_id, sent=await self._sender.make(call))
        except Passing as passing:
            outcome = Outcome(row_id, passing=passing)
        except Refused as refused:
            outcome = Outcome(row_id, refusal=refused.code, moved_to=refused.moved_to)
        except Exception as error:
            log.exception("a call could not be made", call=call.kind, error=type(error).__name__)
            outcome = Outcome(row_id, passing=Passing("bug"))
        self._outcomes.append(outcome)
        self._landed_at.append(call.address)

    async def _write_down(self, work: Work) -> int:
        outcomes = list(self._outcomes)
        if not outcomes:
            return 0
        rows = {row.id: row for row in await outbox.claimed(work.session, [one.row_id for one in outcomes])}
        for one in outcomes:
            row = rows[one.row_id]
            row.leased_until = None
            if one.sent is not None:
                await self._sent(work, row, one.sent.refs)
            elif one.moved_to is not None:
                row.state, row.address, row.lane = "waiting", one.moved_to, one.moved_to
            elif one.refusal is not None:
                await self._refused(work, row, one.refusal)
            elif one.passing is not None:
                await self._try_later(work, row, one.passing)
        return len(outcomes)

    async def _sent(self, work: Work, row: OutboxRow, refs: Sequence[str]) -> None:
        row.state, row.done_at, row.text = "sent", work.now, None
        if row.call == "album":
            await arrival.album_landed(work, row, refs)
        elif row.bubble is not None and refs:
            row.bubble.ref = refs[0]
        await arrival.arrived(work, row)

    async def _refused(self, work: Work, row: OutboxRow, code: str) -> None:
        row.state, row.done_at, row.text, row.refusal = "refused", work.now, None, code
        log.info("refused", call=row.call, code=code, row=row.id)
        await arrival.refused(work, row, code)

    async def _try_later(self, work: Work, row: OutboxRow, passing: Passing) -> None:
        age = work.now - row.created_at
        if age > EPHEMERAL.get(row.call, GIVE_UP_AFTER):
            await self._refused(work, row, "expired")
        elif str(passing) == "bug" and row.attempts >= BUGS_BEFORE_REFUSAL:
            await self._refused(work, row, "bug")
        else:
            wait = (
                passing.after if passing.after is not None else min(60.0, 0.25 * 2.0 ** min(row.attempts, 8))
            )
            row.state, row.not_before = "waiting", work.now + timedelta(seconds=wait)


def _call_of(row: OutboxRow) -> Call:
    """What the sender needs of a row; refs are looked up now, after what came before has landed."""
    copies: tuple[str, ...] = ()
    if row.call == "album":
        # Telegram wants the ids of an album in increasing order.
        copies = tuple(sorted((ref for ref, _ in row.options["album"]), key=int))
    elif row.copies is not None and row.copies.ref is not None:
        copies = (row.copies.ref,)
    return Call(
        kind=row.call,
        address=row.address,
        text=row.text,
        options=row.options,
        ref=row.bubble.ref if row.bubble else None,
        reply_to=row.reply_to.ref if row.reply_to else None,
        copies_from=row.copies.address if row.copies else None,
        copies=copies,
    )
