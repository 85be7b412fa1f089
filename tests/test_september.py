"""At the return: « toujours en CE1 ? », in a teacher's hours, until 30 September."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot import calendars
from bot.rules.paris import local_date
from storage import people
from tests.chats import AWA, CHANTAL, World, world_in


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with world_in(tmp_path) as made:
        await made.joined_staff(CHANTAL, "Chantal")
        yield made


SEPTEMBER = datetime(2027, 9, 8, 10, 0, 30, tzinfo=UTC)
"""Wednesday 8 September 2027, noon in Paris."""


async def in_september(world: World) -> None:
    """A teacher of CE1 at the return, on the Thursday when she may be asked."""
    await world.joined_teacher()
    async with world.store.work(world.now) as work:
        await calendars.seed(work)
        known = await people.known(work.session, AWA, local_date(world.now))
        assert known is not None
        known.teaching[0].confirmed_at = world.now
    world.now = SEPTEMBER
    await world.tick()
    assert "Bonne rentrée" not in (await world.chat(AWA)).last, "no class on Wednesdays"
    world.now += timedelta(days=1)
    await world.tick()


async def test_at_the_return_she_says_that_she_is_still_there(world: World) -> None:
    await in_september(world)
    asked = (await world.chat(AWA)).last
    assert asked.startswith("Bonne rentrée, Awa. Toujours en CE1, Les Tilleuls ?")
    await world.press(AWA, "Oui")
    known = await world.known(AWA)
    assert known is not None
    assert known.teaching[0].last == date(2028, 9, 30)
    world.now = SEPTEMBER + timedelta(days=20)
    await world.tick()
    assert (await world.chat(AWA)).last.startswith("C'est noté : CE1, Les Tilleuls.")


async def test_at_the_return_she_has_another_class(world: World) -> None:
    await in_september(world)
    await world.press(AWA, "J'ai changé")
    await world.press(AWA, "CM2")
    known = await world.known(AWA)
    assert known is not None
    assert (known.teaching[0].classes, known.teaching[0].last) == ("CM2", date(2028, 9, 30))


async def test_at_the_return_she_has_left(world: World) -> None:
    await in_september(world)
    await world.press(AWA, "Je ne suis plus à l'école")
    assert await world.known(AWA) is None


async def test_without_an_answer_she_is_asked_once_more_and_then_the_year_is_over(world: World) -> None:
    await in_september(world)
    world.now = SEPTEMBER + timedelta(days=15)
    await world.tick()
    chat = await world.chat(AWA)
    questions = [bool(buttons) for words, buttons in chat.bubbles.values() if "Bonne rentrée" in words]
    assert questions == [False, True]
    world.now = SEPTEMBER + timedelta(days=23)
    await world.tick()
    assert await world.known(AWA) is None
