"""The alert of a child in danger: it rings (in the order of bot/alert_plan.py) until « Je m'en occupe ».

Nothing of it shows a content before « Lire ». Nobody of the school is told anything that is not
stored already.
"""

from datetime import timedelta

from bot import alert_plan, cards, carry, handover, owe, promises
from bot.alert_plan import KIND
from bot.incoming import Press
from bot.rules.routing import Call
from bot.team import Desk, address_of, desk_for, who_may_be_rung
from bot.texts import card as card_texts
from bot.texts import danger as texts
from storage import alerts, conversations, due
from storage.alerts import Alert, Ring
from storage.conversations import Bubble, Conversation, Message
from storage.due import Due
from storage.store import Work
from storage.trace import Access

HAS_IT = timedelta(hours=12)
"""« Je m'en occupe » holds for a working day: clear words of the day after ring anew."""
OPENED = "alert-open"
"""The part of an alert's bubble once « Lire » has put the content in it."""


async def raise_alert(work: Work, desk: Desk, conversation: Conversation, message: Message) -> bool:
    """Ring the centre, unless this conversation rings already or somebody has it. Whether it rings.

    When everybody has been rung in vain, or the matter rested since, it rings anew.
    """
    standing = await alerts.of_conversation(work.session, conversation.id, KIND)
    if standing is not None and has_it(work, standing, conversation):
        return False
    if standing is not None and await still_rings(work, standing):
        return True
    call = await who_may_be_rung(work, desk)
    alert = standing
    if alert is None or alert.over:
        alert = Alert(
            centre_id=conversation.centre_id, conversation=conversation, kind=KIND, raised_at=work.now
        )
        work.add(alert)
    alert.chain, alert.message_id = list(call.people) if call else [], message.id
    alert.rings_at, alert.unanswered_at = call.at if call else work.now, None
    work.add(
        Access(centre_id=conversation.centre_id, conversation_id=conversation.id, what="alert", at=work.now)
    )
    await work.flush()
    await _tell_teacher(work, alert, conversation, call)
    if call is not None:
        await alert_plan.begin(work, desk, alert, call)
    return True


def has_it(work: Work, alert: Alert, conversation: Conversation) -> bool:
    """Whether she who said « Je m'en occupe » still has it: not closed nor moved since, nor long ago."""
    if alert.confirmed_at is None or conversation.taken_at is None or conversation.state == "closed":
        return False
    return work.now - alert.confirmed_at < HAS_IT


async def still_rings(work: Work, alert: Alert) -> bool:
    """Whether somebody is still to be rung for it, now or when the centre opens."""
    return not alert.over and await due.waits(work.session, (KIND, alert_plan.OPENING), alert.id)


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
        message=await work.session.get_one(Message, alert.message_id),
        buttons=texts.calling_buttons(),
    )


# ── Moments that come ────────────────────────────────────────────────────────────────────────


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
    if any(one.declined_at is not None and one.rung_at >= alert.rings_at for one in before):
        return
    for one in before:
        bubble = await _bubble_of(work, one)
        if bubble is not None and bubble.part != OPENED:
            await owe.remove(work, bubble)
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


async def _bubble_of(work: Work, ring_: Ring) -> Bubble | None:
    """Where a ring still stands."""
    bubble = await work.session.get(Bubble, ring_.bubble_id) if ring_.bubble_id else None
    return bubble if bubble is not None and bubble.removed_at is None else None


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


# ── What the team presses ────────────────────────────────────────────────────────────────────


async def _pressed(work: Work, press: Press) -> tuple[Alert, Ring, Conversation] | None:
    """The alert a member of the team was rung for, by the bubble she pressed."""
    if press.bubble is None or press.known is None:
        return None
    ring_ = await alerts.ring_in(work.session, press.bubble.id)
    if ring_ is None or ring_.person_id != press.known.person.id:
        return None
    alert = await work.session.get_one(Alert, ring_.alert_id)
    if alert.kind != KIND or alert.centre_id not in {one.centre_id for one in press.known.staff}:
        return None
    return alert, ring_, await work.session.get_one(Conversation, alert.conversation_id)


async def read(work: Work, press: Press) -> str | None:
    """« Lire »: the content opens, and the teacher knows that somebody has read."""
    found = await _pressed(work, press)
    if found is None or press.bubble is None or press.known is None or press.bubble.part == OPENED:
        return card_texts.too_old()
    alert, _, conversation = found
    person = press.known.person
    if alert.confirmed_by_id not in (None, person.id):
        name = await cards.name_of(work, alert.confirmed_by_id or 0)
        await owe.edit(work, press.bubble, texts.handled_elsewhere(by=name))
        return None
    if alert.over:
        await owe.edit(work, press.bubble, texts.alert_over())
        return None
    press.bubble.part = OPENED
    await _draw(work, alert, conversation, press.bubble)
    await _media_under(work, conversation, press.bubble, person.id)
    work.add(
        Access(
            centre_id=alert.centre_id,
            person_id=person.id,
            conversation_id=conversation.id,
            what="read-alert",
            at=work.now,
        )
    )
    if alert.read_at is None:
        alert.read_at, alert.read_by_id = work.now, person.id
        await _receipt_says(work, conversation, texts.read_by(reader=person.name, at=work.now))
    return None


