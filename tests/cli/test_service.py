"""`doctor` and `run`."""

import asyncio
import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest

from bot.demo.telegram import LocalBotApi
from tests.databases import KEY, Postgres
from tests.terminal import PATIENCE, USERNAME, passerelle, started


async def test_doctor_finds_nothing_wrong(tmp_path: Path, on_both: dict[str, str], api: LocalBotApi) -> None:
    done = await passerelle(tmp_path, "doctor", settings=on_both)
    assert done.code == 0
    assert "✗" not in done.out
    assert f"@{USERNAME}" in done.out


SICK = [
    ({"TELEGRAM_BOT_TOKEN": "1:AUTRE"}, "✗ Jeton"),
    ({"TELEGRAM_API_BASE_URL": "http://127.0.0.1:9"}, "✗ Telegram"),
    ({"PASSERELLE_KEY": "A" * 43 + "="}, "✗ Clé"),
    ({"PASSERELLE_KEY": "court"}, "✗ Réglages : PASSERELLE_KEY"),
    ({"DATABASE_URL": "postgresql://personne@127.0.0.1:9/rien"}, "✗ Base de données"),
]


@pytest.mark.parametrize(("changed", "said"), SICK, ids=[said for _, said in SICK])
async def test_doctor_says_what_is_wrong(
    tmp_path: Path, settings: dict[str, str], changed: dict[str, str], said: str
) -> None:
    done = await passerelle(tmp_path, "doctor", settings=settings | changed)
    assert done.code == 1
    assert next(line for line in done.out.splitlines() if "✗" in line).startswith(said)
    assert done.out.count("✗") == 1


async def test_doctor_sees_that_nothing_can_be_written(
    tmp_path: Path, settings: dict[str, str], postgres: Postgres
) -> None:
    sick = settings | {"DATABASE_URL": postgres.read_only_copy()}
    done = await passerelle(tmp_path, "doctor", settings=sick)
    assert done.code == 1
    assert "✗ Base de données : elle est en lecture seule ; voyez DATABASE_URL." in done.out.splitlines()


async def test_doctor_sees_that_no_file_can_be_made(tmp_path: Path, settings: dict[str, str]) -> None:
    sick = settings | {"DATABASE_URL": "sqlite:////proc/passerelle.db"}
    done = await passerelle(tmp_path, "doctor", settings=sick)
    assert done.code == 1
    assert "✗ Base de données : aucun fichier ne peut être créé dans son dossier" in done.out


async def test_doctor_makes_no_database(tmp_path: Path, api: LocalBotApi) -> None:
    given = {"TELEGRAM_BOT_TOKEN": api.token, "TELEGRAM_API_BASE_URL": api.base_url, "PASSERELLE_KEY": KEY}
    done = await passerelle(tmp_path, "doctor", settings=given)
    assert done.code == 0
    assert "encore vide" in done.out
    assert list(tmp_path.iterdir()) == []


async def test_run_serves_until_it_is_asked_to_stop(tmp_path: Path, on_both: dict[str, str]) -> None:
    process = await started(tmp_path, "run", settings=on_both)
    try:
        async with aiohttp.ClientSession() as session, asyncio.timeout(PATIENCE):
            while process.returncode is None:
                try:
                    async with session.get(f"http://{on_both['HTTP_LISTEN']}/healthz") as answer:
                        assert (await answer.json())["ok"]
                        break
                except aiohttp.ClientConnectorError:
                    await asyncio.sleep(0.05)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        _, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 0, err.decode()
    assert on_both["TELEGRAM_BOT_TOKEN"] not in err.decode()


CANNOT_RUN = [
    ({"TELEGRAM_BOT_TOKEN": "1:AUTRE"}, 2, "TELEGRAM_BOT_TOKEN"),
    ({"PASSERELLE_KEY": "A" * 43 + "="}, 2, "PASSERELLE_KEY"),
    ({"DATABASE_URL": "postgresql://personne@127.0.0.1:9/rien"}, 2, "DATABASE_URL : la base de données"),
    ({"HTTP_LISTEN": "nulle-part.invalid:8080"}, 2, "HTTP_LISTEN : impossible d'écouter"),
    ({"WEBHOOK_URL": "http://ailleurs.example", "WEBHOOK_SECRET": "s"}, 2, "WEBHOOK_URL : Telegram refuse"),
    ({"TELEGRAM_API_BASE_URL": "http://127.0.0.1:9"}, 1, "Telegram ne répond pas"),
]


@pytest.mark.parametrize(("changed", "code", "said"), CANNOT_RUN, ids=[said for *_, said in CANNOT_RUN])
async def test_run_refuses_what_it_cannot_work_with(
    tmp_path: Path, settings: dict[str, str], changed: dict[str, str], code: int, said: str
) -> None:
    done = await passerelle(tmp_path, "run", settings=settings | changed)
    assert done.code == code
    assert done.err.splitlines()[-1].startswith(said)


async def test_run_says_that_its_port_is_taken(
    tmp_path: Path, api: LocalBotApi, settings: dict[str, str]
) -> None:
    taken = api.base_url.removeprefix("http://")
    done = await passerelle(tmp_path, "run", settings=settings | {"HTTP_LISTEN": taken})
    assert done.code == 2
    assert done.err.splitlines()[-1] == f"HTTP_LISTEN : impossible d'écouter sur {taken}."


async def test_it_says_so_when_no_centre_is_known(tmp_path: Path, settings: dict[str, str]) -> None:
    process = await started(tmp_path, "run", settings=settings)
    assert process.stderr is not None
    try:
        async with asyncio.timeout(PATIENCE):
            line = await process.stderr.readline()
    finally:
        process.kill()
        await process.communicate()
    assert "no centre is known" in line.decode()


async def test_stopped_while_it_starts_it_lets_go_of_the_database(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    path = settings["DATABASE_URL"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        process = await started(tmp_path, "run", settings=settings | {"PYTHONWARNINGS": "always"})
        async with asyncio.timeout(PATIENCE):
            while not await asyncio.to_thread(_has_opened, process.pid, path):  # noqa: ASYNC110 -- another process opens it: no event of ours says so
                await asyncio.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        await asyncio.sleep(0.2)  # it has been asked, and still waits for us
        other.execute("COMMIT")
    _, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 0
    assert "connection" not in err.decode().casefold(), "one was left to the garbage collector"


def _has_opened(pid: int, path: str) -> bool:
    return any(os.path.realpath(one) == path for one in Path(f"/proc/{pid}/fd").iterdir())
