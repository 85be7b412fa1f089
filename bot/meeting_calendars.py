"""A calendar has changed: reminders move with it, and a meeting whose day lost its class is said."""

from bot import calendars, meeting_planning
from bot.meeting_bubbles import say, shown
from bot.meeting_sides import told_at_centre
from bot.rules import meetings as rules
from bot.rules.calendar import NoClass
from bot.rules.paris import local_date
from bot.team import address_of
from bot.texts import meeting_calendars as texts
from bot.texts import meetings as kept_texts
from storage import meetings as stored
from storage.centres import School
from storage.meetings import Meeting
from storage.store import Work

PART = "no-class"
"""The part of the bubble that says so; a meeting has one at most for each of its dates."""


async def changed(work: Work) -> None:
    """A file was imported, or applied: look at every meeting to come."""
    await work.flush()
    for meeting in await stored.to_come(work.session, work.now):
        await meeting_planning.plan(work, meeting)
        school = await work.session.get_one(School, meeting.school_id)
        calendar = await calendars.of_school(work, school.id)
        why = rules.refused(calendar, local_date(meeting.starts), wednesdays=school.wednesdays)
        if why is not None:
            await _tell(work, meeting, why)


async def _tell(work: Work, meeting: Meeting, why: NoClass) -> None:
    """Nothing is cancelled for her: she may know better than the file."""
    address = await address_of(work, await told_at_centre(work, meeting))
    if address is None:
        return
    before = await stored.bubble_of(work.session, meeting.id, address, PART)
    if before is not None and await _speaks_of(work, before.id) == meeting.revision:
        return
    words = texts.no_class(shown=await shown(work, meeting), cause=why.cause, name=why.name, now=work.now)
    await say(work, meeting, meeting.referente_id, words, part=PART, buttons=kept_texts.revised_buttons())


async def _speaks_of(work: Work, bubble_id: int) -> int | None:
    found = await stored.of_bubble(work.session, bubble_id)
    return None if found is None else found[1]
