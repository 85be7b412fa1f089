"""Traces: who opened or did what. Never the words of a message."""

from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Moment

GIVEN, WAITS = "given", "waits"
"""What `Access.what` says of a conversation that moved: to a colleague, or back to wait for its référente."""


class Access(Base):
    """Somebody read, took, gave, withdrew, revoked…: ``what`` is one word."""

    __tablename__ = "accesses"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int | None] = mapped_column(ForeignKey("centres.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    what: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)


async def chose_to_wait(session: AsyncSession, conversation_id: int) -> bool:
    """Whether the teacher chose to wait for her référente, and nobody has moved it since."""
    latest = await session.scalar(
        select(Access.what)
        .where(Access.conversation_id == conversation_id, Access.what.in_((GIVEN, WAITS)))
        .order_by(Access.id.desc())
        .limit(1)
    )
    return latest == WAITS
