"""Groups: joining, privacy mode, leaving, growing into a supergroup, topics there and in private chats."""

from bot.demo.telegram import LocalBotApi, groups
from tests.emulator.conftest import Call
from tests.phones import Phone, new_group


async def test_the_bot_is_told_that_it_was_added_and_that_it_is_out(
    api: LocalBotApi, call: Call, awa: Phone
) -> None:
    chat = new_group(api, "Cycle 2", awa)
    joined, service = (await call("getUpdates"))["result"]
    assert joined["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert service["message"]["new_chat_members"][0]["id"] == api.world.bot.id
    groups.set_bot(api.world, chat, "kicked")
    assert (await call("getUpdates"))["result"][-1]["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    refused = await call("sendMessage", chat_id=chat.id, text="x")
    assert refused["description"] == "Forbidden: bot was kicked from the group chat"


async def test_the_bot_leaves(api: LocalBotApi, call: Call, awa: Phone) -> None:
    chat = new_group(api, "Cycle 2", awa, supergroup=True)
    assert (await call("leaveChat", chat_id=chat.id))["result"] is True
    refused = await call("sendMessage", chat_id=chat.id, text="x")
    assert refused["description"] == "Forbidden: bot is not a member of the supergroup chat"


async def test_in_a_group_a_bot_reads_only_what_is_for_it(api: LocalBotApi, call: Call, awa: Phone) -> None:
    chat = new_group(api, "Cycle 2", awa)
    api.world.updates.pending.clear()
    phone = awa.in_group(chat)
    await phone.writes("entre nous")
    await phone.writes("/aide")
    await call("sendMessage", chat_id=chat.id, text="Oui ?")
    await phone.writes("à toi", reply_to=await phone.sees("Oui ?"))
    seen = [update["message"]["text"] for update in (await call("getUpdates"))["result"]]
    assert seen == ["/aide", "à toi"]
    groups.set_bot(api.world, chat, "administrator")
    await phone.writes("pour tous")
    assert (await call("getUpdates"))["result"][-1]["message"]["text"] == "pour tous"


async def test_a_group_becomes_a_supergroup_under_another_id(
    api: LocalBotApi, call: Call, awa: Phone
) -> None:
    chat = new_group(api, "Cycle 2", awa)
    grown = groups.upgrade(api.world, chat)
    old, new = (await call("getUpdates"))["result"][-2:]
    assert old["message"]["migrate_to_chat_id"] == grown.id
    assert new["message"]["migrate_from_chat_id"] == chat.id
    refused = await call("sendMessage", chat_id=chat.id, text="x")
    assert refused["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert refused["parameters"] == {"migrate_to_chat_id": grown.id}
    assert (await call("sendMessage", chat_id=grown.id, text="x"))["ok"]


async def test_topics_open_carry_close_and_go(api: LocalBotApi, call: Call, awa: Phone) -> None:
    chat = new_group(api, "Équipe", awa, forum=True, admin=True)
    topic = (await call("createForumTopic", chat_id=chat.id, name="Les Tilleuls"))["result"]
    thread = {"chat_id": chat.id, "message_thread_id": topic["message_thread_id"]}
    sent = (await call("sendMessage", **thread, text="ici"))["result"]
    assert sent["message_thread_id"] == topic["message_thread_id"]
    phone = awa.in_group(chat)
    answer = await phone.writes("là", reply_to=await phone.sees("ici"))
    assert answer.topic == topic["message_thread_id"]
    assert (await call("editForumTopic", **thread, name="Le Verger"))["ok"]
    assert (await call("closeForumTopic", **thread))["ok"]
    assert (await call("closeForumTopic", **thread))["description"] == "Bad Request: TOPIC_NOT_MODIFIED"
    assert (await call("reopenForumTopic", **thread))["ok"]
    assert (await call("deleteForumTopic", **thread))["ok"]
    assert (await call("sendMessage", **thread, text="x"))["description"] == (
        "Bad Request: message thread not found"
    )
    assert not phone.shows("ici")


async def test_a_private_chat_has_topics_once_the_bot_has_them(
    api: LocalBotApi, call: Call, awa: Phone
) -> None:
    api.world.bot.topics_enabled = True
    topic = (await call("createForumTopic", chat_id=awa.id, name="Lina"))["result"]
    await call("sendMessage", chat_id=awa.id, message_thread_id=topic["message_thread_id"], text="ici")
    assert (await awa.sees("ici")).topic == topic["message_thread_id"]
    assert (await call("getMe"))["result"]["has_topics_enabled"] is True


async def test_topics_need_an_administrator(api: LocalBotApi, call: Call, awa: Phone) -> None:
    chat = new_group(api, "Équipe", awa, forum=True)
    refused = await call("createForumTopic", chat_id=chat.id, name="x")
    assert refused["description"] == "Bad Request: not enough rights to create a topic"


async def test_what_is_known_of_a_chat(api: LocalBotApi, call: Call, awa: Phone) -> None:
    chat = new_group(api, "Équipe", awa, admin=True)
    assert (await call("getChat", chat_id=awa.id))["result"]["first_name"] == "Awa"
    assert (await call("getChat", chat_id=chat.id))["result"]["title"] == "Équipe"
    assert (await call("getChatMemberCount", chat_id=chat.id))["result"] == 2
    administrators = (await call("getChatAdministrators", chat_id=chat.id))["result"]
    assert [one["status"] for one in administrators] == ["creator", "administrator"]
    member = await call("getChatMember", chat_id=chat.id, user_id=awa.id)
    assert member["result"]["status"] == "creator"


async def test_messages_are_pinned_and_unpinned(call: Call, awa: Phone) -> None:
    sent = (await call("sendMessage", chat_id=awa.id, text="à retenir"))["result"]
    place = {"chat_id": awa.id, "message_id": sent["message_id"]}
    await call("pinChatMessage", **place)
    assert (await awa.sees("à retenir")).pinned
    assert (await call("getChat", chat_id=awa.id))["result"]["pinned_message"]["text"] == "à retenir"
    await call("unpinChatMessage", **place)
    assert not (await awa.sees("à retenir")).pinned
    refused = await call("unpinChatMessage", chat_id=awa.id)
    assert refused["description"] == "Bad Request: message to unpin not found"
    await call("pinChatMessage", **place)
    assert (await call("unpinAllChatMessages", chat_id=awa.id))["ok"]
