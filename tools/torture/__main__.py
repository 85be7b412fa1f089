"""`python -m tools.torture`: exit 1, and what is wrong, when a promise is broken."""

import argparse
import asyncio
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from tests.databases import Postgres
from tools.stage.database import KINDS, server
from tools.stage.stage import stage
from tools.stage.telegram import telegram
from tools.torture import checks
from tools.torture.lives import REFERENTES, TEACHERS, Plan, Torture

DRAIN = 300.0
"""Seconds the last life may take to finish everything."""


async def torture(postgres: Postgres | None, plan: Plan, say: Callable[[str], None]) -> list[str]:
    """One run on one database; what is wrong."""
    began = time.monotonic()
    async with (
        telegram(pacing=True) as local,
        stage(local, postgres, teachers=TEACHERS, referentes=REFERENTES) as scene,
    ):
        run = Torture(plan, scene, say)
        await run.run()
        if not await run.drained(DRAIN):
            return [f"not drained after {DRAIN:.0f} s: {(await local.get('counters'))['updates']}"]
        everybody = (*scene.town.referentes, *scene.town.teachers)
        phones = {person: await local.chat(person) for person in everybody}
        counters = await local.get("counters")
        doubled = await checks.doubled_at_telegram(local, scene.look, phones, run.lives)
        wrong = [
            *checks.phones_check(phones, run.said),
            *await checks.database_check(scene.look, run.said, counters["updates"]["made"]),
            *checks.bound_check(doubled, run.lives),
            *checks.log_check(scene.log),
        ]
    say(f"{_summary(run, doubled, counters)}; {time.monotonic() - began:.0f} s in all")
    return wrong


def _summary(run: Torture, doubled: Sequence[checks.Doubled], counters: dict[str, Any]) -> str:
    kills = [life for life in run.lives if life.polled is not None]
    lost_answers = sum(one.lost_answer for one in doubled)
    idle = [number for number, life in enumerate(run.lives) if not life.sending]
    starts = sorted(life.polled for life in kills if life.polled is not None)
    return (
        f"{len(kills)} kills while polling, {len(run.lives) - len(kills)} while starting; "
        f"{sum(1 for one in run.said if one.marker.startswith('m'))} messages of teachers, "
        f"{sum(1 for one in run.said if one.marker.startswith('a'))} answers\n"
        f"sends in flight at the kills: {sum(len(life.sending) for life in run.lives)}, "
        f"doubled at Telegram: {len(doubled) - lost_answers}, "
        f"of which with nothing in flight: "
        f"{sum(one.life in idle and not one.lost_answer for one in doubled)}; "
        f"doubled by answers lost on purpose: {lost_answers} of {counters['faults'].get('lose_answer', 0)}\n"
        f"faults: {counters['faults']}; limits passed: {counters['limits']}\n"
        f"start to first poll: median {starts[len(starts) // 2]:.2f} s, worst {starts[-1]:.2f} s"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Torture each database asked for."""
    parser = argparse.ArgumentParser(prog="python -m tools.torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--messages", type=int, default=3000)
    parser.add_argument("--database", choices=(*KINDS, "both"), default="both")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    code = 0
    for kind in KINDS if asked.database == "both" else (asked.database,):
        print(f"── {kind} ──", flush=True)
        with server(kind) as postgres:
            plan = Plan(asked.kills, asked.messages, asked.seed)
            wrong = asyncio.run(torture(postgres, plan, lambda line: print(line, flush=True)))
        for sentence in wrong:
            print(f"WRONG: {sentence}")
        print("0 lost, 0 doubled in the database, order kept" if not wrong else f"{len(wrong)} wrong")
        code = 1 if wrong else code
    return code


if __name__ == "__main__":
    sys.exit(main())
