"""`python -m tools.crowd`: the local Bot API with 1,000 chats and 100,000 messages, beside an empty one.

At least 500 requests a second, and neither calls nor a phone's chat slower than in the empty one beyond what
two runs differ by. Exit 1 when a figure is missed. `fill` serves `tools.page_figures --crowd` too.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from bot.demo.telegram import LocalBotApi, people
from bot.demo.telegram.models import Message, Person

CHATS = 1_000
MESSAGES = 100_000
TOKEN = "1:CROWD"  # noqa: S105 — a demo token opens nothing
CALLS = 3_000
AT_ONCE = 16
READS = 300
ENOUGH_PER_S = 500
AS_QUICK = 1.3
"""How much slower still counts as the same: two runs on an empty one differ by about as much."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one emulator: calls a second, and what the slowest twentieth of a phone's reads took, in ms."""

    per_s: float
    read_ms: float
    start_s: float


def fill(state: Path, chats: int = CHATS, messages: int = MESSAGES) -> None:
    """Put the crowd into a state file, beside whoever is there. No update is left for the bot."""
    api = LocalBotApi(TOKEN, state=state)
    crowd = [people.arrive(api.world, f"Personne {number}") for number in range(chats)]
    for person in crowd:
        people.start(api.world, person)
    for number in range(messages - chats):
        _says(api, crowd[number % chats], number, by_her=number // chats % 2 > 0)
    api.world.updates.pending.clear()
    assert api.state is not None
    api.state.save()
    api.close()


def _says(api: LocalBotApi, person: Person, number: int, *, by_her: bool) -> None:
    """She or the bot says something in her chat."""
    chat = api.world.chats[person.id]
    sender = person.id if by_her else api.world.bot.id
    content = {"text": f"Message {number}, ni court ni long, comme on en écrit."}
    api.world.post(
        Message(
            id=api.world.new_message_id(chat),
            chat_id=chat.id,
            sender_id=sender,
            date=api.world.clock.unix(),
            content=content,
            silent=True,
        )
    )


async def measure(state: Path) -> Figures:
    """Serve this state in a process of its own and call it."""
    began = time.monotonic()
    async with _served(state) as address, aiohttp.ClientSession() as http:
        start_s = time.monotonic() - began
        chats = await _chats(http, address)
        per_s = await _calls(http, address, chats)
        return Figures(per_s, await _reads(http, address, chats), start_s)


@asynccontextmanager
async def _served(state: Path) -> AsyncIterator[str]:
    arguments = ("-m", "bot.demo.telegram", "--token", TOKEN, "--no-pacing", "--state", str(state))
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.terminate()
        await process.wait()


async def _chats(http: aiohttp.ClientSession, address: str) -> list[int]:
    """Everybody's chat; where there is nobody, a few people arrive."""
    found = await (await http.get(f"{address}/control/people")).json()
    for number in range(0 if found else AT_ONCE):
        answer = await http.post(f"{address}/control/people", json={"first_name": f"Personne {number}"})
        found.append(await answer.json())
        await http.post(f"{address}/control/people/{found[-1]['id']}/open", json={"link": ""})
    return [person["id"] for person in found]


async def _calls(http: aiohttp.ClientSession, address: str, chats: list[int]) -> float:
    async def some(first: int) -> None:
        for number in range(first, CALLS, AT_ONCE):
            sent = {"chat_id": chats[number % len(chats)], "text": f"Mesure {number}"}
            async with http.post(f"{address}/bot{TOKEN}/sendMessage", json=sent) as answer:
                assert answer.status == 200

    began = time.monotonic()
    await asyncio.gather(*(some(first) for first in range(AT_ONCE)))
    return CALLS / (time.monotonic() - began)


async def _reads(http: aiohttp.ClientSession, address: str, chats: list[int]) -> float:
    """Read phones one after the other, as a page does: 60 bubbles."""
    took = []
    for number in range(READS):
        began = time.monotonic()
        async with http.get(f"{address}/control/people/{chats[number % len(chats)]}/chat?limit=60") as answer:
            await answer.read()
        took.append((time.monotonic() - began) * 1000)
    return statistics.quantiles(took, n=20)[-1]


def main() -> int:
    """Measure and print; 1 when a figure is missed."""
    with tempfile.TemporaryDirectory() as folder:
        empty, crowded = Path(folder) / "empty.db", Path(folder) / "crowd.db"
        fill(crowded)
        few, many = asyncio.run(measure(empty)), asyncio.run(measure(crowded))
    print(f"{'':34} empty    {CHATS:,} chats, {MESSAGES:,} messages")
    print(f"calls a second (at least {ENOUGH_PER_S})       {few.per_s:8,.0f} {many.per_s:8,.0f}")
    print(f"a phone's 60 bubbles, p95, ms      {few.read_ms:8.1f} {many.read_ms:8.1f}")
    print(f"from its start to its address, s   {few.start_s:8.1f} {many.start_s:8.1f}")
    return int(many.per_s < max(ENOUGH_PER_S, few.per_s / AS_QUICK))


if __name__ == "__main__":
    sys.exit(main())
