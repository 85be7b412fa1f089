"""The two bubbles that live as long as a conversation: the référente's card, the teacher's receipt."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot import owe
from bot.rules.absences import last_day_away
from bot.rules.hours import closure_on, is_open, next_opening
from bot.rules.later import when_here
from bot.rules.names import personal
from bot.rules.paris import local_date
from bot.team import ALWAYS, Desk, address_of, hides_content, rings_now
from bot.texts import card as texts
from bot.texts import dates, receipt
from bot.texts.html import fits
from storage import conversations, joining, outbox, people
from storage.centres import Town
from storage.conversations import Bubble, Conversation, Message
from storage.people import Membership, Person
from storage.store import Work

NURSERY = ("PS", "MS", "GS")
FIRST_CARDS = 3
"""Cards that still say how to answer."""
LONG_CLOSED = timedelta(days=4)
"""From here on a closed centre says so rather than « rouvre demain »."""


async def name_of(work: Work, person_id: int) -> str:
    """The name others read."""
    return (await work.session.get_one(Person, person_id)).name


async def membership_of(work: Work, conversation: Conversation) -> Membership | None:
    """What the teacher is, today, at the school she writes from."""
    found = await people.memberships_of(work.session, conversation.teacher_id, local_date(work.now))
    return next((one for one in found if one.school_id == conversation.school_id), None)


async def _card(work: Work, desk: Desk, conversation: Conversation, first: Message) -> texts.Card:
    teacher = await work.session.get_one(Person, conversation.teacher_id)
    membership = await membership_of(work, conversation)
    town = await work.session.get_one(Town, desk.school.town_id)
    instead = None
    if conversation.referente_id != conversation.reader_id:
        instead = await name_of(work, conversation.referente_id)
    return texts.Card(
        teacher=teacher.name,
        school=desk.school.name,
        classes=membership.classes if membership else "",
        said_at=first.said_at,
        words=first.text or "",
        kind=first.kind,
        territory=conversation.territory,
        reason=conversation.reason,
        unsure=conversation.unsure,
        pre_in_town=town.pre,
        alternative=town.alternative,
        nursery=is_nursery(conversation, membership),
        nursery_help=town.nursery_help,
        promised=conversation.promised_at,
        danger=conversation.danger_at is not None,
        today=first.today,
        confirmed=membership is None or membership.confirmed_at is not None,
        hide=await hides_content(work, conversation.reader_id),
        instead_of=instead,
        corrected=conversation.territory_by_id is not None,
        taken_by=await _taken_by(work, conversation),
        state=conversation.state,
        edited=first.edited_at is not None,
        withdrawn_at=first.withdrawn_at,
        call_at=conversation.call_at,
        call_number=conversation.call_number,
        coordinatrice=await _head_to_tell(work, desk, conversation),
        left=membership is None and await _was_there(work, conversation),
    )


async def _head_to_tell(work: Work, desk: Desk, conversation: Conversation) -> str | None:
    """The coordinatrice, whom her who reads tells of a danger."""
    head = desk.team.coordinatrice
    if conversation.danger_at is None or head is None or head == conversation.reader_id:
        return None
    return await name_of(work, head)


def is_nursery(conversation: Conversation, membership: Membership | None) -> bool:
    """Whether it is about a nursery child, who is never for the CLAS; what was said beats her class."""
    level = conversation.level or (membership.level if membership else None)
    return level in NURSERY


async def _was_there(work: Work, conversation: Conversation) -> bool:
    """Whether she was ever of that school here: somebody noted by `/appel` may never have joined."""
    found = await joining.latest_at_school(work.session, conversation.teacher_id, conversation.school_id)
    return found is not None


async def _taken_by(work: Work, conversation: Conversation) -> str | None:
    """Who answered, which may be somebody rung for it; else who has it."""
    if conversation.state == "answered":
        latest = await conversations.latest_from_centre(work.session, conversation.id)
        if latest is not None:
            return await name_of(work, latest.author_id)
    return await name_of(work, conversation.reader_id) if conversation.taken_at else None


def _buttons(card: texts.Card) -> texts.Buttons:
    return texts.buttons(
        territory=card.territory,
        unsure=card.unsure and not card.corrected,
        state=card.state,
        nursery=card.nursery,
        call_owed=card.call_at is not None,
        danger=card.danger,
        pre_in_town=card.pre_in_town,
    )


ROOM_FOR_WORDS = 3196
"""Characters of a message that its card holds: the rest is for what the card says of it."""


def _rendered(card: texts.Card, first: Message, work: Work) -> str:
    """The card; words too long for it stand under it."""
    if too_long_for_card(first):
        card = replace(card, words="", kind="long")
    return texts.card(card=card, now=work.now)


def too_long_for_card(message: Message) -> bool:
    """Whether a message's words need a bubble of their own under the card."""
    return not fits(message.text or "", most=ROOM_FOR_WORDS)


