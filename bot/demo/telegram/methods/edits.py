"""Editing and deleting what was sent."""

from bot.demo.telegram import wire
from bot.demo.telegram.errors import bad_request, not_modified
from bot.demo.telegram.methods import markup, media
from bot.demo.telegram.methods.messages import caption_content, find, open_chat, text_content
from bot.demo.telegram.methods.registry import method
from bot.demo.telegram.models import CAPTIONED, Json, Message
from bot.demo.telegram.params import Args
from bot.demo.telegram.world import World

_DELETABLE_S = 48 * 3600
_DICE_KEPT_S = 24 * 3600
_CAPTION = ("caption", "caption_entities", "show_caption_above_media")


@method("editMessageText")
def edit_message_text(world: World, args: Args) -> Json:
    """Replace a text. An inline keyboard that is not given again disappears, as in Telegram."""
    message = _own(world, args)
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    content = text_content(args, too_long="MESSAGE_TOO_LONG")
    preview = args.object("link_preview_options")
    return _change(world, message, content, markup.read_inline(args), preview)


@method("editMessageCaption")
def edit_message_caption(world: World, args: Args) -> Json:
    """Replace, or with an empty one take away, the caption of a media."""
    message = _own(world, args)
    if message.kind not in CAPTIONED:
        raise bad_request("there is no caption in the message to edit")
    kept = {name: value for name, value in message.content.items() if name not in _CAPTION}
    return _change(world, message, kept | caption_content(args), markup.read_inline(args), message.preview)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(world: World, args: Args) -> Json:
    """Replace, or take away, the inline keyboard."""
    message = _own(world, args)
    return _change(world, message, message.content, markup.read_inline(args), message.preview)


@method("editMessageMedia")
def edit_message_media(world: World, args: Args) -> Json:
    """Replace the media of a message; an album's stays of its kind."""
    message = _own(world, args)
    described = args.object("media")
    if described is None:
        raise bad_request("there is no media in the request")
    content = media.described(world, args, described)
    if message.album is not None and message.kind not in content:
        raise bad_request("message can't be edited")
    return _change(world, message, content, markup.read_inline(args), None)


@method("deleteMessage")
def delete_message(world: World, args: Args) -> bool:
    """Delete one message."""
    chat = open_chat(world, args)
    message = find(chat, args.integer("message_id"), "delete")
    if not _deletable(world, message):
        raise bad_request("message can't be deleted for everyone")
    world.delete(chat, [message.id])
    return True


@method("deleteMessages")
def delete_messages(world: World, args: Args) -> bool:
    """Delete several messages; those that are not there, or too old, are skipped."""
    chat = open_chat(world, args)
    found = [chat.messages[message_id] for message_id in args.message_ids() if message_id in chat.messages]
    world.delete(chat, [message.id for message in found if _deletable(world, message)])
    return True


def _own(world: World, args: Args) -> Message:
    """Return the bot's own message that this call edits: there is no age beyond which it could not be."""
    if args.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")  # inline mode is not of this emulator
    chat = open_chat(world, args)
    if not args.text("message_id"):
        raise bad_request("message identifier is not specified")
    message = find(chat, args.integer("message_id"), "edit")
    other_keyboard = message.markup is not None and "inline_keyboard" not in message.markup
    if (
        message.sender_id != world.bot.id
        or message.forward_origin is not None
        or message.kind == "service"
        or other_keyboard
    ):
        raise bad_request("message can't be edited")
    return message


def _change(
    world: World, message: Message, content: Json, keyboard: Json | None, preview: Json | None
) -> Json:
    if content == message.content and keyboard == message.markup:
        raise not_modified()
    if content != message.content:
        message.edited = world.clock.unix()  # a keyboard alone does not mark the message as edited
    message.content, message.markup, message.preview = content, keyboard, preview
    world.edited(message)
    return wire.message(world, message)


def _deletable(world: World, message: Message) -> bool:
    age = world.clock.unix() - message.date
    chat = world.chats[message.chat_id]
    if chat.type != "private" and message.sender_id != world.bot.id:
        return chat.bot == "administrator"
    if chat.type == "private" and message.kind == "dice":
        return _DICE_KEPT_S < age <= _DELETABLE_S
    return age <= _DELETABLE_S
