"""The official export, read with its habits and refused with a sentence."""

import json
from collections.abc import Iterable
from datetime import date

import pytest

from bot.rules.calendar import Answer, SchoolCalendar, est_vacances
from bot.rules.calendar_import import read_export
from tests.rules.test_calendar import ZONE_C

TODAY = date(2026, 11, 24)
Row = dict[str, str]


def row(
    description: str, start: str, end: str, year: str, population: str = "-", *, zone: str = "Zone C"
) -> Row:
    return {
        "description": description,
        "population": population,
        "start_date": start,
        "end_date": end,
        "location": "Versailles",
        "zones": zone,
        "annee_scolaire": year,
    }


Y26, Y27 = "2026-2027", "2027-2028"
NIGHT, WINTER_NIGHT = "T22:00:00+00:00", "T23:00:00+00:00"  # midnights in Paris
EXPORT = [
    row("Vacances d'Été", f"2026-07-03{NIGHT}", f"2026-08-31{NIGHT}", "2025-2026", "Élèves"),
    row("Vacances d'Été", f"2026-07-03{NIGHT}", f"2026-08-30{NIGHT}", "2025-2026", "Enseignants"),
    row("Rentrée scolaire des élèves", f"2026-08-31{NIGHT}", f"2026-08-31{NIGHT}", Y26, "Élèves"),
    row("Vacances de la Toussaint", f"2026-10-16{NIGHT}", f"2026-11-01{WINTER_NIGHT}", Y26),
    row("Vacances de Noël", f"2026-12-18{WINTER_NIGHT}", f"2027-01-03{WINTER_NIGHT}", Y26),
    row("Vacances d'Hiver", f"2027-02-05{WINTER_NIGHT}", f"2027-02-21{WINTER_NIGHT}", Y26),
    row("Vacances de Printemps", f"2027-04-02{NIGHT}", f"2027-04-18{NIGHT}", Y26),
    row("Pont de l'Ascension", f"2027-05-06{NIGHT}", f"2027-05-06{NIGHT}", Y26),
    row("Début des Vacances d'Été", f"2027-07-02{NIGHT}", f"2027-07-02{NIGHT}", Y26),
    row("Rentrée scolaire des élèves", f"2027-09-01{NIGHT}", f"2027-09-01{NIGHT}", Y27, "Élèves"),
    row("Rentrée scolaire des enseignants", f"2027-08-31{NIGHT}", f"2027-08-31{NIGHT}", Y27, "Enseignants"),
    row("Vacances de la Toussaint", f"2027-10-22{NIGHT}", f"2027-11-07{WINTER_NIGHT}", Y27),
    row("Vacances de Noël", f"2027-12-17{WINTER_NIGHT}", f"2028-01-02{WINTER_NIGHT}", Y27),
    row("Vacances d'Hiver", f"2028-02-11{WINTER_NIGHT}", f"2028-02-27{WINTER_NIGHT}", Y27),
    row("Vacances de Printemps", f"2028-04-14{NIGHT}", f"2028-05-01{NIGHT}", Y27),
    row("Vacances d'Été", f"2028-07-04{NIGHT}", f"2028-07-04{NIGHT}", Y27),
    row("Vacances de la Toussaint", f"2028-10-20{NIGHT}", f"2028-11-05{WINTER_NIGHT}", "2028-2029"),
    row("Vacances d'Hiver", f"2027-02-12{WINTER_NIGHT}", f"2027-02-28{WINTER_NIGHT}", Y26, zone="Zone A"),
]


def as_json(rows: Iterable[Row] = EXPORT) -> str:
    return json.dumps(list(rows))


def as_csv(rows: list[Row] = EXPORT, delimiter: str = ";") -> str:
    lines = [delimiter.join(rows[0])] + [delimiter.join(r.values()) for r in rows]
    return "\N{ZERO WIDTH NO-BREAK SPACE}" + "\r\n".join(lines) + "\r\n"


def read(text: str) -> SchoolCalendar:
    return read_export(text, zone="C", today=TODAY)


def without(description: str, year: str = Y26) -> list[Row]:
    return [r for r in EXPORT if (r["description"], r["annee_scolaire"]) != (description, year)]


def test_an_export_gives_first_and_last_days_without_class() -> None:
    calendar = read(as_json())
    assert (calendar.known_from, calendar.known_until) == (date(2026, 9, 1), date(2028, 8, 31))
    assert [(b.name, b.first, b.last) for b in calendar.breaks[:7]] == [
        ("Été", date(2026, 7, 4), date(2026, 8, 31)),
        ("Toussaint", date(2026, 10, 17), date(2026, 11, 1)),
        ("Noël", date(2026, 12, 19), date(2027, 1, 3)),
        ("Hiver", date(2027, 2, 6), date(2027, 2, 21)),
        ("Printemps", date(2027, 4, 3), date(2027, 4, 18)),
        ("Pont Ascension", date(2027, 5, 7), date(2027, 5, 7)),
        ("Été", date(2027, 7, 3), date(2027, 9, 1)),  # up to the published return
    ]
    assert calendar.breaks[-1].last == date(2028, 8, 31)  # no return published yet


