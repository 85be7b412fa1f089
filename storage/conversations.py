"""Conversations, their messages, and the bubbles in which people see them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.base import Base, Moment, Secret
from storage.centres import Centre, School
from storage.people import Person


class Conversation(Base):
    """What a teacher and the centre have to say to each other about one matter.

    ``state``: waiting (nobody of the centre has it), taken, answered, closed.
    """

    __tablename__ = "conversations"
    __table_args__ = (
        # Two first messages at the same instant make one conversation.
        Index(
            "uq_conversations_current",
            "teacher_id",
            "school_id",
            "referente_id",
            unique=True,
            sqlite_where=text("current"),
            postgresql_where=text("current"),
        ),
        Index("ix_conversations_reader_state", "reader_id", "state"),
        Index("ix_conversations_teacher_opened", "teacher_id", "opened_at"),
        Index(
            "ix_conversations_marked",
            "id",
            sqlite_where=text("danger_at IS NOT NULL"),
            postgresql_where=text("danger_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"), index=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    teacher_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    referente_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    """Whom the school × action names, present or not."""
    reader_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    """Who has the card now."""
    opens: Mapped[bool] = mapped_column(default=True)
    """Whether the reader sees the words; the coordinatrice does only once she has taken it."""
    state: Mapped[str] = mapped_column(default="waiting")
    current: Mapped[bool] = mapped_column(default=True)
    """Where the teacher's next words go when they reply to nothing."""

    opened_at: Mapped[datetime] = mapped_column(Moment)
    promised_at: Mapped[datetime | None] = mapped_column(Moment)
    taken_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    last_teacher_at: Mapped[datetime] = mapped_column(Moment)

    level: Mapped[str | None]
    territory: Mapped[str] = mapped_column(default="autre")
    action: Mapped[str] = mapped_column(default="aucune")
    reason: Mapped[str] = mapped_column(default="")
    unsure: Mapped[bool] = mapped_column(default=False)
    territory_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who confirmed or corrected the proposal."""
    danger_at: Mapped[datetime | None] = mapped_column(Moment)
    """⚠️: since when it is marked; nothing ever unmarks it."""
    call_at: Mapped[datetime | None] = mapped_column(Moment)
    """When she was promised a call, until it is made."""
    call_number: Mapped[str | None] = mapped_column(Secret)
    """Where to call her, if she said it; erased when it is done."""

    centre: Mapped[Centre] = relationship(lazy="raise")
    school: Mapped[School] = relationship(lazy="raise")
    teacher: Mapped[Person] = relationship(lazy="raise", foreign_keys=[teacher_id])
    referente: Mapped[Person] = relationship(lazy="raise", foreign_keys=[referente_id])
    reader: Mapped[Person] = relationship(lazy="raise", foreign_keys=[reader_id])


class Message(Base):
    """One thing somebody said in a conversation."""

    __tablename__ = "messages"
    __table_args__ = (Index("ix_messages_conversation_id", "conversation_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    from_teacher: Mapped[bool]
    kind: Mapped[str] = mapped_column(default="text")
    text: Mapped[str | None] = mapped_column(Secret)
    """Her words or her caption."""
    old_text: Mapped[str | None] = mapped_column(Secret)
    """What a late edit replaced, until she takes it away."""
    said_at: Mapped[datetime] = mapped_column(Moment)
    edited_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    delivered_at: Mapped[datetime | None] = mapped_column(Moment)
    today: Mapped[bool] = mapped_column(default=False)
    closing: Mapped[bool] = mapped_column(default=False)
    album: Mapped[str | None]
    """Telegram's media_group_id."""

    conversation: Mapped[Conversation] = relationship(lazy="raise")


