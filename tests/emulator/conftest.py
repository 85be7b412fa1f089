"""What the emulator's tests stand on: an emulator watched by the specification, and ways to call it."""

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.demo.telegram import LocalBotApi
from tests.emulator import contract
from tests.phones import Phone

Call = Callable[..., Coroutine[Any, Any, dict[str, Any]]]
Control = Callable[..., Coroutine[Any, Any, tuple[int, Any]]]


@pytest.fixture
async def api() -> AsyncIterator[LocalBotApi]:
    """An emulator without rates, whose every accepted call is held to the specification."""
    local = LocalBotApi(pacing=False)
    local.observer = contract.observe
    await local.start()
    yield local
    await local.stop()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """A client without opinions."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def call(api: LocalBotApi, http: aiohttp.ClientSession) -> Call:
    """Call a method with a JSON body and return the whole answer."""

    async def post(method: str, **arguments: Any) -> dict[str, Any]:
        async with http.post(f"{api.base_url}/bot{api.token}/{method}", json=arguments) as answer:
            body: dict[str, Any] = await answer.json()
            assert body.get("error_code", 200) == answer.status
            return body

    return post


@pytest.fixture
def control(api: LocalBotApi, http: aiohttp.ClientSession) -> Control:
    """Call the people's side: GET without a body, POST with one; return the status and the answer."""

    async def ask(path: str, body: Any = None, **options: Any) -> tuple[int, Any]:
        verb = "GET" if body is None and "data" not in options else "POST"
        options |= {"json": body} if body is not None else {}
        async with http.request(verb, f"{api.base_url}/control/{path}", **options) as answer:
            return answer.status, await answer.json()

    return ask


@pytest.fixture
async def aio(api: LocalBotApi) -> AsyncIterator[Bot]:
    """The second client library, on the same emulator."""
    async with AiohttpSession(api=TelegramAPIServer.from_base(api.base_url)) as session:
        yield Bot(api.token, session=session)


@pytest.fixture
async def awa(api: LocalBotApi) -> Phone:
    """A teacher who has started the bot; the bot has read her /start."""
    phone = Phone(api, "Awa", "Diallo", username="awa_ce1")
    await phone.opens()
    api.world.updates.pending.clear()
    return phone
