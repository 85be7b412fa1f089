"""iCal, both ways: the closures of a centre's calendar are read, meetings are written for people's agendas.

A file from outside may be huge or repeat itself for ever: events, repetitions and years are bounded.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import icalendar

ONE_DAY = timedelta(days=1)
MOST_EVENTS = 5_000
MOST_CLOSURES = 400
YEARS_AHEAD = timedelta(days=3 * 366)
LONGEST = timedelta(days=366)
MOST_REPEATS = 5_000
CLOSED = {"fermé", "fermée", "fermés", "fermeture", "fermetures"}
"""Words that make an event of whole days a closure; « ferme » without its accent may be a farm."""
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
UNDERSTOOD = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"}


def closures(text: str, today: date) -> list[tuple[date, date]]:
    """First and last day, both included, of the closures that are not over, in order, joined when they touch.

    A closure is an event of whole days whose title says « fermé » or « fermeture ».

    Raises:
        ValueError: in French, when the file is broken, has none, contradicts itself or repeats without end.
    """
    if len(re.findall(r"^BEGIN:VEVENT", text, re.IGNORECASE | re.MULTILINE)) > MOST_EVENTS:
        raise ValueError(f"ce calendrier a plus de {MOST_EVENTS} événements")  # reading them takes minutes
    try:
        events = icalendar.Calendar.from_ical(text).walk("VEVENT")
        closing = [one for one in events if _closes(one)]
    except (ValueError, LookupError, TypeError, AttributeError):
        raise ValueError("ce calendrier iCal est abîmé") from None
    if len(closing) > MOST_CLOSURES:
        raise ValueError(f"ce calendrier a plus de {MOST_CLOSURES} fermetures")
    found: list[tuple[date, date]] = []
    for event in closing:
        try:
            found += _occurrences(event, today)
        except (LookupError, TypeError, AttributeError, OverflowError):
            raise ValueError("une fermeture de ce calendrier iCal est abîmée") from None
        if len(found) > MOST_CLOSURES:
            raise ValueError(f"ce calendrier ferme plus de {MOST_CLOSURES} fois : une répétition de trop")
    if not found:
        raise ValueError(
            "aucune fermeture à venir dans ce calendrier "
            "(il faut des journées entières « fermé » ou « fermeture »)"
        )
    return _joined(found)


def _closes(event: Any) -> bool:
    words = set(re.findall(r"\w+", unicodedata.normalize("NFC", str(event.get("SUMMARY", ""))).casefold()))
    return bool(words & CLOSED) and str(event.get("STATUS", "")) != "CANCELLED"


def _occurrences(event: Any, today: date) -> Iterator[tuple[date, date]]:
    """An event's days from today on, those of its repetitions included."""
    title = str(event.get("SUMMARY", ""))[:60]
    first = _day(event, "DTSTART")
    if first is None:
        raise ValueError(f"« {title} » n'a pas de date de journée entière")
    # In iCal the end of whole days is the day after the last one.
    end = _day(event, "DTEND") or first + (event["DURATION"].dt if "DURATION" in event else ONE_DAY)
    if end <= first:
        raise ValueError(f"« {title} » finit avant de commencer")
    if end - first > LONGEST:
        raise ValueError(f"« {title} » dure plus d'un an")
    length = end - first - ONE_DAY
    left_out = _exceptions(event)
    for start in _starts(event, first, today + YEARS_AHEAD, title):
        if start + length >= today and start not in left_out:
            yield start, start + length


def _day(event: Any, name: str) -> date | None:
    """A whole day; None for none, and for a moment of a day."""
    value = event[name].dt if name in event else None
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _exceptions(event: Any) -> set[date]:
    found = event.get("EXDATE", [])
    lists = found if isinstance(found, list) else [found]
    return {one.dt for several in lists for one in several.dts}


