"""Chats as the bot sees them: what they are, who is in, leaving, pinning."""

from bot.demo.telegram import groups, wire
from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.methods.messages import find, open_chat
from bot.demo.telegram.methods.registry import method
from bot.demo.telegram.models import Chat, Json, Message
from bot.demo.telegram.params import Args
from bot.demo.telegram.world import World

_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
_DEFAULT_COLOR = 0


@method("getChat")
def get_chat(world: World, args: Args) -> Json:
    """Return all that is known of a chat."""
    chat = open_chat(world, args)
    shown = wire.chat(world, chat)
    shown |= {"accent_color_id": _DEFAULT_COLOR, "max_reaction_count": 11}
    shown["accepted_gift_types"] = dict.fromkeys(_GIFTS, False)
    if chat.type == "private" and shown.get("username"):
        shown["active_usernames"] = [shown["username"]]
    pinned = [message for message in chat.messages.values() if message.pinned]
    if pinned:
        shown["pinned_message"] = wire.message(world, pinned[-1])
    return shown


@method("getChatMember")
def get_chat_member(world: World, args: Args) -> Json:
    """Return what a user is in a chat."""
    chat = open_chat(world, args)
    user_id = args.integer("user_id")
    if user_id == world.bot.id:
        return wire.member(world, user_id, chat.bot)
    if user_id not in world.people:
        raise bad_request("invalid user_id specified")
    return wire.member(world, user_id, _status(chat, user_id))


@method("getChatMemberCount")
def get_chat_member_count(world: World, args: Args) -> int:
    """Return how many are in a chat, the bot among them."""
    chat = open_chat(world, args)
    return 2 if chat.type == "private" else len(chat.members) + 1


@method("getChatAdministrators")
def get_chat_administrators(world: World, args: Args) -> list[Json]:
    """Return the administrators of a group, bots other than this one left out (there are none)."""
    chat = open_chat(world, args)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    shown = [wire.member(world, chat.members[0], "creator")] if chat.members else []
    return shown + (
        [wire.member(world, world.bot.id, "administrator")] if chat.bot == "administrator" else []
    )


@method("leaveChat")
def leave_chat(world: World, args: Args) -> bool:
    """Leave a group."""
    chat = open_chat(world, args)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    groups.bot_leaves(world, chat)
    return True


@method("pinChatMessage")
def pin_chat_message(world: World, args: Args) -> bool:
    """Pin a message; a service message says so."""
    chat = open_chat(world, args)
    message = find(chat, args.integer("message_id"), "pin")
    _may_pin(chat)
    if not message.pinned:
        message.pinned = True
        world.edited(message)
        world.post(_service(world, chat, {"pinned_message": wire.message(world, message, reply=False)}))
    return True


@method("unpinChatMessage")
def unpin_chat_message(world: World, args: Args) -> bool:
    """Unpin one message, or the newest pinned."""
    chat = open_chat(world, args)
    _may_pin(chat)
    wanted = args.integer("message_id")
    pinned = [message for message in chat.messages.values() if message.pinned and wanted in (0, message.id)]
    if not pinned:
        raise bad_request("message to unpin not found")
    pinned[-1].pinned = False
    world.edited(pinned[-1])
    return True


@method("unpinAllChatMessages")
def unpin_all_chat_messages(world: World, args: Args) -> bool:
    """Unpin all."""
    chat = open_chat(world, args)
    _may_pin(chat)
    for message in chat.messages.values():
        if message.pinned:
            message.pinned = False
            world.edited(message)
    return True


def _status(chat: Chat, user_id: int) -> str:
    if chat.type == "private":
        return "member" if user_id == chat.id else "left"
    if user_id not in chat.members:
        return "left"
    return "creator" if user_id == chat.members[0] else "member"


def _may_pin(chat: Chat) -> None:
    if chat.type != "private" and chat.bot != "administrator":
        raise bad_request("not enough rights to manage pinned messages in the chat")


def _service(world: World, chat: Chat, content: Json) -> Message:
    return Message(
        id=world.new_message_id(chat),
        chat_id=chat.id,
        sender_id=world.bot.id,
        date=world.clock.unix(),
        content=content,
        silent=True,
    )
