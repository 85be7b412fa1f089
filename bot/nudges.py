"""So that a promise is kept (E10): her who has it at half of the delay, somebody else at three quarters.

Nobody's conversation is taken away: what is offered stays with its reader until somebody else says
yes, and whoever answers first has it. If the moment passes all the same, the teacher reads one
honest sentence, and never a second date.
"""

from bot import cards, handover, owe, promises, whose
from bot.absences import may_decide
from bot.incoming import Press
from bot.promises import NUDGE, OVERDUE, PASS_ON, halfway
from bot.rules.later import when_here
from bot.rules.paris import local_date
from bot.rules.routing import helpers
from bot.rules.soliciting import answer_is_silent
from bot.team import Desk, address_of, desk_for, rings_now
from bot.texts import card as card_texts
from bot.texts import promises as texts
from bot.texts import receipt as receipt_texts
from storage import conversations, due, people, trace
from storage import promises as asks
from storage.conversations import Bubble, Conversation
from storage.due import Due
from storage.people import Known
from storage.promises import Ask
from storage.store import Work
from storage.trace import Access

WAITING = ("waiting", "taken")
"""States in which an answer is owed."""
LAID = ("card", "closed-card")


async def _owed(work: Work, row: Due) -> tuple[Conversation, Desk] | None:
    """The conversation a due row is about, if an answer is still promised in it."""
    conversation = await work.session.get_one(Conversation, row.subject_id)
    if conversation.state not in WAITING or conversation.promised_at is None:
        return None
    return conversation, await desk_for(work, conversation.school_id, conversation.referente_id)


# ── Moments that come ────────────────────────────────────────────────────────────────────────


async def nudge(work: Work, row: Due) -> None:
    """Half of the delay has passed: one line to her who has it."""
    found = await _owed(work, row)
    if found is None or found[0].promised_at is None:
        return
    conversation, desk = found
    until = found[0].promised_at
    if desk.team.is_away(conversation.reader_id, work.now) and work.now < until:
        waits = await trace.chose_to_wait(work.session, conversation.id)
        if not waits and await handover.to_who_reads(work, desk, conversation):
            await promises.watch(work, desk, conversation)  # her cover has just received it
            return
        back = when_here(desk.hours, desk.team.absences.get(conversation.reader_id, ()), work.now)
        if back is not None and back < until:
            await due.move(work.session, NUDGE, conversation.id, back)
            return
    await _ask_reader(work, desk, conversation)
    await due.move(work.session, PASS_ON, conversation.id, halfway(desk.hours, work.now, until))


async def pass_on(work: Work, row: Due) -> None:
    """Three quarters have passed: somebody else is asked, unless two people have been already."""
    found = await _owed(work, row)
    if found is None or found[0].promised_at is None:
        return
    conversation, desk = found
    asked = await _asked(work, conversation)
    if conversation.reader_id not in asked:
        await _ask_reader(work, desk, conversation)
    if not asked - {conversation.reader_id}:
        await _offer_to_next(work, desk, conversation)
    await due.move(work.session, OVERDUE, conversation.id, found[0].promised_at)


async def overdue(work: Work, row: Due) -> None:
    """The promised moment has passed: one honest sentence, if a moment had been told."""
    found = await _owed(work, row)
    if found is None:
        return
    conversation, desk = found
    told = await conversations.bubbles_of(work.session, conversation.id, "receipt")
    address = await address_of(work, conversation.teacher_id)
    if told and address is not None:
        owe.send(
            work,
            address,
            receipt_texts.overdue(telephone=desk.centre.telephone),
            part="note",
            conversation=conversation,
            silent=answer_is_silent(work.now, None),
            reply_to=told[-1],
        )
    teacher = await cards.name_of(work, conversation.teacher_id)
    says = texts.passed if told else texts.passed_untold
    await _tell(work, desk, conversation, says(teacher=teacher, school=desk.school.name), part="note")


async def _tell(
    work: Work, desk: Desk, conversation: Conversation, text: str, *, part: str, buttons: texts.Buttons = ()
) -> Bubble | None:
    """A line under the card of her who has it; audible as far as her rhythm allows."""
    address = await address_of(work, conversation.reader_id)
    if address is None:
        return None
    laid = await conversations.bubbles_of(work.session, conversation.id, *LAID, address=address)
    return owe.send(
        work,
        address,
        text,
        part=part,
        conversation=conversation,
        buttons=buttons,
        silent=not await rings_now(work, desk, conversation.reader_id),
        reply_to=laid[-1] if laid else None,
    )


async def _asked(work: Work, conversation: Conversation) -> set[int]:
    """Who was asked to keep the promise that holds now."""
    return {
        one.person_id
        for one in await asks.asks_of(work.session, conversation.id)
        if one.promised_at == conversation.promised_at
    }


