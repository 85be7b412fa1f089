"""What `apply` reads and changes: everything that `centres.toml` declares. A few rows of each, read whole."""

from typing import TypeVar

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.base import Base
from storage.people import STAFF_ROLES, Membership, Person

Row = TypeVar("Row", bound=Base)


async def all_of(session: AsyncSession, table: type[Row]) -> list[Row]:
    """Every row of a small table, oldest first."""
    return list(await session.scalars(select(table).order_by(*table.__table__.primary_key)))


async def team(session: AsyncSession) -> list[tuple[Person, Membership]]:
    """Everybody who was ever of a centre's staff, once for each membership, oldest first."""
    found = await session.execute(
        select(Person, Membership)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.role.in_(STAFF_ROLES))
        .order_by(Membership.id)
    )
    return [(person, membership) for person, membership in found]


async def remove(session: AsyncSession, row: Base) -> None:
    """Forget a row that says how the centre works (never one that somebody's words hang on)."""
    await session.delete(row)


async def move_teachers(session: AsyncSession, school_id: int, centre_id: int) -> None:
    """A school now writes to another centre: so do its teachers."""
    await session.execute(
        update(Membership).where(Membership.school_id == school_id).values(centre_id=centre_id)
    )
