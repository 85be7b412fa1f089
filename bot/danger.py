"""A child may be in danger: the mark, the alert that rings, and what the teacher is told.

The card with the numbers has already left by itself (bot/heed.py). Here is only what needs the
database: nothing is promised before it is stored.
"""

from collections.abc import Sequence
from datetime import datetime

from bot import cards, owe
from bot.incoming import Press
from bot.rules.danger import Danger
from bot.rules.paris import local_date
from bot.rules.ringing import danger_rings, unconfirmed_at
from bot.rules.routing import Call, danger_call
from bot.team import Desk, address_of, desk_for, desk_of
from bot.texts import danger as texts
from bot.texts import card as card_texts
from storage import absences, alerts, centres, conversations, due, people
from storage.alerts import Alert, Ring
from storage.centres import School
from storage.conversations import Bubble, Conversation, Message
from storage.due import Due
from storage.store import Work
from storage.trace import Access

KIND = "danger"
UNANSWERED = "danger-unanswered"


async def notice(
    work: Work, desk: Desk, conversation: Conversation, message: Message, heard: Danger, card_ref: str | None
) -> bool:
    """Mark a conversation in which danger was heard, and ring on clear words. Whether it rings."""
    if heard is Danger.NONE:
        return False
    first_time = conversation.danger_at is None
    source = await _source_of(work, message)
    if first_time:
        conversation.danger_at = work.now
        work.news.add("danger")
        await _remember_card(work, conversation, message, source, card_ref)
    if heard is not Danger.CLEAR:
        return False
    return await raise_alert(work, desk, conversation, message)


async def _source_of(work: Work, message: Message) -> Bubble:
    return next(
        one
        for one in await conversations.bubbles_of_message(work.session, message.id)
        if one.part == "source"
    )


async def _remember_card(
    work: Work, conversation: Conversation, message: Message, source: Bubble, card_ref: str | None
) -> None:
    """Know the card that left by itself; if it could not leave, or we cannot tell, owe it again."""
    if card_ref is not None:
        work.add(
            Bubble(
                centre_id=conversation.centre_id,
                conversation=conversation,
                message=message,
                address=source.address,
                ref=card_ref,
                part="danger-card",
                made_at=work.now,
            )
        )
        return
    await show_card(work, conversation, message, source)


async def show_card(work: Work, conversation: Conversation, message: Message, source: Bubble) -> None:
    """Owe the teacher the card through the outbox, before whatever else waits for her."""
    owe.send(
        work,
        source.address,
        texts.card(crip=await centres.only_crip(work.session)),
        part="danger-card",
        conversation=conversation,
        message=message,
        buttons=texts.card_buttons(),
        reply_to=source,
        urgent=True,
    )


async def raise_alert(work: Work, desk: Desk, conversation: Conversation, message: Message) -> bool:
    """Ring the centre, unless this conversation rings already or somebody has confirmed it."""
    standing = await alerts.of_conversation(work.session, conversation.id, KIND)
    if standing is not None and (not standing.over or standing.confirmed_at is not None):
        return standing.confirmed_at is None
    call = await _who_may_be_rung(work, desk)
    alert = work.add(
        Alert(
            centre_id=conversation.centre_id,
            conversation=conversation,
            message=message,
            kind=KIND,
            chain=list(call.people) if call else [],
            raised_at=work.now,
            rings_at=call.at if call else work.now,
        )
    )
    work.add(
        Access(centre_id=conversation.centre_id, conversation_id=conversation.id, what="alert", at=work.now)
    )
    await work.flush()
    await _tell_teacher(work, alert, conversation, call)
    if call is not None:
        await _plan(work, alert, call.people, call.at)
    return True


async def _who_may_be_rung(work: Work, desk: Desk) -> Call | None:
    crew = await people.staff_of(work.session, desk.centre.id, local_date(work.now))
    willing = set()
    for one in crew:
        rhythm = await absences.rhythm(work.session, one.id)
        if rhythm is not None and rhythm.danger_at_night:
            willing.add(one.id)
    return danger_call(desk.team, desk.hours, work.now, at_night=frozenset(willing))


