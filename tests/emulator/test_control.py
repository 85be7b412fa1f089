"""The people's side over HTTP: what the page does, and what another page cannot."""

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.demo.telegram import LocalBotApi
from bot.demo.telegram.samples import sample
from tests.emulator.conftest import Call, Control


async def somebody(control: Control, first_name: str = "Awa") -> int:
    _, person = await control("people", {"first_name": first_name})
    await control(f"people/{person['id']}/open", {"link": ""})
    number: int = person["id"]
    return number


async def test_a_phone_arrives_starts_writes_and_reads(control: Control, call: Call) -> None:
    awa = await somebody(control)
    _, sent = await control(f"people/{awa}/send", {"text": "Bonjour"})
    assert (sent["bubbles"][0]["text"], sent["bubbles"][0]["mine"]) == ("Bonjour", True)
    await call("sendMessage", chat_id=awa, text="Bien reçu")
    _, chat = await control(f"people/{awa}/chat")
    assert [shown["text"] for shown in chat["bubbles"]] == ["/start", "Bonjour", "Bien reçu"]
    assert (await control("state"))[1]["people"][0]["unread"] == 1
    assert (await control(f"people/{awa}/read", {}))[1]["unread"] == 0
    _, shown = await control(f"people/{awa}/notifications")
    assert [(line["text"], line["sound"]) for line in shown] == [("Bien reçu", True)]


async def test_a_long_chat_is_read_in_pages(control: Control) -> None:
    awa = await somebody(control)
    for number in range(7):
        await control(f"people/{awa}/send", {"text": str(number)})
    _, last = await control(f"people/{awa}/chat?limit=3")
    assert ([shown["text"] for shown in last["bubbles"]], last["more"]) == (["4", "5", "6"], True)
    _, before = await control(f"people/{awa}/chat?limit=50&before={last['bubbles'][0]['id']}")
    assert ([shown["text"] for shown in before["bubbles"]][1:], before["more"]) == (
        ["0", "1", "2", "3"],
        False,
    )


async def test_a_button_is_pressed_and_its_answer_shown(control: Control, call: Call) -> None:
    awa = await somebody(control)
    rows = [[{"text": "Lu", "callback_data": "r"}, {"text": "Site", "url": "https://example.org"}]]
    await call("sendMessage", chat_id=awa, text="?", reply_markup={"inline_keyboard": rows})
    press = asyncio.create_task(control(f"people/{awa}/press", {"button": [0, 0]}))
    updates = await call("getUpdates", offset=-1, timeout=5)
    while "callback_query" not in updates["result"][-1]:
        updates = await call("getUpdates", offset=-1)
    await call(
        "answerCallbackQuery", callback_query_id=updates["result"][-1]["callback_query"]["id"], text="ok"
    )
    answer = {"kind": "callback", "answered": True, "text": "ok", "alert": False, "url": None}
    assert (await press)[1] == answer
    unanswered = await control(f"people/{awa}/press", {"button": "Lu", "wait": 0})
    assert unanswered[1]["answered"] is False
    assert (await control(f"people/{awa}/press", {"button": "Site"}))[1] == {
        "kind": "url",
        "url": "https://example.org",
    }


async def test_files_go_up_and_are_shown_guarded(
    control: Control, api: LocalBotApi, http: aiohttp.ClientSession
) -> None:
    awa = await somebody(control)
    form = aiohttp.FormData()
    form.add_field("args", json.dumps({"kind": "photo", "caption": "la sortie"}))
    for name in ("a.jpg", "../b.jpg"):
        form.add_field("file", sample("photo").data, filename=name, content_type="image/jpeg")
    status, sent = await control(f"people/{awa}/send", data=form)
    assert status == 200
    assert [shown["text"] for shown in sent["bubbles"]] == ["la sortie", ""]
    assert len({shown["album"] for shown in sent["bubbles"]}) == 1
    async with http.get(api.base_url + sent["bubbles"][0]["media"]["url"]) as answer:
        assert await answer.read() == sample("photo").data
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]


async def test_an_album_is_sent_without_choosing_files(control: Control) -> None:
    awa = await somebody(control)
    _, sent = await control(f"people/{awa}/send", {"kind": "photo", "count": 3, "caption": "la fresque"})
    assert [shown["text"] for shown in sent["bubbles"]] == ["la fresque", "", ""]
    assert len({shown["album"] for shown in sent["bubbles"]}) == 1
    assert len({shown["media"]["file_id"] for shown in sent["bubbles"]}) == 3
    for count in (0, -1, 11, 10**9):
        assert (await control(f"people/{awa}/send", {"kind": "photo", "count": count}))[0] == 400


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "voice", "duration": 3},
        {"kind": "document", "file_name": "note.pdf"},
        {"kind": "location", "latitude": 48.9, "longitude": 2.2},
        {"kind": "venue", "latitude": 48.9, "longitude": 2.2, "title": "École", "address": "1 rue du Parc"},
        {"kind": "contact"},
        {"kind": "contact", "phone_number": "+33639980001", "first_name": "Nadia"},
        {"kind": "poll", "question": "Quand ?", "options": ["lundi", "mardi"]},
        {"kind": "dice"},
        {"kind": "sticker", "emoji": "👍"},
        {"kind": "video_note"},
    ],
)
async def test_every_kind_is_sent_without_choosing_a_file(control: Control, call: Call, asked: Any) -> None:
    awa = await somebody(control)
    status, sent = await control(f"people/{awa}/send", asked)
    assert (status, sent["bubbles"][0]["kind"]) == (200, asked["kind"])
    assert asked["kind"] in (await call("getUpdates"))["result"][-1]["message"]


