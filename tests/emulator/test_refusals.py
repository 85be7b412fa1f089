"""Telegram's own words for what it refuses."""

from typing import Any

import aiohttp
import pytest

from bot.demo.telegram import LocalBotApi, is_demo_token
from bot.demo.telegram.methods.reactions import EMOJI
from tests.emulator import contract
from tests.emulator.conftest import Call
from tests.phones import Phone, new_group

BUTTON = {"text": "x", "callback_data": "y"}
TABLE: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"text": ""}, "message text is empty"),
    ("sendMessage", {"text": " \n "}, "message text is empty"),
    ("sendMessage", {"text": "x" * 4097}, "message is too long"),
    ("sendMessage", {"text": "👍" * 2049}, "message is too long"),
    ("sendMessage", {"text": "x", "chat_id": ""}, "chat_id is empty"),
    ("sendMessage", {"text": "x", "chat_id": 4}, "chat not found"),
    ("sendMessage", {"text": "x", "chat_id": "@nobody"}, "chat not found"),
    ("sendMessage", {"text": "x", "message_thread_id": 4}, "message thread not found"),
    (
        "sendMessage",
        {"text": "x", "reply_markup": {"inline_keyboard": [[BUTTON | {"callback_data": "é" * 33}]]}},
        "BUTTON_DATA_INVALID",
    ),
    (
        "sendMessage",
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x"}]]}},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        "sendMessage",
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "url": "demo://x"}]]}},
        "inline keyboard button URL 'demo://x' is invalid: Unsupported URL protocol",
    ),
    (
        "sendMessage",
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "url": "http://localhost/"}]]}},
        "inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL",
    ),
    ("sendMessage", {"text": "x", "reply_markup": "{"}, "can't parse reply markup JSON object"),
    ("editMessageText", {"message_id": 999, "text": "x"}, "message to edit not found"),
    ("editMessageText", {"message_id": 1, "text": "x"}, "message can't be edited"),
    ("editMessageText", {"text": "x"}, "message identifier is not specified"),
    ("deleteMessage", {"message_id": 999}, "message to delete not found"),
    ("deleteMessages", {"message_ids": []}, "message identifiers are not specified"),
    ("copyMessage", {"from_chat_id": 4, "message_id": 1}, "chat not found"),
    ("forwardMessage", {"from_chat_id": 4, "message_id": 1}, "chat not found"),
    ("setMessageReaction", {"message_id": 999}, "message to react not found"),
    (
        "setMessageReaction",
        {"message_id": 1, "reaction": [{"type": "emoji", "emoji": "✅"}]},
        "REACTION_INVALID",
    ),
    (
        "setMessageReaction",
        {"message_id": 1, "reaction": [{"type": "emoji", "emoji": "👍"}, {"type": "emoji", "emoji": "❤"}]},
        "REACTIONS_TOO_MANY",
    ),
    ("sendChatAction", {"action": "dreaming"}, "wrong parameter action in request"),
    ("sendPhoto", {}, "there is no photo in the request"),
    ("sendPhoto", {"photo": "invented"}, "wrong file identifier/HTTP URL specified"),
    ("sendPhoto", {"photo": "https://example.org/x.jpg"}, "failed to get HTTP URL content"),
    ("getFile", {"file_id": "invented"}, "invalid file_id"),
    ("sendLocation", {"latitude": 91, "longitude": 2}, "wrong location coordinates specified"),
    ("sendPoll", {"question": "?", "options": [{"text": "oui"}]}, "poll must have at least 2 option"),
    ("sendDice", {"emoji": "👍"}, "EMOTICON_INVALID"),
    ("setMyCommands", {"commands": [{"command": "é", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    (
        "setMyCommands",
        {"commands": [{"command": "e", "description": ""}]},
        "BOT_COMMAND_DESCRIPTION_INVALID",
    ),
    ("leaveChat", {}, "chat member status can't be changed in private chats"),
    ("createForumTopic", {"name": "x"}, "the chat is not a forum"),
]


@pytest.mark.parametrize(("method", "arguments", "said"), TABLE)
async def test_bad_requests_are_refused_in_telegrams_words(
    call: Call, awa: Phone, method: str, arguments: dict[str, Any], said: str
) -> None:
    answer = await call(method, **{"chat_id": awa.id} | arguments)
    assert (answer["error_code"], answer["description"]) == (400, f"Bad Request: {said}")


async def test_the_bot_cannot_write_first(api: LocalBotApi, call: Call) -> None:
    stranger = Phone(api, "Inconnue")
    refused = await call("sendMessage", chat_id=stranger.id, text="x")
    assert refused["description"] == "Bad Request: chat not found"
    new_group(api, "Équipe", stranger)
    refused = await call("sendMessage", chat_id=stranger.id, text="x")
    assert refused["description"] == "Forbidden: bot can't initiate conversation with a user"


async def test_a_deleted_account_is_deactivated(call: Call, awa: Phone) -> None:
    await awa.leaves()
    refused = await call("sendMessage", chat_id=awa.id, text="x")
    assert refused["description"] == "Forbidden: user is deactivated"


async def test_a_text_of_the_longest_length_goes_out(call: Call, awa: Phone) -> None:
    assert (await call("sendMessage", chat_id=awa.id, text="👍" * 2048))["ok"]


async def test_a_message_with_a_reply_keyboard_cannot_be_edited(call: Call, awa: Phone) -> None:
    markup = {"keyboard": [[{"text": "Oui"}]]}
    sent = (await call("sendMessage", chat_id=awa.id, text="?", reply_markup=markup))["result"]
    refused = await call("editMessageText", chat_id=awa.id, message_id=sent["message_id"], text="x")
    assert refused["description"] == "Bad Request: message can't be edited"


async def test_text_and_caption_are_edited_each_by_its_method(call: Call, awa: Phone) -> None:
    photo = await awa.sends_photo()
    copy = (await call("copyMessage", chat_id=awa.id, from_chat_id=awa.id, message_id=photo.id))["result"]
    text = (await call("sendMessage", chat_id=awa.id, text="x"))["result"]
    refused = await call("editMessageText", chat_id=awa.id, message_id=copy["message_id"], text="y")
    assert refused["description"] == "Bad Request: there is no text in the message to edit"
    refused = await call("editMessageCaption", chat_id=awa.id, message_id=text["message_id"], caption="y")
    assert refused["description"] == "Bad Request: there is no caption in the message to edit"
    long = await call("editMessageCaption", chat_id=awa.id, message_id=copy["message_id"], caption="y" * 1025)
    assert long["description"] == "Bad Request: message caption is too long"


async def test_another_token_and_another_method(
    api: LocalBotApi, http: aiohttp.ClientSession, call: Call
) -> None:
    async with http.get(f"{api.base_url}/bot1:OTHER/getMe") as answer:
        assert (answer.status, (await answer.json())["description"]) == (401, "Unauthorized")
    refused = await call("sendWishes")
    assert (refused["error_code"], refused["description"]) == (404, "Not Found: method not found")


async def test_methods_are_found_in_any_case(call: Call) -> None:
    assert (await call("GETME"))["ok"]


async def test_unreadable_json_is_refused(api: LocalBotApi, http: aiohttp.ClientSession) -> None:
    headers = {"Content-Type": "application/json"}
    async with http.post(f"{api.base_url}/bot{api.token}/getMe", data=b"{", headers=headers) as answer:
        assert (await answer.json())["description"] == "Bad Request: can't parse JSON object"


@pytest.mark.parametrize("token", ["", "123456789:AAE-real", "1:", "demo", "11:x", ":x"])
def test_only_a_demo_token_is_taken(token: str) -> None:
    assert not is_demo_token(token)
    with pytest.raises(ValueError, match="demo token"):
        LocalBotApi(token)


async def test_others_on_the_network_cannot_reach_it() -> None:
    with pytest.raises(ValueError, match=r"127\.0\.0\.1 only"):
        await LocalBotApi().start(host="0.0.0.0")  # noqa: S104 — the very address that is refused


def test_the_reactions_are_those_of_the_specification() -> None:
    (described,) = [
        field["description"]
        for field in contract.TYPES["ReactionTypeEmoji"]["fields"]
        if field["name"] == "emoji"
    ]
    listed = frozenset(described.split("one of ", 1)[1].rstrip(".").replace('"', "").split(", "))
    assert listed == EMOJI
