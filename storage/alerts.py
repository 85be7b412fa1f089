"""Alerts: a child may be in danger, or somebody waits for a word today; people are rung in turn."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, UniqueConstraint, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.base import Base, Moment
from storage.conversations import Conversation, Message
from storage.due import Due


class Alert(Base):
    """Somebody of the centre must look now. ``kind``: danger or today."""

    __tablename__ = "alerts"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"))
    kind: Mapped[str]
    chain: Mapped[list[int]] = mapped_column(JSON)
    """Person ids in the order in which they are rung."""
    raised_at: Mapped[datetime] = mapped_column(Moment)
    rings_at: Mapped[datetime] = mapped_column(Moment)
    """When ringing begins: now, or the first opening hour."""
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    read_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    """« Je m'en occupe » (danger), « Vu » (today): the only thing that stops the ringing."""
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    not_danger_at: Mapped[datetime | None] = mapped_column(Moment)
    """The teacher said that it is none: ringing stops, ⚠️ stays."""
    unanswered_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the teacher was told that nobody had confirmed."""

    conversation: Mapped[Conversation] = relationship(lazy="raise")
    message: Mapped[Message] = relationship(lazy="raise")

    @property
    def over(self) -> bool:
        """Whether nobody is to be rung any more."""
        return self.confirmed_at is not None or self.not_danger_at is not None


class Ring(Base):
    """One ring of one person. ``declined_at``: « Je ne peux pas »."""

    __tablename__ = "rings"
    __table_args__ = (UniqueConstraint("alert_id", "person_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    number: Mapped[int]
    rung_at: Mapped[datetime] = mapped_column(Moment)
    declined_at: Mapped[datetime | None] = mapped_column(Moment)
    bubble_id: Mapped[int | None] = mapped_column(ForeignKey("bubbles.id"))


async def of_conversation(session: AsyncSession, conversation_id: int, kind: str) -> Alert | None:
    """The latest alert of this kind in a conversation."""
    return await session.scalar(
        select(Alert)
        .where(Alert.conversation_id == conversation_id, Alert.kind == kind)
        .order_by(Alert.id.desc())
        .limit(1)
    )


async def of_message(session: AsyncSession, message_id: int, kind: str) -> Alert | None:
    """The latest alert of this kind raised by a message."""
    return await session.scalar(
        select(Alert)
        .where(Alert.message_id == message_id, Alert.kind == kind)
        .order_by(Alert.id.desc())
        .limit(1)
    )


async def ringing(session: AsyncSession, kind: str) -> Sequence[tuple[Alert, datetime]]:
    """The alerts of this kind that have rings to come, and when the next one is due."""
    found = await session.execute(
        select(Alert, func.min(Due.at))
        .join(Due, (Due.kind == kind) & (Due.subject_id == Alert.id) & Due.done_at.is_(None))
        .where(Alert.kind == kind, Alert.confirmed_at.is_(None), Alert.not_danger_at.is_(None))
        .group_by(Alert.id)
        .order_by(Alert.id)
    )
    return [(alert, moment) for alert, moment in found]


async def rings_of(session: AsyncSession, alert_id: int) -> Sequence[Ring]:
    """Who was rung, in order."""
    return (await session.scalars(select(Ring).where(Ring.alert_id == alert_id).order_by(Ring.id))).all()


async def ring_in(session: AsyncSession, bubble_id: int) -> Ring | None:
    """The ring whose bubble somebody pressed."""
    return await session.scalar(select(Ring).where(Ring.bubble_id == bubble_id))
