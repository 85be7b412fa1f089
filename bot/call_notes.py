"""`/appel` (E14): a call received, noted in three touches; it is a conversation like another."""

from datetime import datetime, timedelta
from typing import Any

from bot import callbacks, cards, joining, owe, promises, territories
from bot.incoming import Incoming, Press
from bot.rules.later import later
from bot.rules.paris import local_date
from bot.rules.shown_name import clean, is_a_name
from bot.team import Desk, desk_of
from bot.texts import call_notes as texts
from bot.texts import card as card_texts
from bot.texts import promises as promise_texts
from storage import conversations, dialogues, meetings, people
from storage.centres import School
from storage.conversations import Bubble, Conversation, Message
from storage.dialogues import Dialogue
from storage.people import Known, Person
from storage.store import Work

KIND = "call-note"
SHOWN = 16
"""Teachers on the grid; the others are typed."""
TYPING = timedelta(minutes=10)
"""How long a name alone is taken for the answer to the question."""


async def show(work: Work, address: str) -> None:
    """`/appel`: who called?"""
    known = await joining.of_the_team(work, address, texts.staff_only())
    if known is None:
        return
    if not await _schools(work, known):
        owe.send(work, address, texts.no_school(), part="note")
    else:
        buttons = texts.who_buttons(people=await _callers(work, known))
        bubble = owe.send(work, address, texts.who(), part="question", buttons=buttons)
        await dialogues.ask(work.session, address, KIND, work.now, bubble=bubble)


async def _schools(work: Work, known: Known) -> list[School]:
    """Hers; all of her centre's for whoever has none of her own."""
    hers = await meetings.schools_of(work.session, known.person.id)
    return list(
        hers or await meetings.schools_of_centres(work.session, [one.centre_id for one in known.staff])
    )


async def _callers(work: Work, known: Known) -> list[tuple[str, str]]:
    found = []
    for school in await _schools(work, known):
        for membership, person in await meetings.people_of_school(
            work.session, school.id, local_date(work.now)
        ):
            label = texts.label(name=person.name, classes=membership.classes)
            found.append((label, f"{school.id}.{person.id}"))
    return sorted(found)[:SHOWN]


async def _standing(work: Work, press: Press) -> Dialogue | None:
    """The open note this press belongs to."""
    asked = await dialogues.open_in(work.session, press.address, KIND)
    if asked is None or press.bubble is None or asked.bubble_id != press.bubble.id:
        return None
    return asked


async def start_again(work: Work, press: Press) -> str | None:
    """« ‹ Retour »: to the first question."""
    asked = await _standing(work, press)
    if asked is None or press.known is None or press.bubble is None:
        return card_texts.too_old()
    asked.about, asked.words = {}, None
    buttons = texts.who_buttons(people=await _callers(work, press.known))
    await owe.edit(work, press.bubble, texts.who(), buttons=buttons)
    return None


async def choose_caller(work: Work, press: Press) -> str | None:
    """Somebody of the grid: ``<school id>.<person id>``."""
    asked = await _standing(work, press)
    if asked is None or press.known is None:
        return card_texts.too_old()
    if press.argument not in {key for _, key in await _callers(work, press.known)}:
        return card_texts.too_old()
    school, _, person = press.argument.partition(".")
    asked.about = {"school": int(school), "person": int(person)}
    await _ask_what(work, asked)
    return None


async def other(work: Work, press: Press) -> str | None:
    """« Quelqu'un d'autre… »: her next words, if they look like a name."""
    asked = await _standing(work, press)
    if asked is None or press.bubble is None:
        return card_texts.too_old()
    asked.about, asked.asked_at = {"typing": True}, work.now
    await owe.edit(work, press.bubble, texts.ask_name(), buttons=texts.back_only())
    return None


async def takes_words(work: Work, known: Known | None, incoming: Incoming) -> bool:
    """Whether these words are the name that was asked for."""
    if known is None or not known.staff or incoming.danger_card is not None:
        return False
    asked = await dialogues.open_in(work.session, incoming.address, KIND)
    if asked is None or not asked.about.get("typing") or asked.bubble_id is None:
        return False
    bubble = await work.session.get_one(Bubble, asked.bubble_id)
    if incoming.reply_to not in (None, bubble.ref) or work.now - asked.asked_at > TYPING:
        return False
    if incoming.kind != "text" or not is_a_name(incoming.words):
        return False
    asked.words, asked.about = clean(incoming.words), {}
    schools = await _schools(work, known)
    if len(schools) == 1:
        asked.about = {"school": schools[0].id}
        await _ask_what(work, asked)
    else:
        buttons = texts.school_buttons(schools=[(one.id, one.name) for one in schools])
        await owe.edit(work, bubble, texts.which_school(name=asked.words), buttons=buttons)
    return True


