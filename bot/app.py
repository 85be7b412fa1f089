"""The only place where everything meets: settings become a running service."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import structlog
from telegram import Bot
from telegram.error import (
    BadRequest,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

import handlers
from bot import calendars, digest, feeds, learning
from bot.clock import Clock
from bot.delivery import Delivery
from bot.handling import Handling
from bot.heed import Heed
from bot.identity import TelegramAway, TokenRefused, WebhookRefused
from bot.intake import LONG_POLL, Intake
from bot.learning import Learner
from bot.pace import Pace
from bot.rules import model
from bot.scheduler import Scheduler
from bot.sender import Sender, make_bot
from bot.web import Web
from storage import centres, facts, inbox, outbox
from storage.encryption import unlock
from storage.store import DatabaseAway, Store, Work

log = structlog.get_logger(__name__)

GUARD_EVERY = 2.0
"""Seconds between two looks at the lock that makes us the active process."""
ACQUAINTED_EVERY = 5.0
"""Seconds between two copies of who is who: another process may have written it (`apply`, `staff
revoke`), and rights begin and end at midnight."""

ANOTHER_SERVES = "another process serves this database: waiting for it to end"
DATABASE_AWAY = "database away: messages wait at Telegram, danger is still heard"


@dataclass(frozen=True, slots=True)
class Config:
    """What the service needs to know, from the settings or from a test."""

    token: str
    api_root: str
    database_url: str
    key: str
    listen: str | None = None
    webhook_url: str | None = None
    public_url: str | None = None
    webhook_secret: str | None = None
    paced: bool = True
    long_poll: int = LONG_POLL

    @property
    def bot_id(self) -> int:
        """The number a token begins with."""
        return int(self.token.partition(":")[0])


class Service:
    """Passerelle, running. One active process per database; a second one waits its turn."""

    def __init__(self, config: Config, clock: Clock) -> None:
        unlock(config.key)
        self.config = config
        self.clock = clock
        self.store = Store(config.database_url)
        self.bot: Bot = make_bot(config.token, config.api_root)
        self.sender = Sender(self.bot)
        self.heed = Heed(self.sender)
        self.intake = Intake(self.bot, config.bot_id, self.store, clock, self.heed, config.long_poll)
        self.handling = Handling(self.store, clock, self.heed, config.bot_id, self._handle)
        self.delivery = Delivery(self.store, self.sender, clock, Pace(on=config.paced))
        self.scheduler = Scheduler(self.store, clock)
        self.learner = Learner(self.store, clock)
        self.web = Web(self.store, clock, self.intake, config.webhook_secret if config.webhook_url else None)
        self._loops: list[asyncio.Task[None]] = []
        self._guard: asyncio.Task[None] | None = None
        self._refreshing: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Open everything and begin; returns once the loops run.

        Raises:
            DatabaseUnusable: with the sentence for the operator.
            TokenRefused: Telegram does not know the token.
            TelegramAway: it does not answer.
            WebhookRefused: it will not post where it is asked to.
        """
        if (missing := model.why_missing()) is not None:
            log.error("the tagger has no weights: its rules and lexicons answer alone", why=missing)
        await self.store.prepare(self.clock.now())
        if self.config.listen:
            await self.web.start(self.config.listen)
        await self._take_our_turn()
        async with self.store.work(self.clock.now()) as work:
            await calendars.seed(work)
            await digest.begin(work)
            await learning.begin(work)
            await feeds.known_at(work, self.config.public_url)
            if not await centres.all_centres(work.session):
                log.warning("no centre is known: everybody is a stranger until `apply`")
        self.store.committed.append(self._committed)
        self.heed.landed = self.delivery.landed = self.handling.landed
        self.handling.landing = self.delivery.landing
        await self._meet_telegram()
        self._begin()
        self.scheduler.start()
        self._guard = asyncio.create_task(_for_ever(self._keep_our_turn))
        log.info("running", polling=self.config.webhook_url is None)

    def _begin(self) -> None:
        loops: list[Callable[[], Awaitable[None]]] = [
            self.handling.run,
            self.delivery.run,
            self._stay_acquainted,
        ]
        if self.config.webhook_url is None:
            loops.append(self.intake.run)
        self._loops = [asyncio.create_task(_for_ever(loop)) for loop in loops]

    async def _end(self) -> None:
        for task in self._loops:
            task.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        self._loops = []

    async def _keep_our_turn(self) -> None:
        """PostgreSQL may restart, and the lock goes with it: another process may have taken our place."""
        while True:
            await asyncio.sleep(GUARD_EVERY)
            if self._loops:
                if await self.store.still_elected():
                    continue  # lost and free again is lost all the same: somebody may have had it meanwhile
                log.error("the database took our turn away: waiting to have it again")
                self.scheduler.pause()
                await self._end()
            await self._take_our_turn()
            self.scheduler.resume()
            self._begin()

    async def _take_our_turn(self) -> None:
        """Wait to be the active process, on a database that takes writes; listen meanwhile."""
        said: str | None = None
        ears: asyncio.Task[None] | None = None
        try:
            while (keeps_us := await self._what_keeps_us()) is not None:
                if keeps_us == ANOTHER_SERVES:
                    self.intake.on_duty = False
                if keeps_us != said:
                    log.warning(keeps_us)
                    said = keeps_us
                    await _silenced(ears)
                    ears = self._ears() if keeps_us == DATABASE_AWAY else None
                await asyncio.sleep(0.5)
        finally:
            await _silenced(ears)
        self.intake.on_duty = True

    async def _what_keeps_us(self) -> str | None:
        try:
            if not await self.store.elected():
                return ANOTHER_SERVES
            await self._take_up()
        except DatabaseAway:
            return DATABASE_AWAY
        return None

    async def _take_up(self) -> None:
        """What the one before had in flight leaves again."""
        await self.delivery.finish()
        async with self.store.work(self.clock.now()) as work:
            unsure = await outbox.release(work.session)
            await self.heed.refresh(work)
        if unsure:
            log.info("calls that were in flight leave again", number=unsure)

    def _ears(self) -> asyncio.Task[None] | None:
        """Danger is heard while no database answers, if we have ever polled; a webhook hears by itself."""
        if self.config.webhook_url is not None or not self.intake.polled.is_set():
            return None
        return asyncio.create_task(_for_ever(self.intake.listen))

    async def stop(self) -> None:
        """Stop taking in, let what is in flight land, close."""
        await self.scheduler.stop()
        if self._guard is not None:
            self._guard.cancel()
            await asyncio.gather(self._guard, return_exceptions=True)
        await self._end()
        await asyncio.gather(*self._refreshing, return_exceptions=True)
        await self.learner.stop()
        await self.heed.finish()
        with contextlib.suppress(DatabaseAway):
            await self.delivery.finish()
        await self.web.stop()
        await self.bot.shutdown()
        await self.store.close()

    async def settle(self, patience: float = 60.0) -> None:
        """Wait until nothing is left to do now: for tests and the demo."""
        async with asyncio.timeout(patience):
            while not await self._settled():  # noqa: ASYNC110 -- polled on purpose: several loops must be idle at once
                await asyncio.sleep(0.01)

    async def _settled(self) -> bool:
        async with self.store.work(self.clock.now()) as work:
            waiting = await inbox.due(work.session, self.config.bot_id, work.now, 1)
            owed = await outbox.next_moment(work.session)
        idle = self.delivery.idle and self.learner.idle and not self.scheduler.busy
        return not waiting and owed is None and idle and not self._refreshing

    async def _meet_telegram(self) -> None:
        try:
            await _patiently(self.bot.initialize)
            await self._choose_how_updates_come()
        except (InvalidToken, EndPointNotFound):
            raise TokenRefused from None  # the library's own message quotes the token
        except TelegramError as error:
            raise TelegramAway(type(error).__name__) from None
        username = self.bot.username
        async with self.store.work(self.clock.now()) as work:
            if await facts.recall(work.session, "username") != username:
                await facts.remember(work.session, "username", username)
        with contextlib.suppress(TelegramError):
            await handlers.introduce(self.bot)

    async def _choose_how_updates_come(self) -> None:
        if self.config.webhook_url is not None:
            try:
                await _patiently(self._set_webhook)
            except BadRequest as error:
                raise WebhookRefused(str(error)) from None
        elif (await _patiently(self.bot.get_webhook_info)).url:
            await _patiently(self.bot.delete_webhook)
            self.intake.offset = 0  # a webhook takes them in any order: one before the last may still wait

    async def _set_webhook(self) -> bool:
        return await self.bot.set_webhook(
            f"{self.config.webhook_url}/telegram",
            secret_token=self.config.webhook_secret,
            allowed_updates=list(handlers.KINDS),
        )

    async def _handle(self, raw: dict[str, Any], work: Work) -> None:
        await handlers.handle(raw, work, self.bot)

    def _committed(self, news: set[str]) -> None:
        if "inbox" in news:
            self.handling.wake()
        if "outbox" in news:
            self.delivery.wake()
        self.learner.hear(news)
        if news & {"people", "danger"}:
            task = asyncio.create_task(self._refresh())
            self._refreshing.add(task)
            task.add_done_callback(self._refreshing.discard)

    async def _stay_acquainted(self) -> None:
        while True:
            await asyncio.sleep(ACQUAINTED_EVERY)
            await self._refresh()

    async def _refresh(self) -> None:
        with contextlib.suppress(DatabaseAway):
            async with self.store.work(self.clock.now()) as work:
                await self.heed.refresh(work)


async def _silenced(task: asyncio.Task[None] | None) -> None:
    if task is not None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _for_ever(loop: Callable[[], Awaitable[None]]) -> None:
    """A loop that ends by a bug is started again: a silent service would be worse."""
    while True:
        try:
            await loop()
        except Exception as error:
            log.error("a loop stumbled and starts again", exc_info=error)
            await asyncio.sleep(1.0)


async def _patiently(call: Callable[[], Awaitable[Any]], tries: int = 6) -> Any:
    """Make a call that is not in the outbox (getMe, setMyCommands at start), with a few retries."""
    for attempt in range(tries):
        try:
            return await call()
        except RetryAfter as error:
            after = error.retry_after
            await asyncio.sleep(float(after if isinstance(after, int) else after.total_seconds()))
        except (InvalidToken, BadRequest, Forbidden):
            raise
        except TelegramError:
            if attempt == tries - 1:
                raise
            await asyncio.sleep(0.2 * 2**attempt)
    raise NetworkError("no answer")