async def test_editing_deleting_reacting_forwarding_blocking(control: Control, call: Call) -> None:
    awa = await somebody(control)
    _, sent = await control(f"people/{awa}/send", {"text": "Lna"})
    bubble = sent["bubbles"][0]["id"]
    edited = (await control(f"people/{awa}/edit", {"message_id": bubble, "text": "Lina"}))[1]
    assert (edited["text"], edited["edited"] is not None) == ("Lina", True)
    reacted = (await control(f"people/{awa}/react", {"message_id": bubble, "emoji": "❤️"}))[1]
    assert reacted["reactions"] == [{"emoji": "❤", "count": 1, "mine": True, "bot": False}]
    forwarded = (await control(f"people/{awa}/forward", {"message_id": bubble}))[1]
    assert forwarded["bubbles"][0]["forwarded_from"] == "Awa"
    assert (await control(f"people/{awa}/delete", {"message_ids": [bubble]}))[1] == {"deleted": 1}
    assert (await control(f"people/{awa}/block", {}))[1]["blocked"] is True
    assert (await control(f"people/{awa}/send", {"text": "x"}))[0] == 409
    assert (await control(f"people/{awa}/unblock", {}))[1]["blocked"] is False
    assert (await call("sendMessage", chat_id=awa, text="x"))["ok"]


async def test_groups_are_made_grown_and_left(control: Control) -> None:
    awa = await somebody(control)
    _, group = await control("groups", {"title": "Cycle 2", "members": [awa]})
    assert (group["type"], group["bot"], group["members"]) == ("group", "member", [awa])
    _, sent = await control(f"people/{awa}/send", {"text": "/aide", "chat_id": group["id"]})
    assert sent["bubbles"][0]["chat_id"] == group["id"]
    _, grown = await control(f"groups/{group['id']}/upgrade", {})
    assert (grown["type"], grown["id"] != group["id"]) == ("supergroup", True)
    _, out = await control(f"groups/{grown['id']}/bot", {"status": "kicked"})
    assert out["bot"] == "kicked"


async def test_the_clock_is_set_moved_and_stopped(control: Control, api: LocalBotApi) -> None:
    _, clock = await control("clock", {"set": "2026-11-24T19:42:00+01:00"})
    assert clock["iso"].startswith("2026-11-24T18:42:0")
    _, clock = await control("clock", {"advance": 3600, "running": False})
    assert clock["iso"].startswith("2026-11-24T19:42:0")
    assert (await control("clock"))[1] == clock
    assert (await control("clock", {"set": "demain"}))[0] == 400
    assert (await control("clock", {"set": "2026-11-24T19:42:00"}))[0] == 400
    await control("clock", {"real": True})
    assert abs((api.clock.now() - datetime.now(UTC)).total_seconds()) < 60


async def test_faults_are_made_listed_and_lifted(
    control: Control, http: aiohttp.ClientSession, api: LocalBotApi
) -> None:
    _, fault = await control("faults", {"kind": "drop", "probability": 1, "methods": ["getUpdates"]})
    assert fault["methods"] == ["getupdates"]
    assert (await control("faults"))[1] == [fault]
    async with http.delete(f"{api.base_url}/control/faults/{fault['id']}") as answer:
        assert await answer.json() == []
    assert (await control("faults", {"kind": "rain"}))[0] == 400


async def test_starting_afresh_empties_everything_and_repeats_no_number(control: Control, call: Call) -> None:
    first = await somebody(control)
    await control("faults", {"kind": "drop"})
    await control("reset", {})
    _, state = await control("state")
    assert (state["people"], state["faults"], state["pending_updates"]) == ([], [], 0)
    assert await somebody(control) > first


async def events_until(
    http: aiohttp.ClientSession, api: LocalBotApi, kind: str, ready: asyncio.Event
) -> list[tuple[str, Any]]:
    seen: list[tuple[str, Any]] = []
    async with http.get(f"{api.base_url}/control/events") as stream:
        name = ""
        async for raw in stream.content:
            line = raw.decode().rstrip("\n")
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                seen.append((name, json.loads(line.removeprefix("data: "))))
                ready.set()
                if name == kind:
                    break
    return seen


