"""What survives a restart, and what cannot be read."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.demo.telegram import LocalBotApi
from tests.phones import Phone, new_group


async def test_a_restart_finds_everything_again(tmp_path: Path) -> None:
    file = tmp_path / "state" / "demo.db"
    api = LocalBotApi(state=file)
    await api.start()
    api.clock.set(datetime(2026, 11, 24, 18, 42, tzinfo=UTC))
    awa = Phone(api, "Awa", "Diallo")
    await awa.opens()
    written = await awa.writes("Bonjour")
    await awa.reacts(written, "👍")
    photo = await awa.sends_photo("la classe")
    poll = await awa.sends_poll("Quand ?", ["lundi", "mardi"])
    await awa.votes(poll, 1)
    gone = await awa.writes("oubliez")
    chat = new_group(api, "Équipe", awa, forum=True, admin=True)
    await api.stop()
    await awa.deletes(gone)
    await api.stop()

    again = LocalBotApi(state=file)
    world = again.world
    assert world.people[awa.id].name == "Awa Diallo"
    kept = world.chats[awa.id].messages
    assert list(kept) == [1, written.id, photo.id, poll.id]
    assert kept[written.id].reactions == {awa.id: [{"type": "emoji", "emoji": "👍"}]}
    assert kept[photo.id].content["photo"][0]["file_id"] in world.files
    assert world.votes[kept[poll.id].content["poll"]["id"]] == {awa.id: [1]}
    assert world.chats[chat.id].forum
    assert [update.body for update in world.updates.pending] == [
        update.body for update in api.world.updates.pending
    ]
    assert (world.next_message, world.next_person) == (api.world.next_message, api.world.next_person)
    assert abs((again.clock.now() - api.clock.now()).total_seconds()) < 60
    api.close()
    again.close()


async def test_a_killed_emulator_had_saved_by_itself(tmp_path: Path) -> None:
    file = tmp_path / "demo.db"
    api = LocalBotApi(state=file)
    await api.start()
    awa = Phone(api, "Awa")
    async with asyncio.timeout(5):
        while True:
            again = LocalBotApi(state=file)
            known = awa.id in again.world.people
            again.close()
            if known:
                break
            await asyncio.sleep(0.1)
    await api.stop()
    api.close()


async def test_starting_afresh_empties_the_file_too(tmp_path: Path) -> None:
    file = tmp_path / "demo.db"
    api = LocalBotApi(state=file)
    await Phone(api, "Awa").opens()
    api.reset()
    api.close()
    again = LocalBotApi(state=file)
    assert (again.world.people, len(again.world.updates.pending)) == ({}, 0)
    assert again.world.next_person > 5_000_000_001
    again.close()


def test_another_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "demo.db"
    file.write_text("not a database, but long enough to be looked at" * 100)
    with pytest.raises(ValueError, match="is not a state file of this version"):
        LocalBotApi(state=file)
