"""The stage of one run, set and cleared away."""

import contextlib
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from tests.databases import Postgres
from tools.stage import service
from tools.stage.database import Look, database
from tools.stage.service import Child
from tools.stage.telegram import Telegram
from tools.stage.town import Town, settle


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything one run stands on."""

    telegram: Telegram
    url: str
    look: Look
    town: Town
    log: Path

    async def service(self, *, paced: bool = True) -> Child:
        """Start the service here."""
        return await service.start(self.telegram, self.url, self.log, paced=paced)


@contextlib.asynccontextmanager
async def stage(
    telegram: Telegram, postgres: Postgres | None, *, teachers: int, referentes: int
) -> AsyncIterator[Stage]:
    """A new database and a town whose people have joined; the Telegram begins again."""
    await telegram.begins_again()
    with tempfile.TemporaryDirectory(prefix="passerelle-log-") as folder:
        async with database(postgres) as url:
            town = await settle(url, telegram, teachers=teachers, referentes=referentes)
            await telegram.post("counters/reset")
            yield Stage(telegram, url, Look(url), town, Path(folder) / "service.log")
