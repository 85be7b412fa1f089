"""A centre without a network: use cases and storage, the real clockwork, and the outbox to count.

For walks over weeks and years, where a whole service would be too slow: people write and touch
by calling the use cases that the handlers call, and what is owed is read in the outbox.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select

from bot import relay
from bot.apply import apply
from bot.centres import parse
from bot.incoming import Incoming, Press
from bot.rules.paris import local_date
from bot.scheduler import Scheduler
from handlers.buttons import VERBS
from storage import due, people
from storage.centres import School
from storage.conversations import Bubble
from storage.encryption import unlock
from storage.outbox import OutboxRow
from storage.people import Account, Membership, Person
from storage.store import Store, Work
from tests.cast import CENTRES, StageClock
from tests.databases import KEY

ANCIENT = date(2020, 1, 1)


@dataclass
class Office:
    """The sample centres' people, each with a chat; ``addresses``: name to address."""

    store: Store
    clock: StageClock
    addresses: dict[str, str] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    _refs: int = 0

    def __post_init__(self) -> None:
        self.scheduler = Scheduler(self.store, self.clock)

    @asynccontextmanager
    async def work(self) -> AsyncIterator[Work]:
        """A unit of work, now."""
        async with self.store.work(self.clock.now()) as work:
            yield work

    async def opens(self, teachers: dict[str, str]) -> None:
        """Apply the sample centres; everybody of the teams and these teachers (name to school) has joined."""
        unlock(KEY)
        async with self.work() as work:
            await apply(work, parse(CENTRES))
        async with self.work() as work:
            for person in (await work.session.scalars(select(Person))).all():
                self._joins(work, person)
            for name, school_name in teachers.items():
                school = (await work.session.scalars(select(School).where(School.name == school_name))).one()
                person = work.add(Person(name=name))
                await work.flush()
                self._joins(work, person)
                work.add(
                    Membership(
                        person_id=person.id,
                        centre_id=school.centre_id,
                        school_id=school.id,
                        role="enseignante",
                        classes="CE1",
                        first=ANCIENT,
                        confirmed_at=work.now,
                    )
                )

    def _joins(self, work: Work, person: Person) -> None:
        self.ids[person.name] = person.id
        self.addresses[person.name] = str(1000 + person.id)
        work.add(
            Account(person_id=person.id, address=self.addresses[person.name], joined_at=self.clock.now())
        )

    async def writes(self, name: str, words: str) -> None:
        """A teacher writes."""
        self._refs += 1
        async with self.work() as work:
            known = await people.known(work.session, self.addresses[name], local_date(work.now))
            assert known is not None
            await relay.receive(work, known, Incoming(self.addresses[name], f"w{self._refs}", "text", words))

    async def touches(self, bubble_id: int, verb: str, argument: str = "") -> str | None:
        """Whoever's chat a bubble stands in touches one of its buttons."""
        self._refs += 1
        use_case, _ = VERBS[verb]
        async with self.work() as work:
            bubble = await work.session.get_one(Bubble, bubble_id)
            known = await people.known(work.session, bubble.address, local_date(work.now))
            press = Press(bubble.address, f"q{self._refs}", verb, argument, "", known, bubble)
            return await use_case(work, press)

    async def until(self, moment: datetime) -> None:
        """Let everything that falls due before this moment happen, each at its own moment."""
        while True:
            async with self.work() as work:
                comes = await due.next_at(work.session)
            if comes is None or comes > moment:
                break
            self.clock.set(max(comes, self.clock.now()))
            await self.scheduler.tick()
        self.clock.set(moment)

    async def latest(self, name: str, part: str) -> str | None:
        """The words of the newest bubble of this part owed to somebody."""
        async with self.work() as work:
            return await work.session.scalar(
                select(OutboxRow.text)
                .join(Bubble, Bubble.id == OutboxRow.bubble_id)
                .where(Bubble.address == self.addresses[name], Bubble.part == part, OutboxRow.call == "send")
                .order_by(OutboxRow.id.desc())
                .limit(1)
            )
