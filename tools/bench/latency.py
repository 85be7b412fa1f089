"""(b) From a teacher's message to both sends: her référente's card and her receipt."""

import asyncio
import contextlib
import statistics
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

from tools.stage.database import Look
from tools.stage.stage import Stage

TEACHERS, REFERENTES = 60, 30
SAID = "Lina ne fait pas ses devoirs, personne ne peut l'aider à la maison le soir."
WARM_UP = 20
"""First messages that do not count: connections open, statements compile."""
MOST = 0.9
"""Of the messages have to begin a conversation for the figures to mean something."""


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds; ``counted``: how many of the ``messages`` began a conversation; ``megabytes``: the most
    memory the service held; ``breaches``: limits it passed."""

    p50: float
    p95: float
    counted: int
    messages: int
    megabytes: float
    breaches: int


@dataclass(slots=True)
class _Sent:
    at: float
    teacher: int
    ref: int


async def latency(scene: Stage, *, rate: float, seconds: float, paced: bool) -> Latency:
    """Teachers write in turn at ``rate`` messages a second.

    A message is owed a card and a receipt of its own when it begins a conversation: nearly each does. The
    others, whose conversation a busy machine had not closed yet, only have to reach the référente.

    Raises:
        RuntimeError: a message did not reach her, or one in ten had no receipt of its own.
    """
    child = await scene.service(paced=paced)
    try:
        await child.polled()
        async with _conversations_close(scene.look):
            sent = await _write(scene, rate, round(rate * seconds) + WARM_UP)
        if not await child.drained(scene.look):
            raise RuntimeError("what was owed has not all left")
        took = await _took(scene, sent)
        megabytes = child.megabytes
    finally:
        await child.stops()
    breaches = sum((await scene.telegram.get("counters"))["limits"].values())
    p50, p95 = statistics.median(took), sorted(took)[int(len(took) * 0.95)]
    return Latency(p50, p95, len(took), len(sent) - WARM_UP, megabytes, breaches)


async def _write(scene: Stage, rate: float, messages: int) -> list[_Sent]:
    sent = []
    began = time.monotonic()
    for number in range(messages):
        await asyncio.sleep(began + number / rate - time.monotonic())
        teacher = scene.town.teachers[number % len(scene.town.teachers)]
        at = time.time()
        shown = await scene.telegram.post(f"people/{teacher}/send", text=f"n{number:06d} {SAID}")
        sent.append(_Sent(at, teacher, shown["bubbles"][0]["id"]))
    return sent


@contextlib.asynccontextmanager
async def _conversations_close(look: Look) -> AsyncIterator[None]:
    """Référentes close what is half a second old, so that each message is owed a card and a receipt."""

    async def close() -> None:
        before: set[int] = set()
        while True:
            opened = {row[0] for row in await look.rows("SELECT id FROM conversations WHERE current")}
            if before & opened:
                ids = ", ".join(str(one) for one in before & opened)
                await look.run(
                    f"UPDATE conversations SET state = 'closed', current = false WHERE id IN ({ids})"  # noqa: S608 -- numbers we have just read
                )
            before = opened
            await asyncio.sleep(0.5)

    closing = asyncio.create_task(close())
    try:
        yield
    finally:
        closing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await closing


async def _took(scene: Stage, sent: list[_Sent]) -> list[float]:
    """Milliseconds from each message to the later of its two sends, as Telegram saw them."""
    answered = {
        (call["chat_id"], call["message_id"]): call["at"] + call["ms"] / 1000
        for call in await scene.telegram.calls()
        if call["sent"]
    }
    card_of: dict[int, float] = {}
    for referente in scene.town.referentes:
        for one in await scene.telegram.chat(referente):
            number = one["text"].partition("n0")[2][:5]
            if number.isdecimal():
                card_of[int(number)] = answered[referente, one["id"]]
    receipt_of: dict[tuple[int, int], float] = {}
    for teacher in scene.town.teachers:
        for one in await scene.telegram.chat(teacher):
            if not one["mine"] and one["reply_to"] and (teacher, one["id"]) in answered:
                receipt_of[teacher, one["reply_to"]["id"]] = answered[teacher, one["id"]]
    if len(card_of) < len(sent):
        raise RuntimeError(f"{len(card_of)} of {len(sent)} messages reached the référente")
    took = [
        (max(card_of[number], receipt_of[one.teacher, one.ref]) - one.at) * 1000
        for number, one in enumerate(sent)
        if number >= WARM_UP and (one.teacher, one.ref) in receipt_of
    ]
    if len(took) < MOST * (len(sent) - WARM_UP):
        raise RuntimeError(f"{len(took)} of {len(sent) - WARM_UP} messages began a conversation")
    return took
