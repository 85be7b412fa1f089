"""The periods of school told to a coordinatrice: one row each, and what they are counted from."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Row, UniqueConstraint, func, select, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Moment
from storage.centres import School
from storage.conversations import Conversation
from storage.meetings import Meeting, MeetingNote


class PeriodTold(Base):
    """A period of school told to somebody."""

    __tablename__ = "periods_told"
    __table_args__ = (UniqueConstraint("person_id", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    period: Mapped[str]
    """``2026-P2``: the second of the school year that begins in 2026."""
    planned_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    """None: the next one was due already when the service came back, or she has no chat."""


async def told(session: AsyncSession, person_id: int, period: str) -> PeriodTold | None:
    """That period's row, if it was told or given up."""
    return await session.scalar(
        select(PeriodTold).where(PeriodTold.person_id == person_id, PeriodTold.period == period)
    )


async def received(
    session: AsyncSession, *, since: datetime, until: datetime, centre_id: int
) -> Sequence[Row[int, str, datetime, datetime | None, datetime | None, bool]]:
    """School, territory, opening, promise, answer, and whether somebody else had it than the référente.

    What is marked ⚠️ is never counted.
    """
    return (
        await session.execute(
            select(
                Conversation.school_id,
                Conversation.territory,
                Conversation.opened_at,
                Conversation.promised_at,
                Conversation.answered_at,
                (Conversation.reader_id != Conversation.referente_id).label("relayed"),
            ).where(
                Conversation.centre_id == centre_id,
                Conversation.opened_at >= since,
                Conversation.opened_at < until,
                Conversation.danger_at.is_(None),
            )
        )
    ).all()


async def meetings_held(session: AsyncSession, centre_id: int, since: datetime, until: datetime) -> int:
    """How many meetings took place in those days, as far as we know."""
    wanted = select(func.count()).where(
        Meeting.centre_id == centre_id,
        Meeting.state == "kept",
        Meeting.arrives >= since,
        Meeting.arrives < until,
    )
    return await session.scalar(wanted) or 0


async def follow_ups(session: AsyncSession, centre_id: int, since: datetime, until: datetime) -> int:
    """How many lines were noted after meetings."""
    wanted = (
        select(func.count())
        .select_from(MeetingNote)
        .join(School, School.id == MeetingNote.school_id)
        .where(
            School.centre_id == centre_id,
            MeetingNote.kind == "follow-up",
            MeetingNote.at >= since,
            MeetingNote.at < until,
        )
    )
    return await session.scalar(wanted) or 0


async def silent_schools(
    session: AsyncSession, centre_id: int, since: datetime, until: datetime
) -> Sequence[str]:
    """The schools from which nothing came and where no meeting was: a ⚠️ breaks the silence as well."""
    heard = union(
        select(Conversation.school_id).where(
            Conversation.centre_id == centre_id,
            Conversation.opened_at >= since,
            Conversation.opened_at < until,
        ),
        select(Meeting.school_id).where(
            Meeting.centre_id == centre_id,
            Meeting.state == "kept",
            Meeting.arrives >= since,
            Meeting.arrives < until,
        ),
    )
    return (
        await session.scalars(
            select(School.name)
            .where(School.centre_id == centre_id, School.id.not_in(heard))
            .order_by(School.name)
        )
    ).all()
