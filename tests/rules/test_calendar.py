"""The school's calendar: three zones, three answers, and what two packages say of the same days."""

from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st
from vacances_scolaires_france import SchoolHolidayDates

from bot.rules.calendar import (
    Answer,
    Break,
    Cause,
    LocalDay,
    NoClass,
    SchoolCalendar,
    est_vacances,
    last_school_day,
    merged,
    next_school_day,
    no_class,
    period_of,
    school_days,
    warn_from,
)
from bot.rules.calendar_import import read_zone_file
from bot.rules.public_holidays import easter, public_holiday

DATA = Path(__file__).parents[2] / "data"
ZONES = {zone: read_zone_file((DATA / f"zone_{zone}.json").read_text(encoding="utf-8")) for zone in "abc"}
ZONE_C = ZONES["c"]


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


THREE_YEARS = days(date(2025, 9, 1), date(2028, 8, 31))


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        (date(2026, 12, 18), Answer.NO),
        (date(2026, 12, 19), Answer.YES),
        (date(2027, 1, 3), Answer.YES),
        (date(2027, 1, 4), Answer.NO),
        (date(2027, 5, 7), Answer.YES),  # the bridge
        (date(2026, 11, 28), Answer.NO),  # a Saturday in term
        (date(2028, 2, 29), Answer.NO),
        (date(2028, 8, 31), Answer.YES),
        (date(2028, 9, 1), Answer.UNKNOWN),
        (date(2031, 1, 1), Answer.UNKNOWN),
        (date(2025, 8, 31), Answer.UNKNOWN),
    ],
)
def test_est_vacances_says_yes_no_or_unknown(day: date, answer: Answer) -> None:
    assert est_vacances(ZONE_C, day) is answer


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2027, 1, 12), None),
        (date(2027, 2, 9), NoClass(Cause.HOLIDAYS, "Hiver")),
        (date(2027, 5, 7), NoClass(Cause.BRIDGE, "Pont Ascension")),
        (date(2026, 11, 11), NoClass(Cause.PUBLIC_HOLIDAY, "11 novembre")),
        (date(2026, 11, 28), NoClass(Cause.WEEKEND)),
        (date(2026, 11, 25), NoClass(Cause.WEDNESDAY)),
        (date(2029, 1, 9), NoClass(Cause.UNKNOWN)),
        (date(2029, 5, 1), NoClass(Cause.PUBLIC_HOLIDAY, "fête du Travail")),
    ],
)
def test_a_day_without_class_names_its_cause(day: date, reason: NoClass | None) -> None:
    assert no_class(ZONE_C, day) == reason


def test_a_school_that_works_on_wednesdays_has_class_then() -> None:
    wednesday = date(2026, 11, 25)
    assert no_class(ZONE_C, wednesday, wednesdays=True) is None
    assert next_school_day(ZONE_C, date(2026, 11, 24), wednesdays=True) == wednesday
    assert next_school_day(ZONE_C, date(2026, 11, 24)) == date(2026, 11, 26)


def test_a_local_day_wins_over_the_zone() -> None:
    bridge, made_up = date(2026, 11, 12), date(2026, 11, 21)
    local = ZONE_C.with_local_days(
        (LocalDay(bridge, has_class=False, reason="pont"), LocalDay(made_up, has_class=True))
    )
    assert no_class(local, bridge) == NoClass(Cause.LOCAL, "pont")
    assert est_vacances(local, bridge) is Answer.YES
    assert no_class(local, made_up) is None
    assert est_vacances(local, date(2029, 1, 9)) is Answer.UNKNOWN


def test_school_days_step_over_holidays_however_long() -> None:
    assert next_school_day(ZONE_C, date(2026, 12, 18)) == date(2027, 1, 4)
    assert last_school_day(ZONE_C, date(2027, 1, 3)) == date(2026, 12, 18)
    assert last_school_day(ZONE_C, date(2027, 1, 5)) == date(2027, 1, 5)
    assert next_school_day(ZONE_C, date(2028, 8, 1)) is None
    assert last_school_day(ZONE_C, date(2025, 8, 31)) is None
    assert last_school_day(ZONE_C, date(2030, 1, 1)) == date(2028, 7, 4)


