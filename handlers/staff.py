"""`/equipe`."""

from telegram import Update

from bot import staff
from storage.store import Work


async def open(update: Update, work: Work, card: str | None) -> None:
    """The coordinatrice looks at her team."""
    if update.effective_chat is not None:
        await staff.show(work, str(update.effective_chat.id))
