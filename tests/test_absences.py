"""Days away: said by touches, by whom they are hers to say; a forged touch changes nothing."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import absences as use_case
from bot.texts.month import grid
from storage import due
from storage.absences import Absence
from tests.chats import AWA, CHANTAL, ESMAMAN, FARIDA, NADIA, NOON, World, world_in


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with world_in(tmp_path) as made:
        await made.joined_staff(CHANTAL, "Chantal")
        yield made


async def absences(world: World) -> list[Absence]:
    async with world.store.work(world.now) as work:
        return list(await work.session.scalars(select(Absence).order_by(Absence.id)))


async def open_absence(world: World, address: str) -> None:
    async with world.store.work(world.now) as work:
        await use_case.show(work, address)


@pytest.mark.parametrize(
    ("now", "label", "first", "last"),
    [
        (NOON, "Aujourd'hui", date(2026, 11, 24), date(2026, 11, 24)),
        (NOON, "Demain", date(2026, 11, 25), date(2026, 11, 25)),
        (NOON, "Cette semaine", date(2026, 11, 24), date(2026, 11, 29)),
        (NOON + timedelta(days=4), "La semaine prochaine", date(2026, 11, 30), date(2026, 12, 6)),
        # half past midnight in Paris, still yesterday in UTC
        (datetime(2026, 11, 24, 23, 30, tzinfo=UTC), "Aujourd'hui", date(2026, 11, 25), date(2026, 11, 25)),
    ],
)
async def test_the_usual_answers_mean_days_of_paris(
    world: World, now: datetime, label: str, first: date, last: date
) -> None:
    world.now = now
    await open_absence(world, CHANTAL)
    await world.press(CHANTAL, label)
    (noted,) = await absences(world)
    assert (noted.first, noted.last) == (first, last)


async def test_who_is_said_to_read_is_somebody_who_can(world: World) -> None:
    async def said_to_read() -> str:
        await open_absence(world, CHANTAL)
        await world.press(CHANTAL, "Aujourd'hui")
        said = (await world.chat(CHANTAL)).last
        await world.press(CHANTAL, "Annuler l'absence")
        return said

    assert "Personne ne lit à votre place : ce qui arrive attendra." in await said_to_read()
    await world.joined_staff(FARIDA, "Farida")
    assert "Farida, qui coordonne, lit si besoin." in await said_to_read()
    await world.joined_staff(ESMAMAN, "Esmaman")
    assert "Esmaman lit à votre place." in await said_to_read()
    await open_absence(world, ESMAMAN)
    await world.press(ESMAMAN, "Aujourd'hui")
    assert "Farida, qui coordonne, lit si besoin." in await said_to_read()


async def test_an_absence_over_another_is_refused_with_its_reason(world: World) -> None:
    await open_absence(world, CHANTAL)
    await world.press(CHANTAL, "Cette semaine")
    await open_absence(world, CHANTAL)
    answer = await world.press(CHANTAL, "Demain")
    assert answer is not None
    assert "du 24 au 29 novembre" in answer
    assert len(await absences(world)) == 1


async def test_days_are_chosen_in_order_and_not_in_the_past(world: World) -> None:
    await open_absence(world, CHANTAL)
    await world.press(CHANTAL, "Choisir…")
    assert await world.forge(CHANTAL, "away-day:2026-11-23") == "Ce jour est passé."
    await world.press(CHANTAL, "26")
    answer = await world.forge(CHANTAL, "away-day:2026-11-25")
    assert answer is not None
    assert "finirait avant de commencer" in answer
    await world.press(CHANTAL, "‹ Retour")
    await world.press(CHANTAL, "Choisir…")
    await world.press(CHANTAL, "25")
    await world.press(CHANTAL, "25")
    (noted,) = await absences(world)
    assert (noted.first, noted.last) == (date(2026, 11, 25), date(2026, 11, 25))


@pytest.mark.parametrize(
    "data",
    [
        "away-day:2026-11-24", "away-month:2026-12", "away-cancel:1", "away-by:1.1", "away-cover:1",
        "away-noted:1", "away:today", "absent:1.today", "ring:never", "night:yes", "hide:no", "know:yes",
        "know:no", "staff-cut:1", "staff-one:2", "staff-link:1", "staff-all", "class:XX", "school-role:boss",
    ],
)  # fmt: skip
async def test_forged_data_changes_nothing_for_a_teacher(world: World, data: str) -> None:
    await world.joined_teacher()
    await world.forge(AWA, data)
    assert await absences(world) == []
    assert await world.known(CHANTAL) is not None


@pytest.mark.parametrize(
    "data",
    [
        "away-day:hier", "away-day:", "away-day:9999-12-31", "away-month:2026", "away-month:9999-12",
        "away-cancel:x",
        f"away-cancel:{'9' * 50}", "away-by:1.1", "away-by:", "away-cover:1", "away-noted:0", "away:never",
        "absent:x.today", "absent:1.never", f"absent:{'9' * 50}.today", "ring:loud", "night:maybe",
        "hide:", "know:yes", "know:maybe", "class:CE1", "read-notice", "staff-cut:1", "staff-one:2",
    ],
)  # fmt: skip
async def test_forged_data_never_breaks_anything_for_the_team(world: World, data: str) -> None:
    await open_absence(world, CHANTAL)
    await world.forge(CHANTAL, data)
    assert await absences(world) == []
    assert await world.known(CHANTAL) is not None


async def test_only_herself_her_cover_and_her_head_say_somebodys_days(world: World) -> None:
    for address, name in ((ESMAMAN, "Esmaman"), (FARIDA, "Farida"), (NADIA, "Nadia")):
        await world.joined_staff(address, name)
    chantal = await world.person_id(CHANTAL)
    assert await world.forge(NADIA, f"absent:{chantal}.today") == "Cette absence n'est pas de votre équipe."
    assert await absences(world) == []
    assert await world.forge(ESMAMAN, f"absent:{chantal}.today") is None
    (noted,) = await absences(world)
    assert noted.declared_by_id == await world.person_id(ESMAMAN)
    assert "Esmaman a noté votre absence, aujourd'hui." in (await world.chat(CHANTAL)).last
    assert await world.forge(NADIA, f"away-cancel:{noted.id}") == "Ce bouton ne sert plus."
    await world.press(CHANTAL, "Annuler l'absence")
    (noted,) = await absences(world)
    assert noted.cancelled_at == NOON
    assert await world.forge(FARIDA, f"absent:{chantal}.week") is None


async def test_a_cancelled_absence_does_not_begin(world: World) -> None:
    await open_absence(world, CHANTAL)
    await world.press(CHANTAL, "Demain")
    await world.press(CHANTAL, "Annuler l'absence")
    world.now = NOON + timedelta(days=1)
    async with world.store.work(world.now) as work:
        assert not [one for one in await due.due_now(work.session, work.now, 10) if one.kind == "absence"]


def test_a_month_is_a_grid_from_monday_to_sunday() -> None:
    rows = grid(
        month=date(2026, 12, 1),
        earliest=date(2026, 11, 24),
        latest=date(2026, 12, 30),
        day="d",
        turn="t",
        blank="b",
    )
    assert rows[0] == (("‹", "t:2026-11"), ("décembre 2026", "b"), ("·", "b"))
    assert {len(row) for row in rows[1:]} == {7}
    assert rows[2][:2] == (("·", "b"), ("1", "d:2026-12-01"))
    assert ("30", "d:2026-12-30") in rows[-1]
    assert ("31", "d:2026-12-31") not in rows[-1]
