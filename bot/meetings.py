"""A meeting that is kept: who is asked, who says yes, who moves or cancels it, and the other side is told."""

from dataclasses import dataclass
from datetime import datetime

from bot import calendars, cards, ical, owe, team
from bot.incoming import Press
from bot.rules.absences import Absence
from bot.rules.paris import local_date
from bot.rules.reminders import Reminder, To, meeting_reminders
from bot.rules.soliciting import answer_is_silent, next_soliciting
from bot.texts import meetings as texts
from storage import absences, due, meetings, people
from storage.centres import School
from storage.conversations import Bubble
from storage.due import Due
from storage.meetings import REMINDER, Meeting, MeetingBubble
from storage.people import Known
from storage.store import Work

INVITE, AFTER = "meeting-invite", "meeting-after"
LIVING = "meeting"
"""The part of the bubble in which each side sees how the meeting stands."""
CENTRE, SCHOOL = "centre", "school"


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was chosen and confirmed: everything a meeting is made of."""

    school_id: int
    kind: str
    cycles: str
    starts: datetime
    ends: datetime
    arrives: datetime
    place: str
    referente_id: int
    contact_id: int | None


def side_of(meeting: Meeting, known: Known) -> str | None:
    """For whom she speaks: the centre (whoever goes there, the coordinatrice) or the school (its contact)."""
    if known.person.id == meeting.contact_id:
        return SCHOOL if any(one.school_id == meeting.school_id for one in known.teaching) else None
    here = [one for one in known.staff if one.centre_id == meeting.centre_id]
    if here and (known.person.id == meeting.referente_id or any(one.role == "coordinatrice" for one in here)):
        return CENTRE
    return None


async def shown(work: Work, meeting: Meeting) -> texts.Shown:
    """The meeting, with the names people read."""
    school = await work.session.get_one(School, meeting.school_id)
    return texts.Shown(
        kind=meeting.kind,
        cycles=meeting.cycles,
        school=school.name,
        starts=meeting.starts,
        ends=meeting.ends,
        arrives=meeting.arrives,
        place=meeting.place,
        goes=await cards.name_of(work, meeting.referente_id),
        contact=await cards.name_of(work, meeting.contact_id) if meeting.contact_id else None,
    )


async def say(
    work: Work, meeting: Meeting, person_id: int, words: str, *, part: str, buttons: texts.Buttons = ()
) -> Bubble | None:
    """A bubble that speaks of this meeting; None when she has no chat. Silent outside her hours.

    A contact who has left the school is told nothing any more.
    """
    if person_id == meeting.contact_id and not await _still_there(work, meeting, person_id):
        return None
    address = await team.address_of(work, person_id)
    if address is None:
        return None
    if person_id == meeting.contact_id:
        silent = answer_is_silent(work.now, None)
    else:
        silent = not await team.rings_in(work, meeting.centre_id, person_id)
    if part == LIVING:
        await _retire(work, meeting, address)
    bubble = owe.send(work, address, words, part=part, buttons=buttons, silent=silent)
    await link(work, meeting, bubble)
    return bubble


async def _still_there(work: Work, meeting: Meeting, contact_id: int) -> bool:
    hers = await people.memberships_of(work.session, contact_id, local_date(work.now))
    return any(one.school_id == meeting.school_id for one in hers)


async def link(work: Work, meeting: Meeting, bubble: Bubble) -> None:
    """From now on this bubble's buttons are about this meeting, as it is today."""
    bubble.centre_id = meeting.centre_id
    await work.flush()
    work.add(MeetingBubble(bubble_id=bubble.id, meeting_id=meeting.id, revision=meeting.revision))


async def _retire(work: Work, meeting: Meeting, address: str) -> None:
    """A newer bubble is coming: the one before keeps its words and loses its buttons."""
    before = await meetings.bubble_of(work.session, meeting.id, address, LIVING)
    if before is not None:
        await owe.set_buttons(work, before)


# ── Keeping and moving ───────────────────────────────────────────────────────────────────────


async def keep(work: Work, agreed: Agreed, known: Known, bubble: Bubble) -> Meeting:
    """Keep a new meeting; ``bubble``, in which it was proposed, becomes her side's living one."""
    school = await work.session.get_one(School, agreed.school_id)
    meeting = work.add(
        Meeting(
            centre_id=school.centre_id,
            school_id=school.id,
            kind=agreed.kind,
            cycles=agreed.cycles,
            starts=agreed.starts,
            ends=agreed.ends,
            arrives=agreed.arrives,
            place=agreed.place,
            referente_id=agreed.referente_id,
            contact_id=agreed.contact_id,
            proposed_by_id=known.person.id,
            state="kept",
            revision=1,
            made_at=work.now,
        )
    )
    await work.flush()
    _answered(work, meeting, known)
    await plan(work, meeting)
    bubble.part = LIVING
    await link(work, meeting, bubble)
    await _invite(work, meeting, known)
    return meeting


