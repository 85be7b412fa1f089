"""The settings: from the environment, then `.env`; a wrong one is refused in a sentence that names it."""

import base64
from pathlib import Path
from typing import Any

import pytest

from bot.settings import DemoSettings, Settings, SettingsError, StorageSettings, load

TOKEN = "123456789:AAH-inventedInventedInventedInvented"
KEY = base64.urlsafe_b64encode(b"an invented key of 32 characters").decode()
NEEDED = {"TELEGRAM_BOT_TOKEN": TOKEN, "PASSERELLE_KEY": KEY}
EVERY = [name.upper() for name in {**Settings.model_fields, **DemoSettings.model_fields}]


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in EVERY:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def read(monkeypatch: pytest.MonkeyPatch, **environment: str) -> Settings:
    for name, value in {**NEEDED, **environment}.items():
        monkeypatch.setenv(name, value)
    return load(Settings)


def test_what_is_not_said_has_the_documented_default(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(monkeypatch)
    assert settings.telegram_api_base_url == "https://api.telegram.org"
    assert settings.database_url == "sqlite+aiosqlite:///passerelle.db"
    assert settings.http_listen == "127.0.0.1:8080"
    assert settings.webhook_url is None
    assert settings.webhook_secret is None
    assert settings.public_url is None
    assert load(DemoSettings).passerelle_demo_port == 8765


def test_the_environment_comes_before_the_env_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text(f"PASSERELLE_KEY={KEY}\nHTTP_LISTEN=127.0.0.1:1\nPUBLIC_URL=https://a.example/\n")
    settings = read(monkeypatch, HTTP_LISTEN="[::1]:2")
    assert settings.http_listen == "[::1]:2"
    assert settings.public_url == "https://a.example"


def test_the_demo_reads_no_env_file() -> None:
    Path(".env").write_text("PASSERELLE_DEMO_PORT=9\n")
    assert load(DemoSettings).passerelle_demo_port == 8765


def test_an_empty_line_is_the_same_as_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, WEBHOOK_URL="", DATABASE_URL="").database_url.endswith("passerelle.db")


@pytest.mark.parametrize(
    ("given", "normalised"),
    [
        ("sqlite:///a.db", "sqlite+aiosqlite:///a.db"),
        ("sqlite+aiosqlite:///a.db", "sqlite+aiosqlite:///a.db"),
        ("sqlite:////tmp/a.db", "sqlite+aiosqlite:////tmp/a.db"),
        ("postgresql://u:p@host:5432/db", "postgresql+asyncpg://u:p@host:5432/db"),
        ("postgresql+asyncpg://u@host/db", "postgresql+asyncpg://u@host/db"),
        ("postgresql://u@/db?host=/run/pg", "postgresql+asyncpg://u@/db?host=/run/pg"),
        ("postgresql://u:@/db?host=/run/p%20g", "postgresql+asyncpg://u:@/db?host=/run/p+g"),
        ("postgresql:///db?host=/run/pg", "postgresql+asyncpg:///db?host=/run/pg"),
        ("postgresql://u@h/db?sslmode=require", "postgresql+asyncpg://u@h/db?ssl=require"),
    ],
)
def test_a_database_is_reached_through_its_asynchronous_driver(
    monkeypatch: pytest.MonkeyPatch, given: str, normalised: str
) -> None:
    assert read(monkeypatch, DATABASE_URL=given).database_url == normalised


def test_an_old_key_may_follow_the_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    old = base64.urlsafe_b64encode(b"o" * 32).decode()
    assert read(monkeypatch, PASSERELLE_KEY=f"{KEY}, {old}").key == f"{KEY}, {old}"