def test_a_period_runs_from_one_holiday_to_the_next_and_a_bridge_does_not_cut_it() -> None:
    assert period_of(ZONE_C, date(2026, 11, 24)) == (date(2026, 11, 2), date(2026, 12, 18))
    assert period_of(ZONE_C, date(2027, 5, 7)) == (date(2027, 4, 19), date(2027, 7, 2))
    assert period_of(ZONE_C, date(2025, 9, 15)) == (date(2025, 9, 1), date(2025, 10, 17))
    assert period_of(ZONE_C, date(2026, 12, 24)) is None
    assert period_of(ZONE_C, date(2028, 9, 15)) is None


def test_the_horizon_is_announced_six_months_before() -> None:
    assert warn_from(ZONE_C) == date(2028, 2, 29)
    assert warn_from(SchoolCalendar("C", (), date(2025, 9, 1), date(2027, 3, 15))) == date(2026, 9, 15)


def test_a_new_publication_corrects_and_prolongs_and_keeps_local_days() -> None:
    mine = ZONE_C.with_local_days((LocalDay(date(2026, 11, 12), has_class=False),))
    summer = Break("Été", date(2028, 7, 1), date(2028, 9, 3))
    autumn = Break("Toussaint", date(2028, 10, 21), date(2028, 11, 5))
    new = SchoolCalendar("C", (summer, autumn), date(2028, 7, 1), date(2029, 8, 31))
    both = merged(mine, new)
    assert both.known_from == date(2025, 9, 1)
    assert both.known_until == date(2029, 8, 31)
    assert both.local_days == mine.local_days
    assert est_vacances(both, date(2028, 7, 3)) is Answer.YES
    assert est_vacances(both, date(2028, 9, 4)) is Answer.NO
    assert [b.name for b in both.breaks].count("Été") == 3


def test_a_publication_of_another_zone_or_after_a_gap_is_refused() -> None:
    with pytest.raises(ValueError, match="zone A, pas de la zone C"):
        merged(ZONE_C, ZONES["a"])
    with pytest.raises(ValueError, match="il manque des années"):
        merged(ZONE_C, SchoolCalendar("C", (), date(2029, 9, 1), date(2030, 8, 31)))


@given(st.dates(date(2025, 9, 1), date(2028, 8, 31)))
def test_the_last_school_day_before_the_next_one_is_the_one_before(day: date) -> None:
    known = list(school_days(ZONE_C, day))
    if known and (before := last_school_day(ZONE_C, day)):
        assert no_class(ZONE_C, before) is None
        assert before <= day <= known[0] or before == known[0] == day
        if (after := next_school_day(ZONE_C, before)) and before < day:
            assert after == known[0]


def test_public_holidays_agree_with_the_package_since_whit_monday_came_back_in_2008() -> None:
    theirs = holidays.country_holidays("FR", years=range(2008, 2051))
    for day in days(date(2008, 1, 1), date(2050, 12, 31)):
        assert bool(public_holiday(day)) is (day in theirs), day
    assert easter(2027) == date(2027, 3, 28)


# Days on which we and each package differ, weekdays only, over the three published years: the
# differences are known one by one, so that a new release of a package that moves a date is seen.
SUMMER_2027 = {date(2027, 9, 1)}
SUMMER_2028 = {date(2028, 7, 4)}
ASCENSION_2026 = {date(2026, 5, 14), date(2026, 5, 15)}
ASCENSION_THURSDAY_2028 = {date(2028, 5, 25)}


def weekdays_off(zone: str) -> set[date]:
    calendar = ZONES[zone]
    return {d for d in THREE_YEARS if d.weekday() < 5 and est_vacances(calendar, d) is Answer.YES}


@pytest.mark.parametrize("zone", ["a", "b", "c"])
def test_the_zone_agrees_with_vacances_scolaires_france_but_for_known_days(zone: str) -> None:
    package = SchoolHolidayDates()
    theirs = {d for d in THREE_YEARS if d.weekday() < 5 and package.is_holiday_for_zone(d, zone.upper())}
    assert weekdays_off(zone) - theirs == ASCENSION_2026 | ASCENSION_THURSDAY_2028
    assert theirs - weekdays_off(zone) == SUMMER_2028


@pytest.mark.parametrize("zone", ["a", "b", "c"])
def test_the_zone_agrees_with_holidays_but_for_known_days(zone: str) -> None:
    package = holidays.country_holidays(
        "FR", subdiv=f"Zone {zone.upper()}", categories="school", years=range(2025, 2029)
    )
    theirs = {d for d in [*THREE_YEARS, date(2027, 9, 1)] if d.weekday() < 5 and d in package}
    assert weekdays_off(zone) - theirs == set()
    assert theirs - weekdays_off(zone) == SUMMER_2027
