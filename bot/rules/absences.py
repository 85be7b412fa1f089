"""A person's absences: whole days or half-days, never a reason."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.rules.paris import MIDDAY, local


@dataclass(frozen=True, slots=True)
class Absence:
    """From `first` to `last`, both included, in Paris days.

    `from_midday`: present on the morning of `first`; `until_midday`: back on the afternoon of
    `last`. ValueError, in French, when it ends before it begins.
    """

    first: date
    last: date
    from_midday: bool = False
    until_midday: bool = False

    def __post_init__(self) -> None:
        empty = self.first == self.last and self.from_midday and self.until_midday
        if self.last < self.first or empty:
            raise ValueError("l'absence finit avant de commencer")

    def covers(self, day: date, clock: time) -> bool:
        """Absent on that day at that hour."""
        morning = clock < MIDDAY
        if day == self.first and self.from_midday and morning:
            return False
        if day == self.last and self.until_midday and not morning:
            return False
        return self.first <= day <= self.last


def toggled(absence: Absence, half: str) -> Absence:
    """From midday on the `first` day, or until midday on the `last`, or no longer so; on one day, either."""
    alone = absence.first == absence.last
    if half == "first":
        starts = not absence.from_midday
        ends = absence.until_midday and not (alone and starts)
    else:
        ends = not absence.until_midday
        starts = absence.from_midday and not (alone and ends)
    return replace(absence, from_midday=starts, until_midday=ends)


def away(absences: Iterable[Absence], when: date | datetime) -> bool:
    """Absent at that moment or, for a plain date, for the whole of that day."""
    if isinstance(when, datetime):
        wall = local(when)
        return any(a.covers(wall.date(), wall.time()) for a in absences)
    known = list(absences)
    halves = (time(0), MIDDAY)
    return all(any(a.covers(when, half) for a in known) for half in halves)


def overlap(a: Absence, b: Absence) -> bool:
    """Both cover at least one same half-day."""
    day, last = max(a.first, b.first), min(a.last, b.last)
    while day <= last:
        if any(a.covers(day, half) and b.covers(day, half) for half in (time(0), MIDDAY)):
            return True
        day += timedelta(days=1)
    return False


def last_day_away(absences: Iterable[Absence], now: datetime) -> date | None:
    """The last day of the absence running now, absences that follow on included.

    « Absente jusqu'au dimanche 3 ». None when she is here.
    """
    known = list(absences)
    if not away(known, now):
        return None
    day = local(now).date()
    while away(known, day + timedelta(days=1)):
        day += timedelta(days=1)
    return day
