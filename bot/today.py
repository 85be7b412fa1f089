"""« C'est pour ce soir »: a word about today rings whoever is with the children, then the référente,
then her cover, five minutes each. Outside sessions the teacher gets the telephone at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import cards, owe
from bot.incoming import Press
from bot.rules.hours import next_opening
from bot.rules.paris import local, local_date
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
MOST_WORDS = 3000
"""Characters of a message that its ring shows; the rest stands under the référente's card."""


@dataclass(frozen=True, slots=True)
class Tonight:
    """Whom today's session rings, in order, and from when: now, or the day's next opening."""

    people: tuple[int, ...]
    at: datetime


async def who(work: Work, desk: Desk) -> Tonight | None:
    """Who can still be rung for today's session; None when there is none any more."""
    session = await session_now(work, desk.centre.id, desk.hours)
    if session is None:
        return None
    wall = local(work.now)
    at = work.now if wall.time() >= session.starts else next_opening(desk.hours, work.now)
    if at is None or local_date(at) != wall.date() or local(at).time() > session.ends:
        return None
    people = today_chain(desk.team, session.person_id, work.now)
    return Tonight(people, at) if people else None


async def notice(
    work: Work,
    desk: Desk,
    conversation: Conversation,
    message: Message,
    source: Bubble,
    tonight: Tonight | None,
) -> None:
    """Ring today's people and give the teacher the telephone, in case nobody looks."""
    standing = await alerts.of_conversation(work.session, conversation.id, KIND)
    rings_already = standing is not None and not standing.over and standing.unanswered_at is None
    if tonight is not None:
        await _raise(work, conversation, message, tonight)
    if not rings_already and not await _told_today(work, conversation, message, tonight):
        await _receipt(work, desk, conversation, message, source, tonight)


async def _raise(work: Work, conversation: Conversation, message: Message, tonight: Tonight) -> None:
    alert = work.add(
        Alert(
            centre_id=conversation.centre_id,
            conversation=conversation,
            message=message,
            kind=KIND,
            chain=list(tonight.people),
            raised_at=work.now,
            rings_at=tonight.at,
        )
    )
    await work.flush()
    await _plan(work, alert, tonight.people, tonight.at)
    await due.plan(work.session, UNSEEN, alert.id, tonight.at + UNSEEN_AFTER)


async def _plan(work: Work, alert: Alert, people: Sequence[int], start: datetime) -> None:
    """Plan one ring each; each planning has its own slots, as a danger's (bot/alert_plan.py)."""
    planning = await due.how_many(work.session, KIND, alert.id)
    for number, one in enumerate(today_rings(people, start), planning):
        await due.plan(work.session, KIND, alert.id, one.at, f"{number}:{one.person_id}")


async def _told_today(
    work: Work, conversation: Conversation, message: Message, tonight: Tonight | None
) -> bool:
    """Whether she has had the telephone already today, and nobody is rung for this word."""
    if tonight is not None:
        return False
    return any(
        one.today and one.id != message.id and local_date(one.said_at) == local_date(work.now)
        for one in await conversations.messages_of(work.session, conversation.id)
    )


async def _receipt(
    work: Work,
    desk: Desk,
    conversation: Conversation,
    message: Message,
    source: Bubble,
    tonight: Tonight | None,
) -> None:
    telephone = desk.centre.telephone
    if tonight is not None and tonight.at <= work.now:
        text = texts.receipt(telephone=telephone)
    else:
        written = await cards.promise(work, desk, conversation, message.kind)
        then = receipt_texts.received(promise=written, full_name=False)
        text = texts.receipt_outside(telephone=telephone, then=then)
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
        await _drawn(work, alert, conversation, person_id),
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