async def _plan(work: Work, alert: Alert, chain: Sequence[int], start: datetime) -> None:
    """Each planning has its own slots: a ring that was called off is never taken for this one."""
    rings = danger_rings(chain, start)
    declined = sum(one.declined_at is not None for one in await alerts.rings_of(work.session, alert.id))
    for number, ring_ in enumerate(rings):
        await due.plan(work.session, KIND, alert.id, ring_.at, f"{declined}:{number}:{ring_.person_id}")
    if alert.unanswered_at is None:
        tell_at = unconfirmed_at(rings, start) if rings else work.now
        await due.plan(work.session, UNANSWERED, alert.id, tell_at, str(declined))


async def _tell_teacher(work: Work, alert: Alert, conversation: Conversation, call: Call | None) -> None:
    address = await address_of(work, conversation.teacher_id)
    if address is None:
        return
    if call is None:
        text = texts.nobody_at_all()
    elif call.at > work.now:
        name = await cards.name_of(work, call.people[0])
        text = texts.nobody_now(reader=name, opens_at=call.at, now=work.now)
    else:
        text = texts.calling(people=[await cards.name_of(work, one) for one in call.people[:2]])
    owe.send(
        work,
        address,
        text,
        part="alert-receipt",
        conversation=conversation,
        message=alert.message,
        buttons=texts.calling_buttons(),
    )


async def ring(work: Work, row: Due) -> None:
    """Ring one person once: a new audible bubble without content; the one before disappears."""
    alert = await work.session.get_one(Alert, row.subject_id)
    if alert.over:
        return
    person_id = int(row.slot.rsplit(":", 1)[1])
    address = await address_of(work, person_id)
    if address is None:
        return
    conversation = await work.session.get_one(Conversation, alert.conversation_id)
    before = [one for one in await alerts.rings_of(work.session, alert.id) if one.person_id == person_id]
    if any(one.declined_at is not None for one in before):
        return
    if alert.read_by_id != person_id:
        await _remove(work, before)
    bubble = owe.send(
        work,
        address,
        texts.alert(),
        part="alert",
        conversation=conversation,
        buttons=texts.alert_buttons(),
        urgent=True,
    )
    await work.flush()
    work.add(
        Ring(
            alert_id=alert.id,
            person_id=person_id,
            number=len(before) + 1,
            rung_at=work.now,
            bubble_id=bubble.id,
        )
    )


async def _remove(work: Work, rings: Sequence[Ring]) -> None:
    for one in rings:
        bubble = await work.session.get(Bubble, one.bubble_id) if one.bubble_id else None
        if bubble is not None and bubble.removed_at is None:
            await owe.remove(work, bubble)


async def unanswered(work: Work, row: Due) -> None:
    """Nobody has confirmed: the teacher is told, aloud, once."""
    alert = await work.session.get_one(Alert, row.subject_id)
    if alert.over or alert.unanswered_at is not None:
        return
    alert.unanswered_at = work.now
    conversation = await work.session.get_one(Conversation, alert.conversation_id)
    address = await address_of(work, conversation.teacher_id)
    if address is not None:
        owe.send(work, address, texts.nobody_confirmed(), part="note", conversation=conversation, urgent=True)


# ── What people press ────────────────────────────────────────────────────────────────────────


async def _alert_pressed(work: Work, press: Press) -> tuple[Alert, Ring, Conversation] | None:
    """The alert a member of the team was rung for, by the bubble she pressed."""
    if press.bubble is None or press.known is None:
        return None
    ring_ = await alerts.ring_in(work.session, press.bubble.id)
    if ring_ is None or ring_.person_id != press.known.person.id:
        return None
    alert = await work.session.get_one(Alert, ring_.alert_id)
    return alert, ring_, await work.session.get_one(Conversation, alert.conversation_id)


async def read(work: Work, press: Press) -> str | None:
    """« Lire »: the content opens, and the teacher knows that somebody has read."""
    found = await _alert_pressed(work, press)
    if found is None or press.bubble is None or press.known is None:
        return card_texts.too_old()
    alert, _, conversation = found
    if alert.confirmed_by_id not in (None, press.known.person.id):
        name = await cards.name_of(work, alert.confirmed_by_id or 0)
        await owe.edit(work, press.bubble, texts.handled_elsewhere(by=name))
        return None
    await owe.edit(
        work, press.bubble, await _opened(work, alert, conversation), buttons=texts.opened_buttons()
    )
    work.add(
        Access(
            centre_id=alert.centre_id,
            person_id=press.known.person.id,
            conversation_id=conversation.id,
            what="read-alert",
            at=work.now,
        )
    )
    if alert.read_at is None:
        alert.read_at, alert.read_by_id = work.now, press.known.person.id
        await _receipt_says(work, conversation, texts.read_by(reader=press.known.person.name, at=work.now))
    return None


