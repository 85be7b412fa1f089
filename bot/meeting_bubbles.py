"""The bubbles that speak of a meeting, or of a whole series: to whom they go, and how they stay true."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot import calendars, cards, owe, team
from bot.meeting_sides import contact_is_there, goes_herself, told_at_centre
from bot.rules.soliciting import answer_is_silent, may_solicit_teacher
from bot.texts import meeting_series as series_texts
from bot.texts import meetings as texts
from storage import meetings
from storage.centres import School
from storage.conversations import Bubble
from storage.meetings import Meeting, MeetingBubble
from storage.store import Work

LIVING = "meeting"
"""The part of the bubble in which each side sees how the meeting stands."""
SERIES = "meeting-series"
"""The same for a whole series, whichever of its dates the bubble hangs on."""
NEAR = timedelta(days=1)
"""What changes so little before a meeting rings at the school outside its hours too, but not at night."""


async def shown(work: Work, meeting: Meeting) -> texts.Shown:
    """The meeting, with the names people read; no name for the centre while nobody is sure to come."""
    school = await work.session.get_one(School, meeting.school_id)
    sure = await goes_herself(work, meeting)
    return texts.Shown(
        kind=meeting.kind,
        cycles=meeting.cycles,
        school=school.name,
        starts=meeting.starts,
        ends=meeting.ends,
        arrives=meeting.arrives,
        place=meeting.place,
        goes=await cards.name_of(work, meeting.referente_id) if sure else texts.the_centre(),
        contact=await cards.name_of(work, meeting.contact_id) if meeting.contact_id else None,
    )


async def say(
    work: Work,
    meeting: Meeting,
    person_id: int,
    words: str,
    *,
    part: str,
    buttons: texts.Buttons = (),
    was: datetime | None = None,
) -> Bubble | None:
    """A bubble that speaks of this meeting; None when she has no chat. Silent outside her hours.

    ``was``: when it was to be, if it has just been moved.

    A contact who has left the school is told nothing any more; what was for somebody of the centre who
    cannot be reached goes to whoever stands in for her, and says so.
    """
    if person_id == meeting.contact_id:
        if not await contact_is_there(work, meeting):
            return None
        silent = not await _rings_at_school(work, meeting, was or meeting.starts)
    else:
        if person_id == meeting.referente_id:
            person_id = await told_at_centre(work, meeting)
        if person_id != meeting.referente_id and not await goes_herself(work, meeting):
            words = texts.in_place_of(goes=await cards.name_of(work, meeting.referente_id)) + words
        silent = not await team.rings_in(work, meeting.centre_id, person_id)
    address = await team.address_of(work, person_id)
    if address is None:
        return None
    if part in (LIVING, SERIES):
        await retire(work, meeting, address, part)
    bubble = owe.send(work, address, words, part=part, buttons=buttons, silent=silent)
    await link(work, meeting, bubble)
    return bubble


async def _rings_at_school(work: Work, meeting: Meeting, was: datetime) -> bool:
    if min(was, meeting.starts) - work.now <= NEAR:
        return not answer_is_silent(work.now, None)
    school = await work.session.get_one(School, meeting.school_id)
    calendar = await calendars.of_school(work, school.id)
    return may_solicit_teacher(work.now, calendar, wednesdays=school.wednesdays)


async def link(work: Work, meeting: Meeting, bubble: Bubble) -> None:
    """From now on this bubble's buttons are about this meeting, as it is today."""
    bubble.centre_id = meeting.centre_id
    await work.flush()
    work.add(MeetingBubble(bubble_id=bubble.id, meeting_id=meeting.id, revision=meeting.revision))


async def retire(work: Work, meeting: Meeting, address: str, part: str = LIVING) -> None:
    """A newer bubble is coming: the one before keeps its words and loses its buttons."""
    before = await _found(work, meeting, address, part)
    if before is not None:
        await owe.set_buttons(work, before)


async def _found(work: Work, meeting: Meeting, address: str, part: str) -> Bubble | None:
    if part == LIVING:
        return await meetings.bubble_of(work.session, meeting.id, address, LIVING)
    if meeting.series_id is None:
        return None
    return await meetings.bubble_of_series(work.session, meeting.series_id, address, SERIES)


async def refresh(work: Work, meeting: Meeting, person_id: int, told_at: datetime | None = None) -> None:
    """Her living bubbles say how the meeting, and the series it is of, stand now: silently."""
    if person_id == meeting.referente_id:
        person_id = await told_at_centre(work, meeting)
    address = await team.address_of(work, person_id)
    if address is None:
        return
    of_school = person_id == meeting.contact_id
    found = await _found(work, meeting, address, LIVING)
    if found is not None:
        words, buttons = await living(work, meeting, of_school=of_school, told_at=told_at)
        await owe.edit(work, found, words, buttons=buttons)
    series = await _found(work, meeting, address, SERIES)
    if series is not None:
        await _refresh_series(work, meeting, series, of_school=of_school, told_at=told_at)


async def living(
    work: Work, meeting: Meeting, *, of_school: bool, told_at: datetime | None = None
) -> tuple[str, texts.Buttons]:
    """How the meeting stands for one of its sides, and what she can do about it."""
    standing = await _standing(work, meeting, of_school=of_school, told_at=told_at)
    asks = not standing.mine and meeting.ends > work.now
    buttons = texts.kept_buttons(state=meeting.state, asks=asks)
    return texts.kept(standing=standing, now=work.now), buttons


async def refresh_both(work: Work, meeting: Meeting) -> None:
    """The same on both sides."""
    await refresh(work, meeting, meeting.referente_id)
    if meeting.contact_id is not None:
        await refresh(work, meeting, meeting.contact_id)


async def _standing(
    work: Work, meeting: Meeting, *, of_school: bool, told_at: datetime | None
) -> texts.Standing:
    seen = await shown(work, meeting)
    mine = meeting.contact_yes_at if of_school else meeting.referente_yes_at
    theirs = meeting.referente_yes_at if of_school else meeting.contact_yes_at
    return texts.Standing(
        shown=seen,
        state=meeting.state,
        mine=mine is not None,
        theirs=theirs is not None,
        other=seen.goes if of_school else seen.contact,
        told_at=told_at,
    )


async def _refresh_series(
    work: Work, meeting: Meeting, bubble: Bubble, *, of_school: bool, told_at: datetime | None
) -> None:
    assert meeting.series_id is not None
    whole = await meetings.of_series(work.session, meeting.series_id)
    ahead = [one for one in whole if one.kept and one.ends > work.now]
    standings = [
        await _standing(work, one, of_school=of_school, told_at=told_at) for one in ahead or whole[:1]
    ]
    words = series_texts.kept(
        first=standings[0],
        lines=series_lines(whole),
        agreed=all(one.theirs for one in standings),
        over=not ahead,
        now=work.now,
    )
    buttons = series_texts.kept_buttons(asks=not all(one.mine for one in standings)) if ahead else ()
    await owe.edit(work, bubble, words, buttons=buttons)


def series_lines(whole: Sequence[Meeting]) -> list[series_texts.Line]:
    """Each date of a series, as lists show it."""
    return [series_texts.Line(one.starts, one.ends, cancelled=not one.kept) for one in whole]
