"""The centre's hours: tables of cases, then properties over whole years."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.hours import (
    Hours,
    add_open_time,
    closure_on,
    is_open,
    next_opening,
    open_time_between,
)
from bot.rules.paris import at

NINE, NOON, TWO, SIX = time(9), time(12), time(14), time(18)
CHRISTMAS = (date(2026, 12, 19), date(2027, 1, 3))
WEEK = Hours(tuple(p for d in range(5) for p in ((d, NINE, NOON), (d, TWO, SIX))), (CHRISTMAS,))


def paris(month: int, day: int, hour: int, minute: int = 0, *, year: int = 2026) -> datetime:
    return at(date(year, month, day), time(hour, minute))


@pytest.mark.parametrize(
    ("moment", "is_so"),
    [
        (paris(11, 24, 9), True),
        (paris(11, 24, 8, 59), False),
        (paris(11, 24, 12), False),
        (paris(11, 24, 17, 59), True),
        (paris(11, 28, 10), False),  # a Saturday
        (paris(11, 11, 10), False),  # a Wednesday, armistice
        (paris(4, 6, 10), False),  # Easter Monday
        (paris(12, 21, 10), False),  # closure
        (paris(3, 30, 9), True),  # the Monday after the clocks went forward: 7:00 UTC
        (paris(10, 26, 9), True),  # the Monday after they went back: 8:00 UTC
    ],
)
def test_the_centre_is_open_in_its_periods_only(moment: datetime, is_so: bool) -> None:
    assert is_open(WEEK, moment) is is_so


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (paris(11, 24, 19, 42), paris(11, 25, 9)),
        (paris(11, 24, 12, 30), paris(11, 24, 14)),
        (paris(11, 24, 10, 5), paris(11, 24, 10, 5)),
        (paris(11, 27, 18), paris(11, 30, 9)),
        (paris(12, 19, 10), paris(1, 4, 9, year=2027)),
        (paris(3, 27, 18), datetime(2026, 3, 30, 7, tzinfo=UTC)),
        (paris(10, 23, 18), datetime(2026, 10, 26, 8, tzinfo=UTC)),
        (paris(2, 28, 10, year=2028), paris(2, 28, 10, year=2028)),
        (paris(2, 28, 18, year=2028), paris(2, 29, 9, year=2028)),  # leap day
    ],
)
def test_next_opening(now: datetime, opens: datetime) -> None:
    assert next_opening(WEEK, now) == opens


def test_a_centre_closed_for_good_never_reopens() -> None:
    shut = Hours(WEEK.periods, ((date(2026, 1, 1), date(2030, 1, 1)),))
    now = paris(11, 24, 10)
    assert next_opening(shut, now) is None
    with pytest.raises(LookupError):
        add_open_time(shut, now, timedelta(hours=1))


def test_a_closure_is_inclusive() -> None:
    assert closure_on(WEEK, date(2026, 12, 18)) is None
    assert closure_on(WEEK, CHRISTMAS[0]) == closure_on(WEEK, CHRISTMAS[1]) == CHRISTMAS
    assert closure_on(WEEK, date(2027, 1, 4)) is None


@pytest.mark.parametrize(
    "periods",
    [
        ((7, NINE, NOON),),
        ((0, NOON, NINE),),
        ((0, NINE, NINE),),
        ((0, NINE, TWO), (0, NOON, SIX)),
    ],
)
def test_contradictory_periods_are_refused(periods: tuple[tuple[int, time, time], ...]) -> None:
    with pytest.raises(ValueError, match=r"inconnu|finit|chevauchent"):
        Hours(periods)


def test_a_closure_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="finit avant"):
        Hours(WEEK.periods, ((date(2026, 5, 2), date(2026, 5, 1)),))


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        is_open(WEEK, datetime(2026, 11, 24, 10))  # noqa: DTZ001 - the naive moment is the case


def test_a_night_opening_counts_its_real_hours_when_the_clocks_change() -> None:
    night = Hours(tuple((d, time(1), time(5)) for d in range(7)))
    for day, hours in ((date(2026, 3, 29), 3), (date(2026, 10, 25), 5), (date(2026, 10, 26), 4)):
        start, end = at(day, time(0)), at(day, time(6))
        assert open_time_between(night, start, end) == timedelta(hours=hours)


@st.composite
def weeks(draw: st.DrawFn) -> Hours:
    """One to twelve periods on quarters of an hour, up to three closures."""
    periods: list[tuple[int, time, time]] = []
    for weekday in draw(st.sets(st.integers(0, 6), min_size=1)):
        marks = sorted(draw(st.sets(st.integers(0, 95), min_size=2, max_size=4)))
        marks = marks[: len(marks) // 2 * 2]
        clocks = [time(m // 4, m % 4 * 15) for m in marks]
        periods += [(weekday, a, b) for a, b in zip(clocks[::2], clocks[1::2], strict=True)]
    closures = []
    for first in draw(st.lists(st.dates(date(2025, 9, 1), date(2028, 8, 31)), max_size=3)):
        closures.append((first, first + timedelta(days=draw(st.integers(0, 30)))))
    return Hours(tuple(periods), tuple(closures))


moments = st.datetimes(datetime(2025, 9, 1), datetime(2028, 8, 31), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds and adds the zone itself are naive


@given(weeks(), moments)
def test_the_next_opening_is_open_and_nothing_before_it_is(hours: Hours, now: datetime) -> None:
    opens = next_opening(hours, now)
    assert opens is not None
    assert opens.tzinfo is UTC
    assert opens >= now
    assert is_open(hours, opens)
    assert not open_time_between(hours, now, opens)
    assert (opens == now) is is_open(hours, now)


@given(weeks(), moments, st.integers(0, 300))
def test_adding_open_time_lands_while_open_and_is_measured_back(
    hours: Hours, now: datetime, minutes: int
) -> None:
    then = add_open_time(hours, now, timedelta(minutes=minutes))
    assert is_open(hours, then)
    assert open_time_between(hours, now, then) == timedelta(minutes=minutes)


@given(weeks(), moments, st.integers(0, 10**6), st.integers(0, 10**6))
def test_open_time_adds_up(hours: Hours, a: datetime, first: int, second: int) -> None:
    b = a + timedelta(seconds=first)
    c = b + timedelta(seconds=second)
    whole = open_time_between(hours, a, c)
    assert whole == open_time_between(hours, a, b) + open_time_between(hours, b, c)
    assert whole <= c - a
