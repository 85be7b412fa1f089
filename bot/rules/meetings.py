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
    rencontre point tous chaque premier premiers ers deuxieme deuxiemes troisieme troisiemes
    quatrieme quatriemes dernier derniers e mois periode annee scolaire jusqu'a jusqu'aux vacances
    ete par cette partir compter mi debut fin dans sur deux jour jours ou sauf ici avant
"""
WEEKDAYS_OF_A_SERIES = tuple(f"{one}s" for one in WEEKDAYS)
OTHER_OPENINGS = ("rencontre", "point de liaison", "point liaison")
"""Other words a line may begin with, when it says what kind of meeting it is."""


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


def opens_as_a_meeting(text: str) -> bool:
    """Whether a line begins as those that ask for a meeting."""
    return plain(text).startswith("reunion")


def is_only_a_meeting(text: str, schools: Iterable[str]) -> bool:
    """Whether a line says a meeting and nothing else: any other word makes it a message to carry."""
    return _strange(text, schools) == []


def unknown_school(text: str, schools: Iterable[str]) -> str | None:
    """The school a line names that is none of these: « aux Marronniers », « école du Parc »; else None.

    Only in a line that says a meeting and nothing else.
    """
    strange = _strange(text, schools)
    if not strange:
        return None
    name = " ".join(re.escape(one) for one in strange)
    found = re.search(rf"\b(?:ecole|aux?|a|chez)(?: (?:de|des|du|d|la|le|les|l))* {name}\b", _unelided(text))
    return " ".join(strange).title() if found else None


def _strange(text: str, schools: Iterable[str]) -> list[str] | None:
    """The words of a line that no meeting is said with; None when it does not ask for one."""
    said = plain(text)
    opens = opens_as_a_meeting(text) or (said.startswith(OTHER_OPENINGS) and kind_of(text) != CYCLE)
    if not opens or len(said) > LONGEST_LINE or "?" in said or "\n" in text.strip():
        return None
    known = {*LITTLE_WORDS.split(), *WEEKDAYS, *WEEKDAYS_OF_A_SERIES, *MONTHS, *RELATIVE}
    known |= {word for name in schools for word in re.findall(r"[a-z]+", plain(name))}
    words = re.findall(r"[a-z]+(?:['-][a-z]+)*", _unelided(text))
    return [word for word in words if word not in known and not known.issuperset(word.split("-"))]


def _unelided(text: str) -> str:
    return re.sub(r"\b([ld])'", r"\1 ", plain(text))


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


def chosen_arrival(slot: Slot, after: int | None) -> datetime:
    """When the centre's person arrives: so many minutes after the start, if that is within the meeting."""
    if after is None or not slot.starts <= (chosen := slot.starts + timedelta(minutes=after)) < slot.ends:
        return slot.arrives
    return chosen


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
