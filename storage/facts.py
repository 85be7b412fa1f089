"""Small facts about the database itself: which key wrote it, the bot's username."""

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Secret


class Fact(Base):
    """A name and what is known under it."""

    __tablename__ = "facts"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(Secret)


async def recall(session: AsyncSession, name: str) -> str | None:
    """What is known under this name."""
    fact = await session.get(Fact, name)
    return None if fact is None else fact.value


async def remember(session: AsyncSession, name: str, value: str) -> None:
    """Know this from now on."""
    await session.merge(Fact(name=name, value=value))


async def write_again(session: AsyncSession, name: str) -> None:
    """Write what is known under this name as it stands: only a database that takes writes lets it."""
    await session.execute(update(Fact).where(Fact.name == name).values(name=name))
