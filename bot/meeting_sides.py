"""The two sides of a meeting: whoever goes there for the centre, and the one contact of the school."""

from bot import team
from bot.rules.paris import local_date
from storage import people
from storage.meetings import Meeting
from storage.people import Known
from storage.store import Work

CENTRE, SCHOOL = "centre", "school"


async def side_of(work: Work, meeting: Meeting, known: Known) -> str | None:
    """For whom she speaks: the school (its contact), or the centre (whoever goes there or stands in for
    her, the coordinatrice); None for everybody else."""
    person_id = known.person.id
    if person_id == meeting.contact_id:
        return SCHOOL if any(one.school_id == meeting.school_id for one in known.teaching) else None
    here = [one for one in known.staff if one.centre_id == meeting.centre_id]
    if not here:
        return None
    if person_id == meeting.referente_id or any(one.role == "coordinatrice" for one in here):
        return CENTRE
    return CENTRE if person_id == await told_at_centre(work, meeting) else None


def other_of(meeting: Meeting, side: str) -> int | None:
    """The person of the other side."""
    return meeting.referente_id if side == SCHOOL else meeting.contact_id


async def goes_herself(work: Work, meeting: Meeting) -> bool:
    """Whether she who goes there is still of the team and can be reached."""
    today = local_date(work.now)
    hers = await people.memberships_of(work.session, meeting.referente_id, today)
    if not any(one.is_staff and one.centre_id == meeting.centre_id for one in hers):
        return False
    return not await people.without_chat(work.session, (meeting.referente_id,))


async def told_at_centre(work: Work, meeting: Meeting) -> int:
    """Whose phone speaks for the centre: hers who goes there; while that one cannot be reached (she has
    left, lost her phone, blocked us), that of whoever reads in her place."""
    if await goes_herself(work, meeting):
        return meeting.referente_id
    desk = await team.desk_for(work, meeting.school_id, meeting.referente_id)
    return desk.reader(work.now).person_id


async def contact_is_there(work: Work, meeting: Meeting) -> bool:
    """Whether the contact is still somebody of that school who can be told."""
    if meeting.contact_id is None:
        return False
    hers = await people.memberships_of(work.session, meeting.contact_id, local_date(work.now))
    if not any(one.school_id == meeting.school_id for one in hers):
        return False
    return not await people.without_chat(work.session, (meeting.contact_id,))
