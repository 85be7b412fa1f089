"""The service as a child process: started, seen polling, measured, killed.

    python -m tools.stage.service

is the service with Telegram's pace off, which its own command has no reason to offer.
"""

import asyncio
import contextlib
import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bot import logs
from bot.app import Config, Service
from bot.clock import SystemClock
from bot.settings import Settings, load
from tests.databases import KEY
from tools.stage import ROOT
from tools.stage.database import Look
from tools.stage.telegram import TOKEN, Telegram

PATIENCE = 60.0
"""Seconds a start may take before something is wrong."""


@dataclass
class Child:
    """A service in a process of its own."""

    process: asyncio.subprocess.Process
    telegram: Telegram
    started: float
    """Monotonic seconds."""
    polls_before: int

    async def has_polled(self) -> bool:
        """Whether Telegram has heard it."""
        return await self.telegram.polls() > self.polls_before

    async def polled(self) -> float:
        """Wait until it has polled; seconds since it was started.

        Raises:
            RuntimeError: it ended by itself, or never polled.
        """
        while time.monotonic() - self.started < PATIENCE:
            if self.process.returncode is not None:
                raise RuntimeError(f"the service ended by itself with {self.process.returncode}")
            if await self.has_polled():
                return time.monotonic() - self.started
            await asyncio.sleep(0.01)
        raise RuntimeError(f"no poll in {PATIENCE} s")

    async def dies(self) -> None:
        """Kill -9."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    async def stops(self) -> None:
        """Ask it to stop, and wait."""
        with contextlib.suppress(ProcessLookupError):
            self.process.terminate()
        await self.process.wait()

    async def drained(self, look: Look, patience: float = PATIENCE) -> bool:
        """Wait until everything taken in is handled and everything owed has left; whether it has."""
        owed = (
            "SELECT (SELECT count(*) FROM inbox WHERE state = 'waiting')"
            " + (SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending'))"
        )
        end = time.monotonic() + patience
        while time.monotonic() < end:
            updates = (await self.telegram.get("counters"))["updates"]
            if updates["pending"] == 0 and (await look.rows(owed))[0][0] == 0:
                return True
            await asyncio.sleep(0.1)
        return False

    @property
    def megabytes(self) -> float:
        """The most memory it has held at once (resident), in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024


async def start(telegram: Telegram, url: str, log: Path, *, paced: bool = True) -> Child:
    """Start `python -m bot run` (or the same unpaced); what it says is added to ``log``."""
    environment = os.environ | {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE_URL": telegram.address,
        "DATABASE_URL": url,
        "PASSERELLE_KEY": KEY,
        "HTTP_LISTEN": "127.0.0.1:0",
        "PYTHONPATH": str(ROOT),
    }
    before = await telegram.polls()
    with log.open("ab") as out:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", *(("bot", "run") if paced else ("tools.stage.service",))),
            cwd=log.parent,  # not the checkout: its .env is somebody's
            env=environment,
            stdout=out,
            stderr=out,
        )
    return Child(process, telegram, time.monotonic(), before)


async def _unpaced() -> None:
    logs.configure()
    settings = load(Settings)
    service = Service(
        Config(
            token=settings.token,
            api_root=settings.telegram_api_base_url,
            database_url=settings.database_url,
            key=settings.key,
            paced=False,
        ),
        SystemClock(),
    )
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await service.start()
    await stop.wait()
    await service.stop()


if __name__ == "__main__":
    asyncio.run(_unpaced())
