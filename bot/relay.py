"""A teacher's message reaches the right référente."""

from dataclasses import dataclass
from datetime import timedelta

from bot import cards, danger, handover, owe, today, which_school
from bot.incoming import Incoming
from bot.rules import danger as danger_rules
from bot.rules.level import levels
from bot.rules.tagger import Tag, tag
from bot.rules.words import fold
from bot.team import Desk, address_of, desk_for, desk_of, hides_content, referente_of, rings_now
from bot.texts import card as card_texts
from bot.texts import receipt as receipt_texts
from storage import conversations
from storage.centres import Centre, School, Town
from storage.conversations import Bubble, Conversation, Message
from storage.people import Known, Membership
from storage.store import Work

QUICK_EDIT = timedelta(minutes=15)
"""An edit within this simply replaces; later the old words stay one tap away."""
ALWAYS_ACCEPTED = ("text", "dice", "poll", "venue")


@dataclass(slots=True)
class Words:
    """A teacher's bubble with what the rules read in it."""

    known: Known
    incoming: Incoming
    membership: Membership
    school: School
    centre: Centre
    tag: Tag
    heard: danger_rules.Danger


async def receive(work: Work, known: Known, incoming: Incoming, school_id: int | None = None) -> None:
    """Take in what a teacher wrote: which conversation, whose phone, what she is told."""
    replied = await _replied(work, incoming)
    if school_id is None and replied is None and await which_school.must_ask(work, known, incoming):
        return
    membership = _membership(known, replied, school_id)
    words = await _read(work, known, incoming, membership, replied)
    if not _accepted(words):
        await _refuse_kind(work, words)
        return
    conversation = replied or await _current(work, words)
    if words.tag.closing and not words.heard:
        thanked = conversation or await conversations.latest_of_teacher(work.session, known.person.id)
        if thanked is not None:
            await _closing_word(work, words, thanked)
            return
    if conversation is None:
        await _open(work, words)
    elif conversation.state == "closed":
        await _reopen(work, words, conversation)
    else:
        await _follow_up(work, words, conversation)


async def _replied(work: Work, incoming: Incoming) -> Conversation | None:
    if incoming.reply_to is None:
        return None
    bubble = await conversations.bubble_at(work.session, incoming.address, incoming.reply_to)
    if bubble is None or bubble.conversation_id is None:
        return None
    return await work.session.get_one(Conversation, bubble.conversation_id)


def _membership(known: Known, replied: Conversation | None, school_id: int | None) -> Membership:
    wanted = replied.school_id if replied is not None else school_id
    return next((one for one in known.teaching if one.school_id == wanted), known.teaching[0])


async def _read(
    work: Work, known: Known, incoming: Incoming, membership: Membership, replied: Conversation | None
) -> Words:
    school = await work.session.get_one(School, membership.school_id)
    town = await work.session.get_one(Town, school.town_id)
    said = f"{incoming.words} \n{incoming.other_words}".strip()
    after_answer = replied is not None and replied.answered_at is not None
    if replied is None:
        latest = await conversations.latest_of_teacher(work.session, known.person.id)
        after_answer = latest is not None and latest.answered_at is not None
    read = tag(
        said if incoming.kind != "sticker" else incoming.other_words,
        level=membership.level,
        pre_in_town=town.pre,
        after_answer=after_answer,
    )
    centre = await work.session.get_one(Centre, school.centre_id)
    return Words(known, incoming, membership, school, centre, read, danger_rules.hear(said))


def _accepted(words: Words) -> bool:
    kind = words.incoming.kind
    return kind in ALWAYS_ACCEPTED or kind in words.centre.accepts or not words.incoming.carried


async def _refuse_kind(work: Work, words: Words) -> None:
    """The centre does not take this kind; words of danger in its caption were answered already."""
    owe.send(
        work,
        words.incoming.address,
        receipt_texts.refused_kind(kind=words.incoming.kind, telephone=words.centre.telephone),
        part="note",
        silent=True,
    )


async def _current(work: Work, words: Words) -> Conversation | None:
    """One open conversation per teacher and référente; an action of its own may name another."""
    teacher_id = words.known.person.id
    named = await referente_of(work, words.school.id, words.tag.action)
    usual = await referente_of(work, words.school.id, "")
    if named is not None and named != usual:
        return await conversations.current(work.session, teacher_id, words.school.id, named)
    return await conversations.latest_current(work.session, teacher_id, words.school.id)


