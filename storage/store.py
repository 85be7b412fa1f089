"""The database: opening it, bringing it to the current schema, and units of work."""

import asyncio
import contextlib
import fcntl
import os
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

from storage import facts, schema, sqlite
from storage.encryption import WrongKey
from storage.reasons import why
from storage.session import WorkSession
from storage.tables import metadata

T = TypeVar("T")

KEY_PROOF = "key"
ADVISORY_LOCK = 7_045_001
"""PostgreSQL's lock of the one active process: any number, the same in every version."""
LET_GO = "SELECT " + ", ".join(
    f"set_config('tcp_keepalives_{name}', '{value}', false)"
    for name, value in (("idle", 10), ("interval", 5), ("count", 3))
)
"""A machine that dies without a word loses its turn in 25 s, not in PostgreSQL's two hours and more."""
PASSING_STATES = ("08", "25006", "53", "55", "57", "58")
"""What PostgreSQL says when it is the server that cannot: no connection, read-only, disk or memory full, not
ready, being stopped, failing disk. SQLAlchemy knows only some of them by name."""


class DatabaseUnusable(Exception):
    """The database cannot be opened as it is; the sentence says why."""


class DatabaseAway(Exception):
    """The database does not answer for now: wait and try again. The message is the reason."""


class Work:
    """A unit of work: what is loaded, decided and owed, kept together or not at all.

    ``now`` is the moment of the decision, for everything in it.
    """

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session = session
        self.now = now
        self.news: set[str] = set()
        """What kind of thing changed: ``inbox`` and ``outbox`` wake their loops, ``people`` and
        ``danger`` refresh copies kept in memory."""

    def add(self, row: T) -> T:
        """Remember a row; it gets its id at the next :meth:`flush`, or when the work ends."""
        self.session.add(row)
        return row

    async def flush(self) -> None:
        """Write what was added so far, so that it has ids. Nothing is committed."""
        await self.session.flush()


