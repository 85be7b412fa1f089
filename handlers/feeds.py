"""`/agenda`."""

from collections.abc import Awaitable, Callable

from telegram import Update

from bot import feeds
from bot.incoming import Press
from bot.rights import Who
from storage.store import Work

VERBS: dict[str, tuple[Callable[[Work, Press], Awaitable[str | None]], Who]] = {
    "feed-close": (feeds.close, Who.KNOWN),
}


async def open(update: Update, work: Work, card: str | None) -> None:
    """She wants her meetings in her own calendar."""
    if update.effective_chat is not None:
        await feeds.open(work, str(update.effective_chat.id))