def keep_message(work: Work, words: Words, conversation: Conversation) -> tuple[Message, Bubble]:
    """Remember what she said, and where it stands on her phone."""
    message = work.add(
        Message(
            centre_id=words.centre.id,
            conversation=conversation,
            author_id=words.known.person.id,
            from_teacher=True,
            kind=words.incoming.kind,
            text=words.incoming.words or None,
            said_at=work.now,
            today=words.tag.today,
            closing=words.tag.closing,
            album=words.incoming.album,
        )
    )
    source = work.add(
        Bubble(
            centre_id=words.centre.id,
            conversation=conversation,
            message=message,
            address=words.incoming.address,
            ref=words.incoming.ref,
            part="source",
            made_at=work.now,
        )
    )
    conversation.last_teacher_at = work.now
    return message, source


async def _open(work: Work, words: Words) -> None:
    """A first message: a conversation, a card, a receipt."""
    desk = await desk_of(work, words.school, words.tag.action)
    reader = desk.reader(work.now)
    conversation = work.add(
        Conversation(
            centre_id=words.centre.id,
            school_id=words.school.id,
            teacher_id=words.known.person.id,
            referente_id=desk.referente_id,
            reader_id=reader.person_id,
            opens=reader.opens,
            opened_at=work.now,
            last_teacher_at=work.now,
            promised_at=desk.promised(reader.person_id, work.now),
        )
    )
    propose(conversation, words)
    await work.flush()
    await _begin(work, words, desk, conversation)


async def _reopen(work: Work, words: Words, conversation: Conversation) -> None:
    """She writes again in a closed thread: it waits again, with whoever reads now."""
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    reader = desk.reader(work.now)
    other = await conversations.current(
        work.session, conversation.teacher_id, conversation.school_id, conversation.referente_id
    )
    conversation.state, conversation.closed_at, conversation.current = "waiting", None, other is None
    conversation.reader_id, conversation.opens = reader.person_id, reader.opens
    conversation.promised_at = desk.promised(reader.person_id, work.now)
    conversation.taken_at = conversation.answered_at = None
    await _begin(work, words, desk, conversation)


async def _begin(work: Work, words: Words, desk: Desk, conversation: Conversation) -> None:
    message, source = keep_message(work, words, conversation)
    await work.flush()
    rung = await danger.notice(work, desk, conversation, message, words.heard, words.incoming.danger_card)
    card = await cards.show(work, desk, conversation, message, silent=True if rung else None)
    if card is not None and conversation.opens:
        await carry(work, desk, words, conversation, message, source, card)
    if words.tag.today and not rung:
        await today.notice(work, desk, conversation, message, source)
    elif not rung:
        await cards.acknowledge(work, desk, conversation, message, source)


async def _follow_up(work: Work, words: Words, conversation: Conversation) -> None:
    """More in an open conversation: to whoever has it; the receipt stays the one she has."""
    message, source = keep_message(work, words, conversation)
    if conversation.state == "answered":
        conversation.state = "waiting"
        conversation.answered_at = None
    if conversation.territory == "autre" and conversation.territory_by_id is None:
        propose(conversation, words)
    await work.flush()
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    await _reader_still_there(work, desk, conversation)
    if conversation.promised_at is None or conversation.promised_at < work.now:
        conversation.promised_at = desk.promised(conversation.reader_id, work.now)
    rung = await danger.notice(work, desk, conversation, message, words.heard, words.incoming.danger_card)
    await pass_to_reader(work, desk, words, conversation, message, source)
    if words.tag.today and not rung:
        await today.notice(work, desk, conversation, message, source)


async def _reader_still_there(work: Work, desk: Desk, conversation: Conversation) -> None:
    """A reader who went away since gets no more: whoever covers her reads on from here."""
    if not desk.team.is_away(conversation.reader_id, work.now):
        return
    reader = desk.reader(work.now)
    if reader.person_id == conversation.reader_id:
        return
    await handover.move(work, desk, conversation, reader.person_id, opens=reader.opens)


async def pass_to_reader(
    work: Work, desk: Desk, words: Words, conversation: Conversation, message: Message, source: Bubble
) -> None:
    """One more bubble under the card of whoever has the conversation."""
    address = await address_of(work, conversation.reader_id)
    found = await conversations.bubbles_of(work.session, conversation.id, "card", address=address)
    if address is None or not conversation.opens:
        return
    if not found:
        await cards.show(work, desk, conversation, message)
        return
    await carry(work, desk, words, conversation, message, source, found[-1], text_too=True)


