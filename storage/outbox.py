"""The outbox: every call to Telegram is a row first, in the transaction that decided it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    func,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, aliased, joinedload, mapped_column, relationship

from storage.base import Base, Moment, Secret
from storage.conversations import Bubble

LEASE = timedelta(seconds=30)
"""How long a call may be in flight: after a crash it tells what was, and since when."""

# Written out rather than bound: a partial index is only used when the query says the same words.
_OPEN = "state IN ('waiting', 'sending')"
_WAITING: ColumnElement[str] = literal_column("'waiting'")


def _is_open(state: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = state.in_([_WAITING, literal_column("'sending'")])
    return found


class OutboxRow(Base):
    """One call owed to Telegram. ``state``: waiting, sending, sent, refused, dropped."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_open", "lane", "id", sqlite_where=text(_OPEN), postgresql_where=text(_OPEN)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int | None] = mapped_column(ForeignKey("centres.id"))
    channel: Mapped[str] = mapped_column(default="telegram")
    address: Mapped[str]
    lane: Mapped[str]
    """What stays in order: the chat; a lane of its own for what may not wait behind it."""
    call: Mapped[str]
    """send, edit, buttons, copy, album, document, picture, delete, react, toast, leave: see bot/sender.py."""
    text: Mapped[str | None] = mapped_column(Secret)
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Buttons, silence, protection, emoji…: nothing that a person said."""
    dedup: Mapped[str | None] = mapped_column(unique=True)
    """Said twice by a replay, it is still owed once."""
    bubble_id: Mapped[int | None] = mapped_column(ForeignKey("bubbles.id"), index=True)
    """The bubble this call makes, changes or removes."""
    reply_to_id: Mapped[int | None] = mapped_column(ForeignKey("bubbles.id"))
    copies_id: Mapped[int | None] = mapped_column(ForeignKey("bubbles.id"))
    """The bubble whose content this call copies."""
    tell_id: Mapped[int | None] = mapped_column(ForeignKey("bubbles.id"))
    """The author's own bubble: on it is said whether this arrived."""
    not_before: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(Moment)
    refusal: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)

    bubble: Mapped[Bubble | None] = relationship(lazy="raise", foreign_keys=[bubble_id])
    reply_to: Mapped[Bubble | None] = relationship(lazy="raise", foreign_keys=[reply_to_id])
    copies: Mapped[Bubble | None] = relationship(lazy="raise", foreign_keys=[copies_id])
    tell: Mapped[Bubble | None] = relationship(lazy="raise", foreign_keys=[tell_id])


def _heads() -> Select[Any]:
    """The first open row of each lane: a scan of a small partial index."""
    other = aliased(OutboxRow)
    return select(func.min(other.id)).where(_is_open(other.state)).group_by(other.lane)


_WITH_BUBBLES = (
    joinedload(OutboxRow.bubble),
    joinedload(OutboxRow.reply_to),
    joinedload(OutboxRow.copies),
    joinedload(OutboxRow.tell),
)


async def claim(session: AsyncSession, now: datetime, limit: int) -> Sequence[OutboxRow]:
    """Claim the first open row of each lane whose moment has come, urgent lanes first.

    Only the head of a lane is ever taken, so order per chat holds; a row that another process
    holds is left to it (SKIP LOCKED on PostgreSQL, one writer on SQLite).
    """
    rows = await session.scalars(
        select(OutboxRow)
        .where(OutboxRow.id.in_(_heads()), OutboxRow.state == _WAITING, OutboxRow.not_before <= now)
        .order_by(OutboxRow.lane.not_like("%!"), OutboxRow.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=OutboxRow)
        .options(*_WITH_BUBBLES)
    )
    claimed = rows.all()
    for row in claimed:
        row.state = "sending"
        row.attempts += 1
        row.leased_until = now + LEASE
    return claimed


async def claimed(session: AsyncSession, ids: Sequence[int]) -> Sequence[OutboxRow]:
    """These rows again, to write down what became of them."""
    return (
        await session.scalars(select(OutboxRow).where(OutboxRow.id.in_(ids)).options(*_WITH_BUBBLES))
    ).all()


async def release(session: AsyncSession) -> int:
    """Give claimed rows back when a process becomes the active one: whoever claimed them is dead.

    Returns how many: each may have reached Telegram before the crash.
    """
    result = await session.execute(
        update(OutboxRow)
        .where(_is_open(OutboxRow.state), OutboxRow.state == "sending")
        .values(state="waiting", leased_until=None)
        .execution_options(synchronize_session=False)
    )
    return int(getattr(result, "rowcount", 0))


async def next_moment(session: AsyncSession) -> datetime | None:
    """When the next head of a lane is due."""
    return await session.scalar(
        select(func.min(OutboxRow.not_before)).where(OutboxRow.id.in_(_heads()), OutboxRow.state == _WAITING)
    )


async def latest_open(session: AsyncSession, bubble_id: int) -> OutboxRow | None:
    """The last call about a bubble that waits or is in flight: what follows must follow it."""
    return await session.scalar(
        select(OutboxRow)
        .where(OutboxRow.bubble_id == bubble_id, _is_open(OutboxRow.state))
        .order_by(OutboxRow.id.desc())
        .limit(1)
    )


async def replace(session: AsyncSession, row: OutboxRow, words: str | None, options: dict[str, Any]) -> bool:
    """Give a call that still waits new words and buttons.

    False when it is leaving, or writes no words: then an edit is owed.
    """
    if row.state != "waiting" or row.call not in ("send", "edit"):
        return False
    result = await session.execute(
        update(OutboxRow)
        .where(OutboxRow.id == row.id, OutboxRow.state == _WAITING)
        .values(text=words, options=row.options | options)
        .execution_options(synchronize_session="fetch")
    )
    return bool(getattr(result, "rowcount", 0))


async def drop_waiting(session: AsyncSession, bubble_id: int, now: datetime) -> bool:
    """Drop what still waits for a bubble that must not appear any more; whether its making was among it.

    An album is left to leave: other pictures than this one may be in it.
    """
    rows = (
        await session.scalars(
            select(OutboxRow).where(
                OutboxRow.bubble_id == bubble_id, OutboxRow.state == _WAITING, OutboxRow.call != "album"
            )
        )
    ).all()
    for row in rows:
        row.state, row.done_at, row.text = "dropped", now, None
    return any(row.call in ("send", "copy", "picture") for row in rows)


async def waiting_album(session: AsyncSession, address: str, group: str) -> OutboxRow | None:
    """The album that still gathers its pictures for a chat."""
    return await session.scalar(
        select(OutboxRow).where(
            OutboxRow.lane == address,
            OutboxRow.dedup.startswith(f"album:{address}:{group}:", autoescape=True),
            OutboxRow.state == _WAITING,
        )
    )


async def open_count(session: AsyncSession) -> int:
    """How many calls are owed."""
    return (
        await session.scalar(select(func.count()).select_from(OutboxRow).where(_is_open(OutboxRow.state)))
        or 0
    )


async def was_owed(session: AsyncSession, dedup: str) -> bool:
    """Whether a call of this name was ever owed."""
    return await session.scalar(select(OutboxRow.id).where(OutboxRow.dedup == dedup)) is not None
