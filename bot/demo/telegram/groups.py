"""Groups: made by people, joined by the bot, grown into supergroups."""

from typing import get_args

from bot.demo.telegram import wire
from bot.demo.telegram.models import BotStatus, Chat, Json, Message
from bot.demo.telegram.refused import Refused
from bot.demo.telegram.views import group_view
from bot.demo.telegram.world import World
from bot.texts import emulator as texts


def create(
    world: World,
    title: str,
    members: list[int],
    *,
    forum: bool = False,
    supergroup: bool = False,
    admin: bool = False,
) -> Chat:
    """Make a group; its first member adds the bot. Forums are supergroups. `admin`: the bot is an
    administrator at once."""
    large = supergroup or forum
    chat = _new(world, title, members, large=large)
    chat.forum = forum
    chat.bot = "left"
    world.chats[chat.id] = chat
    join(world, chat, by=members[0])
    if admin:
        world.bot_becomes(chat, "administrator", by=members[0])
    return chat


def join(world: World, chat: Chat, *, by: int) -> None:
    """A member adds the bot: it is told, and sees the service message that says so."""
    world.bot_becomes(chat, "member", by=by)
    _say(world, chat, by, {"new_chat_members": [wire.bot_user(world.bot)]})


def set_bot(world: World, chat: Chat, status: str) -> None:
    """The first member adds, promotes or removes the bot."""
    by = chat.members[0]
    if status == "member" and chat.bot in ("left", "kicked"):
        join(world, chat, by=by)
    elif status == "kicked" and chat.bot in ("member", "administrator"):
        # The bot is gone before the service message: it hears my_chat_member only.
        world.bot_becomes(chat, "kicked", by=by)
        _say(world, chat, by, {"left_chat_member": wire.bot_user(world.bot)})
    elif status in get_args(BotStatus) and status not in ("left", "kicked"):
        world.bot_becomes(chat, "administrator" if status == "administrator" else "member", by=by)
    else:
        raise Refused(400, texts.bad_value(name="status"))


def bot_leaves(world: World, chat: Chat) -> None:
    """The bot goes by itself: members see the service message, it does not."""
    world.bot_becomes(chat, "left", by=world.bot.id)
    _say(world, chat, world.bot.id, {"left_chat_member": wire.bot_user(world.bot)})


def upgrade(world: World, chat: Chat) -> Chat:
    """A group becomes a supergroup under a new id; both chats say so, and writing to the old id is
    refused."""
    if chat.type != "group":
        raise Refused(409, texts.bad_value(name="chat"))
    grown = _new(world, chat.title, list(chat.members), large=True)
    grown.bot = chat.bot
    world.chats[grown.id] = grown
    world.touch("chat", grown.id)
    _say(world, chat, chat.members[0], {"migrate_to_chat_id": grown.id})
    chat.migrated_to = grown.id
    world.touch("chat", chat.id)
    _say(world, grown, chat.members[0], {"migrate_from_chat_id": chat.id})
    world.events.publish("group", group_view(grown))
    return grown


def _new(world: World, title: str, members: list[int], *, large: bool) -> Chat:
    if large:
        chat = Chat(world.next_supergroup, "supergroup", title, members)
        world.next_supergroup -= 1
    else:
        chat = Chat(world.next_group, "group", title, members)
        world.next_group -= 1
    return chat


def _say(world: World, chat: Chat, who: int, content: Json) -> None:
    world.post(
        Message(
            id=world.new_message_id(chat),
            chat_id=chat.id,
            sender_id=who,
            date=world.clock.unix(),
            content=content,
            silent=True,
        )
    )