def test_a_year_that_is_not_whole_stays_unknown() -> None:
    assert est_vacances(read(as_json()), date(2028, 10, 24)) is Answer.UNKNOWN


def test_the_export_and_the_project_file_say_the_same_of_the_autumn() -> None:
    calendar = read(as_json())
    for day in range(1, 31):
        assert est_vacances(calendar, date(2026, 11, day)) is est_vacances(ZONE_C, date(2026, 11, day))


@pytest.mark.parametrize(
    "text",
    [
        as_csv(),
        as_csv(delimiter=","),
        json.dumps({"total_count": len(EXPORT), "results": EXPORT}),
        json.dumps({"records": [{"fields": r} for r in EXPORT]}),
        as_json(EXPORT + EXPORT),  # one record per académie
        as_csv()
        .replace("start_date", "Date de début")
        .replace("end_date", "Date de fin")
        .replace("description", "Description")
        .replace("zones", "Zones"),
        as_json().replace("+00:00", "Z"),
    ],
)
def test_every_shape_of_the_export_reads_the_same(text: str) -> None:
    assert read(text) == read(as_json())


def test_without_the_summer_before_the_first_days_up_to_the_return_are_unknown() -> None:
    later = row("Rentrée scolaire des élèves", f"2026-09-01{NIGHT}", f"2026-09-01{NIGHT}", Y26)
    rows = [later, *EXPORT[3:]]
    assert read(as_json(rows)).known_from == date(2026, 9, 2)


BACKWARDS = row("Vacances de Noël", f"2026-12-18{WINTER_NIGHT}", f"2026-12-03{WINTER_NIGHT}", Y26)
OTHER_CHRISTMAS = row("Vacances de Noël", f"2026-12-19{WINTER_NIGHT}", f"2027-01-03{WINTER_NIGHT}", Y26)
OTHER_RETURN = row("Rentrée des élèves", f"2026-09-02{NIGHT}", f"2026-09-02{NIGHT}", Y26)
INTO_CHRISTMAS = row("Vacances de la Toussaint", f"2026-10-16{NIGHT}", f"2026-12-24{WINTER_NIGHT}", Y26)
WRONG_YEAR = row("Vacances de Noël", f"2025-12-18{WINTER_NIGHT}", f"2026-01-03{WINTER_NIGHT}", Y26)
ENDLESS = row("Vacances de Printemps", f"2028-04-14{NIGHT}", f"2028-07-04{NIGHT}", Y27)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "le fichier est vide"),
        ("[]", "aucune date de la zone C"),
        ('{"results": []}', "aucune date de la zone C"),
        ('{"error": "quota"}', "n'est pas l'export"),
        ("[{", "ce fichier JSON est abîmé"),
        ("nom;prix\nvélo;3\n", "pas de date de début"),
        (as_json(r for r in EXPORT if r["population"] == "Enseignants"), "aucune date de la zone C"),
        (as_json(r for r in EXPORT if r["zones"] == "Zone A"), "aucune date de la zone C"),
        (as_json([*EXPORT, OTHER_CHRISTMAS]), "se contredisent pour « Noël » 2026-2027"),
        (as_json([r for r in EXPORT if "Rentrée" not in r["description"]] + [OTHER_RETURN]), "rentrée 2026"),
        (as_json([*without("Vacances de Noël"), BACKWARDS]), "finit avant de commencer"),
        (as_json([*without("Vacances de la Toussaint"), INTO_CHRISTMAS]), "se chevauchent"),
        (as_json([*without("Vacances de Printemps", Y27), ENDLESS]), "plus de 31 jours"),
        (as_json([*without("Vacances de Noël"), WRONG_YEAR]), "n'est pas dans l'année 2026-2027"),
        (as_json([{**EXPORT[3], "start_date": "demain"}]), "date illisible"),
        (as_json([{**EXPORT[3], "annee_scolaire": "2026"}]), "année scolaire illisible"),
        (as_json(EXPORT[3:6]), "aucune année scolaire complète"),
    ],
)
def test_an_empty_or_contradictory_file_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        read(text)


def test_only_the_three_zones_of_the_mainland_are_read() -> None:
    with pytest.raises(ValueError, match="zone inconnue"):
        read_export(as_json(), zone="D", today=TODAY)
