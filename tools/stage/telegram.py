"""The local Bot API as a process of its own, driven over its control calls."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Sequence
from typing import Any

import aiohttp

from tools.stage import ROOT

TOKEN = "1:TORTURE_AND_BENCH_token"  # noqa: S105 -- the local Bot API's own, it opens nothing
PAGE = 200
"""Bubbles the control call gives at once."""


class Telegram:
    """A Telegram in another process: its people write and read through it."""

    def __init__(self, address: str, session: aiohttp.ClientSession) -> None:
        self.address = address
        self._session = session

    async def get(self, path: str, **query: str | int) -> Any:
        """One control call that only looks.

        Raises:
            aiohttp.ClientResponseError: refused.
        """
        async with self._session.get(f"{self.address}/control/{path}", params=query) as answer:
            answer.raise_for_status()
            return await answer.json()

    async def post(self, path: str, **asked: Any) -> Any:
        """One control call that changes something.

        Raises:
            aiohttp.ClientResponseError: refused.
        """
        async with self._session.post(f"{self.address}/control/{path}", json=asked) as answer:
            answer.raise_for_status()
            return await answer.json()

    async def arrive(self, names: Sequence[str]) -> list[int]:
        """People who have pressed « Démarrer »; what the bot would learn of it is dropped."""
        people = []
        for name in names:
            first, _, last = name.partition(" ")
            person = await self.post("people", first_name=first, last_name=last)
            await self.post(f"people/{person['id']}/open", link="")
            people.append(int(person["id"]))
        await self.drop_updates()
        return people

    async def drop_updates(self) -> None:
        """Forget what the bot has not been told yet."""
        async with self._session.get(
            f"{self.address}/bot{TOKEN}/deleteWebhook", params={"drop_pending_updates": "true"}
        ) as answer:
            answer.raise_for_status()

    async def writes(self, person: int, text: str, reply_to: int = 0) -> None:
        """Somebody writes to the bot."""
        await self.post(f"people/{person}/send", text=text, reply_to=reply_to)

    async def chat(self, person: int) -> list[dict[str, Any]]:
        """Everything her chat with the bot shows, oldest first."""
        bubbles: list[dict[str, Any]] = []
        while True:
            before = bubbles[0]["id"] if bubbles else 0
            page = await self.get(f"people/{person}/chat", before=before, limit=PAGE)
            bubbles = [*page["bubbles"], *bubbles]
            if not page["more"]:
                return bubbles

    async def calls(self) -> list[dict[str, Any]]:
        """Every call of the bot since the last reset, polls left out, oldest first."""
        found: list[dict[str, Any]] = []
        while True:
            page = await self.get("calls", after=found[-1]["seq"] if found else 0, limit=1000)
            if not page:
                return found
            found += page

    async def polls(self) -> int:
        """How many times somebody has polled."""
        return int((await self.get("counters"))["requests"].get("getUpdates", 0))

    async def lift_faults(self) -> None:
        """Nothing fails on purpose any more."""
        async with self._session.delete(f"{self.address}/control/faults") as answer:
            answer.raise_for_status()

    async def begins_again(self) -> None:
        """Nobody, nothing said, counters at zero."""
        await self.post("reset")
        await self.post("counters/reset")


@contextlib.asynccontextmanager
async def telegram(*, pacing: bool) -> AsyncIterator[Telegram]:
    """Start one; ``pacing``: it refuses what passes Telegram's limits."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.demo.telegram", "--token", TOKEN),
        *(() if pacing else ("--no-pacing",)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        address = (await process.stdout.readline()).decode().strip()
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
            yield Telegram(address, session)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()
