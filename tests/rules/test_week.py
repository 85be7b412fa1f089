"""The shape of the weekly digest."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.hours import Hours, openings
from bot.rules.paris import local, local_date
from bot.rules.week import (
    Away,
    Callback,
    Digest,
    Meeting,
    Waiting,
    Week,
    arranged,
    digest_moment,
    fitting,
    holidays_ahead,
    is_late,
    merge_small,
    read_week,
    week_of,
)
from tests.rules.test_calendar import ZONE_C
from tests.rules.test_hours import WEEK, moments, paris, weeks

NOW = paris(11, 20, 14)


def test_a_week_is_read_and_written() -> None:
    assert str(read_week("2026-W47")) == "2026-W47"
    assert read_week("2026-W47").monday == date(2026, 11, 16)
    assert week_of(paris(1, 3, 12, year=2027)) == Week(2026, 53)


@pytest.mark.parametrize(
    "text", ["2026-47", "47", "2026-W54", "2027-W53", "2026-W00", "9999-W52", "0001-W01", ""]
)
def test_a_week_that_is_not_one_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="semaine"):
        read_week(text)


def test_the_digest_leaves_on_friday_at_two_or_on_the_last_open_day_before() -> None:
    assert digest_moment(Week(2026, 47), WEEK) == NOW
    assert digest_moment(Week(2026, 47), WEEK, weekday=3, clock=time(17)) == paris(11, 19, 17)
    assert digest_moment(Week(2026, 19), WEEK) == paris(5, 7, 14)  # Friday 8 May
    assert digest_moment(Week(2026, 52), WEEK) is None  # closed that week
    assert digest_moment(Week(2026, 44), WEEK) == paris(10, 30, 14)  # the week after the clocks changed


@given(weeks(), moments)
def test_a_digest_never_leaves_on_a_day_the_centre_is_closed(hours: Hours, now: datetime) -> None:
    week = week_of(now)
    planned = digest_moment(week, hours)
    if planned:
        assert openings(hours, local_date(planned))
        assert week_of(planned) == week
        assert local(planned).time() == time(14)


def test_a_digest_half_an_hour_late_says_so() -> None:
    assert not is_late(NOW, NOW + timedelta(minutes=30))
    assert is_late(NOW, NOW + timedelta(minutes=31))


def test_holidays_are_announced_the_week_before_them() -> None:
    ahead = holidays_ahead(ZONE_C, Week(2026, 51))
    assert ahead is not None
    assert (ahead.name, ahead.first) == ("Noël", date(2026, 12, 19))
    assert holidays_ahead(ZONE_C, Week(2026, 50)) is None
    assert holidays_ahead(ZONE_C, Week(2027, 18)) is None  # the bridge


def test_the_digest_is_read_oldest_first_without_zero_without_danger() -> None:
    old = Waiting("Mme Diallo", "CE1", "Les Tilleuls", "CLAS", paris(11, 18, 8), NOW)
    new = Waiting("M. Roux", "CM2", "Le Verger", "PRE", paris(11, 19, 8), paris(11, 23, 12))
    grave = replace(old, teacher="Mme Petit", danger=True)
    soon = Meeting(paris(11, 24, 13, 10), "Les Tilleuls", "cycle 2", confirmed=True)
    later = Meeting(paris(12, 1, 13, 15), "Le Verger", "cycle 3", confirmed=False)
    far, past = replace(soon, arrival=paris(12, 5, 13)), replace(soon, arrival=paris(11, 20, 13))
    call = Callback("Mme Petit", paris(11, 23, 16, 45))
    away = Away("Esmaman", date(2026, 11, 26), date(2026, 11, 26), None)
    gone = Away("Esmaman", date(2026, 11, 10), date(2026, 11, 19), None)
    digest = Digest(
        (new, grave, old),
        (call, replace(call, danger=True)),
        (later, far, past, soon),
        (away, gone),
        9,
        6,
        (("PRE", 2), ("autres", 0), ("CLAS", 5)),
    )
    shown = arranged(digest, NOW)
    assert shown == Digest((old, new), (call,), (soon, later), (away,), 9, 6, (("CLAS", 5), ("PRE", 2)))
    assert not shown.is_calm
    assert Digest(meetings=(soon,), received=3).is_calm


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"Tilleuls": 9, "Verger": 4}, [(("Tilleuls",), 9), (("Verger",), 4)]),
        ({"Tilleuls": 9, "Verger": 2, "Peupliers": 1}, [(("Tilleuls",), 9), (("Peupliers", "Verger"), 3)]),
        ({"Tilleuls": 9, "Verger": 4, "Peupliers": 1}, [(("Tilleuls",), 9), (("Peupliers", "Verger"), 5)]),
        ({"Tilleuls": 9, "Verger": 1}, [(("Tilleuls", "Verger"), 10)]),
        ({"Tilleuls": 9, "Verger": 0}, [(("Tilleuls",), 9)]),
        ({"Tilleuls": 1, "Verger": 1}, []),
        ({}, []),
    ],
)
def test_small_groups_are_merged_so_that_no_total_betrays_them(
    counts: dict[str, int], shown: list[tuple[tuple[str, ...], int]]
) -> None:
    assert merge_small(counts) == shown


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 6), max_size=8))
def test_no_figure_that_leaves_the_team_is_under_three(counts: dict[str, int]) -> None:
    shown = merge_small(counts)
    assert all(n >= 3 for _, n in shown)
    assert sum(n for _, n in shown) in {sum(counts.values()), 0}
    assert sum(len(names) > 1 for names, _ in shown) <= 1


def test_lines_that_do_not_fit_are_counted() -> None:
    assert fitting(["abc", "def", "g"], 8) == (["abc", "def"], 1)
    assert fitting([], 8) == ([], 0)
