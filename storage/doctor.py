"""What can be said of a database without changing anything in it."""

import sqlite3
import tempfile
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from storage import facts
from storage.encryption import WrongKey
from storage.reasons import NO_FILE_THERE, why
from storage.schema import Schema, stands
from storage.store import KEY_PROOF, Store


class Unreachable(Exception):
    """The database does not answer; the message is the reason."""


async def schema_of(store: Store) -> Schema:
    """How its schema stands. A SQLite file that is not there is not made.

    Raises Unreachable.
    """
    if _not_there(store):
        return Schema.ABSENT
    try:
        async with store.engine.connect() as connection:
            return await connection.run_sync(stands)
    except (SQLAlchemyError, OSError, sqlite3.Error) as error:
        raise Unreachable(why(error)) from None


async def why_not_written(store: Store) -> str | None:
    """What keeps us from writing there, if anything; what is tried is taken back."""
    if _not_there(store):
        return _why_no_file_in(Path(store.url.database or "").parent)
    try:
        async with AsyncSession(store.engine) as session:
            await facts.write_again(session, KEY_PROOF)
            await session.rollback()
    except (SQLAlchemyError, OSError, sqlite3.Error) as error:
        return why(error)
    return None


def _why_no_file_in(folder: Path) -> str | None:
    try:
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        return NO_FILE_THERE
    return None


async def key_fits(store: Store) -> bool:
    """Whether the key of this process is the one the database was written with (or it is still empty)."""
    async with AsyncSession(store.engine) as session:
        try:
            await facts.recall(session, KEY_PROOF)
        except WrongKey:
            return False
    return True


def _not_there(store: Store) -> bool:
    return store.sqlite and not Path(store.url.database or "").is_file()
