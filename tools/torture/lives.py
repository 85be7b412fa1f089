"""Many short lives of the service: teachers write, Telegram fails on purpose, kill -9 falls."""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tools.stage.stage import Stage

TEACHERS, REFERENTES = 60, 30
EARLY = 10
"""For so many kills of a process that polls, one more falls while it starts."""
AN_ANSWER_FOR = 10
"""Messages of teachers for one answer of a référente."""
PATIENCE = 3.0
"""Seconds a kill waits for a call to be under way, when it wants to fall upon one."""
UPON_A_SEND = 0.75
"""Share of the kills that wait until a call is under way."""

# Shares of the calls that fail, each kind in its own way.
FAULTS = (
    {"kind": "too_many_requests", "probability": 0.02, "retry_after": 1},
    {"kind": "server_error", "probability": 0.02},
    {"kind": "drop", "probability": 0.02},
    {"kind": "lose_answer", "probability": 0.02},
    {"kind": "hang", "probability": 0.004, "seconds": 2},
    {"kind": "slow", "probability": 0.5, "seconds": 0.1, "methods": ["sendMessage"]},
)
"""Half of the sends take as long as they do from here to Telegram: a kill finds them under way."""

SAID = (
    "Lina ne fait pas ses devoirs, personne ne peut l'aider.",
    "Il lui manque ses lunettes depuis des semaines.",
    "Elle a bien travaillé au CLAS cette semaine.",
    "La maman voudrait vous rencontrer.",
    "Reste-t-il une place au CLAS pour mon élève ?",
)
"""Nothing that rings, nothing that ends: each must reach its référente as it is."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote, and on whose phone it belongs."""

    marker: str
    writer: int
    reader: int


@dataclass(slots=True)
class Life:
    """One life of the service: unix seconds; ``sending``: the chats of the sends in flight at its kill."""

    born: float
    killed: float = 0.0
    polled: float | None = None
    sending: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of it, and the seed of every draw."""

    kills: int
    messages: int
    seed: int


class Torture:
    """Drives one run on one database."""

    def __init__(self, plan: Plan, stage: Stage, say: Callable[[str], None]) -> None:
        self._plan = plan
        self._draw = random.Random(plan.seed)
        self._stage = stage
        self._telegram = stage.telegram
        self._say = say
        self.said: list[Said] = []
        self.lives: list[Life] = []
        self._answers = 0

    @property
    def _written(self) -> int:
        return len(self.said) - self._answers

    async def run(self) -> None:
        """All lives but the last, which is left to the caller."""
        for number, fault in enumerate(FAULTS):
            await self._telegram.post("faults", **fault, seed=self._plan.seed + number)
        kills, since_early, start = 0, 0, 2.0
        while kills < self._plan.kills:
            early = since_early == EARLY
            since_early = 0 if early else since_early + 1
            left = (self._plan.messages - self._written) / (self._plan.kills - kills)
            await self._answer()
            life = await self._live(round(left), self._draw.uniform(0, start) if early else None)
            if life.polled is not None:
                kills += 1
                start = life.polled
            self._tell(life, kills)
        await self._telegram.lift_faults()

    def _tell(self, life: Life, kills: int) -> None:
        where = "polling" if life.polled is not None else "starting"
        self._say(
            f"kill -9 while {where:8} · {kills:3}/{self._plan.kills} · {len(life.sending):2} sends in flight"
            f" · {self._written} messages written"
        )

    async def _live(self, messages: int, dies_after: float | None) -> Life:
        """A life in which so many messages are written, half of them before the service is up."""
        life = Life(time.time())
        child = await self._stage.service()
        writing = asyncio.create_task(self._write(messages // 2))
        try:
            if dies_after is not None:
                await asyncio.sleep(dies_after)
                if await child.has_polled():
                    life.polled = time.monotonic() - child.started
            else:
                life.polled = await child.polled()
                await writing
                writing = asyncio.create_task(self._write(messages - messages // 2))
                await self._moment()
        finally:
            await child.dies()
        life.killed = time.time()
        await writing
        await self._stage.look.nobody_else()
        life.sending = [
            address
            for (address,) in await self._stage.look.rows(
                "SELECT address FROM outbox WHERE state = 'sending' AND call IN ('send', 'copy', 'album')"
            )
        ]
        self.lives.append(life)
        return life

    async def _moment(self) -> None:
        """When the kill falls: mostly while calls are under way, sometimes at any time."""
        if self._draw.random() < UPON_A_SEND:
            end = time.monotonic() + PATIENCE
            while time.monotonic() < end:
                if (await self._telegram.get("counters"))["in_flight"]:
                    await asyncio.sleep(self._draw.uniform(0, 0.03))
                    return
        else:
            await asyncio.sleep(self._draw.uniform(0, 0.5))

    async def _write(self, messages: int) -> None:
        for _ in range(messages):
            teacher = self._draw.choice(self._stage.town.teachers)
            one = Said(f"m{self._written:05d}", teacher, self._stage.town.referente_of(teacher))
            await self._telegram.writes(teacher, f"{one.marker} {self._draw.choice(SAID)}")
            self.said.append(one)
            await asyncio.sleep(self._draw.uniform(0, 0.02))

    async def _answer(self) -> None:
        """A référente answers now and then, by replying to a card on her phone."""
        if self._written < (self._answers + 1) * AN_ANSWER_FOR:
            return
        cards = await self._stage.look.rows(
            "SELECT bubbles.address, bubbles.ref, accounts.address FROM bubbles "
            "JOIN conversations ON conversations.id = bubbles.conversation_id "
            "JOIN accounts ON accounts.person_id = conversations.teacher_id "
            "WHERE bubbles.part = 'card' AND bubbles.ref IS NOT NULL ORDER BY bubbles.id"
        )
        if not cards:
            return
        reader, ref, teacher = self._draw.choice(cards)
        one = Said(f"a{self._answers:05d}", int(reader), int(teacher))
        await self._telegram.writes(int(reader), f"{one.marker} Bonjour, je vous appelle demain.", int(ref))
        self.said.append(one)
        self._answers += 1

    async def drained(self, patience: float) -> bool:
        """Let a last life finish everything; whether it did."""
        child = await self._stage.service()
        try:
            await child.polled()
            return await child.drained(self._stage.look, patience)
        finally:
            await child.stops()
