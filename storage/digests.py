"""The weekly digest: one row per person and week, when each wants it, and what a week is counted from."""

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Row, UniqueConstraint, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Moment
from storage.conversations import Conversation
from storage.due import Due
from storage.people import STAFF_ROLES, Membership
from storage.session import once


class Digest(Base):
    """A week told to somebody."""

    __tablename__ = "digests"
    __table_args__ = (UniqueConstraint("person_id", "week"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    week: Mapped[str]
    """An ISO week: ``2026-W47``."""
    planned_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    """None: the next week's was due already when the service came back, or she has no chat."""


class DigestChoice(Base):
    """When somebody wants her week; no row: Friday at 14:00."""

    __tablename__ = "digest_choices"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    weekday: Mapped[int]
    clock: Mapped[time]


async def told(session: AsyncSession, person_id: int, week: str) -> Digest | None:
    """The digest of that week, if it was told or given up."""
    return await session.scalar(select(Digest).where(Digest.person_id == person_id, Digest.week == week))


async def last_sent(session: AsyncSession, person_id: int, before: str) -> datetime | None:
    """For which moment she last had a digest, of a week before that one."""
    return await session.scalar(
        select(func.max(Digest.planned_at)).where(
            Digest.person_id == person_id, Digest.week < before, Digest.sent_at.is_not(None)
        )
    )


async def choice(session: AsyncSession, person_id: int) -> DigestChoice | None:
    """When she wants it, if she ever said."""
    return await session.get(DigestChoice, person_id)


@once
async def choices(session: AsyncSession) -> dict[int, tuple[int, time]]:
    """Weekday and hour of everybody who ever said: a few rows."""
    return {one.person_id: (one.weekday, one.clock) for one in await session.scalars(select(DigestChoice))}


async def postpone(session: AsyncSession, kind: str, person_id: int, week: str, at: datetime) -> None:
    """Move this week's, if it is still to come."""
    await session.execute(
        update(Due)
        .where(Due.kind == kind, Due.subject_id == person_id, Due.slot == week, Due.done_at.is_(None))
        .values(at=at)
        .execution_options(synchronize_session=False)
    )


@once
async def crew(session: AsyncSession, today: date) -> Sequence[Membership]:
    """What everybody of every centre's team is today, in order of person."""
    return (
        await session.scalars(
            select(Membership)
            .where(
                Membership.role.in_(STAFF_ROLES),
                Membership.ended_at.is_(None),
                Membership.first <= today,
                or_(Membership.last.is_(None), Membership.last >= today),
            )
            .order_by(Membership.person_id, Membership.id)
        )
    ).all()


async def newcomers(session: AsyncSession, centre_id: int, since: date, until: date) -> Sequence[Membership]:
    """People of schools who came in those days, both included, and are still here."""
    return (
        await session.scalars(
            select(Membership).where(
                Membership.centre_id == centre_id,
                Membership.role.not_in(STAFF_ROLES),
                Membership.first >= since,
                Membership.first <= until,
                Membership.ended_at.is_(None),
            )
        )
    ).all()


async def received(
    session: AsyncSession, *, since: datetime, until: datetime, reader_id: int | None, centre_id: int
) -> Sequence[Row[int, str, datetime, datetime | None]]:
    """School, territory, opening and answer of what came in; of one reader or of the whole centre.

    What is marked ⚠️ is never counted.
    """
    wanted = select(
        Conversation.school_id, Conversation.territory, Conversation.opened_at, Conversation.answered_at
    ).where(
        Conversation.centre_id == centre_id,
        Conversation.opened_at >= since,
        Conversation.opened_at < until,
        Conversation.danger_at.is_(None),
    )
    if reader_id is not None:
        wanted = wanted.where(Conversation.reader_id == reader_id)
    return (await session.execute(wanted)).all()


async def waiting(
    session: AsyncSession, moment: datetime, *, reader_id: int | None, centre_id: int
) -> Sequence[Conversation]:
    """What nobody had answered at that moment, oldest first; never what is marked ⚠️."""
    wanted = select(Conversation).where(
        Conversation.centre_id == centre_id,
        Conversation.opened_at <= moment,
        Conversation.danger_at.is_(None),
        or_(Conversation.answered_at.is_(None), Conversation.answered_at > moment),
        or_(Conversation.closed_at.is_(None), Conversation.closed_at > moment),
    )
    if reader_id is not None:
        wanted = wanted.where(Conversation.reader_id == reader_id)
    return (await session.scalars(wanted.order_by(Conversation.opened_at, Conversation.id))).all()
