"""A private address at which somebody's agenda reads her meetings. Only a fingerprint of it is kept."""

import hashlib
from datetime import datetime

from sqlalchemy import ForeignKey, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Moment


class Feed(Base):
    """One address; whoever has it reads these meetings, until it is revoked."""

    __tablename__ = "feeds"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    fingerprint: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)


def fingerprint(token: str) -> str:
    """What is kept of a token: enough to recognise it, not to make it."""
    return hashlib.sha256(token.encode()).hexdigest()


async def owner(session: AsyncSession, token: str) -> int | None:
    """Whose feed this token opens (a person id); None when it opens none."""
    return await session.scalar(
        select(Feed.person_id).where(Feed.fingerprint == fingerprint(token), Feed.revoked_at.is_(None))
    )


async def revoke(session: AsyncSession, person_id: int, now: datetime) -> None:
    """Her addresses open nothing any more."""
    await session.execute(
        update(Feed)
        .where(Feed.person_id == person_id, Feed.revoked_at.is_(None))
        .values(revoked_at=now)
        .execution_options(synchronize_session=False)
    )
