"""`/rythme`."""

from telegram import Update

from bot import rhythm
from storage.store import Work


async def open(update: Update, work: Work, card: str | None) -> None:
    """She wants to say when her phone rings."""
    if update.effective_chat is not None:
        await rhythm.show(work, str(update.effective_chat.id))
