"""Later, a call in a teacher's day, the morning word, whom to ask next, a typed number: tables of cases."""

from datetime import UTC, date, datetime, time

import pytest

from bot.rules.absences import Absence
from bot.rules.call_slots import call_slots
from bot.rules.hours import Hours
from bot.rules.later import later, when_here
from bot.rules.mornings import next_morning, silent_since
from bot.rules.paris import PARIS, local
from bot.rules.routing import Cover, Team, helpers
from bot.rules.telephone import shared_number, typed_number

WEEK = Hours(
    tuple((day, *period) for day in range(5) for period in ((time(9), time(12)), (time(14), time(19)))),
    ((date(2026, 12, 25), date(2027, 1, 3)),),
)
MIDDAY = (time(11, 30), time(13, 30))
WEDNESDAY_AWAY = (Absence(date(2026, 11, 25), date(2026, 11, 25)),)
MORNING_AWAY = (Absence(date(2026, 11, 25), date(2026, 11, 25), until_midday=True),)


def tuesday(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 24, hour, minute, tzinfo=PARIS).astimezone(UTC)


def shown(moments: tuple[datetime, ...]) -> list[str]:
    return [f"{local(one):%a %d %H:%M}" for one in moments]


@pytest.mark.parametrize(
    ("now", "absences", "offered"),
    [
        (tuesday(10), (), ["Tue 24 17:00", "Wed 25 09:00", "Thu 26 09:00", "Mon 30 09:00"]),
        (tuesday(16, 45), (), ["Wed 25 09:00", "Thu 26 09:00", "Mon 30 09:00"]),
        (tuesday(10), WEDNESDAY_AWAY, ["Tue 24 17:00", "Thu 26 09:00", "Fri 27 09:00", "Mon 30 09:00"]),
        (tuesday(20), MORNING_AWAY, ["Wed 25 14:00", "Thu 26 09:00", "Mon 30 09:00"]),
    ],
)
def test_later_is_when_she_is_here(now: datetime, absences: tuple[Absence, ...], offered: list[str]) -> None:
    assert shown(later(WEEK, absences, now)) == offered


def test_nothing_is_later_than_a_centre_that_never_opens() -> None:
    assert later(Hours(()), (), tuesday(10)) == ()
    assert when_here(Hours(()), (), tuesday(10)) is None


@pytest.mark.parametrize(
    ("now", "absences", "offered"),
    [
        (tuesday(8), (), ["Tue 24 10:15", "Tue 24 11:45", "Tue 24 16:30", "Thu 26 10:15"]),
        (tuesday(10), (), ["Tue 24 11:45", "Tue 24 16:30", "Thu 26 10:15", "Thu 26 11:45"]),
        (tuesday(16, 10), (), ["Thu 26 10:15", "Thu 26 11:45", "Thu 26 16:30", "Fri 27 10:15"]),
        (
            tuesday(16, 10),
            (Absence(date(2026, 11, 26), date(2026, 11, 26), from_midday=True),),
            ["Thu 26 10:15", "Thu 26 11:45", "Fri 27 10:15", "Fri 27 11:45"],
        ),
    ],
)
def test_a_call_falls_in_her_school_day(
    now: datetime, absences: tuple[Absence, ...], offered: list[str]
) -> None:
    def has_class(day: date) -> bool:
        return day.weekday() in (0, 1, 3, 4)

    assert shown(call_slots(WEEK, absences, MIDDAY, has_class, now)) == offered


def test_no_call_is_offered_when_there_is_no_class_any_more() -> None:
    assert call_slots(WEEK, (), MIDDAY, lambda _: False, tuesday(10)) == ()


@pytest.mark.parametrize(
    ("rhythm", "now", "rings", "since"),
    [
        (None, tuesday(20), "Wed 25 09:00", "Tue 24 19:00"),
        (None, tuesday(8), "Tue 24 09:00", "Mon 23 19:00"),
        ((time(8), time(20)), tuesday(21), "Wed 25 08:00", "Tue 24 20:00"),
        ((time.min, time.max), tuesday(20), "Wed 25 09:00", "Tue 24 19:00"),
    ],
)
def test_the_morning_word_comes_when_her_phone_may_ring_again(
    rhythm: tuple[time, time] | None, now: datetime, rings: str, since: str
) -> None:
    moment = next_morning(WEEK, (), rhythm, now)
    assert moment is not None
    assert shown((moment, silent_since(WEEK, (), rhythm, moment))) == [rings, since]


def test_a_phone_that_never_rings_has_no_morning() -> None:
    assert next_morning(WEEK, (), (time.min, time.min), tuesday(20)) is None


CHANTAL, ESMAMAN, FARIDA, NADIA = 1, 2, 3, 4
CREW = (CHANTAL, ESMAMAN, FARIDA, NADIA)


@pytest.mark.parametrize(
    ("reader", "away", "order"),
    [
        (CHANTAL, (), (ESMAMAN, FARIDA, NADIA)),
        (ESMAMAN, (), (CHANTAL, FARIDA, NADIA)),
        (FARIDA, (), (CHANTAL, ESMAMAN, NADIA)),
        (CHANTAL, (ESMAMAN,), (FARIDA, NADIA, ESMAMAN)),
        (CHANTAL, (ESMAMAN, FARIDA, NADIA), (ESMAMAN, FARIDA, NADIA)),
    ],
)
def test_beside_the_reader_her_covers_are_asked_first_and_the_absent_last(
    reader: int, away: tuple[int, ...], order: tuple[int, ...]
) -> None:
    days = (Absence(date(2026, 11, 24), date(2026, 11, 24)),)
    covers = (Cover(CHANTAL, ESMAMAN), Cover(ESMAMAN, CHANTAL))
    team = Team(CHANTAL, FARIDA, covers, dict.fromkeys(away, days))
    assert helpers(team, reader, CREW, tuesday(10)) == order


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("06 99 12 34 56", "06 99 12 34 56"),
        ("0699123456", "06 99 12 34 56"),
        ("mon numéro : 06.99.12.34.56, merci", "06 99 12 34 56"),
        ("+33 6 99 12 34 56", "06 99 12 34 56"),
        ("Yanis B. est absent, sa mère est au 06 99 12 34 56", None),
        ("06 99 12 34 56 ou 01 99 00 00 00", None),
        ("C'est bien le 06 99 12 34 56 ?", None),
        ("demain", None),
        ("", None),
    ],
)
def test_a_number_alone_is_a_number(text: str, number: str | None) -> None:
    assert typed_number(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("33699123456", "06 99 12 34 56"),
        ("+33699123456", "06 99 12 34 56"),
        ("0699123456", "06 99 12 34 56"),
        ("+4930123456", "+4930123456"),
        ("", None),
        ("rien", None),
    ],
)
def test_a_contacts_number_is_read_as_telegram_gives_it(text: str, number: str | None) -> None:
    assert shared_number(text) == number
