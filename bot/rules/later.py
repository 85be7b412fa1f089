"""« Plus tard »: the moments somebody is offered, when she is here and the centre is open."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from bot.rules.absences import Absence, away
from bot.rules.hours import HORIZON, Hours, Stretch, halves, openings
from bot.rules.paris import at, local_date

EVENING = time(17)
SOONEST = timedelta(minutes=30)
"""Nearer than this is not later."""
MONDAY = 0
CHOICES = 4


def present(hours: Hours, absences: Sequence[Absence], first: date) -> Iterator[Stretch]:
    """The half-days, from a day on, on which the centre is open and she is here; up to the horizon."""
    for ahead in range(HORIZON.days):
        for opening in openings(hours, first + timedelta(days=ahead)):
            for half in halves(opening):
                if not away(absences, half[0]):
                    yield half


def later(hours: Hours, absences: Sequence[Absence], now: datetime) -> tuple[datetime, ...]:
    """This evening, the next two days she is here, the Monday after: at most four, in order."""
    today = local_date(now)
    evening = at(today, EVENING)
    found: list[datetime] = []
    days: list[date] = []
    for start, end in present(hours, absences, today):
        day = local_date(start)
        if day == today:
            if start <= evening < end and evening - now >= SOONEST:
                found.append(evening)
        elif day not in days and (len(days) < 2 or day.weekday() == MONDAY):
            days.append(day)
            found.append(start)
        if len(found) == CHOICES or (len(days) >= 2 and any(one.weekday() == MONDAY for one in days)):
            break
    return tuple(found)


def when_here(hours: Hours, absences: Sequence[Absence], now: datetime) -> datetime | None:
    """The first moment from now on when the centre is open and she is here; None within the horizon."""
    return next(
        (max(start, now) for start, end in present(hours, absences, local_date(now)) if end > now), None
    )
