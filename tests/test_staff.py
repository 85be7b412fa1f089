"""The team from its coordinatrice's phone; codes, and phones that are lost."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot import absences, invitations, joining, revocation, staff
from bot.rights import Who, may
from storage.facts import remember
from storage.invitations import Invitation
from storage.trace import Access
from tests.chats import CHANTAL, ESMAMAN, FARIDA, NADIA, NOON, SOMEBODY, World, world_in


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with world_in(tmp_path) as made:
        await made.joined_staff(CHANTAL, "Chantal")
        yield made


async def test_the_team_is_the_coordinatrices_alone_and_only_hers(world: World) -> None:
    await world.joined_staff(FARIDA, "Farida")
    await world.joined_staff(NADIA, "Nadia")
    async with world.store.work(world.now) as work:
        await staff.show(work, CHANTAL)
        await staff.show(work, FARIDA)
    assert "pour la coordinatrice" in (await world.chat(CHANTAL)).last
    team = (await world.chat(FARIDA)).last
    assert "Chantal, référente : là" in team
    assert "Esmaman, référente : n'a pas encore ouvert son lien" in team
    assert "Nadia" not in team
    nadia = await world.person_id(NADIA)
    farida = await world.person_id(FARIDA)
    for data in (f"staff-one:{nadia}", f"staff-cut:{nadia}", f"staff-link:{nadia}", f"staff-cut:{farida}"):
        assert await world.forge(FARIDA, data) == "Cette personne n'est pas de votre équipe."
    assert await world.known(NADIA) is not None


async def test_the_coordinatrice_makes_a_new_link_for_her_team(world: World) -> None:
    await world.joined_staff(FARIDA, "Farida")
    async with world.store.work(world.now) as work:
        await remember(work.session, "username", "passerelle_bot")
        await staff.show(work, FARIDA)
    await world.press(FARIDA, "Esmaman")
    await world.press(FARIDA, "Nouveau lien")
    code = (await world.chat(FARIDA)).last.partition("https://t.me/passerelle_bot?start=")[2].split()[0]
    await world.start(ESMAMAN, code)
    assert await world.known(ESMAMAN) is not None


async def test_a_lost_phone_is_emptied_young_bubbles_deleted_old_ones_blanked(world: World) -> None:
    old = len((await world.chat(CHANTAL)).bubbles)
    world.now = NOON + timedelta(days=3)
    async with world.store.work(world.now) as work:
        await absences.show(work, CHANTAL)
    async with world.store.work(world.now) as work:
        chantal, _ = await invitations.staff_named(work, "Chantal")
        code = await revocation.revoke(work, chantal, None)
        accesses = list(await work.session.scalars(select(Access.what)))
    assert (await world.chat(CHANTAL)).said == ["effacé"] * old
    assert await world.known(CHANTAL) is None
    assert accesses == [f"revoked:{chantal.id}"]
    await world.start(SOMEBODY, code, "Chantal")
    assert await world.known(SOMEBODY) is not None


async def test_a_new_staff_code_takes_the_unused_ones_away(world: World) -> None:
    first = await world.staff_code("Esmaman")
    await world.staff_code("Esmaman")
    await world.start(ESMAMAN, first)
    assert await world.known(ESMAMAN) is None


@pytest.mark.parametrize(
    ("school", "options", "said"),
    [
        ("Les Tilleul", {}, "« Les Tilleuls »"),
        ("Zzz", {}, "Aucune école ne s'appelle « Zzz »."),
        ("Les Tilleuls", {"uses": 0}, "de 1 à 200"),
        ("Les Tilleuls", {"uses": 5000}, "de 1 à 200"),
        ("Les Tilleuls", {"until": date(2026, 11, 23)}, "23/11/2026 est passé"),
        ("Les Tilleuls", {"until": date(2028, 11, 23)}, "trop loin"),
    ],
)
async def test_a_code_that_cannot_be_made_says_why(
    world: World, school: str, options: dict[str, int], said: str
) -> None:
    with pytest.raises(invitations.InvitationError) as refused:
        await world.school_code(school, **options)
    assert said in str(refused.value).replace("\N{NO-BREAK SPACE}", " ")
    async with world.store.work(world.now) as work:
        schools = select(func.count()).where(Invitation.school_id.is_not(None))
        assert await work.session.scalar(schools) == 0, "nothing half-done"


async def test_a_name_nobody_of_the_team_bears_is_refused_with_the_nearest(world: World) -> None:
    with pytest.raises(invitations.InvitationError, match="Chantal"):
        await world.staff_code("chantale")


async def test_a_code_is_never_stored(world: World) -> None:
    code = await world.school_code()
    async with world.store.work(world.now) as work:
        stored = list(await work.session.scalars(select(Invitation.code_hash)))
    assert code not in stored
    assert joining.code_in(code) == code


def test_a_stranger_may_press_only_what_anyone_may() -> None:
    assert [who for who in Who if may(who, None)] == [Who.ANYONE]
