"""One person's week: what waits for her, what comes, who is away, and one line of counts."""

from collections import Counter
from datetime import date

from bot import calendars, cards, team, territories
from bot.rules.hours import Hours, closure_on, next_opening
from bot.rules.paris import MIDDAY, at, local_date
from bot.rules.week import (
    MEETINGS_AHEAD,
    Away,
    Callback,
    Digest,
    Meeting,
    Span,
    Waiting,
    arranged,
    holidays_ahead,
)
from bot.texts import digest as texts
from bot.texts import meetings as meeting_texts
from storage import absences, digests, meetings, people
from storage import calendars as stored_calendars
from storage.absences import Absence
from storage.centres import School
from storage.conversations import Conversation
from storage.people import Person
from storage.store import Work


async def words(work: Work, person_id: int, centres: list[int], span: Span) -> str:
    """Her week, ready to be read."""
    waiting: list[Conversation] = []
    rows: list[tuple[str, bool]] = []
    for centre_id in centres:
        waiting += await digests.waiting(work.session, span.seen, reader_id=person_id, centre_id=centre_id)
        received = await digests.received(
            work.session, since=span.since, until=span.until, reader_id=person_id, centre_id=centre_id
        )
        rows += [
            (await territories.told(work, one.school_id, one.territory), one.answered_at is not None)
            for one in received
        ]
    digest = Digest(
        waiting=tuple([await waiting_of(work, one) for one in waiting]),
        callbacks=tuple([await _callback_of(work, one) for one in waiting if _calls(one, span)]),
        meetings=tuple([await meeting_of(work, one) for one in await _meetings(work, person_id)]),
        away=tuple(await _away(work, person_id, centres[0])),
        received=len(rows),
        answered=sum(answered for _, answered in rows),
        territories=tuple(Counter(territory for territory, _ in rows).items()),
    )
    holidays = await holidays_of(work, centres[0], span, person_id)
    return texts.person(digest=arranged(digest, work.now), holidays=holidays, now=work.now)


async def waiting_of(work: Work, conversation: Conversation) -> Waiting:
    """A conversation, without a word of it."""
    school = await work.session.get_one(School, conversation.school_id)
    return Waiting(
        teacher=await cards.name_of(work, conversation.teacher_id),
        level=conversation.level or "",
        school=school.name,
        territory=await territories.told(work, conversation.school_id, conversation.territory),
        received=conversation.opened_at,
        due=conversation.promised_at,
        danger=conversation.danger_at is not None,
    )


def _calls(conversation: Conversation, span: Span) -> bool:
    """Whether a call was promised for later."""
    return conversation.call_at is not None and conversation.call_at > span.seen


async def _callback_of(work: Work, conversation: Conversation) -> Callback:
    assert conversation.call_at is not None
    teacher = await cards.name_of(work, conversation.teacher_id)
    return Callback(teacher, conversation.call_at, conversation.danger_at is not None)


async def _meetings(work: Work, person_id: int) -> list[meetings.Meeting]:
    return list(await meetings.of_referente(work.session, person_id, work.now, work.now + MEETINGS_AHEAD))


async def meeting_of(work: Work, meeting: meetings.Meeting) -> Meeting:
    """A meeting, as the week tells it."""
    school = await work.session.get_one(School, meeting.school_id)
    return Meeting(
        arrival=meeting.arrives,
        school=school.name,
        subject=meeting_texts.subject(kind=meeting.kind, cycles=meeting.cycles),
        confirmed=meeting.contact_yes_at is not None,
    )


async def _away(work: Work, person_id: int, centre_id: int) -> list[Away]:
    """Her own absences, and those of whom she covers."""
    today = local_date(work.now)
    crew = [one.id for one in await people.staff_of(work.session, centre_id, today)]
    found = []
    for row in await absences.absences(work.session, crew, today):
        cover = await cover_of(work, row)
        if row.person_id == person_id:
            found.append(Away("", row.first, row.last, await _name(work, cover)))
        elif cover == person_id:
            found.append(Away(await _name(work, row.person_id) or "", row.first, row.last, ""))
    return found


async def cover_of(work: Work, absence: Absence) -> int | None:
    """Who reads meanwhile: named this time, else her usual cover."""
    if absence.cover_id is not None:
        return absence.cover_id
    usual = await absences.covers(work.session, [absence.person_id])
    return usual[0].cover_id if usual else None


async def _name(work: Work, person_id: int | None) -> str | None:
    return None if person_id is None else (await work.session.get_one(Person, person_id)).name


async def holidays_of(work: Work, centre_id: int, span: Span, person_id: int | None) -> texts.Holidays | None:
    """Before school holidays: who covers, closures, return; None in an ordinary week."""
    zones = [
        zone for centre, zone in await stored_calendars.centres_and_zones(work.session) if centre == centre_id
    ]
    if not zones:
        return None
    calendar = await calendars.of_zone(work, zones[0])
    ahead = holidays_ahead(calendar, span.week)
    if ahead is None:
        return None
    hours = await team.hours_of(work, centre_id)
    closed = _closed_within(hours, ahead.first, ahead.last)
    returns = next_opening(hours, at(closed[1], MIDDAY)) if closed else None
    covers = []
    if person_id is not None:
        for row in await absences.absences(work.session, [person_id], ahead.first):
            if row.first <= ahead.last:
                name = await _name(work, await cover_of(work, row))
                covers.append((name, max(row.first, ahead.first), min(row.last, ahead.last)))
    return texts.Holidays(ahead.first, ahead.last, tuple(covers), closed, returns)


def _closed_within(hours: Hours, first: date, last: date) -> tuple[date, date] | None:
    """The centre's first closure in these days."""
    starts = sorted(one for one in hours.closures if one[0] <= last and one[1] >= first)
    return closure_on(hours, max(first, starts[0][0])) if starts else None
