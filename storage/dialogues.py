"""What the bot has asked somebody and still waits for: a dialogue's state is a row."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.base import Base, Moment, Secret
from storage.conversations import Bubble
from storage.session import once


class Dialogue(Base):
    """An open question in a chat. A chat has one of each ``kind`` at most."""

    __tablename__ = "dialogues"
    __table_args__ = (UniqueConstraint("address", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str]
    kind: Mapped[str]
    bubble_id: Mapped[int | None] = mapped_column(ForeignKey("bubbles.id"))
    """The bubble that asks."""
    about: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Ids and choices so far: nothing that a person said."""
    words: Mapped[str | None] = mapped_column(Secret)
    """What she typed and that waits for her choice."""
    asked_at: Mapped[datetime] = mapped_column(Moment)

    bubble: Mapped[Bubble | None] = relationship(lazy="raise")


async def open_in(session: AsyncSession, address: str, kind: str) -> Dialogue | None:
    """The open question of this kind in a chat."""
    return next((one for one in await of_chat(session, address) if one.kind == kind), None)


@once
async def of_chat(session: AsyncSession, address: str) -> Sequence[Dialogue]:
    """Every open question of a chat."""
    return (await session.scalars(select(Dialogue).where(Dialogue.address == address))).all()


async def ask(
    session: AsyncSession,
    address: str,
    kind: str,
    now: datetime,
    *,
    bubble: Bubble | None = None,
    about: dict[str, Any] | None = None,
) -> Dialogue:
    """Open this question in a chat; an earlier one of the same kind gives way."""
    await session.flush()  # the bubble gets its id
    found = await open_in(session, address, kind)
    if found is None:
        found = Dialogue(address=address, kind=kind)
        session.add(found)
    found.bubble_id = None if bubble is None else bubble.id
    found.about, found.words, found.asked_at = about or {}, None, now
    return found


async def close(session: AsyncSession, address: str, *kinds: str) -> None:
    """These questions are answered, or no longer asked; without a kind, all of the chat's."""
    wanted = delete(Dialogue).where(Dialogue.address == address)
    await session.execute(wanted.where(Dialogue.kind.in_(kinds)) if kinds else wanted)
