"""When a teacher may be solicited: a reminder, a question, an announcement (E16).

A human answer to her own message is not concerned: it leaves at any hour.
"""

from datetime import datetime, time, timedelta

from bot.rules.calendar import SchoolCalendar, no_class, school_days
from bot.rules.paris import at, local, local_date

WINDOWS = ((time(12), time(13, 15)), (time(16, 45), time(18, 30)))
QUIET = (time(19), time(7, 30))
WROTE_RECENTLY = timedelta(hours=2)


def may_solicit_teacher(now: datetime, calendar: SchoolCalendar, *, wednesdays: bool = False) -> bool:
    """On a day with class, at midday or after class. Where the calendar does not know: no."""
    wall = local(now)
    in_window = any(start <= wall.time() < end for start, end in WINDOWS)
    return in_window and no_class(calendar, wall.date(), wednesdays=wednesdays) is None


def next_soliciting(now: datetime, calendar: SchoolCalendar, *, wednesdays: bool = False) -> datetime | None:
    """The first moment from `now` on when she may be; None when the calendar does not know that far."""
    if may_solicit_teacher(now, calendar, wednesdays=wednesdays):
        return now
    starts = (
        at(day, start)
        for day in school_days(calendar, local_date(now), wednesdays=wednesdays)
        for start, _ in WINDOWS
    )
    return next((start for start in starts if start > now), None)


def answer_is_silent(now: datetime, last_wrote: datetime | None) -> bool:
    """An answer leaves silently between 19:00 and 7:30, unless she wrote in the last two hours."""
    evening, morning = QUIET
    quiet = not morning <= local(now).time() < evening
    return quiet and (last_wrote is None or now - last_wrote > WROTE_RECENTLY)
