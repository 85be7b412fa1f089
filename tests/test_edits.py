"""Edits that no message stands under: an answer to a question of ours, a bubble of ours."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from shutil import copy

import pytest
from sqlalchemy import func, select

from bot import owe, relay
from bot.incoming import Incoming
from bot.rules.paris import local_date
from storage import people
from storage.conversations import Bubble, Message
from storage.store import Store
from tests.cast import PARIS, StageClock
from tests.office import Office

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=PARIS)
GRAVE = "Son père l'a frappé avec une ceinture."


@pytest.fixture
async def office(tmp_path: Path, prepared_sqlite: Path) -> AsyncIterator[Office]:
    copy(prepared_sqlite, tmp_path / "office.db")
    opened = Office(Store(f"sqlite+aiosqlite:///{tmp_path / 'office.db'}"), StageClock(NOW))
    await opened.opens({"Mme A.": "Les Tilleuls"})
    yield opened
    await opened.store.close()


async def mends(office: Office, ref: str) -> int:
    """Her edit of this bubble says something grave; how many messages there are then."""
    async with office.work() as work:
        known = await people.known(work.session, office.addresses["Mme A."], local_date(work.now))
        assert known is not None
        await relay.edited(work, known, Incoming(office.addresses["Mme A."], ref, "text", GRAVE))
    async with office.work() as work:
        return await work.session.scalar(select(func.count()).select_from(Message)) or 0


async def test_an_answer_mended_into_something_grave_is_a_message(office: Office) -> None:
    async with office.work() as work:
        address = office.addresses["Mme A."]
        known = await people.known(work.session, address, local_date(work.now))
        assert known is not None
        relay.was_an_answer(work, known, Incoming(address, "7", "text", "Demain"))
        await work.flush()
        answered = (await work.session.scalars(select(Bubble).where(Bubble.part == relay.TAKEN))).one()
        owe.send(work, address, "Noté.", part="note", reply_to=answered)
    assert await mends(office, "7") == 1


async def test_a_bubble_of_ours_cannot_be_mended(office: Office) -> None:
    await office.writes("Mme A.", "Lina ne fait plus ses devoirs.")
    async with office.work() as work:
        receipt = (await work.session.scalars(select(Bubble).where(Bubble.part == "receipt"))).one()
        receipt.ref = "99"
    assert await mends(office, "99") == 1
