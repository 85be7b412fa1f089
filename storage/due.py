"""What must happen at a moment: one row per occurrence, found by asking what is due.

An occurrence is named by ``(kind, subject_id, slot)``: planned twice, it still happens once.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Index, UniqueConstraint, bindparam, func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Moment

SOONEST = "soonest due"
"""Of a session: the earliest moment something was planned for."""


class Due(Base):
    """One occurrence: a ring of an alert, a nudge, a reminder, a digest."""

    __tablename__ = "due"
    __table_args__ = (
        UniqueConstraint("kind", "subject_id", "slot"),
        Index(
            "ix_due_waiting",
            "at",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject_id: Mapped[int]
    """The row it is about: which table follows from the kind."""
    slot: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)


async def plan(session: AsyncSession, kind: str, subject_id: int, at: datetime, slot: str = "") -> None:
    """Plan an occurrence; one already planned, done or cancelled, is left as it is."""
    _note(session, at)
    await session.execute(_planned(session.get_bind().dialect.name), _row(kind, subject_id, at, slot))


def _row(kind: str, subject_id: int, at: datetime, slot: str) -> dict[str, Any]:
    return {"kind": kind, "subject_id": subject_id, "slot": slot, "at": at, "attempts": 0}


def _insert(dialect: str) -> Any:
    return postgresql.insert if dialect == "postgresql" else sqlite.insert


@cache
def _planned(dialect: str) -> Any:
    """The statement every new conversation needs, made once."""
    return _insert(dialect)(Due).on_conflict_do_nothing()


async def move(session: AsyncSession, kind: str, subject_id: int, at: datetime, slot: str = "") -> None:
    """Plan an occurrence that may move: whatever became of it before, it happens at that moment."""
    _note(session, at)
    await session.flush()  # it may be the one that is being done
    insertion: Any = _insert(session.get_bind().dialect.name)(Due)
    await session.execute(
        insertion.values(_row(kind, subject_id, at, slot)).on_conflict_do_update(
            index_elements=["kind", "subject_id", "slot"], set_={"at": at, "done_at": None, "attempts": 0}
        )
    )


async def plan_all(session: AsyncSession, kind: str, slot: str, moments: Mapping[int, datetime]) -> None:
    """Plan the same occurrence for many subjects at once; those already planned are left as they are."""
    await _plan_many(session, [_row(kind, subject, at, slot) for subject, at in moments.items()])


async def plan_slots(
    session: AsyncSession, kind: str, subject_id: int, moments: Mapping[str, datetime]
) -> None:
    """Plan several occurrences about one subject at once; those already planned are left as they are."""
    await _plan_many(session, [_row(kind, subject_id, at, slot) for slot, at in moments.items()])


async def _plan_many(session: AsyncSession, rows: list[dict[str, Any]]) -> None:
    if rows:
        _note(session, min(row["at"] for row in rows))
        insertion: Any = _insert(session.get_bind().dialect.name)(Due)
        await session.execute(insertion.values(rows).on_conflict_do_nothing())


def _note(session: AsyncSession, at: datetime) -> None:
    session.info[SOONEST] = min(at, session.info.get(SOONEST, at))


def planned_by(session: AsyncSession, now: datetime) -> bool:
    """Whether something planned in this unit of work is due already."""
    return SOONEST in session.info and session.info[SOONEST] <= now


async def cancel(session: AsyncSession, kind: str, subject_id: int, now: datetime) -> None:
    """Nothing of this kind about this subject will happen any more."""
    await session.execute(
        update(Due)
        .where(Due.kind == kind, Due.subject_id == subject_id, Due.done_at.is_(None))
        .values(done_at=now)
        .execution_options(synchronize_session=False)
    )


async def waits(session: AsyncSession, kinds: Sequence[str], subject_id: int) -> bool:
    """Whether something of these kinds is still to happen about this subject."""
    found = await session.scalar(
        select(Due.id)
        .where(Due.kind.in_(kinds), Due.subject_id == subject_id, Due.done_at.is_(None))
        .limit(1)
    )
    return found is not None


async def how_many(session: AsyncSession, kind: str, subject_id: int) -> int:
    """How many occurrences of this kind were ever planned for this subject."""
    wanted = select(func.count()).where(Due.kind == kind, Due.subject_id == subject_id)
    return await session.scalar(wanted) or 0


async def due_now(session: AsyncSession, now: datetime, limit: int) -> Sequence[Due]:
    """What is due, oldest first; rows another process holds are left to it."""
    return (await session.scalars(_due_now(), {"now": now, "limit": limit})).all()


@cache
def _due_now() -> Any:
    """The statement asked every second, made once."""
    waiting = select(Due).where(Due.done_at.is_(None), Due.at <= bindparam("now"))
    limit: BindParameter[int] = bindparam("limit")
    return waiting.order_by(Due.at, Due.id).limit(limit).with_for_update(skip_locked=True)


async def still_due(session: AsyncSession, row_id: int, now: datetime) -> Due | None:
    """One row that was seen to be due, unless somebody did it or holds it."""
    return await session.scalar(
        select(Due)
        .where(Due.id == row_id, Due.done_at.is_(None), Due.at <= now)
        .with_for_update(skip_locked=True)
    )


async def next_at(connection: AsyncConnection | AsyncSession) -> datetime | None:
    """When the next thing is due, in a unit of work or outside."""
    found: datetime | None = await connection.scalar(_next_at())
    return found


@cache
def _next_at() -> Any:
    return select(func.min(Due.at)).where(Due.done_at.is_(None))
