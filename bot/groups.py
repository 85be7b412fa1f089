"""In a group the bot explains itself and leaves."""

from datetime import timedelta

from bot import owe
from bot.texts import groups as texts
from storage import dialogues
from storage.store import Work

LEAVING = timedelta(minutes=5)
"""What is still said in the group meanwhile changes nothing; invited again later, it explains again."""


async def leave(work: Work, address: str) -> None:
    """Explain, once, and leave."""
    last = await dialogues.open_in(work.session, address, "group")
    if last is not None and work.now - last.asked_at < LEAVING:
        return
    await dialogues.ask(work.session, address, "group", work.now)
    owe.send(work, address, texts.only_alone(), part="note", silent=True)
    owe.leave(work, address)
