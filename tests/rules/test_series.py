"""Which days a series means."""

from datetime import date

import pytest

from bot.rules.said_dates import plain, read_hour
from bot.rules.series import LAST, Per, Series, Until, days_of, rank_in_month, understand_series
from tests.rules.test_calendar import ZONE_C
from tests.rules.test_hours import paris

NOW = paris(11, 24, 10)
"""A Tuesday; holidays from 19 December to 3 January, 6 to 21 February, 3 to 18 April."""
TUESDAY, FRIDAY = 1, 4


def understood(text: str) -> Series | None:
    _, rest = read_hour(plain(text))
    return understand_series(rest, NOW)[0]


@pytest.mark.parametrize(
    ("text", "series"),
    [
        ("tous les premiers mardis de la période", Series(TUESDAY, Per.MONTH, Until.PERIOD)),
        ("tous les mardis", Series(TUESDAY, Per.WEEK, Until.PERIOD)),
        ("tous les mardis de la période 11h45", Series(TUESDAY, Per.WEEK, Until.PERIOD)),
        ("chaque mardi de l'année", Series(TUESDAY, Per.WEEK, Until.YEAR)),
        ("les mardis jusqu'à l'été", Series(TUESDAY, Per.WEEK, Until.YEAR)),
        ("le premier mardi de chaque mois", Series(TUESDAY, Per.MONTH, Until.YEAR)),
        ("Le 1er mardi de chaque mois à midi", Series(TUESDAY, Per.MONTH, Until.YEAR)),
        ("tous les premiers mardis du mois", Series(TUESDAY, Per.MONTH, Until.YEAR)),
        ("tous les premiers mardis du mois de la période", Series(TUESDAY, Per.MONTH, Until.PERIOD)),
        ("le premier mardi de chaque période", Series(TUESDAY, Per.PERIOD, Until.YEAR)),
        ("le dernier vendredi de chaque mois", Series(FRIDAY, Per.MONTH, Until.YEAR, LAST)),
        ("les deuxièmes vendredis", Series(FRIDAY, Per.MONTH, Until.YEAR, 2)),
        (
            "tous les mardis à partir du 12 janvier",
            Series(TUESDAY, Per.WEEK, Until.PERIOD, 1, date(2027, 1, 12)),
        ),
        # one day, or nothing that can be understood without asking
        ("mardi", None),
        ("le mardi", None),
        ("mardi prochain", None),
        ("le premier mardi du mois", None),
        ("tous les mardis du mois", None),
        ("tous les mardis sauf le 12", None),
        ("tous les mardis et jeudi", None),
        ("tous les mardis et jeudis", None),
        ("tous les mardis et tous les jeudis", None),
        ("un mardi sur deux", None),
        ("tous les quinze jours", None),
        ("tous les mardis à partir de janvier", None),
    ],
)
def test_what_is_said_is_a_series_or_is_not(text: str, series: Series | None) -> None:
    assert understood(f"réunion cycle {text}") == series


@pytest.mark.parametrize(
    ("series", "days"),
    [
        (Series(TUESDAY, Per.MONTH, Until.PERIOD), ["2026-12-01"]),
        (Series(TUESDAY, Per.WEEK, Until.PERIOD), ["2026-11-24", "2026-12-01", "2026-12-08", "2026-12-15"]),
        (
            Series(TUESDAY, Per.MONTH, Until.YEAR),
            [
                "2026-12-01", "2027-01-05", "2027-02-02", "2027-03-02", "2027-04-06", "2027-05-04",
                "2027-06-01",
            ],
        ),
        (
            Series(TUESDAY, Per.PERIOD, Until.YEAR),
            ["2027-01-05", "2027-02-23", "2027-04-20"],
        ),
        (Series(FRIDAY, Per.MONTH, Until.PERIOD, LAST), ["2026-11-27"]),
        (Series(TUESDAY, Per.WEEK, Until.PERIOD, since=date(2026, 12, 22)), [
            "2027-01-05", "2027-01-12", "2027-01-19", "2027-01-26", "2027-02-02",
        ]),
        (Series(TUESDAY, Per.WEEK, Until.PERIOD, since=date(2031, 1, 7)), []),
    ],
)  # fmt: skip
def test_the_days_of_a_series(series: Series, days: list[str]) -> None:
    assert [day.isoformat() for day in days_of(series, ZONE_C, NOW)] == days


def test_a_whole_year_of_weeks_ends_before_the_summer_and_keeps_its_holidays_to_be_said() -> None:
    days = days_of(Series(TUESDAY, Per.WEEK, Until.YEAR), ZONE_C, NOW)
    assert days[-1] == date(2027, 6, 29)
    assert date(2026, 12, 22) in days
    assert len(days) == 32


def test_the_fifth_is_the_last() -> None:
    assert [rank_in_month(date(2026, 12, day)) for day in (1, 8, 29)] == [1, 2, LAST]
