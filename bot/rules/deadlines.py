"""The promise: by when an answer is due, and when others are asked so that it is kept (E10)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.rules.absences import Absence, away
from bot.rules.hours import HORIZON, Hours, add_open_time, halves, next_opening, open_time_between, openings
from bot.rules.paris import MIDDAY, at, local, local_date

DAYS_TO_ANSWER = 2


def promised(hours: Hours, absences: Sequence[Absence], now: datetime) -> datetime | None:
    """The moment by which whoever reads must have answered a message received `now`.

    The second day, after the day of receipt, on which the centre is open and the reader here:
    at midday if she is there before midday, else at the end of her first period of that day.
    None when there is no such day within 400 days: then nothing may be promised.
    """
    received = local_date(now)
    remaining = DAYS_TO_ANSWER
    for ahead in range(1, HORIZON.days):
        day = received + timedelta(days=ahead)
        present = [
            half
            for opening in openings(hours, day)
            for half in halves(opening)
            if not away(absences, half[0])
        ]
        remaining -= bool(present)
        if not remaining:
            start, end = present[0]
            return at(day, MIDDAY) if local(start).time() < MIDDAY else end
    return None


def checkpoints(hours: Hours, received: datetime, due: datetime) -> tuple[datetime, datetime]:
    """When the reader is nudged and when the cover is asked: half, three quarters.

    Counted in opening time between receipt and promise, so that both fall while the centre is
    open. When it does not open in between, both are the next opening or the promise itself,
    whichever comes first.
    """
    total = open_time_between(hours, received, due)
    if not total:
        soonest = min(next_opening(hours, received) or due, due)
        return soonest, soonest
    return add_open_time(hours, received, total / 2), add_open_time(hours, received, total * 3 / 4)
