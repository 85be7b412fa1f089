"""How the bot learns of things: offsets, two pollers, the kinds it asked for, webhooks."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.demo.telegram import LocalBotApi
from tests.emulator.conftest import Call
from tests.emulator.waiting import until
from tests.phones import Phone


def texts(answer: dict[str, Any]) -> list[str]:
    return [update["message"]["text"] for update in answer["result"]]


async def test_an_update_comes_again_until_its_offset_is_passed(call: Call, awa: Phone) -> None:
    await awa.writes("un")
    await awa.writes("deux")
    first = await call("getUpdates")
    assert texts(first) == ["un", "deux"]
    assert texts(await call("getUpdates")) == ["un", "deux"]
    after = first["result"][0]["update_id"] + 1
    assert texts(await call("getUpdates", offset=after)) == ["deux"]
    assert texts(await call("getUpdates", offset=after + 1)) == []
    assert texts(await call("getUpdates", offset=0)) == []


async def test_a_negative_offset_counts_from_the_end_and_forgets_the_rest(call: Call, awa: Phone) -> None:
    for word in ("un", "deux", "trois"):
        await awa.writes(word)
    assert texts(await call("getUpdates", offset=-2)) == ["deux", "trois"]
    assert texts(await call("getUpdates")) == ["deux", "trois"]


async def test_at_most_limit_updates_come_at_once(call: Call, awa: Phone) -> None:
    for number in range(120):
        await awa.writes(str(number))
    assert len((await call("getUpdates", limit=3))["result"]) == 3
    assert len((await call("getUpdates", limit=1000))["result"]) == 100


async def test_a_long_poll_answers_as_soon_as_something_comes(
    call: Call, awa: Phone, api: LocalBotApi
) -> None:
    poll = asyncio.create_task(call("getUpdates", timeout=30))
    await waiting(api)
    await awa.writes("bonjour")
    assert texts(await poll) == ["bonjour"]


async def test_of_two_pollers_the_earlier_is_told_of_the_conflict(
    call: Call, awa: Phone, api: LocalBotApi
) -> None:
    first = asyncio.create_task(call("getUpdates", timeout=30))
    await waiting(api)
    second = asyncio.create_task(call("getUpdates", timeout=30))
    refused = await first
    assert refused["error_code"] == 409
    assert refused["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    await awa.writes("bonjour")
    assert texts(await second) == ["bonjour"]


async def test_a_poller_that_goes_away_leaves_the_place_free(
    call: Call, awa: Phone, api: LocalBotApi
) -> None:
    poll = asyncio.create_task(call("getUpdates", timeout=30))
    await waiting(api)
    poll.cancel()
    await until(lambda: not api.world.updates.polling)
    await awa.writes("bonjour")
    assert texts(await call("getUpdates")) == ["bonjour"]


async def test_only_the_kinds_asked_for_are_kept_and_the_choice_is_remembered(call: Call, awa: Phone) -> None:
    await call("getUpdates", allowed_updates=["message"])
    shown = await awa.writes("un")
    await awa.edits(shown, "deux")
    await awa.reacts(shown, "👍")
    assert [set(update) for update in (await call("getUpdates"))["result"]] == [{"update_id", "message"}]


async def test_reactions_come_only_to_a_bot_that_asks_for_them(call: Call, awa: Phone) -> None:
    shown = await awa.writes("un")
    await awa.reacts(shown, "👍")
    assert len((await call("getUpdates"))["result"]) == 1
    await call("getUpdates", allowed_updates=["message", "message_reaction"])
    await awa.reacts(shown, "❤")
    change = (await call("getUpdates"))["result"][-1]["message_reaction"]
    assert change["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    assert change["new_reaction"] == [{"type": "emoji", "emoji": "❤"}]


class Receiver:
    """A bot's webhook: what came, with which secret, and what it answers."""

    def __init__(self) -> None:
        self.came: list[tuple[str | None, dict[str, Any]]] = []
        self.statuses: list[int] = []
        self.url = ""

    async def receive(self, request: web.Request) -> web.Response:
        self.came.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json()))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def has(self, count: int) -> None:
        await until(lambda: len(self.came) >= count)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    app = web.Application()
    app.router.add_post("/hook", made.receive)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


async def test_a_webhook_gets_updates_with_its_secret_in_order(
    call: Call, awa: Phone, receiver: Receiver
) -> None:
    await call("setWebhook", url=receiver.url, secret_token="un-secret")
    await awa.writes("un")
    await awa.writes("deux")
    await receiver.has(2)
    assert [body["message"]["text"] for _, body in receiver.came] == ["un", "deux"]
    assert {secret for secret, _ in receiver.came} == {"un-secret"}
    info = (await call("getWebhookInfo"))["result"]
    assert info["url"] == receiver.url


async def test_a_webhook_that_fails_gets_the_same_update_again(
    call: Call, awa: Phone, receiver: Receiver
) -> None:
    receiver.statuses = [500, 503]
    await awa.writes("un")
    await awa.writes("deux")
    await call("setWebhook", url=receiver.url)
    await receiver.has(4)
    assert [body["message"]["text"] for _, body in receiver.came] == ["un", "un", "un", "deux"]
    info = (await call("getWebhookInfo"))["result"]
    assert info["last_error_message"].startswith("Wrong response from the webhook: 503")


async def test_polling_is_refused_while_a_webhook_is_set(call: Call, receiver: Receiver) -> None:
    await call("setWebhook", url=receiver.url)
    assert (await call("getUpdates"))["description"] == (
        "Conflict: can't use getUpdates method while webhook is active;"
        " use deleteWebhook to delete the webhook first"
    )
    await call("deleteWebhook")
    assert (await call("getUpdates"))["ok"]


async def test_setting_a_webhook_ends_a_waiting_poll(
    call: Call, api: LocalBotApi, receiver: Receiver
) -> None:
    poll = asyncio.create_task(call("getUpdates", timeout=30))
    await waiting(api)
    await call("setWebhook", url=receiver.url)
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"


async def test_a_webhook_elsewhere_must_be_https(call: Call) -> None:
    refused = await call("setWebhook", url="http://bot.example/hook")
    assert refused["description"] == "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"


async def waiting(api: LocalBotApi) -> None:
    """Return once a long poll is open."""
    await until(lambda: api.world.updates.polling)
