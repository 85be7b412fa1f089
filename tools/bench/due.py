"""(e) What falls due: looked for when there is nothing, drained after an outage, and a week's digests.

Use cases and storage, no Telegram; the clock stands still where it is put.
"""

import gc
import statistics
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import event, select

from bot import digest, period
from bot.apply import apply
from bot.centres import parse
from bot.operate import set_apart_what_stays
from bot.rules.paris import PARIS
from bot.rules.week import week_of
from bot.scheduler import Scheduler
from storage.centres import School, coverages
from storage.conversations import Conversation, Message
from storage.people import Account, Membership, Person
from storage.store import Store, Work
from tests.databases import Postgres
from tools.bench.million import multiply
from tools.invented import centres_file
from tools.stage.database import Look, database

SCHOOLS = 200
STRIDE = 10_000
"""Between the ids of one copy and the next."""
FRIDAY = datetime(2026, 11, 27, 13, 0, tzinfo=PARIS)
"""An hour before the digests."""
SAID = ("Lina ne fait pas ses devoirs.", "Voyons-nous mardi.")
TICKS, DIGESTS = 100, 10


@dataclass(frozen=True, slots=True)
class Drained:
    """Seconds for all of it; milliseconds of the longest transaction."""

    seconds: float
    longest: float


@dataclass(frozen=True, slots=True)
class Nothing:
    """A tick with nothing to do: milliseconds (median), and what it asks."""

    milliseconds: float
    queries: list[str]


class StoodClock:
    """A clock that stands still until it is moved."""

    moment = FRIDAY

    def now(self) -> datetime:
        """Where it stands."""
        return self.moment


class TimedStore(Store):
    """Notes how long each unit of work took, its commit included."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.took: list[float] = []

    @asynccontextmanager
    async def work(self, now: datetime) -> AsyncIterator[Work]:
        """A unit of work, timed."""
        began = time.perf_counter()
        async with super().work(now) as work:
            yield work
        self.took.append(time.perf_counter() - began)


class Office:
    """Two hundred schools, sixty people of their centres, and what was once said."""

    def __init__(self, url: str) -> None:
        self.store, self.look, self.clock = TimedStore(url), Look(url), StoodClock()
        self.scheduler = Scheduler(self.store, self.clock)

    async def drain(self) -> Drained:
        """Do what is due, and see how long each transaction took."""
        self.store.took.clear()
        began = time.perf_counter()
        await self.scheduler.tick()
        seconds = time.perf_counter() - began
        return Drained(seconds, max(self.store.took) * 1000)

    async def nothing(self) -> Nothing:
        """Tick with nothing to do."""
        await self.scheduler.tick()
        asked: list[str] = []

        def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            asked.append(statement)

        engine = self.store.engine.sync_engine
        event.listen(engine, "before_cursor_execute", hear)
        took = []
        for _ in range(TICKS):
            took.append((await self.drain()).seconds)
        event.remove(engine, "before_cursor_execute", hear)
        return Nothing(statistics.median(took) * 1000, asked[: len(asked) // TICKS])

    async def fall_due(self, number: int) -> None:
        """Nudges of so many conversations, long answered, are due now: what an outage leaves behind."""
        await self._nudge("answered", f"state = 'closed' LIMIT {number}")

    async def wait(self, number: int) -> None:
        """So many conversations wait for an answer, and their nudges are due now: each has words to say."""
        promised = (FRIDAY + timedelta(days=5)).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.000000+00")
        promised = promised[: -3 if self.look.sqlite else None]
        await self.look.run(
            f"UPDATE conversations SET state = 'waiting', answered_at = NULL, promised_at = '{promised}' "  # noqa: S608 -- our own words
            f"WHERE id IN (SELECT id FROM conversations WHERE state = 'closed' LIMIT {number})"
        )
        await self._nudge("waits", "state = 'waiting'")

    async def _nudge(self, slot: str, which: str) -> None:
        await self.look.run(
            "INSERT INTO due (kind, subject_id, slot, at, attempts) "  # noqa: S608 -- our own words
            f"SELECT 'nudge', id, '{slot}', opened_at, 0 FROM conversations WHERE {which}"
        )

    async def week(self) -> float:
        """Seconds to tell everybody's week, as `digest` prints it."""
        began = time.perf_counter()
        async with self.store.work(self.clock.now()) as work:
            await digest.printed(work, week_of(work.now))
        return time.perf_counter() - began

    async def grown_by_digests(self) -> float:
        """Megabytes held more after ten weeks and periods than before them."""
        before = _resident()
        for _ in range(DIGESTS):
            async with self.store.work(self.clock.now()) as work:
                await digest.printed(work, week_of(work.now))
            async with self.store.work(self.clock.now()) as work:
                await period.printed(work)
        gc.collect()
        return _resident() - before


