"""What a lost phone still shows, or is about to."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.conversations import Bubble, Message


async def standing(session: AsyncSession, address: str) -> Sequence[tuple[Bubble, str]]:
    """Every bubble of ours in a chat, sent or about to be, with the kind of message it shows."""
    found = await session.execute(
        select(Bubble, Message.kind)
        .outerjoin(Message, Message.id == Bubble.message_id)
        .where(Bubble.address == address, Bubble.part != "source", Bubble.removed_at.is_(None))
        .order_by(Bubble.id)
    )
    return [(bubble, kind or "text") for bubble, kind in found]
