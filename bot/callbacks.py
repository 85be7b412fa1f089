"""« Rappelez-moi » (E14): when, then where; shown to her who calls, and erased once it is done."""

from datetime import date, datetime, timedelta

from bot import alert, calendars, cards, handover, nudges, owe, promises, whose
from bot.incoming import Incoming, Press
from bot.rules.calendar import no_class
from bot.rules.call_slots import call_slots
from bot.rules.telephone import shared_number, typed_number
from bot.team import Desk, address_of, desk_for, hides_content, rings_now
from bot.texts import callbacks as texts
from bot.texts import card as card_texts
from storage import conversations, dialogues, due
from storage.conversations import Bubble, Conversation
from storage.due import Due
from storage.people import Known
from storage.promises import NUDGE
from storage.store import Work

KIND = "callback"
"""The kind of its due rows, and of the open question."""
BEFORE = timedelta(minutes=10)
"""The caller is told this long before."""
LASTS = timedelta(minutes=30)
"""The promise ends this long after the moment of the call."""
NUMBER_WAITS = timedelta(hours=4)
"""How long a number alone is still taken for the answer to the question."""
IN_DANGER = "alert-receipt"


async def ask(work: Work, press: Press) -> str | None:
    """« Rappelez-moi »: a grid of moments; where a child may be in danger, the number at once."""
    conversation = await _hers(work, press)
    if conversation is None or press.bubble is None:
        return card_texts.too_old()
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    if press.bubble.part == IN_DANGER:
        conversation.call_at = work.now
        await cards.refresh(work, desk, conversation)
        await _ask_number(work, press, conversation)
        return None
    slots = await _slots(work, desk, conversation)
    if not slots:
        return texts.no_slot(telephone=desk.centre.telephone)
    await owe.set_buttons(work, press.bubble, texts.slot_buttons(slots=slots, now=work.now))
    return None


async def _hers(work: Work, press: Press) -> Conversation | None:
    """Her own conversation, still open, at a school where she still is."""
    conversation = await whose.teachers(work, press)
    if conversation is None or press.known is None or conversation.state == "closed":
        return None
    return conversation if conversation.school_id in {one.school_id for one in press.known.teaching} else None


async def _slots(work: Work, desk: Desk, conversation: Conversation) -> tuple[datetime, ...]:
    calendar = await calendars.of_school(work, desk.school.id)

    def has_class(day: date) -> bool:
        return no_class(calendar, day, wednesdays=desk.school.wednesdays) is None

    absences = desk.team.absences.get(conversation.reader_id, ())
    midday = (desk.school.midday_starts, desk.school.midday_ends)
    return call_slots(desk.hours, absences, midday, has_class, work.now)


async def back(work: Work, press: Press) -> str | None:
    """« ‹ Retour »: the receipt's own buttons."""
    conversation = await _hers(work, press)
    if conversation is None:
        return card_texts.too_old()
    await cards.receipt_buttons(work, conversation)
    return None


async def choose(work: Work, press: Press) -> str | None:
    """She has chosen when: it is promised, and the caller knows."""
    conversation = await _hers(work, press)
    if conversation is None:
        return card_texts.too_old()
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    slots = await _slots(work, desk, conversation)
    at = next((one for one in slots if press.argument == texts.slot_key(moment=one)), None)
    if at is None:
        await cards.receipt_buttons(work, conversation)
        return card_texts.too_old()
    await owed(work, desk, conversation, at)
    caller = await cards.name_of(work, conversation.reader_id)
    await cards.receipt_says(work, conversation, texts.promised(caller=caller, at=at, now=work.now))
    await _tell_caller(work, desk, conversation, at)
    if conversation.call_number is None:
        await _ask_number(work, press, conversation)
    return None


async def owed(work: Work, desk: Desk, conversation: Conversation, at: datetime) -> None:
    """A call is owed at that moment: it comes back on time, and no promise ends before it."""
    conversation.call_at = at
    if conversation.state == "answered":
        conversation.state, conversation.answered_at = "waiting", None
        await promises.until(work, desk, conversation, at + LASTS)
    elif conversation.promised_at is None or conversation.promised_at < at + LASTS:
        await promises.until(work, desk, conversation, at + LASTS)
    await due.move(work.session, KIND, conversation.id, max(at - BEFORE, work.now))
    await work.flush()
    await cards.refresh(work, desk, conversation)


