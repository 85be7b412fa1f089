"""A teacher's message reaches the right référente."""

from dataclasses import dataclass, replace
from datetime import timedelta

from bot import (
    accepted,
    alert,
    cards,
    carry,
    corrections,
    danger,
    follow_ups,
    handover,
    mending,
    promises,
    today,
    which_matter,
    which_school,
)
from bot.incoming import Incoming
from bot.rules import danger as danger_rules
from bot.rules.level import eldest
from bot.rules.tagger import Tag, tag
from bot.rules.words import fold
from bot.team import Desk, address_of, desk_for, desk_of, referente_of, rings_now
from bot.texts import card as card_texts
from bot.texts import receipt as receipt_texts
from storage import conversations, trace
from storage.centres import EVERY_ACTION, Centre, School, Town
from storage.conversations import Bubble, Conversation, Message
from storage.people import Known, Membership
from storage.store import Work

TAKEN = "taken"  # the part of a bubble that answered a question of ours
QUICK_EDIT = timedelta(minutes=15)
"""An edit within this simply replaces; later the old words stay one tap away."""
CHILD = ("clas", "pre")
"""Actions that are about a child, and never go on in a thread about something else."""


@dataclass(slots=True)
class Words:
    """A teacher's bubble with what the rules read in it."""

    known: Known
    incoming: Incoming
    membership: Membership
    school: School
    centre: Centre
    tag: Tag

    @property
    def heard(self) -> danger_rules.Danger:
        """What was heard of a danger."""
        return self.tag.heard


async def receive(work: Work, known: Known, incoming: Incoming, school_id: int | None = None) -> None:
    """Take in what a teacher wrote: which conversation, whose phone, what she is told."""
    replied = await _replied(work, known, incoming)
    if replied is None and school_id is None and await which_school.must_ask(work, known, incoming):
        return
    latest = await conversations.latest_of_teacher(work.session, known.person.id)
    if school_id is None and latest is not None:
        school_id = latest.school_id
    membership = _membership(known, replied, school_id)
    words = await _read(work, known, incoming, membership, replied or latest)
    if not accepted.by((words.centre,), incoming):
        await _refuse_kind(work, words)
        if not words.heard:
            return
        words = replace(words, incoming=replace(incoming, kind="text", album=None))
    conversation = replied or (await _current(work, words) if latest is not None else None)
    if words.tag.closing and not words.heard:
        thanked = conversation or latest
        if thanked is not None:
            await _closing_word(work, words, thanked)
            return
    if conversation is None:
        await _open(work, words)
    elif conversation.state == "closed":
        await _reopen(work, words, conversation)
    else:
        await _follow_up(work, words, conversation)


async def _replied(work: Work, known: Known, incoming: Incoming) -> Conversation | None:
    """The conversation of the bubble she replies to, if it is hers, at a school where she still is."""
    if incoming.reply_to is None:
        return None
    bubble = await conversations.bubble_at(work.session, incoming.address, incoming.reply_to)
    if bubble is None or bubble.conversation_id is None:
        return None
    found = await work.session.get_one(Conversation, bubble.conversation_id)
    hers = found.teacher_id == known.person.id and found.school_id in {
        one.school_id for one in known.teaching
    }
    return found if hers else None


def _membership(known: Known, replied: Conversation | None, school_id: int | None) -> Membership:
    wanted = replied.school_id if replied is not None else school_id
    return next((one for one in known.teaching if one.school_id == wanted), known.teaching[0])


async def _read(
    work: Work, known: Known, incoming: Incoming, membership: Membership, before: Conversation | None
) -> Words:
    """Read her words as the rules do; ``before``: the conversation they come after."""
    school = await work.session.get_one(School, membership.school_id)
    town = await work.session.get_one(Town, school.town_id)
    said = f"{incoming.words} \n{incoming.other_words}".strip()
    centre = await work.session.get_one(Centre, school.centre_id)
    read = tag(
        said if incoming.kind != "sticker" else incoming.other_words,
        level=membership.level,
        pre_in_town=town.pre,
        after_answer=before is not None and before.answered_at is not None,
        layer=await corrections.layer_of(work, centre.id),
    )
    return Words(known, incoming, membership, school, centre, read)


async def _refuse_kind(work: Work, words: Words) -> None:
    """The centre does not take this kind. Grave words of its caption go on."""
    said = receipt_texts.refused_kind(
        kind=words.incoming.kind, telephone=words.centre.telephone, words_kept=bool(words.heard)
    )
    await accepted.refuse(work, words.incoming, said)


