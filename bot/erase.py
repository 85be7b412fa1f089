"""What must not be read any more on somebody's phone: deleted, or emptied when it is too old for that."""

from datetime import timedelta

from bot import owe
from bot.carry import CAPTIONED
from bot.texts import leaving as texts
from storage.conversations import Bubble
from storage.store import Work

DELETABLE = timedelta(hours=47)
"""Telegram deletes a bubble for everyone during 48 hours; an hour for calls that wait."""
AS_SENT = ("copy", "answer")
"""Parts that may be somebody's media rather than a text of ours."""


async def erase(work: Work, bubble: Bubble, kind: str) -> None:
    """``kind``: that of the message the bubble shows. A picture too old to be deleted loses its caption."""
    if work.now - bubble.made_at < DELETABLE:
        await owe.remove(work, bubble)
        return
    media = bubble.part in AS_SENT and kind != "text"
    if not media or kind in CAPTIONED:
        await owe.edit(work, bubble, texts.erased(), caption=media)
    bubble.removed_at = work.now  # so that nothing writes the words there again
