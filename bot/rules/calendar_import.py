"""Reading published calendars: our own zone files and the official `fr-en-calendrier-scolaire` export.

The export (Ministère de l'Éducation nationale, open licence) has its habits: instants in UTC that
are midnights in Paris; `end_date` is the day of return; bridges, starts of summer and returns are
records of one day; one record per académie; a second set for teachers. Every refusal is a
ValueError with a French sentence for whoever runs the import.
"""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import pairwise

from bot.rules.calendar import ONE_DAY, Break, SchoolCalendar
from bot.rules.paris import local_date

ZONES = ("A", "B", "C")
YEAR = re.compile(r"(\d{4})-(\d{4})")
RETURN = "rentree"
SUMMER = "Été"
NAMES = {  # a word of the description → the break's name here
    "toussaint": "Toussaint",
    "noel": "Noël",
    "hiver": "Hiver",
    "printemps": "Printemps",
    "ascension": "Pont Ascension",
    "ete": SUMMER,
}
A_WHOLE_YEAR = {"Toussaint", "Noël", "Hiver", "Printemps", SUMMER}
COLUMNS = {  # the export's labels → its field names
    "date de debut": "start_date",
    "date de fin": "end_date",
    "zone": "zones",
    "academies": "location",
    "annee scolaire": "annee_scolaire",
}


class NotWhole(ValueError):
    """The file speaks of a zone, but of no whole school year of it."""


@dataclass(frozen=True, slots=True)
class _Record:
    name: str
    year: int  # the September it began in
    first: date
    back: date | None  # the day of return; None when only the first day is published


def read_zone_file(text: str) -> SchoolCalendar:
    """One of the project's `data/zone_*.json`: first and last day without class, both included."""
    content = json.loads(text)
    periods = content["periodes"]
    names = {_plain(name): name for name in NAMES.values()}
    breaks = tuple(
        Break(names[_plain(p["nom"])], date.fromisoformat(p["du"]), date.fromisoformat(p["au"]))
        for p in periods
    )
    first_year = min(int(p["annee"][:4]) for p in periods)
    return _calendar(content["zone"], breaks, first_year)


def read_export(text: str, *, zone: str, today: date) -> SchoolCalendar:
    """The official export, JSON or CSV, for one zone, from the current school year on.

    Years that are not whole are left out: they stay unknown. ValueError when nothing remains, when
    two records disagree, when a date cannot be read.
    """
    if zone not in ZONES:
        raise ValueError(f"zone inconnue : {zone} (A, B ou C)")
    rows = [row for row in _rows(text) if _concerns(row, zone)]
    if not rows:
        raise ValueError(f"aucune date de la zone {zone} pour les élèves dans ce fichier")
    current = _school_year(today)
    # The summer before the current year ends with this year's return: last year's rows are read too.
    records = _agreed(
        record for row in rows if (record := _record(row)) is not None and record.year >= current - 1
    )
    years = _whole_years(records, current)
    if not years:
        raise NotWhole(
            f"aucune année scolaire complète de la zone {zone} à partir de {current}-{current + 1}"
        )
    first_year = years[0]
    returns = {record.year: record.first for record in records if record.name == RETURN}
    _refuse_wrong_returns(records, returns)
    kept = [r for r in records if r.year in years or (r.year, r.name) == (first_year - 1, SUMMER)]
    breaks = sorted(
        (_break(r, returns.get(r.year + 1)) for r in kept if r.name != RETURN), key=lambda b: b.first
    )
    _refuse_overlaps(breaks)
    calendar = _calendar(zone, tuple(breaks), first_year)
    if breaks[0].name == SUMMER:
        return calendar
    return replace(
        calendar, known_from=max(calendar.known_from, returns.get(first_year, calendar.known_from))
    )


def zones_in(text: str) -> list[str]:
    """The zones an official export speaks of; ValueError when it is no such export."""
    rows = _rows(text)
    return [zone for zone in ZONES if any(_concerns(row, zone) for row in rows)]


def _rows(text: str) -> list[Mapping[str, object]]:
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").strip()
    if not text:
        raise ValueError("le fichier est vide")
    if text[0] in "[{":
        return _json_rows(text)
    delimiter = ";" if ";" in text.splitlines()[0] else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    header = [COLUMNS.get(_plain(name).replace("_", " "), name.strip().casefold()) for name in next(reader)]
    if "start_date" not in header:
        raise ValueError("ce fichier n'est pas l'export du calendrier scolaire : pas de date de début")
    return [dict(zip(header, row, strict=False)) for row in reader if row]


