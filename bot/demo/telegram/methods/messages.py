"""sendMessage, and what all sending methods share: the chat, the topic, the reply, the flags."""

from typing import Any

from bot.demo.telegram import errors, wire
from bot.demo.telegram.entities import formatted, utf16_length
from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.methods import markup
from bot.demo.telegram.methods.registry import method, one
from bot.demo.telegram.models import Chat, Json, Message
from bot.demo.telegram.params import Args
from bot.demo.telegram.world import World

MAX_TEXT = 4096  # UTF-16 units after parsing
MAX_CAPTION = 1024


@method("sendMessage", cost=one)
def send_message(world: World, args: Args) -> Json:
    """Send a text."""
    chat = open_chat(world, args)
    content = text_content(args, too_long="message is too long")
    draft = Draft(world, chat, args)
    return wire.message(world, draft.post(content, preview=args.object("link_preview_options")))


@method("sendChatAction")
def send_chat_action(world: World, args: Args) -> bool:
    """Show « en train d'écrire » and the like, for five seconds or until the next message."""
    chat = open_chat(world, args)
    action = args.text("action").lower()
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    thread = args.integer("message_thread_id")
    world.actions[chat.id, thread] = (action, world.clock.now().timestamp() + 5)
    for person in world.viewers(chat):
        world.events.publish(
            "action", {"person": person.id, "chat_id": chat.id, "action": action, "seconds": 5}
        )
    return True


_ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip


def open_chat(world: World, args: Args, name: str = "chat_id") -> Chat:
    """Return the chat of this call, or raise the reason why the bot may not write there."""
    return world.chat_for_bot(args.chat_id(name))


def text_content(args: Args, *, too_long: str) -> Json:
    """Return the text of this call and its entities, or raise."""
    text, entities = formatted(args.text("text"), args.optional("parse_mode"), args.items("entities"))
    if not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > MAX_TEXT:
        raise bad_request(too_long)
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    return content


def caption_content(args: Args) -> Json:
    """Return the caption of this call and its entities: empty when there is no caption."""
    text, entities = formatted(
        args.text("caption"), args.optional("parse_mode"), args.items("caption_entities")
    )
    if utf16_length(text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    content: Json = {}
    if text:
        content["caption"] = text
    if entities:
        content["caption_entities"] = entities
    if text and args.flag("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


class Draft:
    """What a sending call says besides its content, checked before anything is posted."""

    def __init__(self, world: World, chat: Chat, args: Args) -> None:
        self.world = world
        self.chat = chat
        self.markup = markup.read(args)
        self.silent = args.flag("disable_notification")
        self.protected = args.flag("protect_content")
        self.thread = self._thread(args.integer("message_thread_id"))
        self.reply_to: int | None = None
        self.external_reply: Json | None = None
        self.quote: Json | None = None
        self._reply(args)

    def _thread(self, thread: int) -> int | None:
        if not thread:
            return None
        if (
            self.world.topic(self.chat, thread).closed
            and self.chat.bot != "administrator"
            and self.chat.type != "private"
        ):
            raise bad_request("TOPIC_CLOSED")
        return thread

    def _reply(self, args: Args) -> None:
        reply = args.object("reply_parameters") or {}
        target = Args(reply).integer("message_id")
        if not target:
            return
        source = self.chat
        if reply.get("chat_id") and Args(reply).chat_id() != self.chat.id:
            source = self.world.chat_for_bot(Args(reply).chat_id())
        replied = source.messages.get(target)
        if replied is None:
            if reply.get("allow_sending_without_reply"):
                return
            raise bad_request("message to be replied not found")
        if source is self.chat:
            self.reply_to = target
            self.thread = self.thread or replied.thread
        else:
            self.external_reply = _external(self.world, replied)
        if reply.get("quote"):
            self.quote = _quote(replied, reply)

    def post(self, content: Json, **fields: Any) -> Message:
        """Post a message of the bot with this content."""
        message = Message(
            id=self.world.new_message_id(self.chat),
            chat_id=self.chat.id,
            sender_id=self.world.bot.id,
            date=self.world.clock.unix(),
            content=content,
            thread=self.thread,
            reply_to=self.reply_to,
            external_reply=self.external_reply,
            quote=self.quote,
            markup=self.markup,
            silent=self.silent,
            protected=self.protected,
            **fields,
        )
        markup.show(self.world, self.chat, self.markup)
        return self.world.post(message)


def _external(world: World, replied: Message) -> Json:
    shown: Json = {
        "origin": {
            "type": "user",
            "date": replied.date,
            "sender_user": wire.sender(world, replied.sender_id),
        },
        "chat": wire.chat(world, world.chats[replied.chat_id]),
        "message_id": replied.id,
    }
    kept = ("text", "entities", "caption", "caption_entities", "show_caption_above_media")
    return shown | {name: value for name, value in replied.content.items() if name not in kept}


def _quote(replied: Message, reply: Json) -> Json:
    given = Args(reply)
    text, entities = formatted(
        given.text("quote"), given.optional("quote_parse_mode"), given.items("quote_entities")
    )
    whole = replied.content.get("text") or replied.content.get("caption") or ""
    at = whole.find(text)
    if at < 0:
        raise bad_request("QUOTE_TEXT_INVALID")
    quote: Json = {"text": text, "position": utf16_length(whole[:at]), "is_manual": True}
    if entities:
        quote["entities"] = entities
    return quote


def find(chat: Chat, message_id: int, what: str) -> Message:
    """Return a message of this chat, or raise « message to `what` not found »."""
    message = chat.messages.get(message_id)
    if message is None:
        raise errors.bad_request(f"message to {what} not found")
    return message