class Store:
    """A database and the units of work on it.

    SQLite has one writer: works of this process wait for each other in a queue of ours rather
    than in SQLite's own busy loop, which sleeps.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self._one_writer = asyncio.Lock()
        self._lock_file: int | None = None
        self._file: int | None = None
        """The number (inode) of the SQLite file that :meth:`prepare` has opened."""
        self._lock_connection: AsyncConnection | None = None
        self.engine = self._engine()
        self.committed: list[Callable[[set[str]], None]] = []
        """Called after each commit with the work's news: wakes the delivery, refreshes copies."""

    def _engine(self) -> AsyncEngine:
        if not self.sqlite:
            return create_async_engine(self.url, hide_parameters=True, pool_size=8, pool_pre_ping=True)
        if self.url.database and self.url.database != ":memory:":
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        return sqlite.engine(self.url)

    @asynccontextmanager
    async def work(self, now: datetime) -> AsyncIterator[Work]:
        """A unit of work, committed if the block ends well and rolled back otherwise.

        Raises:
            DatabaseAway: the database does not answer; nothing was kept.
        """
        async with self._turn():
            session = AsyncSession(self.engine, expire_on_commit=False, sync_session_class=WorkSession)
            work = Work(session, now)
            try:
                yield work
                await session.commit()
            except BaseException as error:
                with contextlib.suppress(SQLAlchemyError, OSError, sqlite3.Error):
                    await session.rollback()
                if isinstance(error, Exception) and is_away(error):
                    raise DatabaseAway(why(error)) from None
                raise
            finally:
                with contextlib.suppress(SQLAlchemyError, OSError, sqlite3.Error):
                    await session.close()
        for call in self.committed:
            call(work.news)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        if not self.sqlite:
            yield
            return
        async with self._one_writer:
            if self._file_moved():
                raise DatabaseAway("son fichier n'est plus à sa place")
            yield

    def _file_moved(self) -> bool:
        """Whether the file we write to has lost its name: a restart, or a backup, would not find it."""
        if self._file is None:
            return False
        try:
            return os.stat(self.url.database or "").st_ino != self._file
        except OSError:
            return True

    async def prepare(self, now: datetime) -> None:
        """Bring the schema up to date and check that the key is the one of this database.

        Raises:
            DatabaseUnusable: unreachable, read-only, newer than this code, or written with another key.
        """
        try:
            async with self.engine.connect() as connection:
                await connection.run_sync(schema.upgrade)
                await connection.commit()
            if self.sqlite:
                self._file = os.stat(self.url.database or "").st_ino
            async with self.work(now) as work:
                if await facts.recall(work.session, KEY_PROOF) is None:
                    await facts.remember(work.session, KEY_PROOF, "passerelle")
                else:
                    await facts.write_again(work.session, KEY_PROOF)
        except (WrongKey, schema.Newer) as error:
            raise DatabaseUnusable(str(error)) from None
        except DatabaseAway as error:
            raise _unusable(str(error)) from None
        except (SQLAlchemyError, OSError, sqlite3.Error) as error:
            raise _unusable(why(error)) from None

    async def elected(self) -> bool:
        """Try to become the one active process of this database; the lock ends with the process.

        Raises:
            DatabaseAway: it does not answer, whoever asks.
        """
        if self.sqlite:
            return self._lock_sqlite_file()
        try:
            if self._lock_connection is None:
                self._lock_connection = await self.engine.connect()
                await self._lock_connection.execute(text(LET_GO))
            won = await self._lock_connection.scalar(text(f"SELECT pg_try_advisory_lock({ADVISORY_LOCK})"))
            await self._lock_connection.commit()
        except Exception as error:
            await self._forget_lock_connection()
            if is_away(error):
                raise DatabaseAway(why(error)) from None
            raise
        return bool(won)

    async def still_elected(self) -> bool:
        """Whether the lock is still ours: it is lost with its connection, as when PostgreSQL restarts."""
        if self.sqlite:
            return True
        if self._lock_connection is None:
            return False
        try:
            await self._lock_connection.execute(text("SELECT 1"))
            await self._lock_connection.commit()
        except (SQLAlchemyError, OSError):
            await self._forget_lock_connection()
            return False
        return True

    async def _forget_lock_connection(self) -> None:
        connection, self._lock_connection = self._lock_connection, None
        if connection is not None:
            with contextlib.suppress(SQLAlchemyError, OSError):
                await connection.invalidate()
                await connection.close()

    def _lock_sqlite_file(self) -> bool:
        if self._lock_file is not None or not self.url.database or self.url.database == ":memory:":
            return True
        handle = os.open(f"{self.url.database}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._lock_file = handle
        return True

    async def close(self) -> None:
        """Let go of the database and of the lock, once the unit of work under way has ended."""
        if self._lock_connection is not None:
            with contextlib.suppress(SQLAlchemyError, OSError):
                await self._lock_connection.close()
            self._lock_connection = None
        async with self._one_writer:
            await self.engine.dispose()
        if self._lock_file is not None:
            os.close(self._lock_file)
            self._lock_file = None


def _unusable(reason: str) -> DatabaseUnusable:
    return DatabaseUnusable(f"DATABASE_URL : la base de données ne s'ouvre pas, {reason}.")


def is_away(error: Exception) -> bool:
    """Whether this says that the database does not answer, rather than that we asked wrongly."""
    if isinstance(error, DBAPIError):
        state = getattr(error.orig, "sqlstate", None) or ""
        return (
            error.connection_invalidated
            or isinstance(error, OperationalError | InterfaceError)
            or state.startswith(PASSING_STATES)
        )
    # asyncpg's own, while connecting, and SQLite's at BEGIN, reach us as they are.
    as_they_are = isinstance(error, OSError | sqlite3.OperationalError)
    return as_they_are or type(error).__module__.startswith("asyncpg")


__all__ = ["DatabaseAway", "DatabaseUnusable", "Store", "Work", "metadata"]
