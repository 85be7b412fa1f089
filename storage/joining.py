"""What joining asks of the tables: who came before, and on which phones."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialogues import Dialogue
from storage.people import Account, Membership


async def latest_at_school(session: AsyncSession, person_id: int, school_id: int) -> Membership | None:
    """What a person is, or was last, at a school."""
    return await session.scalar(
        select(Membership)
        .where(Membership.person_id == person_id, Membership.school_id == school_id)
        .order_by(Membership.id.desc())
        .limit(1)
    )


async def open_accounts(session: AsyncSession, person_id: int) -> Sequence[Account]:
    """Every chat a person still writes from, oldest first."""
    return (
        await session.scalars(
            select(Account)
            .where(Account.person_id == person_id, Account.ended_at.is_(None))
            .order_by(Account.id)
        )
    ).all()


async def memberships_not_ended(session: AsyncSession, person_id: int) -> Sequence[Membership]:
    """What a person is anywhere, dates apart."""
    return (
        await session.scalars(
            select(Membership).where(Membership.person_id == person_id, Membership.ended_at.is_(None))
        )
    ).all()


async def asked_by(session: AsyncSession, bubble_id: int) -> Dialogue | None:
    """The question that stands in this bubble."""
    return await session.scalar(select(Dialogue).where(Dialogue.bubble_id == bubble_id).limit(1))
