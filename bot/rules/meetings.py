"""What may become a meeting: its slot, why a day is refused, the next days that are possible."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from bot.rules.calendar import Cause, NoClass, SchoolCalendar, no_class, school_days
from bot.rules.paris import at, local_date
from bot.rules.said_dates import MONTHS, RELATIVE, WEEKDAYS, SaidHour, plain

CENTRE_STAYS = timedelta(minutes=20)
"""A guest of the end of a cycle meeting: the centre arrives this long before it."""
LASTS = timedelta(hours=1)
"""How long a meeting outside the midday break is taken to last when nobody says."""
CYCLE, PRE, LIAISON = "cycle", "pre", "liaison"
LONGEST_LINE = 120
"""Characters; more is a message that speaks of a meeting."""

LITTLE_WORDS = """
    reunion reunions de du des d la le les l un une a au aux et en pour avec vers entre
    cycle cycles c c1 c2 c3 pre liaison centre ecole salle maitres
    h heure heures midi demi demie quart trente moins er
    prochain prochaine semaine huit quinze ce cet matin soir apres-midi apres aujourd'hui
"""


@dataclass(frozen=True, slots=True)
class Slot:
    """A meeting's moments; ``arrives``: the centre's person."""

    starts: datetime
    ends: datetime
    arrives: datetime


def kind_of(text: str) -> str:
    """The kind of meeting a line asks for; a cycle meeting unless it says otherwise."""
    words = set(re.findall(r"[a-z]+", plain(text)))
    if words & {"cycle", "cycles"}:
        return CYCLE
    if PRE in words:
        return PRE
    return LIAISON if LIAISON in words else CYCLE


def is_only_a_meeting(text: str, schools: Iterable[str]) -> bool:
    """Whether a line says a meeting and nothing else: any other word makes it a message to carry."""
    said = plain(text)
    if not said.startswith("reunion") or len(said) > LONGEST_LINE or "?" in said or "\n" in text.strip():
        return False
    known = {*LITTLE_WORDS.split(), *WEEKDAYS, *MONTHS, *RELATIVE}
    known |= {word for name in schools for word in re.findall(r"[a-z]+", plain(name))}
    return all(
        word in known for word in re.findall(r"[a-z]+(?:['-][a-z]+)*", re.sub(r"\b([ld])'", r"\1 ", said))
    )


def slot(day: date, said: SaidHour, midday: tuple[time, time], kind: str) -> Slot | None:
    """The slot of that day: the midday break unless an hour was said; None when it ends before it starts.

    A meeting that starts within the break lasts until its end. The centre arrives near the end of a
    cycle meeting, and at the start of the others.
    """
    opens, closes = midday
    start = opens if said.start is None or (said.midday and said.start == time(12)) else said.start
    starts = at(day, start)
    if said.end is not None:
        ends = at(day, said.end)
    else:
        ends = at(day, closes) if opens <= start < closes else starts + LASTS
    if ends <= starts:
        return None
    return Slot(starts, ends, arrival(starts, ends, kind))


def arrival(starts: datetime, ends: datetime, kind: str) -> datetime:
    """When the centre's person is expected."""
    return max(starts, ends - CENTRE_STAYS) if kind == CYCLE else starts


def refused(calendar: SchoolCalendar, day: date, *, wednesdays: bool) -> NoClass | None:
    """Why no meeting can be on that day; a plain Wednesday is only warned about."""
    found = no_class(calendar, day, wednesdays=wednesdays)
    return None if found is None or found.cause is Cause.WEDNESDAY else found


def on_a_wednesday(calendar: SchoolCalendar, day: date, *, wednesdays: bool) -> bool:
    """Whether the school has no class only because it is a Wednesday."""
    found = no_class(calendar, day, wednesdays=wednesdays)
    return found is not None and found.cause is Cause.WEDNESDAY


def next_possible(calendar: SchoolCalendar, day: date, now: datetime, *, wednesdays: bool) -> list[date]:
    """Three days with class after a refused one: the next, and the next two of the same weekday."""
    start = max(day, local_date(now)) + timedelta(days=1)
    with_class = list(islice(school_days(calendar, start, wednesdays=wednesdays), 60))
    alike = [one for one in with_class if one.weekday() == day.weekday()][:3]
    return sorted({*with_class[:1], *(alike or with_class[1:3])})[:3]
