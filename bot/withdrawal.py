"""« Retirer »: a bot never learns that somebody deleted a message, so she says it to us."""

from bot import cards, danger, owe
from bot.incoming import Incoming, Press
from bot.team import desk_for
from bot.texts import card as card_texts
from bot.texts import withdrawal as texts
from storage import alerts, conversations
from storage.conversations import Bubble, Conversation, Message
from storage.people import Known
from storage.store import Work
from storage.trace import Access


async def latest(work: Work, press: Press) -> str | None:
    """« Retirer » on the receipt: her latest bubble in that conversation."""
    if press.bubble is None or press.bubble.conversation_id is None or press.known is None:
        return card_texts.too_old()
    conversation = await work.session.get_one(Conversation, press.bubble.conversation_id)
    if conversation.teacher_id != press.known.person.id:
        return card_texts.not_yours()
    message = await conversations.latest_from_teacher(work.session, conversation.id)
    if message is None:
        return texts.nothing()
    await withdraw(work, message)
    return texts.done(at=work.now)


async def replied(work: Work, known: Known, incoming: Incoming) -> None:
    """``/retirer`` as a reply to one of her own bubbles: that one; alone: her latest."""
    message = None
    if incoming.reply_to is not None:
        source = await conversations.bubble_at(work.session, incoming.address, incoming.reply_to)
        if source is not None and source.part == "source" and source.message_id is not None:
            message = await work.session.get_one(Message, source.message_id)
    else:
        conversation = await conversations.latest_of_teacher(work.session, known.person.id)
        if conversation is not None:
            message = await conversations.latest_from_teacher(work.session, conversation.id)
    if message is None or message.author_id != known.person.id or message.withdrawn_at is not None:
        owe.send(work, incoming.address, texts.nothing(), part="note", silent=True)
        return
    await withdraw(work, message)
    owe.send(work, incoming.address, texts.done(at=work.now), part="note", silent=True)


async def withdraw(work: Work, message: Message) -> None:
    """Erase a message here and on the other side; the trace stays, and an alert goes on."""
    message.text, message.old_text, message.withdrawn_at = None, None, work.now
    conversation = await work.session.get_one(Conversation, message.conversation_id)
    author = await cards.name_of(work, message.author_id)
    work.add(
        Access(
            centre_id=message.centre_id,
            person_id=message.author_id,
            conversation_id=conversation.id,
            what="withdrawn",
            at=work.now,
        )
    )
    for bubble in await conversations.bubbles_of_message(work.session, message.id):
        if bubble.part == "copy" and message.kind == "text":
            await owe.edit(work, bubble, card_texts.withdrawn(teacher=author, at=work.now))
        elif bubble.part in ("copy", "answer"):
            await owe.remove(work, bubble)
        elif bubble.part == "today":
            await owe.edit(work, bubble, card_texts.withdrawn(teacher=author, at=work.now))
    await work.flush()
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    await cards.refresh(work, desk, conversation)
    await _blank_alerts(work, conversation, message, author)


async def _blank_alerts(work: Work, conversation: Conversation, message: Message, author: str) -> None:
    """An opened alert showed her words: what is left of them is read again from what she kept."""
    alert = await alerts.of_conversation(work.session, conversation.id, "danger")
    if alert is None or alert.read_at is None:
        return
    for one in await alerts.rings_of(work.session, alert.id):
        bubble = await work.session.get(Bubble, one.bubble_id) if one.bubble_id else None
        if (
            bubble is not None
            and bubble.removed_at is None
            and one.person_id in (alert.read_by_id, alert.confirmed_by_id)
        ):
            await danger.show_again(work, alert, conversation, bubble)
