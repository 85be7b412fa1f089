"""The service, from outside, on another day: the right reminder on the right one.

The clock is faked under it (Debian's package faketime), as an operator may do to see a day to come.
"""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.app import Service
from tests.cast import Scene
from tests.databases import KEY
from tests.phones import Phone
from tests.stories.test_meetings import kept, spaced
from tests.terminal import PATIENCE, environment

A_SLOW_START = 120.0
"""Seconds a busy machine may take to start it."""
REMINDERS = {"week": "Toujours bon", "eve": "Demain", "hour": "Les Tilleuls à"}


@asynccontextmanager
async def running(folder: Path, service: Service, day_and_hour: str) -> AsyncIterator[None]:
    """`python -m bot run` on a day, an hour of Paris in winter."""
    given = {
        "TELEGRAM_BOT_TOKEN": service.config.token,
        "TELEGRAM_API_BASE_URL": service.config.api_root,
        "DATABASE_URL": service.config.database_url,
        "PASSERELLE_KEY": KEY,
        "HTTP_LISTEN": "127.0.0.1:0",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "TZ": "CET-1",
    }
    log = folder / "service.log"
    with log.open("ab") as out:
        process = await asyncio.create_subprocess_exec(
            *("faketime", "-f", f"@{day_and_hour}", sys.executable, "-m", "bot", "run"),
            cwd=folder,
            env=environment(given),
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        yield
    finally:
        assert process.returncode is None, log.read_text(encoding="utf-8")
        os.killpg(process.pid, signal.SIGTERM)  # faketime's own process and the service it waits for
        await asyncio.wait_for(process.wait(), PATIENCE)


def told(phone: Phone) -> list[str]:
    """Which reminders have come, in order."""
    texts = [spaced(one.text) for one in phone.received]
    return [name for text in texts for name, said in REMINDERS.items() if said in text]


async def test_each_reminder_of_a_meeting_comes_on_its_day(scene: Scene, tmp_path: Path) -> None:
    if shutil.which("faketime") is None:
        pytest.skip("faketime is not installed (Debian: apt install faketime): no day was faked")
    chantal = await scene.staff("Chantal")
    await scene.teacher("Awa", "Diallo")
    await kept(scene, chantal, "réunion cycle 2 mardi 12/01 11h45")
    await scene.service.stop()
    days = (
        ("2027-01-05 14:00:00", "Toujours bon", "Mardi 12 janvier, Les Tilleuls, cycle 2."),
        ("2027-01-11 14:00:00", "Demain", "Demain, 13 h 10, Les Tilleuls."),
        ("2027-01-12 12:10:00", "Les Tilleuls à", "Les Tilleuls à 13 h 10."),
    )
    for number, (day, fragment, words) in enumerate(days, 1):
        async with running(tmp_path, scene.service, day):
            shown = await chantal.sees(fragment, timeout=A_SLOW_START)
            assert spaced(shown.text).startswith(words)
        assert told(chantal) == list(REMINDERS)[:number], f"on {day}"
