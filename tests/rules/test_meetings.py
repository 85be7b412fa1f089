"""What may become a meeting."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.calendar import Cause
from bot.rules.meetings import (
    is_only_a_meeting,
    kind_of,
    next_possible,
    on_a_wednesday,
    refused,
    slot,
    unknown_school,
)
from bot.rules.said_dates import SaidHour
from tests.rules.test_calendar import ZONE_C
from tests.rules.test_hours import paris

SCHOOLS = ("Les Tilleuls", "Le Verger")
MIDDAY = (time(11, 30), time(13, 30))
TUESDAY = date(2027, 1, 12)


@pytest.mark.parametrize(
    "text",
    [
        "réunion",
        "Réunion cycle 2 mardi 12/01 11h45",
        "réunion du cycle 2 le mardi 12 janvier à 11 h 45, salle 4, aux Tilleuls",
        "reunion verger cycles 2 et 3 demain midi",
        "Réunion PRE jeudi 14 janvier 16h45",
        "réunion liaison mardi prochain midi et demi",
        "réunion cycle 3 le 1er décembre de 11h45 à 13h30",
        "réunion cycle 2 mardi après-midi",
        "réunion cycle 2 tous les premiers mardis de la période 11h45",
        "réunion liaison tous les mardis à partir du 12/01 jusqu'à l'été",
        "Rencontre école, PRE et centre jeudi 14/01 16h45",
        "point de liaison jeudi 14/01",
        "réunion à l'école cycle 2 mardi 12/01",
    ],
)
def test_a_line_that_says_a_meeting_and_nothing_else(text: str) -> None:
    assert is_only_a_meeting(text, SCHOOLS)


@pytest.mark.parametrize(
    "text",
    [
        "mardi réunion",  # somebody tells, nobody plans
        "réunions annulées",
        "réunion annulée mardi",
        "réunion cycle 2 mardi ?",
        "réunion cycle 2 mardi 12/01, merci",
        "réunion cycle 2 pas mardi",
        "réunion mardi avec la maman de Yanis B.",
        "réunion mardi\nYanis ne viendra plus",
        "réunion " + "mardi " * 30,
        "réunionite",
        "rencontre mardi",  # of what kind?
        "point mardi",
        "réunion tous les parents mardi",
    ],
)
def test_a_line_that_says_more_stays_a_message(text: str) -> None:
    assert not is_only_a_meeting(text, SCHOOLS)


@pytest.mark.parametrize(
    ("text", "school"),
    [
        ("réunion cycle 2 aux Marronniers mardi 12/01", "Marronniers"),
        ("réunion cycle 2 école du Parc mardi", "Parc"),
        ("réunion à l'école des Grands Champs mardi", "Grands Champs"),
        ("réunion cycle 2 aux Tilleuls mardi", None),
        ("réunion cycle 2 mardi avec Awa", None),
        ("réunion cycle 2 mardi, merci aux Marronniers", None),
        ("aux Marronniers mardi", None),
    ],
)
def test_a_school_that_is_none_of_hers(text: str, school: str | None) -> None:
    assert unknown_school(text, SCHOOLS) == school


@given(st.text(max_size=140))
def test_whatever_is_typed_is_judged(text: str) -> None:
    assert is_only_a_meeting(f"réunion {text}", SCHOOLS) in (True, False)


@pytest.mark.parametrize(
    ("said", "kind", "starts", "ends", "arrives"),
    [
        (SaidHour(time(11, 45)), "cycle", (11, 45), (13, 30), (13, 10)),
        (SaidHour(None), "cycle", (11, 30), (13, 30), (13, 10)),
        (SaidHour(time(12), midday=True), "cycle", (11, 30), (13, 30), (13, 10)),
        (SaidHour(time(11, 45), time(12)), "cycle", (11, 45), (12, 0), (11, 45)),
        (SaidHour(time(16, 45)), "liaison", (16, 45), (17, 45), (16, 45)),
        (SaidHour(time(16, 45)), "cycle", (16, 45), (17, 45), (17, 25)),
        (SaidHour(time(9), time(10, 30)), "pre", (9, 0), (10, 30), (9, 0)),
    ],
)
def test_the_slot_and_when_the_centre_arrives(
    said: SaidHour,
    kind: str,
    starts: tuple[int, int],
    ends: tuple[int, int],
    arrives: tuple[int, int],
) -> None:
    found = slot(TUESDAY, said, MIDDAY, kind)
    assert found is not None
    for moment, (hour, minute) in ((found.starts, starts), (found.ends, ends), (found.arrives, arrives)):
        assert moment == paris(1, 12, hour, minute, year=2027)


def test_a_meeting_that_ends_before_it_starts_is_none() -> None:
    assert slot(TUESDAY, SaidHour(time(11, 45), time(11)), MIDDAY, "cycle") is None


@given(
    st.dates(date(2025, 9, 1), date(2028, 7, 4)),
    st.integers(0, 24 * 60 - 1),
    st.sampled_from(("cycle", "pre")),
)
def test_at_every_minute_of_a_day_it_ends_after_it_starts_and_the_centre_is_there_in_between(
    day: date, minute: int, kind: str
) -> None:
    found = slot(day, SaidHour(time(minute // 60, minute % 60)), MIDDAY, kind)
    assert found is not None
    assert found.starts <= found.arrives < found.ends
    assert found.ends - found.starts <= timedelta(hours=3)


@pytest.mark.parametrize(
    ("day", "cause"),
    [
        (date(2026, 12, 22), Cause.HOLIDAYS),
        (date(2027, 5, 7), Cause.BRIDGE),
        (date(2026, 11, 11), Cause.PUBLIC_HOLIDAY),  # a Wednesday too: the holiday is said
        (date(2026, 12, 5), Cause.WEEKEND),
        (date(2029, 1, 9), Cause.UNKNOWN),
        (date(2026, 12, 2), None),
        (TUESDAY, None),
        (date(2028, 2, 29), None),
    ],
)
def test_why_a_day_is_refused(day: date, cause: Cause | None) -> None:
    found = refused(ZONE_C, day, wednesdays=False)
    assert (found.cause if found else None) == cause


def test_a_wednesday_is_warned_about_unless_the_school_works() -> None:
    assert on_a_wednesday(ZONE_C, date(2026, 12, 2), wednesdays=False)
    assert not on_a_wednesday(ZONE_C, date(2026, 12, 2), wednesdays=True)
    assert not on_a_wednesday(ZONE_C, date(2026, 11, 11), wednesdays=False)


def test_the_next_possible_days_are_the_next_one_and_the_same_weekday() -> None:
    now = paris(11, 24, 10)
    found = next_possible(ZONE_C, date(2026, 12, 22), now, wednesdays=False)
    assert found == [date(2027, 1, 4), date(2027, 1, 5), date(2027, 1, 12)]
    assert next_possible(ZONE_C, date(2029, 1, 9), now, wednesdays=False) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("réunion mardi", "cycle"),
        ("réunion PRE mardi", "pre"),
        ("réunion cycle 2 PRE", "cycle"),
        ("réunion de liaison", "liaison"),
    ],
)
def test_the_kind_of_a_meeting(text: str, kind: str) -> None:
    assert kind_of(text) == kind
