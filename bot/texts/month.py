"""A month as a grid of buttons: a chooser of days, with a way to the months beside it."""

import calendar
from datetime import date, timedelta

from bot.texts.dates import MONTHS

Row = tuple[tuple[str, str], ...]
DAYS = ("L", "M", "M", "J", "V", "S", "D")


def grid(*, month: date, earliest: date, latest: date, day: str, turn: str, blank: str) -> tuple[Row, ...]:
    """The weeks of ``month`` (any day of it), Monday first.

    ``day``, ``turn``, ``blank``: the verbs of a day, of another month, of what does nothing. Days
    before ``earliest`` or after ``latest`` cannot be touched.
    """
    first = month.replace(day=1)
    before, after = first - timedelta(days=1), (first + timedelta(days=31)).replace(day=1)
    nothing = ("·", blank)
    header = (
        ("‹", f"{turn}:{before:%Y-%m}") if before >= earliest else nothing,
        (f"{MONTHS[first.month - 1]} {first.year}", blank),
        ("›", f"{turn}:{after:%Y-%m}") if after <= latest else nothing,
    )
    weeks = [
        tuple(
            (str(one.day), f"{day}:{one.isoformat()}")
            if one.month == first.month and earliest <= one <= latest
            else nothing
            for one in week
        )
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    return (header, tuple((one, blank) for one in DAYS), *weeks)
