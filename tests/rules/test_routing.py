"""Who reads, and whose phone may ring."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.absences import Absence
from bot.rules.routing import (
    Call,
    Cover,
    Reader,
    Team,
    danger_call,
    danger_chain,
    reader,
    today_chain,
)
from tests.rules.test_hours import WEEK, moments, paris

CHANTAL, ESMAMAN, NADIA, ODILE = 1, 2, 3, 9  # Odile heads the team
COVERS = (Cover(CHANTAL, ESMAMAN), Cover(ESMAMAN, NADIA))
TUESDAY = paris(11, 24, 10)
NIGHT = paris(11, 24, 23, 5)
THE_WEEK = Absence(date(2026, 11, 23), date(2026, 11, 27))


def team(*gone: int, covers: tuple[Cover, ...] = COVERS, coordinatrice: int | None = ODILE) -> Team:
    return Team(CHANTAL, coordinatrice, covers, dict.fromkeys(gone, (THE_WEEK,)))


@pytest.mark.parametrize(
    ("gone", "expected"),
    [
        ((), Reader(CHANTAL)),
        ((ESMAMAN,), Reader(CHANTAL)),
        ((CHANTAL,), Reader(ESMAMAN, (CHANTAL,))),
        ((CHANTAL, ESMAMAN), Reader(NADIA, (CHANTAL, ESMAMAN))),
        ((CHANTAL, ESMAMAN, NADIA), Reader(ODILE, (CHANTAL, ESMAMAN, NADIA), opens=False)),
        ((CHANTAL, ESMAMAN, NADIA, ODILE), Reader(ODILE, (CHANTAL, ESMAMAN, NADIA), opens=False)),
    ],
)
def test_the_referente_reads_then_her_cover_then_the_covers_cover_then_the_coordinatrice(
    gone: tuple[int, ...], expected: Reader
) -> None:
    assert reader(team(*gone), TUESDAY) == expected


def test_a_circle_of_covers_ends_at_the_coordinatrice() -> None:
    circle = (Cover(CHANTAL, ESMAMAN), Cover(ESMAMAN, CHANTAL))
    assert reader(team(CHANTAL, ESMAMAN, covers=circle), TUESDAY) == Reader(
        ODILE, (CHANTAL, ESMAMAN), opens=False
    )


def test_without_coordinatrice_the_message_waits_for_the_referente() -> None:
    assert reader(team(CHANTAL, ESMAMAN, NADIA, coordinatrice=None), TUESDAY) == Reader(CHANTAL)


def test_a_coordinatrice_who_is_herself_the_referente_opens_what_she_reads() -> None:
    both = Team(ODILE, ODILE, absences={ODILE: (THE_WEEK,)})
    assert reader(both, TUESDAY) == Reader(ODILE)


def test_a_coordinatrice_named_as_cover_reads_as_a_cover() -> None:
    named = (Cover(CHANTAL, ODILE),)
    assert reader(team(CHANTAL, covers=named), TUESDAY) == Reader(ODILE, (CHANTAL,))


def test_a_school_without_referente_goes_to_the_coordinatrice_and_nobody_at_all_is_refused() -> None:
    assert reader(Team(None, ODILE), TUESDAY) == Reader(ODILE, opens=False)
    with pytest.raises(ValueError, match="personne ne lirait"):
        Team(None, None)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (paris(11, 24, 0), ESMAMAN),  # her first day starts at midnight in Paris: 23:00 UTC on the 23rd
        (paris(11, 23, 23, 59), NADIA),
        (paris(11, 25, 23, 59), ESMAMAN),
        (paris(11, 26, 0), NADIA),
    ],
)
def test_the_dates_of_a_cover_are_inclusive_and_its_choice_comes_before_the_usual_one(
    now: datetime, expected: int
) -> None:
    dated = (Cover(CHANTAL, ESMAMAN, date(2026, 11, 24), date(2026, 11, 25)), Cover(CHANTAL, NADIA))
    assert reader(team(CHANTAL, covers=dated), now).person_id == expected


def test_in_opening_hours_a_danger_rings_everybody_who_is_not_absent() -> None:
    assert danger_call(team(), WEEK, TUESDAY) == Call((CHANTAL, ESMAMAN, NADIA, ODILE), TUESDAY)
    assert danger_call(team(CHANTAL), WEEK, TUESDAY) == Call((ESMAMAN, NADIA, ODILE), TUESDAY)


def test_somebody_absent_is_rung_only_if_she_asked() -> None:
    call = danger_call(team(CHANTAL), WEEK, TUESDAY, while_absent=frozenset({CHANTAL}))
    assert call == Call((CHANTAL, ESMAMAN, NADIA, ODILE), TUESDAY)


def test_at_night_only_those_who_agreed_are_rung_and_not_while_absent() -> None:
    agreed = frozenset({ESMAMAN})
    assert danger_call(team(), WEEK, NIGHT, at_night=agreed) == Call((ESMAMAN,), NIGHT)
    at_opening = danger_call(team(ESMAMAN), WEEK, NIGHT, at_night=agreed)
    assert at_opening == Call((CHANTAL, NADIA, ODILE), paris(11, 25, 9))


def test_at_night_without_volunteer_a_danger_rings_at_the_first_opening() -> None:
    assert danger_call(team(), WEEK, NIGHT) == Call((CHANTAL, ESMAMAN, NADIA, ODILE), paris(11, 25, 9))


def test_when_everybody_is_absent_the_first_opening_is_the_first_with_somebody() -> None:
    call = danger_call(team(CHANTAL, ESMAMAN, NADIA, ODILE), WEEK, TUESDAY)
    assert call == Call((CHANTAL, ESMAMAN, NADIA, ODILE), paris(11, 30, 9))


def test_a_message_for_today_rings_the_session_then_the_referente_then_her_cover() -> None:
    assert today_chain(team(), NADIA, TUESDAY) == (NADIA, CHANTAL, ESMAMAN)
    assert today_chain(team(CHANTAL), CHANTAL, TUESDAY) == (ESMAMAN, NADIA)
    assert today_chain(team(), None, TUESDAY) == (CHANTAL, ESMAMAN, NADIA)


people = st.integers(1, 5)
teams = st.builds(
    Team,
    people,
    st.none() | people,
    st.lists(st.builds(Cover, people, people), max_size=8).map(tuple),
    st.dictionaries(people, st.just((THE_WEEK,))),
)


@given(teams, moments, st.frozensets(people), st.frozensets(people))
def test_there_is_always_a_reader_and_nobody_is_rung_against_her_will(
    drawn: Team, now: datetime, at_night: frozenset[int], while_absent: frozenset[int]
) -> None:
    found = reader(drawn, now)
    assert found.person_id in danger_chain(drawn, now)
    assert found.person_id not in found.instead_of
    assert len(set(found.instead_of)) == len(found.instead_of)
    absences: Mapping[int, Sequence[Absence]] = drawn.absences
    call = danger_call(drawn, WEEK, now, at_night=at_night, while_absent=while_absent)
    assert call is not None
    assert call.at >= now
    assert len(set(call.people)) == len(call.people)
    for person in call.people:
        assert person in while_absent or not (person in absences and drawn.is_away(person, call.at))