async def _ask_reader(work: Work, desk: Desk, conversation: Conversation) -> None:
    taken = conversation.state == "taken"
    assert conversation.promised_at is not None
    text = texts.nudge(
        teacher=await cards.name_of(work, conversation.teacher_id),
        school=desk.school.name,
        taken=taken,
        until=conversation.promised_at,
        now=work.now,
    )
    call_made = taken or conversation.call_at is not None
    buttons = texts.nudge_buttons(taken=call_made, opens=conversation.opens)
    bubble = await _tell(work, desk, conversation, text, part=asks.NUDGE, buttons=buttons)
    await _remember(work, conversation, conversation.reader_id, asks.NUDGE, conversation.opens, bubble)


async def bring_back(work: Work, conversation: Conversation) -> None:
    """« Plus tard » has come: a line, with what she may do."""
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    text = texts.come_back(
        teacher=await cards.name_of(work, conversation.teacher_id),
        school=desk.school.name,
        until=conversation.promised_at,
        now=work.now,
    )
    buttons = texts.nudge_buttons(taken=conversation.state == "taken", opens=conversation.opens)
    await _tell(work, desk, conversation, text, part=asks.NUDGE, buttons=buttons)


async def _remember(
    work: Work, conversation: Conversation, person_id: int, what: str, opens: bool, bubble: Bubble | None
) -> None:
    assert conversation.promised_at is not None
    work.add(
        Ask(
            centre_id=conversation.centre_id,
            conversation_id=conversation.id,
            person_id=person_id,
            what=what,
            opens=opens,
            promised_at=conversation.promised_at,
            asked_at=work.now,
            bubble=bubble,
        )
    )
    await work.flush()


# ── Asking somebody else ─────────────────────────────────────────────────────────────────────


async def _offer_to_next(work: Work, desk: Desk, conversation: Conversation) -> str | None:
    """Offer it to the first who was not asked yet: her name, or None when there is nobody."""
    crew = [one.id for one in await people.staff_of(work.session, desk.centre.id, local_date(work.now))]
    without = await people.without_chat(work.session, crew)
    reached = [one for one in crew if one not in without]
    asked = await _asked(work, conversation)
    left = [one for one in helpers(desk.team, conversation.reader_id, reached, work.now) if one not in asked]
    if not left or conversation.promised_at is None:
        return None
    await _offer(work, desk, conversation, left[0])
    return await cards.name_of(work, left[0])


async def _offer(work: Work, desk: Desk, conversation: Conversation, to: int) -> None:
    address = await address_of(work, to)
    assert address is not None, "only those who have a chat are asked"
    text = await _open_offer(work, desk, conversation, to)
    reader = await cards.name_of(work, conversation.reader_id)
    bubble = owe.send(
        work,
        address,
        text or await _closed_offer(work, desk, conversation),
        part=asks.OFFER,
        conversation=conversation,
        buttons=texts.offer_buttons(reader=reader, may_declare=await _may_declare(work, conversation, to)),
        silent=not await rings_now(work, desk, to),
        protected=True,
    )
    await _remember(work, conversation, to, asks.OFFER, text is not None, bubble)
    if text is not None:
        _trace(work, conversation, to, "offered")


def _trace(work: Work, conversation: Conversation, person_id: int, what: str) -> None:
    work.add(
        Access(
            centre_id=conversation.centre_id,
            person_id=person_id,
            conversation_id=conversation.id,
            what=what,
            at=work.now,
        )
    )


async def _open_offer(work: Work, desk: Desk, conversation: Conversation, to: int) -> str | None:
    """The words, for her who reads in the reader's place anyway; None: they open if she takes it."""
    covers = {one.by for one in desk.team.covers if one.person_id == conversation.reader_id}
    if to not in covers and to != conversation.referente_id:
        return None
    if not conversation.opens or await trace.chose_to_wait(work.session, conversation.id):
        return None
    said = await conversations.messages_of(work.session, conversation.id)
    first = next((one for one in said if one.from_teacher and one.withdrawn_at is None), None)
    if first is None or first.kind != "text" or cards.too_long_for_card(first):
        return None
    return await cards.as_offered(work, desk, conversation, first, to)


async def _closed_offer(work: Work, desk: Desk, conversation: Conversation) -> str:
    assert conversation.promised_at is not None
    return texts.offer_closed(
        teacher=await cards.name_of(work, conversation.teacher_id),
        school=desk.school.name,
        reader=await cards.name_of(work, conversation.reader_id),
        since=conversation.last_teacher_at,
        until=conversation.promised_at,
        now=work.now,
    )


async def _may_declare(work: Work, conversation: Conversation, person_id: int) -> bool:
    """Whether the reader's days are hers to say (E20)."""
    today = local_date(work.now)
    memberships = await people.memberships_of(work.session, person_id, today)
    account = await people.account_of(work.session, person_id)
    if account is None:
        return False
    person = await work.session.get_one(people.Person, person_id)
    return await may_decide(work, Known(account, person, tuple(memberships)), conversation.reader_id)


# ── What people press ────────────────────────────────────────────────────────────────────────


