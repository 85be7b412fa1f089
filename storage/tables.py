"""Every table, gathered for the migrations and for the test that holds them equal."""

from storage import (
    absences,
    alerts,
    calendars,
    centres,
    conversations,
    dialogues,
    digests,
    due,
    facts,
    feeds,
    inbox,
    invitations,
    learning,
    meetings,
    outbox,
    people,
    periods,
    promises,
    trace,
)
from storage.base import Base

__all__ = [
    "absences",
    "alerts",
    "calendars",
    "centres",
    "conversations",
    "dialogues",
    "digests",
    "due",
    "facts",
    "feeds",
    "inbox",
    "invitations",
    "learning",
    "meetings",
    "metadata",
    "outbox",
    "people",
    "periods",
    "promises",
    "trace",
]

metadata = Base.metadata
