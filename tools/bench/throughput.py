"""(a) Messages relayed a second, by Passerelle and by a bare application, in turn on one Telegram."""

import asyncio
import contextlib
import signal
import statistics
import sys
import time
from collections.abc import AsyncIterator, Sequence

from tests.databases import Postgres
from tools.stage import ROOT
from tools.stage.stage import Stage, stage
from tools.stage.telegram import Telegram

REFERENTES = 30
SAID = "Lina ne fait pas ses devoirs, personne ne peut l'aider à la maison le soir."
PATIENCE = 120.0


async def throughput(
    telegram: Telegram, postgres: Postgres | None, bots: Sequence[str], *, rounds: int, messages: int
) -> dict[str, float]:
    """The median of the rounds for each bot: ``passerelle``, or ``httpx`` and ``aiohttp`` for bare ones."""
    figures: dict[str, list[float]] = {bot: [] for bot in bots}
    for _ in range(rounds):
        for bot in bots:
            async with stage(telegram, postgres, teachers=messages, referentes=REFERENTES) as scene:
                figures[bot].append(await _one_round(scene, bot))
    return {bot: statistics.median(found) for bot, found in figures.items()}


async def _one_round(scene: Stage, bot: str) -> float:
    """Every teacher has written once while nobody polled; from the first poll to the last send."""
    for teacher in scene.town.teachers:
        await scene.telegram.writes(teacher, SAID)
    owed = 2 * len(scene.town.teachers)
    async with _passerelle(scene) if bot == "passerelle" else _bare(scene, bot):
        end = time.monotonic() + PATIENCE
        began, sends = 0.0, 0
        while sends < owed:
            if time.monotonic() > end:
                raise RuntimeError(f"{bot}: {sends} of {owed} sends in {PATIENCE:.0f} s")
            await asyncio.sleep(0.05 if began else 0.005)
            counters = await scene.telegram.get("counters")
            sends = counters["sends"]
            if not began and counters["requests"].get("getUpdates"):
                began = time.time()
    last: float = max(call["at"] + call["ms"] / 1000 for call in await scene.telegram.calls() if call["sent"])
    return len(scene.town.teachers) / (last - began)


@contextlib.asynccontextmanager
async def _passerelle(scene: Stage) -> AsyncIterator[None]:
    child = await scene.service(paced=False)
    try:
        yield
    finally:
        await child.stops()


@contextlib.asynccontextmanager
async def _bare(scene: Stage, transport: str) -> AsyncIterator[None]:
    referentes = [str(one) for one in scene.town.referentes]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tools.bench.bare", scene.telegram.address, transport, *referentes), cwd=ROOT
    )
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()
