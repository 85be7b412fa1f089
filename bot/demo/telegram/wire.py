"""The objects of the Bot API, made from what the emulator remembers. Held to the official specification by
a test."""

from typing import TYPE_CHECKING

from bot.demo.telegram.models import Chat, Json, Message, Person, Profile, StoredFile

if TYPE_CHECKING:
    from bot.demo.telegram.world import World


def user(person: Person) -> Json:
    """Return a User."""
    shown: Json = {"id": person.id, "is_bot": False, "first_name": person.first_name}
    if person.last_name:
        shown["last_name"] = person.last_name
    if person.username:
        shown["username"] = person.username
    if person.language_code:
        shown["language_code"] = person.language_code
    return shown


def bot_user(bot: Profile) -> Json:
    """Return the bot as a User, as others see it."""
    return {"id": bot.id, "is_bot": True, "first_name": bot.name, "username": bot.username}


def me(bot: Profile) -> Json:
    """Return the bot as getMe shows it."""
    return bot_user(bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": bot.topics_enabled,
        "allows_users_to_create_topics": bot.topics_enabled,
        "can_manage_bots": False,
        "supports_guest_queries": False,
        "supports_join_request_queries": False,
    }


def sender(world: "World", user_id: int) -> Json:
    """Return the User of this id: the bot or a person."""
    return bot_user(world.bot) if user_id == world.bot.id else user(world.people[user_id])


def chat(world: "World", shown: Chat) -> Json:
    """Return a Chat."""
    if shown.type == "private":
        person = world.people[shown.id]
        body: Json = {"id": shown.id, "type": "private", "first_name": person.first_name}
        if person.last_name:
            body["last_name"] = person.last_name
        if person.username:
            body["username"] = person.username
        return body
    body = {"id": shown.id, "type": shown.type, "title": shown.title}
    if shown.forum:
        body["is_forum"] = True
    return body


def message(world: "World", shown: Message, *, reply: bool = True) -> Json:
    """Return a Message. Its reply is one level deep, as in Telegram (`reply=False` at the second)."""
    body: Json = {
        "message_id": shown.id,
        "from": sender(world, shown.sender_id),
        "chat": chat(world, world.chats[shown.chat_id]),
        "date": shown.date,
    }
    if shown.edited is not None:
        body["edit_date"] = shown.edited
    if shown.thread is not None:
        body["message_thread_id"] = shown.thread
        body["is_topic_message"] = True
    if shown.forward_origin is not None:
        body["forward_origin"] = shown.forward_origin
    if shown.album is not None:
        body["media_group_id"] = shown.album
    if reply and shown.reply_to is not None:
        target = world.chats[shown.chat_id].messages.get(shown.reply_to)
        if target is not None:
            body["reply_to_message"] = message(world, target, reply=False)
    if reply and shown.external_reply is not None:
        body["external_reply"] = shown.external_reply
    if reply and shown.quote is not None:
        body["quote"] = shown.quote
    body.update(shown.content)
    if shown.preview is not None:
        body["link_preview_options"] = shown.preview
    if shown.protected:
        body["has_protected_content"] = True
    if shown.markup is not None and "inline_keyboard" in shown.markup:
        body["reply_markup"] = shown.markup
    return body


def file(stored: StoredFile) -> Json:
    """Return a File, ready to be downloaded."""
    return {
        "file_id": stored.id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.data),
        "file_path": stored.path,
    }


def member(world: "World", user_id: int, status: str) -> Json:
    """Return a ChatMember of this status."""
    body: Json = {"status": status, "user": sender(world, user_id)}
    if status == "kicked":
        body["until_date"] = 0
    if status == "administrator":
        body |= dict.fromkeys(ADMINISTRATOR_RIGHTS, True) | {"can_be_edited": False, "is_anonymous": False}
    if status == "creator":
        body["is_anonymous"] = False
    return body


ADMINISTRATOR_RIGHTS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
    "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories",
)  # fmt: skip
