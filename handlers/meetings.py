"""`/reunion`, and a text that begins with « réunion »."""

from collections.abc import Awaitable, Callable

from telegram import Update

from bot import (
    meeting_agenda,
    meeting_buttons,
    meeting_choices,
    meeting_leavers,
    meeting_lines,
    meeting_notes,
    meeting_proposal,
    meeting_series,
)
from bot.incoming import Press
from bot.rights import Who
from handlers import reading, words
from storage.store import Work

UseCase = Callable[[Work, Press], Awaitable[str | None]]

VERBS: dict[str, tuple[UseCase, Who]] = {
    "plan": (meeting_choices.choose, Who.KNOWN),
    "plan-keep": (meeting_choices.keep, Who.KNOWN),
    "plan-drop": (meeting_choices.drop, Who.KNOWN),
    "plan-message": (meeting_lines.was_message, Who.TEACHER),
    "meet-yes": (meeting_buttons.yes, Who.KNOWN),
    "meet-move": (meeting_proposal.move, Who.KNOWN),
    "meet-cancel": (meeting_buttons.cancel, Who.KNOWN),
    "meet-cannot": (meeting_buttons.cannot, Who.STAFF),
    "meet-show": (meeting_buttons.show, Who.KNOWN),
    "meet-contact": (meeting_leavers.choose_contact, Who.STAFF),
    "meet-agenda": (meeting_agenda.agenda, Who.KNOWN),
    "series-yes": (meeting_series.yes, Who.KNOWN),
    "series-one": (meeting_series.choose, Who.KNOWN),
    "series-cancel": (meeting_series.cancel, Who.KNOWN),
    "series-off": (meeting_series.off, Who.KNOWN),
    "series-back": (meeting_series.back, Who.KNOWN),
    "series-agenda": (meeting_series.agenda, Who.KNOWN),
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
    if not await meeting_lines.heard(work, known, incoming):
        await words.said(update, work, card)
