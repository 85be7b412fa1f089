"""The operator's commands, run as she runs them: what they print, where, and their exit code."""

import asyncio
import json
import os
import re
import shutil
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import unused_port

from bot.apply import apply
from bot.centres import read
from bot.cli import main
from bot.clock import SystemClock
from bot.demo.telegram import LocalBotApi
from storage.store import Store
from tests.databases import KEY

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "centres.toml"
PATIENCE = 30

Settings = Mapping[str, str]
NONE: Settings = {}
USERNAME = "passerelle_demo_bot"


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def last_line(self) -> str:
        return self.out.splitlines()[-1]


def environment(given: Settings) -> dict[str, str]:
    bare = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return bare | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "COLUMNS": "100"} | dict(given)


async def started(folder: Path, *words: str, settings: Settings) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words,
        cwd=folder, env=environment(settings),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def passerelle(folder: Path, *words: str, given: bytes = b"", settings: Settings = NONE) -> Done:
    """Run `python -m bot …` in a folder, with these settings and no other."""
    process = await started(folder, *words, settings=settings)
    out, err = await asyncio.wait_for(process.communicate(given), PATIENCE)
    assert process.returncode is not None
    done = Done(process.returncode, out.decode(), err.decode())
    assert "Traceback" not in done.err
    for secret in ("TELEGRAM_BOT_TOKEN", "PASSERELLE_KEY"):
        if value := settings.get(secret):
            assert value not in done.out + done.err
    return done


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


# ── Without a setting, a database or a network ──────────────────────────────────────────────────────


async def test_key_prints_a_good_key_alone_on_its_last_line(tmp_path: Path) -> None:
    made = await passerelle(tmp_path, "key")
    assert re.fullmatch(r"PASSERELLE_KEY=[\w-]{43}=", made.last_line)
    assert made.code == 0
    assert made.err == ""
    (tmp_path / ".env").write_text(made.out)
    assert (await passerelle(tmp_path, "apply", str(SAMPLE))).code == 0


async def test_tag_answers_line_by_line_and_says_which_line_is_wrong(tmp_path: Path) -> None:
    lines = [
        '{"id": 1, "text": "Yanis ne fait plus ses devoirs"}',
        "pas du json",
        '{"id": "é", "text": "Merci"}',
    ]
    done = await passerelle(tmp_path, "tag", given="\n".join(lines).encode())
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == [1, "é"]
    assert "line 2" in done.err
    assert done.code == 1


async def test_help_names_every_command(tmp_path: Path) -> None:
    whole = await passerelle(tmp_path, "--help")
    assert whole.code == 0
    assert set(re.findall(r"│ (\w+)\s", whole.out)) >= COMMANDS
    assert list(tmp_path.iterdir()) == []


COMMANDS = {"run", "demo", "apply", "invite", "staff", "doctor", "key", "tag"}


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert f"python -m bot {command}" in capsys.readouterr().out


WRONG_USE = [
    (),
    ("nope",),
    ("run", "--now"),
    ("apply",),
    ("apply", "a.toml", "b.toml"),
    ("invite",),
    ("invite", "teacher"),
    ("invite", "staff", "--name"),
    ("invite", "teacher", "--school", "Les Tilleuls", "--until", "bientôt"),
    ("invite", "teacher", "--school", "Les Tilleuls", "--uses", "beaucoup"),
    ("staff", "revoke"),
]


