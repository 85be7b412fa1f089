"""The promise, its checkpoints, and the rings."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.absences import Absence, away
from bot.rules.deadlines import checkpoints, promised
from bot.rules.hours import Hours, is_open, open_time_between, openings
from bot.rules.paris import at, local, local_date
from bot.rules.ringing import danger_rings, rings, today_rings, unconfirmed_at
from bot.texts import dates
from tests.rules.test_hours import WEEK, moments, paris, weeks

AFTERNOONS = Hours(tuple((d, time(14), time(18)) for d in range(5)))
OPEN_AT_CHRISTMAS = Hours(WEEK.periods)


@pytest.mark.parametrize(
    ("hours", "now", "due", "said"),
    [
        (WEEK, paris(11, 24, 19, 42), paris(11, 26, 12), "jeudi midi"),
        (WEEK, paris(11, 24, 8), paris(11, 26, 12), "jeudi midi"),
        (WEEK, paris(11, 25, 10), paris(11, 27, 12), "vendredi midi"),
        (WEEK, paris(11, 27, 10), paris(12, 1, 12), "mardi midi"),
        (WEEK, paris(11, 28, 10), paris(12, 1, 12), "mardi 1er décembre"),
        (AFTERNOONS, paris(11, 24, 19), paris(11, 26, 18), "jeudi 18 h"),
        (OPEN_AT_CHRISTMAS, paris(12, 19, 10), paris(12, 22, 12), "mardi 22 décembre"),
        (WEEK, paris(12, 19, 10), paris(1, 5, 12, year=2027), "mardi 5 janvier"),
        (WEEK, paris(11, 10, 10), paris(11, 13, 12), "vendredi midi"),  # 11 November is no opening day
        (WEEK, paris(10, 23, 19), paris(10, 27, 12), "mardi midi"),  # over the change of clocks
        (WEEK, paris(2, 27, 10, year=2028), paris(2, 29, 12, year=2028), "mardi 29 février"),
    ],
)
def test_the_answer_is_promised_for_the_second_opening_day(
    hours: Hours, now: datetime, due: datetime, said: str
) -> None:
    assert promised(hours, [], now) == due
    assert dates.deadline(due, now).replace(dates.NBSP, " ") == said


@pytest.mark.parametrize(
    ("absence", "due"),
    [
        (Absence(date(2026, 11, 25), date(2026, 11, 25)), paris(11, 27, 12)),
        (Absence(date(2026, 11, 25), date(2026, 11, 29)), paris(12, 1, 12)),
        (Absence(date(2026, 11, 25), date(2026, 11, 25), from_midday=True), paris(11, 26, 12)),
        (Absence(date(2026, 11, 26), date(2026, 11, 26), until_midday=True), paris(11, 26, 18)),
        (Absence(date(2026, 11, 26), date(2026, 11, 26), from_midday=True), paris(11, 26, 12)),
    ],
)
def test_days_when_the_reader_is_away_do_not_count(absence: Absence, due: datetime) -> None:
    assert promised(WEEK, [absence], paris(11, 24, 19, 42)) == due


def test_nothing_is_promised_when_the_centre_is_closed_for_good() -> None:
    assert promised(Hours(()), [], paris(11, 24, 10)) is None


def test_the_nudge_comes_at_half_and_the_cover_at_three_quarters_of_the_opening_time() -> None:
    received, due = paris(11, 24, 19, 42), paris(11, 26, 12)  # 3 + 4 hours, then 3
    assert checkpoints(WEEK, received, due) == (paris(11, 25, 16), paris(11, 26, 9, 30))


def test_without_opening_before_the_promise_both_are_asked_at_the_promise() -> None:
    received, due = paris(11, 28, 10), paris(11, 29, 10)
    assert checkpoints(WEEK, received, due) == (due, due)


absences = st.lists(
    st.builds(
        lambda first, days: Absence(first, first + timedelta(days=days)),
        st.dates(date(2025, 9, 1), date(2028, 8, 31)),
        st.integers(0, 20),
    ),
    max_size=3,
)


@given(weeks(), absences, moments)
def test_a_promise_is_true_on_any_day_of_three_school_years(
    hours: Hours, gone: list[Absence], now: datetime
) -> None:
    due = promised(hours, gone, now)
    assert due is not None
    day = local_date(due)
    assert (day - local_date(now)).days >= 2
    assert openings(hours, day)
    assert not away(gone, day)
    nudge, cover = checkpoints(hours, now, due)
    assert now <= nudge <= cover < due
    assert is_open(hours, nudge)
    assert is_open(hours, cover)
    assert 2 * open_time_between(hours, now, nudge) == pytest.approx(
        open_time_between(hours, now, due), abs=timedelta(seconds=1)
    )


def test_absences_are_inclusive_and_half_days_stop_at_midday() -> None:
    gone = Absence(date(2026, 12, 21), date(2027, 1, 3), from_midday=True, until_midday=True)
    facts = [
        (paris(12, 21, 11, 59), False),
        (paris(12, 21, 12), True),
        (paris(12, 31, 3), True),
        (paris(1, 3, 11, 59, year=2027), True),
        (paris(1, 3, 12, year=2027), False),
    ]
    for moment, is_so in facts:
        assert away([gone], moment) is is_so
        assert local(moment).tzinfo is not None
    assert not away([gone], date(2026, 12, 21))
    assert away([gone], date(2026, 12, 22))


def test_three_rings_each_two_minutes_apart_then_the_next() -> None:
    start = paris(11, 24, 10)
    rings = danger_rings([1, 2], start)
    assert [(r.person_id, (r.at - start).seconds // 60) for r in rings] == [
        (1, 0), (1, 2), (1, 4), (2, 6), (2, 8), (2, 10),
    ]  # fmt: skip
    assert unconfirmed_at(rings, start) == start + timedelta(minutes=10)
    assert unconfirmed_at(danger_rings([1], start), start) == start + timedelta(minutes=6)
    assert unconfirmed_at((), start) == start


def test_a_message_for_today_rings_each_for_five_minutes() -> None:
    start = at(date(2026, 11, 24), time(16, 30))
    assert [r.at - start for r in today_rings([3, 1, 2], start)] == [timedelta(minutes=m) for m in (0, 5, 10)]


NOT_AFTER_SEVEN = (time(8), time(19))


@pytest.mark.parametrize(
    ("now", "rhythm", "does"),
    [
        (paris(11, 24, 10), None, True),
        (paris(11, 24, 12, 30), None, False),
        (paris(11, 24, 19, 42), None, False),
        (paris(11, 24, 12, 30), NOT_AFTER_SEVEN, True),
        (paris(11, 24, 18, 59), NOT_AFTER_SEVEN, True),
        (paris(11, 24, 19), NOT_AFTER_SEVEN, False),
        (paris(11, 28, 10), NOT_AFTER_SEVEN, False),  # a Saturday
        (paris(11, 26, 10), NOT_AFTER_SEVEN, False),  # she is away
    ],
)
def test_her_phone_rings_in_her_hours_on_working_days(
    now: datetime, rhythm: tuple[time, time] | None, does: bool
) -> None:
    gone = [Absence(date(2026, 11, 26), date(2026, 11, 26))]
    assert rings(WEEK, gone, rhythm, now) is does
