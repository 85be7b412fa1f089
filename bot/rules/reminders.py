"""The reminders of a meeting: to whom, when (E29)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.rules.absences import Absence, away
from bot.rules.calendar import SchoolCalendar, last_school_day
from bot.rules.hours import HORIZON, Hours, openings
from bot.rules.paris import at, local_date

CONTACT_AT = time(12, 15)
REFERENTE_AT = time(14)
SAME_MORNING = time(8, 15)
AGAIN_AT = time(16)
TOO_FAR = 4  # days: a reminder given longer before is forgotten
BEFORE_ARRIVAL = timedelta(hours=1)


class Kind(StrEnum):
    """How long before the meeting a reminder is meant for."""

    J7 = "j-7"
    J1 = "j-1"
    H1 = "h-1"


class To(StrEnum):
    """The one contact of the school, or whoever goes there for the centre."""

    CONTACT = "contact"
    REFERENTE = "référente"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder: what for, to whom, when."""

    kind: Kind
    to: To
    at: datetime


def meeting_reminders(
    arrival: datetime,
    calendar: SchoolCalendar,
    hours: Hours,
    absences: Sequence[Absence],
    *,
    wednesdays: bool = False,
) -> list[Reminder]:
    """Every reminder of a meeting, in order of time, those already past included.

    `arrival`: when the centre's person arrives; `absences`: hers; `wednesdays`: the school has
    class on Wednesdays. A reminder for which no day is known is left out.
    """
    reminders = _for_contact(arrival, calendar, wednesdays) + _for_referente(arrival, hours, absences)
    return sorted(reminders, key=lambda r: (r.at, r.to, r.kind))


def _for_contact(arrival: datetime, calendar: SchoolCalendar, wednesdays: bool) -> list[Reminder]:
    """Both at 12:15; on a day without class, on the last school day before it, however far.

    When holidays push both to the same day, only the first is kept: one question is enough.
    """
    day = local_date(arrival)
    week = last_school_day(calendar, day - timedelta(days=7), wednesdays=wednesdays)
    eve = last_school_day(calendar, day - timedelta(days=1), wednesdays=wednesdays)
    found = []
    if week:
        found.append(Reminder(Kind.J7, To.CONTACT, at(week, CONTACT_AT)))
    if eve and eve != week:
        found.append(Reminder(Kind.J1, To.CONTACT, at(eve, CONTACT_AT)))
    return found


def _for_referente(arrival: datetime, hours: Hours, absences: Sequence[Absence]) -> list[Reminder]:
    """J-7 and J-1 at 14:00 on working days, H-1 before she arrives.

    J-1 more than four days ahead is given at 8:15 on the day instead, and not at all when H-1
    comes first.
    """
    day = local_date(arrival)
    last_call = arrival - BEFORE_ARRIVAL
    week = _working_day(day - timedelta(days=7), hours, absences)
    eve = _working_day(day - timedelta(days=1), hours, absences)
    near = eve is not None and (day - eve).days <= TOO_FAR
    before = at(eve, REFERENTE_AT) if eve and near else at(day, SAME_MORNING)
    found = [Reminder(Kind.H1, To.REFERENTE, last_call)]
    if week:
        found.append(Reminder(Kind.J7, To.REFERENTE, at(week, REFERENTE_AT)))
    if before < last_call:
        found.append(Reminder(Kind.J1, To.REFERENTE, before))
    return found


def asked_again(end: datetime, hours: Hours, absences: Sequence[Absence]) -> datetime | None:
    """When she is asked once more what came of a meeting that ended then: at 16:00 on her next working
    day; None when no such day is known."""
    for ahead in range(1, HORIZON.days):
        moment = at(local_date(end) + timedelta(days=ahead), AGAIN_AT)
        if openings(hours, local_date(moment)) and not away(absences, moment):
            return moment
    return None


def _working_day(day: date, hours: Hours, absences: Sequence[Absence]) -> date | None:
    """`day`, or the last day before it on which the centre is open and she works."""
    for back in range(HORIZON.days):
        candidate = day - timedelta(days=back)
        if openings(hours, candidate) and not away(absences, at(candidate, REFERENTE_AT)):
            return candidate
    return None
