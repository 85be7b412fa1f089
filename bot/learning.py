"""Each centre's corrections are learned from at night, in a process apart, and tried before they are used."""

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

import structlog

from bot import child
from bot.child import ChildFailed
from bot.clock import Clock
from bot.rules import model
from bot.rules.lessons import FEWEST, Figures
from bot.rules.paris import at, local_date
from storage import due, learning
from storage.due import Due
from storage.learning import JudgedWords, KeptLayer
from storage.store import DatabaseAway, Store, Work

log = structlog.get_logger(__name__)

KIND = "learn"
NIGHT = time(3, 40)
LATEST = 400
"""Judged messages a layer is learned from, the newest: older ones say less of this year."""
PATIENCE = 120.0
"""Seconds after which the process is stopped: it needs a few."""
PROGRAM = "bot.learning_child"


# ── At night ─────────────────────────────────────────────────────────────────────────────────


async def begin(work: Work) -> None:
    """Plan the coming night where something was ever judged; at each start: the weights may be new."""
    for centre_id in await learning.centres_that_judged(work.session):
        await plan_night(work, centre_id)


async def plan_night(work: Work, centre_id: int) -> None:
    """The coming night this centre's corrections are learned from; said twice, it happens once."""
    day = local_date(work.now)
    if at(day, NIGHT) <= work.now:
        day += timedelta(days=1)
    await due.plan(work.session, KIND, centre_id, at(day, NIGHT), day.isoformat())


async def night(work: Work, row: Due) -> None:
    """It is the night: the learner is told once this is committed, and the next night is planned."""
    if row.subject_id in await learning.centres_that_judged(work.session):
        work.news.add(f"{KIND}:{row.subject_id}")
        await plan_night(work, row.subject_id)


# ── Learning ─────────────────────────────────────────────────────────────────────────────────


class Learner:
    """Learns one centre after another, beside everything else."""

    def __init__(self, store: Store, clock: Clock, program: str = PROGRAM) -> None:
        self._store = store
        self._clock = clock
        self._program = program
        self._one_at_a_time = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def idle(self) -> bool:
        """Whether nothing is being learned."""
        return not self._tasks

    def hear(self, news: set[str]) -> None:
        """Begin with the centres whose night has come."""
        for one in sorted(news):
            if one.startswith(f"{KIND}:"):
                task = asyncio.create_task(self._quietly(int(one.removeprefix(f"{KIND}:"))))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Leave what is not learned for another night."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _quietly(self, centre_id: int) -> None:
        try:
            await self.learn(centre_id)
        except ChildFailed as error:
            log.error("learning failed: the centre keeps what it had", centre=centre_id, error=str(error))
        except DatabaseAway:
            log.error("database away: learning waits for another night", centre=centre_id)
        except Exception as error:  # a bug of ours: the service goes on as it reads now
            log.error("learning stumbled", centre=centre_id, exc_info=error)

    async def learn(self, centre_id: int) -> KeptLayer | None:
        """Learn a centre's layer and use it if it is better; None when there is nothing new, or too little.

        Raises:
            ChildFailed: nothing has changed.
        """
        async with self._one_at_a_time:
            async with self._store.work(self._clock.now()) as work:
                wanted = await _wanted(work, centre_id)
            if wanted is None:
                return None
            written = await child.ask(self._program, json.dumps(wanted.child_reads).encode(), PATIENCE)
            answer = _understood(written)
            async with self._store.work(self._clock.now()) as work:
                return await _keep(work, wanted, answer)


def _understood(written: bytes) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = json.loads(written)
    except ValueError:
        raise ChildFailed("answered nothing") from None
    return answer


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be learned: the judged messages, as they stood at a moment, against the layer in use."""

    centre_id: int
    at: datetime
    judged: list[JudgedWords]
    active: KeptLayer | None

    @property
    def child_reads(self) -> dict[str, Any]:
        return {
            "pulls": {} if self.active is None else self.active.pulls,
            "lessons": [
                {
                    "id": one.correction.id,
                    "by": one.correction.person_id,
                    "said": one.correction.becomes,
                    "words": one.words,
                    "level": one.level,
                }
                for one in self.judged
            ],
        }

    @property
    def corrections(self) -> int:
        return sum(one.correction.was != one.correction.becomes for one in self.judged)


async def _wanted(work: Work, centre_id: int) -> _Wanted | None:
    """None when there is too little to learn from, or nothing new since the last time."""
    judged = await learning.judged(work.session, centre_id, LATEST)
    active = await learning.active(work.session, centre_id)
    wanted = _Wanted(centre_id, work.now, judged, active)
    weights = model.shipped()
    if weights is None or len(judged) < FEWEST or not wanted.corrections:
        return None
    last = await learning.latest(work.session, centre_id)
    nothing_new = (
        last is not None
        and last.model == weights.version
        and last.corrections + last.confirmations == len(judged)
        and last.made_at >= max(one.correction.at for one in judged)
    )
    return None if nothing_new else wanted


async def _keep(work: Work, wanted: _Wanted, answer: dict[str, Any]) -> KeptLayer | None:
    """Write down what was learned; it replaces what is in use if that is still what it was tried against."""
    figures = Figures(**answer["figures"])
    active = await learning.active(work.session, wanted.centre_id)
    if (active and active.id) != (wanted.active and wanted.active.id):
        return None  # undone meanwhile
    if figures.better and active is not None:
        active.active = False
        await work.flush()  # one active layer a centre, at every moment
    log.info("learned", centre=wanted.centre_id, judged=figures.own, better=figures.better)
    return work.add(
        KeptLayer(
            centre_id=wanted.centre_id,
            model=answer["model"],
            made_at=wanted.at,
            corrections=wanted.corrections,
            confirmations=len(wanted.judged) - wanted.corrections,
            figures=answer["figures"],
            pulls=answer["pulls"],
            better=figures.better,
            active=figures.better,
        )
    )


async def undo(work: Work, centre_id: int) -> tuple[KeptLayer, KeptLayer | None] | None:
    """Back to the layer before: what is undone, and what is used again, if there was one.

    What the undone one had learned since is set aside, or the next night would learn the same again.
    None when the centre uses nothing of its own.
    """
    found = await learning.used(work.session, centre_id)
    if not found or not found[0].active:
        return None
    undone, before = found[0], found[1] if len(found) > 1 else None
    undone.active, undone.undone_at = False, work.now
    await work.flush()
    learned = undone.pulls.keys() - (before.pulls.keys() if before else set())
    await learning.set_aside(work.session, [int(one) for one in learned], work.now)
    if before is not None:
        before.active = True
    return undone, before
