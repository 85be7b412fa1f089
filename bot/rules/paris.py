"""Europe/Paris, the only time zone people live in here.

Instants are aware and in UTC; wall time is used only to reckon days and hours. Two datetimes
of the same zone are compared by Python on their wall time, fold ignored, so that comparisons
and subtractions are always made in UTC.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
MIDDAY = time(12)


def local(moment: datetime) -> datetime:
    """The wall time in Paris of an aware datetime; ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(PARIS)


def local_date(moment: datetime) -> date:
    """The day it is in Paris."""
    return local(moment).date()


def at(day: date, clock: time) -> datetime:
    """The instant, in UTC, when Paris clocks show `clock` on `day`.

    Twice shown in October, the first; never shown in March, one hour later on the clock.
    """
    return datetime.combine(day, clock, PARIS).astimezone(UTC)
