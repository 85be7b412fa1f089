"""Periods of school: where they end, when they are told."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from bot.rules.calendar import Break
from bot.rules.hours import Hours
from bot.rules.period import falls_in, periods, told_at
from bot.rules.week import Week
from tests.rules.test_calendar import ZONE_C
from tests.rules.test_hours import paris

ALWAYS = Hours(tuple((day, time(9), time(18)) for day in range(5)))


def named(text: str) -> tuple[date, date]:
    return next((one.first, one.last) for one in periods(ZONE_C) if str(one) == text)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026-P1", date(2026, 9, 1), date(2026, 10, 16)),
        ("2026-P2", date(2026, 11, 2), date(2026, 12, 18)),
        ("2026-P3", date(2027, 1, 4), date(2027, 2, 5)),
        ("2026-P5", date(2027, 4, 19), date(2027, 7, 2)),  # the Ascension bridge does not cut it
        ("2027-P5", date(2028, 5, 2), date(2028, 7, 4)),
    ],
)
def test_a_year_has_five_periods(name: str, first: date, last: date) -> None:
    assert named(name) == (first, last)
    assert [str(one) for one in periods(ZONE_C) if one.year == 2026] == [f"2026-P{n}" for n in range(1, 6)]


def test_what_lasts_to_the_end_of_the_published_years_has_no_end_yet() -> None:
    short = replace(
        ZONE_C,
        breaks=tuple(one for one in ZONE_C.breaks if one.last < date(2026, 11, 30)),
        known_until=date(2026, 11, 30),
    )
    assert str(periods(short)[-1]) == "2026-P1"


def test_a_rector_who_moves_the_last_day_does_not_make_it_another_period() -> None:
    moved = replace(
        ZONE_C,
        breaks=tuple(
            Break(one.name, date(2026, 12, 17), one.last) if one.first == date(2026, 12, 19) else one
            for one in ZONE_C.breaks
        ),
    )
    before, after = (next(p for p in periods(one) if str(p) == "2026-P2") for one in (ZONE_C, moved))
    assert (before.last, after.last) == (date(2026, 12, 18), date(2026, 12, 16))


@pytest.mark.parametrize(
    ("closed", "day"),
    [
        ((), (12, 18)),
        (((date(2026, 12, 18), date(2027, 1, 3)),), (12, 17)),
        (((date(2026, 12, 7), date(2027, 1, 3)),), (12, 4)),  # the last Friday before two closed weeks
    ],
)
def test_it_is_told_on_the_last_day_the_centre_is_open(
    closed: tuple[tuple[date, date], ...], day: tuple[int, int]
) -> None:
    period = next(one for one in periods(ZONE_C) if str(one) == "2026-P2")
    assert told_at(period, replace(ALWAYS, closures=closed)) == paris(*day, 14)


def test_a_centre_closed_all_along_tells_nothing() -> None:
    period = next(one for one in periods(ZONE_C) if str(one) == "2026-P2")
    assert told_at(period, Hours((), ())) is None


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        (paris(12, 18, 14), 51),
        (paris(12, 14, 0), 51),
        (paris(12, 13, 23, 59), 50),
        (paris(1, 3, 23, year=2027), 53),
    ],
)
def test_it_falls_in_one_week_of_paris(moment: datetime, week: int) -> None:
    weeks = [n for n in range(40, 54) if falls_in(moment, Week(2026, n))]
    assert weeks == [week]
