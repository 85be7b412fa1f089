"""« C'est pour ce soir »: a word about today rings whoever is with the children, then the référente,
then her cover, five minutes each. Outside sessions the teacher gets the telephone at once."""

from datetime import timedelta

from bot import cards, owe
from bot.incoming import Press
from bot.rules.ringing import today_rings
from bot.rules.routing import today_chain
from bot.team import Desk, address_of, desk_for, hides_content, session_now
from bot.texts import card as card_texts
from bot.texts import receipt as receipt_texts
from bot.texts import today as texts
from storage import alerts, conversations, due
from storage.alerts import Alert, Ring
from storage.conversations import Bubble, Conversation, Message
from storage.due import Due
from storage.store import Work
from storage.trace import Access

KIND = "today"
UNSEEN = "today-unseen"
UNSEEN_AFTER = timedelta(minutes=10)


async def notice(
    work: Work, desk: Desk, conversation: Conversation, message: Message, source: Bubble
) -> None:
    """Ring today's people and give the teacher the telephone, in case nobody looks."""
    session = await session_now(work, desk.centre.id)
    if session is None:
        written = await cards.promise(work, desk, conversation, message.kind)
        then = receipt_texts.received(promise=written, full_name=False)
        _receipt(
            work, conversation, source, texts.receipt_outside(telephone=desk.centre.telephone, then=then)
        )
        return
    chain = today_chain(desk.team, session.person_id, work.now)
    if not chain:
        _receipt(work, conversation, source, texts.unseen(telephone=desk.centre.telephone))
        return
    alert = work.add(
        Alert(
            centre_id=conversation.centre_id,
            conversation=conversation,
            message=message,
            kind=KIND,
            chain=list(chain),
            raised_at=work.now,
            rings_at=work.now,
        )
    )
    await work.flush()
    for number, one in enumerate(today_rings(chain, work.now)):
        await due.plan(work.session, KIND, alert.id, one.at, f"{number}:{one.person_id}")
    await due.plan(work.session, UNSEEN, alert.id, work.now + UNSEEN_AFTER)
    _receipt(work, conversation, source, texts.receipt(telephone=desk.centre.telephone))


def _receipt(work: Work, conversation: Conversation, source: Bubble, text: str) -> None:
    owe.send(
        work,
        source.address,
        text,
        part="receipt",
        conversation=conversation,
        buttons=receipt_texts.buttons(other_child=False),
        reply_to=source,
    )


async def ring(work: Work, row: Due) -> None:
    """Ring one person, with that message only (experience.md 21)."""
    alert = await work.session.get_one(Alert, row.subject_id)
    if alert.over:
        return
    person_id = int(row.slot.split(":")[1])
    address = await address_of(work, person_id)
    if address is None:
        return
    conversation = await work.session.get_one(Conversation, alert.conversation_id)
    bubble = owe.send(
        work,
        address,
        await _rung(work, alert, conversation, person_id),
        part="today",
        conversation=conversation,
        message=await work.session.get_one(Message, alert.message_id),
        buttons=texts.ring_buttons(),
        protected=True,
    )
    await work.flush()
    work.add(Ring(alert_id=alert.id, person_id=person_id, number=1, rung_at=work.now, bubble_id=bubble.id))
    work.add(
        Access(
            centre_id=alert.centre_id,
            person_id=person_id,
            conversation_id=conversation.id,
            what="today",
            at=work.now,
        )
    )


async def _rung(work: Work, alert: Alert, conversation: Conversation, person_id: int) -> str:
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    membership = await cards.membership_of(work, conversation)
    message = await work.session.get_one(Message, alert.message_id)
    return texts.ring(
        teacher=await cards.name_of(work, conversation.teacher_id),
        school=desk.school.name,
        classes=membership.classes if membership else "",
        at=message.said_at,
        words=(message.text or "")[:3000],
        hide=await hides_content(work, person_id),
        now=work.now,
    )


async def seen(work: Work, press: Press) -> str | None:
    """« Vu », « Je l'appelle »: the teacher knows, and nobody else is rung."""
    ring_ = await alerts.ring_in(work.session, press.bubble.id) if press.bubble else None
    if (
        ring_ is None
        or press.known is None
        or ring_.person_id != press.known.person.id
        or press.bubble is None
    ):
        return card_texts.too_old()
    alert = await work.session.get_one(Alert, ring_.alert_id)
    if alert.confirmed_by_id not in (None, ring_.person_id):
        return card_texts.already_taken(by=await cards.name_of(work, alert.confirmed_by_id or 0))
    conversation = await work.session.get_one(Conversation, alert.conversation_id)
    name = press.known.person.name
    if alert.confirmed_at is None:
        alert.confirmed_at, alert.confirmed_by_id = work.now, ring_.person_id
        await due.cancel(work.session, KIND, alert.id, work.now)
        await due.cancel(work.session, UNSEEN, alert.id, work.now)
    says = texts.calls(by=name) if press.argument == "call" else texts.seen(by=name, at=work.now)
    await cards.receipt_says(work, conversation, says)
    for one in await alerts.rings_of(work.session, alert.id):
        bubble = await work.session.get(Bubble, one.bubble_id) if one.bubble_id else None
        if bubble is not None and bubble.removed_at is None:
            text = await _rung(work, alert, conversation, one.person_id)
            await owe.edit(work, bubble, texts.ring_seen(text=text, by=name))
    return card_texts.noted()


async def unseen(work: Work, row: Due) -> None:
    """Ten minutes without anybody: the telephone again, aloud."""
    alert = await work.session.get_one(Alert, row.subject_id)
    if alert.over:
        return
    alert.unanswered_at = work.now
    conversation = await work.session.get_one(Conversation, alert.conversation_id)
    address = await address_of(work, conversation.teacher_id)
    if address is not None:
        telephone = await conversations.telephone_of(work.session, conversation)
        owe.send(work, address, texts.unseen(telephone=telephone), part="note", conversation=conversation)
