"""`/reunion`, and a text that begins with « réunion »."""

from collections.abc import Awaitable, Callable

from telegram import Update

from bot import meeting_choices, meeting_notes, meeting_proposal, meetings
from bot.incoming import Press
from bot.rights import Who
from handlers import reading, words
from storage.store import Work

UseCase = Callable[[Work, Press], Awaitable[str | None]]

VERBS: dict[str, tuple[UseCase, Who]] = {
    "plan": (meeting_choices.choose, Who.KNOWN),
    "plan-keep": (meeting_choices.keep, Who.KNOWN),
    "plan-drop": (meeting_choices.drop, Who.KNOWN),
    "plan-message": (meeting_choices.was_message, Who.TEACHER),
    "meet-yes": (meetings.yes, Who.KNOWN),
    "meet-move": (meeting_proposal.move, Who.KNOWN),
    "meet-cancel": (meetings.cancel, Who.KNOWN),
    "meet-cannot": (meetings.cannot, Who.STAFF),
    "meet-agenda": (meetings.agenda, Who.KNOWN),
    "meet-crib": (meeting_notes.crib, Who.STAFF),
    "meet-topic": (meeting_notes.add_topic, Who.STAFF),
    "meet-follow": (meeting_notes.write_follow_up, Who.STAFF),
    "meet-nothing": (meeting_notes.nothing, Who.STAFF),
}
"""The buttons of meetings: verb, use case, whose it is; each use case asks whose meeting it is."""


async def open(update: Update, work: Work, card: str | None) -> None:
    """`/reunion`."""
    message = update.effective_message
    if message is not None:
        await meeting_proposal.command(work, await reading.who(update, work), reading.incoming(message, card))


async def said(update: Update, work: Work, card: str | None) -> None:
    """A text that begins with « réunion »: a proposal, or a message like any other."""
    message = update.effective_message
    if message is None:
        return
    known, incoming = await reading.who(update, work), reading.incoming(message, card)
    if not await meeting_proposal.heard(work, known, incoming):
        await words.said(update, work, card)