async def change(work: Work, meeting: Meeting, agreed: Agreed, known: Known, bubble: Bubble) -> None:
    """Another date: reminders start anew, and the other side is asked again at once."""
    was = meeting.starts
    meeting.starts, meeting.ends, meeting.arrives = agreed.starts, agreed.ends, agreed.arrives
    meeting.place, meeting.contact_id = agreed.place, agreed.contact_id
    meeting.state, meeting.revision = "kept", meeting.revision + 1
    meeting.referente_yes_at = meeting.contact_yes_at = None
    _answered(work, meeting, known)
    await plan(work, meeting)
    address = await team.address_of(work, known.person.id)
    if address is not None:
        await _retire(work, meeting, address)
    bubble.part = LIVING
    await link(work, meeting, bubble)
    other = other_of(meeting, known)
    if other is not None:
        words = texts.moved(shown=await shown(work, meeting), by=known.person.name, was=was, now=work.now)
        buttons = texts.kept_buttons(state=meeting.state, asks=True)
        await say(work, meeting, other, words, part=LIVING, buttons=buttons)
    await refresh(work, meeting, known.person.id)


def _answered(work: Work, meeting: Meeting, known: Known) -> None:
    """Whoever proposes or moves it has said yes for her side."""
    if side_of(meeting, known) == SCHOOL:
        meeting.contact_yes_at = work.now
    else:
        meeting.referente_yes_at = work.now


def other_of(meeting: Meeting, known: Known) -> int | None:
    """The person of the other side."""
    return meeting.referente_id if side_of(meeting, known) == SCHOOL else meeting.contact_id


async def _invite(work: Work, meeting: Meeting, known: Known) -> None:
    """Tell the other side: the centre at once, the school's contact in her hours only."""
    told_at = None
    if side_of(meeting, known) == SCHOOL:
        await _ask(work, meeting, meeting.referente_id, known.person.name)
    elif meeting.contact_id is not None:
        school = await work.session.get_one(School, meeting.school_id)
        calendar = await calendars.of_school(work, meeting.school_id)
        when = next_soliciting(work.now, calendar, wednesdays=school.wednesdays)
        if when is not None and work.now < when < meeting.arrives:
            await due.plan(work.session, INVITE, meeting.id, when, str(meeting.revision))
            told_at = when
        else:
            await _ask(work, meeting, meeting.contact_id, known.person.name)
    await refresh(work, meeting, known.person.id, told_at)


async def _ask(work: Work, meeting: Meeting, person_id: int, by: str) -> None:
    words = texts.invitation(shown=await shown(work, meeting), by=by, now=work.now)
    buttons = texts.kept_buttons(state=meeting.state, asks=True)
    await say(work, meeting, person_id, words, part=LIVING, buttons=buttons)


async def invite(work: Work, row: Due) -> None:
    """It is an hour at which the contact may be asked."""
    meeting = await work.session.get_one(Meeting, row.subject_id)
    if not meeting.kept or str(meeting.revision) != row.slot or meeting.contact_id is None:
        return
    await _ask(work, meeting, meeting.contact_id, await cards.name_of(work, meeting.proposed_by_id))
    await refresh(work, meeting, meeting.referente_id)


async def refresh(work: Work, meeting: Meeting, person_id: int, told_at: datetime | None = None) -> None:
    """Her living bubble says how the meeting stands now, silently."""
    address = await team.address_of(work, person_id)
    found = await meetings.bubble_of(work.session, meeting.id, address, LIVING) if address else None
    if found is None:
        return
    of_school = person_id == meeting.contact_id
    seen = await shown(work, meeting)
    mine = meeting.contact_yes_at if of_school else meeting.referente_yes_at
    theirs = meeting.referente_yes_at if of_school else meeting.contact_yes_at
    standing = texts.Standing(
        shown=seen,
        state=meeting.state,
        mine=mine is not None,
        theirs=theirs is not None,
        other=seen.goes if of_school else seen.contact,
        told_at=told_at,
    )
    buttons = texts.kept_buttons(state=meeting.state, asks=mine is None)
    await owe.edit(work, found, texts.kept(standing=standing, now=work.now), buttons=buttons)


# ── When what falls due ──────────────────────────────────────────────────────────────────────


def slot_of(reminder: Reminder, revision: int) -> str:
    """The unique name of a reminder of a meeting."""
    return f"{reminder.kind}:{reminder.to}:{revision}"


async def plan(work: Work, meeting: Meeting) -> None:
    """Plan, or plan anew, what has not gone out: reminders, and the question after the meeting.

    Called again when something it was reckoned from has changed: her absences, the calendar.
    """
    reminders = await reminders_of(work, meeting)
    wanted = {slot_of(one, meeting.revision): one.at for one in reminders}
    await meetings.set_reminders(work.session, meeting.id, wanted, work.now)
    await due.plan(work.session, AFTER, meeting.id, meeting.ends, str(meeting.revision))


async def reminders_of(work: Work, meeting: Meeting) -> list[Reminder]:
    """Its reminders, reckoned from the school's calendar and from hers."""
    school = await work.session.get_one(School, meeting.school_id)
    rows = await absences.absences(work.session, [meeting.referente_id], local_date(work.now))
    found = meeting_reminders(
        meeting.arrives,
        await calendars.of_school(work, meeting.school_id),
        await team.hours_of(work, meeting.centre_id),
        [Absence(one.first, one.last, one.from_midday, one.until_midday) for one in rows],
        wednesdays=school.wednesdays,
    )
    return [one for one in found if one.to is To.REFERENTE or meeting.contact_id is not None]


