"""What people write: to the teacher's or to the team's use cases, by what they are."""

from telegram import Update

from bot import (
    answers,
    call_notes,
    callbacks,
    joining,
    meeting_choices,
    meeting_lines,
    meeting_notes,
    relay,
    withdrawal,
)
from handlers import reading
from storage.store import Work

TAKERS = (
    joining.takes_words,
    callbacks.takes_words,
    call_notes.takes_words,
    meeting_choices.takes_words,
    meeting_notes.takes_words,
)
"""Open questions that words may answer: they are then no message."""


async def said(update: Update, work: Work, card: str | None) -> None:
    """Any message that is no command."""
    message = update.effective_message
    if message is None:
        return
    incoming = reading.incoming(message, card)
    known = await reading.who(update, work)
    for takes_words in TAKERS:
        if known is not None and await takes_words(work, known, incoming):
            relay.was_an_answer(work, known, incoming)
            return
    if known is None:
        if card is None:  # the numbers have left already, with the closed door
            await joining.stranger(work, incoming)
    elif known.staff and not (known.teaching and incoming.reply_to is None):
        await answers.receive(work, known, incoming)
    elif known.teaching:
        await relay.receive(work, known, incoming)


async def edited(update: Update, work: Work, card: str | None) -> None:
    """She mended a message."""
    message = update.effective_message
    known = await reading.who(update, work)
    if message is None or known is None:
        return
    incoming = reading.incoming(message, card)
    if await meeting_lines.edited(work, known, incoming):
        return
    if known.staff:
        await answers.edited(work, known, incoming)
    else:
        await relay.edited(work, known, incoming)


async def withdraw(update: Update, work: Work, card: str | None) -> None:
    """``/retirer``."""
    message = update.effective_message
    known = await reading.who(update, work)
    if message is None:
        return
    incoming = reading.incoming(message, card)
    if known is None:
        await joining.stranger(work, incoming)
    else:
        await withdrawal.replied(work, known, incoming)
