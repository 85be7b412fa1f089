"""The school's calendar: holidays, bridges, public holidays, Wednesdays, local changes.

Nothing is guessed: outside the published years every answer is *unknown*, never "no". Days are
plain dates, those of Europe/Paris.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from bot.rules.public_holidays import public_holiday

WEDNESDAY, SATURDAY = 2, 5
ONE_DAY = timedelta(days=1)
WARNING_MONTHS = 6


class Answer(StrEnum):
    """Yes, no, or: nobody has published it yet."""

    YES = "oui"
    NO = "non"
    UNKNOWN = "inconnu"


class Cause(StrEnum):
    """Why there is no class on a day."""

    HOLIDAYS = "vacances"
    BRIDGE = "pont"
    PUBLIC_HOLIDAY = "férié"
    LOCAL = "local"
    WEEKEND = "week-end"
    WEDNESDAY = "mercredi"
    UNKNOWN = "inconnu"


@dataclass(frozen=True, slots=True)
class Break:
    """Days without class, both included: « Noël », « Pont Ascension »."""

    name: str
    first: date
    last: date

    @property
    def is_bridge(self) -> bool:
        return self.name.casefold().startswith("pont")


@dataclass(frozen=True, slots=True)
class LocalDay:
    """One day on which a school differs from its zone: a bridge, a day made up, a rector's change."""

    day: date
    has_class: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """A zone's published years, `known_from` to `known_until` included, and local differences."""

    zone: str
    breaks: tuple[Break, ...]
    known_from: date
    known_until: date
    local_days: tuple[LocalDay, ...] = ()

    def break_on(self, day: date) -> Break | None:
        """The zone's break that day falls in."""
        return next((b for b in self.breaks if b.first <= day <= b.last), None)

    def local_on(self, day: date) -> LocalDay | None:
        return next((local for local in self.local_days if local.day == day), None)

    def knows(self, day: date) -> bool:
        return self.known_from <= day <= self.known_until

    def with_local_days(self, days: tuple[LocalDay, ...]) -> "SchoolCalendar":
        """The same zone, as one school lives it."""
        return replace(self, local_days=days)


@dataclass(frozen=True, slots=True)
class NoClass:
    """Why a day is without class, and the name of what falls on it when it has one."""

    cause: Cause
    name: str = ""


def est_vacances(calendar: SchoolCalendar, day: date) -> Answer:
    """Is it school holidays, bridge included? A plain Saturday in term is not."""
    if local := calendar.local_on(day):
        return Answer.NO if local.has_class else Answer.YES
    if not calendar.knows(day):
        return Answer.UNKNOWN
    return Answer.YES if calendar.break_on(day) else Answer.NO


def no_class(calendar: SchoolCalendar, day: date, *, wednesdays: bool = False) -> NoClass | None:
    """Why there is no class that day, None when there is; `wednesdays`: this school works then."""
    if local := calendar.local_on(day):
        return None if local.has_class else NoClass(Cause.LOCAL, local.reason)
    if holiday := public_holiday(day):
        return NoClass(Cause.PUBLIC_HOLIDAY, holiday)
    if not calendar.knows(day):
        return NoClass(Cause.UNKNOWN)
    if found := calendar.break_on(day):
        return NoClass(Cause.BRIDGE if found.is_bridge else Cause.HOLIDAYS, found.name)
    if day.weekday() >= SATURDAY:
        return NoClass(Cause.WEEKEND)
    if day.weekday() == WEDNESDAY and not wednesdays:
        return NoClass(Cause.WEDNESDAY)
    return None


def school_days(calendar: SchoolCalendar, start: date, *, wednesdays: bool = False) -> Iterator[date]:
    """The days with class from `start` on (included), as far as the calendar knows."""
    day = start
    while day <= calendar.known_until:
        if no_class(calendar, day, wednesdays=wednesdays) is None:
            yield day
        day += ONE_DAY


def next_school_day(calendar: SchoolCalendar, day: date, *, wednesdays: bool = False) -> date | None:
    """The first day with class after `day`; None when it is not known."""
    return next(school_days(calendar, day + ONE_DAY, wednesdays=wednesdays), None)


def last_school_day(calendar: SchoolCalendar, day: date, *, wednesdays: bool = False) -> date | None:
    """`day` if it has class, else the last day with class before it, however far; None if unknown."""
    while calendar.known_from <= day:
        if no_class(calendar, day, wednesdays=wednesdays) is None:
            return day
        day -= ONE_DAY
    return None


def period_of(calendar: SchoolCalendar, day: date) -> tuple[date, date] | None:
    """The period of school, between two holidays, that `day` falls in; bridges do not cut it.

    None in holidays and where the calendar does not know.
    """
    holidays = [b for b in calendar.breaks if not b.is_bridge]
    if not calendar.knows(day) or any(b.first <= day <= b.last for b in holidays):
        return None
    first = max((b.last + ONE_DAY for b in holidays if b.last < day), default=calendar.known_from)
    last = min((b.first - ONE_DAY for b in holidays if b.first > day), default=calendar.known_until)
    return first, last


def warn_from(calendar: SchoolCalendar) -> date:
    """From that day on the coordinatrice is told that the calendar ends: six months before."""
    months = calendar.known_until.year * 12 + calendar.known_until.month - 1 - WARNING_MONTHS
    first = date(months // 12, months % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - ONE_DAY
    return min(last, first.replace(day=min(calendar.known_until.day, last.day)))


def merged(old: SchoolCalendar, new: SchoolCalendar) -> SchoolCalendar:
    """What was known, corrected and prolonged by a new publication of the same zone.

    Local days are kept. ValueError, in French, when the zones differ or years are missing between.
    """
    if old.zone != new.zone:
        raise ValueError(f"ce calendrier est celui de la zone {new.zone}, pas de la zone {old.zone}")
    if new.known_from > old.known_until + ONE_DAY or old.known_from > new.known_until + ONE_DAY:
        raise ValueError(
            f"il manque des années entre le calendrier gardé ({old.known_from} – {old.known_until}) "
            f"et celui-ci ({new.known_from} – {new.known_until})"
        )
    kept = tuple(b for b in old.breaks if b.last < new.known_from or b.first > new.known_until)
    return SchoolCalendar(
        zone=old.zone,
        breaks=tuple(sorted(kept + new.breaks, key=lambda b: b.first)),
        known_from=min(old.known_from, new.known_from),
        known_until=max(old.known_until, new.known_until),
        local_days=old.local_days,
    )