async def show(
    work: Work, desk: Desk, conversation: Conversation, first: Message, *, silent: bool | None = None
) -> Bubble | None:
    """Lay the conversation on its reader's phone; None when she has no phone yet."""
    address = await address_of(work, conversation.reader_id)
    if address is None:
        return None
    if silent is None:
        marked = conversation.danger_at is not None
        silent = not await rings_now(work, desk, conversation.reader_id, danger=marked)
    if not conversation.opens:
        return await _show_closed(work, desk, conversation, address, silent)
    card = await _card(work, desk, conversation, first)
    shown = await conversations.how_many(work.session, address, "card", FIRST_CARDS)
    bubble = owe.send(
        work,
        address,
        _rendered(replace(card, hint=shown < FIRST_CARDS), first, work),
        part="card",
        conversation=conversation,
        message=first,
        buttons=_buttons(card),
        silent=silent,
        protected=True,
    )
    if not card.confirmed:
        await _ask_if_known(work, desk, conversation, card, address)
    return bubble


async def _ask_if_known(
    work: Work, desk: Desk, conversation: Conversation, card: texts.Card, address: str
) -> None:
    """Once per teacher and reader: a code on a poster is not an identity."""
    question = f"known:{conversation.teacher_id}:{desk.school.id}:{address}"
    if conversation.danger_at is not None or await outbox.was_owed(work.session, question):
        return
    owe.send(
        work,
        address,
        texts.known_question(teacher=card.teacher, school=card.school),
        part="question",
        conversation=conversation,
        buttons=texts.known_buttons(),
        silent=True,
        dedup=question,
    )


async def _show_closed(
    work: Work, desk: Desk, conversation: Conversation, address: str, silent: bool
) -> Bubble:
    away_names = [await name_of(work, one) for one in desk.reader(work.now).instead_of]
    return owe.send(
        work,
        address,
        texts.closed_card(
            teacher=await name_of(work, conversation.teacher_id),
            school=desk.school.name,
            since=dates.recent(conversation.opened_at, work.now),
            instead_of=away_names,
        ),
        part="closed-card",
        conversation=conversation,
        buttons=texts.closed_buttons(),
        silent=silent,
    )


async def as_offered(work: Work, desk: Desk, conversation: Conversation, first: Message, to: int) -> str:
    """The card as she reads it who is asked in its reader's place."""
    card = await _card(work, desk, conversation, first)
    reader = await name_of(work, conversation.reader_id)
    return texts.card(
        card=replace(card, instead_of=reader, hide=await hides_content(work, to), hint=False), now=work.now
    )


async def refresh(
    work: Work,
    desk: Desk,
    conversation: Conversation,
    *,
    buttons: texts.Buttons | None = None,
    weighed: texts.Weighed | None = None,
) -> None:
    """Bring the card up to date: state, proposal, words.

    For now: ``buttons``, others than its own; ``weighed``, why it proposes what it does.
    """
    if not conversation.opens:
        return
    for bubble in await conversations.bubbles_of(work.session, conversation.id, "card"):
        if bubble.message_id is None or bubble.address != await address_of(work, conversation.reader_id):
            continue
        first = await work.session.get_one(Message, bubble.message_id)
        card = replace(await _card(work, desk, conversation, first), weighed=weighed)
        await owe.edit(
            work,
            bubble,
            _rendered(card, first, work),
            buttons=_buttons(card) if buttons is None else buttons,
        )


async def stands_again(work: Work, desk: Desk, conversation: Conversation, bubble: Bubble) -> None:
    """After a chooser under it: the card with its own buttons, or those of a closed one."""
    if conversation.opens:
        await refresh(work, desk, conversation)
    else:
        await owe.set_buttons(work, bubble, texts.closed_buttons())


