"""The migrations make exactly the tables of the models; what is not ours is refused."""

import asyncio
import os
import sqlite3
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.clock import SystemClock
from storage import facts, schema
from storage.encryption import new_key, unlock
from storage.store import DatabaseUnusable, Store, metadata
from tests.databases import KEY
from tools.stage import ROOT

NOW = SystemClock().now()


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


async def test_migrations_equal_the_models(database_url: str) -> None:
    store = Store(database_url)
    async with store.engine.connect() as connection:
        assert await connection.run_sync(_differences) == []
    await store.close()


def test_the_numbers_of_the_files_are_the_migrations() -> None:
    script = ScriptDirectory(str(schema.MIGRATIONS))
    assert schema.numbers() == sorted(revision.revision for revision in script.walk_revisions())
    assert script.get_current_head() == schema.numbers()[-1]


async def test_a_current_database_is_opened_without_alembic(database_url: str) -> None:
    asked = (
        "import asyncio, os, sys\n"
        "from bot.clock import SystemClock\n"
        "from storage.encryption import unlock\n"
        "from storage.store import Store\n"
        "unlock(os.environ['PASSERELLE_KEY'])\n"
        "async def main():\n"
        "    store = Store(os.environ['DATABASE_URL'])\n"
        "    await store.prepare(SystemClock().now())\n"
        "    await store.close()\n"
        "asyncio.run(main())\n"
        "print('alembic' in sys.modules)\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        asked,
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database_url, "PASSERELLE_KEY": KEY},
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    assert said.decode().strip() == "False"


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
