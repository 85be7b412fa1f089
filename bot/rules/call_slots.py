"""« Rappelez-moi »: the moments of a teacher's day at which somebody of the centre may call her."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from bot.rules.absences import Absence, away
from bot.rules.hours import HORIZON, Hours, is_open
from bot.rules.paris import at, local_date

BREAK, EVENING = time(10, 15), time(16, 30)
"""The morning break, and after class; midday is the school's own."""
SOONEST = timedelta(minutes=30)
AFTER = timedelta(minutes=15)
"""The midday break has begun, and the class has left, this long before she can answer."""
CHOICES = 4


def call_slots(
    hours: Hours,
    absences: Sequence[Absence],
    midday: tuple[time, time],
    has_class: Callable[[date], bool],
    now: datetime,
) -> tuple[datetime, ...]:
    """The next four, when the school has class, the centre is open and the caller is here.

    `midday`: when this school's midday break starts and ends.
    """
    found = _slots(hours, absences, midday, has_class, now)
    return tuple(slot for slot, _ in zip(found, range(CHOICES), strict=False))


def _slots(
    hours: Hours,
    absences: Sequence[Absence],
    midday: tuple[time, time],
    has_class: Callable[[date], bool],
    now: datetime,
) -> Iterator[datetime]:
    today = local_date(now)
    for ahead in range(HORIZON.days):
        day = today + timedelta(days=ahead)
        if not has_class(day):
            continue
        for slot in (at(day, BREAK), at(day, midday[0]) + AFTER, at(day, EVENING)):
            if slot - now >= SOONEST and is_open(hours, slot) and not away(absences, slot):
                yield slot
