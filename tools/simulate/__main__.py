"""``python -m tools.simulate``: 0 when nothing was missed and nothing doubled."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from bot.operate import set_apart_what_stays
from storage.encryption import new_key, unlock
from tests.databases import KEY
from tools.simulate.crew import Crew
from tools.simulate.judge import Report
from tools.simulate.world import Simulation
from tools.stage.database import KINDS, server

MEMORY = Path("/dev/shm")  # noqa: S108 -- a folder of our own is made in it
"""Where there is such a folder the database lies in it: what is simulated dies with a process, not with the
machine, and one waits for no disk."""


def alone(schools: int, years: int, seed: int) -> Report:
    """One run on SQLite, in a folder of its own."""
    unlock(new_key())
    set_apart_what_stays()  # as the service does when it starts
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'simulated.db'}"
        return asyncio.run(Simulation(url, schools=schools, years=years, seed=seed).run())


def on_two_cores(schools: int, years: int, seed: int) -> Report:
    """Half of the schools on each."""
    half = schools // 2
    with ProcessPoolExecutor(2) as pool:
        runs = [
            pool.submit(alone, number, years, one)
            for number, one in ((schools - half, seed), (half, seed + 1))
            if number
        ]
        return together([one.result() for one in runs])


def together(reports: Sequence[Report]) -> Report:
    """Several runs as one."""
    whole = Report(seconds=max(one.seconds for one in reports))
    for one in reports:
        whole.meetings += one.meetings
        whole.reminders += one.reminders
        whole.too_late += one.too_late
        whole.digests += one.digests
        whole.periods += one.periods
        whole.restarts += one.restarts
        whole.outages += one.outages
        whole.missed += one.missed
        whole.doubled += one.doubled
    return whole


def several(schools: int, years: int, seed: int, workers: int) -> Report:
    """One run on PostgreSQL, so many processes ticking at once."""
    unlock(KEY)
    with server("postgresql") as postgres:
        assert postgres is not None
        url = postgres.copy()
        simulation = Simulation(
            url, schools=schools, years=years, seed=seed, hire=lambda dice: Crew(url, KEY, workers, dice)
        )
        return asyncio.run(simulation.run())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it."""
    parser = argparse.ArgumentParser(prog="python -m tools.simulate")
    parser.add_argument("--schools", type=int, default=200)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=KINDS, default="sqlite")
    parser.add_argument("--workers", type=int, default=4, help="processes at once, on PostgreSQL")
    asked = parser.parse_args(arguments)
    if asked.database == "sqlite":
        report = on_two_cores(asked.schools, asked.years, asked.seed)
    else:
        report = several(asked.schools, asked.years, asked.seed, asked.workers)
    print(report.said())
    return 1 if report.missed or report.doubled else 0


if __name__ == "__main__":
    sys.exit(main())
