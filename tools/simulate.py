"""Three school years in a minute or two: ``python -m tools.simulate [--schools 200] [--years 3] [--seed 1]``.

Use cases and storage only: the clock jumps from one due moment to the next, outbox rows are counted,
nothing is sent. One meeting per school and period, with its référente and its contact; the weekly digest of
the whole team; restarts (a new engine, nothing in memory) and outages at random. What must come is reckoned
beside, from the rules and the outages alone; every reminder and every digest must be there once.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import takewhile
from operator import ge
from pathlib import Path
from time import perf_counter

from sqlalchemy import select

from bot import calendars, digest, meetings, owe
from bot.apply import apply
from bot.centres import parse
from bot.rules import meetings as rules
from bot.rules.calendar import SchoolCalendar, period_of, school_days
from bot.rules.calendar_import import read_zone_file
from bot.rules.paris import at, local_date
from bot.rules.reminders import Kind, To, meeting_reminders
from bot.rules.said_dates import SaidHour
from bot.rules.soliciting import next_soliciting
from bot.rules.week import digest_moment, week_of
from bot.scheduler import Scheduler
from bot.team import referente_of
from storage import centres, due, people
from storage.centres import EVERY_ACTION
from storage.conversations import Bubble
from storage.encryption import new_key, unlock
from storage.meetings import MeetingBubble
from storage.outbox import OutboxRow
from storage.people import Account, Membership, Person
from storage.store import Store, Work
from tools.invented import HOURS, centres_file

DATA = Path(__file__).parent.parent / "data"
A_WEEK = timedelta(days=7)
RESTARTS = 0.02
"""How often, among the moments something is due, the service was just restarted."""
BEGINS = date(2025, 9, 1)


@dataclass
class MovedClock:
    """The clock of the simulation."""

    moment: datetime

    def now(self) -> datetime:
        """Where it stands."""
        return self.moment


@dataclass
class Report:
    """What came of it."""

    meetings: int = 0
    reminders: int = 0
    too_late: int = 0
    digests: int = 0
    restarts: int = 0
    outages: int = 0
    seconds: float = 0.0
    missed: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)

    def said(self) -> str:
        """In a few lines."""
        return (
            f"{self.meetings} meetings, {self.reminders} reminders, {self.too_late} too late (said), "
            f"{self.digests} digests, {self.restarts} restarts, {self.outages} outages, "
            f"{self.seconds:.0f} s\n"
            f"missed {len(self.missed)}, doubled {len(self.doubled)}"
            + "".join(f"\n  {one}" for one in (*self.missed, *self.doubled)[:10])
        )


@dataclass(frozen=True)
class Wish:
    """A meeting somebody will propose at a moment."""

    made: datetime
    school: str
    day: date
    start: time
    confirmed: bool


@dataclass
class Kept:
    """A meeting that was proposed, with what it was reckoned from."""

    id: int
    wish: Wish
    made: datetime
    arrives: datetime
    referente: str
    contact: str


class Simulation:
    """One run."""

    def __init__(self, url: str, *, schools: int, years: int, seed: int) -> None:
        self.url, self.years = url, years
        self.random = random.Random(seed)
        self.ends = at(date(BEGINS.year + years, 8, 1), time(0))
        self.clock = MovedClock(at(BEGINS, time(7)))
        self.store = Store(url)
        self.scheduler = Scheduler(self.store, self.clock)
        self.file = parse(centres_file(schools))
        self.zone = {one.name: one.zone for one in self.file.towns}
        self.calendars = {
            zone: read_zone_file((DATA / f"zone_{zone.lower()}.json").read_text(encoding="utf-8"))
            for zone in "ABC"
        }
        self.address: dict[str, str] = {}
        self.kept: list[Kept] = []
        self.report = Report()
        self.outages = list(self._outages())

    # ── What happens ─────────────────────────────────────────────────────────────────────────

    def _outages(self) -> Iterator[tuple[datetime, datetime]]:
        """Every three weeks or so the service is down for minutes, hours or days."""
        moment = self.clock.moment
        while moment < self.ends:
            moment += timedelta(days=self.random.uniform(5, 35))
            length = timedelta(hours=self.random.choice((0.1, 1, 5, 20, 70, 200)))
            yield moment, moment + length
            moment += length

    def _wishes(self) -> list[Wish]:
        """One meeting for each school and period; at midday, or at any minute of a day."""
        found = []
        for school in self.file.schools:
            calendar = self.calendars[self.zone[school.town]]
            day: date | None = BEGINS
            while day is not None and day < local_date(self.ends):
                period = period_of(calendar, day)
                if period is None:
                    day += timedelta(days=1)
                    continue
                days = list(takewhile(partial(ge, period[1]), school_days(calendar, day)))
                if len(days) > 5:
                    found.append(self._wish(school.name, self.random.choice(days[3:])))
                day = period[1] + timedelta(days=1)
        return sorted(found, key=lambda one: one.made)

    def _wish(self, school: str, day: date) -> Wish:
        ahead = timedelta(days=self.random.uniform(0.5, 20))
        minute = self.random.randrange(1, 22 * 60)
        start = time(11, 45) if self.random.random() < 0.8 else time(minute // 60, minute % 60)
        made = max(at(day, time(8)) - ahead, at(BEGINS, time(8)))
        return Wish(made, school, day, start, self.random.random() < 0.5)

    async def run(self) -> Report:
        """From the first September on, from one due moment to the next."""
        began = perf_counter()
        await self.store.prepare(self.clock.moment)
        await self._people()
        wishes, outages = deque(self._wishes()), deque(self.outages)
        while (moment := await self._next(wishes)) is not None and moment < self.ends:
            if outages and moment >= outages[0][0]:
                moment = max(outages.popleft()[1], self.clock.moment)
                self.report.outages += 1
                await self._restart()
            elif self.random.random() < RESTARTS:
                await self._restart()
            self.clock.moment = max(moment, self.clock.moment)
            await self.scheduler.tick()
            while wishes and wishes[0].made <= self.clock.moment:
                await self._propose(wishes.popleft())
        await self._judge()
        await self.store.close()
        self.report.seconds = perf_counter() - began
        return self.report

    async def _next(self, wishes: deque[Wish]) -> datetime | None:
        async with self.store.work(self.clock.moment) as work:
            planned = await due.next_at(work.session)
        return min([one for one in (planned, wishes[0].made if wishes else None) if one], default=None)

    async def _restart(self) -> None:
        """Another process: a new engine, and nothing in memory."""
        self.report.restarts += 1
        await self.store.close()
        self.store = Store(self.url)
        self.scheduler = Scheduler(self.store, self.clock)
        async with self.store.work(self.clock.moment) as work:
            await calendars.seed(work)
            await digest.begin(work)

    async def _people(self) -> None:
        """Everybody of the teams has joined, and one teacher of each school."""
        async with self.store.work(self.clock.moment) as work:
            await apply(work, self.file)
            number = 0
            for entry in self.file.staff:
                number += 1
                person = await people.staff_named(work.session, entry.name)
                assert person is not None
                self._joined(work, person, entry.name, number)
            for school in self.file.schools:
                number += 1
                row = await centres.school_named(work.session, school.name)
                assert row is not None
                teacher = work.add(Person(name=f"Mme {school.name}"))
                self._joined(work, teacher, school.name, number)
                work.add(
                    Membership(
                        person=teacher,
                        centre_id=row.centre_id,
                        school_id=row.id,
                        role="directrice",
                        first=BEGINS,
                        confirmed_at=work.now,
                    )
                )

    def _joined(self, work: Work, person: Person, name: str, number: int) -> None:
        self.address[name] = str(10_000 + number)
        work.add(Account(person=person, address=self.address[name], joined_at=work.now))

    async def _propose(self, wish: Wish) -> None:
        async with self.store.work(self.clock.moment) as work:
            school = await centres.school_named(work.session, wish.school)
            assert school is not None
            referente_id = await referente_of(work, school.id, EVERY_ACTION)
            referente = await work.session.get_one(Person, referente_id)
            known = await people.known(work.session, self.address[referente.name], local_date(work.now))
            contact = await people.known(work.session, self.address[wish.school], local_date(work.now))
            said = SaidHour(wish.start)
            slot = rules.slot(wish.day, said, (school.midday_starts, school.midday_ends), rules.CYCLE)
            assert known is not None
            assert contact is not None
            if slot is None or slot.starts <= work.now:
                return  # the outage outlasted it: she would have been told so
            bubble = owe.send(work, known.account.address, "", part="question")
            agreed = meetings.Agreed(
                school_id=school.id,
                kind=rules.CYCLE,
                cycles="2",
                starts=slot.starts,
                ends=slot.ends,
                arrives=slot.arrives,
                place="",
                referente_id=referente.id,
                contact_id=contact.person.id,
            )
            meeting = await meetings.keep(work, agreed, known, bubble)
            if wish.confirmed:
                meeting.contact_yes_at = work.now
            self.kept.append(
                Kept(meeting.id, wish, work.now, slot.arrives, known.account.address, contact.account.address)
            )
        self.report.meetings += 1

    # ── What must have come ──────────────────────────────────────────────────────────────────

    def _up(self, moment: datetime) -> datetime:
        """When the service first runs from that moment on."""
        return next((end for start, end in self.outages if start <= moment < end), moment)

    def _expected_reminders(self) -> Counter[tuple[int, str, datetime]]:
        found: Counter[tuple[int, str, datetime]] = Counter()
        for kept in self.kept:
            school = next(one for one in self.file.schools if one.name == kept.wish.school)
            calendar = self.calendars[self.zone[school.town]]
            planned = [
                one for one in meeting_reminders(kept.arrives, calendar, HOURS, []) if one.at > kept.made
            ]
            for to, address in ((To.REFERENTE, kept.referente), (To.CONTACT, kept.contact)):
                # Of those that an outage brings to the same moment, the last says more.
                last = {self._up(one.at): one for one in planned if one.to is to}
                for moment, reminder in last.items():
                    asked = self._asked(moment, calendar) if to is To.CONTACT else moment
                    unneeded = to is To.CONTACT and reminder.kind is Kind.J1 and kept.wish.confirmed
                    if asked is not None and asked < kept.arrives and not unneeded:
                        found[kept.id, address, asked] += 1
        return found

    def _asked(self, moment: datetime, calendar: SchoolCalendar) -> datetime | None:
        """A contact's late reminder waits for her hours, and again if the service is down then."""
        when = next_soliciting(moment, calendar)
        while when is not None and self._up(when) != when:
            when = next_soliciting(self._up(when), calendar)
        return when

    def _expected_digests(self) -> Counter[tuple[str, str]]:
        found: Counter[tuple[str, str]] = Counter()
        monday = BEGINS
        while at(monday, time(0)) < self.ends:
            week, after = week_of(at(monday, time(12))), week_of(at(monday + A_WEEK, time(12)))
            moment, following = digest_moment(week, HOURS), digest_moment(after, HOURS)
            if moment is not None and moment < self.ends:
                told = self._up(moment)
                if following is None or following > told:
                    found.update((self.address[one.name], str(week)) for one in self.file.staff)
            monday += A_WEEK
        return found

    async def _judge(self) -> None:
        """Compare with what is there: bubbles with one outbox row each."""
        async with self.store.work(self.clock.moment) as work:
            rows = await work.session.execute(
                select(MeetingBubble.meeting_id, Bubble.address, Bubble.made_at, Bubble.part)
                .join(Bubble, Bubble.id == MeetingBubble.bubble_id)
                .join(OutboxRow, (OutboxRow.bubble_id == Bubble.id) & (OutboxRow.call == "send"))
                .where(Bubble.part.in_(("reminder", "too-late")))
            )
            there = list(rows)
            reminders = Counter((one[0], one[1], one[2]) for one in there if one[3] == "reminder")
            self.report.too_late = sum(one[3] == "too-late" for one in there)
            sent = await work.session.scalars(select(OutboxRow.dedup).where(OutboxRow.dedup.like("digest:%")))
            names = {person.id: account.address for person, account in await self._accounts(work)}
            digests = Counter((names[int(one.split(":")[1])], one.split(":")[2]) for one in sent if one)
        horizon = self.clock.moment
        wanted = Counter({key: n for key, n in self._expected_reminders().items() if key[2] <= horizon})
        self.report.reminders, self.report.digests = reminders.total(), digests.total()
        told = self._expected_digests()
        self.report.missed += [f"reminder {key}" for key in wanted - reminders]
        self.report.missed += [f"digest {key}" for key in told - digests]
        self.report.doubled += [f"reminder {key}" for key in reminders - wanted]
        self.report.doubled += [f"digest {key}" for key in digests - told]

    async def _accounts(self, work: Work) -> list[tuple[Person, Account]]:
        rows = await work.session.execute(
            select(Person, Account).join(Account, Account.person_id == Person.id)
        )
        return [(person, account) for person, account in rows]