async def test_events_tell_all_that_happens(
    control: Control, call: Call, http: aiohttp.ClientSession, api: LocalBotApi
) -> None:
    awa = await somebody(control)
    ready = asyncio.Event()
    listening = asyncio.create_task(events_until(http, api, "reset", ready))
    await ready.wait()
    sent = (await call("sendMessage", chat_id=awa, text="un"))["result"]["message_id"]
    await call("editMessageText", chat_id=awa, message_id=sent, text="deux")
    await call("sendChatAction", chat_id=awa, action="typing")
    await call("deleteMessage", chat_id=awa, message_id=sent)
    await control("clock", {"advance": 60})
    await control(f"people/{awa}/block", {})
    await control("reset", {})
    seen = await listening
    kinds = [kind for kind, _ in seen]
    assert kinds == [
        "hello",
        "message",
        "notification",
        "edited",
        "action",
        "deleted",
        "clock",
        "person",
        "reset",
    ]
    assert seen[1][1]["bubble"]["text"] == "un"
    assert seen[0][1]["epoch"] != seen[-1][1]["epoch"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Host": "example.org"},
        {"Host": "127.0.0.1.example.org:8765"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_a_page_of_another_origin_cannot_drive_the_phones(
    control: Control, api: LocalBotApi, http: aiohttp.ClientSession, headers: dict[str, str]
) -> None:
    async with http.post(f"{api.base_url}/control/reset", json={}, headers=headers) as answer:
        assert answer.status == 403
    async with http.get(f"{api.base_url}/control/state", headers=headers) as answer:
        assert answer.status == 403
    good = {"Origin": api.base_url, "Sec-Fetch-Site": "same-origin"}
    async with http.post(f"{api.base_url}/control/reset", json={}, headers=good) as answer:
        assert answer.status == 200


async def test_a_link_on_another_site_may_lead_to_the_page(http: aiohttp.ClientSession) -> None:
    async def page(_: web.Request) -> web.Response:
        return web.Response(text="the phones")

    api = LocalBotApi(routes=[web.get("/", page)])
    await api.start()
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    async with http.get(api.base_url, headers=headers) as answer:
        assert await answer.text() == "the phones"
    async with http.get(api.base_url, headers={"Host": "example.org"}) as answer:
        assert answer.status == 403
    await api.stop()


async def test_a_form_of_another_page_is_not_read(api: LocalBotApi, http: aiohttp.ClientSession) -> None:
    async with http.post(f"{api.base_url}/control/people", data={"first_name": "x"}) as answer:
        assert answer.status == 400


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("people", {}, 400),
        ("people", [], 400),
        ("people/4/send", {"text": "x"}, 404),
        ("people/x/send", {"text": "x"}, 400),
        ("people/{awa}/send", {"text": "  "}, 400),
        ("people/{awa}/edit", {"message_id": 1, "text": "x" * 5000}, 400),
        ("people/{awa}/send", {"text": 4}, 400),
        ("people/{awa}/send", {"text": "x", "reply_to": 999}, 404),
        ("people/{awa}/send", {"text": "x", "chat_id": -4}, 404),
        ("people/{awa}/send", {"kind": "dream"}, 400),
        ("people/{awa}/send", {"kind": "poll", "question": "?", "options": []}, 400),
        ("people/{awa}/edit", {"message_id": 999, "text": "x"}, 404),
        ("people/{awa}/press", {"button": "Lu"}, 404),
        ("people/{awa}/react", {"message_id": 1, "emoji": "✅"}, 400),
        ("people/{awa}/vote", {"message_id": 1, "options": [0]}, 409),
        ("people/{awa}/delete", {"message_ids": ["x"]}, 400),
        ("groups", {"title": "x", "members": [4]}, 404),
        ("groups/-4/upgrade", {}, 404),
        ("faults", {"kind": "drop", "times": "x"}, 400),
        ("save", {}, 409),
    ],
)
async def test_what_cannot_be_done_is_answered_with_a_sentence(
    control: Control, path: str, body: Any, status: int
) -> None:
    awa = await somebody(control)
    answered, said = await control(path.format(awa=awa), body)
    assert answered == status
    assert said["error"].endswith(".")


async def test_a_long_text_leaves_as_several_messages_and_loses_nothing(control: Control, call: Call) -> None:
    awa = await somebody(control)
    words = " ".join(f"mot{number}👍" for number in range(1200))
    _, sent = await control(f"people/{awa}/send", {"text": words})
    assert len(sent["bubbles"]) == 3
    assert " ".join(shown["text"] for shown in sent["bubbles"]) == words
    came = [update["message"]["text"] for update in (await call("getUpdates"))["result"][1:]]
    assert " ".join(came) == words


async def test_control_characters_do_no_harm(control: Control, call: Call) -> None:
    awa = await somebody(control)
    _, sent = await control(f"people/{awa}/send", {"text": "a\x00b\u202ec\x1b[31m"})
    assert "\x00" not in sent["bubbles"][0]["text"]
    assert (await call("getUpdates"))["ok"]
