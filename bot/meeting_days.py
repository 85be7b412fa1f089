"""Which days a meeting can be on, and what may be in the way on a day that can."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot import calendars, team
from bot.rules import meetings as rules
from bot.rules.absences import Absence, away
from bot.rules.calendar import no_class
from bot.rules.hours import openings
from bot.rules.paris import at, local_date
from bot.texts import meeting_proposal as texts
from bot.texts import meetings as kept_texts
from storage import absences
from storage import meetings as stored
from storage.centres import School
from storage.people import Person
from storage.store import Work

if TYPE_CHECKING:
    from bot.meetings import Agreed

ONE_DAY = timedelta(days=1)
FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Day:
    """A chosen day: what is wrong with it, if anything, and which ones to propose instead."""

    problem: str | None
    proposed: tuple[date, ...] = ()


async def why_not(work: Work, school: School, day: date, starts: datetime | None) -> Day:
    """Why no meeting can be on that day at that hour; nothing wrong: no problem."""
    if day < local_date(work.now):
        return Day(texts.past_day())
    calendar = await calendars.of_school(work, school.id)
    refused = rules.refused(calendar, day, wednesdays=school.wednesdays)
    if refused is not None:
        proposed = rules.next_possible(calendar, day, work.now, wednesdays=school.wednesdays)
        words = texts.refused_day(day=day, cause=refused.cause, name=refused.name, now=work.now)
        return Day(words, tuple(proposed))
    if starts is not None and starts <= work.now:
        return Day(texts.past_hour())
    return Day(None)


async def touched(work: Work, school: School, day: date) -> str | None:
    """The toast for a touched day that is refused."""
    refused = rules.refused(await calendars.of_school(work, school.id), day, wednesdays=school.wednesdays)
    return None if refused is None else texts.short_refusal(cause=refused.cause, name=refused.name)


async def month(work: Work, school: School, goes: int, shown: date) -> dict[date, str]:
    """The days of a month that are not over, Monday to Friday: free, busy (she has a meeting), closed."""
    calendar = await calendars.of_school(work, school.id)
    end = (shown + timedelta(days=31)).replace(day=1)
    kept = await stored.of_referente(work.session, goes, at(shown, time.min), at(end, time.min))
    busy = {local_date(one.arrives) for one in kept}
    marks: dict[date, str] = {}
    day = max(shown, local_date(work.now))
    while day < end:
        if day.weekday() <= FRIDAY:
            closed = no_class(calendar, day, wednesdays=True) is not None
            marks[day] = "closed" if closed else "busy" if day in busy else "free"
        day += ONE_DAY
    return marks


async def obstacles(work: Work, agreed: "Agreed", *, to_staff: bool, besides: int | None) -> list[str]:
    """What may be in the way of a possible day: said, never refused."""
    school = await work.session.get_one(School, agreed.school_id)
    goes = (await work.session.get_one(Person, agreed.referente_id)).name
    day = local_date(agreed.starts)
    found = []
    if rules.on_a_wednesday(await calendars.of_school(work, school.id), day, wednesdays=school.wednesdays):
        found.append(texts.wednesday())
    rows = await absences.absences(work.session, [agreed.referente_id], day)
    if away(
        (Absence(one.first, one.last, one.from_midday, one.until_midday) for one in rows), agreed.arrives
    ):
        found.append(texts.away(goes=goes))
    elif not openings(await team.hours_of(work, school.centre_id), day):
        found.append(texts.centre_closed())
    since = at(day, time.min)
    for one in await stored.of_referente(work.session, agreed.referente_id, since, since + ONE_DAY):
        if one.id == besides:
            continue
        if not to_staff:
            found.append(texts.busy(goes=goes))
            break
        other = await work.session.get_one(School, one.school_id)
        what = kept_texts.subject(kind=one.kind, cycles=one.cycles)
        found.append(texts.other_meeting(school=other.name, what=what, starts=one.starts))
    return found
