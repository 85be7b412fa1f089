"""Whatever is said in a group."""

from telegram import Update

from bot import groups
from storage.store import Work


async def leave(update: Update, work: Work, card: str | None) -> None:
    """The bot is in a group: it does not stay."""
    if update.effective_chat is not None:
        await groups.leave(work, str(update.effective_chat.id))
