"""What a card cannot hold goes under it: more words, media as they are, words that are too long."""

from bot import owe
from bot.team import hides_content
from bot.texts import card as texts
from bot.texts import receipt as receipt_texts
from storage import conversations, dialogues
from storage.conversations import Bubble, Conversation, Message
from storage.store import Work

CAPTIONED = ("photo", "video", "animation", "audio", "voice", "document")
"""Kinds whose caption we may write."""
SHOWN = ("copy", "caption", "old-words")
"""Parts under a card in which a message of that conversation stands."""
UNCOPIABLE = "other"
"""The kind of what Telegram does not let us copy."""
READY, READY_SENT = "ready", "ready-sent"
"""Parts of a ready message under a card: it waits for her touch, or it has left."""


async def under(
    work: Work,
    conversation: Conversation,
    message: Message,
    source: Bubble | None,
    card: Bubble,
    *,
    author: str,
    silent: bool,
) -> None:
    """Put one message under a card; ``author``: the name of who said it, ``source``: where she did."""
    hide = await hides_content(work, conversation.reader_id)
    if message.kind == "text":
        words = texts.follow_up(teacher=author, words=message.text or "", hide=hide)
        _words(work, conversation, message, card, words, part="copy", silent=silent)
    elif message.kind == UNCOPIABLE or source is None:
        return
    elif message.album is not None:
        if message.text:  # the pictures leave together, without their caption
            album_caption(work, conversation, message, card, author=author, hide=hide)
        await owe.album(
            work,
            card.address,
            source,
            group=message.album,
            part="copy",
            conversation=conversation,
            message=message,
            silent=silent,
            protected=True,
            bare=True,
        )
    else:
        captioned = bool(message.text) and hide and message.kind in CAPTIONED
        owe.copy(
            work,
            card.address,
            source,
            part="copy",
            conversation=conversation,
            message=message,
            caption=texts.caption(words=message.text or "", hide=hide) if captioned else None,
            silent=silent,
            protected=True,
            reply_to=card,
        )
    if message.old_text is not None:
        old_words(work, conversation, message, card, silent=True)


def _words(
    work: Work,
    conversation: Conversation,
    message: Message,
    card: Bubble,
    words: str,
    *,
    part: str,
    silent: bool,
) -> None:
    owe.send(
        work,
        card.address,
        words,
        part=part,
        conversation=conversation,
        message=message,
        silent=silent,
        protected=True,
        reply_to=card,
    )


def album_caption(
    work: Work, conversation: Conversation, message: Message, card: Bubble, *, author: str, hide: bool
) -> None:
    """An album's words, in a bubble of their own."""
    words = texts.follow_up(teacher=author, words=message.text or "", hide=hide)
    _words(work, conversation, message, card, words, part="caption", silent=True)


def old_words(
    work: Work, conversation: Conversation, message: Message, card: Bubble, *, silent: bool
) -> None:
    """What a late edit replaced, one tap away until she takes it back."""
    text = texts.old_words(words=message.old_text or "")
    _words(work, conversation, message, card, text, part="old-words", silent=silent)


async def mend(work: Work, message: Message, bubble: Bubble, *, author: str, hide: bool) -> None:
    """One bubble under a card says what its message says now."""
    words = message.text or ""
    if bubble.part == "caption" or message.kind == "text":
        await owe.edit(work, bubble, texts.follow_up(teacher=author, words=words, hide=hide, edited=True))
    elif message.kind in CAPTIONED and message.album is None:
        await owe.edit(work, bubble, texts.caption(words=words, hide=hide, edited=True), caption=True)


def say_not_carried(
    work: Work,
    conversation: Conversation,
    source: Bubble,
    card: Bubble,
    *,
    said: str,
    telephone: str,
    silent: bool,
) -> None:
    """What Telegram does not let us copy is told to both: ``said`` under the card, and to its author."""
    owe.send(work, card.address, said, part="note", conversation=conversation, silent=silent, reply_to=card)
    owe.send(
        work,
        source.address,
        receipt_texts.not_carried(telephone=telephone),
        part="note",
        conversation=conversation,
        silent=True,
    )


async def drop_ready(work: Work, conversation: Conversation) -> None:
    """A ready message that has not left is no longer offered: she answered, or it is not hers any more."""
    for bubble in await conversations.bubbles_of(work.session, conversation.id, READY):
        await dialogues.close(work.session, bubble.address, f"{READY}:{bubble.id}")
        await owe.remove(work, bubble)
