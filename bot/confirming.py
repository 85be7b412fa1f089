"""« Vous la connaissez ? »: who came by a school's code is confirmed by somebody of the centre."""

from datetime import timedelta

from bot import departure, owe, team
from bot.incoming import Press
from bot.texts import card as card_texts
from bot.texts import welcome as texts
from storage import due, joining
from storage.centres import EVERY_ACTION, Centre, School
from storage.conversations import Conversation
from storage.dialogues import Dialogue
from storage.due import Due
from storage.people import Membership, Person
from storage.store import Work
from storage.trace import Access

CLOSES = timedelta(days=7)
"""After the second question, the access that nobody has confirmed is closed."""


async def answer(work: Work, press: Press) -> str | None:
    """« Oui » confirms her; « Non » ends her access to that school. The first answer holds."""
    membership = await _asked_about(work, press)
    if membership is None or press.known is None or press.bubble is None:
        return texts.stale()
    if membership.confirmed_at is None and membership.ended_at is None:
        if press.argument == "yes":
            membership.confirmed_at = work.now
        else:
            membership.ended_at = work.now
        await due.cancel(work.session, "unconfirmed", membership.id, work.now)
        what = f"{'confirmed' if press.argument == 'yes' else 'refused'}:{membership.id}"
        work.add(
            Access(centre_id=membership.centre_id, person_id=press.known.person.id, what=what, at=work.now)
        )
        work.news.add("people")
        await departure.tell(work, membership.person_id)
    teacher = await work.session.get_one(Person, membership.person_id)
    known = membership.confirmed_at is not None
    await owe.edit(work, press.bubble, texts.known_answer(teacher=teacher.name, known=known))
    return None


async def _asked_about(work: Work, press: Press) -> Membership | None:
    """Whom the pressed bubble asks about, if it is for this person's centre to say."""
    if press.bubble is None or press.known is None or press.argument not in ("yes", "no"):
        return None
    if press.bubble.conversation_id is not None:
        conversation = await work.session.get_one(Conversation, press.bubble.conversation_id)
        found = await joining.latest_at_school(work.session, conversation.teacher_id, conversation.school_id)
    else:
        asked = await joining.asked_by(work.session, press.bubble.id)
        wanted = asked.about.get("membership") if asked is not None else None
        found = await work.session.get(Membership, wanted) if wanted is not None else None
    if found is None or found.centre_id not in {one.centre_id for one in press.known.staff}:
        return None
    return found


async def unconfirmed(work: Work, row: Due) -> None:
    """Her time « à confirmer » is over: the centre is asked again, then the access closes."""
    membership = await work.session.get_one(Membership, row.subject_id)
    if membership.confirmed_at is not None or membership.ended_at is not None:
        return
    if row.slot == "close":
        await _close(work, membership)
        return
    if await _ask_again(work, membership):
        await due.plan(work.session, "unconfirmed", membership.id, work.now + CLOSES, slot="close")
    else:
        row.at, row.done_at = work.now + CLOSES, None  # nobody to ask: nothing closes meanwhile


async def _ask_again(work: Work, membership: Membership) -> bool:
    """Ask whoever reads for the school; False when she has no phone here."""
    school = await work.session.get_one(School, membership.school_id)
    desk = await team.desk_of(work, school, EVERY_ACTION)
    address = await team.address_of(work, desk.reader(work.now).person_id)
    if address is None:
        return False
    teacher = await work.session.get_one(Person, membership.person_id)
    bubble = owe.send(
        work,
        address,
        card_texts.known_question(teacher=teacher.name, school=school.name),
        part="question",
        buttons=card_texts.known_buttons(),
        silent=True,
    )
    work.add(
        Dialogue(
            address=address,
            kind=f"know:{membership.id}",
            bubble=bubble,
            about={"membership": membership.id},
            asked_at=work.now,
        )
    )
    return True


async def _close(work: Work, membership: Membership) -> None:
    membership.ended_at = work.now
    work.news.add("people")
    await departure.tell(work, membership.person_id)
    address = await team.address_of(work, membership.person_id)
    if address is not None:
        centre = await work.session.get_one(Centre, membership.centre_id)
        owe.send(work, address, texts.never_confirmed(telephone=centre.telephone), part="note")