async def _opened(work: Work, alert: Alert, conversation: Conversation) -> str:
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    membership = await cards.membership_of(work, conversation)
    said = [
        one.text
        for one in await conversations.messages_of(work.session, conversation.id)
        if one.from_teacher and one.text and one.withdrawn_at is None
    ]
    head = desk.team.coordinatrice
    return texts.alert_opened(
        teacher=await cards.name_of(work, conversation.teacher_id),
        school=desk.school.name,
        classes=membership.classes if membership else "",
        at=alert.raised_at,
        words="\n".join(said)[-2800:],
        coordinatrice=await cards.name_of(work, head) if head else None,
        now=work.now,
    )


async def handle(work: Work, press: Press) -> str | None:
    """« Je m'en occupe »: the only thing that stops the ringing."""
    found = await _alert_pressed(work, press)
    if found is None or press.known is None or press.bubble is None:
        return card_texts.too_old()
    alert, _, conversation = found
    person = press.known.person
    if alert.confirmed_at is not None and alert.confirmed_by_id != person.id:
        return card_texts.already_taken(by=await cards.name_of(work, alert.confirmed_by_id or 0))
    if alert.confirmed_at is None:
        alert.confirmed_at, alert.confirmed_by_id = work.now, person.id
        await _stop(work, alert)
        await _belongs_to(work, conversation, person.id)
        await _receipt_says(work, conversation, texts.confirmed_by(reader=person.name, at=work.now))
        await _others_told(work, alert, person.id, texts.handled_elsewhere(by=person.name))
    await owe.set_buttons(work, press.bubble)
    return card_texts.yours()


async def _belongs_to(work: Work, conversation: Conversation, person_id: int) -> None:
    conversation.reader_id, conversation.opens = person_id, True
    conversation.taken_at, conversation.state = work.now, "taken"
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    await cards.refresh(work, desk, conversation)


async def cannot(work: Work, press: Press) -> str | None:
    """« Je ne peux pas »: the next one is rung at once."""
    found = await _alert_pressed(work, press)
    if found is None or press.bubble is None or press.known is None:
        return card_texts.too_old()
    alert, ring_, _ = found
    if alert.over:
        await owe.edit(work, press.bubble, texts.alert_over())
        return None
    ring_.declined_at = work.now
    await work.flush()
    await due.cancel(work.session, KIND, alert.id, work.now)
    rings = await alerts.rings_of(work.session, alert.id)
    out = {one.person_id for one in rings if one.declined_at is not None}
    tired = {one.person_id for one in rings if one.number >= 3}
    rest = [one for one in alert.chain if one not in out | tired]
    if rest:
        await _plan(work, alert, rest, work.now)
    else:
        await due.plan(work.session, UNANSWERED, alert.id, work.now, "exhausted")
    name = await cards.name_of(work, rest[0]) if rest else None
    await owe.edit(work, press.bubble, texts.declined(to=name))
    return None


async def _stop(work: Work, alert: Alert) -> None:
    await due.cancel(work.session, KIND, alert.id, work.now)
    await due.cancel(work.session, UNANSWERED, alert.id, work.now)


async def _others_told(work: Work, alert: Alert, but: int | None, text: str) -> None:
    for one in await alerts.rings_of(work.session, alert.id):
        bubble = await work.session.get(Bubble, one.bubble_id) if one.bubble_id else None
        if one.person_id != but and bubble is not None and bubble.removed_at is None:
            await owe.edit(work, bubble, text)


async def _receipt_says(work: Work, conversation: Conversation, text: str) -> None:
    found = await conversations.bubbles_of(work.session, conversation.id, "alert-receipt")
    if found:
        await owe.edit(work, found[-1], text, buttons=texts.calling_buttons())


async def _hers(work: Work, press: Press) -> tuple[Conversation, Message] | None:
    """The teacher's own conversation behind the receipt or the card she pressed."""
    if press.known is None:
        return None
    conversation = None
    if press.bubble is not None and press.bubble.conversation_id is not None:
        conversation = await work.session.get_one(Conversation, press.bubble.conversation_id)
    elif press.under is not None:
        # The card left by itself while the database was away: it replies to her message.
        source = await conversations.bubble_at(work.session, press.address, press.under)
        if source is not None and source.conversation_id is not None:
            conversation = await work.session.get_one(Conversation, source.conversation_id)
    if conversation is None:
        conversation = await conversations.latest_of_teacher(work.session, press.known.person.id)
    if conversation is None or conversation.teacher_id != press.known.person.id:
        return None
    message = await conversations.latest_from_teacher(work.session, conversation.id)
    return None if message is None else (conversation, message)


