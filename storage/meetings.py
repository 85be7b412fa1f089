"""Meetings of a school and the centre, the bubbles that speak of them, and what was noted."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, delete, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage import due
from storage.base import Base, Moment, Secret
from storage.centres import EVERY_ACTION, Centre, Coverage, School
from storage.conversations import Bubble, Conversation, Message
from storage.due import Due
from storage.people import Membership, Person

REMINDER = "meeting-reminder"
"""The kind of a reminder's due row; its slot is kind, to whom, and the meeting's revision."""
NOTE_LINES = 3


class Meeting(Base):
    """A meeting that is agreed on. ``kind``: cycle, pre (school, PRE, centre), liaison.

    ``state``: kept, cancelled. The centre is a guest of a cycle meeting: it arrives near the end.
    """

    __tablename__ = "meetings"
    __table_args__ = (
        # Twice the same is once.
        Index(
            "uq_meetings_kept",
            "school_id",
            "kind",
            "cycles",
            "starts",
            unique=True,
            sqlite_where=text("state = 'kept'"),
            postgresql_where=text("state = 'kept'"),
        ),
        Index("ix_meetings_referente_arrives", "referente_id", "arrives"),
        Index("ix_meetings_centre_arrives", "centre_id", "arrives"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    kind: Mapped[str]
    cycles: Mapped[str] = mapped_column(default="")
    """``2`` or ``2,3``."""
    starts: Mapped[datetime] = mapped_column(Moment)
    ends: Mapped[datetime] = mapped_column(Moment)
    arrives: Mapped[datetime] = mapped_column(Moment)
    """When the centre's person arrives: the useful hour."""
    place: Mapped[str] = mapped_column(default="")
    referente_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    """Who goes there for the centre."""
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    """The one person of the school who is asked and reminded; None: nobody of it has joined yet."""
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    referente_yes_at: Mapped[datetime | None] = mapped_column(Moment)
    contact_yes_at: Mapped[datetime | None] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(default="kept")
    revision: Mapped[int] = mapped_column(default=1)
    """Grows each time it is moved or taken up again: reminders of before no longer count."""
    series_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    """The first meeting of the series it is of; its own id for that one."""
    made_at: Mapped[datetime] = mapped_column(Moment)

    centre: Mapped[Centre] = relationship(lazy="raise")
    school: Mapped[School] = relationship(lazy="raise")
    referente: Mapped[Person] = relationship(lazy="raise", foreign_keys=[referente_id])
    contact: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[contact_id])

    @property
    def kept(self) -> bool:
        """Whether it takes place, as far as we know."""
        return self.state == "kept"


