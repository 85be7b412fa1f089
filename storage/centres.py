"""Centres, towns and schools; who covers what; when a centre is open."""

from collections.abc import Sequence
from datetime import date, time

from sqlalchemy import JSON, ForeignKey, UniqueConstraint, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.base import Base
from storage.session import once

EVERY_ACTION = "*"
"""In a coverage row: whatever is not given to somebody else."""


class Centre(Base):
    """A centre social."""

    __tablename__ = "centres"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    telephone: Mapped[str]
    accepts: Mapped[list[str]] = mapped_column(JSON)
    """Kinds of message carried besides text: voice, photo, video, document, place, contact…"""
    kept_days: Mapped[int] = mapped_column(default=60)
    clas: Mapped[str | None]
    """Days, hours and places of its CLAS, in words ready to be read."""


class Town(Base):
    """A town: whether it has a PRE, whom to call, what else there is."""

    __tablename__ = "towns"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    pre: Mapped[bool]
    pre_contact: Mapped[str | None]
    alternative: Mapped[str | None]
    """Where there is no PRE: who helps instead, in words ready to be read."""
    nursery_help: Mapped[str | None]
    """For a nursery child: PMI, LAEP, family worker…, in words ready to be read."""
    crip: Mapped[str | None]
    """Telephone of the département's CRIP; no default: none could be verified."""
    zone: Mapped[str] = mapped_column(default="C", server_default="C")
    """The school zone: A, B or C."""


class School(Base):
    """A school and the centre it writes to."""

    __tablename__ = "schools"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    town_id: Mapped[int] = mapped_column(ForeignKey("towns.id"))
    midday_starts: Mapped[time] = mapped_column(default=time(11, 45))
    midday_ends: Mapped[time] = mapped_column(default=time(13, 30))
    wednesdays: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether it has class on Wednesday mornings."""

    centre: Mapped[Centre] = relationship(lazy="raise")
    town: Mapped[Town] = relationship(lazy="raise")


class OpeningPeriod(Base):
    """One period of one weekday (0 = Monday), local time; several a day are possible."""

    __tablename__ = "opening_periods"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"), index=True)
    weekday: Mapped[int]
    starts: Mapped[time]
    ends: Mapped[time]


class Closure(Base):
    """Days on which the centre is closed, both included."""

    __tablename__ = "closures"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"), index=True)
    first: Mapped[date]
    last: Mapped[date]


class Session(Base):
    """Who runs the session of a weekday (0 = Monday), and when, local time."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    weekday: Mapped[int]
    starts: Mapped[time]
    ends: Mapped[time]


class Coverage(Base):
    """The référente of a school for an action (``*``: for all the others)."""

    __tablename__ = "coverages"
    __table_args__ = (UniqueConstraint("school_id", "action"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    action: Mapped[str] = mapped_column(default=EVERY_ACTION)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))


async def all_centres(session: AsyncSession) -> Sequence[Centre]:
    """Every centre, by name."""
    return (await session.scalars(select(Centre).order_by(Centre.name))).all()


async def school_named(session: AsyncSession, name: str) -> School | None:
    """The school of exactly that name."""
    return await session.scalar(select(School).where(School.name == name))


async def centre_of(session: AsyncSession, school: School) -> Centre:
    """The centre a school writes to."""
    return await session.get_one(Centre, school.centre_id)


async def town_of(session: AsyncSession, school: School) -> Town:
    """The town a school stands in."""
    return await session.get_one(Town, school.town_id)


async def towns_of(
    session: AsyncSession, school_ids: Sequence[int], centre_ids: Sequence[int]
) -> Sequence[Town]:
    """The towns of these schools and of all schools of these centres, by name."""
    towns = select(School.town_id).where(or_(School.id.in_(school_ids), School.centre_id.in_(centre_ids)))
    return (await session.scalars(select(Town).where(Town.id.in_(towns)).order_by(Town.name))).all()


@once
async def coverages(session: AsyncSession, school_id: int) -> Sequence[Coverage]:
    """Who covers which action at a school."""
    return (await session.scalars(select(Coverage).where(Coverage.school_id == school_id))).all()


@once
async def sessions(session: AsyncSession, centre_id: int) -> Sequence[Session]:
    """Who runs what when, over the week."""
    return (await session.scalars(select(Session).where(Session.centre_id == centre_id))).all()


async def only_crip(session: AsyncSession) -> str | None:
    """The CRIP's telephone when every town agrees on it: the danger card does not know the town."""
    found = {one for one in await session.scalars(select(Town.crip).distinct()) if one}
    return found.pop() if len(found) == 1 else None
