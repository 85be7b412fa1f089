"""Days and hours as people type them: understood, or asked again, never guessed in silence.

« mardi prochain », « 12/01 », « le 12 », « demain midi ». Whatever could be read in two ways, or
contradicts itself, gives no day but an `Ask`, with the days it may have meant. Days are those of
Europe/Paris.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from bot.rules.paris import MIDDAY

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv", "fevrier fevr fev", "mars", "avril avr", "mai", "juin",
            "juillet juil", "aout", "septembre sept", "octobre oct", "novembre nov", "decembre dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
RELATIVE = {"avant-hier": -2, "hier": -1, "aujourd'hui": 0, "demain": 1, "apres-demain": 2}
EARLIEST_HOUR = 7  # « à 4 h » may mean 16 h: asked
TOO_FAR = timedelta(days=300)  # « 20/11 » written on 24 November is more likely a slip
FURTHEST = timedelta(days=3 * 366)  # so is a year that nobody plans for

_DAY = "|".join(WEEKDAYS)
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?\b(?!/)")
NAMED = re.compile(rf"\b(\d{{1,2}})(?:er)? (?:de )?({_MONTH})\b\.?(?: (\d{{4}})\b)?")
NUMBERED = re.compile(rf"(?:\ble |\b(?P<weekday>{_DAY}) )(?P<number>\d{{1,2}})(?:er)?\b(?![/:])")
TODAY = re.compile(r"\bce (?:matin|midi|soir)\b|\bcet apres-midi\b|\baujourd'hui\b")
RELATIVES = re.compile(r"(?<!-)\b(apres-demain|avant-hier|demain|hier)\b")
WEEKDAY = re.compile(
    rf"\b(?P<this>ce )?(?P<name>{_DAY})(?: (?P<how>prochain|en huit|en quinze|de la semaine prochaine))?\b"
)
NEXT_WEEK = re.compile(r"\b(?:la )?semaine prochaine\b")
# Whatever remains of these once the rest is read means that something was not understood.
LEFT_OVER = re.compile(
    rf"\b(?:\d\w*|(?:{_DAY})s?|{_MONTH}|ou|pas|sauf|plus|dans|ici|sur|tous|toutes|chaque|avant(?!-)|apres(?!-)|"
    r"demain|hier|debut|mi|fin|mois|semaines?|jours?|prochaine?s?|derni(?:er|ere)s?|passee?s?|quinzaine|"
    r"vacances|rentree)\b"
)
HOUR = re.compile(rf"\b(\d{{1,2}}) ?(?:heures?|h|:) ?(\d{{2}})?(?![\d/])(?! (?:{_MONTH})\b)")
BETWEEN_HOURS = re.compile(r"(?<=[\dh])/(?=\d{1,2} ?[h:])")
NOON = re.compile(r"(?<!apres-)\bmidi(?: (et demie?|trente|et quart|moins le quart))?\b")
FROM_NOON = re.compile(r"\b(?:de|entre) midi(?= (?:a|et|jusqu'a) \d)|\bmidi(?= ?- ?\d)")
"""« de midi à 13 h » is a slot; « mardi midi à 13 h » says the hour twice."""
UNTIL_NOON = re.compile(r"(?<=[\dh] )(?:a|et|jusqu'a|-) midi\b(?! (?:et|trente|moins))|(?<=[\dh]) ?-midi\b")
OR = re.compile(r"\bou\b")
PART_OF_DAY = re.compile(r"\b(?:matin|apres-midi|soir)\b")
NOONS = {
    "et demi": time(12, 30),
    "et demie": time(12, 30),
    "trente": time(12, 30),
    "et quart": time(12, 15),
    "moins le quart": time(11, 45),
}


class Ask(StrEnum):
    """What must be asked again."""

    DAY_MISSING = "jour manquant"
    DAY_UNCLEAR = "jour incertain"
    DAY_CONTRADICTS = "jour et date se contredisent"
    NO_SUCH_DAY = "ce jour n'existe pas"
    DAY_PAST = "jour passé"
    HOUR_MISSING = "heure manquante"
    HOUR_UNCLEAR = "heure incertaine"
    HOUR_BACKWARDS = "la fin avant le début"
    CYCLE_MISSING = "cycle manquant"
    SCHOOL_MISSING = "école manquante"
    SCHOOL_UNCLEAR = "école incertaine"


@dataclass(frozen=True, slots=True)
class SaidDay:
    """A day understood, or what to ask with the days it may have meant, soonest first."""

    day: date | None
    ask: Ask | None = None
    candidates: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class SaidHour:
    """An hour, or a slot from `start` to `end`; `midday`: she wrote « midi », the school's own slot."""

    start: time | None
    end: time | None = None
    midday: bool = False
    ask: Ask | None = None


