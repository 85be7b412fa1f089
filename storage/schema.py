"""How a database's tables stand to this version of the code, and bringing them up to date.

Migrations are numbered files, each upon the one before. Alembic is loaded only where there is something to
migrate: a service that starts on a current database does without its 8 MB.
"""

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"


class Schema(Enum):
    """How a database's tables stand to this version of the code."""

    ABSENT = "absent"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"


class Newer(Exception):
    """A later version of the code wrote this database; the message is the sentence."""


def numbers() -> list[str]:
    """The migrations this code knows, oldest first."""
    return sorted(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def stands(connection: Connection) -> Schema:
    """Read where the tables stand; nothing is changed."""
    if not inspect(connection).has_table("alembic_version"):
        return Schema.ABSENT
    here = connection.scalar(text("SELECT version_num FROM alembic_version"))
    known = numbers()
    if here == known[-1]:
        return Schema.CURRENT
    return Schema.OLDER if here is None or here in known else Schema.NEWER


def upgrade(connection: Connection) -> None:
    """Run the migrations that are missing, if any. Raises Newer."""
    standing = stands(connection)
    if standing is Schema.CURRENT:
        return
    if standing is Schema.NEWER:
        raise Newer(
            "Cette base a été écrite par une version plus récente de Passerelle : mettez le service à jour."
        )
    from alembic import command

    command.upgrade(migrations(connection), "head")


def migrations(connection: Connection) -> "Config":
    """Alembic's configuration, without a file of its own."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
