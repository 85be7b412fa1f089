"""The service's own HTTP: the webhook believes Telegram only, /healthz says how things are."""

import shutil
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.app import Config, Service
from bot.demo.telegram import LocalBotApi
from tests.cast import TUESDAY_MORNING, StageClock
from tests.databases import KEY
from tests.phones import Phone

SECRET = "the-secret"


@pytest.fixture
async def service(api: LocalBotApi, database_url: str, unused_tcp_port: int) -> AsyncIterator[Service]:
    """A service that Telegram brings its updates to."""
    where = f"127.0.0.1:{unused_tcp_port}"
    running = Service(
        Config(
            token=api.token,
            api_root=api.base_url,
            database_url=database_url,
            key=KEY,
            listen=where,
            webhook_url=f"http://{where}",
            webhook_secret=SECRET,
        ),
        StageClock(TUESDAY_MORNING),
    )
    await running.start()
    yield running
    await running.stop()


async def test_an_update_arrives_by_the_webhook_and_is_answered(service: Service, api: LocalBotApi) -> None:
    stranger = Phone(api, first_name="Léa")
    await stranger.opens()
    await stranger.sees("Personne n'a lu votre message")


async def test_a_post_without_the_secret_is_refused(service: Service) -> None:
    async with aiohttp.ClientSession() as client:
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "é"}):
            async with client.post(
                f"http://{service.config.listen}/telegram", json={"update_id": 1}, headers=headers
            ) as answer:
                assert answer.status == 403


@pytest.fixture
def ipv6() -> str:
    """An address of this machine, and a port that is free there."""
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6) as probe:
            return f"[::1]:{probe.getsockname()[1]}"
    except OSError:
        pytest.skip("this machine has no IPv6: nothing can listen on [::1]")


async def test_an_ipv6_address_is_listened_on(api: LocalBotApi, database_url: str, ipv6: str) -> None:
    running = Service(
        Config(token=api.token, api_root=api.base_url, database_url=database_url, key=KEY, listen=ipv6),
        StageClock(TUESDAY_MORNING),
    )
    await running.start()
    async with aiohttp.ClientSession() as client, client.get(f"http://{ipv6}/healthz") as answer:
        assert (await answer.json())["ok"]
    await running.stop()


NO_UPDATE = [b"", b"[]", b"{", b'{"update_id": "1"}', b'{"update_id": true}', b"\xff"]
NO_UPDATE += [b'{"update_id": 1%s}' % (b"0" * 30), b'{"update_id": 1, "message": %s' % (b"[" * 100_000)]


@pytest.mark.parametrize("body", NO_UPDATE, ids=[repr(body[:30]) for body in NO_UPDATE])
async def test_what_is_no_update_is_refused(service: Service, body: bytes) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    async with aiohttp.ClientSession() as client:
        async with client.post(
            f"http://{service.config.listen}/telegram", data=body, headers=headers
        ) as answer:
            assert answer.status == 400
        async with client.get(f"http://{service.config.listen}/healthz") as answer:
            assert await answer.json() == {"ok": True, "inbox": 0, "aside": 0, "outbox": 0}


async def test_a_file_that_was_taken_elsewhere_is_a_database_that_is_away(
    api: LocalBotApi, prepared_sqlite: Path, tmp_path: Path, unused_tcp_port: int
) -> None:
    """What is written in a file that has lost its name would miss in every backup."""
    file, elsewhere = tmp_path / "passerelle.db", tmp_path / "ailleurs.db"
    shutil.copy(prepared_sqlite, file)
    where = f"127.0.0.1:{unused_tcp_port}"
    running = Service(
        Config(api.token, api.base_url, f"sqlite+aiosqlite:///{file}", KEY, listen=where, long_poll=1),
        StageClock(TUESDAY_MORNING),
    )
    await running.start()
    file.rename(elsewhere)
    stranger = Phone(api, first_name="Léa")
    await stranger.opens()
    await stranger.quiet()
    assert await health(where) == (503, {"ok": False, "database": "away"})
    elsewhere.rename(file)
    await stranger.sees("Personne n'a lu votre message")
    assert (await health(where))[0] == 200
    await running.stop()


async def health(where: str) -> tuple[int, dict[str, object]]:
    async with aiohttp.ClientSession() as client, client.get(f"http://{where}/healthz") as answer:
        return answer.status, await answer.json()
