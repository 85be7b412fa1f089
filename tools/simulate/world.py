"""What happens in those years, and to whom."""

import random
from collections import deque
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import takewhile
from operator import ge
from pathlib import Path
from time import perf_counter

from bot import meetings, owe
from bot.apply import apply
from bot.centres import parse
from bot.rules import meetings as rules
from bot.rules.calendar import period_of, school_days
from bot.rules.calendar_import import read_zone_file
from bot.rules.paris import at, local_date
from bot.rules.said_dates import SaidHour
from bot.team import referente_of
from storage import centres, due, people
from storage.centres import EVERY_ACTION
from storage.people import Account, Membership, Person
from storage.store import Store, Work
from tools.invented import centres_file
from tools.simulate.crew import Alone, Hands
from tools.simulate.judge import Expected, Kept, Report, Wish, judge

DATA = Path(__file__).parent.parent.parent / "data"
RESTARTS = 0.02
"""How often, among the moments something is due, the service was just restarted."""
BEGINS = date(2025, 9, 1)


class Simulation:
    """One run; ``hire`` makes who ticks: this process alone, unless told otherwise."""

    def __init__(
        self,
        url: str,
        *,
        schools: int,
        years: int,
        seed: int,
        hire: Callable[[random.Random], Hands] | None = None,
    ) -> None:
        self.random = random.Random(seed)
        self.ends = at(date(BEGINS.year + years, 8, 1), time(0))
        self.now = at(BEGINS, time(7))
        self.store = Store(url)
        self.hire = hire or (lambda _: Alone(url, self.now))
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

    def _outages(self) -> Iterator[tuple[datetime, datetime]]:
        """Every three weeks or so the service is down for minutes, hours or days."""
        moment = self.now
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
        await self.store.prepare(self.now)
        await self._people()
        hands = self.hire(self.random)
        wishes, outages = deque(self._wishes()), deque(self.outages)
        while (moment := await self._next(wishes)) is not None and moment < self.ends:
            if outages and moment >= outages[0][0]:
                moment = self.now = max(outages.popleft()[1], self.now)
                self.report.outages += 1
                self.report.restarts += 1
                await hands.restart(self.now, all_of_them=True)
            elif self.random.random() < RESTARTS:
                self.report.restarts += 1
                await hands.restart(self.now, all_of_them=False)
            self.now = max(moment, self.now)
            await hands.tick(self.now)
            while wishes and wishes[0].made <= self.now:
                await self._propose(wishes.popleft())
        await hands.stop()
        async with self.store.work(self.now) as work:
            await judge(work, self._expected(), self.report)
        await self.store.close()
        self.report.seconds = perf_counter() - began
        return self.report

    def _expected(self) -> Expected:
        return Expected(
            self.file, self.calendars, self.outages, self.kept, self.address, begins=BEGINS, ends=self.ends
        )

    async def _next(self, wishes: deque[Wish]) -> datetime | None:
        async with self.store.engine.connect() as connection:
            planned = await due.next_at(connection)
        return min([one for one in (planned, wishes[0].made if wishes else None) if one], default=None)

    async def _people(self) -> None:
        """Everybody of the teams has joined, and one teacher of each school."""
        async with self.store.work(self.now) as work:
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
        async with self.store.work(self.now) as work:
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