def _starts(event: Any, first: date, horizon: date, title: str) -> Iterator[date]:
    """The first days of an event's repetitions, up to the horizon."""
    if "RRULE" not in event:
        yield first
        return
    rule = event["RRULE"]
    if not isinstance(rule, list):
        rule = _without_its_own_day(rule, first)
    if isinstance(rule, list) or set(rule) - UNDERSTOOD or int(rule.get("INTERVAL", [1])[0]) < 1:
        raise ValueError(f"« {title} » se répète d'une manière qui n'est pas comprise")
    count, until = int(rule.get("COUNT", [10_000])[0]), rule.get("UNTIL", [horizon])[0]
    last = min(horizon, until.date() if isinstance(until, datetime) else until)
    for position, start in enumerate(_steps(rule, first, last, title)):
        if position >= count:
            return
        if position > MOST_REPEATS:
            raise ValueError(f"« {title} » se répète plus de {MOST_REPEATS} fois")
        yield start


def _without_its_own_day(rule: Any, first: date) -> dict[str, Any]:
    """A yearly or monthly rule without what repeats the day it starts on, as Outlook writes it."""
    said = {name: list(rule[name]) for name in ("BYMONTH", "BYMONTHDAY") if name in rule}
    month, day = {"BYMONTH": [first.month]}, {"BYMONTHDAY": [first.day]}
    plain = {"YEARLY": (month, month | day), "MONTHLY": (day,)}.get(str(rule.get("FREQ", [""])[0]), ())
    return {name: value for name, value in rule.items() if said not in plain or name not in said}


def _steps(rule: Any, first: date, last: date, title: str) -> Iterator[date]:
    frequency, interval = str(rule.get("FREQ", [""])[0]), int(rule.get("INTERVAL", [1])[0])
    days = {WEEKDAYS.index(str(one)) for one in rule.get("BYDAY", []) if str(one) in WEEKDAYS}
    if len(days) != len(rule.get("BYDAY", [])) or (days and frequency != "WEEKLY"):
        raise ValueError(f"« {title} » se répète d'une manière qui n'est pas comprise")
    day = first
    while day <= last:
        if frequency == "DAILY":
            yield day
            day += ONE_DAY * interval
        elif frequency == "WEEKLY":
            monday = day - ONE_DAY * day.weekday()
            yield from (
                one
                for weekday in sorted(days or {first.weekday()})
                if first <= (one := monday + ONE_DAY * weekday) <= last
            )
            day = monday + ONE_DAY * 7 * interval
        elif frequency in ("MONTHLY", "YEARLY"):
            yield day
            day = _months_later(first, day, interval * (12 if frequency == "YEARLY" else 1))
        else:
            raise ValueError(f"« {title} » se répète d'une manière qui n'est pas comprise")


def _months_later(first: date, day: date, months: int) -> date:
    """The same day of a later month; months that lack it are passed over, as iCal has it."""
    for turn in range(1, 49):
        year, month = divmod(day.year * 12 + day.month - 1 + months * turn, 12)
        try:
            return date(year, month + 1, first.day)
        except ValueError:
            continue
    return date.max


def _joined(found: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    joined: list[tuple[date, date]] = []
    for first, last in sorted(found):
        if joined and first <= joined[-1][1] + ONE_DAY:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


# ── Writing ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Entry:
    """A meeting as an agenda shows it; ``version`` grows each time it is moved."""

    uid: str
    version: int
    starts: datetime
    ends: datetime
    title: str
    note: str
    place: str
    cancelled: bool


def written(entries: Iterable[Entry], now: datetime) -> str:
    """An iCal file with these entries."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Passerelle//FR")
    calendar.add("version", "2.0")
    for entry in entries:
        event = icalendar.Event()
        event.add("uid", entry.uid)
        event.add("sequence", entry.version)
        event.add("dtstamp", now)
        event.add("dtstart", entry.starts)
        event.add("dtend", entry.ends)
        event.add("summary", entry.title)
        event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
        if entry.note:
            event.add("description", entry.note)
        if entry.place:
            event.add("location", entry.place)
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content.decode("utf-8")
