"""Traces: who opened or did what, and what référentes corrected. Never the words of a message
in clear."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Moment, Secret


class Access(Base):
    """Somebody read, took, gave, withdrew, revoked…: ``what`` is one word."""

    __tablename__ = "accesses"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int | None] = mapped_column(ForeignKey("centres.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    what: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)


class Correction(Base):
    """A référente confirmed or corrected a proposal; the tagger learns from these."""

    __tablename__ = "corrections"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"), index=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    was: Mapped[str]
    becomes: Mapped[str]
    text: Mapped[str] = mapped_column(Secret)
    at: Mapped[datetime] = mapped_column(Moment)
