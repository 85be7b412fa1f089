"""Who ticks: this process alone, or several at once on the same database."""

import asyncio
import multiprocessing
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from random import Random
from typing import Protocol

from bot import calendars, digest
from bot.scheduler import Scheduler
from storage.encryption import unlock
from storage.store import Store
from tools.stage.database import Look

LOOKS = 2000
"""How often we look whether a killed process has let go, a hundredth of a second apart."""
SPAWN = multiprocessing.get_context("spawn")


class Hands(Protocol):
    """What rings when something is due."""

    async def tick(self, now: datetime) -> None:
        """Do what is due."""

    async def restart(self, now: datetime, *, all_of_them: bool) -> None:
        """Another process: a new engine, and nothing in memory; all of them after an outage."""

    async def stop(self) -> None:
        """Let go."""


@dataclass
class MovedClock:
    """The clock of the simulation."""

    moment: datetime

    def now(self) -> datetime:
        """Where it stands."""
        return self.moment


class Alone:
    """The clockwork in this process."""

    def __init__(self, url: str, now: datetime) -> None:
        self.url, self.clock = url, MovedClock(now)
        self._begin()

    def _begin(self) -> None:
        self.store = Store(self.url)
        self.scheduler = Scheduler(self.store, self.clock)

    async def tick(self, now: datetime) -> None:
        """Do what is due."""
        self.clock.moment = now
        await self.scheduler.tick()

    async def restart(self, now: datetime, *, all_of_them: bool) -> None:
        """A new engine, and what the service does when it starts."""
        await self.stop()
        self._begin()
        async with self.store.work(now) as work:
            await calendars.seed(work)
            await digest.begin(work)

    async def stop(self) -> None:
        """Let go of the database."""
        await self.store.close()


@dataclass
class Worker:
    """A process, and the pipe over which it is told the time."""

    process: BaseProcess
    pipe: Connection


class Crew:
    """Several processes that tick at the same moment on the same database.

    Before an outage one of them is killed in the middle of its tick; the others have to do its work.
    """

    def __init__(self, url: str, key: str, workers: int, dice: Random) -> None:
        self.url, self.key, self.dice = url, key, dice
        self.workers = [self._hire() for _ in range(workers)]

    def _hire(self) -> Worker:
        ours, theirs = SPAWN.Pipe()
        process = SPAWN.Process(target=_works, args=(self.url, self.key, theirs), daemon=True)
        process.start()
        theirs.close()
        return Worker(process, ours)

    async def tick(self, now: datetime) -> None:
        """All of them at once."""
        self._say(self.workers, ("tick", now))
        await self._heard(self.workers)

    async def restart(self, now: datetime, *, all_of_them: bool) -> None:
        """One of them begins again; or all, after one was killed in the middle of its tick."""
        if not all_of_them:
            one = [self.dice.choice(self.workers)]
            self._say(one, ("restart", now))
            await self._heard(one)
            return
        self._say(self.workers, ("tick", now))
        killed = self.workers.pop(self.dice.randrange(len(self.workers)))
        killed.process.kill()
        await self._heard(self.workers)
        killed.process.join()
        killed.pipe.close()
        await self._undone()
        self.workers.append(self._hire())
        self._say(self.workers, ("restart", now))
        await self._heard(self.workers)

    def _say(self, workers: list[Worker], order: tuple[str, datetime]) -> None:
        for one in workers:
            one.pipe.send(order)

    async def _heard(self, workers: list[Worker]) -> None:
        for one in workers:
            await asyncio.to_thread(one.pipe.recv)

    async def _undone(self) -> None:
        """PostgreSQL takes back what the killed one had begun as soon as it sees that it is gone."""
        look = Look(self.url)
        begun = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND xact_start IS NOT NULL"
        )
        for _ in range(LOOKS):
            if not (await look.rows(begun))[0][0]:
                return
            await asyncio.sleep(0.01)
        raise RuntimeError("a killed process still holds a transaction")

    async def stop(self) -> None:
        """Send them home."""
        for one in self.workers:
            one.pipe.send(None)
            one.process.join()
            one.pipe.close()


def _works(url: str, key: str, pipe: Connection) -> None:
    """One worker: does what it is told until it is told to stop."""
    unlock(key)

    async def work() -> None:
        hands: Alone | None = None
        while (order := pipe.recv()) is not None:
            what, now = order
            if hands is None:
                hands = Alone(url, now)
            await (hands.tick(now) if what == "tick" else hands.restart(now, all_of_them=False))
            pipe.send(None)
        if hands is not None:
            await hands.stop()

    asyncio.run(work())
