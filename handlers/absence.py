"""`/absence`."""

from telegram import Update

from bot import absences
from storage.store import Work


async def open(update: Update, work: Work, card: str | None) -> None:
    """She wants to say her days."""
    if update.effective_chat is not None:
        await absences.show(work, str(update.effective_chat.id))
