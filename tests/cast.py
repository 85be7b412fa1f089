"""The cast and the stage of every story: the same people, the same schools, the same Tuesday evening.

Awa Diallo teaches CE1 at Les Tilleuls, Marc Roux CM2 at Le Verger, both in Éragny; Inès Petit has a
nursery class at Les Peupliers, in Ermont, which has no PRE. Chantal and Esmaman cover each other in
Éragny, Farida heads that centre; Nadia is in Ermont.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import Config, Service
from bot.apply import apply
from bot.centres import parse
from bot.demo.telegram import LocalBotApi
from bot.invitations import invite_staff, invite_teacher
from storage import inbox, outbox, people
from tests.databases import KEY
from tests.phones import Bubble, Phone

PARIS = ZoneInfo("Europe/Paris")
CENTRES = (Path(__file__).parent.parent / "centres.toml").read_text(encoding="utf-8")
TUESDAY_EVENING = datetime(2026, 11, 24, 19, 42, tzinfo=PARIS)
TUESDAY_MORNING = datetime(2026, 11, 24, 10, 5, tzinfo=PARIS)
YANIS = "Bonjour, Yanis B. ne rend plus ses devoirs, reste-t-il une place au CLAS ?"


class StageClock:
    """A clock that stands still until a story moves it."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        """The story's moment, in UTC."""
        return self._now.astimezone(UTC)

    def set(self, now: datetime) -> None:
        """Move it."""
        self._now = now


@dataclass
class Scene:
    """A service on a local Bot API, and its people's phones."""

    api: LocalBotApi
    database_url: str
    clock: StageClock
    service: Service = field(init=False)

    def __post_init__(self) -> None:
        self.service = self.make_service()

    def make_service(self) -> Service:
        """A service like this scene's: another process, as far as it can tell."""
        config = Config(
            token=self.api.token,
            api_root=self.api.base_url,
            database_url=self.database_url,
            key=KEY,
            long_poll=2,
            paced=False,  # the stage clock stands still: nothing paced would ever leave
        )
        return Service(config, self.clock)

    async def opens(self) -> None:
        """Apply the sample centres and start the service."""
        await self.service.start()
        async with self.service.store.work(self.clock.now()) as work:
            await apply(work, parse(CENTRES))

    async def restarts(self) -> None:
        """Stop the service and start it anew."""
        await self.service.stop()
        self.service = self.make_service()
        await self.service.start()

    async def settles(self) -> None:
        """Wait until everything said has been handled and everything owed has left."""
        await self.api.world.events.change(0.02)
        while self.api.world.updates.pending:
            await self.api.world.events.change(0.02)
        await self.service.settle()

    async def album_leaves(self) -> None:
        """Let an album's pictures gather and leave: they wait for one another, by the clock."""
        while self.api.world.updates.pending or await self._still_in_the_inbox():
            await self.api.world.events.change(0.02)
        self.clock.set(self.clock.now() + timedelta(seconds=1))
        self.service.delivery.wake()
        await self.settles()

    async def settles_later(self) -> None:
        """Let what Telegram refused for a moment be tried again, by the clock."""
        for _ in range(10):
            await self.api.world.events.change(0.1)
            self.clock.set(self.clock.now() + timedelta(seconds=5))
            self.service.handling.wake()
            self.service.delivery.wake()
        await self.settles()

    async def _still_in_the_inbox(self) -> bool:
        async with self.service.store.work(self.clock.now()) as work:
            return bool(await inbox.due(work.session, self.service.config.bot_id, work.now, 1))

    async def at(self, moment: datetime) -> None:
        """Move the clock minute by minute, and let what falls due happen."""
        await self.settles()
        while self.clock.now() < moment:
            self.clock.set(min(self.clock.now() + timedelta(minutes=1), moment.astimezone(UTC)))
            await self.service.scheduler.tick()
            self.service.delivery.wake()
            await self._what_is_owed_leaves()
        await self.settles()

    async def _what_is_owed_leaves(self) -> None:
        """A ring that still waited would be taken back by the next one, as on a machine that is too busy."""
        owed: datetime | None = self.clock.now()
        while (owed is not None and owed <= self.clock.now()) or not self.service.delivery.idle:
            await asyncio.sleep(0.005)
            async with self.service.store.work(self.clock.now()) as work:
                owed = await outbox.next_moment(work.session)

    async def jumps(self, moment: datetime) -> None:
        """Move the clock at once, as after a night with nothing due, and let what is due happen."""
        await self.settles()
        self.clock.set(moment)
        await self.service.scheduler.tick()
        self.service.handling.wake()
        self.service.delivery.wake()
        await self.settles()

    async def staff(self, name: str) -> Phone:
        """Somebody of a team, who has joined."""
        async with self.service.store.work(self.clock.now()) as work:
            code = await invite_staff(work, name)
        phone = Phone(self.api, first_name=name)
        await phone.opens(code)
        await self.settles()
        await phone.presses("J'ai lu")
        await self.settles()
        return phone

    async def teacher(
        self,
        first_name: str,
        last_name: str,
        *,
        school: str = "Les Tilleuls",
        level: str = "CE1",
        known: bool = True,
    ) -> Phone:
        """A teacher, who has joined and (``known``) was confirmed by the centre."""
        async with self.service.store.work(self.clock.now()) as work:
            code = await invite_teacher(work, school)
        phone = Phone(self.api, first_name=first_name, last_name=last_name)
        await phone.opens(code)
        await self.settles()
        await phone.presses("J'ai lu")
        await self.settles()
        await phone.presses(level)
        await self.settles()
        if known:
            await self._confirm(phone)
        return phone

    async def talking(self) -> tuple[Phone, Phone, Bubble]:
        """Chantal, Awa, and the card of a conversation between them."""
        chantal, awa = await self.staff("Chantal"), await self.teacher("Awa", "Diallo")
        await awa.writes(YANIS)
        card = await chantal.sees("Yanis B.")
        await self.settles()
        return chantal, awa, card

    async def _confirm(self, phone: Phone) -> None:
        async with self.service.store.work(self.clock.now()) as work:
            known = await people.known(work.session, str(phone.id), self.clock.now().date())
            assert known is not None
            for one in known.memberships:
                one.confirmed_at = work.now
