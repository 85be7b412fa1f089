"""People, the chats they write from, and what they are to a school or a centre."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.base import Base, Moment
from storage.centres import Centre, School
from storage.session import keep, not_kept, once

STAFF_ROLES = ("référente", "coordinatrice")
"""Roles held in a centre; every other role is held in a school."""


class Person(Base):
    """Somebody Passerelle knows by the name others read."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    telephone: Mapped[str | None]
    notice_read_at: Mapped[datetime | None] = mapped_column(Moment)
    """When she touched « J'ai lu »."""


class Account(Base):
    """A chat a person writes from. A lost phone is an account that ended."""

    __tablename__ = "accounts"
    __table_args__ = (
        Index(
            "uq_accounts_open",
            "channel",
            "address",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    channel: Mapped[str] = mapped_column(default="telegram")
    address: Mapped[str]
    joined_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    unreachable_at: Mapped[datetime | None] = mapped_column(Moment)
    """Since when Telegram refuses what we send there (blocked, chat gone)."""

    person: Mapped[Person] = relationship(lazy="raise")


class Membership(Base):
    """Person × school or centre × role × classes × dates; several at once are usual."""

    __tablename__ = "memberships"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"), index=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"), index=True)
    """None for the centre's own staff."""
    role: Mapped[str]
    """enseignante, directrice, rased, remplaçante; référente, coordinatrice."""
    classes: Mapped[str] = mapped_column(default="")
    """Levels separated by commas: ``CE1`` or ``CM1,CM2``; empty when she has none."""
    first: Mapped[date]
    last: Mapped[date | None]
    """Last day of her rights, included."""
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    """None: she joined by a shared code and nobody of the centre has said that she is known."""
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    """Revoked, or left by herself."""

    person: Mapped[Person] = relationship(lazy="raise")
    centre: Mapped[Centre] = relationship(lazy="raise")
    school: Mapped[School | None] = relationship(lazy="raise")

    @property
    def is_staff(self) -> bool:
        """Whether she is of the centre rather than of a school."""
        return self.role in STAFF_ROLES

    @property
    def level(self) -> str | None:
        """Her class's level when she has exactly one."""
        return self.classes if self.classes and "," not in self.classes else None


@dataclass(frozen=True, slots=True)
class Known:
    """Who writes from a chat, with what she is today."""

    account: Account
    person: Person
    memberships: tuple[Membership, ...]

    @property
    def staff(self) -> tuple[Membership, ...]:
        """What she is in centres."""
        return tuple(one for one in self.memberships if one.is_staff)

    @property
    def teaching(self) -> tuple[Membership, ...]:
        """What she is in schools."""
        return tuple(one for one in self.memberships if not one.is_staff)


def _in_force(today: date) -> tuple[ColumnElement[bool], ...]:
    return (
        Membership.ended_at.is_(None),
        Membership.first <= today,
        (Membership.last.is_(None)) | (Membership.last >= today),
    )


@once
async def known(session: AsyncSession, address: str, today: date, channel: str = "telegram") -> Known | None:
    """Who writes from this chat; None for a stranger, or for somebody whose rights have ended."""
    found = (
        await session.execute(
            select(Account, Person)
            .join(Person, Person.id == Account.person_id)
            .where(Account.channel == channel, Account.address == address, Account.ended_at.is_(None))
        )
    ).first()
    if found is None:
        return None
    account, person = found
    memberships = await memberships_of(session, person.id, today)
    return Known(account, person, tuple(memberships)) if memberships else None


async def memberships_of_all(
    session: AsyncSession, person_ids: Sequence[int], today: date
) -> Sequence[Membership]:
    """What these people are today, oldest first."""
    return (
        await session.scalars(
            select(Membership)
            .where(Membership.person_id.in_(person_ids), *_in_force(today))
            .order_by(Membership.id)
        )
    ).all()


@once
async def memberships_of(session: AsyncSession, person_id: int, today: date) -> Sequence[Membership]:
    """What a person is today, oldest first."""
    return (
        await session.scalars(
            select(Membership)
            .where(Membership.person_id == person_id, *_in_force(today))
            .order_by(Membership.id)
        )
    ).all()


@once
async def account_of(session: AsyncSession, person_id: int) -> Account | None:
    """The chat in which a person is reached: her latest one still open."""
    return await session.scalar(
        select(Account)
        .where(Account.person_id == person_id, Account.ended_at.is_(None))
        .order_by(Account.id.desc())
        .limit(1)
    )


async def account_at(session: AsyncSession, address: str, channel: str = "telegram") -> Account | None:
    """The open account of a chat, whether or not its person still has rights."""
    return await session.scalar(
        select(Account).where(
            Account.channel == channel, Account.address == address, Account.ended_at.is_(None)
        )
    )


@once
async def coordinatrices(session: AsyncSession, centre_id: int, today: date) -> Sequence[int]:
    """Who heads the centre today (person ids)."""
    return (
        await session.scalars(
            select(Membership.person_id)
            .where(Membership.centre_id == centre_id, Membership.role == "coordinatrice", *_in_force(today))
            .order_by(Membership.id)
        )
    ).all()


async def telephone_of_centre(session: AsyncSession, centre_id: int) -> str:
    """The telephone of a centre."""
    return (await session.get_one(Centre, centre_id)).telephone


async def staff_named(session: AsyncSession, name: str) -> Person | None:
    """The person of the centre's staff of exactly that name, her rights ended or not."""
    return await session.scalar(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Person.name == name, Membership.role.in_(STAFF_ROLES))
        .limit(1)
    )


@once
async def staff_of(session: AsyncSession, centre_id: int, today: date) -> Sequence[Person]:
    """The centre's team today."""
    return (
        await session.scalars(
            select(Person)
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.centre_id == centre_id, Membership.role.in_(STAFF_ROLES), *_in_force(today))
            .distinct()
            .order_by(Person.id)
        )
    ).all()


async def addresses(session: AsyncSession, today: date) -> tuple[list[str], list[str]]:
    """The chats of the staff and those of the schools' people, today."""
    rows = await session.execute(
        select(Account.address, Membership.role)
        .join(Membership, Membership.person_id == Account.person_id)
        .where(Account.ended_at.is_(None), *_in_force(today))
    )
    staff: list[str] = []
    teachers: list[str] = []
    for address, role in rows:
        (staff if role in STAFF_ROLES else teachers).append(address)
    return staff, teachers


async def accounts_ahead(session: AsyncSession, person_ids: Collection[int]) -> None:
    """Ask in one query what :func:`account_of` will be asked of each of these people."""
    wanted = await not_kept(session, account_of, person_ids)
    if not wanted:
        return
    rows = await session.scalars(
        select(Account).where(Account.person_id.in_(wanted), Account.ended_at.is_(None)).order_by(Account.id)
    )
    latest = {row.person_id: row for row in rows}
    for one in wanted:
        keep(session, account_of, latest.get(one), one)


async def without_chat(session: AsyncSession, crew: Collection[int]) -> list[int]:
    """Those of these people who have joined with no phone yet, or whose phone refuses us."""
    await accounts_ahead(session, crew)
    accounts = {one: await account_of(session, one) for one in crew}
    return [one for one, account in accounts.items() if account is None or account.unreachable_at is not None]
