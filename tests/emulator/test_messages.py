"""Sending, editing, copying, reacting, pressing: what the person sees and what the bot is told."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.demo.telegram import LocalBotApi
from tests.emulator.conftest import Call
from tests.phones import Phone

KEYBOARD = {"inline_keyboard": [[{"text": "J'ai lu", "callback_data": "read"}]]}


async def test_a_message_is_seen_and_rings_with_its_spoiler_hidden(call: Call, awa: Phone) -> None:
    text = "Un message <tg-spoiler>sur Lina 🌸</tg-spoiler>"
    await call("sendMessage", chat_id=awa.id, text=text, parse_mode="HTML")
    shown = await awa.sees("Un message")
    assert shown.hidden == ("sur Lina 🌸",)
    (notification,) = awa.notifications
    assert notification.sound
    assert "Lina" not in notification.text
    assert notification.text.startswith("Un message ▒▒▒")


async def test_a_silent_message_comes_without_a_sound(call: Call, awa: Phone) -> None:
    await call("sendMessage", chat_id=awa.id, text="chut", disable_notification=True, protect_content=True)
    shown = await awa.sees("chut")
    assert shown.silent
    assert shown.protected
    assert awa.rang == []
    assert len(awa.notifications) == 1


async def test_a_reply_shows_what_it_answers_and_is_told_to_the_bot(call: Call, awa: Phone) -> None:
    asked = await awa.writes("Bonjour")
    answer = await call("sendMessage", chat_id=awa.id, text="Oui", reply_parameters={"message_id": asked.id})
    assert answer["result"]["reply_to_message"]["text"] == "Bonjour"
    back = await awa.writes("Merci", reply_to=await awa.sees("Oui"))
    update = (await call("getUpdates"))["result"][-1]["message"]
    assert update["reply_to_message"]["message_id"] == back.reply_to
    assert "reply_to_message" not in update["reply_to_message"]


async def test_a_quote_carries_its_place_in_the_text(call: Call, awa: Phone) -> None:
    await call("sendMessage", chat_id=awa.id, text="👍 Lundi ou mardi")
    shown = await awa.sees("Lundi")
    await awa.writes("celui-ci", reply_to=shown, quote="mardi")
    quote = (await call("getUpdates"))["result"][-1]["message"]["quote"]
    assert quote == {"text": "mardi", "position": 12, "is_manual": True}


async def test_a_reply_to_nothing_goes_out_only_when_allowed(call: Call, awa: Phone) -> None:
    refused = await call("sendMessage", chat_id=awa.id, text="?", reply_parameters={"message_id": 99})
    assert refused["description"] == "Bad Request: message to be replied not found"
    allowed = {"message_id": 99, "allow_sending_without_reply": True}
    assert (await call("sendMessage", chat_id=awa.id, text="?", reply_parameters=allowed))["ok"]


async def test_an_edit_is_marked_and_takes_a_keyboard_not_given_again_away(call: Call, awa: Phone) -> None:
    sent = (await call("sendMessage", chat_id=awa.id, text="Bien reçu", reply_markup=KEYBOARD))["result"]
    await call("editMessageText", chat_id=awa.id, message_id=sent["message_id"], text="Chantal s'en occupe.")
    shown = await awa.sees("s'en occupe")
    assert shown.edited
    assert shown.labels == ()
    assert len(awa.rang) == 1


async def test_a_keyboard_alone_changes_without_the_mark_of_an_edit(call: Call, awa: Phone) -> None:
    sent = (await call("sendMessage", chat_id=awa.id, text="Bien reçu", reply_markup=KEYBOARD))["result"]
    place = {"chat_id": awa.id, "message_id": sent["message_id"]}
    await call("editMessageReplyMarkup", **place)
    shown = await awa.sees("Bien reçu")
    assert (shown.labels, shown.edited) == ((), False)
    again = await call("editMessageReplyMarkup", **place)
    assert again["description"].startswith(
        "Bad Request: message is not modified: specified new message content"
    )


async def test_a_persons_edit_reaches_the_bot(call: Call, awa: Phone) -> None:
    shown = await awa.writes("Lna")
    await awa.edits(shown, "Lina")
    edited = (await call("getUpdates"))["result"][-1]["edited_message"]
    assert (edited["text"], edited["message_id"]) == ("Lina", shown.id)
    assert edited["edit_date"] >= edited["date"]


async def test_a_bot_never_learns_that_a_person_deleted(call: Call, awa: Phone) -> None:
    shown = await awa.writes("oubliez")
    await awa.deletes(shown)
    assert len((await call("getUpdates"))["result"]) == 1
    copied = await call("copyMessage", chat_id=awa.id, from_chat_id=awa.id, message_id=shown.id)
    assert copied["description"] == "Bad Request: message to copy not found"


async def test_messages_are_deleted_within_48_hours_and_edited_later_too(
    api: LocalBotApi, call: Call, awa: Phone
) -> None:
    api.clock.set(datetime(2026, 11, 24, 18, 42, tzinfo=UTC))
    sent = [(await call("sendMessage", chat_id=awa.id, text=word))["result"]["message_id"] for word in "ab"]
    api.clock.advance(timedelta(hours=47))
    assert (await call("deleteMessage", chat_id=awa.id, message_id=sent[0]))["ok"]
    api.clock.advance(timedelta(hours=2))
    refused = await call("deleteMessage", chat_id=awa.id, message_id=sent[1])
    assert refused["description"] == "Bad Request: message can't be deleted for everyone"
    assert (await call("deleteMessages", chat_id=awa.id, message_ids=[sent[1], 999]))["result"] is True
    assert awa.shows("b")
    assert (await call("editMessageText", chat_id=awa.id, message_id=sent[1], text="effacé"))["ok"]


async def test_the_clock_of_the_emulator_dates_messages(api: LocalBotApi, call: Call, awa: Phone) -> None:
    evening = datetime(2026, 11, 24, 18, 42, tzinfo=UTC)
    api.clock.set(evening)
    sent = (await call("sendMessage", chat_id=awa.id, text="ce soir"))["result"]
    assert 0 <= sent["date"] - evening.timestamp() < 60


async def test_a_copy_shows_neither_author_nor_reply(call: Call, awa: Phone, api: LocalBotApi) -> None:
    chantal = Phone(api, "Chantal")
    await chantal.opens()
    asked = await awa.writes("un mot")
    photo = await awa.sends_photo("la classe", reply_to=asked)
    await call("copyMessage", chat_id=chantal.id, from_chat_id=awa.id, message_id=photo.id)
    shown = await chantal.sees("la classe")
    assert (shown.kind, shown.author, shown.forwarded_from, shown.reply_to) == (
        "photo",
        "Passerelle",
        None,
        None,
    )
    await call(
        "copyMessage",
        chat_id=chantal.id,
        from_chat_id=awa.id,
        message_id=photo.id,
        caption="<b>autre</b>",
        parse_mode="HTML",
    )
    assert (await chantal.sees("autre")).text == "autre"


async def test_a_forward_shows_its_first_author_however_often(
    call: Call, awa: Phone, api: LocalBotApi
) -> None:
    chantal = Phone(api, "Chantal")
    await chantal.opens()
    asked = await awa.writes("un mot")
    await call("forwardMessage", chat_id=chantal.id, from_chat_id=awa.id, message_id=asked.id)
    shown = await chantal.sees("un mot")
    assert shown.forwarded_from == "Awa Diallo"
    await chantal.forwards(shown)
    update = (await call("getUpdates"))["result"][-1]["message"]
    assert update["forward_origin"]["sender_user"]["id"] == awa.id
    await chantal.forwards(shown, hidden_name="Quelqu'un")
    update = (await call("getUpdates"))["result"][-1]["message"]
    assert update["forward_origin"]["sender_user_name"] == "Quelqu'un"


async def test_an_album_is_copied_whole_and_in_order(call: Call, awa: Phone, api: LocalBotApi) -> None:
    chantal = Phone(api, "Chantal")
    await chantal.opens()
    album = await awa.sends_album(3, "la sortie")
    alone = await awa.writes("et un mot")
    ids = [shown.id for shown in album] + [alone.id, 999]
    copied = await call("copyMessages", chat_id=chantal.id, from_chat_id=awa.id, message_ids=ids)
    assert len(copied["result"]) == 4
    shown = chantal.received
    assert [one.kind for one in shown] == ["photo", "photo", "photo", "text"]
    assert len({one.album for one in shown[:3]}) == 1
    assert shown[0].album not in (None, album[0].album)
    assert shown[3].album is None
    one = await call("copyMessages", chat_id=chantal.id, from_chat_id=awa.id, message_ids=[album[0].id])
    assert one["ok"]
    assert chantal.received[-1].album is None


async def test_copies_are_asked_for_in_order(call: Call, awa: Phone) -> None:
    first, second = await awa.writes("un"), await awa.writes("deux")
    refused = await call(
        "copyMessages", chat_id=awa.id, from_chat_id=awa.id, message_ids=[second.id, first.id]
    )
    assert refused["description"] == "Bad Request: message identifiers must be in a strictly increasing order"
    none = await call("copyMessages", chat_id=awa.id, from_chat_id=awa.id, message_ids=[998, 999])
    assert none["description"] == "Bad Request: there are no messages to forward"


async def test_protected_words_are_copied_by_the_bot_and_forwarded_by_nobody(call: Call, awa: Phone) -> None:
    sent = (await call("sendMessage", chat_id=awa.id, text="à garder", protect_content=True))["result"]
    place = {"chat_id": awa.id, "from_chat_id": awa.id, "message_id": sent["message_id"]}
    refused = await call("forwardMessage", **place)
    assert refused["description"] == "Bad Request: message has protected content and can't be forwarded"
    assert (await call("copyMessage", **place))["ok"]


async def test_a_button_is_answered_once(call: Call, awa: Phone) -> None:
    await call("sendMessage", chat_id=awa.id, text="Lu ?", reply_markup=KEYBOARD)
    press = asyncio.create_task(awa.presses("J'ai lu"))
    query = (await call("getUpdates", timeout=5))["result"][0]["callback_query"]
    assert (query["data"], query["message"]["text"], query["from"]["id"]) == ("read", "Lu ?", awa.id)
    good = await call("answerCallbackQuery", callback_query_id=query["id"], text="Merci.", show_alert=True)
    assert good["result"] is True
    assert (await press).text == "Merci."
    again = await call("answerCallbackQuery", callback_query_id=query["id"])
    assert again["description"] == (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )


async def test_a_button_is_answered_in_time(api: LocalBotApi, call: Call, awa: Phone) -> None:
    await call("sendMessage", chat_id=awa.id, text="Lu ?", reply_markup=KEYBOARD)
    query = await awa.taps("J'ai lu")
    api.clock.advance(timedelta(minutes=2))
    late = await call("answerCallbackQuery", callback_query_id=query)
    assert late["description"].startswith("Bad Request: query is too old")


async def test_a_button_of_a_deleted_message_comes_with_an_inaccessible_one(call: Call, awa: Phone) -> None:
    sent = (await call("sendMessage", chat_id=awa.id, text="Lu ?", reply_markup=KEYBOARD))["result"]
    shown = await awa.sees("Lu ?")
    await call("deleteMessage", chat_id=awa.id, message_id=sent["message_id"])
    assert not awa.shows("Lu ?")
    assert shown.labels == ("J'ai lu",)


async def test_a_reply_keyboard_shows_shares_the_number_and_goes(call: Call, awa: Phone) -> None:
    rows = [[{"text": "Donner mon numéro", "request_contact": True}], [{"text": "Plus tard"}]]
    keyboard = {"keyboard": rows, "one_time_keyboard": True}
    await call("sendMessage", chat_id=awa.id, text="Votre numéro ?", reply_markup=keyboard)
    assert awa.keyboard == [["Donner mon numéro"], ["Plus tard"]]
    await awa.presses("Donner mon numéro")
    contact = (await call("getUpdates"))["result"][-1]["message"]["contact"]
    assert (contact["phone_number"], contact["user_id"]) == (awa.person.phone_number, awa.id)
    assert awa.keyboard == []
    await call("sendMessage", chat_id=awa.id, text="Encore ?", reply_markup=keyboard)
    await call("sendMessage", chat_id=awa.id, text="Merci.", reply_markup={"remove_keyboard": True})
    assert awa.keyboard == []


async def test_a_reaction_is_seen_replaced_and_taken_away(call: Call, awa: Phone) -> None:
    shown = await awa.writes("fait")
    place = {"chat_id": awa.id, "message_id": shown.id}
    for emoji in ("👍", "❤"):
        await call("setMessageReaction", **place, reaction=[{"type": "emoji", "emoji": emoji}])
        assert awa.now(shown).reactions == (emoji,)
    await call("setMessageReaction", **place, reaction=[])
    assert awa.now(shown).reactions == ()


async def test_a_reaction_to_an_album_is_on_its_first_message(call: Call, awa: Phone) -> None:
    album = await awa.sends_album(2)
    reaction = [{"type": "emoji", "emoji": "👀"}]
    await call("setMessageReaction", chat_id=awa.id, message_id=album[1].id, reaction=reaction)
    assert [awa.now(shown).reactions for shown in album] == [("👀",), ()]


async def test_what_is_being_done_is_shown_until_the_next_message(
    api: LocalBotApi, call: Call, awa: Phone
) -> None:
    await call("sendChatAction", chat_id=awa.id, action="typing")
    assert api.world.actions[awa.id, 0][0] == "typing"
    await call("sendMessage", chat_id=awa.id, text="voilà")
    assert (awa.id, 0) not in api.world.actions


async def test_a_blocked_bot_is_told_so_and_again_when_it_is_let_in(call: Call, awa: Phone) -> None:
    await awa.blocks_bot()
    change = (await call("getUpdates"))["result"][-1]["my_chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("member", "kicked")
    refused = await call("sendMessage", chat_id=awa.id, text="?")
    assert (refused["error_code"], refused["description"]) == (403, "Forbidden: bot was blocked by the user")
    await awa.opens("abc")
    updates = (await call("getUpdates"))["result"][-2:]
    assert updates[0]["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert updates[1]["message"]["text"] == "/start abc"
    assert (await call("sendMessage", chat_id=awa.id, text="?"))["ok"]


@pytest.mark.parametrize(
    ("link", "text"),
    [
        ("https://t.me/passerelle_demo_bot?start=AbC-1", "/start AbC-1"),
        ("AbC-1", "/start AbC-1"),
        ("https://t.me/passerelle_demo_bot", "/start"),
        ("", "/start"),
    ],
)
async def test_a_link_starts_with_its_code(api: LocalBotApi, link: str, text: str) -> None:
    assert (await Phone(api, "Awa").opens(link)).text == text


async def test_commands_are_per_scope_and_language(call: Call, awa: Phone) -> None:
    french = [{"command": "aide", "description": "Comment faire"}]
    hers = [{"command": "rythme", "description": "Quand sonner"}]
    await call("setMyCommands", commands=french, language_code="fr")
    await call("setMyCommands", commands=hers, scope={"type": "chat", "chat_id": awa.id})
    assert (await call("getMyCommands"))["result"] == []
    assert (await call("getMyCommands", language_code="fr"))["result"] == french
    assert (await call("getMyCommands", scope={"type": "chat", "chat_id": awa.id}))["result"] == hers
    await call("deleteMyCommands", scope={"type": "chat", "chat_id": awa.id})
    assert (await call("getMyCommands", scope={"type": "chat", "chat_id": awa.id}))["result"] == []


async def test_the_bot_describes_itself(call: Call) -> None:
    await call("setMyName", name="Passerelle d'Éragny")
    await call("setMyDescription", description="Écrivez au centre social.", language_code="fr")
    await call("setMyShortDescription", short_description="Le centre social")
    assert (await call("getMyName"))["result"] == {"name": "Passerelle d'Éragny"}
    assert (await call("getMyDescription"))["result"] == {"description": ""}
    french = await call("getMyDescription", language_code="fr")
    assert french["result"] == {"description": "Écrivez au centre social."}
    assert (await call("getMyShortDescription"))["result"] == {"short_description": "Le centre social"}
    assert (await call("getMe"))["result"]["first_name"] == "Passerelle d'Éragny"


async def test_json_arguments_come_as_text_or_as_they_are(call: Call, awa: Phone) -> None:
    for markup in (KEYBOARD, json.dumps(KEYBOARD)):
        sent = await call("sendMessage", chat_id=str(awa.id), text="Lu ?", reply_markup=markup)
        assert sent["result"]["reply_markup"] == KEYBOARD