def test_the_bot_is_known_by_the_number_of_its_token(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(monkeypatch)
    assert settings.bot_id == 123456789
    assert settings.token == TOKEN


@pytest.mark.parametrize("missing", ["TELEGRAM_BOT_TOKEN", "PASSERELLE_KEY"])
def test_a_missing_setting_is_named(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    for name, value in NEEDED.items():
        if name != missing:
            monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"^{missing} manque"):
        load(Settings)


def test_reaching_the_database_asks_for_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLE_KEY", KEY)
    assert load(StorageSettings).key == KEY


WRONG = [
    ("TELEGRAM_BOT_TOKEN", "secret-token"),
    ("TELEGRAM_BOT_TOKEN", "12345"),
    ("PASSERELLE_KEY", "secret-key"),
    ("PASSERELLE_KEY", KEY[:-4]),
    ("PASSERELLE_KEY", f"{KEY},secret"),
    ("PASSERELLE_KEY", "clé-secrète"),
    ("TELEGRAM_API_BASE_URL", "ftp://secret"),
    ("TELEGRAM_API_BASE_URL", "http://secret:port"),
    ("DATABASE_URL", "secret"),
    ("DATABASE_URL", "mysql://u:secret@h/db"),
    ("DATABASE_URL", "sqlite://"),
    ("DATABASE_URL", "sqlite://secret.db"),
    ("DATABASE_URL", "sqlite:///:memory:"),
    ("DATABASE_URL", "sqlite:///no/such/folder/a.db"),
    ("DATABASE_URL", "sqlite:////tmp"),
    ("DATABASE_URL", "postgresql://u:secret@h"),
    ("DATABASE_URL", "postgresql://u:secret@h/db?hosst=/run"),
    ("DATABASE_URL", "postgresql://u:secret@h/db?sslmode=yes"),
    ("DATABASE_URL", "postgresql://u:secret@h:port/db"),
    ("DATABASE_URL", "postgresql://u:secret@[h/db"),
    ("HTTP_LISTEN", "8080"),
    ("HTTP_LISTEN", "127.0.0.1:70000"),
    ("HTTP_LISTEN", "::1"),
    ("HTTP_LISTEN", "::1:8080"),
    ("HTTP_LISTEN", "[::1:8080"),
    ("PUBLIC_URL", "secret.example"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_setting_is_named_in_one_sentence_without_its_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        read(monkeypatch, **{name: value})
    sentence = str(refused.value)
    assert sentence.startswith(f"{name} : ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "secret" not in sentence
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


@pytest.mark.parametrize("value", ["eighty", "-1", "65536"])
def test_a_wrong_demo_port_is_named(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("PASSERELLE_DEMO_PORT", value)
    with pytest.raises(SettingsError, match=r"^PASSERELLE_DEMO_PORT : il faut un nombre"):
        load(DemoSettings)


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"WEBHOOK_URL": "https://a.example/hook"}, "WEBHOOK_SECRET"),
        ({"WEBHOOK_URL": "https://a.example/hook", "WEBHOOK_SECRET": "é"}, "WEBHOOK_SECRET"),
        ({"WEBHOOK_URL": "http://a.example/hook", "WEBHOOK_SECRET": "s"}, "WEBHOOK_URL"),
    ],
)
def test_a_webhook_needs_its_secret_and_https(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], named: str
) -> None:
    with pytest.raises(SettingsError, match=f"^{named} : "):
        read(monkeypatch, **environment)


def test_a_local_bot_api_may_call_back_in_plain_http(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(
        monkeypatch,
        TELEGRAM_API_BASE_URL="http://127.0.0.1:8081/",
        WEBHOOK_URL="http://127.0.0.1:8080/hook",
        WEBHOOK_SECRET="s",
    )
    assert settings.telegram_api_base_url == "http://127.0.0.1:8081"
    assert settings.webhook_url == "http://127.0.0.1:8080/hook"


def test_no_secret_shows_in_a_repr(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(
        monkeypatch,
        DATABASE_URL="postgresql://u:pass-word@h/db",
        WEBHOOK_URL="https://a.example",
        WEBHOOK_SECRET="hook-secret",
    )
    shown = f"{settings!r} {settings}"
    for secret in (TOKEN, KEY, "pass-word", "hook-secret"):
        assert secret not in shown


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_an_env_file_that_cannot_be_read_is_said(content: bytes | None) -> None:
    if content is None:
        Path(".env").mkdir()
        given: dict[str, Any] = {"passerelle_key": KEY}
        assert load(StorageSettings, **given).key == KEY  # a folder is no settings file: it is left alone
    else:
        Path(".env").write_bytes(content)
        with pytest.raises(SettingsError, match=r"^Le fichier \.env"):
            load(StorageSettings)
