"""What is due is done in slices: one row that fails holds nobody up, stopping leaves the rest for later."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copy

import pytest
from sqlalchemy import func, select
from structlog.testing import capture_logs

from bot.learning import KIND
from storage import due
from storage.due import Due
from storage.store import Store
from tests.cast import PARIS, StageClock
from tests.office import Office

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=PARIS)
MANY = 1000


@pytest.fixture
async def office(tmp_path: Path, prepared_sqlite: Path) -> AsyncIterator[Office]:
    copy(prepared_sqlite, tmp_path / "office.db")
    opened = Office(Store(f"sqlite+aiosqlite:///{tmp_path / 'office.db'}"), StageClock(NOW))
    await opened.opens({})
    await opened.scheduler.tick()
    yield opened
    await opened.store.close()


async def waiting(office: Office) -> int:
    async with office.work() as work:
        wanted = select(func.count()).where(Due.kind == KIND, Due.done_at.is_(None), Due.at <= work.now)
        return await work.session.scalar(wanted) or 0


async def plan(office: Office, rows: int) -> None:
    async with office.work() as work:
        moments = {f"row {number}": NOW - timedelta(hours=1) for number in range(rows)}
        await due.plan_slots(work.session, KIND, 1, moments)


async def test_one_that_fails_is_put_off_and_shouted_about(office: Office) -> None:
    await plan(office, 20)
    async with office.work() as work:
        await due.plan(work.session, "nobody's", 1, NOW - timedelta(hours=2))
    with capture_logs() as logs:
        await office.scheduler.tick()
        await office.scheduler.tick()
    assert [line["kind"] for line in logs if line["event"] == "what was due failed"] == ["nobody's"]
    assert await waiting(office) == 0
    async with office.work() as work:
        row = (await work.session.scalars(select(Due).where(Due.kind == "nobody's"))).one()
        assert row.done_at is None
        assert row.at > NOW


async def test_stopped_it_ends_the_slice_and_leaves_the_rest(office: Office) -> None:
    await plan(office, MANY)
    under_way = asyncio.create_task(office.scheduler.tick())
    await asyncio.sleep(0)
    assert office.scheduler.busy
    with capture_logs() as logs:
        await office.scheduler.stop()
        await under_way
    assert logs == []
    assert 0 < await waiting(office) < MANY