async def replan_of(work: Work, person_id: int) -> None:
    """Her days changed (an absence was said or cancelled): her reminders move with them."""
    for meeting in await meetings.of_person(work.session, person_id, work.now):
        if meeting.referente_id == person_id:
            await plan(work, meeting)


async def _cancel_due(work: Work, meeting: Meeting) -> None:
    for kind in (REMINDER, INVITE, AFTER):
        await due.cancel(work.session, kind, meeting.id, work.now)


# ── Buttons ──────────────────────────────────────────────────────────────────────────────────


async def found(work: Work, press: Press) -> tuple[Meeting, str] | str:
    """The meeting of the pressed bubble and the side she speaks for; or the toast that says why not."""
    known = None if press.bubble is None else await meetings.of_bubble(work.session, press.bubble.id)
    if known is None or press.known is None:
        return texts.not_yours()
    meeting, revision = known
    side = side_of(meeting, press.known)
    if side is None:
        return texts.not_yours()
    if revision != meeting.revision:
        return texts.elsewhere()
    return meeting, side


async def yes(work: Work, press: Press) -> str | None:
    """« Oui », « J'y serai »."""
    answer = await found(work, press)
    if isinstance(answer, str) or press.bubble is None or press.known is None:
        return answer if isinstance(answer, str) else None
    meeting, side = answer
    if not meeting.kept:
        return texts.gone()
    if meeting.ends <= work.now:
        return texts.over()
    if side == SCHOOL:
        meeting.contact_yes_at = work.now
    else:
        meeting.referente_yes_at = work.now
    if press.bubble.part != LIVING:
        rest = texts.revised_buttons() if meeting.arrives > work.now else ()
        await owe.set_buttons(work, press.bubble, rest)
    await _refresh_both(work, meeting)
    return texts.noted()


async def cancel(work: Work, press: Press) -> str | None:
    """« Annuler », from either side."""
    answer = await found(work, press)
    if isinstance(answer, str) or press.known is None:
        return answer if isinstance(answer, str) else None
    meeting, _ = answer
    if not meeting.kept:
        return texts.gone()
    if meeting.ends <= work.now:
        return texts.over()
    words = texts.cancelled(shown=await shown(work, meeting), by=press.known.person.name, now=work.now)
    return await _off(work, press, meeting, words)


async def cannot(work: Work, press: Press) -> str | None:
    """« Je ne peux pas »: the school knows at once."""
    answer = await found(work, press)
    if isinstance(answer, str):
        return answer
    meeting, side = answer
    if side != CENTRE:
        return texts.not_yours()
    if not meeting.kept:
        return texts.gone()
    if meeting.ends <= work.now:
        return texts.over()
    goes = await cards.name_of(work, meeting.referente_id)
    return await _off(work, press, meeting, texts.cannot_come(goes=goes, arrives=meeting.arrives))


async def _off(work: Work, press: Press, meeting: Meeting, words: str) -> str:
    """It does not take place: nothing more falls due, the other side is told."""
    assert press.known is not None
    assert press.bubble is not None
    meeting.state = "cancelled"
    await _cancel_due(work, meeting)
    other = other_of(meeting, press.known)
    reached = None
    if other is not None:
        reached = await say(work, meeting, other, words, part="note", buttons=texts.again_buttons())
    name = await cards.name_of(work, other) if other is not None and reached is not None else None
    if press.bubble.part != LIVING:
        await owe.set_buttons(work, press.bubble, texts.again_buttons())
    await _refresh_both(work, meeting)
    return texts.told(other=name)


async def _refresh_both(work: Work, meeting: Meeting) -> None:
    await refresh(work, meeting, meeting.referente_id)
    if meeting.contact_id is not None:
        await refresh(work, meeting, meeting.contact_id)


async def agenda(work: Work, press: Press) -> str | None:
    """« Agenda »: the meeting as a file for her own calendar."""
    answer = await found(work, press)
    if isinstance(answer, str):
        return answer
    meeting, side = answer
    content = ical.written([await entry(work, meeting, at_school=side == SCHOOL)], work.now)
    bubble = owe.document(work, press.address, content, name=texts.agenda_name(), part="note")
    await link(work, meeting, bubble)
    return None


async def entry(work: Work, meeting: Meeting, *, at_school: bool) -> ical.Entry:
    """How a meeting stands in an agenda: the school's whole, the centre's from the arrival."""
    seen = await shown(work, meeting)
    return ical.Entry(
        uid=f"meeting-{meeting.id}@passerelle",
        version=meeting.revision,
        starts=meeting.starts if at_school else meeting.arrives,
        ends=meeting.ends,
        title=f"{texts.title(kind=meeting.kind, cycles=meeting.cycles)}, {seen.school}",
        note=texts.agenda_note(goes=seen.goes, arrives=meeting.arrives) if at_school else "",
        place=meeting.place,
        cancelled=not meeting.kept,
    )
