"""A unit of work that is stopped at whatever instant keeps nothing, and holds nobody up."""

import asyncio
import contextlib
from pathlib import Path
from shutil import copy

import pytest

from bot.clock import SystemClock
from storage import facts
from storage.store import Store

STEP, STEPS = 0.0002, 40
"""Seconds; so many of them are more than a small unit of work takes."""


@pytest.mark.parametrize("steps", range(STEPS))
async def test_it_lets_go_of_the_database(prepared_sqlite: Path, tmp_path: Path, steps: int) -> None:
    path = tmp_path / "a.db"
    copy(prepared_sqlite, path)
    ours, other = (Store(f"sqlite+aiosqlite:///{path}") for _ in range(2))
    now = SystemClock().now()

    async def writes(store: Store, what: str) -> None:
        async with store.work(now) as work:
            await facts.remember(work.session, what, "written")

    await writes(ours, "before")
    task = asyncio.create_task(writes(ours, "first"))
    await asyncio.sleep(steps * STEP)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    await asyncio.wait_for(writes(other, "second"), 5)
    await asyncio.wait_for(writes(ours, "third"), 5)
    async with ours.work(now) as work:
        kept = [await facts.recall(work.session, what) for what in ("first", "second", "third")]
    assert kept[1:] == ["written"] * 2
    await other.close()
    await ours.close()
    assert not path.with_name("a.db-wal").exists(), "somebody still has it open"
