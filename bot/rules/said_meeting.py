"""A meeting asked for in one line: « réunion cycle 2 mardi 12/01 11h45 », words in any order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.rules.paris import local_date
from bot.rules.said_dates import Ask, SaidDay, SaidHour, plain, read_day, read_hour
from bot.rules.series import Series, understand_series

CYCLES = re.compile(r"\bcycles? ?([123](?: ?(?:et|,|/|-|&|\+) ?[123]\b)*)(?![\d/h]|:\d)|\bc([123])\b")
PLACE = re.compile(r"\bsalle \d+\b")
NOT_A_NAME = frozenset(
    (
        "ecole",
        "l",
        "les",
        "le",
        "la",
        "du",
        "de",
        "des",
        "d",
        "aux",
        "au",
        "elementaire",
        "maternelle",
        "primaire",
    )
)


@dataclass(frozen=True, slots=True)
class SaidMeeting:
    """What the line says; `asks` lists, in order, what must still be asked."""

    school_id: int | None
    cycles: tuple[int, ...]
    day: SaidDay
    hour: SaidHour
    series: Series | None
    """The days it comes back on; there is no `day` then."""
    asks: tuple[Ask, ...]


def understand_meeting(text: str, now: datetime, schools: Mapping[int, str]) -> SaidMeeting:
    """School, cycles, day and hour of one line.

    `schools`: the names of those she may mean; with only one it need not be written.
    """
    rest = plain(text)
    school, unclear, rest = _school(rest, schools)
    cycles = tuple(
        sorted({int(n) for found in CYCLES.findall(rest) for n in re.findall(r"\d", "".join(found))})
    )
    rest = PLACE.sub(" ", CYCLES.sub(" ", rest))
    hour, rest = read_hour(rest)
    series, rest = understand_series(" ".join(rest.split()), now)
    day = SaidDay(None) if series is not None else read_day(rest, local_date(now))
    asks = (unclear, None if cycles else Ask.CYCLE_MISSING, day.ask, hour.ask)
    return SaidMeeting(school, cycles, day, hour, series, tuple(a for a in asks if a))


def _school(text: str, schools: Mapping[int, str]) -> tuple[int | None, Ask | None, str]:
    """The school named, what to ask about it, and the text without its name.

    A school is named when every distinctive word of its name is there: « 8 mai 1945 » is not a date.
    """
    words = set(_words(text))
    named = {
        i: own
        for i, name in schools.items()
        if (own := set(_words(plain(name))) - NOT_A_NAME) <= words and own
    }
    # « Les Tilleuls » gives way to « Les Tilleuls Nord » when the latter's words are all there.
    longest = [i for i, own in named.items() if not any(own < other for other in named.values())]
    if len(longest) > 1:
        return None, Ask.SCHOOL_UNCLEAR, text
    if longest:
        for word in named[longest[0]]:
            text = re.sub(rf"\b{re.escape(word)}\b", " ", text, count=1)
        return longest[0], None, " ".join(text.split())
    if len(schools) == 1:
        return next(iter(schools)), None, text
    return None, Ask.SCHOOL_MISSING, text


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text)
