"""No conversation passes its promised moment without two people having been asked (E10), over weeks."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from bot import answers
from bot.incoming import Incoming
from bot.nudges import WAITING
from bot.rules.hours import is_open
from bot.rules.paris import local_date
from bot.team import hours_of
from storage import people
from storage.absences import Absence
from storage.centres import Closure
from storage.conversations import Bubble, Conversation
from storage.promises import NUDGE, OFFER, Ask
from storage.store import Store
from tests.cast import PARIS, StageClock
from tests.office import Office

START = datetime(2026, 11, 23, 9, 0, tzinfo=PARIS)
WEEKS = 5
TEACHERS = {
    "Mme Diallo": "Les Tilleuls",
    "M. Roux": "Le Verger",
    "Mme Petit": "Les Peupliers",
    "M. Ba": "Les Tilleuls",
}
TEAM = ("Chantal", "Esmaman", "Farida", "Nadia", "Solène")
WORDS = (
    "Yanis B. ne rend plus ses devoirs.",
    "Lina K. est souvent absente le lundi.",
    "Peut-on venir au jardin partagé avec la classe ?",
    "La maman de Noé ne vient plus me parler.",
)


async def an_office(database_url: str) -> Office:
    office = Office(Store(database_url), StageClock(START))
    await office.opens(TEACHERS)
    return office


async def draw_absences(office: Office, dice: Random) -> None:
    """Days and half-days away, and a closure; some overlap, so that covers are away too."""
    async with office.work() as work:
        for name in TEAM:
            day = START.date() + timedelta(days=dice.randint(0, 10))
            while day < START.date() + timedelta(weeks=WEEKS):
                last = day + timedelta(days=dice.choice((0, 0, 1, 4, 6)))
                halves = dice.random() < 0.3 and last > day
                work.add(
                    Absence(
                        person_id=office.ids[name],
                        first=day,
                        last=last,
                        from_midday=halves,
                        until_midday=halves,
                        declared_by_id=office.ids[name],
                    )
                )
                day = last + timedelta(days=dice.randint(4, 20))
        closed = date(2026, 12, 7) + timedelta(days=dice.randint(0, 20))
        work.add(Closure(centre_id=1, first=closed, last=closed + timedelta(days=dice.randint(0, 2))))


async def acts(office: Office, dice: Random) -> None:
    """Somebody of the team touches what asks her, or answers; often nobody does anything."""
    async with office.work() as work:
        asks = (
            await work.session.scalars(select(Ask).where(Ask.over_at.is_(None), Ask.bubble_id.is_not(None)))
        ).all()
        cards = (
            await work.session.scalars(
                select(Bubble)
                .join(Conversation, Conversation.id == Bubble.conversation_id)
                .where(Bubble.part == "card", Bubble.removed_at.is_(None), Conversation.state.in_(WAITING))
            )
        ).all()
    deed = dice.random()
    if deed < 0.3 and asks:
        ask = dice.choice(asks)
        verbs = {NUDGE: ("cannot", "done", "call"), OFFER: ("take-offer", "refuse-offer", "refuse-offer")}
        assert ask.bubble_id is not None
        await office.touches(ask.bubble_id, dice.choice(verbs[ask.what]))
    elif deed < 0.5 and cards:
        await office.touches(dice.choice(cards).id, dice.choice(("call", "close", "back")))
    elif deed < 0.7 and cards:
        await _replies(office, dice.choice(cards))


async def _replies(office: Office, card: Bubble) -> None:
    async with office.work() as work:
        card = await work.session.get_one(Bubble, card.id)
        card.ref = card.ref or f"c{card.id}"
        await work.flush()
        known = await people.known(work.session, card.address, local_date(work.now))
        assert known is not None
        await answers.receive(
            work,
            known,
            Incoming(card.address, f"a{card.id}-{work.now:%s}", "text", "Oui.", reply_to=card.ref),
        )


async def passed_since(office: Office, since: datetime) -> dict[str, int]:
    """The promises that passed unanswered since then: how many people were asked in time for each."""
    found = {}
    async with office.work() as work:
        for one in (
            await work.session.scalars(
                select(Conversation).where(
                    Conversation.state.in_(WAITING),
                    Conversation.promised_at > since,
                    Conversation.promised_at <= work.now,
                )
            )
        ).all():
            asked = await work.session.scalars(
                select(Ask.person_id).where(
                    Ask.conversation_id == one.id,
                    Ask.promised_at == one.promised_at,
                    Ask.asked_at <= one.promised_at,
                )
            )
            found[f"{one.id}, promised {one.promised_at}"] = len(set(asked))
    return found


async def nudged_while_closed(office: Office) -> list[datetime]:
    found = []
    async with office.work() as work:
        for ask in (await work.session.scalars(select(Ask).where(Ask.what == NUDGE))).all():
            if not is_open(await hours_of(work, ask.centre_id), ask.asked_at):
                found.append(ask.asked_at)
    return found


@pytest.mark.parametrize("seed", range(2))
async def test_two_people_are_asked_before_a_promise_passes(seed: int, database_url: str) -> None:
    dice = Random(seed)
    office = await an_office(database_url)
    await draw_absences(office, dice)
    passed: dict[str, int] = {}
    moment = START
    while moment < START + timedelta(weeks=WEEKS):
        before = moment
        moment += timedelta(minutes=dice.randint(20, 600))
        await office.until(moment)
        passed |= await passed_since(office, before)
        if dice.random() < 0.5:
            await office.writes(dice.choice(tuple(TEACHERS)), dice.choice(WORDS))
        await acts(office, dice)
    assert {one: asked for one, asked in passed.items() if asked < 2} == {}
    assert await nudged_while_closed(office) == []
    assert len(passed) > 3, "the walk lets promises pass"
    async with office.work() as work:
        asked = (await work.session.scalars(select(Ask.what))).all()
    assert asked.count(NUDGE) > 10
    assert asked.count(OFFER) > 5
    await office.store.close()


def test_a_promise_is_made_in_one_place_only() -> None:
    root = Path(__file__).parent.parent
    made = [
        path.name
        for path in (root / "bot").glob("*.py")
        if re.search(r"\.promised_at\s*=[^=]", path.read_text(encoding="utf-8"))
    ]
    assert made == ["promises.py"], "elsewhere, nobody would be asked in time"
