"""Receipts are true on each day and at each hour of three school years (E9–11), whoever is away.

What is open and who is away is reckoned again here, plainly, from the rows: not by the rules that
wrote the receipt.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from shutil import copy

import pytest
from sqlalchemy import select

from bot.cards import promise_of
from bot.rules.paris import local, local_date
from bot.rules.public_holidays import public_holiday
from bot.rules.said_dates import plain as unaccented
from bot.rules.said_dates import read_day, read_hour
from bot.team import Desk, desk_of
from bot.texts import dates, receipt
from storage.absences import Absence
from storage.centres import Closure, OpeningPeriod, school_named
from storage.conversations import Conversation
from storage.store import Store, Work
from tests.cast import PARIS, StageClock
from tests.office import Office

FIRST, LAST = date(2025, 9, 1), date(2028, 7, 13)
TEACHERS = {"Mme Diallo": "Les Tilleuls", "Mme Petit": "Les Peupliers"}
MESSAGES = 250
MIDDAY = time(12)
STEP = timedelta(minutes=15)
A_SUMMER = 90 * 24 * 4
"""Steps: a receipt of the last day speaks of days that follow."""


@dataclass
class Truth:
    """One centre's rows, read one by one."""

    periods: list[OpeningPeriod]
    closures: list[Closure]
    absences: dict[int, list[Absence]]
    open_steps: list[datetime] = field(default_factory=list)
    """Every quarter of an hour at which it is open, looked at once."""

    def is_open(self, moment: datetime) -> bool:
        wall = local(moment)
        if public_holiday(wall.date()) or any(one.first <= wall.date() <= one.last for one in self.closures):
            return False
        return any(
            one.weekday == wall.weekday() and one.starts <= wall.time() < one.ends for one in self.periods
        )

    def first_open(self, after: datetime) -> datetime:
        if not self.open_steps:
            begins = datetime.combine(FIRST, time(), PARIS).astimezone(UTC)
            steps = (begins + STEP * n for n in range((LAST - FIRST).days * 24 * 4 + A_SUMMER))
            self.open_steps += [one for one in steps if self.is_open(one)]
        return self.open_steps[bisect_right(self.open_steps, after)]

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
    said = read_hour(unaccented(words[1]))[1] if words else ""
    if read_day(said, local_date(now)).day != local(due).date():
        found.append(f"the words do not say {due}")
    return found


def as_of(desk: Desk, day: date) -> Desk:
    """The desk with the absences that are not over: those the service reads."""
    ahead = {who: [one for one in rows if one.last >= day] for who, rows in desk.team.absences.items()}
    return replace(desk, team=replace(desk.team, absences=ahead))


def receipt_at(desk: Desk, names: dict[int, str], now: datetime) -> tuple[str, Conversation]:
    """What somebody who writes now would read, as the service decides it; nothing is stored."""
    reader = desk.reader(now)
    conversation = Conversation(
        reader_id=reader.person_id,
        referente_id=desk.referente_id,
        opens=reader.opens,
        promised_at=desk.promised(reader.person_id, now),
    )
    promise = promise_of(desk, conversation, names, unread=False, kind="text", now=now)
    return plain(receipt.received(promise=promise, full_name=False)), conversation


@pytest.mark.parametrize("school", sorted(TEACHERS.values()))
async def test_receipts_are_true_on_each_hour_of_three_years(
    school: str, tmp_path: Path, prepared_sqlite: Path
) -> None:
    office = await an_office(tmp_path / "office.db", prepared_sqlite, Random(2))
    names = {person_id: name for name, person_id in office.ids.items()}
    async with office.work() as work:
        row = await school_named(work.session, school)
        assert row is not None
        desk, known = await desk_of(work, row, ""), await truth(work, row.centre_id)
    wrong = []
    for ahead in range((LAST - FIRST).days):
        day = FIRST + timedelta(days=ahead)
        today = as_of(desk, day)
        for hour in range(24):
            now = datetime.combine(day, time(hour, 30), PARIS).astimezone(UTC)
            said, conversation = receipt_at(today, names, now)
            for one in complaints(said, now, known, conversation, office.ids):
                wrong.append(f"{local(now):%a %d/%m/%Y %H:%M} {one}: {said!r}")
    assert wrong == []
    await office.store.close()


@pytest.mark.parametrize("seed", [1])
async def test_messages_of_three_years_have_true_receipts(
    seed: int, tmp_path: Path, prepared_sqlite: Path
) -> None:
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