async def _current(work: Work, words: Words) -> Conversation | None:
    """One open conversation per teacher and référente: where she wrote last, unless her words say otherwise.

    Words surely about an action of its own, or about a child, leave a thread of somebody else's.
    """
    teacher_id = words.known.person.id
    last = await conversations.latest_current(work.session, teacher_id, words.school.id)
    if last is None or words.tag.ask:
        return last
    named = await referente_of(work, words.school.id, words.tag.action)
    usual = await referente_of(work, words.school.id, "")
    if named is None or named == last.referente_id or (named == usual and words.tag.action not in CHILD):
        return last
    return await conversations.current(work.session, teacher_id, words.school.id, named)


def keep_message(work: Work, words: Words, conversation: Conversation) -> tuple[Message, Bubble]:
    """Remember what she said, and where it stands on her phone."""
    message = work.add(
        Message(
            centre_id=words.centre.id,
            conversation=conversation,
            author_id=words.known.person.id,
            from_teacher=True,
            kind=words.incoming.kind if words.incoming.carried else carry.UNCOPIABLE,
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
    """A first message: a conversation, a card, a receipt. Unsure, it is for her who has all the rest."""
    desk = await desk_of(work, words.school, EVERY_ACTION if words.tag.ask else words.tag.action)
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
    await _begin(work, words, desk, conversation, opens=True)
    await work.flush()
    await promises.watch(work, desk, conversation, again=False)


async def _reopen(work: Work, words: Words, conversation: Conversation) -> None:
    """She writes again in a closed thread: it waits again, with whoever reads now."""
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    reader = desk.reader(work.now)
    other = await conversations.current(
        work.session, conversation.teacher_id, conversation.school_id, conversation.referente_id
    )
    conversation.state, conversation.closed_at, conversation.current = "waiting", None, other is None
    conversation.reader_id, conversation.opens = reader.person_id, reader.opens
    await promises.make(work, desk, conversation)
    conversation.taken_at = conversation.answered_at = None
    await _begin(work, words, desk, conversation)


async def _begin(
    work: Work, words: Words, desk: Desk, conversation: Conversation, *, opens: bool = False
) -> None:
    message, source = keep_message(work, words, conversation)
    if words.heard or words.tag.today:
        await work.flush()  # an alert needs their ids; the rest is written with what is owed
    rung = await danger.notice(work, desk, conversation, message, words.heard, words.incoming.danger_card)
    tonight = words.tag.today and not rung
    session = await today.who(work, desk) if tonight else None
    rung_anyway = rung or (session is not None and conversation.reader_id in session.people)
    silent = True if rung_anyway else None
    card = await cards.show(work, desk, conversation, message, silent=silent)
    if card is not None and conversation.opens:
        await _under(work, words, desk, conversation, message, source, card, first=True)
    if tonight:
        await today.notice(work, desk, conversation, message, source, session)
    elif not rung:
        asks = opens and await which_matter.asks(work, conversation)
        await cards.acknowledge(work, desk, conversation, message, source, asks=asks)


async def _follow_up(work: Work, words: Words, conversation: Conversation) -> None:
    """More in an open conversation: to whoever has it; the receipt stays the one she has."""
    message, source = keep_message(work, words, conversation)
    again = conversation.state == "answered"
    if again:
        conversation.state, conversation.answered_at = "waiting", None
    await work.flush()
    told_more = await follow_ups.propose(work, conversation, words.tag, words.membership, words.incoming)
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    moved = await _reader_still_there(work, desk, conversation, words)
    if again or conversation.promised_at is None or conversation.promised_at < work.now:
        await promises.make(work, desk, conversation)
    rung = await danger.notice(work, desk, conversation, message, words.heard, words.incoming.danger_card)
    if not moved:
        await _pass_to_reader(work, desk, words, conversation, message, source, rung=rung)
    if again or words.heard or told_more:
        await cards.refresh(work, desk, conversation)
    if conversation.danger_at is not None:
        await alert.show_again(work, conversation, added=message)
    tonight = words.tag.today and not rung
    if tonight:
        await today.notice(work, desk, conversation, message, source, await today.who(work, desk))
    elif again and not rung:
        await cards.acknowledge_again(work, desk, conversation, message, source)


async def _reader_still_there(work: Work, desk: Desk, conversation: Conversation, words: Words) -> bool:
    """A reader who went away since gets no more: whoever covers her reads on. Whether it moved.

    Unless the teacher chose to wait for her, and no danger is heard.
    """
    if not desk.team.is_away(conversation.reader_id, work.now):
        return False
    waits = await trace.chose_to_wait(work.session, conversation.id)
    if waits and not words.heard and conversation.danger_at is None:
        return False
    return await handover.to_who_reads(work, desk, conversation)


async def _pass_to_reader(
    work: Work,
    desk: Desk,
    words: Words,
    conversation: Conversation,
    message: Message,
    source: Bubble,
    *,
    rung: bool,
) -> None:
    """One more bubble under the card of whoever has the conversation; silent when an alert rings for it."""
    address = await address_of(work, conversation.reader_id)
    if address is None or not conversation.opens:
        return
    found = await conversations.bubbles_of(work.session, conversation.id, "card", address=address)
    if found:
        await _under(work, words, desk, conversation, message, source, found[-1], first=False, rung=rung)
    else:
        await cards.show(work, desk, conversation, message, silent=True if rung else None)


async def _under(
    work: Work,
    words: Words,
    desk: Desk,
    conversation: Conversation,
    message: Message,
    source: Bubble,
    card: Bubble,
    *,
    first: bool,
    rung: bool = False,
) -> None:
    """What the card does not hold; the ``first`` message's own words stand on it, and it has just rung."""
    if first and message.kind == "text" and not cards.too_long_for_card(message):
        return
    marked = conversation.danger_at is not None
    silent = first or rung or not await rings_now(work, desk, conversation.reader_id, danger=marked)
    await carry.under(
        work, conversation, message, source, card, author=words.known.person.name, silent=silent
    )
    if message.kind == carry.UNCOPIABLE:
        carry.say_not_carried(
            work,
            conversation,
            source,
            card,
            said=card_texts.not_carried(teacher=words.known.person.name, school=words.school.name),
            telephone=words.centre.telephone,
            silent=silent,
        )


async def _closing_word(work: Work, words: Words, conversation: Conversation) -> None:
    """A thank-you stays a thank-you: no receipt, no card, no clock, no reopening."""
    message, source = keep_message(work, words, conversation)
    await work.flush()
    address = await address_of(work, conversation.reader_id)
    found = await conversations.bubbles_of(work.session, conversation.id, "card", address=address)
    if address is None or not conversation.opens or not found:
        return
    await carry.under(
        work, conversation, message, source, found[-1], author=words.known.person.name, silent=True
    )


def propose(conversation: Conversation, words: Words) -> None:
    """Write the tagger's proposal down; a référente's correction is never overwritten."""
    conversation.level = eldest(fold(words.incoming.words)) or words.membership.level
    conversation.territory = words.tag.territory
    conversation.action = words.tag.action
    conversation.reason = words.tag.reason
    conversation.unsure = words.tag.ask


async def edited(work: Work, known: Known, incoming: Incoming) -> None:
    """She mended what she wrote: the référente's copy follows."""
    source = await conversations.bubble_at(work.session, incoming.address, incoming.ref)
    if source is None or source.message_id is None or source.part != "source":
        if not await which_school.mend(work, incoming):
            await _edited_first(work, known, incoming, source)
        return
    message = await work.session.get_one(Message, source.message_id)
    if message.author_id != known.person.id:
        return
    if message.withdrawn_at is not None:  # what she wrote there is gone for good: these words are new
        await conversations.leaves_its_place(work.session, source, work.now)
        await receive(work, known, incoming)
        return
    if (message.text or "") == incoming.words:
        return
    late = work.now - message.said_at > QUICK_EDIT and message.old_text is None and message.text is not None
    if late:
        message.old_text = message.text
    message.text, message.edited_at = incoming.words, work.now
    conversation = await work.session.get_one(Conversation, message.conversation_id)
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    words = await _read(work, known, incoming, _membership(known, conversation, None), conversation)
    await danger.notice(work, desk, conversation, message, words.heard, incoming.danger_card)
    await work.flush()
    if await follow_ups.said_no_more(work, conversation) and not words.tag.closing:
        propose(conversation, words)
    await mending.mirror(work, desk, conversation, message, late=late)


async def _edited_first(work: Work, known: Known, incoming: Incoming, source: Bubble | None) -> None:
    """Words that were no message before: as a rule their first version never reached us.

    Mended, an answer to a question of ours and a command are still no message, unless danger is heard.
    """
    if source is not None or incoming.words.startswith("/"):
        if danger_rules.hear(incoming.words) is danger_rules.Danger.NONE:
            return
        if source is not None:
            if source.part != TAKEN:
                return  # a bubble of ours: nobody can mend those
            await conversations.leaves_its_place(work.session, source, work.now)
    await receive(work, known, incoming)


def was_an_answer(work: Work, known: Known, incoming: Incoming) -> None:
    """A teacher's words answered an open question: mended later, they are no message either."""
    if known.teaching:
        work.add(Bubble(address=incoming.address, ref=incoming.ref, part=TAKEN, made_at=work.now))
