"""Another program that holds SQLite's file too long: the database is away for a while, nobody's fault."""

import sqlite3
from contextlib import closing
from pathlib import Path
from shutil import copy

import pytest
from sqlalchemy import text

from bot.clock import SystemClock
from storage import facts
from storage.store import DatabaseAway, Store

NOW = SystemClock().now()


async def writes(store: Store, what: str) -> None:
    async with store.work(NOW) as work:
        await facts.remember(work.session, what, "written")


async def test_it_is_away_then_back(prepared_sqlite: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    copy(prepared_sqlite, path)
    store = Store(f"sqlite+aiosqlite:///{path}")
    async with store.work(NOW) as work:  # the connection is kept: half a minute would be long here
        await work.session.execute(text("PRAGMA busy_timeout = 20"))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for _ in range(3):
            with pytest.raises(DatabaseAway, match="un autre programme la tient"):
                await writes(store, "too early")
        other.execute("ROLLBACK")
    await writes(store, "then")
    async with store.work(NOW) as work:
        assert await facts.recall(work.session, "too early") is None
        assert await facts.recall(work.session, "then") == "written"
    await store.close()