async def _tell_caller(work: Work, desk: Desk, conversation: Conversation, at: datetime) -> None:
    teacher = await cards.name_of(work, conversation.teacher_id)
    address = await address_of(work, conversation.reader_id)
    if address is None:
        return
    owe.send(
        work,
        address,
        texts.asked(teacher=teacher, at=at, now=work.now),
        part="note",
        conversation=conversation,
        silent=not await rings_now(work, desk, conversation.reader_id),
        reply_to=await _laid(work, conversation, address),
    )


# ── The number ───────────────────────────────────────────────────────────────────────────────


async def _ask_number(work: Work, press: Press, conversation: Conversation) -> None:
    bubble = owe.send(
        work,
        press.address,
        texts.ask_number(),
        part="question",
        conversation=conversation,
        silent=True,
        asks_contact=texts.share_label(),
    )
    about = {"conversation": conversation.id}
    await dialogues.ask(work.session, press.address, KIND, work.now, bubble=bubble, about=about)


async def takes_words(work: Work, known: Known | None, incoming: Incoming) -> bool:
    """Whether this is the number she was asked for. Anything else is a message like another."""
    if known is None or not known.teaching or incoming.danger_card is not None:
        return False
    asked = await dialogues.open_in(work.session, incoming.address, KIND)
    if asked is None or work.now - asked.asked_at > NUMBER_WAITS:
        return False
    number = shared_number(incoming.telephone) if incoming.telephone else typed_number(incoming.words)
    conversation = await work.session.get(Conversation, asked.about["conversation"])
    if number is None or conversation is None or conversation.teacher_id != known.person.id:
        return False
    await dialogues.close(work.session, incoming.address, KIND)
    if conversation.call_at is None or conversation.state == "closed":
        return False
    await _keep_number(work, conversation, conversation.call_at, number, incoming.address)
    return True


async def _keep_number(
    work: Work, conversation: Conversation, at: datetime, number: str, address: str
) -> None:
    conversation.call_number = number
    await work.flush()
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    await cards.refresh(work, desk, conversation)
    await alert.show_again(work, conversation)
    caller = await cards.name_of(work, conversation.reader_id)
    if conversation.danger_at is not None:
        text = texts.number_kept_in_danger(number=number)
    else:
        text = texts.number_kept(caller=caller, number=number, at=at, now=work.now)
    owe.send(work, address, text, part="note", conversation=conversation, silent=True, keyboard_off=True)


# ── The moment ───────────────────────────────────────────────────────────────────────────────


async def comes(work: Work, row: Due) -> None:
    """The call is owed now: a line to her who has the conversation, whatever her rhythm."""
    conversation = await work.session.get_one(Conversation, row.subject_id)
    if conversation.call_at is None or conversation.state == "closed":
        return
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    if desk.team.is_away(conversation.reader_id, work.now):
        await handover.to_who_reads(work, desk, conversation)
    address = await address_of(work, conversation.reader_id)
    if address is None:
        return
    owe.send(
        work,
        address,
        await _line(work, desk, conversation, conversation.call_at),
        part=NUDGE,
        conversation=conversation,
        buttons=texts.comes_buttons(opens=conversation.opens),
        silent=desk.team.is_away(conversation.reader_id, work.now),
        reply_to=await _laid(work, conversation, address),
    )


async def _laid(work: Work, conversation: Conversation, address: str) -> Bubble | None:
    found = await conversations.bubbles_of(work.session, conversation.id, *nudges.LAID, address=address)
    return found[-1] if found else None


async def _line(work: Work, desk: Desk, conversation: Conversation, at: datetime) -> str:
    teacher = await cards.name_of(work, conversation.teacher_id)
    if not conversation.opens:
        return texts.comes_closed(teacher=teacher, school=desk.school.name, at=at, now=work.now)
    return texts.comes(
        teacher=teacher,
        school=desk.school.name,
        at=at,
        number=conversation.call_number,
        hide=await hides_content(work, conversation.reader_id),
        now=work.now,
    )