class Bubble(Base):
    """One message in one chat: where words stand on somebody's phone.

    ``part``: source (what a person wrote), card, copy, answer, receipt, note, question, alert…
    """

    __tablename__ = "bubbles"
    __table_args__ = (
        Index("uq_bubbles_address_ref", "address", "ref", unique=True),
        Index("ix_bubbles_address_part", "address", "part"),
        Index("ix_bubbles_conversation_id", "conversation_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int | None] = mapped_column(ForeignKey("centres.id"))
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"), index=True)
    channel: Mapped[str] = mapped_column(default="telegram")
    address: Mapped[str]
    ref: Mapped[str | None]
    """Telegram's message_id as text; None until it is there."""
    part: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(Moment)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)

    conversation: Mapped[Conversation | None] = relationship(lazy="raise")
    message: Mapped[Message | None] = relationship(lazy="raise")


async def current(
    session: AsyncSession, teacher_id: int, school_id: int, referente_id: int
) -> Conversation | None:
    """The open conversation a teacher's words join when they reply to nothing."""
    return await session.scalar(
        select(Conversation).where(
            Conversation.teacher_id == teacher_id,
            Conversation.school_id == school_id,
            Conversation.referente_id == referente_id,
            Conversation.current,
        )
    )


async def latest_of_teacher(session: AsyncSession, teacher_id: int) -> Conversation | None:
    """The conversation a teacher opened last."""
    return await session.scalar(
        select(Conversation)
        .where(Conversation.teacher_id == teacher_id)
        .order_by(Conversation.opened_at.desc(), Conversation.id.desc())
        .limit(1)
    )


async def open_for(session: AsyncSession, reader_id: int, limit: int) -> Sequence[Conversation]:
    """The conversations somebody has, that she has opened and that are not closed, latest words first."""
    return (
        await session.scalars(
            select(Conversation)
            .where(Conversation.reader_id == reader_id, Conversation.state != "closed", Conversation.opens)
            .order_by(Conversation.last_teacher_at.desc(), Conversation.id.desc())
            .limit(limit)
        )
    ).all()


async def latest_current(session: AsyncSession, teacher_id: int, school_id: int) -> Conversation | None:
    """The conversation of a teacher at a school that heard her last and still takes her words."""
    return await session.scalar(
        select(Conversation)
        .where(
            Conversation.teacher_id == teacher_id, Conversation.school_id == school_id, Conversation.current
        )
        .order_by(Conversation.last_teacher_at.desc(), Conversation.id.desc())
        .limit(1)
    )


async def telephone_of(session: AsyncSession, conversation: Conversation) -> str:
    """The centre's telephone: always one tap away."""
    return (await session.get_one(Centre, conversation.centre_id)).telephone


async def open_of_reader(session: AsyncSession, reader_id: int) -> Sequence[Conversation]:
    """Everything somebody has that nobody has answered yet, oldest first."""
    return (
        await session.scalars(
            select(Conversation)
            .where(Conversation.reader_id == reader_id, Conversation.state.in_(("waiting", "taken")))
            .order_by(Conversation.opened_at, Conversation.id)
        )
    ).all()


async def how_many(session: AsyncSession, address: str, part: str, at_most: int) -> int:
    """How many bubbles of this part a chat has had, counted no further than ``at_most``.

    What this unit of work has not written yet is not counted.
    """
    with session.no_autoflush:
        found = await session.scalars(
            select(Bubble.id).where(Bubble.address == address, Bubble.part == part).limit(at_most)
        )
    return len(found.all())


async def bubble_at(
    session: AsyncSession, address: str, ref: str, channel: str = "telegram"
) -> Bubble | None:
    """The bubble somebody replies to, edits or presses."""
    return await session.scalar(
        select(Bubble).where(Bubble.channel == channel, Bubble.address == address, Bubble.ref == ref)
    )


async def leaves_its_place(session: AsyncSession, bubble: Bubble, now: datetime) -> None:
    """Where this bubble stood, another may be remembered: its author wrote anew in the same place."""
    bubble.ref, bubble.removed_at = None, now
    await session.flush()


async def bubbles_of_message(session: AsyncSession, message_id: int) -> Sequence[Bubble]:
    """Everywhere a message stands."""
    return (
        await session.scalars(select(Bubble).where(Bubble.message_id == message_id).order_by(Bubble.id))
    ).all()


async def bubbles_of(
    session: AsyncSession, conversation_id: int, *parts: str, address: str | None = None
) -> Sequence[Bubble]:
    """The bubbles of a conversation that still stand, of these parts, oldest first."""
    wanted = select(Bubble).where(
        Bubble.conversation_id == conversation_id, Bubble.part.in_(parts), Bubble.removed_at.is_(None)
    )
    if address is not None:
        wanted = wanted.where(Bubble.address == address)
    return (await session.scalars(wanted.order_by(Bubble.id))).all()


async def messages_of(session: AsyncSession, conversation_id: int) -> Sequence[Message]:
    """What was said in a conversation, in order."""
    return (
        await session.scalars(
            select(Message).where(Message.conversation_id == conversation_id).order_by(Message.id)
        )
    ).all()


async def pieces_of_teacher(session: AsyncSession, conversation_id: int) -> list[str]:
    """What the teacher wrote in a conversation and has not taken back, message by message, thanks apart."""
    said = await messages_of(session, conversation_id)
    kept = (one for one in said if one.from_teacher and one.withdrawn_at is None and not one.closing)
    return [one.text for one in kept if one.text]


async def latest_from_teacher(session: AsyncSession, conversation_id: int) -> Message | None:
    """The last thing the teacher said and has not taken back."""
    return await session.scalar(
        select(Message)
        .where(
            Message.conversation_id == conversation_id, Message.from_teacher, Message.withdrawn_at.is_(None)
        )
        .order_by(Message.id.desc())
        .limit(1)
    )


async def latest_from_centre(session: AsyncSession, conversation_id: int) -> Message | None:
    """The last thing somebody of the centre said and has not taken back."""
    return await session.scalar(
        select(Message)
        .where(
            Message.conversation_id == conversation_id,
            Message.from_teacher.is_(False),
            Message.withdrawn_at.is_(None),
        )
        .order_by(Message.id.desc())
        .limit(1)
    )


async def has_old_words(session: AsyncSession, conversation_id: int) -> bool:
    """Whether a late edit has left old words that may be taken back."""
    found = await session.scalar(
        select(Message.id)
        .where(Message.conversation_id == conversation_id, Message.old_text.is_not(None))
        .limit(1)
    )
    return found is not None


async def open_of_teacher(session: AsyncSession, teacher_id: int) -> Sequence[Conversation]:
    """What somebody of a school has open with any centre, oldest first."""
    return (
        await session.scalars(
            select(Conversation)
            .where(Conversation.teacher_id == teacher_id, Conversation.state != "closed")
            .order_by(Conversation.opened_at, Conversation.id)
        )
    ).all()


async def open_of_centre(session: AsyncSession, centre_id: int) -> Sequence[Conversation]:
    """What nobody has answered yet in a centre, oldest first."""
    return (
        await session.scalars(
            select(Conversation)
            .where(Conversation.centre_id == centre_id, Conversation.state.in_(("waiting", "taken")))
            .order_by(Conversation.opened_at, Conversation.id)
        )
    ).all()


async def currents_of(session: AsyncSession, teacher_id: int, school_id: int) -> Sequence[Conversation]:
    """The conversations a teacher's next words at a school might join."""
    return (
        await session.scalars(
            select(Conversation).where(
                Conversation.teacher_id == teacher_id,
                Conversation.school_id == school_id,
                Conversation.current,
            )
        )
    ).all()


async def marked_addresses(session: AsyncSession) -> Sequence[str]:
    """The chats in which a conversation that is not closed is marked ⚠️."""
    # A sub-query, not a join: SQLite began the join with every bubble there is.
    marked = select(Conversation.id).where(
        Conversation.danger_at.is_not(None), Conversation.state != "closed"
    )
    return (
        await session.scalars(select(Bubble.address).where(Bubble.conversation_id.in_(marked)).distinct())
    ).all()
