"""A database of each kind for one run, and a way to look into it from outside the service."""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.clock import SystemClock
from storage.encryption import unlock
from storage.store import Store
from tests.databases import KEY, Postgres

KINDS = ("sqlite", "postgresql")
LOOKS = 500
"""How often we look whether a killed client's connection is gone, a hundredth of a second apart."""


class Look:
    """Reads and changes a database with plain SQL, while a service runs on it or lies dead."""

    def __init__(self, url: str) -> None:
        # A connection a question: after kill -9 the next one to open an SQLite file recovers it.
        self._engine = create_async_engine(url, poolclass=NullPool)

    @property
    def sqlite(self) -> bool:
        """Which of the two it is."""
        return self._engine.dialect.name == "sqlite"

    async def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a query finds."""
        async with self._engine.connect() as connection:
            return [tuple(row) for row in await connection.execute(text(sql))]

    async def run(self, *sql: str) -> None:
        """Change something, in a transaction of its own."""
        async with self._engine.begin() as connection:
            for one in sql:
                await connection.execute(text(one))

    async def nobody_else(self) -> None:
        """Wait until a killed service's connections are gone, so that what is read next stays true.

        PostgreSQL ends a commit that was under way when its client was killed; a file has no such guest.
        """
        others = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        for _ in range(0 if self.sqlite else LOOKS):
            if not (await self.rows(others))[0][0]:
                return
            await asyncio.sleep(0.01)


@contextlib.contextmanager
def server(kind: str) -> Iterator[Postgres | None]:
    """The PostgreSQL of a whole run; SQLite needs none."""
    if kind == "sqlite":
        yield None
        return
    running = Postgres()
    try:
        yield running
    finally:
        running.stop()


@contextlib.asynccontextmanager
async def database(postgres: Postgres | None) -> AsyncIterator[str]:
    """The address of an empty database at the current schema."""
    unlock(KEY)
    if postgres is not None:
        yield postgres.copy()
        return
    with tempfile.TemporaryDirectory(prefix="passerelle-stage-") as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'passerelle.db'}"
        store = Store(url)
        await store.prepare(SystemClock().now())
        await store.close()
        yield url