async def cannot(work: Work, press: Press) -> str | None:
    """« Je ne peux pas », from her who has it: somebody else is asked at once."""
    found = await whose.hers(work, press, closed_too=True)
    if found is None or press.bubble is None or press.bubble.part != asks.NUDGE:
        return await whose.refusal(work, press)
    conversation, desk = found
    if conversation.state not in WAITING:
        return card_texts.too_old()
    to = await _offer_to_next(work, desk, conversation)
    if to is None:
        return texts.nobody_else()
    teacher = await cards.name_of(work, conversation.teacher_id)
    await owe.edit(work, press.bubble, texts.offered(to=to, teacher=teacher))
    return texts.offered_toast(to=to)


async def done(work: Work, press: Press) -> str | None:
    """« C'est fait », « Rappelée »: she has answered by telephone."""
    found = await whose.hers(work, press)
    if found is None or press.bubble is None:
        return await whose.refusal(work, press)
    conversation, desk = found
    if conversation.state not in WAITING and conversation.call_at is None:
        return card_texts.too_old()
    await answered_by_phone(work, desk, conversation)
    if press.bubble.part == asks.NUDGE:
        await owe.set_buttons(work, press.bubble)
    return card_texts.noted()


async def answered_by_phone(work: Work, desk: Desk, conversation: Conversation) -> None:
    """Nothing is owed any more, and the number she left is erased."""
    conversation.state, conversation.answered_at = "answered", work.now
    conversation.taken_at = conversation.taken_at or work.now
    conversation.call_at = conversation.call_number = None
    await promises.settle(work, conversation, conversation.reader_id, answered=True)
    await work.flush()
    await cards.refresh(work, desk, conversation)
    name = await cards.name_of(work, conversation.reader_id)
    await cards.receipt_says(work, conversation, receipt_texts.answered(reader=name))


async def _offered(work: Work, bubble: Bubble | None, known: Known | None) -> tuple[Ask, Conversation] | None:
    """What was offered to her in this bubble, if it may still be taken."""
    if bubble is None or known is None or bubble.part != asks.OFFER:
        return None
    ask = await asks.ask_in(work.session, bubble.id)
    if ask is None or ask.over_at is not None or ask.person_id != known.person.id:
        return None
    if ask.centre_id not in {one.centre_id for one in known.staff}:
        return None
    conversation = await work.session.get_one(Conversation, ask.conversation_id)
    return (ask, conversation) if conversation.state in WAITING else None


async def take(work: Work, press: Press) -> str | None:
    """« Je m'en occupe »: hers from now on, with everything said; the other one is told."""
    found = await _offered(work, press.bubble, press.known)
    if found is None or press.bubble is None:
        return await whose.refusal(work, press)
    await _take(work, *found, press.bubble)
    return card_texts.yours()


async def take_by_reply(work: Work, known: Known, bubble: Bubble) -> bool:
    """She replies to what was offered to her, words and all: it is hers. Whether it is."""
    found = await _offered(work, bubble, known)
    if found is None or not found[0].opens:
        return False
    await _take(work, *found, bubble)
    return True


async def _take(work: Work, ask: Ask, conversation: Conversation, bubble: Bubble) -> None:
    ask.over_at = work.now
    await owe.remove(work, bubble)
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    giver = await cards.name_of(work, conversation.reader_id)
    await promises.settle(work, conversation, ask.person_id, answered=False)
    await handover.move(work, desk, conversation, ask.person_id)
    conversation.state, conversation.taken_at = "taken", work.now
    await work.flush()
    await cards.refresh(work, desk, conversation)
    await handover.tell_teacher(work, conversation, giver)


async def refuse(work: Work, press: Press) -> str | None:
    """« Je ne peux pas », from her to whom it was offered: the next one, or it stays where it is."""
    found = await _offered(work, press.bubble, press.known)
    if found is None or press.bubble is None or press.known is None:
        return await whose.refusal(work, press)
    ask, conversation = found
    ask.over_at = work.now
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    to = await _offer_to_next(work, desk, conversation)
    await owe.edit(work, press.bubble, texts.refused(to=to))
    if to is None:
        teacher = await cards.name_of(work, conversation.teacher_id)
        text = texts.nobody_took(by=press.known.person.name, teacher=teacher)
        await _tell(work, desk, conversation, text, part="note")
    return None


async def is_away(work: Work, press: Press) -> str | None:
    """« Chantal est absente »: for how long, then it is hers to read (bot/absences.py)."""
    found = await _offered(work, press.bubble, press.known)
    if found is None or press.bubble is None or press.known is None:
        return await whose.refusal(work, press)
    reader = found[1].reader_id
    if not await may_decide(work, press.known, reader):
        return card_texts.not_yours()
    await owe.set_buttons(work, press.bubble, texts.away_buttons(person=reader))
    return None


async def offer_back(work: Work, press: Press) -> str | None:
    """« ‹ Retour »."""
    found = await _offered(work, press.bubble, press.known)
    if found is None or press.bubble is None:
        return await whose.refusal(work, press)
    ask, conversation = found
    reader = await cards.name_of(work, conversation.reader_id)
    may = await _may_declare(work, conversation, ask.person_id)
    await owe.set_buttons(work, press.bubble, texts.offer_buttons(reader=reader, may_declare=may))
    return None
