"""copyMessage(s) and forwardMessage(s): albums stay whole, replies and origins do not travel with a copy."""

import secrets
from collections import Counter
from copy import deepcopy
from itertools import pairwise

from bot.demo.telegram import wire
from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.methods.messages import Draft, caption_content, find, open_chat
from bot.demo.telegram.methods.registry import method, one
from bot.demo.telegram.models import CAPTIONED, Chat, Json, Message
from bot.demo.telegram.params import Args
from bot.demo.telegram.world import World

_CAPTION = ("caption", "caption_entities", "show_caption_above_media")


def _each(args: Args) -> int:
    return len(args.items("message_ids") or []) or 1


@method("copyMessage", cost=one)
def copy_message(world: World, args: Args) -> Json:
    """Send the content of a message again, as one's own; a caption given replaces the old one, "" takes it
    away."""
    chat = open_chat(world, args)
    source = _source(world, args)
    message = find(source, args.integer("message_id"), "copy")
    if not _copyable(message):
        raise bad_request("message can't be copied")
    content = deepcopy(message.content)
    if "caption" in args.values and message.kind in CAPTIONED:
        content = _without_caption(content) | caption_content(args)
    return {"message_id": Draft(world, chat, args).post(_fresh(content), preview=message.preview).id}


@method("copyMessages", cost=_each)
def copy_messages(world: World, args: Args) -> list[Json]:
    """Copy several messages in order; those that are not there or cannot be copied are skipped."""
    chat = open_chat(world, args)
    found = [message for message in _several(world, args) if _copyable(message)]
    if not found:
        raise bad_request("there are no messages to forward")  # a copy is a kind of forward there
    draft = Draft(world, chat, args)
    albums = _albums(found)
    copied = []
    for message in found:
        content = deepcopy(message.content)
        if args.flag("remove_caption"):
            content = _without_caption(content)
        album = albums.get(message.album or "")
        copied.append({"message_id": draft.post(_fresh(content), album=album, preview=message.preview).id})
    return copied


@method("forwardMessage", cost=one)
def forward_message(world: World, args: Args) -> Json:
    """Forward a message, with its origin."""
    chat = open_chat(world, args)
    message = find(_source(world, args), args.integer("message_id"), "forward")
    if message.protected:
        raise bad_request("message has protected content and can't be forwarded")
    if not _forwardable(message):
        raise bad_request("message can't be forwarded")
    return wire.message(world, _forward(world, Draft(world, chat, args), message, None))


@method("forwardMessages", cost=_each)
def forward_messages(world: World, args: Args) -> list[Json]:
    """Forward several messages in order; those that are not there or cannot be forwarded are skipped."""
    chat = open_chat(world, args)
    found = [message for message in _several(world, args) if _forwardable(message)]
    if not found:
        raise bad_request("there are no messages to forward")
    draft = Draft(world, chat, args)
    albums = _albums(found)
    sent = []
    for message in found:
        album = albums.get(message.album or "")
        sent.append({"message_id": _forward(world, draft, message, album).id})
    return sent


def new_album() -> str:
    """Return a new media_group_id."""
    return str(secrets.randbits(53))


def origin(world: World, message: Message) -> Json:
    """Return the origin that a forward of this message shows: the first author's, however often it is
    passed on."""
    if message.forward_origin is not None:
        return message.forward_origin
    return {"type": "user", "date": message.date, "sender_user": wire.sender(world, message.sender_id)}


def _forward(world: World, draft: Draft, message: Message, album: str | None) -> Message:
    content = _fresh(deepcopy(message.content))
    return draft.post(content, album=album, forward_origin=origin(world, message), preview=message.preview)


def _source(world: World, args: Args) -> Chat:
    """Return the chat copied from: reading it asks for less than writing there, but the bot must know it."""
    chat = world.chats.get(args.chat_id("from_chat_id"))
    if chat is None or (chat.type == "private" and not world.people[chat.id].started):
        raise bad_request("chat not found")
    return chat


def _several(world: World, args: Args) -> list[Message]:
    source = _source(world, args)
    ids = args.message_ids()
    if any(later <= earlier for earlier, later in pairwise(ids)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    return [source.messages[message_id] for message_id in ids if message_id in source.messages]


def _albums(found: list[Message]) -> dict[str, str]:
    """Return the new album of each old one that keeps two members at least; one alone is no album."""
    members = Counter(message.album for message in found if message.album)
    return {album: new_album() for album, count in members.items() if count > 1}


def _copyable(message: Message) -> bool:
    return message.kind != "service"


def _forwardable(message: Message) -> bool:
    return message.kind != "service" and not message.protected


def _without_caption(content: Json) -> Json:
    return {name: value for name, value in content.items() if name not in _CAPTION}


def _fresh(content: Json) -> Json:
    """A poll and a dice are new when they are sent again: their own id, no votes."""
    if "poll" in content:
        options = [option | {"voter_count": 0} for option in content["poll"]["options"]]
        return content | {
            "poll": content["poll"]
            | {"id": str(secrets.randbits(62)), "options": options, "total_voter_count": 0}
        }
    return content
