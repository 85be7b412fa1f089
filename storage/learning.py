"""What référentes said of the tagger's proposals, and what was learned from it, centre by centre.

The words that were judged are the message's own, encrypted there and copied nowhere: taken back,
edited or erased, they are taken back, edited or erased here too.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, Select, false, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Moment
from storage.conversations import Conversation, Message
from storage.session import once


class Correction(Base):
    """A référente confirmed (``was`` equals ``becomes``) or corrected what was proposed for a message.

    One row per message: when somebody judges it again, the last word holds.
    """

    __tablename__ = "corrections"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"), index=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    was: Mapped[str]
    """What was proposed, however often it was judged since."""
    asked: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the card said that it did not know."""
    becomes: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    set_aside_at: Mapped[datetime | None] = mapped_column(Moment)
    """The operator undid what was learned from it: nothing is learned from it again."""


class KeptLayer(Base):
    """What was learned for a centre one night, used or not; the next is learned from the corrections anew."""

    __tablename__ = "layers"
    __table_args__ = (
        Index(
            "uq_layers_active",
            "centre_id",
            unique=True,
            sqlite_where=text("active"),
            postgresql_where=text("active"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"), index=True)
    model: Mapped[str]
    """The version of the shipped weights under it."""
    made_at: Mapped[datetime] = mapped_column(Moment)
    corrections: Mapped[int]
    confirmations: Mapped[int]
    figures: Mapped[dict[str, float]] = mapped_column(JSON)
    """``bot.rules.lessons.Figures``, by name."""
    pulls: Mapped[dict[str, list[float]]] = mapped_column(JSON)
    """For each correction learned from, by its id as text: a few numbers, no words."""
    better: Mapped[bool]
    """Whether it was worth using."""
    active: Mapped[bool]
    undone_at: Mapped[datetime | None] = mapped_column(Moment)


@dataclass(frozen=True, slots=True)
class JudgedWords:
    """A judged message whose words are still there."""

    correction: Correction
    words: str
    level: str | None


@dataclass(frozen=True, slots=True)
class Stock:
    """What there is to learn from: changes whenever a correction or its words change."""

    corrections: int
    confirmations: int
    latest: datetime | None
    edited: datetime | None


def _with_words(centre_id: int) -> Select[Correction, Message, Conversation]:
    return (
        select(Correction, Message, Conversation)
        .join(Message, Message.id == Correction.message_id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Correction.centre_id == centre_id, Message.withdrawn_at.is_(None), Message.text.is_not(None))
    )


async def judged(session: AsyncSession, centre_id: int, most: int) -> list[JudgedWords]:
    """What a centre may learn from: its ``most`` latest judged messages, oldest first."""
    rows = await session.execute(
        _with_words(centre_id)
        .where(Correction.set_aside_at.is_(None))
        .order_by(Correction.at.desc(), Correction.id.desc())
        .limit(most)
    )
    found = [JudgedWords(one, said.text or "", thread.level) for one, said, thread in rows]
    return found[::-1]


async def judged_among(session: AsyncSession, centre_id: int, ids: Collection[int]) -> list[JudgedWords]:
    """Those of these corrections whose words are still there."""
    rows = await session.execute(_with_words(centre_id).where(Correction.id.in_(ids)).order_by(Correction.id))
    return [JudgedWords(one, said.text or "", thread.level) for one, said, thread in rows]


async def stock(session: AsyncSession, centre_id: int) -> Stock:
    """How much there is to learn from."""
    wanted = (
        _with_words(centre_id)
        .where(Correction.set_aside_at.is_(None))
        .with_only_columns(
            func.count().filter(Correction.was != Correction.becomes),
            func.count().filter(Correction.was == Correction.becomes),
            func.max(Correction.at),
            func.max(Message.edited_at),
        )
    )
    return Stock(*(await session.execute(wanted)).one())


async def centres_that_judged(session: AsyncSession) -> Sequence[int]:
    """The centres that ever confirmed or corrected a proposal."""
    return (await session.scalars(select(Correction.centre_id).distinct())).all()


async def of_conversation(session: AsyncSession, conversation_id: int) -> Correction | None:
    """What was said of a conversation's proposal."""
    return await session.scalar(
        select(Correction)
        .join(Message, Message.id == Correction.message_id)
        .where(Message.conversation_id == conversation_id)
        .order_by(Correction.id)
        .limit(1)
    )


@once
async def active(session: AsyncSession, centre_id: int) -> KeptLayer | None:
    """The layer a centre uses now."""
    return await session.scalar(select(KeptLayer).where(KeptLayer.centre_id == centre_id, KeptLayer.active))


async def latest(session: AsyncSession, centre_id: int) -> KeptLayer | None:
    """The last layer that was tried, used or not."""
    return await session.scalar(
        select(KeptLayer).where(KeptLayer.centre_id == centre_id).order_by(KeptLayer.id.desc()).limit(1)
    )


async def used(session: AsyncSession, centre_id: int) -> Sequence[KeptLayer]:
    """The layers that were worth using and were not undone, newest first."""
    return (
        await session.scalars(
            select(KeptLayer)
            .where(KeptLayer.centre_id == centre_id, KeptLayer.better, KeptLayer.undone_at.is_(None))
            .order_by(KeptLayer.id.desc())
        )
    ).all()


async def set_aside(session: AsyncSession, ids: Collection[int], now: datetime) -> None:
    """Nothing is learned from these again, unless somebody judges the message anew."""
    await session.execute(
        update(Correction)
        .where(Correction.id.in_(ids), Correction.set_aside_at.is_(None))
        .values(set_aside_at=now)
        .execution_options(synchronize_session=False)
    )


async def said(session: AsyncSession, centre_id: int) -> Sequence[Correction]:
    """Everything ever said of the proposals of a centre, oldest first."""
    return (
        await session.scalars(
            select(Correction).where(Correction.centre_id == centre_id).order_by(Correction.at)
        )
    ).all()


async def proposed_at(session: AsyncSession, centre_id: int) -> Sequence[datetime]:
    """When the centre's conversations that carry a proposal began."""
    return (
        await session.scalars(
            select(Conversation.opened_at).where(
                Conversation.centre_id == centre_id, Conversation.reason != ""
            )
        )
    ).all()