async def doubt(work: Work, press: Press) -> str | None:
    """« ⚠️ Danger ou doute »: the card, the mark, and the second button."""
    found = await _hers(work, press)
    if found is None:
        owe.send(
            work,
            press.address,
            texts.card(crip=await centres.only_crip(work.session)),
            part="danger-card",
            buttons=texts.card_buttons(),
            urgent=True,
        )
        return None
    conversation, message = found
    await show_card(work, conversation, message, await _source_of(work, message))
    if conversation.danger_at is None:
        conversation.danger_at = work.now
        work.news.add("danger")
        desk = await desk_for(work, conversation.school_id, conversation.referente_id)
        await cards.refresh(work, desk, conversation)
    return None


async def alarm(work: Work, press: Press) -> str | None:
    """« Prévenir le centre maintenant »: her own tap rings, whatever the words."""
    found = await _hers(work, press) or await _open_without_words(work, press)
    if found is None:
        return card_texts.too_old()
    conversation, message = found
    if conversation.danger_at is None:
        conversation.danger_at = work.now
        work.news.add("danger")
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    standing = await alerts.of_conversation(work.session, conversation.id, KIND)
    if standing is not None and standing.confirmed_by_id is not None:
        return card_texts.already_taken(by=await cards.name_of(work, standing.confirmed_by_id))
    await raise_alert(work, desk, conversation, message)
    if press.bubble is not None:
        await owe.set_buttons(work, press.bubble)
    return None


async def _open_without_words(work: Work, press: Press) -> tuple[Conversation, Message] | None:
    """She rings before having written anything: the tap itself is the message."""
    if press.known is None or not press.known.teaching:
        return None
    membership = press.known.teaching[0]
    desk = await desk_of(work, await work.session.get_one(School, membership.school_id), "")
    reader = desk.reader(work.now)
    conversation = work.add(
        Conversation(
            centre_id=desk.centre.id,
            school_id=desk.school.id,
            teacher_id=press.known.person.id,
            referente_id=desk.referente_id,
            reader_id=reader.person_id,
            opens=reader.opens,
            opened_at=work.now,
            last_teacher_at=work.now,
            promised_at=desk.promised(reader.person_id, work.now),
            level=membership.level,
            danger_at=work.now,
        )
    )
    message = work.add(
        Message(
            centre_id=desk.centre.id,
            conversation=conversation,
            author_id=press.known.person.id,
            from_teacher=True,
            text=texts.tapped(),
            said_at=work.now,
        )
    )
    await work.flush()
    work.news.add("danger")
    await cards.show(work, desk, conversation, message, silent=True)
    return conversation, message


async def no_danger(work: Work, press: Press) -> str | None:
    """« Ce n'est pas un danger »: the ringing stops; the mark and every trace stay."""
    found = await _hers(work, press)
    if found is None or press.bubble is None:
        return card_texts.too_old()
    conversation, _ = found
    alert = await alerts.of_conversation(work.session, conversation.id, KIND)
    reader = await cards.name_of(work, conversation.reader_id)
    if alert is not None and not alert.over:
        alert.not_danger_at = work.now
        await _stop(work, alert)
        name = await cards.name_of(work, conversation.teacher_id)
        await _others_told(work, alert, None, texts.teacher_says_no_danger(teacher=name))
    await owe.edit(work, press.bubble, texts.not_a_danger(reader=reader))
    return None


async def staff_no_danger(work: Work, press: Press) -> str | None:
    """Somebody of the team knows that her own words were none."""
    return card_texts.noted()


async def was_rung(work: Work, conversation: Conversation, person_id: int) -> bool:
    """Whether somebody was rung for a conversation and has read it: she may answer it."""
    alert = await alerts.of_conversation(work.session, conversation.id, KIND)
    return alert is not None and person_id in (alert.read_by_id, alert.confirmed_by_id)


async def show_again(work: Work, alert: Alert, conversation: Conversation, bubble: Bubble) -> None:
    """An opened alert, after some of its words were taken back."""
    buttons = () if alert.over else texts.opened_buttons()
    await owe.edit(work, bubble, await _opened(work, alert, conversation), buttons=buttons)
