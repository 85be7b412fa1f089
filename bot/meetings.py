"""A meeting that is kept, or moved: who is asked, and what the other side is told."""

from dataclasses import dataclass
from datetime import datetime

from bot import calendars, cards, meeting_planning, team
from bot.meeting_bubbles import LIVING, link, refresh, retire, say, shown
from bot.meeting_planning import INVITE
from bot.meeting_sides import SCHOOL, other_of, side_of, told_at_centre
from bot.rules.soliciting import next_soliciting
from bot.texts import meetings as texts
from storage import due
from storage.centres import School
from storage.conversations import Bubble
from storage.due import Due
from storage.meetings import Meeting
from storage.people import Known
from storage.store import Work


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


async def keep(work: Work, agreed: Agreed, known: Known, bubble: Bubble) -> Meeting:
    """Keep a new meeting; ``bubble``, in which it was proposed, becomes her side's living one."""
    meeting = await made(work, agreed, known)
    bubble.part = LIVING
    await link(work, meeting, bubble)
    await _invite(work, meeting, known)
    return meeting


async def made(work: Work, agreed: Agreed, known: Known, *, series_id: int | None = None) -> Meeting:
    """The meeting itself, with what will fall due of it; nobody is told yet."""
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
            series_id=series_id,
            made_at=work.now,
        )
    )
    await work.flush()
    _answered(work, meeting, known)
    await meeting_planning.plan(work, meeting)
    return meeting


async def change(work: Work, meeting: Meeting, agreed: Agreed, known: Known, bubble: Bubble) -> None:
    """Another date: reminders start anew, and the other side is asked again at once."""
    was = meeting.starts
    meeting.starts, meeting.ends, meeting.arrives = agreed.starts, agreed.ends, agreed.arrives
    meeting.place, meeting.contact_id = agreed.place, agreed.contact_id
    meeting.state, meeting.revision = "kept", meeting.revision + 1
    meeting.referente_yes_at = meeting.contact_yes_at = None
    _answered(work, meeting, known)
    await meeting_planning.plan(work, meeting)
    address = await team.address_of(work, known.person.id)
    if address is not None:
        await retire(work, meeting, address)
    bubble.part = LIVING
    await link(work, meeting, bubble)
    words = texts.moved(shown=await shown(work, meeting), by=known.person.name, was=was, now=work.now)
    buttons = texts.kept_buttons(state=meeting.state, asks=True)
    for person_id in await others(work, meeting, known):
        await say(work, meeting, person_id, words, part=LIVING, buttons=buttons, was=was)
    await refresh(work, meeting, known.person.id)


def _answered(work: Work, meeting: Meeting, known: Known) -> None:
    """Whoever proposes or moves it has said yes for her side; the coordinatrice not for who goes there."""
    if known.person.id == meeting.contact_id:
        meeting.contact_yes_at = work.now
    elif known.person.id == meeting.referente_id:
        meeting.referente_yes_at = work.now


async def others(work: Work, meeting: Meeting, known: Known) -> list[int]:
    """Whom to tell what she did: the other side, and whoever goes there when that is not herself."""
    side = await side_of(work, meeting, known)
    found = [] if side is None else [other_of(meeting, side)]
    goes = (meeting.referente_id, await told_at_centre(work, meeting))
    if side != SCHOOL and known.person.id not in goes:
        found.append(meeting.referente_id)
    return [one for one in found if one is not None]


async def _invite(work: Work, meeting: Meeting, known: Known) -> None:
    """Tell the others: the centre at once, the school's contact in her hours only."""
    told_at = None
    for person_id in await others(work, meeting, known):
        if person_id == meeting.contact_id:
            told_at = await invite_later(work, meeting, INVITE)
            if told_at is not None:
                continue
        await _ask(work, meeting, person_id, known.person.name)
    await refresh(work, meeting, known.person.id, told_at)


async def invite_later(work: Work, meeting: Meeting, kind: str) -> datetime | None:
    """Plan to ask the contact in her hours, unless it is one of them, or none comes in time."""
    school = await work.session.get_one(School, meeting.school_id)
    calendar = await calendars.of_school(work, meeting.school_id)
    when = next_soliciting(work.now, calendar, wednesdays=school.wednesdays)
    if when is None or not work.now < when < meeting.arrives:
        return None
    # Another contact may have been asked before.
    await due.move(work.session, kind, meeting.id, when, str(meeting.revision))
    return when


async def _ask(work: Work, meeting: Meeting, person_id: int, by: str) -> None:
    words = texts.invitation(shown=await shown(work, meeting), by=by, now=work.now)
    buttons = texts.kept_buttons(state=meeting.state, asks=True)
    await say(work, meeting, person_id, words, part=LIVING, buttons=buttons)


async def ask_contact(work: Work, meeting: Meeting, by: str) -> datetime | None:
    """Ask a contact who has just been named, at once or in her hours; when, if later."""
    assert meeting.contact_id is not None
    told_at = await invite_later(work, meeting, INVITE)
    if told_at is None:
        await _ask(work, meeting, meeting.contact_id, by)
    return told_at


async def invite(work: Work, row: Due) -> None:
    """It is an hour at which the contact may be asked."""
    meeting = await work.session.get_one(Meeting, row.subject_id)
    if not meeting.kept or str(meeting.revision) != row.slot or meeting.contact_id is None:
        return
    await _ask(work, meeting, meeting.contact_id, await cards.name_of(work, meeting.proposed_by_id))
    await refresh(work, meeting, meeting.referente_id)
