"""Why a database does not open, in words an operator can act on: real refusals, of real databases."""

import sqlite3
from pathlib import Path

import pytest

from bot.clock import SystemClock
from storage.encryption import unlock
from storage.reasons import why
from storage.store import DatabaseUnusable, Store
from tests.databases import KEY, Postgres


async def refusal(url: str) -> str:
    unlock(KEY)
    store = Store(url)
    try:
        with pytest.raises(DatabaseUnusable) as refused:
            await store.prepare(SystemClock().now())
    finally:
        await store.close()
    return str(refused.value)


async def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    letter = tmp_path / "lettre.db"
    letter.write_text("Bonjour, ceci est une lettre.\n" * 40)
    assert "ce fichier n'est pas une base SQLite" in await refusal(f"sqlite+aiosqlite:///{letter}")
    assert letter.read_text().startswith("Bonjour"), "it is left as it was"


async def test_a_place_where_no_file_can_be_made() -> None:
    said = await refusal("sqlite+aiosqlite:////proc/passerelle.db")
    assert said == (
        "DATABASE_URL : la base de données ne s'ouvre pas, le fichier ou son dossier ne se laisse pas ouvrir."
    )


def test_a_file_that_cannot_be_written(prepared_sqlite: Path) -> None:
    read_only = sqlite3.connect(f"file:{prepared_sqlite}?mode=ro", uri=True)
    with pytest.raises(sqlite3.OperationalError) as refused:
        read_only.execute("DELETE FROM facts")
    read_only.close()
    assert why(refused.value) == "le fichier ou son dossier ne se laisse pas écrire"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql+asyncpg://a:secret@127.0.0.1:9/b", "rien n'écoute à cette adresse"),
        ("postgresql+asyncpg://a:secret@nulle-part.invalid/b", "cette machine est inconnue"),
        ("postgresql+asyncpg://a:secret@/b?host=/nulle/part", "il n'y a pas de socket dans ce dossier"),
    ],
)
async def test_a_server_that_is_not_there(url: str, said: str) -> None:
    heard = await refusal(url)
    assert said in heard
    assert "secret" not in heard


async def test_a_server_that_refuses(postgres: Postgres) -> None:
    assert "le serveur n'a pas de base de ce nom" in await refusal(postgres.url("nulle_part"))
    stranger = postgres.copy().replace("postgres@", "personne@")
    assert "le serveur refuse ce nom ou ce mot de passe" in await refusal(stranger)


async def test_a_database_that_only_lets_itself_be_read(postgres: Postgres) -> None:
    assert "elle est en lecture seule" in await refusal(postgres.read_only_copy())
