"""What a centre takes besides words: photos and videos of children only if it says so. Both ways."""

from collections.abc import Iterable

from bot import owe
from bot.incoming import Incoming
from storage import outbox
from storage.centres import Centre
from storage.store import Work

ALWAYS = ("text", "dice", "poll", "venue")


def by(centres: Iterable[Centre], incoming: Incoming) -> bool:
    """Whether all of these centres take this kind; what cannot be carried at all is refused elsewhere."""
    if incoming.kind in ALWAYS or not incoming.carried:
        return True
    return all(incoming.kind in centre.accepts for centre in centres)


async def refuse(work: Work, incoming: Incoming, said: str) -> None:
    """Say that it does not pass: to whoever sent it, once for an album; nobody else sees anything."""
    once = None
    if incoming.album is not None:
        once = f"refused:{incoming.address}:{incoming.album}"
        if await outbox.was_owed(work.session, once):
            return
    owe.send(work, incoming.address, said, part="note", silent=True, dedup=once)
