"""One run: record, feed, let time pass, check."""

import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot import logs
from bot.demo.telegram import LocalBotApi
from bot.intake import lane_of
from storage import inbox
from tests.cast import TUESDAY_MORNING, Scene, StageClock
from tools.fuzz import cast, checks
from tools.fuzz.mutations import Pool, mutated
from tools.fuzz.pauses import time_passes
from tools.fuzz.schema import Generator

TOGETHER = 25
"""Updates given at once."""
A_WHILE = timedelta(minutes=3)
"""How far the clock moves after each batch: retries fall due, reminders too."""
WHILES = 2_000
"""After so many more, an update that still waits is stuck."""
AT_LAST = (timedelta(hours=49), timedelta(hours=1), timedelta(hours=1))
"""Then calls that never go through are given up."""
TOKEN = "1:FUZZ_token_that_no_log_may_hold"  # noqa: S105 -- the local Bot API's own, it opens nothing
COME_BACK = 500
"""After so many updates, those who have left by some button or been cut off are there again."""
REPLAYED = 0.02
FIRST_ID = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Result:
    """What was seen; ``wrong``: the sentences of what must not be."""

    updates: int
    aside: int
    shown: int
    wrong: list[str]


async def fuzz(database_url: str, updates: int, seed: int, say: Callable[[str], None]) -> Result:
    """Feed so many updates to a service on this database."""
    log = io.StringIO()
    logs.configure(json=True, stream=log)
    api = LocalBotApi(TOKEN, pacing=False)
    await api.start()
    scene = Scene(api, database_url, StageClock(TUESDAY_MORNING))
    try:
        await scene.opens()
        recording = await cast.play(scene)
        witness = checks.Witness(scene)
        api.observer = witness
        author = await _feed(scene, recording, updates, seed, say)
        await _all_has_its_time(scene)
        aside, refused = await checks.refused(scene, log.getvalue())
        wrong = [
            *refused,
            *await checks.wrong_persons(witness, author),
            *await checks.stuck(scene),
            *checks.log_check(log.getvalue(), TOKEN),
        ]
        return Result(updates, aside, len(witness.shown), wrong)
    finally:
        await scene.service.stop()
        await api.stop()


async def _all_has_its_time(scene: Scene) -> None:
    """Until nothing waits for another attempt, then until what cannot be is given up."""
    for _ in range(WHILES):
        await time_passes(scene, A_WHILE)
        async with scene.service.store.work(scene.clock.now()) as work:
            if not (await inbox.counts(work.session)).get("waiting"):
                break
    for pause in AT_LAST:
        await time_passes(scene, pause)


async def _feed(
    scene: Scene, recording: cast.Recording, updates: int, seed: int, say: Callable[[str], None]
) -> dict[int, int]:
    """Half mutations, half of the specification; the chat each came from."""
    draw = random.Random(seed)
    chats = [phone.id for phone in recording.phones]
    generator = Generator(draw, chats)
    author: dict[int, int] = {}
    earlier: list[dict[str, Any]] = []
    for start in range(0, updates, TOGETHER):
        pool = Pool(recording.updates, chats, cast.buttons_of(scene.api))
        batch = []
        for number in range(start, min(start + TOGETHER, updates)):
            made = mutated(draw, pool, number) if number % 2 else generator.update(number)
            raw = {"update_id": FIRST_ID + number} | made
            lane = lane_of(raw)
            if lane.lstrip("-").isdecimal():
                author[number] = int(lane)
            batch.append(draw.choice(earlier) if earlier and draw.random() < REPLAYED else raw)
        earlier = (earlier + batch)[-500:]
        await scene.service.intake.keep(batch)
        await time_passes(scene, A_WHILE)
        if start % COME_BACK < TOGETHER:
            say(f"{start} updates fed")
            await cast.come_back(scene)
    return author
