"""Forged touches of the buttons by which promises are kept: they change nothing that is not theirs."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from shutil import copy

import pytest
from sqlalchemy import func, select

from bot.rights import may
from bot.rules.paris import local_date
from handlers.verbs_promises import VERBS
from storage import people
from storage.conversations import Bubble, Conversation
from storage.due import Due
from storage.promises import Ask
from storage.store import Store
from tests.cast import PARIS, TUESDAY_MORNING, StageClock
from tests.office import Office

TEACHERS = {"Mme Diallo": "Les Tilleuls", "M. Roux": "Le Verger", "Mme Petit": "Les Peupliers"}
THREE_QUARTERS = datetime(2026, 11, 25, 16, 20, tzinfo=PARIS)
ARGUMENTS = ("", "1", "0", "x", "9" * 40, "1.1", "nothing", "answer", "clas", "today", "first")


@pytest.fixture
async def office(tmp_path: Path, prepared_sqlite: Path) -> AsyncIterator[Office]:
    """Mme Diallo waits at Chantal's, and it was offered to Esmaman; the others have threads of their own."""
    copy(prepared_sqlite, tmp_path / "office.db")
    made = Office(Store(f"sqlite+aiosqlite:///{tmp_path / 'office.db'}"), StageClock(TUESDAY_MORNING))
    await made.opens(TEACHERS)
    for name in TEACHERS:
        await made.writes(name, "Yanis B. ne rend plus ses devoirs, peut-on en parler ?")
    await made.until(THREE_QUARTERS)
    yield made
    await made.store.close()


async def state(office: Office) -> object:
    """All that a touch could change of Mme Diallo's conversation."""
    async with office.work() as work:
        one = (
            await work.session.scalars(
                select(Conversation).where(Conversation.teacher_id == office.ids["Mme Diallo"])
            )
        ).one()
        planned = await work.session.scalar(
            select(func.count()).select_from(Due).where(Due.subject_id == one.id, Due.done_at.is_(None))
        )
        asked = (
            await work.session.execute(
                select(Ask.person_id, Ask.over_at).where(Ask.conversation_id == one.id).order_by(Ask.id)
            )
        ).all()
        return (
            one.state,
            one.reader_id,
            one.opens,
            one.promised_at,
            one.call_at,
            planned,
            [*map(tuple, asked)],
        )


async def forges(office: Office, name: str, verb: str, argument: str) -> None:
    """Press data of her own making on each bubble of her chat."""
    async with office.work() as work:
        known = await people.known(work.session, office.addresses[name], local_date(work.now))
        bubbles = (
            await work.session.scalars(select(Bubble.id).where(Bubble.address == office.addresses[name]))
        ).all()
    for bubble in bubbles:
        if may(VERBS[verb][1], known):
            await office.touches(bubble, verb, argument)


@pytest.mark.parametrize("name", ["M. Roux", "Mme Petit", "Nadia", "Farida"])
async def test_nobody_touches_what_is_not_hers(office: Office, name: str) -> None:
    before = await state(office)
    for verb in VERBS:
        for argument in ARGUMENTS:
            await forges(office, name, verb, argument)
    assert await state(office) == before


async def test_arguments_of_ones_own_making_choose_nothing(office: Office) -> None:
    before = await state(office)
    for verb in ("later-at", "noted-who", "noted-school", "noted-what", "noted-owes"):
        for argument in ARGUMENTS:
            await forges(office, "Chantal", verb, argument)
    for argument in ARGUMENTS:
        await forges(office, "Mme Diallo", "call-slot", argument)
    assert await state(office) == before


async def test_an_offer_is_hers_only_to_whom_it_was_made_and_only_once(office: Office) -> None:
    async with office.work() as work:
        offer = (
            await work.session.scalars(
                select(Ask).where(Ask.person_id == office.ids["Esmaman"], Ask.what == "offer")
            )
        ).one()
    assert offer.bubble_id is not None
    await office.touches(offer.bubble_id, "take-offer")
    taken = await state(office)
    for verb in ("take-offer", "refuse-offer", "is-away", "offer-back", "done", "cannot"):
        await office.touches(offer.bubble_id, verb)
    after = await state(office)
    assert isinstance(taken, tuple)
    assert isinstance(after, tuple)
    assert after[1] == taken[1] == office.ids["Esmaman"]
