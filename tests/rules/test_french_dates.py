"""The French words for days and hours."""

from datetime import date, datetime, time

import pytest

from bot.texts import dates
from tests.rules.test_hours import paris

NOW = paris(11, 24, 19, 42)  # a Tuesday
CHRISTMAS = paris(12, 19, 10)  # a Saturday


def spaced(text: str) -> str:
    return text.replace(dates.NBSP, " ")


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        (time(19, 42), "19 h 42"),
        (time(9), "9 h"),
        (time(13, 5), "13 h 05"),
        (time(0), "0 h"),
        (paris(7, 1, 13, 10), "13 h 10"),
        (paris(12, 1, 13, 10), "13 h 10"),
    ],
)
def test_an_hour_is_kept_on_one_line(clock: time | datetime, said: str) -> None:
    assert " " not in dates.hour(clock)
    assert spaced(dates.hour(clock)) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 23), "hier"),
        (date(2026, 11, 24), "aujourd'hui"),
        (date(2026, 11, 25), "demain"),
        (date(2026, 11, 26), "jeudi 26 novembre"),
        (date(2026, 12, 1), "mardi 1er décembre"),
        (date(2027, 1, 3), "dimanche 3 janvier"),
        (date(2027, 11, 24), "mercredi 24 novembre 2027"),
    ],
)
def test_a_day(day: date, said: str) -> None:
    assert dates.day(day, NOW) == said


def test_a_day_in_a_list_says_its_month_only_when_it_is_another() -> None:
    assert dates.list_day(date(2026, 11, 26), NOW) == "jeudi 26"
    assert dates.list_day(date(2026, 12, 1), NOW) == "mardi 1er décembre"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 12, 21), date(2026, 12, 24), "du 21 au 24 décembre"),
        (date(2026, 12, 25), date(2027, 1, 3), "du 25 décembre au 3 janvier"),
        (date(2026, 12, 1), date(2026, 12, 1), "le 1er décembre"),
    ],
)
def test_a_span_of_days(first: date, last: date, said: str) -> None:
    assert dates.span(first, last) == said


@pytest.mark.parametrize(
    ("then", "now", "moment", "stamp"),
    [
        (paris(11, 25, 9), NOW, "demain à 9 h", "demain, 9 h"),
        (paris(11, 25, 16, 30), NOW, "demain à 16 h 30", "demain, 16 h 30"),
        (paris(1, 12, 11, 45, year=2027), NOW, "mardi 12 janvier à 11 h 45", "mardi 12 janvier, 11 h 45"),
        (paris(1, 4, 9, year=2027), CHRISTMAS, "lundi 4 janvier à 9 h", "lundi 4 janvier, 9 h"),
        (paris(11, 24, 21, 40), NOW, "aujourd'hui à 21 h 40", "ce soir, 21 h 40"),
        (paris(11, 24, 2, 5), NOW, "aujourd'hui à 2 h 05", "cette nuit, 2 h 05"),
        (paris(11, 24, 8, 15), NOW, "aujourd'hui à 8 h 15", "ce matin, 8 h 15"),
        (paris(11, 24, 14), NOW, "aujourd'hui à 14 h", "cet après-midi, 14 h"),
        (paris(11, 24, 12, 15), NOW, "aujourd'hui à 12 h 15", "ce midi, 12 h 15"),
    ],
)
def test_a_moment_and_a_stamp(then: datetime, now: datetime, moment: str, stamp: str) -> None:
    assert spaced(dates.moment(then, now)) == moment
    assert spaced(dates.stamp(then, now)) == stamp


def test_when_somebody_wrote() -> None:
    assert spaced(dates.recent(paris(11, 24, 19, 42), NOW)) == "mardi 19 h 42"
    assert spaced(dates.recent(paris(11, 18, 8), NOW)) == "mercredi 8 h"
    assert spaced(dates.recent(paris(11, 17, 8), NOW)) == "mardi 17 novembre, 8 h"


@pytest.mark.parametrize(
    ("due", "now", "said"),
    [
        (paris(11, 24, 12), paris(11, 24, 9), "ce midi"),
        (paris(11, 24, 18), paris(11, 24, 9), "aujourd'hui 18 h"),
        (paris(11, 25, 12), NOW, "demain midi"),
        (paris(11, 26, 12), NOW, "jeudi midi"),
        (paris(11, 30, 18), NOW, "lundi 18 h"),
        (paris(12, 1, 12), NOW, "mardi 1er décembre"),
        (paris(11, 23, 12), paris(11, 20, 14), "lundi midi"),
        (paris(12, 22, 12), CHRISTMAS, "mardi 22 décembre"),
        (paris(12, 21, 12), CHRISTMAS, "lundi 21 décembre"),
        (paris(1, 5, 12, year=2027), CHRISTMAS, "mardi 5 janvier"),
    ],
)
def test_a_deadline(due: datetime, now: datetime, said: str) -> None:
    assert spaced(dates.deadline(due, now)) == said
