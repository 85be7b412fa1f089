"""Codes by which people join, and how often a chat has guessed."""

import hashlib
from datetime import datetime

from sqlalchemy import ForeignKey, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Moment
from storage.centres import School
from storage.people import STAFF_ROLES, Membership, Person


class Invitation(Base):
    """A code. Only its hash is stored: a copy of the database lets nobody in."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))
    """The school a teacher joins."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """The member of staff this code is for."""
    uses_left: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)

    def stands(self, now: datetime) -> bool:
        """Whether it still opens: not revoked, not expired, not used up."""
        return self.revoked_at is None and now < self.expires_at and self.uses_left > 0


class Guess(Base):
    """A code that opened nothing, and the chat it came from: guessing is slowed down."""

    __tablename__ = "guesses"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(Moment)


def hash_of(code: str) -> str:
    """What is stored of a code. Codes are long and random: no salt is needed."""
    return hashlib.sha256(code.strip().encode("utf-8", "replace")).hexdigest()


async def by_code(session: AsyncSession, code: str) -> Invitation | None:
    """The invitation of this code, usable or not; held until the work ends, so that its last use is one."""
    return await session.scalar(
        select(Invitation).where(Invitation.code_hash == hash_of(code)).with_for_update()
    )


async def by_number(session: AsyncSession, number: int) -> Invitation | None:
    """The same by its row, for an operator who has the list of codes and not the code."""
    return await session.get(Invitation, number, with_for_update=True)


async def standing(session: AsyncSession, now: datetime) -> list[Invitation]:
    """Those that still open, oldest first."""
    return list(
        await session.scalars(
            select(Invitation)
            .where(Invitation.revoked_at.is_(None), Invitation.expires_at > now, Invitation.uses_left > 0)
            .order_by(Invitation.id)
        )
    )


async def revoke_of_person(session: AsyncSession, person_id: int, now: datetime) -> None:
    """The unused codes made for somebody of the team open nothing any more."""
    await session.execute(
        update(Invitation)
        .where(Invitation.person_id == person_id, Invitation.revoked_at.is_(None), Invitation.uses_left > 0)
        .values(revoked_at=now)
    )


async def school_names(session: AsyncSession) -> list[str]:
    """Every school's name."""
    return list(await session.scalars(select(School.name).order_by(School.name)))


async def staff_names(session: AsyncSession) -> list[str]:
    """The names of everybody who is of a team."""
    return list(
        await session.scalars(
            select(Person.name)
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.role.in_(STAFF_ROLES), Membership.ended_at.is_(None))
            .distinct()
            .order_by(Person.name)
        )
    )


async def guesses_since(session: AsyncSession, address: str, since: datetime) -> int:
    """How many wrong codes this chat has tried since then."""
    found = await session.scalar(select(func.count()).where(Guess.address == address, Guess.at >= since))
    return found or 0