async def promise(work: Work, desk: Desk, conversation: Conversation, kind: str) -> receipt.Promise:
    """What the receipt may say of this moment."""
    names = {one: await name_of(work, one) for one in (conversation.reader_id, conversation.referente_id)}
    unread = bool(await people.without_chat(work.session, [conversation.reader_id]))
    return promise_of(desk, conversation, names, unread=unread, kind=kind, now=work.now)


def promise_of(
    desk: Desk,
    conversation: Conversation,
    names: Mapping[int, str],
    *,
    unread: bool,
    kind: str,
    now: datetime,
) -> receipt.Promise:
    """The same, from what is known already; ``unread``: whoever reads has no phone here."""
    absent = until = None
    if conversation.reader_id != conversation.referente_id:
        rows = desk.team.absences.get(conversation.referente_id, ())
        until = last_day_away([one for one in rows if one is not ALWAYS], now)
        if until is not None:
            absent = names[conversation.referente_id]
    opens_at = None if is_open(desk.hours, now) else next_opening(desk.hours, now)
    closure = closure_on(desk.hours, local_date(now))
    back_at = None
    if desk.team.is_away(conversation.reader_id, now):
        rows = desk.team.absences.get(conversation.reader_id, ())
        back_at = when_here(desk.hours, rows, now)
    return receipt.Promise(
        reader=names[conversation.reader_id],
        received=now,
        answer_by=conversation.promised_at,
        opens_at=opens_at,
        long_closed=opens_at is not None and (closure is not None or opens_at - now > LONG_CLOSED),
        absent=absent,
        absent_until=until,
        opens=conversation.opens,
        back_at=back_at,
        kind=kind,
        telephone=desk.centre.telephone if unread else None,
    )


async def acknowledge(
    work: Work,
    desk: Desk,
    conversation: Conversation,
    message: Message,
    source: Bubble,
    *,
    asks: bool = False,
) -> Bubble:
    """The first receipt of a conversation, or of one that begins again; ``asks`` what it is about."""
    written = await promise(work, desk, conversation, message.kind)
    in_danger = conversation.danger_at is not None
    full_name = bool(personal(message.text or "")) and not in_danger
    waits_for = written.absent if written.opens and not in_danger else None
    return owe.send(
        work,
        source.address,
        receipt.received(promise=written, full_name=full_name, asks=asks),
        part="receipt",
        conversation=conversation,
        buttons=receipt.matter_buttons() if asks else receipt.buttons(absent=waits_for),
        silent=True,
        reply_to=source,
    )


async def acknowledge_again(
    work: Work, desk: Desk, conversation: Conversation, message: Message, source: Bubble
) -> None:
    """She asks again after an answer: her receipt says the new promise; on another day, a new one does."""
    found = await conversations.bubbles_of(work.session, conversation.id, "receipt")
    if not found or local_date(found[-1].made_at) != local_date(work.now):
        await acknowledge(work, desk, conversation, message, source)
    else:
        await receipt_anew(work, desk, conversation, message.kind)


async def receipt_anew(work: Work, desk: Desk, conversation: Conversation, kind: str = "text") -> None:
    """The receipt says who reads and by when, as of now, and asks nothing."""
    written = await promise(work, desk, conversation, kind)
    await receipt_says(work, conversation, receipt.received(promise=written, full_name=False))


async def receipt_says(work: Work, conversation: Conversation, text: str, *, over: bool = False) -> None:
    """The receipt lives: the same bubble says, silently, what has become of her message.

    ``over``: closed or taken back; what is left to her is to say that she worries.
    """
    found = await conversations.bubbles_of(work.session, conversation.id, "receipt")
    if found:
        shown = receipt.over_buttons() if over else await _receipt_buttons(work, conversation)
        await owe.edit(work, found[-1], text, buttons=shown)


async def receipt_buttons(work: Work, conversation: Conversation) -> None:
    """The receipt's buttons follow what she may still take back."""
    found = await conversations.bubbles_of(work.session, conversation.id, "receipt")
    if found:
        await owe.set_buttons(work, found[-1], await _receipt_buttons(work, conversation))


async def _receipt_buttons(work: Work, conversation: Conversation) -> receipt.Buttons:
    return receipt.buttons(old_words=await conversations.has_old_words(work.session, conversation.id))
