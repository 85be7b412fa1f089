"""Reminders of meetings when their moment has come, and the question after (E29).

A late one still goes out, and says so, while the meeting is ahead; afterwards it is « trop tard », said to
whoever goes there. The school's contact is reminded in her hours only, even late.
"""

from datetime import datetime, timedelta

from bot import calendars, meeting_leavers, meeting_notes, owe, team
from bot.meeting_bubbles import say
from bot.meeting_bubbles import shown as shown_of
from bot.meeting_planning import AGAIN, plan_again
from bot.meeting_sides import contact_is_there, told_at_centre
from bot.rules.reminders import Kind, To
from bot.rules.soliciting import may_solicit_teacher, next_soliciting
from bot.texts import meeting_reminders as texts
from storage import due
from storage import meetings as stored
from storage.centres import School
from storage.due import Due
from storage.meetings import REMINDER, Meeting
from storage.store import Work

PUNCTUAL = timedelta(minutes=30)
"""Later than this, a reminder says that it is late."""
FOLLOW_UP = "follow-up"
"""The part of the question after a meeting."""
ORDER = (Kind.J7, Kind.J1, Kind.H1)
LATER = "again"
"""What a slot ends with when a late reminder waits for the contact's hours."""


async def remind(work: Work, row: Due) -> None:
    """One reminder of one meeting to one side."""
    meeting = await work.session.get_one(Meeting, row.subject_id)
    named, to, revision, *again = row.slot.split(":")
    if not meeting.kept or int(revision) != meeting.revision:
        return
    if meeting.arrives <= work.now:
        await _too_late(work, meeting)
        return
    later = [f"{kind}:{to}:{revision}" for kind in ORDER[ORDER.index(Kind(named)) + 1 :]]
    if await stored.later_reminder_due(work.session, row, later, work.now):
        return  # the service was down: the nearer reminder, due as well, says more
    if to == To.CONTACT:
        await _to_contact(work, meeting, row, Kind(named), planned=_planned(row, again))
    else:
        await _to_referente(work, meeting, Kind(named), planned=row.at)


def _planned(row: Due, again: list[str]) -> datetime:
    """When it was first meant to go out."""
    return datetime.fromisoformat(":".join(again[1:])) if again else row.at


def _late(planned: datetime, now: datetime) -> str:
    return texts.late(planned=planned, now=now) if now - planned > PUNCTUAL else ""


async def _to_contact(work: Work, meeting: Meeting, row: Due, kind: Kind, *, planned: datetime) -> None:
    if meeting.contact_id is None or (kind is Kind.J1 and meeting.contact_yes_at is not None):
        return
    if not await contact_is_there(work, meeting):
        await meeting_leavers.contact_gone(work, meeting.contact_id)
        return
    school = await work.session.get_one(School, meeting.school_id)
    calendar = await calendars.of_school(work, school.id)
    if not may_solicit_teacher(work.now, calendar, wednesdays=school.wednesdays):
        when = next_soliciting(work.now, calendar, wednesdays=school.wednesdays)
        if when is None or when >= meeting.arrives:
            await _too_late(work, meeting)
            return
        meant = planned if work.now - planned > PUNCTUAL else when
        slot = f"{kind}:{To.CONTACT}:{meeting.revision}:{LATER}:{meant.isoformat()}"
        await due.plan(work.session, REMINDER, meeting.id, when, slot)
        return
    shown, late = await shown_of(work, meeting), _late(planned, work.now)
    if kind is Kind.J7:
        words = texts.reminder_week(shown=shown, to_contact=True, late=late, now=work.now)
        buttons = texts.week_buttons()
    else:
        words = texts.reminder_eve(
            shown=shown, to_contact=True, confirmed=False, children=0, late=late, now=work.now
        )
        buttons = texts.eve_buttons(to_contact=True)
    await say(work, meeting, meeting.contact_id, words, part="reminder", buttons=buttons)


async def _to_referente(work: Work, meeting: Meeting, kind: Kind, *, planned: datetime) -> None:
    shown, late = await shown_of(work, meeting), _late(planned, work.now)
    if kind is Kind.J7:
        words = texts.reminder_week(shown=shown, to_contact=False, late=late, now=work.now)
        buttons = texts.week_buttons()
    elif kind is Kind.J1:
        words = texts.reminder_eve(
            shown=shown,
            to_contact=False,
            confirmed=meeting.contact_yes_at is not None,
            children=len(await meeting_notes.children(work, meeting, await told_at_centre(work, meeting))),
            late=late,
            now=work.now,
        )
        buttons = texts.eve_buttons(to_contact=False)
    else:
        words, buttons = texts.reminder_hour(shown=shown, late=late), texts.hour_buttons()
    await say(work, meeting, meeting.referente_id, words, part="reminder", buttons=buttons)


async def _too_late(work: Work, meeting: Meeting) -> None:
    """Said once for a meeting, however many reminders the service slept through."""
    address = await team.address_of(work, await told_at_centre(work, meeting))
    if address is None:
        return
    if await stored.bubble_of(work.session, meeting.id, address, "too-late") is not None:
        return
    words = texts.too_late(shown=await shown_of(work, meeting), now=work.now)
    await say(work, meeting, meeting.referente_id, words, part="too-late")


async def after(work: Work, row: Due) -> None:
    """It is over: « une suite à noter ? », and once more at 16:00 on her next working day if she says
    nothing. Only she who was there can tell."""
    meeting = await work.session.get_one(Meeting, row.subject_id)
    again, _, _ = row.slot.rpartition(":")
    if not meeting.kept or row.slot.removeprefix(f"{AGAIN}:") != str(meeting.revision):
        return
    if again:
        await _retire_question(work, meeting)
    else:
        await plan_again(work, meeting)
    shown = await shown_of(work, meeting)
    words = texts.ask_follow_up(school=shown.school, met_at=meeting.arrives, now=work.now)
    if await told_at_centre(work, meeting) == meeting.referente_id:
        await say(
            work, meeting, meeting.referente_id, words, part=FOLLOW_UP, buttons=texts.follow_up_buttons()
        )


async def _retire_question(work: Work, meeting: Meeting) -> None:
    """The first question stays, without its buttons: one at a time."""
    address = await team.address_of(work, meeting.referente_id)
    asked = await stored.bubble_of(work.session, meeting.id, address, FOLLOW_UP) if address else None
    if asked is not None:
        await owe.set_buttons(work, asked)
