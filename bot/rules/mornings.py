"""The morning word: when her phone may ring again, and since when it could not."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from bot.rules.absences import Absence
from bot.rules.hours import Hours, Stretch
from bot.rules.later import present
from bot.rules.paris import at, local_date

Rhythm = tuple[time, time] | None
"""From, until, as she chose; None: the centre's opening hours."""
LONGEST = timedelta(days=60)
"""Before that, what waits is no news of the morning."""


def _ringing(hours: Hours, absences: Sequence[Absence], rhythm: Rhythm, first: datetime) -> list[Stretch]:
    """From when till when her phone rings, a stretch for each day on which she is here."""
    days: dict[object, Stretch] = {}
    for start, end in present(hours, absences, local_date(first)):
        day = local_date(start)
        if day in days:
            days[day] = (days[day][0], end)
        elif len(days) > LONGEST.days:
            break
        else:
            days[day] = (start, end)
    if rhythm is None or rhythm[0] >= rhythm[1]:
        return list(days.values())
    shifted = []
    for start, end in days.values():
        day = local_date(start)
        begins = start if rhythm[0] == time.min else at(day, rhythm[0])
        shifted.append((begins, max(end, at(day, rhythm[1])) if rhythm[1] != time.max else end))
    return shifted


def next_morning(hours: Hours, absences: Sequence[Absence], rhythm: Rhythm, now: datetime) -> datetime | None:
    """The first moment after `now` at which her phone begins to ring; None within the horizon."""
    if rhythm is not None and rhythm[0] >= rhythm[1]:
        return None  # never
    return next((start for start, _ in _ringing(hours, absences, rhythm, now) if start > now), None)


def silent_since(hours: Hours, absences: Sequence[Absence], rhythm: Rhythm, now: datetime) -> datetime:
    """The end of her last ringing hours before `now`."""
    ends = [end for _, end in _ringing(hours, absences, rhythm, now - LONGEST) if end <= now]
    return max(ends, default=now - LONGEST)
