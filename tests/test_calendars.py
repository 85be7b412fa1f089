"""The two calendars, kept in the database; a file that is no use leaves them as they were."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from bot import calendars
from bot.apply import apply
from bot.calendars import CalendarRefused, import_file
from bot.centres import parse
from bot.rules.calendar import Answer, est_vacances, no_class, warn_from
from bot.scheduler import Scheduler
from bot.team import hours_of
from storage import centres
from storage.conversations import Bubble
from storage.due import Due
from storage.encryption import unlock
from storage.people import Account, staff_named
from storage.store import Store
from tests.cast import CENTRES, StageClock
from tests.databases import KEY
from tests.rules.test_calendar_import import EXPORT, as_csv, as_json
from tests.test_ical import CHRISTMAS, calendar

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    unlock(KEY)
    opened = Store(database_url)
    async with opened.work(NOW) as work:
        await apply(work, parse(CENTRES))
    yield opened
    await opened.close()


async def test_the_shipped_years_of_the_three_zones_are_there_and_beyond_is_unknown(store: Store) -> None:
    async with store.work(NOW) as work:
        for zone, winter in (("A", date(2027, 2, 15)), ("B", date(2027, 2, 22)), ("C", date(2027, 2, 8))):
            found = await calendars.of_zone(work, zone)
            assert est_vacances(found, winter) is Answer.YES
            assert est_vacances(found, date(2030, 1, 8)) is Answer.UNKNOWN


async def test_seeding_again_changes_nothing(store: Store) -> None:
    async with store.work(NOW) as work:
        before = await calendars.of_zone(work, "C")
    async with store.work(NOW) as work:
        await calendars.seed(work)
    async with store.work(NOW) as work:
        assert await calendars.of_zone(work, "C") == before
        assert (
            await work.session.scalar(select(func.count()).select_from(Due).where(Due.kind == calendars.ENDS))
            == 2
        )


async def test_a_school_has_its_own_days_its_zone_and_its_wednesdays(store: Store) -> None:
    own = """days = [
        { day = 2026-12-08, has_class = false, reason = "pont du maire" },
        { day = 2026-12-19, has_class = true },
    ]"""
    midday = 'midday = "11:30-13:30"'
    source = CENTRES.replace(midday, f"{midday}\nwednesdays = true\n{own}", 1)
    async with store.work(NOW) as work:
        said = await apply(work, parse(source))
        assert "école Les Tilleuls : jours particuliers mis à jour" in said
        assert await apply(work, parse(source)) == []
    async with store.work(NOW) as work:
        school = await centres.school_named(work.session, "Les Tilleuls")
        assert school is not None
        assert school.wednesdays
        found = await calendars.of_school(work, school.id)
        closed = no_class(found, date(2026, 12, 8))
        assert closed is not None
        assert closed.name == "pont du maire"
        assert no_class(found, date(2026, 12, 19)) is None, "a Saturday made up"
    twice = source.replace("2026-12-19", "2026-12-08")
    with pytest.raises(Exception, match="dit deux fois"):
        parse(twice)


@pytest.mark.parametrize("text", [as_json(), as_csv()])
async def test_the_official_export_corrects_the_zone_and_says_what_is_left_as_it_was(
    store: Store, text: str
) -> None:
    async with store.work(NOW) as work:
        said = await import_file(work, text.encode())
    assert any(one.startswith("Zone C : vacances connues du") for one in said)
    assert any(one.startswith("Zone A inchangée") for one in said)
    async with store.work(NOW) as work:
        assert est_vacances(await calendars.of_zone(work, "C"), date(2026, 12, 22)) is Answer.YES


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "vide"),
        (b"[]", "aucune des zones"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b'{"a": 1', "JSON"),
        (b"a;b\n1;2", "export"),
        (json.dumps([EXPORT[3], {**EXPORT[3], "start_date": "2026-10-20"}]).encode(), "contredisent"),
        (calendar().encode(), "aucune fermeture"),
        (calendar(CHRISTMAS).encode(), "à quel centre"),
    ],
)
async def test_a_file_that_is_no_use_is_refused_and_the_old_is_kept(
    store: Store, content: bytes, why: str
) -> None:
    async with store.work(NOW) as work:
        before = await calendars.of_zone(work, "C")
    with pytest.raises(CalendarRefused, match=why):
        async with store.work(NOW) as work:
            await import_file(work, content)
    async with store.work(NOW) as work:
        assert await calendars.of_zone(work, "C") == before


async def test_a_centres_own_calendar_closes_it_and_the_next_one_replaces_it(store: Store) -> None:
    name = "centre social d'Éragny"
    bridge = "SUMMARY:Fermé|DTSTART;VALUE=DATE:20270507"
    async with store.work(NOW) as work:
        said = await import_file(work, calendar(bridge).encode(), centre=name)
        assert said == [f"{name} : fermé du 07/05/2027 au 07/05/2027."]
        with pytest.raises(CalendarRefused, match="centre inconnu"):
            await import_file(work, calendar(bridge).encode(), centre="ailleurs")
    async with store.work(NOW) as work:
        [centre] = [one for one in await centres.all_centres(work.session) if one.name == name]
        closures = (await hours_of(work, centre.id)).closures
        assert (date(2027, 5, 7), date(2027, 5, 7)) in closures
        assert (date(2026, 12, 25), date(2027, 1, 3)) in closures, "the file's own stay"
        await import_file(work, calendar(CHRISTMAS).encode(), centre=name)
        assert (date(2027, 5, 7), date(2027, 5, 7)) not in (await hours_of(work, centre.id)).closures


@pytest.mark.parametrize(
    ("bomb", "why"),
    [
        (["SUMMARY:Fermé|DTSTART;VALUE=DATE:20261225|RRULE:FREQ=DAILY;COUNT=2000000000"], "plus de 400 fois"),
        (["SUMMARY:Fermé|DTSTART;VALUE=DATE:00010101|RRULE:FREQ=DAILY"], "plus de 5000 fois"),
        (["SUMMARY:Fermé|DTSTART;VALUE=DATE:20261225|RRULE:FREQ=SECONDLY"], "pas comprise"),
        (["SUMMARY:Fermé|DTSTART;VALUE=DATE:20261225|RRULE:FREQ=WEEKLY"] * 401, "400 fermetures"),
    ],
)
async def test_a_bomb_of_recurrences_is_refused_and_the_centres_closures_stay(
    store: Store, bomb: list[str], why: str
) -> None:
    name = "centre social d'Éragny"
    async with store.work(NOW) as work:
        await import_file(work, calendar(CHRISTMAS).encode(), centre=name)
        [centre] = [one for one in await centres.all_centres(work.session) if one.name == name]
        before = await hours_of(work, centre.id)
    with pytest.raises(CalendarRefused, match=why):
        async with store.work(NOW) as work:
            await import_file(work, calendar(CHRISTMAS, *bomb).encode(), centre=name)
    async with store.work(NOW) as work:
        assert await hours_of(work, centre.id) == before


async def test_the_coordinatrice_is_warned_six_months_before_the_known_years_end(store: Store) -> None:
    async with store.work(NOW) as work:
        farida = await staff_named(work.session, "Farida")
        assert farida is not None
        work.add(Account(person_id=farida.id, address="77", joined_at=NOW))
        known = await calendars.of_zone(work, "C")
    clock = StageClock(datetime.combine(warn_from(known), datetime.min.time(), tzinfo=UTC))
    scheduler = Scheduler(store, clock)
    await scheduler.tick()
    assert await notes(store) == 0
    clock.set(datetime.combine(known.known_until, datetime.min.time(), tzinfo=UTC))
    await scheduler.tick()
    await scheduler.tick()
    assert await notes(store) == 1


async def notes(store: Store) -> int:
    async with store.work(NOW) as work:
        found = select(func.count()).select_from(Bubble).where(Bubble.address == "77", Bubble.part == "note")
        return await work.session.scalar(found) or 0
