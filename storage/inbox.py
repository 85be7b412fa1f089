"""The inbox: every update Telegram gives us, written before anything is thought about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Index,
    UniqueConstraint,
    func,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Moment, Secret

# Written out rather than bound: a partial index is only used when the query says the same words.
_WAITING: ColumnElement[str] = literal_column("'waiting'")


class InboxRow(Base):
    """One raw update. ``state``: waiting, done, or aside (given up on, aloud)."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("bot", "update_id"),
        Index(
            "ix_inbox_waiting",
            "bot",  # with it SQLite prefers this small index to that of every update ever kept
            "id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_inbox_emptying", "handled_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bot: Mapped[int] = mapped_column(BigInteger)
    update_id: Mapped[int] = mapped_column(BigInteger)
    lane: Mapped[str]
    """What must stay in order: the chat, or the update itself when it has none."""
    raw: Mapped[str | None] = mapped_column(Secret)
    """The update as JSON; emptied some days after it was handled."""
    state: Mapped[str] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None] = mapped_column(Moment)
    error: Mapped[str | None]
    """The kind of error only: its message could hold somebody's words."""
    received_at: Mapped[datetime] = mapped_column(Moment)
    handled_at: Mapped[datetime | None] = mapped_column(Moment)


@dataclass(frozen=True, slots=True)
class Received:
    """An update as it came in."""

    update_id: int
    lane: str
    raw: str


async def keep(session: AsyncSession, bot: int, batch: Sequence[Received], now: datetime) -> None:
    """Write a batch; one that was already given to us is left as it is."""
    rows: list[dict[str, Any]] = [
        {"bot": bot, "update_id": one.update_id, "lane": one.lane, "raw": one.raw, "received_at": now}
        for one in batch
    ]
    dialect = session.get_bind().dialect.name
    insertion: Any = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(InboxRow)
    await session.execute(insertion.on_conflict_do_nothing(), rows)


async def next_offset(session: AsyncSession, bot: int) -> int:
    """What comes after the update kept last (0: none was ever kept); numbers do not always grow."""
    last = await session.scalar(
        select(InboxRow.update_id).where(InboxRow.bot == bot).order_by(InboxRow.id.desc()).limit(1)
    )
    return 0 if last is None else last + 1


async def due(session: AsyncSession, bot: int, now: datetime, limit: int) -> list[InboxRow]:
    """The oldest waiting updates, in order, whose turn it is.

    A lane whose first update waits for its next attempt waits whole: nobody's words overtake
    one another.
    """
    blocked = (
        select(InboxRow.lane)
        .where(InboxRow.bot == bot, InboxRow.state == _WAITING, InboxRow.not_before > now)
        .scalar_subquery()
    )
    rows = await session.scalars(
        select(InboxRow)
        .where(InboxRow.bot == bot, InboxRow.state == _WAITING, InboxRow.lane.not_in(blocked))
        .order_by(InboxRow.id)
        .limit(limit)
    )
    return list(rows)


async def empty_handled(session: AsyncSession, now: datetime, kept: timedelta) -> int:
    """Empty the raw text of updates handled longer ago than ``kept``; how many."""
    result = await session.execute(
        update(InboxRow)
        .where(InboxRow.handled_at < now - kept, InboxRow.raw.is_not(None))
        .values(raw=None)
        .execution_options(synchronize_session=False)
    )
    return int(getattr(result, "rowcount", 0))


async def forget(session: AsyncSession, lane: str, since: datetime, says: Callable[[str], bool]) -> None:
    """Empty the raw text of a chat's updates handled since then of which ``says`` is true."""
    rows = await session.scalars(
        select(InboxRow).where(InboxRow.handled_at >= since, InboxRow.lane == lane, InboxRow.raw.is_not(None))
    )
    for row in rows:
        if says(row.raw or ""):
            row.raw = None


async def counts(session: AsyncSession) -> dict[str, int]:
    """How many updates stand in each state: for /healthz and the drawer of the demo."""
    rows = await session.execute(select(InboxRow.state, func.count()).group_by(InboxRow.state))
    return {state: number for state, number in rows}
