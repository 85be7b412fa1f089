"""Who is away, who covers her, and when her phone may ring."""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ForeignKey, bindparam, false, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Moment
from storage.session import once


class Absence(Base):
    """Days away, both included, in Paris. No reason is ever asked, stored or sent."""

    __tablename__ = "absences"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    first: Mapped[date]
    last: Mapped[date]
    from_midday: Mapped[bool] = mapped_column(default=False)
    """Present on the morning of the first day."""
    until_midday: Mapped[bool] = mapped_column(default=False)
    """Back on the afternoon of the last day."""
    cover_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who covers this time; None: her usual cover."""
    declared_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    cancelled_at: Mapped[datetime | None] = mapped_column(Moment)


class Cover(Base):
    """Somebody's usual cover; the first in ``position`` who is not away herself."""

    __tablename__ = "covers"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    cover_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    position: Mapped[int] = mapped_column(default=0)


class Rhythm(Base):
    """When somebody's phone rings. No row: in the centre's opening hours only."""

    __tablename__ = "rhythms"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    rings_from: Mapped[time | None]
    rings_until: Mapped[time | None]
    """Local times; both None: the centre's opening hours."""
    danger_at_night: Mapped[bool] = mapped_column(default=False)
    """She agreed to be rung at night and on days off when a child may be in danger."""
    danger_while_away: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The same while she is absent."""
    morning: Mapped[bool] = mapped_column(default=False, server_default=false())
    """At her first ringing hour, a word about what came in silently."""
    hides_content: Mapped[bool] = mapped_column(default=True)
    """Cards show people's words as a spoiler."""


@once
async def absences(session: AsyncSession, people: Sequence[int], on_or_after: date) -> Sequence[Absence]:
    """Absences of these people that are not over on that day."""
    return (await session.scalars(_absences(), {"people": list(people), "day": on_or_after})).all()


@cache
def _absences() -> Any:
    """The statement, made once: each time somebody is owed something it is asked whether she is there."""
    here: BindParameter[list[int]] = bindparam("people", expanding=True)
    return select(Absence).where(
        Absence.person_id.in_(here), Absence.last >= bindparam("day"), Absence.cancelled_at.is_(None)
    )


@once
async def covers(session: AsyncSession, people: Sequence[int]) -> Sequence[Cover]:
    """The usual covers of these people, first choice first."""
    return (
        await session.scalars(
            select(Cover).where(Cover.person_id.in_(people)).order_by(Cover.position, Cover.id)
        )
    ).all()


@once
async def rhythm(session: AsyncSession, person_id: int) -> Rhythm | None:
    """What she chose, if she ever chose."""
    return await session.get(Rhythm, person_id)
