"""The migrations make exactly the tables of the models; what is not ours is refused."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from bot.clock import SystemClock
from storage import facts
from storage.encryption import new_key, unlock
from storage.store import DatabaseUnusable, Store, metadata
from tests.databases import KEY

NOW = SystemClock().now()


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


async def test_migrations_equal_the_models(database_url: str) -> None:
    store = Store(database_url)
    async with store.engine.connect() as connection:
        assert await connection.run_sync(_differences) == []
    await store.close()


async def test_another_key_is_refused(database_url: str) -> None:
    store = Store(database_url)
    unlock(new_key())
    with pytest.raises(DatabaseUnusable, match="n'est pas la clé"):
        await store.prepare(NOW)
    unlock(KEY)
    await store.prepare(NOW)
    await store.close()


async def test_a_newer_schema_is_refused(database_url: str) -> None:
    unlock(KEY)
    store = Store(database_url)
    async with store.engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseUnusable, match="plus récente"):
        await store.prepare(NOW)
    await store.close()


async def test_a_file_that_is_no_database_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "not.db"
    path.write_bytes(b"nothing of the kind" * 1000)
    unlock(KEY)
    store = Store(f"sqlite+aiosqlite:///{path}")
    with pytest.raises(DatabaseUnusable, match="DATABASE_URL"):
        await store.prepare(NOW)
    await store.close()


async def test_words_are_not_readable_in_the_file(prepared_sqlite: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(prepared_sqlite.read_bytes())
    unlock(KEY)
    store = Store(f"sqlite+aiosqlite:///{path}")
    async with store.work(NOW) as work:
        await facts.remember(work.session, "secret", "Yanis ne vient plus")
    await store.close()
    with sqlite3.connect(path) as raw:
        dump = "\n".join(raw.iterdump())
    assert "secret" in dump
    assert "Yanis" not in dump
