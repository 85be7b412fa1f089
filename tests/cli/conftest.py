"""What the tests of the commands may ask for."""

import shutil
from pathlib import Path

import pytest
from aiohttp.test_utils import unused_port

from bot.apply import apply
from bot.centres import read
from bot.clock import SystemClock
from bot.demo.telegram import LocalBotApi
from storage.store import Store
from tests.databases import KEY
from tests.terminal import SAMPLE


def settings_for(api: LocalBotApi, database: str) -> dict[str, str]:
    return {
        "TELEGRAM_BOT_TOKEN": api.token,
        "TELEGRAM_API_BASE_URL": api.base_url,
        "DATABASE_URL": database,
        "PASSERELLE_KEY": KEY,
        "HTTP_LISTEN": f"127.0.0.1:{unused_port()}",
    }


@pytest.fixture
def on_both(api: LocalBotApi, database_url: str) -> dict[str, str]:
    """What the operator of this Telegram has set, on both databases."""
    return settings_for(api, database_url)


@pytest.fixture
def settings(
    api: LocalBotApi, prepared_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """The same, on SQLite only: for what the database has no part in."""
    path = tmp_path_factory.mktemp("database") / "passerelle.db"
    shutil.copy(prepared_sqlite, path)
    return settings_for(api, f"sqlite:///{path}")


@pytest.fixture
async def applied(settings: dict[str, str]) -> dict[str, str]:
    """The same, with the sample centres."""
    store = Store(settings["DATABASE_URL"].replace("sqlite:", "sqlite+aiosqlite:"))
    async with store.work(SystemClock().now()) as work:
        await apply(work, read(SAMPLE))
    await store.close()
    return settings
