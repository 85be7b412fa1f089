"""APScheduler rings a few bells and remembers nothing: what is due are rows (storage/due.py).

Measured elsewhere: its own job store silently dropped late jobs and fired others twice.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import UTC, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot import (
    absences,
    alert,
    alert_plan,
    calendars,
    callbacks,
    confirming,
    departure,
    digest,
    later,
    learning,
    meeting_lines,
    meeting_planning,
    meeting_reminders,
    meeting_series,
    meetings,
    mornings,
    nudges,
    period,
    promises,
    september,
    today,
    which_school,
)
from bot.clock import Clock
from bot.rules.paris import local_date
from storage import ahead, due, inbox, people
from storage.due import Due
from storage.meetings import REMINDER
from storage.store import DatabaseAway, Store, Work

log = structlog.get_logger(__name__)

BUDGET = 0.025
"""Seconds of work a transaction is given, its commit apart: whoever writes meanwhile waits that long."""
FEW, MANY = 8, 256
"""Due rows a transaction begins with at least and at most: as many as the last one had time for."""
RAW_KEPT = timedelta(days=3)
RETRY = timedelta(minutes=1)

KINDS: dict[str, Callable[[Work, Due], Awaitable[None]]] = {
    alert_plan.KIND: alert.ring,
    alert_plan.UNANSWERED: alert.unanswered,
    alert_plan.OPENING: alert_plan.opens,
    "today": today.ring,
    "today-unseen": today.unseen,
    absences.BEGINS: absences.begins,
    absences.ENDS: absences.ends,
    promises.NUDGE: nudges.nudge,
    promises.PASS_ON: nudges.pass_on,
    promises.OVERDUE: nudges.overdue,
    later.KIND: later.comes,
    callbacks.KIND: callbacks.comes,
    mornings.KIND: mornings.comes,
    learning.KIND: learning.night,
    "which-school": which_school.silence,
    "unconfirmed": confirming.unconfirmed,
    "calendar-ends": calendars.ends,
    meeting_planning.INVITE: meetings.invite,
    meeting_series.INVITE: meeting_series.invite,
    "meeting-left": meeting_lines.left,
    REMINDER: meeting_reminders.remind,
    meeting_planning.AFTER: meeting_reminders.after,
    digest.KIND: digest.tell,
    digest.PLANNING: digest.plan_night,
    period.KIND: period.tell,
    september.KIND: september.ask,
    departure.KIND: departure.year_over,
}
"""What each kind of due row does when its moment has come."""

OF_CONVERSATIONS = (promises.NUDGE, promises.PASS_ON, promises.OVERDUE, later.KIND, callbacks.KIND)
OF_MEETINGS = (meeting_planning.INVITE, REMINDER, meeting_planning.AFTER)
OF_PEOPLE = (digest.KIND,)
"""Those whose subject is a conversation, a meeting, a person."""


class Scheduler:
    """A tick a second, and a broom a night."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._one_at_a_time = asyncio.Lock()
        self._stopping = False
        self._slice_size = FEW
        self._bells = AsyncIOScheduler(timezone="Europe/Paris")

    def start(self) -> None:
        """Start the bells."""
        once = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        # The zone is said: left to guess, APScheduler refuses to start on some machines (TZ=CET-1).
        self._bells.add_job(self.tick, IntervalTrigger(seconds=1, timezone=UTC), **once)
        self._bells.add_job(self.sweep, IntervalTrigger(hours=1, timezone=UTC), **once)
        self._bells.start()

    async def stop(self) -> None:
        """Stop them once the slice under way is done; what is left is due at the next start."""
        self._stopping = True
        self.pause()
        async with self._one_at_a_time:
            if self._bells.running:
                self._bells.shutdown(wait=False)

    def pause(self) -> None:
        """Ring no more for now."""
        if self._bells.running:
            self._bells.pause()

    def resume(self) -> None:
        """Ring again."""
        if self._bells.running:
            self._bells.resume()

    @property
    def busy(self) -> bool:
        """Whether a tick is under way."""
        return self._one_at_a_time.locked()

    async def tick(self) -> None:
        """Do what is due, slice after slice."""
        try:
            async with self._one_at_a_time:
                while not self._stopping and await self._slice():
                    pass  # what was done may have planned something that is due already
        except DatabaseAway:
            log.error("database away: what is due waits", who="scheduler")

    async def _slice(self) -> bool:
        """As many due rows as fit in a short transaction; whether there are more."""
        try:
            async with self._store.work(self._clock.now()) as work:
                rows = await due.due_now(work.session, work.now, self._slice_size)
                await _ask_ahead(work, rows)
                done, ends = 0, time.monotonic() + BUDGET
                for row in rows:
                    await self._do(work, row)
                    done += 1
                    if time.monotonic() > ends:
                        break
                more = (
                    len(rows) == self._slice_size
                    or done < len(rows)
                    or due.planned_by(work.session, work.now)
                )
                self._slice_size = min(MANY, max(FEW, 2 * done if done == len(rows) else done))
                return more
        except DatabaseAway:
            raise
        except Exception as error:
            log.warning("a slice failed; one by one now", error=type(error).__name__)
            await self._one_by_one()
            return False

    async def _do(self, work: Work, row: Due) -> None:
        row.done_at = work.now
        await KINDS[row.kind](work, row)

    async def _one_by_one(self) -> None:
        """Each alone; one that fails is postponed, then shouted about, and holds nobody up."""
        async with self._store.work(self._clock.now()) as work:
            ids = [row.id for row in await due.due_now(work.session, work.now, self._slice_size)]
        for row_id in ids:
            try:
                async with self._store.work(self._clock.now()) as work:
                    row = await due.still_due(work.session, row_id, work.now)
                    if row is not None:
                        await self._do(work, row)
            except DatabaseAway:
                raise
            except Exception as error:
                async with self._store.work(self._clock.now()) as work:
                    row = await work.session.get_one(Due, row_id)
                    row.attempts += 1
                    row.at = work.now + RETRY * row.attempts
                    log.error("what was due failed", kind=row.kind, error=type(error).__name__)

    async def sweep(self) -> None:
        """Empty raw updates handled some days ago."""
        try:
            async with self._one_at_a_time, self._store.work(self._clock.now()) as work:
                await inbox.empty_handled(work.session, work.now, RAW_KEPT)
        except DatabaseAway:
            log.error("database away: the sweep waits", who="scheduler")


async def _ask_ahead(work: Work, rows: Sequence[Due]) -> None:
    """In a few queries what these rows will ask one by one: after an outage there are thousands."""

    def about(kinds: Collection[str]) -> set[int]:
        return {row.subject_id for row in rows if row.kind in kinds}

    await ahead.of_conversations(work.session, about(OF_CONVERSATIONS))
    await ahead.of_meetings(work.session, about(OF_MEETINGS), local_date(work.now))
    await people.accounts_ahead(work.session, about(OF_PEOPLE))
