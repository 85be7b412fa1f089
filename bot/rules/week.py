"""The weekly digest's shape: when it leaves, what comes first, what is merged (E28)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.rules.calendar import Break, SchoolCalendar
from bot.rules.hours import Hours, openings
from bot.rules.paris import at, local_date

FRIDAY = 4
FRIDAY_AFTERNOON = time(14)  # at 16:30 forty children come in
LATE_AFTER = timedelta(minutes=30)
MEETINGS_AHEAD = timedelta(days=14)
SMALLEST_GROUP = 3
WRITTEN = re.compile(r"(\d{4})-W(\d{2})")
YEARS = range(2020, 2100)
"""Before and after, there is nothing to tell, and there are years no calendar can hold."""


@dataclass(frozen=True, slots=True)
class Week:
    """An ISO week; its text, « 2026-W47 », is the key that makes a digest unique."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)


def week_of(moment: datetime) -> Week:
    """The week it is in Paris."""
    year, number, _ = local_date(moment).isocalendar()
    return Week(year, number)


@dataclass(frozen=True, slots=True)
class Span:
    """What a digest counts: from the one before until its own moment."""

    week: Week
    since: datetime
    until: datetime
    seen: datetime
    """The moment at which what waits is looked at."""


def read_week(text: str) -> Week:
    """« 2026-W47 »; ValueError, in French, for anything else and for a week 53 that is not."""
    written = WRITTEN.fullmatch(text)
    if not written:
        raise ValueError(f"semaine illisible : {text!r} (écrire par exemple 2026-W47)")
    year, number = int(written[1]), int(written[2])
    try:
        date.fromisocalendar(year, number, 1)
    except ValueError:
        raise ValueError(f"cette semaine n'existe pas : {text}") from None
    if year not in YEARS:
        raise ValueError(f"cette semaine est hors de portée : {text}")
    return Week(year, number)


def digest_moment(
    week: Week, hours: Hours, weekday: int = FRIDAY, clock: time = FRIDAY_AFTERNOON
) -> datetime | None:
    """When the digest of that week leaves: the weekday and hour she chose.

    When the centre is closed that day, at the same hour of the last day of the week before it on
    which it is open; None when there is no such day: a closed week has no digest.
    """
    for back in range(weekday + 1):
        day = week.monday + timedelta(days=weekday - back)
        if openings(hours, day):
            return at(day, clock)
    return None


def is_late(planned: datetime, now: datetime) -> bool:
    """Late enough to say so."""
    return now - planned > LATE_AFTER


def holidays_ahead(calendar: SchoolCalendar, week: Week) -> Break | None:
    """The school holidays that begin at the end of that week, bridges aside: who covers is said."""
    friday, next_monday = week.monday + timedelta(days=FRIDAY), week.monday + timedelta(days=7)
    return next((b for b in calendar.breaks if friday < b.first <= next_monday and not b.is_bridge), None)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A conversation that waits for an answer; `danger` keeps it out of any digest."""

    teacher: str
    level: str
    school: str
    territory: str
    received: datetime
    due: datetime | None
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Callback:
    """A call promised."""

    teacher: str
    at: datetime
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting to come; `arrival`: when the centre's person arrives."""

    arrival: datetime
    school: str
    subject: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody away, both days included, and who covers, if anybody."""

    person: str
    first: date
    last: date
    cover: str | None


@dataclass(frozen=True, slots=True)
class Digest:
    """One person's or one centre's week, in the order it is read."""

    waiting: tuple[Waiting, ...] = ()
    callbacks: tuple[Callback, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    away: tuple[Away, ...] = ()
    received: int = 0
    answered: int = 0
    territories: tuple[tuple[str, int], ...] = ()

    @property
    def is_calm(self) -> bool:
        """Nothing to do: two lines are enough."""
        return not (self.waiting or self.callbacks or self.away)


def arranged(digest: Digest, now: datetime) -> Digest:
    """The same week in reading order: oldest first, two weeks of meetings, no zero, no danger."""
    today, horizon = local_date(now), now + MEETINGS_AHEAD
    return replace(
        digest,
        waiting=tuple(sorted((w for w in digest.waiting if not w.danger), key=lambda w: w.received)),
        callbacks=tuple(sorted((c for c in digest.callbacks if not c.danger), key=lambda c: c.at)),
        meetings=tuple(
            sorted((m for m in digest.meetings if now < m.arrival <= horizon), key=lambda m: m.arrival)
        ),
        away=tuple(
            sorted(
                (a for a in digest.away if a.last >= today and a.first <= local_date(horizon)),
                key=lambda a: (a.first, a.person),
            )
        ),
        territories=tuple(sorted(((t, n) for t, n in digest.territories if n), key=lambda p: (-p[1], p[0]))),
    )


def merge_small(
    counts: Mapping[str, int], smallest: int = SMALLEST_GROUP
) -> list[tuple[tuple[str, ...], int]]:
    """Counts that may leave the team: every figure shown covers at least `smallest` cases.

    Small groups are merged together; a merged figure still too small takes in the next smallest
    group, so that no total minus the rest gives it away. Largest first, the merged group last;
    empty when everything together is too small.
    """
    ordered = sorted(((name, n) for name, n in counts.items() if n), key=lambda p: (p[1], p[0]))
    merged: list[str] = []
    total = 0
    while ordered and (ordered[0][1] < smallest or 0 < total < smallest):
        name, n = ordered.pop(0)
        merged.append(name)
        total += n
    shown: list[tuple[tuple[str, ...], int]] = [((name,), n) for name, n in reversed(ordered)]
    if total >= smallest:
        shown.append((tuple(sorted(merged)), total))
    return shown


def fitting(lines: Sequence[str], room: int) -> tuple[list[str], int]:
    """The first lines that fit in `room` characters, line ends included, and how many are left out."""
    kept: list[str] = []
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    return kept, len(lines) - len(kept)
