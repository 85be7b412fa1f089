"""What every test may ask for."""

import os
from collections.abc import AsyncIterator

import pytest

from bot.demo.telegram import LocalBotApi
from tests.cast import TUESDAY_MORNING, Scene, StageClock
from tests.databases import database_url, postgres, prepared_sqlite

__all__ = ["database_url", "postgres", "prepared_sqlite"]

LONGEST = ("tests/test_simulate.py", "tests/torture/", "tests/fuzz/", "tests/demo/", "tests/browser/")
"""Minutes for a file of few tests: begun last, as pytest-xdist would, they leave the other workers idle."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, the others in their order; the Makefile asks pytest-xdist to keep it."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than processors: a test often waits, for a browser or for a process it has killed."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture
async def api() -> AsyncIterator[LocalBotApi]:
    """A Telegram of the test's own; without its rates, for the stage clock stands still and nobody waits."""
    local = LocalBotApi(pacing=False)
    await local.start()
    yield local
    await local.stop()


@pytest.fixture
async def scene(api: LocalBotApi, database_url: str) -> AsyncIterator[Scene]:
    """The stage, on a Tuesday morning, the centres applied and the service running; on both databases."""
    stage = Scene(api, database_url, StageClock(TUESDAY_MORNING))
    await stage.opens()
    yield stage
    await stage.service.stop()
