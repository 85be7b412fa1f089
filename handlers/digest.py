"""`/semaine`, and the buttons under the week."""

from collections.abc import Awaitable, Callable

from telegram import Update

from bot import digest, digest_waiting
from bot.incoming import Press
from bot.rights import Who
from storage.store import Work

VERBS: dict[str, tuple[Callable[[Work, Press], Awaitable[str | None]], Who]] = {
    "digest-open": (digest_waiting.show, Who.STAFF),
    "digest-card": (digest_waiting.to_card, Who.STAFF),
    "digest-at": (digest.choose, Who.STAFF),
}


async def open(update: Update, work: Work, card: str | None) -> None:
    """She wants her week now."""
    if update.effective_chat is not None:
        await digest.show(work, str(update.effective_chat.id))
