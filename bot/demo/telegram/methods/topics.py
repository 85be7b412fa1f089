"""Forum topics, in groups that are forums and in private chats when the bot has topics enabled."""

from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.methods.messages import open_chat
from bot.demo.telegram.methods.registry import method
from bot.demo.telegram.models import Chat, Json, Message, Topic
from bot.demo.telegram.params import Args
from bot.demo.telegram.world import World

_COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)


@method("createForumTopic")
def create_forum_topic(world: World, args: Args) -> Json:
    """Open a topic; its id is that of the service message which opens it."""
    chat = _forum(world, args)
    name = _name(args)
    color = args.integer("icon_color", _COLORS[0])
    if color not in _COLORS:
        raise bad_request("invalid forum topic icon color specified")
    opened = _say(world, chat, {"forum_topic_created": {"name": name, "icon_color": color}}, None)
    chat.topics[opened.id] = Topic(opened.id, name, color)
    world.touch("chat", chat.id)
    return {"message_thread_id": opened.id, "name": name, "icon_color": color}


@method("editForumTopic")
def edit_forum_topic(world: World, args: Args) -> bool:
    """Rename a topic."""
    chat = _forum(world, args)
    topic = world.topic(chat, args.integer("message_thread_id"))
    if args.text("name"):
        if args.text("name") == topic.name:
            raise bad_request("TOPIC_NOT_MODIFIED")
        topic.name = _name(args)
        _say(world, chat, {"forum_topic_edited": {"name": topic.name}}, topic.id)
    world.touch("chat", chat.id)
    return True


@method("closeForumTopic")
def close_forum_topic(world: World, args: Args) -> bool:
    """Close a topic: only administrators write there."""
    return _turn(world, args, closed=True)


@method("reopenForumTopic")
def reopen_forum_topic(world: World, args: Args) -> bool:
    """Open a topic again."""
    return _turn(world, args, closed=False)


@method("deleteForumTopic")
def delete_forum_topic(world: World, args: Args) -> bool:
    """Delete a topic with all its messages."""
    chat = _forum(world, args)
    topic = world.topic(chat, args.integer("message_thread_id"))
    del chat.topics[topic.id]
    world.delete(
        chat, [message.id for message in chat.messages.values() if topic.id in (message.thread, message.id)]
    )
    world.touch("chat", chat.id)
    return True


def _turn(world: World, args: Args, *, closed: bool) -> bool:
    chat = _forum(world, args)
    topic = world.topic(chat, args.integer("message_thread_id"))
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    _say(world, chat, {"forum_topic_closed" if closed else "forum_topic_reopened": {}}, topic.id)
    world.touch("chat", chat.id)
    return True


def _forum(world: World, args: Args) -> Chat:
    chat = open_chat(world, args)
    if chat.type == "private":
        if not world.bot.topics_enabled:
            raise bad_request("the chat is not a forum")
    elif not chat.forum:
        raise bad_request("the chat is not a forum")
    elif chat.bot != "administrator":
        raise bad_request("not enough rights to create a topic")
    return chat


def _name(args: Args) -> str:
    name = args.text("name").strip()
    if not 1 <= len(name) <= 128:
        raise bad_request("TOPIC_TITLE_EMPTY" if not name else "topic name is too long")
    return name


def _say(world: World, chat: Chat, content: Json, thread: int | None) -> Message:
    return world.post(
        Message(
            id=world.new_message_id(chat),
            chat_id=chat.id,
            sender_id=world.bot.id,
            date=world.clock.unix(),
            content=content,
            thread=thread,
            silent=True,
        )
    )