async def _draw(work: Work, alert: Alert, conversation: Conversation, bubble: Bubble) -> None:
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    membership = await cards.membership_of(work, conversation)
    said = [
        texts.said(words=one.text or "", kind=one.kind)
        for one in await conversations.messages_of(work.session, conversation.id)
        if one.from_teacher and one.withdrawn_at is None
    ]
    head = desk.team.coordinatrice
    tells = head is not None and await address_of(work, head) != bubble.address
    text = texts.alert_opened(
        teacher=await cards.name_of(work, conversation.teacher_id),
        school=desk.school.name,
        classes=membership.classes if membership else "",
        at=alert.raised_at,
        words="\n".join(said),
        number=conversation.call_number,
        coordinatrice=await cards.name_of(work, head) if head is not None and tells else None,
        now=work.now,
    )
    await owe.edit(work, bubble, text, buttons=() if alert.over else texts.opened_buttons())


async def _media_under(
    work: Work, conversation: Conversation, bubble: Bubble, person_id: int, *, only: Message | None = None
) -> None:
    """What was not said in words, for somebody who does not have the conversation."""
    if person_id == conversation.reader_id and conversation.opens:
        return
    author = await cards.name_of(work, conversation.teacher_id)
    said = [only] if only is not None else await conversations.messages_of(work.session, conversation.id)
    for message in said:
        if message.kind == "text" or message.withdrawn_at is not None:
            continue
        found = await conversations.bubbles_of_message(work.session, message.id)
        source = next((one for one in found if one.part == "source"), None)
        await carry.under(work, conversation, message, source, bubble, author=author, silent=True)


async def show_again(work: Work, conversation: Conversation, added: Message | None = None) -> None:
    """Whoever opened the alert sees what has been ``added``, mended or taken back since."""
    alert = await alerts.of_conversation(work.session, conversation.id, KIND)
    if alert is None or alert.read_at is None:
        return
    for one in await alerts.rings_of(work.session, alert.id):
        bubble = await _bubble_of(work, one)
        if bubble is not None and bubble.part == OPENED:
            await _draw(work, alert, conversation, bubble)
            if added is not None:
                await _media_under(work, conversation, bubble, one.person_id, only=added)


async def handle(work: Work, press: Press) -> str | None:
    """« Je m'en occupe »: the only thing that stops the ringing."""
    found = await _pressed(work, press)
    if found is None or press.known is None or press.bubble is None:
        return card_texts.too_old()
    alert, _, conversation = found
    person = press.known.person
    if alert.confirmed_at is not None and alert.confirmed_by_id != person.id:
        return card_texts.already_taken(by=await cards.name_of(work, alert.confirmed_by_id or 0))
    if alert.over or press.bubble.part != OPENED:
        return card_texts.too_old()
    alert.confirmed_at, alert.confirmed_by_id = work.now, person.id
    await alert_plan.stop(work, alert)
    await _belongs_to(work, conversation, person.id)
    await _receipt_says(work, conversation, texts.confirmed_by(reader=person.name, at=work.now))
    await others_told(work, alert, person.id, texts.handled_elsewhere(by=person.name))
    await owe.set_buttons(work, press.bubble)
    return card_texts.yours()


async def _belongs_to(work: Work, conversation: Conversation, person_id: int) -> None:
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    if conversation.reader_id != person_id or not conversation.opens:
        address = await address_of(work, person_id)
        for bubble in await conversations.bubbles_of(
            work.session, conversation.id, *carry.SHOWN, address=address
        ):
            await owe.remove(work, bubble)  # what stood under the alert comes again under the card
        await handover.move(work, desk, conversation, person_id)
    conversation.taken_at, conversation.state = work.now, "taken"
    await promises.settle(work, conversation, person_id, answered=False)
    await work.flush()
    await cards.refresh(work, desk, conversation)


async def cannot(work: Work, press: Press) -> str | None:
    """« Je ne peux pas »: the next one is rung at once."""
    found = await _pressed(work, press)
    if found is None or press.bubble is None or press.known is None:
        return card_texts.too_old()
    alert, ring_, _ = found
    press.bubble.part = "alert"
    if alert.over:
        await owe.edit(work, press.bubble, texts.alert_over())
        return None
    left = await alert_plan.pass_on(work, alert, ring_)
    name = await cards.name_of(work, left[0]) if left else None
    await owe.edit(work, press.bubble, texts.declined(to=name))
    return None


async def others_told(work: Work, alert: Alert, but: int | None, text: str) -> None:
    """What stays of the alert in the chats of those who were rung."""
    for one in await alerts.rings_of(work.session, alert.id):
        bubble = await _bubble_of(work, one)
        if one.person_id != but and bubble is not None:
            bubble.part = "alert"
            await owe.edit(work, bubble, text)


async def _receipt_says(work: Work, conversation: Conversation, text: str) -> None:
    found = await conversations.bubbles_of(work.session, conversation.id, "alert-receipt")
    if found:
        await owe.edit(work, found[-1], text, buttons=texts.calling_buttons())


async def was_opened_by(work: Work, conversation: Conversation, person_id: int) -> bool:
    """Whether somebody was rung for a conversation and has it open: she may answer it."""
    alert = await alerts.of_conversation(work.session, conversation.id, KIND)
    if alert is None:
        return False
    for one in await alerts.rings_of(work.session, alert.id):
        if one.person_id == person_id:
            bubble = await _bubble_of(work, one)
            if bubble is not None and bubble.part == OPENED:
                return True
    return False
