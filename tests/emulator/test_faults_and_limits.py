"""What goes wrong on purpose, Telegram's rates, and what is counted of both."""

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.demo.telegram import LocalBotApi
from bot.demo.telegram.limits import Limits
from tests.emulator.conftest import Call, Control
from tests.emulator.waiting import until
from tests.phones import Phone, new_group


async def test_a_429_tells_how_long_to_wait_and_then_passes(api: LocalBotApi, call: Call, awa: Phone) -> None:
    api.faults.add("too_many_requests", times=2, retry_after=7)
    for _ in range(2):
        refused = await call("sendMessage", chat_id=awa.id, text="x")
        assert (refused["error_code"], refused["description"]) == (429, "Too Many Requests: retry after 7")
        assert refused["parameters"] == {"retry_after": 7}
    assert (await call("sendMessage", chat_id=awa.id, text="x"))["ok"]
    assert len(awa.received) == 1


async def test_a_fault_touches_only_its_methods_and_chat(api: LocalBotApi, call: Call, awa: Phone) -> None:
    api.faults.add("server_error", times=5, methods=frozenset({"editMessageText"}))
    api.faults.add("server_error", times=5, chat_id=4)
    assert (await call("sendMessage", chat_id=awa.id, text="x"))["ok"]
    refused = await call("editMessageText", chat_id=awa.id, message_id=1, text="x")
    assert (refused["error_code"], refused["description"]) == (500, "Internal Server Error")


async def test_a_dropped_call_was_never_handled(api: LocalBotApi, call: Call, awa: Phone) -> None:
    api.faults.add("drop")
    with pytest.raises(aiohttp.ClientError):
        await call("sendMessage", chat_id=awa.id, text="x")
    assert awa.received == []


async def test_a_lost_answer_was_delivered_all_the_same(api: LocalBotApi, call: Call, awa: Phone) -> None:
    api.faults.add("lose_answer")
    with pytest.raises(aiohttp.ClientError):
        await call("sendMessage", chat_id=awa.id, text="x")
    assert len(awa.received) == 1


async def test_a_hanging_call_is_closed_unhandled(api: LocalBotApi, call: Call, awa: Phone) -> None:
    api.faults.add("hang", seconds=0.05)
    with pytest.raises(aiohttp.ClientError):
        await call("sendMessage", chat_id=awa.id, text="x")
    assert awa.received == []


async def test_a_slow_call_is_handled_before_it_is_answered(api: LocalBotApi, call: Call, awa: Phone) -> None:
    api.faults.add("slow", seconds=0.2)
    sending = asyncio.create_task(call("sendMessage", chat_id=awa.id, text="x"))
    await awa.sees("x")
    assert not sending.done()
    assert (await sending)["ok"]
    assert len(awa.received) == 1


async def test_a_probability_is_drawn_from_its_seed(api: LocalBotApi, call: Call, awa: Phone) -> None:
    async def draw() -> list[bool]:
        api.faults.lift()
        api.faults.add("server_error", probability=0.5, seed=3)
        return [(await call("sendMessage", chat_id=awa.id, text="x"))["ok"] for _ in range(20)]

    first = await draw()
    assert {True, False} == set(first)
    assert await draw() == first


async def test_every_call_is_noted_with_what_became_of_it(
    api: LocalBotApi, call: Call, control: Control, awa: Phone
) -> None:
    await call("sendMessage", chat_id=awa.id, text="x")
    await call("sendMessage", chat_id=4, text="x")
    api.faults.add("lose_answer")
    with pytest.raises(aiohttp.ClientError):
        await call("sendMessage", chat_id=awa.id, text="x")
    _, calls = await control("calls")
    assert [(noted["status"], noted["fault"], noted["sent"]) for noted in calls] == [
        (200, None, 1),
        (400, None, 0),
        (None, "lose_answer", 1),
    ]
    assert calls[0]["message_id"] == awa.received[0].id
    _, later = await control(f"calls?after={calls[0]['seq']}&limit=1")
    assert later == [calls[1]]
    _, counted = await control("counters")
    assert counted["requests"] == {"sendMessage": 3}
    assert counted["answers"] == {"200": 1, "400": 1}
    assert (counted["sends"], counted["in_flight"], counted["faults"]) == (2, 0, {"lose_answer": 1})


async def test_a_client_that_goes_away_is_counted(
    api: LocalBotApi, call: Call, control: Control, awa: Phone
) -> None:
    api.faults.add("hang", seconds=30)
    sending = asyncio.create_task(call("sendMessage", chat_id=awa.id, text="x"))
    await until(lambda: len(api.counters.in_flight) == 1)
    sending.cancel()
    await until(lambda: not api.counters.in_flight)
    assert (await control("counters"))[1]["abandoned"] == 1


async def test_a_private_chat_takes_a_burst_of_twenty_then_one_a_second(call: Call, api: LocalBotApi) -> None:
    api.limits.on = True
    awa = Phone(api, "Awa")
    await awa.opens()
    answers = [await call("sendMessage", chat_id=awa.id, text="x") for _ in range(22)]
    assert [answer["ok"] for answer in answers[:20]] == [True] * 20
    refused = answers[-1]
    assert refused["error_code"] == 429
    assert refused["parameters"]["retry_after"] == 1
    assert api.limits.breaches["private"] >= 1
    assert (await call("editMessageText", chat_id=awa.id, message_id=awa.received[0].id, text="y"))["ok"]


async def test_a_group_takes_twenty_a_minute(call: Call, api: LocalBotApi, awa: Phone) -> None:
    api.limits.on = True
    chat = new_group(api, "Cycle 2", awa)
    answers: list[dict[str, Any]] = [await call("sendMessage", chat_id=chat.id, text="x") for _ in range(21)]
    assert answers[-1]["parameters"]["retry_after"] == 3
    assert api.limits.breaches["group"] == 1


async def test_thirty_a_second_overall_and_each_of_an_album_counts(call: Call, api: LocalBotApi) -> None:
    api.limits.on = True
    phones = [Phone(api, f"P{number}") for number in range(4)]
    for phone in phones:
        await phone.opens()
    album = await phones[0].sends_album(10)
    ids = [shown.id for shown in album]
    answers = [
        await call("copyMessages", chat_id=phone.id, from_chat_id=phones[0].id, message_ids=ids)
        for phone in phones
    ]
    assert [answer["ok"] for answer in answers] == [True, True, True, False]
    assert api.limits.breaches == {"overall": 1}


def test_without_pacing_nothing_is_refused() -> None:
    limits = Limits(on=False)
    for _ in range(1000):
        limits.take(1)
    assert limits.breaches == {}
