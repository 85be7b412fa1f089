"""Who was asked so that a promise is kept: the reader at half of the delay, somebody else later."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.base import Base, Moment
from storage.conversations import Bubble, Conversation

NUDGE, OFFER = "nudge", "offer"
"""What an `Ask` is: a word to her who has the conversation; to somebody else, the conversation itself."""


class Ask(Base):
    """Somebody was asked to answer before a promised moment."""

    __tablename__ = "asks"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    what: Mapped[str]
    opens: Mapped[bool]
    """Whether the words stand in the bubble; otherwise she sees them once she takes it."""
    promised_at: Mapped[datetime] = mapped_column(Moment)
    """The promise she was asked to keep."""
    asked_at: Mapped[datetime] = mapped_column(Moment)
    over_at: Mapped[datetime | None] = mapped_column(Moment)
    """« Je ne peux pas », or somebody has it: nothing is asked of her any more."""
    bubble_id: Mapped[int | None] = mapped_column(ForeignKey("bubbles.id"), index=True)

    conversation: Mapped[Conversation] = relationship(lazy="raise")
    bubble: Mapped[Bubble | None] = relationship(lazy="raise")


async def asks_of(session: AsyncSession, conversation_id: int) -> Sequence[Ask]:
    """Everybody who was asked about a conversation, in order."""
    return (
        await session.scalars(select(Ask).where(Ask.conversation_id == conversation_id).order_by(Ask.id))
    ).all()


async def ask_in(session: AsyncSession, bubble_id: int) -> Ask | None:
    """What was asked by the bubble somebody touches or replies to."""
    return await session.scalar(select(Ask).where(Ask.bubble_id == bubble_id))