async def choose_school(work: Work, press: Press) -> str | None:
    """Where she whose name was typed teaches."""
    asked = await _standing(work, press)
    if asked is None or press.known is None or not asked.words:
        return card_texts.too_old()
    school = next((one for one in await _schools(work, press.known) if str(one.id) == press.argument), None)
    if school is None:
        return card_texts.too_old()
    asked.about = {"school": school.id}
    await _ask_what(work, asked)
    return None


async def _name(work: Work, asked: Dialogue) -> str:
    if asked.words:
        return asked.words
    return (await work.session.get_one(Person, asked.about["person"])).name


async def _ask_what(work: Work, asked: Dialogue) -> None:
    bubble = await work.session.get_one(Bubble, asked.bubble_id)
    buttons = texts.what_buttons(pre_in_town=await territories.pre_at(work, asked.about["school"]))
    await owe.edit(work, bubble, texts.what(name=await _name(work, asked)), buttons=buttons)


async def choose_what(work: Work, press: Press) -> str | None:
    """The territory; then what is owed."""
    asked = await _standing(work, press)
    if asked is None or press.known is None or press.bubble is None or "school" not in asked.about:
        return card_texts.too_old()
    if press.argument not in texts.TERRITORIES:
        return card_texts.too_old()
    asked.about = asked.about | {"what": press.argument}
    desk, moments = await _offers(work, press.known, asked.about)
    buttons = texts.owes_buttons(
        moments=moments, answer_by=desk.promised(press.known.person.id, work.now), now=work.now
    )
    pre = await territories.pre_at(work, asked.about["school"])
    text = texts.owes(name=await _name(work, asked), territory=press.argument, pre_in_town=pre)
    await owe.edit(work, press.bubble, text, buttons=buttons)
    return None


async def _offers(work: Work, known: Known, about: dict[str, Any]) -> tuple[Desk, tuple[datetime, ...]]:
    desk = await desk_of(work, await work.session.get_one(School, about["school"]), "")
    return desk, later(desk.hours, desk.team.absences.get(known.person.id, ()), work.now)


async def choose_owed(work: Work, press: Press) -> str | None:
    """A call at that moment, an answer, or nothing: it is noted."""
    asked = await _standing(work, press)
    if asked is None or press.known is None or press.bubble is None or "what" not in asked.about:
        return card_texts.too_old()
    desk, moments = await _offers(work, press.known, asked.about)
    call_at = next((one for one in moments if press.argument == promise_texts.moment_key(moment=one)), None)
    if call_at is None and press.argument not in ("answer", "nothing"):
        return card_texts.too_old()
    name, territory = await _name(work, asked), asked.about["what"]
    conversation, message = await _open(work, press.known, desk, asked)
    if call_at is not None:
        await callbacks.owed(work, desk, conversation, call_at)
    elif press.argument == "answer":
        await promises.make(work, desk, conversation)
    else:
        conversation.state, conversation.current = "closed", False
        conversation.answered_at = conversation.closed_at = work.now
    await work.session.delete(asked)
    text = texts.noted(
        name=name,
        school=desk.school.name,
        territory=territory,
        pre_in_town=await territories.pre_at(work, desk.school.id),
        call_at=call_at,
        answer_by=conversation.promised_at,
        now=work.now,
    )
    await owe.edit(work, press.bubble, text)
    if conversation.state != "closed":
        await cards.show(work, desk, conversation, message, silent=True)
    return None


async def _open(work: Work, known: Known, desk: Desk, asked: Dialogue) -> tuple[Conversation, Message]:
    """The conversation, which she has already; the teacher's own thread, if any, stays where it is."""
    teacher_id = asked.about.get("person") or await _newcomer(work, asked)
    level = None
    for one in await people.memberships_of(work.session, teacher_id, local_date(work.now)):
        if one.school_id == desk.school.id:
            level = one.level
    open_already = await conversations.current(work.session, teacher_id, desk.school.id, desk.referente_id)
    conversation = work.add(
        Conversation(
            centre_id=desk.centre.id,
            school_id=desk.school.id,
            teacher_id=teacher_id,
            referente_id=desk.referente_id,
            reader_id=known.person.id,
            opens=True,
            state="taken",
            current=open_already is None,
            opened_at=work.now,
            taken_at=work.now,
            last_teacher_at=work.now,
            level=level,
            territory=asked.about["what"],
            territory_by_id=known.person.id,
        )
    )
    message = work.add(
        Message(
            centre_id=desk.centre.id,
            conversation=conversation,
            author_id=teacher_id,
            from_teacher=True,
            text=texts.message(by=known.person.name),
            said_at=work.now,
        )
    )
    await work.flush()
    return conversation, message


async def _newcomer(work: Work, asked: Dialogue) -> int:
    """Somebody who called and has never joined: a name, no chat, no rights."""
    person = work.add(Person(name=asked.words or ""))
    await work.flush()
    return person.id