async def _drawn(work: Work, alert: Alert, conversation: Conversation, person_id: int) -> str:
    """What she was rung for, as it stands now, and who has seen it."""
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    membership = await cards.membership_of(work, conversation)
    message = await work.session.get_one(Message, alert.message_id)
    teacher = await cards.name_of(work, conversation.teacher_id)
    if message.withdrawn_at is not None:
        return card_texts.withdrawn(teacher=teacher, at=message.withdrawn_at)
    text = texts.ring(
        teacher=teacher,
        school=desk.school.name,
        classes=membership.classes if membership else "",
        at=message.said_at,
        words=(message.text or "")[:MOST_WORDS],
        hide=await hides_content(work, person_id),
        now=work.now,
    )
    if alert.confirmed_by_id is None:
        return text
    return texts.ring_seen(text=text, by=await cards.name_of(work, alert.confirmed_by_id))


async def leave_out(work: Work, person_id: int) -> None:
    """She is away from now on, or her phone takes nothing more: those after her are rung sooner."""
    for alert, next_ring in await alerts.ringing(work.session, KIND):
        if person_id not in alert.chain:
            continue
        rung = [one.person_id for one in await alerts.rings_of(work.session, alert.id)]
        left = [one for one in alert.chain if one not in rung and one != person_id]
        start = work.now if rung and rung[-1] == person_id else max(next_ring, work.now)
        await due.cancel(work.session, KIND, alert.id, work.now)
        await _plan(work, alert, left, start)


async def show_again(work: Work, bubble: Bubble) -> None:
    """Her words changed, were taken back, or somebody has seen them."""
    ring_ = await alerts.ring_in(work.session, bubble.id)
    if ring_ is None or bubble.removed_at is not None:
        return
    alert = await work.session.get_one(Alert, ring_.alert_id)
    conversation = await work.session.get_one(Conversation, alert.conversation_id)
    message = await work.session.get_one(Message, alert.message_id)
    open_still = not alert.over and message.withdrawn_at is None
    text = await _drawn(work, alert, conversation, ring_.person_id)
    await owe.edit(work, bubble, text, buttons=texts.ring_buttons() if open_still else ())


async def called_off(work: Work, message: Message) -> None:
    """What she took back rings nobody any more."""
    alert = await alerts.of_message(work.session, message.id, KIND)
    if alert is not None and not alert.over:
        alert.not_danger_at = work.now
        await _stop(work, alert)


async def _stop(work: Work, alert: Alert) -> None:
    await due.cancel(work.session, KIND, alert.id, work.now)
    await due.cancel(work.session, UNSEEN, alert.id, work.now)


async def seen(work: Work, press: Press) -> str | None:
    """« Vu », « Je l'appelle »: the teacher knows, and nobody else is rung."""
    ring_ = await alerts.ring_in(work.session, press.bubble.id) if press.bubble else None
    if ring_ is None or press.known is None or ring_.person_id != press.known.person.id:
        return card_texts.too_old()
    alert = await work.session.get_one(Alert, ring_.alert_id)
    if alert.kind != KIND or alert.not_danger_at is not None:
        return card_texts.too_old()
    if alert.confirmed_by_id not in (None, ring_.person_id):
        return card_texts.already_taken(by=await cards.name_of(work, alert.confirmed_by_id or 0))
    conversation = await work.session.get_one(Conversation, alert.conversation_id)
    if alert.confirmed_at is None:
        alert.confirmed_at, alert.confirmed_by_id = work.now, ring_.person_id
        await _stop(work, alert)
    name = press.known.person.name
    says = texts.calls(by=name) if press.argument == "call" else texts.seen(by=name, at=work.now)
    await cards.receipt_says(work, conversation, says)
    for one in await alerts.rings_of(work.session, alert.id):
        bubble = await work.session.get(Bubble, one.bubble_id) if one.bubble_id else None
        if bubble is not None:
            await show_again(work, bubble)
    return card_texts.noted()


async def rung_for(work: Work, bubble: Bubble, person_id: int) -> bool:
    """Whether she replies, on the same day, to the word she was rung for."""
    ring_ = await alerts.ring_in(work.session, bubble.id) if bubble.part == KIND else None
    if ring_ is None or ring_.person_id != person_id:
        return False
    return local_date(ring_.rung_at) == local_date(work.now)


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
