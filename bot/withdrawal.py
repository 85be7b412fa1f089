"""« Retirer »: a bot never learns that somebody deleted a message, so she says it to us."""

import re
from collections.abc import Sequence
from datetime import timedelta

from bot import alert, cards, carry, owe, promises, to_whom, today
from bot.erase import erase
from bot.incoming import Incoming, Press
from bot.team import desk_for
from bot.texts import answers as answer_texts
from bot.texts import card as card_texts
from bot.texts import withdrawal as texts
from storage import conversations, inbox
from storage.conversations import Bubble, Conversation, Message
from storage.people import Known
from storage.store import Work
from storage.trace import Access

RAW_KEPT = timedelta(days=4)
"""Longer than raw updates are kept (bot/scheduler.py)."""
TWICE = timedelta(seconds=5)
"""A second tap this soon is the same tap."""


async def latest(work: Work, press: Press) -> str | None:
    """« Retirer » on the receipt: her latest bubble in that conversation."""
    if press.bubble is None or press.bubble.conversation_id is None or press.known is None:
        return card_texts.too_old()
    conversation = await work.session.get_one(Conversation, press.bubble.conversation_id)
    if conversation.teacher_id != press.known.person.id:
        return card_texts.not_yours()
    said = [one for one in await conversations.messages_of(work.session, conversation.id) if one.from_teacher]
    taken = [one.withdrawn_at for one in said if one.withdrawn_at is not None]
    if taken and work.now - max(taken) < TWICE:
        return texts.done(at=max(taken))
    left = [one for one in said if one.withdrawn_at is None]
    if not left:
        return texts.nothing()
    await _take_back(work, conversation, left[-1])
    return texts.done(at=work.now)


async def replied(work: Work, known: Known, incoming: Incoming) -> None:
    """``/retirer`` as a reply to one of her own bubbles: that one; alone: her latest."""
    message = None
    if incoming.reply_to is not None:
        source = await conversations.bubble_at(work.session, incoming.address, incoming.reply_to)
        hers = source is not None and source.part in ("source", carry.READY_SENT)
        if source is not None and hers and source.message_id is not None:
            message = await work.session.get_one(Message, source.message_id)
    else:
        conversation = await conversations.latest_of_teacher(work.session, known.person.id)
        if conversation is not None:
            message = await conversations.latest_from_teacher(work.session, conversation.id)
    if message is None or message.author_id != known.person.id or message.withdrawn_at is not None:
        owe.send(work, incoming.address, texts.nothing(), part="note", silent=True)
        return
    await _take_back(work, await work.session.get_one(Conversation, message.conversation_id), message)
    owe.send(work, incoming.address, texts.done(at=work.now), part="note", silent=True)


async def _take_back(work: Work, conversation: Conversation, message: Message) -> None:
    """Withdraw one thing said; what was promised, or held for answered, follows what is left."""
    said = [
        one
        for one in await conversations.messages_of(work.session, conversation.id)
        if one.withdrawn_at is None
    ]
    for one in _together(said, message):
        await withdraw(work, one)
    left = [one for one in said if one.withdrawn_at is None and not one.closing]
    if message.from_teacher and not any(one.from_teacher for one in left):
        await _nothing_left(work, conversation)
    elif conversation.state == "answered" and not message.from_teacher and left and left[-1].from_teacher:
        await to_whom.unanswered(work, conversation)


async def _nothing_left(work: Work, conversation: Conversation) -> None:
    """Nobody waits any more for an answer to words that are gone, unless in danger or for a call.

    Her next words begin anew, with a receipt of their own.
    """
    await cards.receipt_says(work, conversation, texts.done(at=work.now), over=True)
    owed = conversation.danger_at is not None or conversation.call_at is not None
    if owed or conversation.state not in ("waiting", "taken"):
        return
    conversation.state, conversation.closed_at, conversation.current = "closed", work.now, False
    await carry.drop_ready(work, conversation)
    await promises.settle(work, conversation, conversation.reader_id, answered=False)
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    await cards.refresh(work, desk, conversation)


def _together(said: Sequence[Message], message: Message) -> list[Message]:
    """An album is taken back whole."""
    if message.album is None:
        return [message]
    return [one for one in said if one.album == message.album and one.author_id == message.author_id]


async def withdraw(work: Work, message: Message) -> None:
    """Erase a message here and on the other side; the trace stays, and an alert goes on."""
    message.text, message.old_text, message.withdrawn_at = None, None, work.now
    conversation = await work.session.get_one(Conversation, message.conversation_id)
    work.add(
        Access(
            centre_id=message.centre_id,
            person_id=message.author_id,
            conversation_id=conversation.id,
            what="withdrawn",
            at=work.now,
        )
    )
    await work.flush()
    await today.called_off(work, message)
    author = await cards.name_of(work, message.author_id)
    for bubble in await conversations.bubbles_of_message(work.session, message.id):
        if bubble.removed_at is not None:
            continue
        if bubble.part == "source":
            await _forget_update(work, bubble)
        elif bubble.part == "copy" and message.kind == "text" and message.from_teacher:
            await owe.edit(work, bubble, card_texts.withdrawn(teacher=author, at=work.now))
        elif bubble.part in (*carry.SHOWN, "answer", "name"):
            await erase(work, bubble, message.kind)
        elif bubble.part == carry.READY_SENT:
            teacher = await cards.name_of(work, conversation.teacher_id)
            await owe.edit(work, bubble, answer_texts.unsent(teacher=teacher))
        elif bubble.part == "today":
            await today.show_again(work, bubble)
    await work.flush()
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    await cards.refresh(work, desk, conversation)
    await alert.show_again(work, conversation)


async def _forget_update(work: Work, source: Bubble) -> None:
    """The raw update is kept some days for the operator: not when its words were taken back."""
    said = re.compile(rf'"message_id": {source.ref}\b')
    await inbox.forget(work.session, source.address, work.now - RAW_KEPT, lambda raw: bool(said.search(raw)))
