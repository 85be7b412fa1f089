"""Meetings that come back: which days a series means, as said in one line or chosen by buttons.

« tous les premiers mardis de la période », « tous les mardis », « le premier mardi de chaque mois ». A
period is the time between two holidays; a year ends with the summer. What is not understood makes no
series: the day is asked.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.rules.calendar import SchoolCalendar, next_school_day, period_of
from bot.rules.paris import local_date
from bot.rules.said_dates import WEEKDAYS, Ask, SaidDay, read_day

ONE_DAY = timedelta(days=1)
A_WEEK = timedelta(days=7)
SUMMER = timedelta(days=40)
"""Holidays longer than this end a school year."""
LAST = -1
RANKS = {"premier": 1, "1er": 1, "deuxieme": 2, "2e": 2, "troisieme": 3, "3e": 3, "quatrieme": 4, "4e": 4}
RANKS["dernier"] = LAST
"""Which of the weekdays of a month, or of a period."""


class Per(StrEnum):
    """How often it comes back."""

    WEEK = "week"
    MONTH = "month"
    PERIOD = "period"


class Until(StrEnum):
    """How far it goes: the next holidays, or the summer."""

    PERIOD = "period"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Series:
    """``weekday``: 0 = Monday. ``rank``: 1 to 4 or `LAST`, of each month or period; each week has one."""

    weekday: int
    per: str
    until: str
    rank: int = 1
    since: date | None = None
    """The first day it may be on; None: today."""


_RANK = "|".join(f"{one}s?" for one in RANKS)
_DAY = "|".join(WEEKDAYS)
_SAID = re.compile(
    rf"\b(?P<how>tous les|chaque|les|le) (?:(?P<rank>{_RANK}) )?(?P<day>{_DAY})(?P<plural>s?)\b"
    r"(?P<spans>(?: (?:et )?(?:du mois|des mois|de chaque mois|par mois|de (?:la|cette) periode|"
    r"de chaque periode|par periode|de l'annee(?: scolaire)?|jusqu'aux vacances|jusqu'a l'ete))*)"
)
_SINCE = re.compile(r"\b(?:a partir (?:du|de)|des le|a compter du) (?=\w)")


def understand_series(text: str, now: datetime) -> tuple[Series | None, str]:
    """The series said in a plain text, hours gone, and the text without it; None when none is said."""
    said = _SAID.search(text)
    if said is None or not _comes_back(said):
        return None, text
    rest = " ".join(f"{text[: said.start()]} {text[said.end() :]}".split())
    since, from_when = _since(rest, now)
    if not from_when:
        return None, text
    spans, rank = said["spans"], said["rank"]
    per = Per.WEEK if rank is None else Per.MONTH
    if "chaque periode" in spans or "par periode" in spans:
        per = Per.PERIOD
    elif "mois" in spans:
        per = Per.MONTH
    within = "la periode" in spans or "cette periode" in spans or "vacances" in spans
    whole_year = per is not Per.WEEK or "annee" in spans or "ete" in spans
    return Series(
        weekday=WEEKDAYS.index(said["day"]),
        per=per,
        until=Until.YEAR if whole_year and not within else Until.PERIOD,
        rank=1 if rank is None else RANKS[rank if rank in RANKS else rank.removesuffix("s")],
        since=since,
    ), rest


def _comes_back(said: re.Match[str]) -> bool:
    """« tous les mardis », « les mardis », « le premier mardi de chaque mois »; « le mardi » is one day.

    « tous les mardis du mois » leaves open which ones: no series.
    """
    spans, how = said["spans"], said["how"]
    often = "chaque" in spans or "par " in spans
    if said["rank"] is None and ("mois" in spans or often):
        return False
    if how == "le":
        return often
    return how in ("tous les", "chaque") or bool(said["plural"])


def _since(rest: str, now: datetime) -> tuple[date | None, bool]:
    """From which day on, and whether what is left of the line was understood."""
    found = _SINCE.search(rest)
    if found is None:
        return None, read_day(rest, local_date(now)) == SaidDay(None, Ask.DAY_MISSING)
    day = read_day(f"{rest[: found.start()]} le {rest[found.end() :]}", local_date(now)).day
    return day, day is not None


def days_of(series: Series, calendar: SchoolCalendar, now: datetime) -> list[date]:
    """The days of a series from today on, those on which no meeting can be included; in order.

    Empty where the calendar does not know. A month's rank counts every such weekday, a period's only
    those of the period.
    """
    first = max(local_date(now), series.since or local_date(now))
    span = _span(series.until, calendar, first)
    if span is None:
        return []
    start, end = span
    if series.per == Per.MONTH:
        found = _ranked(series, _weekdays(series.weekday, start.replace(day=1), _month_end(end)), _month)
    elif series.per == Per.PERIOD:
        found = _ranked(series, _weekdays(series.weekday, start, end), lambda day: period_of(calendar, day))
    else:
        found = list(_weekdays(series.weekday, start, end))
    return [day for day in found if first <= day <= end]


def _span(until: str, calendar: SchoolCalendar, first: date) -> tuple[date, date] | None:
    """The period that day is in, or the one after the holidays it is in; its end, or the year's."""
    period = period_of(calendar, first)
    if period is None:
        school_day = next_school_day(calendar, first)
        period = period_of(calendar, school_day) if school_day is not None else None
    if period is None:
        return None
    return period if until == Until.PERIOD else (period[0], year_end(calendar, period[0]))


def year_end(calendar: SchoolCalendar, day: date) -> date:
    """The last day before the summer holidays that follow, as far as the calendar knows."""
    summers = (one.first for one in calendar.breaks if one.last - one.first > SUMMER and one.first > day)
    return min(summers, default=calendar.known_until + ONE_DAY) - ONE_DAY


def rank_in_month(day: date) -> int:
    """Which of its month's weekdays a day is: 1 to 4, `LAST` for a fifth."""
    rank = (day.day - 1) // 7 + 1
    return rank if rank <= 4 else LAST


def _weekdays(weekday: int, start: date, end: date) -> Iterator[date]:
    day = start + ONE_DAY * ((weekday - start.weekday()) % 7)
    while day <= end:
        yield day
        day += A_WEEK


def _ranked(series: Series, days: Iterator[date], group: Callable[[date], object]) -> list[date]:
    groups: dict[object, list[date]] = {}
    for day in days:
        if (key := group(day)) is not None:
            groups.setdefault(key, []).append(day)
    place = series.rank - 1 if series.rank != LAST else LAST
    return [alike[place] for alike in groups.values() if place < len(alike)]


def _month(day: date) -> object:
    return day.year, day.month


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - ONE_DAY
