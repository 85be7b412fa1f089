"""A period of school, between two holidays: when it is told, and what it is told with (E28)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.rules.calendar import ONE_DAY, SchoolCalendar
from bot.rules.hours import Hours, openings
from bot.rules.paris import at
from bot.rules.week import FRIDAY_AFTERNOON, SMALLEST_GROUP, Week

AUGUST = 8


@dataclass(frozen=True, slots=True)
class Period:
    """Days of school, both included; bridges do not cut it.

    Its text, « 2026-P2 » (the second of the school year that begins in 2026), names it for good:
    a rector may move its last day, it is still the same.
    """

    year: int
    number: int
    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.year}-P{self.number}"


def periods(calendar: SchoolCalendar) -> list[Period]:
    """Every period whose end is published, in order."""
    found: list[Period] = []
    first = calendar.known_from
    for holidays in sorted((one for one in calendar.breaks if not one.is_bridge), key=lambda one: one.first):
        if first < holidays.first:
            year = first.year - (first.month < AUGUST)
            number = found[-1].number + 1 if found and found[-1].year == year else 1
            found.append(Period(year, number, first, holidays.first - ONE_DAY))
        first = max(first, holidays.last + ONE_DAY)
    return found


def told_at(period: Period, hours: Hours, clock: time = FRIDAY_AFTERNOON) -> datetime | None:
    """When a period is told: its last day on which the centre is open; None when it never is."""
    day = period.last
    while day >= period.first:
        if openings(hours, day):
            return at(day, clock)
        day -= ONE_DAY
    return None


def falls_in(moment: datetime, week: Week) -> bool:
    """Whether it is told in that week."""
    return at(week.monday, time()) <= moment < at(week.monday + timedelta(days=7), time())


@dataclass(frozen=True, slots=True)
class Facts:
    """What was counted in a centre during a period, dangers left out.

    ``in_time``: answered by the promised moment; ``doors_closed``: came outside the opening hours;
    ``relayed``: somebody else than the référente of the school had it; ``follow_ups``: lines noted
    after meetings; ``silent``: schools from which nothing came at all.
    """

    period: Period
    received: int
    answered: int
    in_time: int
    within_a_day: bool
    doors_closed: int
    relayed: int
    meetings: int
    follow_ups: int
    territories: tuple[tuple[tuple[str, ...], int], ...]
    """Names merged until each figure covers three conversations (:func:`bot.rules.week.merge_small`)."""
    schools: tuple[tuple[tuple[str, ...], int], ...]
    silent: tuple[str, ...]

    @property
    def fit_for_a_picture(self) -> bool:
        """A picture goes from hand to hand: it shows no figure behind which somebody is recognised."""
        return self.received >= SMALLEST_GROUP and bool(self.territories)


def alone(counts: Sequence[tuple[tuple[str, ...], int]], name: str) -> int:
    """The figure of one name, if it was shown unmerged; else 0."""
    return next((number for names, number in counts if names == (name,)), 0)


def enough(number: int) -> int:
    """The figure, or 0 when so few could be recognised."""
    return number if number >= SMALLEST_GROUP else 0