class MeetingBubble(Base):
    """Which meeting a bubble speaks of: its buttons can name no other."""

    __tablename__ = "meeting_bubbles"

    bubble_id: Mapped[int] = mapped_column(ForeignKey("bubbles.id"), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    revision: Mapped[int]
    """The meeting's when it was said: an older bubble answers for no newer date."""


class MeetingNote(Base):
    """A line of whoever goes there. ``kind``: topic (to talk about), follow-up (what was agreed)."""

    __tablename__ = "meeting_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str]
    words: Mapped[str] = mapped_column(Secret)
    at: Mapped[datetime] = mapped_column(Moment)


async def same(
    session: AsyncSession, school_id: int, kind: str, cycles: str, starts: datetime
) -> Meeting | None:
    """The kept meeting that is this very one."""
    return await session.scalar(
        select(Meeting).where(
            Meeting.school_id == school_id,
            Meeting.kind == kind,
            Meeting.cycles == cycles,
            Meeting.starts == starts,
            Meeting.state == "kept",
        )
    )


async def of_referente(
    session: AsyncSession, person_id: int, since: datetime, until: datetime
) -> Sequence[Meeting]:
    """The kept meetings somebody goes to, by arrival, from ``since`` until before ``until``."""
    return (
        await session.scalars(
            select(Meeting)
            .where(
                Meeting.referente_id == person_id,
                Meeting.state == "kept",
                Meeting.arrives >= since,
                Meeting.arrives < until,
            )
            .order_by(Meeting.arrives, Meeting.id)
        )
    ).all()


async def to_come(session: AsyncSession, now: datetime) -> Sequence[Meeting]:
    """Every kept meeting at which the centre has not arrived yet, of every centre."""
    return (
        await session.scalars(
            select(Meeting).where(Meeting.state == "kept", Meeting.arrives > now).order_by(Meeting.id)
        )
    ).all()


async def of_person(session: AsyncSession, person_id: int, since: datetime) -> Sequence[Meeting]:
    """The kept meetings to come that somebody goes to or is the contact of, by arrival."""
    return (
        await session.scalars(
            select(Meeting)
            .where(
                or_(Meeting.referente_id == person_id, Meeting.contact_id == person_id),
                Meeting.state == "kept",
                Meeting.arrives >= since,
            )
            .order_by(Meeting.arrives, Meeting.id)
        )
    ).all()


async def of_series(session: AsyncSession, series_id: int) -> Sequence[Meeting]:
    """Every meeting of a series, cancelled ones included, by date."""
    return (
        await session.scalars(
            select(Meeting).where(Meeting.series_id == series_id).order_by(Meeting.starts, Meeting.id)
        )
    ).all()


async def without_contact(
    session: AsyncSession, school_id: int, referente_id: int, since: datetime
) -> Sequence[Meeting]:
    """The kept meetings to come that somebody goes to at a school where nobody is told of them."""
    return (
        await session.scalars(
            select(Meeting)
            .where(
                Meeting.school_id == school_id,
                Meeting.referente_id == referente_id,
                Meeting.contact_id.is_(None),
                Meeting.state == "kept",
                Meeting.arrives >= since,
            )
            .order_by(Meeting.arrives, Meeting.id)
        )
    ).all()


async def of_centre(
    session: AsyncSession, centre_id: int, since: datetime, until: datetime
) -> Sequence[Meeting]:
    """The kept meetings of a centre, by arrival, from ``since`` until before ``until``."""
    return (
        await session.scalars(
            select(Meeting)
            .where(
                Meeting.centre_id == centre_id,
                Meeting.state == "kept",
                Meeting.arrives >= since,
                Meeting.arrives < until,
            )
            .order_by(Meeting.arrives, Meeting.id)
        )
    ).all()


async def of_bubble(session: AsyncSession, bubble_id: int) -> tuple[Meeting, int] | None:
    """The meeting a bubble speaks of, and the revision it spoke of."""
    link = await session.get(MeetingBubble, bubble_id)
    return None if link is None else (await session.get_one(Meeting, link.meeting_id), link.revision)


async def bubble_of(session: AsyncSession, meeting_id: int, address: str, part: str) -> Bubble | None:
    """The latest bubble of this part that speaks of a meeting in a chat."""
    return await session.scalar(
        select(Bubble)
        .join(MeetingBubble, MeetingBubble.bubble_id == Bubble.id)
        .where(
            MeetingBubble.meeting_id == meeting_id,
            Bubble.address == address,
            Bubble.part == part,
            Bubble.removed_at.is_(None),
        )
        .order_by(Bubble.id.desc())
        .limit(1)
    )


async def bubble_of_series(session: AsyncSession, series_id: int, address: str, part: str) -> Bubble | None:
    """The latest bubble of this part that speaks of a whole series in a chat."""
    return await session.scalar(
        select(Bubble)
        .join(MeetingBubble, MeetingBubble.bubble_id == Bubble.id)
        .join(Meeting, Meeting.id == MeetingBubble.meeting_id)
        .where(
            Meeting.series_id == series_id,
            Bubble.address == address,
            Bubble.part == part,
            Bubble.removed_at.is_(None),
        )
        .order_by(Bubble.id.desc())
        .limit(1)
    )


async def forget_line(session: AsyncSession, line: Bubble) -> None:
    """Her line, mended, is no longer what a meeting came from."""
    await session.execute(delete(MeetingBubble).where(MeetingBubble.bubble_id == line.id))
    await session.delete(line)
    await session.flush()


async def notes(
    session: AsyncSession, kind: str, *, meeting_id: int | None = None, school_id: int | None = None
) -> Sequence[MeetingNote]:
    """The lines of a meeting, or of all of a school's, oldest first."""
    wanted = select(MeetingNote).where(MeetingNote.kind == kind)
    if meeting_id is not None:
        wanted = wanted.where(MeetingNote.meeting_id == meeting_id)
    if school_id is not None:
        wanted = wanted.where(MeetingNote.school_id == school_id)
    return (await session.scalars(wanted.order_by(MeetingNote.id))).all()


async def people_of_school(
    session: AsyncSession, school_id: int, today: date
) -> Sequence[tuple[Membership, Person]]:
    """Those of a school whom the centre knows, today, oldest first."""
    rows = await session.execute(
        select(Membership, Person)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.school_id == school_id,
            Membership.confirmed_at.is_not(None),
            Membership.ended_at.is_(None),
            Membership.first <= today,
            or_(Membership.last.is_(None), Membership.last >= today),
        )
        .order_by(Membership.id)
    )
    return [(membership, person) for membership, person in rows]


