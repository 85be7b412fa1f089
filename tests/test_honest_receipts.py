"""Receipts are true on each day and at each hour of three school years (E9–11), whoever is away.

What is open and who is away is reckoned again here, plainly, from the rows: not by the rules that
wrote the receipt.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from shutil import copy

import pytest
from sqlalchemy import select

from bot.rules.paris import local
from bot.rules.public_holidays import public_holiday
from bot.rules.said_dates import understand
from bot.texts import dates
from storage.absences import Absence
from storage.centres import Closure, OpeningPeriod
from storage.conversations import Conversation
from storage.store import Store, Work
from tests.cast import PARIS, StageClock
from tests.office import Office

FIRST, LAST = date(2025, 9, 1), date(2028, 7, 13)
TEACHERS = {"Mme Diallo": "Les Tilleuls", "Mme Petit": "Les Peupliers"}
MESSAGES = 250
MIDDAY = time(12)
STEP = timedelta(minutes=15)


@dataclass
class Truth:
    """One centre's rows, read one by one."""

    periods: list[OpeningPeriod]
    closures: list[Closure]
    absences: dict[int, list[Absence]]

    def is_open(self, moment: datetime) -> bool:
        wall = local(moment)
        if public_holiday(wall.date()) or any(one.first <= wall.date() <= one.last for one in self.closures):
            return False
        return any(
            one.weekday == wall.weekday() and one.starts <= wall.time() < one.ends for one in self.periods
        )

    def first_open(self, after: datetime) -> datetime:
        moment = after.replace(minute=after.minute // 15 * 15, second=0, microsecond=0)
        while moment <= after or not self.is_open(moment):
            moment += STEP
        return moment

    def is_away(self, person_id: int, moment: datetime) -> bool:
        wall = local(moment)
        for one in self.absences.get(person_id, []):
            here_still = wall.date() == one.first and one.from_midday and wall.time() < MIDDAY
            here_again = wall.date() == one.last and one.until_midday and wall.time() >= MIDDAY
            if one.first <= wall.date() <= one.last and not here_still and not here_again:
                return True
        return False


async def an_office(path: Path, prepared: Path, dice: Random) -> Office:
    copy(prepared, path)
    office = Office(
        Store(f"sqlite+aiosqlite:///{path}"), StageClock(datetime(2025, 9, 1, 0, 5, tzinfo=PARIS))
    )
    await office.opens(TEACHERS)
    async with office.work() as work:
        for name in ("Chantal", "Esmaman", "Farida", "Nadia", "Solène"):
            for absence in absences(office.ids[name], dice):
                work.add(absence)
        for centre_id in (1, 2):
            for closure in closures(centre_id, dice):
                work.add(closure)
    return office


def absences(person_id: int, dice: Random) -> Iterable[Absence]:
    day = FIRST + timedelta(days=dice.randint(0, 20))
    while day < LAST:
        last = day + timedelta(days=dice.choice((0, 0, 1, 3, 6, 13)))
        yield Absence(
            person_id=person_id,
            first=day,
            last=last,
            from_midday=last > day and dice.random() < 0.3,
            until_midday=last > day and dice.random() < 0.3,
            declared_by_id=person_id,
        )
        day = last + timedelta(days=dice.randint(2, 30))


def closures(centre_id: int, dice: Random) -> Iterable[Closure]:
    day = FIRST + timedelta(days=dice.randint(20, 90))
    while day < LAST:
        last = day + timedelta(days=dice.choice((0, 1, 4, 9)))
        yield Closure(centre_id=centre_id, first=day, last=last)
        day = last + timedelta(days=dice.randint(30, 120))


async def truth(work: Work, centre_id: int) -> Truth:
    wanted = OpeningPeriod.centre_id == centre_id
    found = Truth(
        list(await work.session.scalars(select(OpeningPeriod).where(wanted))),
        list(await work.session.scalars(select(Closure).where(Closure.centre_id == centre_id))),
        {},
    )
    for one in await work.session.scalars(select(Absence)):
        found.absences.setdefault(one.person_id, []).append(one)
    return found


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def complaints(
    receipt: str, now: datetime, known: Truth, conversation: Conversation, ids: dict[str, int]
) -> list[str]:
    """What is not true in a receipt."""
    names = {person_id: name for name, person_id in ids.items()}
    found = []
    reader = names[conversation.reader_id]
    if reader not in receipt or "vous répond d'ici" not in receipt:
        found.append(f"{reader} not named")
    if known.is_away(conversation.reader_id, now) and f"{reader} ne lira pas avant" not in receipt:
        found.append(f"{reader} is away")
    said_away = re.search(r"(\w+) est absente(?: jusqu'au (.*?))?\.", receipt)
    if said_away and not known.is_away(ids[said_away[1]], now):
        found.append(f"{said_away[1]} is here")
    reopens = re.search(r"rouvre (.*?)(?: ;|\.)", receipt)
    if reopens:
        opening = known.first_open(now)
        if known.is_open(now) or reopens[1] not in (
            plain(dates.moment(opening, now)),
            plain(dates.stamp(opening, now)),
        ):
            found.append(f"reopens at {opening}")
    due = conversation.promised_at
    if due is None:
        return [*found, "no promise"]
    last_minute = due - timedelta(minutes=1)
    if local(due).time() == MIDDAY:
        morning = [due - STEP * n for n in range(1, 20)]
        if not any(known.is_open(one) for one in morning):
            found.append(f"closed on the morning of {due}")
    elif not known.is_open(last_minute):
        found.append(f"closed just before {due}")
    if known.is_away(conversation.reader_id, last_minute):
        found.append(f"{reader} is away at {due}")
    words = re.search(r"d'ici (.*?)\.(?:\n|$)", receipt)
    if words is None or understand(words[1], now)[0].day != local(due).date():
        found.append(f"the words do not say {due}")
    return found


@pytest.mark.parametrize("seed", [1])
async def test_receipts_are_true_for_three_years(seed: int, tmp_path: Path, prepared_sqlite: Path) -> None:
    dice = Random(seed)
    office = await an_office(tmp_path / "office.db", prepared_sqlite, dice)
    async with office.work() as work:
        truths = {centre_id: await truth(work, centre_id) for centre_id in (1, 2)}
    hours = [
        datetime.combine(FIRST, time(0, 30), PARIS) + timedelta(hours=n)
        for n in range((LAST - FIRST).days * 24)
    ]
    seen = {"rouvre": 0, "est absente": 0, "ne lira pas avant": 0, "fermé": 0, "qui coordonne": 0}
    wrong = []
    for moment in sorted(dice.sample(hours, MESSAGES)):
        office.clock.set(moment)
        name = dice.choice(tuple(TEACHERS))
        await office.writes(name, "Yanis B. ne rend plus ses devoirs, peut-on en parler ?")
        receipt = await office.latest(name, "receipt")
        assert receipt is not None
        receipt = plain(receipt)
        async with office.work() as work:
            conversation = (
                await work.session.scalars(select(Conversation).order_by(Conversation.id.desc()).limit(1))
            ).one()
            known = truths[conversation.centre_id]
            for one in complaints(receipt, moment, known, conversation, office.ids):
                wrong.append(f"{moment:%a %d/%m/%Y %H:%M} {one}: {receipt!r}")
            conversation.state, conversation.current = "closed", False
        for word in seen:
            seen[word] += word in receipt
    assert wrong == []
    assert all(seen.values()), f"the walk meets each kind of receipt: {seen}"
    await office.store.close()
