"""`/aide` and `/clas_ou_pre`."""

from telegram import Update

from bot import help as use_case
from storage.store import Work


async def help(update: Update, work: Work, card: str | None) -> None:
    """What one can do here."""
    if update.effective_chat is not None:
        await use_case.show(work, str(update.effective_chat.id))


async def clas_or_pre(update: Update, work: Work, card: str | None) -> None:
    """CLAS or PRE, in five lines."""
    if update.effective_chat is not None:
        await use_case.clas_or_pre(work, str(update.effective_chat.id))
