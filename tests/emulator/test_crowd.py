"""The crowd that the figures are taken in, made small."""

from pathlib import Path

from bot.demo.telegram import LocalBotApi
from tests.phones import Phone
from tools.crowd import TOKEN, fill


async def test_a_crowd_joins_whoever_was_there_and_leaves_nothing_for_the_bot(tmp_path: Path) -> None:
    state = tmp_path / "telegram.db"
    before = LocalBotApi(TOKEN, state=state)
    awa = Phone(before, "Awa")
    await awa.opens()
    before.world.updates.pending.clear()
    assert before.state is not None
    before.state.save()
    before.close()

    fill(state, chats=5, messages=50)
    world = LocalBotApi(TOKEN, state=state).world
    assert world.people[awa.id].name == "Awa"
    assert len(world.people) == 6
    assert sum(len(chat.messages) for chat in world.chats.values()) == 51
    assert not world.updates.pending
