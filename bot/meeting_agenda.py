"""Meetings in people's own agendas: a file in the chat, or entries of a feed."""

from bot import ical, owe
from bot.incoming import Press
from bot.meeting_bubbles import link, shown
from bot.meeting_buttons import found
from bot.meeting_sides import SCHOOL
from bot.texts import meetings as texts
from storage.meetings import Meeting
from storage.store import Work


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
