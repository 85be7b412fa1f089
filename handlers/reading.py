"""Reading Telegram's updates into values that the use cases understand."""

from telegram import CallbackQuery, ChatMember, Message, Update

from bot import arrival
from bot.incoming import Incoming, Press
from bot.rules.paris import local_date
from storage import conversations, people
from storage.people import Known
from storage.store import Work

KINDS = (
    # Telegram's field, our word. A message has one of these; animation comes with a document.
    ("text", "text"),
    ("animation", "animation"),
    ("photo", "photo"),
    ("video", "video"),
    ("video_note", "video_note"),
    ("voice", "voice"),
    ("audio", "audio"),
    ("document", "document"),
    ("sticker", "sticker"),
    ("venue", "venue"),
    ("location", "place"),
    ("contact", "contact"),
    ("poll", "poll"),
    ("dice", "dice"),
)
"""The kinds Telegram lets a bot copy."""


async def who(update: Update, work: Work) -> Known | None:
    """Who writes, with what she is today; None for a stranger."""
    chat = update.effective_chat
    return None if chat is None else await people.known(work.session, str(chat.id), local_date(work.now))


def incoming(message: Message, card: str | None) -> Incoming:
    """What was written, in our words."""
    kind = next((ours for theirs, ours in KINDS if getattr(message, theirs)), "other")
    reply = message.reply_to_message
    user = message.from_user
    return Incoming(
        address=str(message.chat_id),
        ref=str(message.message_id),
        kind=kind,
        words=message.text or message.caption or "",
        other_words=_other_words(message),
        reply_to=str(reply.message_id) if reply is not None else None,
        album=message.media_group_id,
        carried=kind != "other" and _copiable(message),
        danger_card=card,
        shown_name=user.full_name if user is not None else "",
        telephone=message.contact.phone_number if message.contact is not None else "",
    )


def _copiable(message: Message) -> bool:
    """A quiz can be copied only by who knows its answer."""
    return message.poll is None or message.poll.type != "quiz" or message.poll.correct_option_ids is not None


def _other_words(message: Message) -> str:
    found = [
        message.document.file_name if message.document else None,
        message.audio.title if message.audio else None,
        message.sticker.emoji if message.sticker else None,
        message.venue.title if message.venue else None,
        message.venue.address if message.venue else None,
        message.poll.question if message.poll else None,
        *((one.text for one in message.poll.options) if message.poll else ()),
    ]
    return " \n".join(one for one in found if one)


async def press(query: CallbackQuery, update: Update, work: Work) -> Press:
    """A pressed button: its verb, and the bubble it stands on as we know it."""
    message = query.message
    chat = message.chat.id if message is not None else query.from_user.id
    ref = str(message.message_id) if message is not None else ""
    reply = message.reply_to_message if isinstance(message, Message) else None
    verb, _, argument = (query.data or "").partition(":")
    bubble = await conversations.bubble_at(work.session, str(chat), ref)
    return Press(
        address=str(chat),
        query=query.id,
        verb=verb,
        argument=argument,
        ref=ref,
        known=await people.known(work.session, str(chat), local_date(work.now)),
        bubble=bubble,
        under=str(reply.message_id) if reply is not None else None,
        shown_name=query.from_user.full_name,
    )


async def membership(update: Update, work: Work) -> None:
    """Somebody blocked the bot, or let it in again."""
    change = update.my_chat_member
    if change is None or change.chat.type != "private":
        return
    gone = change.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT)
    await arrival.reachable(work, str(change.chat.id), yes=not gone)


__all__ = ["incoming", "membership", "press", "who"]
