"""The calendars: each zone's published years, a school's own days, the closures of a centre's calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Date,
    ForeignKey,
    Integer,
    Time,
    bindparam,
    cast,
    delete,
    null,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.centres import Closure, OpeningPeriod, School, Town
from storage.session import once


class Zone(Base):
    """A school zone and the days for which its holidays are known, both included."""

    __tablename__ = "zones"

    name: Mapped[str] = mapped_column(primary_key=True)
    """A, B or C."""
    known_from: Mapped[date]
    known_until: Mapped[date]


class Break(Base):
    """Days without class in a zone, both included: « Noël », « Pont Ascension »."""

    __tablename__ = "breaks"

    id: Mapped[int] = mapped_column(primary_key=True)
    zone: Mapped[str] = mapped_column(ForeignKey("zones.name"), index=True)
    name: Mapped[str]
    first: Mapped[date]
    last: Mapped[date]


class LocalDay(Base):
    """A day on which a school differs from its zone: a bridge of its own, a day made up."""

    __tablename__ = "local_days"

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    day: Mapped[date]
    has_class: Mapped[bool]
    reason: Mapped[str] = mapped_column(default="")


class ImportedClosure(Base):
    """Days closed according to the centre's own calendar, both included; the next import replaces them."""

    __tablename__ = "imported_closures"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"), index=True)
    first: Mapped[date]
    last: Mapped[date]


@once
async def zone(session: AsyncSession, name: str) -> tuple[Zone, tuple[tuple[str, date, date], ...]] | None:
    """What is known of a zone: until when, and its days without class, (name, first, last), in order."""
    found = (await session.execute(_zone(), {"zone": name})).all()
    if not found:
        return None
    return found[0][0], tuple((name, first, last) for _, name, first, last in found if first is not None)


@cache
def _zone() -> Any:
    """The statement, made once; plain values, for everything that has a date asks for them."""
    both = select(Zone, Break.name, Break.first, Break.last).outerjoin(Break, Break.zone == Zone.name)
    return both.where(Zone.name == bindparam("zone")).order_by(Break.first)


async def forget_breaks(session: AsyncSession, zone: str) -> None:
    """Forget them: a whole new list follows in the same work."""
    await session.execute(delete(Break).where(Break.zone == zone))


@once
async def local_days(session: AsyncSession, school_id: int) -> Sequence[LocalDay]:
    """Where a school differs from its zone."""
    return (await session.scalars(select(LocalDay).where(LocalDay.school_id == school_id))).all()


@dataclass(frozen=True, slots=True)
class Opening:
    """A centre's week, (weekday, starts, ends), and its closed days, (first, last), past ones included."""

    periods: tuple[tuple[int, time, time], ...]
    closures: tuple[tuple[date, date], ...]


@once
async def opening(session: AsyncSession, centre_id: int) -> Opening:
    """When a centre is open, by its own settings and by its own calendar."""
    rows = (await session.execute(_opening(), {"centre": centre_id})).all()
    return Opening(
        tuple(sorted((weekday, starts, ends) for weekday, starts, ends, _, _ in rows if weekday is not None)),
        tuple((first, last) for _, _, _, first, last in rows if first is not None),
    )


@cache
def _opening() -> Any:
    """Three tables in one statement, made once: nearly everything asks it."""
    here: BindParameter[int] = bindparam("centre")
    no_number, no_hour, no_day = (cast(null(), kind) for kind in (Integer, Time, Date))
    week = select(OpeningPeriod.weekday, OpeningPeriod.starts, OpeningPeriod.ends, no_day, no_day)
    closed = [
        select(no_number, no_hour, no_hour, table.first, table.last).where(table.centre_id == here)
        for table in (Closure, ImportedClosure)
    ]
    return union_all(week.where(OpeningPeriod.centre_id == here), *closed)


async def forget_imported(session: AsyncSession, centre_id: int) -> None:
    """Forget them: a whole new list follows in the same work."""
    await session.execute(delete(ImportedClosure).where(ImportedClosure.centre_id == centre_id))


@once
async def zone_of_school(session: AsyncSession, school_id: int) -> str:
    """The zone of the town a school stands in."""
    found = await session.scalar(
        select(Town.zone).join(School, School.town_id == Town.id).where(School.id == school_id)
    )
    assert found is not None, "every school stands in a town"
    return found


@once
async def centres_and_zones(session: AsyncSession) -> Sequence[tuple[int, str]]:
    """Each centre with each zone of its schools."""
    rows = await session.execute(
        select(School.centre_id, Town.zone)
        .join(Town, Town.id == School.town_id)
        .distinct()
        .order_by(School.centre_id, Town.zone)
    )
    return [(centre_id, name) for centre_id, name in rows]
