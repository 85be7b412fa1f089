"""Days and hours people type: understood, or asked again."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.paris import local_date
from bot.rules.said_dates import Ask, SaidDay, SaidHour, plain, read_day, read_hour
from bot.rules.said_meeting import understand_meeting
from bot.texts import dates
from tests.rules.test_hours import paris

NOW = paris(11, 24, 19, 42)  # a Tuesday
TODAY = date(2026, 11, 24)
JAN_12 = date(2027, 1, 12)
SCHOOLS = {1: "Les Tilleuls", 2: "Le Verger", 3: "École du 8 mai 1945"}


def day(text: str, now: datetime = NOW) -> SaidDay:
    _, rest = read_hour(plain(text))
    return read_day(rest, local_date(now))


def hour(text: str) -> SaidHour:
    return read_hour(plain(text))[0]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("mardi 12/01", JAN_12),
        ("12/01", JAN_12),
        ("12/1/27", JAN_12),
        ("le 12/01/2027", JAN_12),
        ("2027-01-12", JAN_12),
        ("MARDI 12 JANVIER", JAN_12),
        ("mardi le 12 janv. 2027", JAN_12),
        ("le 1er décembre", date(2026, 12, 1)),
        ("1er dec", date(2026, 12, 1)),
        ("le 12", date(2026, 12, 12)),
        ("le 31", date(2026, 12, 31)),
        ("vendredi 27", date(2026, 11, 27)),
        ("mercredi", date(2026, 11, 25)),
        ("jeudi", date(2026, 11, 26)),
        ("lundi", date(2026, 11, 30)),
        ("mardi prochain", date(2026, 12, 1)),
        ("lundi prochain", date(2026, 11, 30)),
        ("ce mardi", TODAY),
        ("jeudi en huit", date(2026, 12, 3)),
        ("jeudi en quinze", date(2026, 12, 10)),
        ("jeudi de la semaine prochaine", date(2026, 12, 3)),
        ("la semaine prochaine, mardi", date(2026, 12, 1)),
        ("aujourd’hui", TODAY),
        ("ce soir", TODAY),
        ("demain midi", date(2026, 11, 25)),
        ("demain après midi", date(2026, 11, 25)),
        ("demain, mercredi 25/11", date(2026, 11, 25)),
        ("après-demain", date(2026, 11, 26)),
        ("24/11", TODAY),
    ],
)
def test_a_day_is_understood(text: str, meant: date) -> None:
    assert day(text) == SaidDay(meant)


@pytest.mark.parametrize(
    ("text", "ask", "candidates"),
    [
        ("bientôt", Ask.DAY_MISSING, ()),
        ("la semaine prochaine", Ask.DAY_UNCLEAR, ()),
        ("mardi", Ask.DAY_UNCLEAR, (TODAY, date(2026, 12, 1))),  # said on a Tuesday
        ("jeudi prochain", Ask.DAY_UNCLEAR, (date(2026, 11, 26), date(2026, 12, 3))),
        ("mardi en huit", Ask.DAY_UNCLEAR, (TODAY, date(2026, 12, 1))),
        ("mercredi ou jeudi", Ask.DAY_UNCLEAR, (date(2026, 11, 25), date(2026, 11, 26))),
        ("pas jeudi", Ask.DAY_UNCLEAR, (date(2026, 11, 26),)),
        ("jeudi dans 15 jours", Ask.DAY_UNCLEAR, (date(2026, 11, 26),)),
        ("fin janvier", Ask.DAY_UNCLEAR, ()),
        ("tous les lundis", Ask.DAY_UNCLEAR, ()),
        ("les lundis", Ask.DAY_UNCLEAR, ()),
        ("mi-janvier", Ask.DAY_UNCLEAR, ()),
        ("jeudi sur deux", Ask.DAY_UNCLEAR, (date(2026, 11, 26),)),
        ("d'ici jeudi", Ask.DAY_UNCLEAR, (date(2026, 11, 26),)),
        ("ap-demain", Ask.DAY_UNCLEAR, ()),
        ("12/01/1927", Ask.DAY_PAST, ()),
        ("12/01/2099", Ask.DAY_UNCLEAR, ()),
        ("9999-12-31", Ask.DAY_UNCLEAR, ()),
        ("12 et 13/01", Ask.DAY_UNCLEAR, (date(2027, 1, 13),)),
        ("12/01 ou 13/01", Ask.DAY_UNCLEAR, (JAN_12, date(2027, 1, 13))),
        ("le 24", Ask.DAY_UNCLEAR, (TODAY, date(2026, 12, 24))),
        ("lundi 12/01", Ask.DAY_CONTRADICTS, (date(2027, 1, 11), JAN_12)),
        ("mardi 12", Ask.DAY_CONTRADICTS, (date(2026, 12, 12), JAN_12)),
        ("demain jeudi", Ask.DAY_CONTRADICTS, (date(2026, 11, 25), date(2026, 11, 26))),
        ("demain lundi", Ask.DAY_CONTRADICTS, (date(2026, 11, 25), date(2026, 11, 30))),
        ("30/02", Ask.NO_SUCH_DAY, ()),
        ("12/13", Ask.NO_SUCH_DAY, ()),
        ("31 novembre", Ask.NO_SUCH_DAY, ()),
        ("le 45", Ask.NO_SUCH_DAY, ()),
        ("29/02", Ask.NO_SUCH_DAY, (date(2028, 2, 29),)),
        ("20/11", Ask.DAY_PAST, (date(2027, 11, 20),)),
        ("20/11/2026", Ask.DAY_PAST, ()),
        ("hier", Ask.DAY_PAST, ()),
    ],
)
def test_what_is_not_sure_is_asked_again_with_the_days_it_may_have_meant(
    text: str, ask: Ask, candidates: tuple[date, ...]
) -> None:
    assert day(text) == SaidDay(None, ask, candidates)


def test_next_tuesday_said_on_a_monday_is_asked_and_said_on_a_friday_is_understood() -> None:
    assert day("mardi prochain", paris(11, 23, 10)).ask is Ask.DAY_UNCLEAR
    assert day("mardi prochain", paris(11, 27, 10)) == SaidDay(date(2026, 12, 1))


def test_the_day_is_the_one_of_paris() -> None:
    assert day("demain", paris(11, 24, 0, 10)) == SaidDay(date(2026, 11, 25))


def test_a_leap_day_is_a_day() -> None:
    assert day("29/02", paris(1, 10, 12, year=2028)) == SaidDay(date(2028, 2, 29))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("demain 11h45", SaidHour(time(11, 45))),
        ("demain à 11 h 45", SaidHour(time(11, 45))),
        ("11:45 demain", SaidHour(time(11, 45))),
        ("demain 9h", SaidHour(time(9))),
        ("9 heures demain", SaidHour(time(9))),
        ("11h 12/01", SaidHour(time(11))),
        ("11 h 12 janvier", SaidHour(time(11))),
        ("demain de 11h45 à 13h30", SaidHour(time(11, 45), time(13, 30))),
        ("demain midi", SaidHour(time(12), midday=True)),
        ("demain midi et demi", SaidHour(time(12, 30), midday=True)),
        ("demain midi, 11h45", SaidHour(time(11, 45), midday=True)),
        ("demain après-midi", SaidHour(None, ask=Ask.HOUR_UNCLEAR)),  # not the midday break
        ("demain matin", SaidHour(None, ask=Ask.HOUR_UNCLEAR)),
        ("demain matin 9h", SaidHour(time(9))),
        ("demain de midi à 13h", SaidHour(time(12), time(13))),
        ("demain entre midi et 13h30", SaidHour(time(12), time(13, 30))),
        ("demain midi-13h", SaidHour(time(12), time(13))),
        ("demain de 11h30 à midi", SaidHour(time(11, 30), time(12))),
        ("demain midi à 13h", SaidHour(time(13), midday=True)),
        ("demain entre midi et deux", SaidHour(time(12), midday=True)),
        ("demain", SaidHour(None, ask=Ask.HOUR_MISSING)),
        ("demain à 4h", SaidHour(None, ask=Ask.HOUR_UNCLEAR)),
        ("demain 25h", SaidHour(None, ask=Ask.HOUR_UNCLEAR)),
        ("demain 11h75", SaidHour(None, ask=Ask.HOUR_UNCLEAR)),
        ("demain 13h30 à 11h45", SaidHour(None, ask=Ask.HOUR_BACKWARDS)),
        ("demain 11h45 à 11h45", SaidHour(None, ask=Ask.HOUR_BACKWARDS)),
        ("demain 11h45/13h30", SaidHour(time(11, 45), time(13, 30))),
        ("demain 11h/13h", SaidHour(time(11), time(13))),
        ("demain 11h45 ou 12h", SaidHour(None, ask=Ask.HOUR_UNCLEAR)),
        ("demain 9h, 10h ou 11h", SaidHour(None, ask=Ask.HOUR_UNCLEAR)),
    ],
)
def test_an_hour_is_understood_or_asked(text: str, meant: SaidHour) -> None:
    assert hour(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "réunion cycle 2 mardi 12/01 11h45 Tilleuls",
        "Tilleuls, mardi 12 janvier, 11 h 45, cycle 2",
        "11h45 c2 aux tilleuls le 12/01/2027",
        "cycle 2 : mardi 12/01 à 11:45, salle 4, Les Tilleuls",
    ],
)
def test_a_meeting_is_understood_with_its_words_in_any_order(text: str) -> None:
    said = understand_meeting(text, NOW, SCHOOLS)
    assert said.asks == ()
    assert (said.school_id, said.cycles, said.day.day, said.hour.start) == (1, (2,), JAN_12, time(11, 45))


@pytest.mark.parametrize(
    ("text", "school", "cycles", "meant"),
    [
        ("cycles 2 et 3 verger mardi 12/01 midi", 2, (2, 3), JAN_12),
        ("cycle 2/3 verger mardi 12/01 midi", 2, (2, 3), JAN_12),
        ("8 mai 1945 C3 mardi 12/01 midi", 3, (3,), JAN_12),  # a school's name is not a date
    ],
)
def test_cycles_and_schools_are_not_taken_for_dates(
    text: str, school: int, cycles: tuple[int, ...], meant: date
) -> None:
    said = understand_meeting(text, NOW, SCHOOLS)
    assert (said.school_id, said.cycles, said.day.day, said.asks) == (school, cycles, meant, ())


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("réunion", (Ask.SCHOOL_MISSING, Ask.CYCLE_MISSING, Ask.DAY_MISSING, Ask.HOUR_MISSING)),
        ("réunion cycle 2 mardi 12/01 11h45", (Ask.SCHOOL_MISSING,)),
        ("tilleuls et verger cycle 2 mardi 12/01 11h45", (Ask.SCHOOL_UNCLEAR,)),
        ("tilleuls cycle 2, 3 décembre 11h45", (Ask.DAY_UNCLEAR,)),
        ("tilleuls cycle 2 lundi 12/01 11h45", (Ask.DAY_CONTRADICTS,)),
        ("tilleuls mardi 12/01 3h", (Ask.CYCLE_MISSING, Ask.HOUR_UNCLEAR)),
    ],
)
def test_what_a_line_leaves_open_is_listed(text: str, asks: tuple[Ask, ...]) -> None:
    assert understand_meeting(text, NOW, SCHOOLS).asks == asks


def test_the_only_school_need_not_be_named_and_the_longer_name_wins() -> None:
    assert understand_meeting("cycle 2 demain midi", NOW, {7: "Les Tilleuls"}).school_id == 7
    both = {1: "Les Tilleuls", 2: "Les Tilleuls Nord"}
    assert understand_meeting("tilleuls nord cycle 2 demain midi", NOW, both).school_id == 2


@given(st.dates(TODAY, TODAY + timedelta(days=299)))
def test_the_dates_we_write_are_the_dates_we_read(then: date) -> None:
    written = (f"{then:%d/%m/%Y}", f"{then:%d/%m}", then.isoformat(), dates.full_day(then, NOW))
    assert {day(text).day for text in written} == {then}


TYPED = """
    lundi mardi jeudi prochain le ce en huit demain midi 12 24 3 12/01 31/11 janvier février 1er 11h45 9h
    ou pas dans semaine prochaine cycle 2 c3 et / - : , Tilleuls 2027 aujourd'hui après 25h
"""
WORDS = TYPED.split()


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join) | st.text(max_size=80))
def test_whatever_is_typed_gives_a_coming_day_or_a_question(text: str) -> None:
    said = understand_meeting(text, NOW, SCHOOLS)
    assert (said.day.day is None) is (said.day.ask is not None)
    assert said.day.day is None or said.day.day >= TODAY
    assert said.day.day is None or said.day.candidates == ()
    assert all(d >= TODAY for d in said.day.candidates)
    assert (said.hour.start is None) is (said.hour.ask is not None)


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_a_named_weekday_never_gives_another_weekday(text: str) -> None:
    said = day(text)
    if said.day and "mardi" in text.split():
        assert said.day.weekday() == 1
    if said.day and "jeudi" in text.split():
        assert said.day.weekday() == 3
