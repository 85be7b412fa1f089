"""`/start <code>` and `/quitter`."""

from telegram import Update

from bot import joining, leaving
from storage.store import Work


async def start(update: Update, work: Work, card: str | None) -> None:
    """A link was opened; its code, if any, follows the command."""
    chat, user, message = update.effective_chat, update.effective_user, update.effective_message
    if chat is None or message is None:
        return
    code = " ".join((message.text or "").split()[1:])
    await joining.start(work, str(chat.id), code, user.full_name if user else "")


async def leave(update: Update, work: Work, card: str | None) -> None:
    """She wants to go."""
    if update.effective_chat is not None:
        await leaving.ask(work, str(update.effective_chat.id))