@pytest.mark.parametrize("words", WRONG_USE, ids=[" ".join(words) or "nothing" for words in WRONG_USE])
def test_wrong_use_is_one_sentence_and_exit_2(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1


WRONG_SETTINGS = [
    ("PASSERELLE_KEY", ""),
    ("PASSERELLE_KEY", "une-clé-inventée"),
    ("DATABASE_URL", "oracle://une/base"),
]


@pytest.mark.parametrize(
    "words", [("run",), ("apply", str(SAMPLE)), ("invite", "staff", "--name", "Chantal")]
)
@pytest.mark.parametrize(("name", "value"), WRONG_SETTINGS)
def test_a_wrong_setting_is_one_sentence_and_exit_2(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    name: str,
    value: str,
) -> None:
    for setting, text in {"PASSERELLE_KEY": KEY, "TELEGRAM_BOT_TOKEN": "1:DEMO", name: value}.items():
        monkeypatch.setenv(setting, text)
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(name)
    assert said.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


# ── apply ───────────────────────────────────────────────────────────────────────────────────────────


async def test_apply_says_what_it_changed_and_the_second_time_nothing(
    tmp_path: Path, on_both: dict[str, str]
) -> None:
    first = await passerelle(tmp_path, "apply", str(SAMPLE), settings=on_both)
    assert first.code == 0
    assert "école Les Tilleuls : ajoutée, référente Chantal" in first.out.splitlines()
    again = await passerelle(tmp_path, "apply", str(SAMPLE), settings=on_both)
    assert (again.code, again.out, again.err) == (0, "Rien à changer.\n", "")


def test_a_refused_file_is_named_with_its_line_and_nothing_is_applied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = SAMPLE.read_text(encoding="utf-8").replace('town = "Ermont"', 'town = "Ermond"')
    (tmp_path / "centres.toml").write_text(source, encoding="utf-8")
    line = source.splitlines().index('town = "Ermond"') + 1
    monkeypatch.setenv("PASSERELLE_KEY", KEY)
    monkeypatch.chdir(tmp_path)
    assert main(["apply", "centres.toml"]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"centres.toml, ligne {line} : ville inconnue : « Ermond »")
    assert not (tmp_path / "passerelle.db").exists()


# ── invite, staff ───────────────────────────────────────────────────────────────────────────────────


async def test_invite_prints_the_link_alone_and_asks_the_bots_name_once(
    tmp_path: Path, api: LocalBotApi, on_both: dict[str, str]
) -> None:
    await passerelle(tmp_path, "apply", str(SAMPLE), settings=on_both)
    for words in (("teacher", "--school", "Les Tilleuls"), ("staff", "--name", "Chantal")):
        done = await passerelle(tmp_path, "invite", *words, settings=on_both)
        assert done.code == 0
        assert re.fullmatch(rf"https://t\.me/{USERNAME}\?start=[\w-]{{20,64}}", done.last_line)
        assert not any(tmp_path.rglob("*.pdf")), "without --poster no file is written"
    # The name is remembered: a Telegram that has gone away does not matter any more.
    away = on_both | {"TELEGRAM_API_BASE_URL": "http://127.0.0.1:9"}
    done = await passerelle(tmp_path, "invite", "staff", "--name", "Nadia", settings=away)
    assert done.code == 0


async def test_the_poster_is_written_where_it_is_asked(tmp_path: Path, applied: dict[str, str]) -> None:
    done = await passerelle(
        tmp_path,
        "invite",
        "teacher",
        "--school",
        "Les Tilleuls",
        "--poster",
        "affiches/école",
        settings=applied,
    )
    assert done.code == 0
    folder = tmp_path / "affiches" / "école"
    assert {path.name for path in folder.iterdir()} == {
        "passerelle-les-tilleuls.svg",
        "passerelle-les-tilleuls.pdf",
    }
    assert done.last_line in (folder / "passerelle-les-tilleuls.svg").read_text(encoding="utf-8")


REFUSED = [
    (("invite", "teacher", "--school", "Les Tilleul"), "Les Tilleuls"),
    (("invite", "teacher", "--school", "Les Tilleuls", "--until", "2001-01-01"), "01/01/2001"),
    (("staff", "revoke", "Esmamane"), "Esmaman"),
]


async def test_an_invitation_that_makes_no_sense_is_a_sentence_and_exit_2(
    tmp_path: Path, applied: dict[str, str]
) -> None:
    for words, said in REFUSED:
        done = await passerelle(tmp_path, *words, settings=applied)
        assert (done.code, done.out) == (2, ""), words
        assert said in done.err
        assert done.err.count("\n") == 1


async def test_a_poster_that_cannot_be_written_makes_no_code(tmp_path: Path, applied: dict[str, str]) -> None:
    (tmp_path / "plein").write_text("")
    words = ("invite", "teacher", "--school", "Les Tilleuls", "--poster", "plein")
    done = await passerelle(tmp_path, *words, settings=applied)
    assert (done.code, done.out) == (1, "")
    assert done.err == "L'affiche ne peut pas être écrite dans plein.\n"


async def test_without_telegram_and_without_a_known_name_no_code_is_made(
    tmp_path: Path, applied: dict[str, str]
) -> None:
    away = applied | {"TELEGRAM_API_BASE_URL": "http://127.0.0.1:9"}
    done = await passerelle(tmp_path, "invite", "staff", "--name", "Chantal", settings=away)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("Telegram ne répond pas")


async def test_staff_revoke_needs_no_telegram_and_gives_a_new_code(
    tmp_path: Path, applied: dict[str, str]
) -> None:
    without = {name: value for name, value in applied.items() if not name.startswith("TELEGRAM")}
    done = await passerelle(tmp_path, "staff", "revoke", "Chantal", settings=without)
    assert (done.code, done.err) == (0, "")
    assert re.fullmatch(r"[\w-]{20,64}", done.last_line)


# ── doctor, run ─────────────────────────────────────────────────────────────────────────────────────


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
    ({"DATABASE_URL": "postgresql://personne@127.0.0.1:9/rien"}, 2, "La base de données"),
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
    assert done.code == 1
    assert done.err.splitlines()[-1] == f"HTTP_LISTEN : impossible d'écouter sur {taken}."