def _json_rows(text: str) -> list[Mapping[str, object]]:
    """A plain list (export), `results` (API v2), or `records` with `fields` (API v1)."""
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"ce fichier JSON est abîmé, ligne {error.lineno}") from None
    if isinstance(content, dict):
        content = content.get("results", content.get("records"))
    if not isinstance(content, list):
        raise ValueError("ce fichier JSON n'est pas l'export du calendrier scolaire")
    rows = [row.get("fields", row) for row in content if isinstance(row, dict)]
    return [row for row in rows if isinstance(row, dict)]


def _concerns(row: Mapping[str, object], zone: str) -> bool:
    return _text(row, "zones").casefold() == f"zone {zone}".casefold() and "enseignant" not in _plain(
        _text(row, "population") + _text(row, "description")
    )


def _record(row: Mapping[str, object]) -> _Record | None:
    """One row, or None when it speaks of something else than breaks and returns."""
    description = _text(row, "description")
    words = set(re.findall(r"[a-z]+", _plain(description)))
    name = RETURN if RETURN in words else next((n for w, n in NAMES.items() if w in words), None)
    if name is None:
        return None
    years = YEAR.fullmatch(_text(row, "annee_scolaire"))
    if not years or int(years[2]) != int(years[1]) + 1:
        raise ValueError(f"année scolaire illisible pour « {description} »")
    first, end = _day(row, "start_date"), _day(row, "end_date")
    if end < first:
        raise ValueError(f"« {description} » {years[0]} finit avant de commencer")
    if not date(int(years[1]), 8, 15) <= first <= date(int(years[2]), 8, 31):
        raise ValueError(f"« {description} » du {first} n'est pas dans l'année {years[0]}")
    return _Record(name, int(years[1]), first, None if end == first else end)


def _day(row: Mapping[str, object], column: str) -> date:
    written = _text(row, column)
    try:
        if len(written) == len("2026-10-17"):
            return date.fromisoformat(written)
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise ValueError(f"date illisible : {written!r}") from None
    return local_date(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _agreed(records: Iterable[_Record]) -> list[_Record]:
    """One record per break and year; a bare first day gives way to the whole break."""
    found: dict[tuple[str, int], _Record] = {}
    for record in records:
        known = found.setdefault((record.name, record.year), record)
        if known.first != record.first or (known.back and record.back and known.back != record.back):
            raise ValueError(
                f"deux dates se contredisent pour « {record.name} » {record.year}-{record.year + 1}"
            )
        if known.back is None and record.back:
            found[record.name, record.year] = record
    return list(found.values())


def _whole_years(records: list[_Record], current: int) -> list[int]:
    """The years that have all their holidays, one after the other from the first on."""
    names: dict[int, set[str]] = {}
    for record in records:
        names.setdefault(record.year, set()).add(record.name)
    whole = sorted(year for year, has in names.items() if year >= current and has >= A_WHOLE_YEAR)
    return [year for i, year in enumerate(whole) if year == whole[0] + i]


def _break(record: _Record, next_return: date | None) -> Break:
    if record.name == SUMMER:
        back = record.back or next_return
        # No return published yet: primary pupils never came back before September.
        last = back - ONE_DAY if back else date(record.year + 1, 8, 31)
    else:
        last = record.back - ONE_DAY if record.back else record.first
    return Break(record.name, record.first, last)


def _refuse_wrong_returns(records: list[_Record], returns: Mapping[int, date]) -> None:
    for r in records:
        back = returns.get(r.year + 1)
        if r.name == SUMMER and r.back and back and r.back != back:
            raise ValueError(f"deux dates se contredisent pour la rentrée {back.year} : {r.back}, {back}")


def _refuse_overlaps(breaks: list[Break]) -> None:
    for before, after in pairwise(breaks):
        if after.first <= before.last:
            raise ValueError(f"« {before.name} » et « {after.name} » se chevauchent, le {after.first}")
    for b in breaks:
        longest = 80 if b.name == SUMMER else 31
        if (b.last - b.first).days > longest:
            raise ValueError(f"« {b.name} » durerait plus de {longest} jours, à partir du {b.first}")


def _calendar(zone: str, breaks: tuple[Break, ...], first_year: int) -> SchoolCalendar:
    """What is known from the first 1 September to the end of the last summer."""
    return SchoolCalendar(zone, breaks, date(first_year, 9, 1), max(b.last for b in breaks))


def _school_year(day: date) -> int:
    return day.year if day.month >= 9 else day.year - 1


def _text(row: Mapping[str, object], column: str) -> str:
    value = row.get(column)
    return value.strip() if isinstance(value, str) else ""


def _plain(text: str) -> str:
    """Lower case, without accents."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).strip()
