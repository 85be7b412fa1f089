"""At the return: rights end on 30 September unless she says that she is still there."""

from datetime import date, time, timedelta

from bot import calendars, classes, departure, meeting_leavers, owe, team
from bot.incoming import Press
from bot.rules.paris import at, local_date
from bot.rules.school_year import rights_end
from bot.rules.soliciting import next_soliciting
from bot.texts import september as texts
from bot.texts import welcome
from storage import conversations, dialogues, due, joining
from storage.centres import School
from storage.conversations import Bubble
from storage.due import Due
from storage.people import Membership, Person
from storage.store import Work

ASKED_ON = ((9, 8), (9, 22))
"""Once the year has settled; once more for who did not answer."""
NOON, MORNING = time(12), time(8)
KIND = "still"


async def plan(work: Work, membership: Membership) -> None:
    """Plan the question of the September in which these rights end, and what is said once they have."""
    if membership.last is None:
        return
    for month, day in ASKED_ON:
        asked = date(membership.last.year, month, day)
        await due.plan(work.session, KIND, membership.id, at(asked, NOON), slot=asked.isoformat())
    over = membership.last + timedelta(days=1)
    await due.plan(work.session, departure.KIND, membership.id, at(over, MORNING), slot=over.isoformat())


async def ask(work: Work, row: Due) -> None:
    """« Toujours en CE1 ? »: in a teacher's hours, never beside a danger, never once answered."""
    membership = await work.session.get_one(Membership, row.subject_id)
    today = local_date(work.now)
    if membership.ended_at is not None or membership.last is None or membership.school_id is None:
        return
    if not today <= membership.last < rights_end(today):
        return  # over already, or said to go on
    calendar = await calendars.of_school(work, membership.school_id)
    moment = next_soliciting(work.now, calendar)
    if moment is not None and moment > work.now:
        row.at, row.done_at = moment, None
        return
    address = await team.address_of(work, membership.person_id)
    latest = await conversations.latest_of_teacher(work.session, membership.person_id)
    in_danger = latest is not None and latest.danger_at is not None and latest.state != "closed"
    if address is not None and not in_danger:
        await _send(work, address, membership)


async def _send(work: Work, address: str, membership: Membership) -> None:
    school = await work.session.get_one(School, membership.school_id)
    person = await work.session.get_one(Person, membership.person_id)
    words = texts.question(
        name=person.name, school=school.name, classes=membership.classes.replace(",", ", ")
    )
    bubble = owe.send(work, address, words, part="question", buttons=texts.buttons())
    kind = f"{KIND}:{membership.id}"
    before = await dialogues.open_in(work.session, address, kind)
    if before is not None and before.bubble_id is not None:
        await owe.set_buttons(work, await work.session.get_one(Bubble, before.bubble_id))
    about = {"membership": membership.id}
    await dialogues.ask(work.session, address, kind, work.now, bubble=bubble, about=about)


async def answer(work: Work, press: Press) -> str | None:
    """Still there, changed, or gone."""
    asked = await joining.asked_by(work.session, press.bubble.id) if press.bubble is not None else None
    if press.bubble is None or press.known is None or asked is None or asked.kind.partition(":")[0] != KIND:
        return welcome.stale()
    membership = await work.session.get_one(Membership, asked.about["membership"])
    if membership.person_id != press.known.person.id or press.argument not in ("yes", "changed", "left"):
        return welcome.stale()
    school = await work.session.get_one(School, membership.school_id)
    await dialogues.close(work.session, press.address, asked.kind)
    if press.argument == "left":
        membership.ended_at = work.now
        work.news.add("people")
        await departure.tell(work, membership.person_id)
        await meeting_leavers.contact_gone(work, membership.person_id)
        await owe.edit(work, press.bubble, texts.left())
        return None
    membership.last = rights_end(local_date(work.now))
    await plan(work, membership)
    if press.argument == "changed":
        await owe.edit(work, press.bubble, texts.changed(school=school.name))
        await classes.ask(work, press.address, membership)
    else:
        classes_said = membership.classes.replace(",", ", ")
        await owe.edit(work, press.bubble, texts.stays(school=school.name, classes=classes_said))
    return None