async def schools_of(session: AsyncSession, person_id: int) -> Sequence[School]:
    """The schools whose meetings are somebody's (all that nobody else is named for), by name."""
    return (
        await session.scalars(
            select(School)
            .join(Coverage, Coverage.school_id == School.id)
            .where(Coverage.person_id == person_id, Coverage.action.in_((EVERY_ACTION, "reunion")))
            .distinct()
            .order_by(School.name)
        )
    ).all()


async def schools_of_centres(session: AsyncSession, centres: Sequence[int]) -> Sequence[School]:
    """Every school of these centres, by name."""
    return (
        await session.scalars(select(School).where(School.centre_id.in_(centres)).order_by(School.name))
    ).all()


async def waiting_of_school(session: AsyncSession, school_id: int, reader_id: int) -> Sequence[Conversation]:
    """What somebody has of a school that nobody has answered, oldest first; never what is marked ⚠️."""
    return (
        await session.scalars(
            select(Conversation)
            .where(
                Conversation.reader_id == reader_id,
                Conversation.state.in_(("waiting", "taken")),
                Conversation.school_id == school_id,
                Conversation.danger_at.is_(None),
            )
            .order_by(Conversation.opened_at)
        )
    ).all()


async def clas_words(session: AsyncSession, school_id: int, reader_id: int, since: datetime) -> Sequence[str]:
    """What teachers of a school wrote about CLAS to this reader since then; never what is marked ⚠️."""
    found = await session.scalars(
        select(Message.text)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            Conversation.reader_id == reader_id,
            Conversation.opens,
            Conversation.school_id == school_id,
            Conversation.territory.in_(("clas", "both")),
            Conversation.danger_at.is_(None),
            Conversation.opened_at >= since,
            Message.from_teacher,
            Message.withdrawn_at.is_(None),
            Message.text.is_not(None),
        )
        .order_by(Message.id)
    )
    return [one for one in found if one]


async def set_reminders(
    session: AsyncSession, meeting_id: int, wanted: Mapping[str, datetime], now: datetime
) -> None:
    """Make the reminders that have not gone out be these, by slot; those gone stay gone.

    A late one that waits for the contact's hours bears a longer name that begins with its own, and waits on.

    A moment already past is not planned: it would remind of nothing. One that was planned and moves to
    the past goes out now, and is not late for all that.
    """
    rows = await session.scalars(
        select(Due).where(Due.kind == REMINDER, Due.subject_id == meeting_id).order_by(Due.id)
    )
    planned = {row.slot: row for row in rows}
    for slot, row in planned.items():
        if row.done_at is None and not any(slot == one or slot.startswith(f"{one}:") for one in wanted):
            row.done_at = now
    fresh = {slot: at for slot, at in wanted.items() if slot not in planned and at > now}
    await due.plan_slots(session, REMINDER, meeting_id, fresh)
    for slot, at in wanted.items():
        known = planned.get(slot)
        if known is not None and known.done_at is None:
            known.at = at if at > now else min(known.at, now)
        elif known is not None and known.done_at is not None and known.done_at < known.at and at > now:
            known.at, known.done_at = at, None  # it was taken back before its moment, and never went out


async def later_reminder_due(session: AsyncSession, row: Due, slots: Sequence[str], now: datetime) -> bool:
    """Whether a later reminder among these slots is due too: then the earlier one says nothing new."""
    if not slots or row.at == now:
        return False
    found = await session.scalar(
        select(Due.id)
        .where(
            Due.kind == REMINDER,
            Due.subject_id == row.subject_id,
            Due.slot.in_(slots),
            or_(Due.done_at.is_(None), Due.done_at >= Due.at),  # another process may just have done it
            Due.at <= now,
            Due.at > row.at,
        )
        .limit(1)
    )
    return found is not None
