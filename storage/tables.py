"""Every table, gathered for the migrations and for the test that holds them equal."""

from storage import (
    absences,
    alerts,
    centres,
    conversations,
    dialogues,
    due,
    facts,
    inbox,
    invitations,
    outbox,
    people,
    trace,
)
from storage.base import Base

__all__ = [
    "absences",
    "alerts",
    "centres",
    "conversations",
    "dialogues",
    "due",
    "facts",
    "inbox",
    "invitations",
    "metadata",
    "outbox",
    "people",
    "trace",
]

metadata = Base.metadata
