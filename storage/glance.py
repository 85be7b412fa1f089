"""The life of the latest update, for the demo's drawer: moments and states, never what was said."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.inbox import InboxRow
from storage.outbox import OutboxRow

MOST_CALLS = 20


@dataclass(frozen=True, slots=True)
class Received:
    """An update in the inbox."""

    lane: str
    state: str
    attempts: int
    received_at: datetime
    handled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Owed:
    """A call in the outbox."""

    address: str
    call: str
    state: str
    attempts: int
    created_at: datetime
    done_at: datetime | None


async def latest(session: AsyncSession) -> tuple[Received, list[Owed]] | None:
    """The latest update and the calls owed since its transaction; None before the first."""
    inbox = (
        InboxRow.lane,
        InboxRow.state,
        InboxRow.attempts,
        InboxRow.received_at,
        InboxRow.handled_at,
    )
    last = (await session.execute(select(*inbox).order_by(InboxRow.id.desc()).limit(1))).first()
    if last is None:
        return None
    received = Received(*last)
    if received.handled_at is None:
        return received, []
    outbox = (
        OutboxRow.address,
        OutboxRow.call,
        OutboxRow.state,
        OutboxRow.attempts,
        OutboxRow.created_at,
        OutboxRow.done_at,
    )
    rows = await session.execute(
        select(*outbox)
        .where(OutboxRow.created_at >= received.handled_at)
        .order_by(OutboxRow.id)
        .limit(MOST_CALLS)
    )
    return received, [Owed(*row) for row in rows]