async def carry(
    work: Work,
    desk: Desk,
    words: Words,
    conversation: Conversation,
    message: Message,
    source: Bubble,
    card: Bubble,
    *,
    text_too: bool = False,
) -> None:
    """Put under the card what it cannot hold: media as they are, words that are too long."""
    silent = not await rings_now(work, conversation.reader_id, desk.hours)
    if message.kind == "text":
        if text_too or cards.too_long_for_card(message):
            owe.send(
                work,
                card.address,
                card_texts.follow_up(
                    teacher=words.known.person.name,
                    words=message.text or "",
                    kind="text",
                    hide=await hides_content(work, conversation.reader_id),
                ),
                part="copy",
                conversation=conversation,
                message=message,
                silent=silent if text_too else True,
                protected=True,
                reply_to=card,
            )
        return
    if not words.incoming.carried:
        owe.send(
            work,
            card.address,
            card_texts.not_carried(teacher=words.known.person.name, school=words.school.name),
            part="note",
            conversation=conversation,
            silent=silent,
            reply_to=card,
        )
        owe.send(
            work,
            source.address,
            receipt_texts.not_carried(telephone=words.centre.telephone),
            part="note",
            conversation=conversation,
            silent=True,
        )
    elif message.album is not None:
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
        )
    else:
        owe.copy(
            work,
            card.address,
            source,
            part="copy",
            conversation=conversation,
            message=message,
            silent=silent,
            protected=True,
            reply_to=card,
        )


async def _closing_word(work: Work, words: Words, conversation: Conversation) -> None:
    """A thank-you stays a thank-you: no receipt, no card, no clock, no reopening."""
    message, source = keep_message(work, words, conversation)
    await work.flush()
    address = await address_of(work, conversation.reader_id)
    found = await conversations.bubbles_of(work.session, conversation.id, "card", address=address)
    if address is None or not conversation.opens or not found:
        return
    if message.kind != "text":
        owe.copy(
            work,
            address,
            source,
            part="copy",
            conversation=conversation,
            message=message,
            silent=True,
            protected=True,
            reply_to=found[-1],
        )
        return
    owe.send(
        work,
        address,
        card_texts.closing_word(teacher=words.known.person.name, words=message.text or ""),
        part="copy",
        conversation=conversation,
        message=message,
        silent=True,
        protected=True,
        reply_to=found[-1],
    )


def propose(conversation: Conversation, words: Words) -> None:
    """Write the tagger's proposal down; a référente's correction is never overwritten."""
    said = levels(fold(words.incoming.words))
    conversation.level = next(iter(said)) if len(said) == 1 else words.membership.level
    conversation.territory = words.tag.territory
    conversation.action = words.tag.action
    conversation.reason = words.tag.reason
    conversation.unsure = words.tag.ask


async def edited(work: Work, known: Known, incoming: Incoming) -> None:
    """She mended what she wrote: the référente's copy follows."""
    source = await conversations.bubble_at(work.session, incoming.address, incoming.ref)
    if source is None or source.message_id is None or source.part != "source":
        await receive(work, known, incoming)  # its first version never reached us
        return
    message = await work.session.get_one(Message, source.message_id)
    if message.withdrawn_at is not None or (message.text or "") == incoming.words:
        return
    if work.now - message.said_at > QUICK_EDIT and message.old_text is None:
        message.old_text = message.text
    message.text, message.edited_at = incoming.words, work.now
    conversation = await work.session.get_one(Conversation, message.conversation_id)
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    words = await _read(work, known, incoming, _membership(known, conversation, None), conversation)
    await danger.notice(work, desk, conversation, message, words.heard, incoming.danger_card)
    await work.flush()
    await cards.refresh(work, desk, conversation)
    await _mend_copies(work, words, conversation, message)


async def _mend_copies(work: Work, words: Words, conversation: Conversation, message: Message) -> None:
    hide = await hides_content(work, conversation.reader_id)
    for bubble in await conversations.bubbles_of_message(work.session, message.id):
        if bubble.part != "copy" or bubble.removed_at is not None:
            continue
        if message.kind == "text":
            text = card_texts.follow_up(
                teacher=words.known.person.name, words=message.text or "", kind="text", hide=hide, edited=True
            )
            await owe.edit(work, bubble, text)
        elif message.kind not in ("sticker", "place", "venue", "contact", "poll", "dice", "video_note"):
            await owe.edit(
                work, bubble, card_texts.caption(words=message.text or "", hide=hide), caption=True
            )
