"""Reminders of meetings and hours at which teachers may be solicited."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.absences import Absence
from bot.rules.calendar import LocalDay, no_class
from bot.rules.hours import Hours, openings
from bot.rules.paris import at, local, local_date
from bot.rules.reminders import Kind, To, asked_again, meeting_reminders
from bot.rules.soliciting import answer_is_silent, may_solicit_teacher, next_soliciting
from tests.rules.test_calendar import ZONE_C
from tests.rules.test_hours import WEEK, paris

Told = tuple[Kind, To, datetime]
HERS, THEIRS = To.REFERENTE, To.CONTACT


def told(arrival: datetime, *absences: Absence) -> list[Told]:
    return [(r.kind, r.to, r.at) for r in meeting_reminders(arrival, ZONE_C, WEEK, absences)]


def test_a_plain_week() -> None:
    assert told(paris(11, 24, 13, 10)) == [
        (Kind.J7, THEIRS, paris(11, 17, 12, 15)),
        (Kind.J7, HERS, paris(11, 17, 14)),
        (Kind.J1, THEIRS, paris(11, 23, 12, 15)),
        (Kind.J1, HERS, paris(11, 23, 14)),
        (Kind.H1, HERS, paris(11, 24, 12, 10)),
    ]


@pytest.mark.parametrize(
    ("ended", "absences", "again"),
    [
        (paris(11, 24, 13, 30), [], paris(11, 25, 16)),
        (paris(11, 27, 13, 30), [], paris(11, 30, 16)),  # a Friday
        (paris(12, 18, 13, 30), [], paris(1, 4, 16, year=2027)),  # the centre is closed until the 3rd
        (paris(11, 24, 13, 30), [Absence(date(2026, 11, 25), date(2026, 11, 26))], paris(11, 27, 16)),
    ],
)
def test_what_came_of_a_meeting_is_asked_again_on_her_next_working_day(
    ended: datetime, absences: list[Absence], again: datetime
) -> None:
    assert asked_again(ended, WEEK, absences) == again


def test_after_the_holidays_reminders_come_before_them_and_on_the_day() -> None:
    # Tuesday 5 January: J-7 falls in the holidays, and the centre is closed from 19 to 3.
    assert told(paris(1, 5, 13, 10, year=2027)) == [
        (Kind.J7, THEIRS, paris(12, 18, 12, 15)),
        (Kind.J7, HERS, paris(12, 18, 14)),
        (Kind.J1, THEIRS, paris(1, 4, 12, 15, year=2027)),
        (Kind.J1, HERS, paris(1, 4, 14, year=2027)),
        (Kind.H1, HERS, paris(1, 5, 12, 10, year=2027)),
    ]


def test_on_the_first_day_back_the_contact_is_asked_once_and_she_is_told_in_the_morning() -> None:
    assert told(paris(1, 4, 13, 10, year=2027)) == [
        (Kind.J7, THEIRS, paris(12, 18, 12, 15)),
        (Kind.J7, HERS, paris(12, 18, 14)),
        (Kind.J1, HERS, paris(1, 4, 8, 15, year=2027)),
        (Kind.H1, HERS, paris(1, 4, 12, 10, year=2027)),
    ]


def test_the_eve_on_a_wednesday_without_class_is_asked_on_tuesday() -> None:
    arrival = paris(11, 26, 13, 10)
    assert (Kind.J1, THEIRS, paris(11, 24, 12, 15)) in told(arrival)
    with_wednesdays = meeting_reminders(arrival, ZONE_C, WEEK, [], wednesdays=True)
    assert [r.at for r in with_wednesdays if (r.kind, r.to) == (Kind.J1, THEIRS)] == [paris(11, 25, 12, 15)]


def test_her_own_absence_moves_her_reminders_not_the_schools() -> None:
    gone = Absence(date(2026, 11, 23), date(2026, 11, 23), from_midday=True)
    found = told(paris(11, 24, 13, 10), gone)
    assert (Kind.J1, HERS, paris(11, 20, 14)) in found  # Friday: four days before
    assert (Kind.J1, THEIRS, paris(11, 23, 12, 15)) in found


def test_an_early_arrival_after_a_long_closure_is_told_once() -> None:
    assert [k for k, to, _ in told(paris(1, 4, 9, year=2027)) if to is HERS] == [Kind.J7, Kind.H1]


def test_one_hour_before_is_one_hour_before_when_the_clocks_change() -> None:
    for day in (date(2026, 3, 29), date(2026, 10, 25)):
        arrival = at(day, time(3, 30))
        last = meeting_reminders(arrival, ZONE_C, WEEK, [])[-1]
        assert (last.kind, arrival - last.at) == (Kind.H1, timedelta(hours=1))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 3, 30),  # the Monday after the clocks went forward
        date(2025, 11, 3),  # a week after they went back, the first day of school after holidays
        date(2026, 3, 29),
        date(2025, 10, 26),
        date(2028, 2, 29),
        date(2028, 3, 7),  # its J-7 is the leap day
    ],
)
def test_at_every_minute_of_the_days_that_clocks_and_years_make_odd(day: date) -> None:
    for minute in range(24 * 60):
        arrival = at(day, time(minute // 60, minute % 60))
        reminders = meeting_reminders(arrival, ZONE_C, WEEK, [])
        assert [r.at for r in reminders if r.kind is Kind.H1] == [arrival - timedelta(hours=1)]
        for reminder in reminders:
            wall = local(reminder.at)
            if reminder.to is THEIRS:
                assert wall.time() == time(12, 15)
            elif reminder.kind is not Kind.H1:
                assert wall.time() in (time(14), time(8, 15))
            assert reminder.at < arrival


@given(st.dates(date(2025, 10, 1), date(2028, 7, 4)), st.integers(0, 24 * 60 - 1))
def test_reminders_fall_on_days_with_class_and_on_working_days(day: date, minute: int) -> None:
    arrival = at(day, time(minute // 60, minute % 60))
    gone = [Absence(date(2027, 1, 4), date(2027, 1, 10))]
    reminders = meeting_reminders(arrival, ZONE_C, WEEK, gone)
    assert len({(r.kind, r.to) for r in reminders}) == len(reminders)
    for reminder in reminders:
        assert reminder.at < arrival
        told_on = local_date(reminder.at)
        if reminder.to is THEIRS:
            assert no_class(ZONE_C, told_on) is None
            assert may_solicit_teacher(reminder.at, ZONE_C)
        elif reminder.kind is not Kind.H1 and told_on != day:
            assert openings(WEEK, told_on)
            assert not any(a.first <= told_on <= a.last for a in gone)


@pytest.mark.parametrize(
    ("now", "may"),
    [
        (paris(11, 24, 12), True),
        (paris(11, 24, 13, 15), False),
        (paris(11, 24, 16, 44), False),
        (paris(11, 24, 18, 29), True),
        (paris(11, 25, 12, 30), False),  # Wednesday
        (paris(12, 22, 12, 30), False),  # holidays
        (paris(11, 11, 12, 30), False),
        (paris(11, 28, 12, 30), False),
        (paris(1, 9, 12, 30, year=2029), False),  # unknown is not yes
    ],
)
def test_a_teacher_is_solicited_on_school_days_in_her_hours_only(now: datetime, may: bool) -> None:
    assert may_solicit_teacher(now, ZONE_C) is may


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (paris(11, 24, 12, 30), paris(11, 24, 12, 30)),
        (paris(11, 24, 14), paris(11, 24, 16, 45)),
        (paris(11, 24, 21), paris(11, 26, 12)),
        (paris(12, 18, 19), paris(1, 4, 12, year=2027)),
    ],
)
def test_the_next_moment_she_may_be_solicited(now: datetime, then: datetime) -> None:
    assert next_soliciting(now, ZONE_C) == then


def test_nobody_is_solicited_beyond_the_known_calendar_and_a_local_day_counts() -> None:
    assert next_soliciting(paris(7, 10, 12, year=2028), ZONE_C) is None
    closed = ZONE_C.with_local_days((LocalDay(date(2026, 11, 24), has_class=False),))
    assert not may_solicit_teacher(paris(11, 24, 12, 30), closed)


def test_an_answer_is_silent_at_night_unless_she_wrote_just_before() -> None:
    night = paris(11, 24, 21)
    assert answer_is_silent(night, None)
    assert answer_is_silent(paris(11, 25, 7, 29), paris(11, 24, 22))
    assert not answer_is_silent(paris(11, 25, 7, 30), paris(11, 24, 22))
    assert not answer_is_silent(night, paris(11, 24, 19, 42))
    assert not answer_is_silent(paris(11, 24, 18, 59), None)
    assert local(night).hour == 21


def test_a_centre_that_never_opens_still_gives_the_last_reminder() -> None:
    reminders = meeting_reminders(paris(11, 24, 13, 10), ZONE_C, Hours(()), [])
    assert [(r.kind, r.at) for r in reminders if r.to is HERS] == [
        (Kind.J1, paris(11, 24, 8, 15)),
        (Kind.H1, paris(11, 24, 12, 10)),
    ]
