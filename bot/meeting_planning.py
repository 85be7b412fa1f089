"""When what of a meeting falls due: its reminders, and the question after it."""

from collections.abc import Sequence

from bot import calendars, team
from bot.rules.absences import Absence
from bot.rules.paris import local_date
from bot.rules.reminders import Reminder, To, asked_again, meeting_reminders
from storage import absences, due, meetings
from storage.centres import School
from storage.meetings import REMINDER, Meeting
from storage.store import Work

INVITE, AFTER = "meeting-invite", "meeting-after"
AGAIN = "again"
"""The slot of the question after a meeting, asked once more."""


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


async def plan_again(work: Work, meeting: Meeting) -> None:
    """Plan to ask once more what came of it, on her next working day."""
    hours = await team.hours_of(work, meeting.centre_id)
    at = asked_again(meeting.ends, hours, await _absences(work, meeting))
    if at is not None:
        await due.plan(work.session, AFTER, meeting.id, at, f"{AGAIN}:{meeting.revision}")


async def reminders_of(work: Work, meeting: Meeting) -> list[Reminder]:
    """Its reminders, reckoned from the school's calendar and from hers."""
    school = await work.session.get_one(School, meeting.school_id)
    found = meeting_reminders(
        meeting.arrives,
        await calendars.of_school(work, meeting.school_id),
        await team.hours_of(work, meeting.centre_id),
        await _absences(work, meeting),
        wednesdays=school.wednesdays,
    )
    return [one for one in found if one.to is To.REFERENTE or meeting.contact_id is not None]


async def _absences(work: Work, meeting: Meeting) -> Sequence[Absence]:
    rows = await absences.absences(work.session, [meeting.referente_id], local_date(work.now))
    return [Absence(one.first, one.last, one.from_midday, one.until_midday) for one in rows]


async def replan_of(work: Work, person_id: int) -> None:
    """Her days changed (an absence was said or cancelled): her reminders move with them."""
    for meeting in await meetings.of_person(work.session, person_id, work.now):
        if meeting.referente_id == person_id:
            await plan(work, meeting)


async def cancel(work: Work, meeting: Meeting) -> None:
    """Nothing of it falls due any more."""
    for kind in (REMINDER, INVITE, AFTER):
        await due.cancel(work.session, kind, meeting.id, work.now)