def plain(text: str) -> str:
    """Lower case without accents, one kind of apostrophe and space: how texts are compared here."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    bare = bare.replace("apres midi", "apres-midi").replace("apres demain", "apres-demain")
    return " ".join(bare.split())


def read_hour(text: str) -> tuple[SaidHour, str]:
    """The hour in a plain text, and the text without it (« ce midi » stays: it is a day too)."""
    text = BETWEEN_HOURS.sub(" - ", text)  # « 11h45/13h30 » is no date
    text = UNTIL_NOON.sub("- 12h", FROM_NOON.sub("12h", text))
    noons = NOON.findall(text)
    clocks = [(int(h), int(m or 0)) for h, m in HOUR.findall(text)]
    rest = " ".join(NOON.sub("midi", HOUR.sub(" ", text)).split())
    clocks += [(NOONS[how].hour, NOONS[how].minute) for how in noons if how]
    if not clocks and PART_OF_DAY.search(text):
        return SaidHour(None, midday=bool(noons), ask=Ask.HOUR_UNCLEAR), rest
    if not clocks:
        return (SaidHour(MIDDAY, midday=True) if noons else SaidHour(None, ask=Ask.HOUR_MISSING)), rest
    valid = all(EARLIEST_HOUR <= h <= 23 and m <= 59 for h, m in clocks)
    times = [time(h, m) for h, m in clocks] if valid else []
    if len(times) == 2 and times[1] <= times[0]:
        return SaidHour(None, midday=bool(noons), ask=Ask.HOUR_BACKWARDS), rest
    if not times or len(times) > 2 or (len(times) == 2 and OR.search(text)):
        return SaidHour(None, midday=bool(noons), ask=Ask.HOUR_UNCLEAR), rest
    end = times[1] if len(times) > 1 else None
    return SaidHour(times[0], end, midday=bool(noons)), rest


def read_day(text: str, today: date) -> SaidDay:
    """The day in a plain text from which the hours are gone."""
    dates, text = _dates(text)
    offsets = [0 for _ in TODAY.findall(text)]
    text = TODAY.sub(" ", text)
    offsets += [RELATIVE[word] for word in RELATIVES.findall(text)]
    text = RELATIVES.sub(" ", text)
    numbers = [int(m["number"]) for m in NUMBERED.finditer(text)]
    text = NUMBERED.sub(lambda m: m["weekday"] or " ", text)
    weekdays = list(WEEKDAY.finditer(text))
    text = WEEKDAY.sub(" ", text)
    next_week = bool(weekdays) and bool(NEXT_WEEK.search(text))
    if next_week:
        text = NEXT_WEEK.sub(" ", text)

    exact = [_settle(d, today) for d in dates]
    exact += [_in_time(today + timedelta(days=n), today) for n in offsets]
    names = {WEEKDAYS.index(m["name"]) for m in weekdays}
    exact += [_numbered(n, today, names) for n in numbers]
    by_name = [_weekday(m, today, next_week=next_week) for m in weekdays]

    said = _one(exact, names, today) if exact else _only(by_name)
    if LEFT_OVER.search(text) and said.ask in (None, Ask.DAY_MISSING):
        maybe = [said.day, *(s.day for s in by_name)]
        return SaidDay(None, Ask.DAY_UNCLEAR, _sorted(maybe, today))
    return said


_Written = tuple[int, int, int | None]  # day, month, year


def _dates(text: str) -> tuple[list[_Written], str]:
    """The dates written in full or in figures, and the text without them."""
    found: list[_Written] = [(int(d), int(m), int(y)) for y, m, d in ISO.findall(text)]
    text = ISO.sub(" ", text)
    for day, month, year in SLASHED.findall(text):
        found.append((int(day), int(month), _year(year)))
    text = SLASHED.sub(" ", text)
    for day, name, year in NAMED.findall(text):
        found.append((int(day), MONTHS[name], int(year) if year else None))
    return found, NAMED.sub(" ", text)


def _year(written: str) -> int | None:
    """« 27 » is 2027; none written: None."""
    return None if not written else int(written) + (2000 if len(written) == 2 else 0)


def _settle(written: _Written, today: date) -> SaidDay:
    """A written date; without year, the next one, asked when that is nearly a year away."""
    day, month, year = written
    if year is not None:
        found = _date(year, month, day)
        return _in_time(found, today) if found else SaidDay(None, Ask.NO_SUCH_DAY)
    nexts = (d for y in range(today.year, today.year + 9) if (d := _date(y, month, day)) and d >= today)
    found = next(nexts, None)
    if found is None:
        return SaidDay(None, Ask.NO_SUCH_DAY)
    if found - today > TOO_FAR:
        gone = _date(today.year, month, day)
        return SaidDay(None, Ask.DAY_PAST if gone else Ask.NO_SUCH_DAY, (found,))
    return SaidDay(found)


def _in_time(day: date, today: date) -> SaidDay:
    if day - today > FURTHEST:
        return SaidDay(None, Ask.DAY_UNCLEAR)
    return SaidDay(day) if day >= today else SaidDay(None, Ask.DAY_PAST)


def _numbered(number: int, today: date, names: set[int]) -> SaidDay:
    """« le 12 »: the next 12; on the 12th itself, today or next month is asked.

    « mardi 12 » when the next 12 is no Tuesday: that 12, or the next Tuesday 12, is asked.
    """
    nexts = list(_with_number(number, today))
    if not nexts:
        return SaidDay(None, Ask.NO_SUCH_DAY)
    if names and nexts[0].weekday() not in names:
        fitting = [day for day in nexts if day.weekday() in names]
        return SaidDay(None, Ask.DAY_CONTRADICTS, (nexts[0], *fitting[:1]))
    if nexts[0] == today:
        return SaidDay(None, Ask.DAY_UNCLEAR, (today, *nexts[1:2]))
    return SaidDay(nexts[0])


def _with_number(number: int, today: date) -> Iterator[date]:
    """The days of that number in the twelve months from today."""
    for ahead in range(13):
        year, month = divmod(today.year * 12 + today.month - 1 + ahead, 12)
        if (day := _date(year, month + 1, number)) and day >= today:
            yield day


def _weekday(said: re.Match[str], today: date, *, next_week: bool) -> SaidDay:
    """A weekday alone. What French leaves open is asked.

    « mardi prochain » said on a Monday is tomorrow for some and in eight days for others;
    « mardi » said on a Tuesday is today or in a week.
    """
    weekday, how = WEEKDAYS.index(said["name"]), said["how"]
    ahead = (weekday - today.weekday()) % 7
    coming = today + timedelta(days=ahead)
    later = coming + timedelta(days=7)
    if next_week or how == "de la semaine prochaine":
        monday = today + timedelta(days=7 - today.weekday())
        return SaidDay(monday + timedelta(days=weekday))
    if how == "prochain":
        if weekday > today.weekday():
            return SaidDay(None, Ask.DAY_UNCLEAR, (coming, later))
        return SaidDay(coming if ahead else later)
    if not ahead and not said["this"]:
        return SaidDay(None, Ask.DAY_UNCLEAR, (coming, later))
    if how:
        return SaidDay(coming + timedelta(days=7 if how == "en huit" else 14))
    return SaidDay(coming)


def _one(exact: list[SaidDay], names: set[int], today: date) -> SaidDay:
    """Dates, relative words and numbers must all be the same day, and on the weekday said."""
    if len(exact) > 1 and (len(set(exact)) > 1 or exact[0].day is None):
        days = [d for said in exact for d in (said.day, *said.candidates) if d]
        return SaidDay(None, Ask.DAY_UNCLEAR, tuple(sorted(set(days))))
    said = exact[0]
    if said.day is None:
        return said
    if names and names != {said.day.weekday()}:
        return SaidDay(None, Ask.DAY_CONTRADICTS, _near(said.day, names, today))
    return said


def _near(day: date, names: set[int], today: date) -> tuple[date, ...]:
    """The date as written, and the nearest coming days that bear the names said."""
    nearest = {day + timedelta(days=(name - day.weekday() + 3) % 7 - 3) for name in names}
    return tuple(sorted({day, *(d if d >= today else d + timedelta(days=7) for d in nearest)}))


def _only(by_name: list[SaidDay]) -> SaidDay:
    if not by_name:
        return SaidDay(None, Ask.DAY_MISSING)
    if len(set(by_name)) > 1:
        days = {d for said in by_name for d in (said.day, *said.candidates) if d}
        return SaidDay(None, Ask.DAY_UNCLEAR, tuple(sorted(days)))
    return by_name[0]


def _sorted(days: list[date | None], today: date) -> tuple[date, ...]:
    return tuple(sorted({d for d in days if d and d >= today}))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
