"""`/appel`."""

from telegram import Update

from bot import call_notes
from storage.store import Work


async def open(update: Update, work: Work, card: str | None) -> None:
    """She has just hung up, and notes who called."""
    if update.effective_chat is not None:
        await call_notes.show(work, str(update.effective_chat.id))
