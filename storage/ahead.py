"""What a batch of updates, or of due rows, is about to ask, asked in a few queries.

Each answer is kept under the query that would have asked for it (storage/session.py), and forgotten
like any other when something changes; nothing depends on this having been called.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import absences, centres, dialogues, people
from storage.absences import Rhythm
from storage.centres import Coverage, School
from storage.conversations import Conversation
from storage.dialogues import Dialogue
from storage.meetings import Meeting
from storage.people import Account, Known, Membership, Person
from storage.session import keep


async def of_chats(session: AsyncSession, addresses: Collection[str], today: date) -> None:
    """Who writes from these chats, what they were asked there, and who reads them."""
    schools = await _people(session, addresses, today)
    await _questions(session, addresses)
    readers = await _coverages(session, schools)
    await _readers(session, readers)


async def of_conversations(session: AsyncSession, ids: Collection[int]) -> None:
    """Conversations that will be got one by one: after an outage thousands are due, most of them answered."""
    if len(ids) > 1:
        _hold(session, await session.scalars(select(Conversation).where(Conversation.id.in_(ids))))


async def of_meetings(session: AsyncSession, ids: Collection[int], today: date) -> None:
    """Meetings that will be got one by one, their schools, and the people of both sides."""
    if not ids:
        return
    rows = await session.execute(
        select(Meeting, School).join(School, School.id == Meeting.school_id).where(Meeting.id.in_(ids))
    )
    found = [(meeting, school) for meeting, school in rows]
    sides = {one for meeting, _ in found for one in (meeting.referente_id, meeting.contact_id) if one}
    _hold(session, (row for pair in found for row in pair))
    _hold(session, await session.scalars(select(Person).where(Person.id.in_(sides))))
    await people.accounts_ahead(session, sides)
    held: dict[int, list[Membership]] = defaultdict(list)
    for one in await people.memberships_of_all(session, sorted(sides), today):
        held[one.person_id].append(one)
    for side in sides:
        keep(session, people.memberships_of, held[side], side, today)


def _hold(session: AsyncSession, rows: Iterable[object]) -> None:
    """A session lets go of what nobody holds."""
    session.info.setdefault("ahead", []).extend(rows)


async def _people(session: AsyncSession, addresses: Collection[str], today: date) -> set[int]:
    rows = await session.execute(
        select(Account, Person)
        .join(Person, Person.id == Account.person_id)
        .where(Account.channel == "telegram", Account.address.in_(addresses), Account.ended_at.is_(None))
    )
    found = {account.address: (account, person) for account, person in rows}
    held: dict[int, list[Membership]] = defaultdict(list)
    for one in await people.memberships_of_all(session, [person.id for _, person in found.values()], today):
        held[one.person_id].append(one)
    for address in addresses:
        account, person = found.get(address, (None, None))
        known = None
        if account is not None and person is not None:
            keep(session, people.memberships_of, held[person.id], person.id, today)
            if held[person.id]:
                known = Known(account, person, tuple(held[person.id]))
        keep(session, people.known, known, address, today)
    return {one.school_id for some in held.values() for one in some if one.school_id is not None}


async def _questions(session: AsyncSession, addresses: Collection[str]) -> None:
    asked: dict[str, list[Dialogue]] = defaultdict(list)
    for one in await session.scalars(select(Dialogue).where(Dialogue.address.in_(addresses))):
        asked[one.address].append(one)
    for address in addresses:
        keep(session, dialogues.of_chat, asked[address], address)


async def _coverages(session: AsyncSession, schools: Collection[int]) -> set[int]:
    (await session.scalars(select(School).where(School.id.in_(schools)))).all()
    covered: dict[int, list[Coverage]] = defaultdict(list)
    for one in await session.scalars(select(Coverage).where(Coverage.school_id.in_(schools))):
        covered[one.school_id].append(one)
    for school in schools:
        keep(session, centres.coverages, covered[school], school)
    return {one.person_id for some in covered.values() for one in some}


async def _readers(session: AsyncSession, readers: Collection[int]) -> None:
    await people.accounts_ahead(session, readers)
    rhythms = await session.scalars(select(Rhythm).where(Rhythm.person_id.in_(readers)))
    rhythm_of = {one.person_id: one for one in rhythms}
    for reader in readers:
        keep(session, absences.rhythm, rhythm_of.get(reader), reader)