@asynccontextmanager
async def office(
    postgres: Postgres | None, conversations: int, *, with_words: bool = True
) -> AsyncIterator[Office]:
    """An office whose centres have had so many conversations in a year, all over; with messages or not."""
    async with database(postgres) as url:
        here = Office(url)
        async with here.store.work(FRIDAY - timedelta(days=1)) as work:
            await apply(work, parse(centres_file(SCHOOLS)))
            await _begin(work)
        await _grow(here.look, conversations, ("conversations", "messages")[: 1 + with_words])
        await here.scheduler.tick()
        set_apart_what_stays()  # as the service does once it runs
        yield here
        await here.store.close()


async def _begin(work: Work) -> None:
    """Everybody has a phone; in each school a teacher, and a conversation that is over."""
    for person in (await work.session.scalars(select(Person))).all():
        work.add(Account(person=person, address=str(10_000 + person.id), joined_at=work.now))
    for school in (await work.session.scalars(select(School))).all():
        [covered] = await coverages(work.session, school.id)
        teacher = work.add(Person(name=f"Awa {school.name}"))
        work.add(Account(person=teacher, address=str(20_000 + school.id), joined_at=work.now))
        await work.flush()
        work.add(
            Membership(
                person_id=teacher.id,
                centre_id=school.centre_id,
                school_id=school.id,
                role="enseignante",
                classes="CE1",
                first=date(2020, 1, 1),
                confirmed_at=work.now,
            )
        )
        conversation = work.add(_over(work, school, teacher.id, covered.person_id))
        await work.flush()
        for words in SAID:
            work.add(
                Message(
                    centre_id=school.centre_id,
                    conversation_id=conversation.id,
                    author_id=teacher.id,
                    from_teacher=words is SAID[0],
                    text=words,
                    said_at=work.now,
                )
            )


def _over(work: Work, school: School, teacher_id: int, referente_id: int) -> Conversation:
    return Conversation(
        centre_id=school.centre_id,
        school_id=school.id,
        teacher_id=teacher_id,
        referente_id=referente_id,
        reader_id=referente_id,
        state="closed",
        current=False,
        opened_at=work.now,
        answered_at=work.now,
        closed_at=work.now,
        last_teacher_at=work.now,
        territory="clas",
    )


async def _grow(look: Look, conversations: int, tables: Sequence[str]) -> None:
    """Copy the conversations, and what was once due about them, back through a year."""
    copies = max(1, conversations // SCHOOLS)
    apart = timedelta(days=365) / copies
    await multiply(look, tables, copies, lambda column: _value(look, column, apart.total_seconds()))
    await look.run(
        "INSERT INTO due (kind, subject_id, slot, at, done_at, attempts) "
        "SELECT 'nudge', id, '', opened_at, opened_at, 0 FROM conversations"
    )
    await look.run("ANALYZE")


def _value(look: Look, column: str, seconds: float) -> str:
    if column in ("id", "conversation_id"):
        return f"{column} + k * {STRIDE}"
    if not column.endswith("_at"):
        return column
    if look.sqlite:
        return f"strftime('%Y-%m-%d %H:%M:%f', {column}, '-' || (k * {seconds}) || ' seconds')"
    return f"{column} - k * interval '{seconds} seconds'"


def _resident() -> float:
    """What this process holds now, in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024
