"""« Vous la connaissez ? »: who came by a poster is confirmed by somebody, or goes."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import confirming, invitations, revocation
from bot.incoming import Press
from bot.rules.paris import local_date
from storage import people
from storage.conversations import Bubble
from storage.people import Membership
from tests.chats import AWA, CHANTAL, NADIA, NOON, World, world_in


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with world_in(tmp_path) as made:
        await made.joined_staff(CHANTAL, "Chantal")
        yield made


async def test_nobody_confirms_so_the_centre_is_asked_again_then_the_access_closes(world: World) -> None:
    await world.joined_teacher()
    world.now = NOON + timedelta(days=30, minutes=1)
    await world.tick()
    assert any("Vous la connaissez" in said for said in (await world.chat(CHANTAL)).said)
    world.now += timedelta(days=7, minutes=1)
    await world.tick()
    assert await world.known(AWA) is None
    assert "Personne du centre n'a confirmé" in (await world.chat(AWA)).last
    await world.press(CHANTAL, "Oui")
    assert await world.known(AWA) is None, "too late: the first decision holds"


async def test_asked_again_chantal_confirms_and_the_access_stays(world: World) -> None:
    await world.joined_teacher()
    world.now = NOON + timedelta(days=31)
    await world.tick()
    await world.press(CHANTAL, "Oui")
    assert any("vous la connaissez" in said for said in (await world.chat(CHANTAL)).said)
    world.now += timedelta(days=8)
    await world.tick()
    known = await world.known(AWA)
    assert known is not None
    assert known.teaching[0].confirmed_at is not None


async def test_while_there_is_nobody_to_ask_no_access_closes(world: World) -> None:
    await world.joined_teacher()
    async with world.store.work(world.now) as work:
        chantal, _ = await invitations.staff_named(work, "Chantal")
        await revocation.revoke(work, chantal, None)
    for days in (31, 39, 47):
        world.now = NOON + timedelta(days=days)
        await world.tick()
    assert await world.known(AWA) is not None


async def test_somebody_of_another_centre_cannot_confirm(world: World) -> None:
    await world.joined_staff(NADIA, "Nadia")
    await world.joined_teacher()
    world.now = NOON + timedelta(days=31)
    await world.tick()
    chat = await world.chat(CHANTAL)
    async with world.store.work(world.now) as work:
        known = await people.known(work.session, NADIA, local_date(world.now))
        bubble = await work.session.get(Bubble, chat.button("Oui")[0])
        press = Press(NADIA, "q", "know", "yes", "1", known, bubble)
        assert await confirming.answer(work, press) == "Ce bouton ne sert plus."
        hers = select(Membership.confirmed_at).where(Membership.role == "enseignante")
        assert list(await work.session.scalars(hers)) == [None]