def simulated(schools: int, years: int, seed: int) -> Report:
    """One run in a folder of its own."""
    unlock(new_key())
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'simulated.db'}"
        return asyncio.run(Simulation(url, schools=schools, years=years, seed=seed).run())


def together(reports: list[Report]) -> Report:
    """Several runs as one."""
    whole = Report(seconds=max(one.seconds for one in reports))
    for one in reports:
        whole.meetings += one.meetings
        whole.reminders += one.reminders
        whole.too_late += one.too_late
        whole.digests += one.digests
        whole.restarts += one.restarts
        whole.outages += one.outages
        whole.missed += one.missed
        whole.doubled += one.doubled
    return whole


def main(arguments: list[str]) -> int:
    """Run it, half of the schools on each of two cores; 0 when nothing was missed and nothing doubled."""
    parser = argparse.ArgumentParser(prog="python -m tools.simulate")
    parser.add_argument("--schools", type=int, default=200)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    half = asked.schools // 2
    with ProcessPoolExecutor(2) as pool:
        runs = [
            pool.submit(simulated, schools, asked.years, seed)
            for schools, seed in ((asked.schools - half, asked.seed), (half, asked.seed + 1))
            if schools
        ]
        report = together([one.result() for one in runs])
    print(report.said())
    return 1 if report.missed or report.doubled else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
