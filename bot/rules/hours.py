"""The centre's opening hours: when somebody can be asked, and what a receipt may promise.

Public holidays are closed without being listed. Every datetime taken is aware, every datetime
returned is in UTC; days and hours are those of Europe/Paris, right through both clock changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.rules.paris import MIDDAY, at, local_date
from bot.rules.public_holidays import public_holiday

HORIZON = timedelta(days=400)  # beyond, "closed" is for good

Period = tuple[int, time, time]
Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Hours:
    """A week of opening periods, and the closures that interrupt it.

    `periods`: weekday (0 = Monday), start, end; several a day are allowed.
    `closures`: first and last day closed, both included.
    ValueError, in French, when a period or a closure contradicts itself or another period.
    """

    periods: tuple[Period, ...]
    closures: tuple[tuple[date, date], ...] = ()

    def __post_init__(self) -> None:
        previous: Period | None = None
        for weekday, start, end in sorted(self.periods):
            if not 0 <= weekday <= 6:
                raise ValueError(f"jour de semaine inconnu : {weekday}")
            if end <= start:
                raise ValueError(f"une ouverture finit avant de commencer : {start:%H:%M}")
            if previous and previous[0] == weekday and start < previous[2]:
                raise ValueError(f"deux ouvertures se chevauchent : {start:%H:%M}")
            previous = (weekday, start, end)
        for first, last in self.closures:
            if last < first:
                raise ValueError(f"une fermeture finit avant de commencer : {first}")


def closure_on(hours: Hours, day: date) -> tuple[date, date] | None:
    """First and last day of the closure `day` falls in."""
    return next((c for c in hours.closures if c[0] <= day <= c[1]), None)


def openings(hours: Hours, day: date) -> list[Stretch]:
    """The stretches during which the centre is open that day, in order, touching ones joined."""
    if closure_on(hours, day) or public_holiday(day):
        return []
    stretches: list[Stretch] = []
    for weekday, start, end in sorted(hours.periods):
        if weekday != day.weekday():
            continue
        opens, closes = at(day, start), at(day, end)
        if stretches and stretches[-1][1] == opens:
            opens = stretches.pop()[0]
        stretches.append((opens, closes))
    return stretches


def halves(stretch: Stretch) -> list[Stretch]:
    """A stretch cut at midday, since absences are counted in half-days."""
    start, end = stretch
    midday = at(local_date(start), MIDDAY)
    return [(start, midday), (midday, end)] if start < midday < end else [stretch]


def openings_from(hours: Hours, now: datetime) -> Iterator[Stretch]:
    """Every stretch that ends after `now`, the first one cut at `now`, up to the horizon."""
    now = now.astimezone(UTC)
    day = local_date(now)
    last = day + HORIZON
    while day <= last:
        for start, end in openings(hours, day):
            if end > now:
                yield max(start, now), end
        day += timedelta(days=1)


def is_open(hours: Hours, now: datetime) -> bool:
    """Open at this instant; a period includes its first instant and not its last."""
    return any(start <= now < end for start, end in openings(hours, local_date(now)))


def next_opening(hours: Hours, now: datetime) -> datetime | None:
    """The next instant the centre is open, `now` if it is; None if never within 400 days."""
    return next((start for start, _ in openings_from(hours, now)), None)


def open_time_between(hours: Hours, a: datetime, b: datetime) -> timedelta:
    """How long the centre is open from `a` to `b`; zero when `b` is not after `a`."""
    total = timedelta()
    day, last = local_date(a), local_date(b)
    while day <= last:
        for start, end in openings(hours, day):
            total += max(min(end, b) - max(start, a), timedelta())
        day += timedelta(days=1)
    return total


def add_open_time(hours: Hours, start: datetime, delta: timedelta) -> datetime:
    """The open instant that comes after `delta` of opening time.

    Always an instant at which the centre is open: a delta used up at closing time gives the
    next opening. LookupError when the centre does not open that long within 400 days.
    """
    for opens, closes in openings_from(hours, start):
        if delta < closes - opens:
            return opens + delta
        delta -= closes - opens
    raise LookupError("the centre does not open that long within 400 days")
