"""The danger card leaves at once: before the database, waiting for no other call and no pace.

This is the one exception to « everything is a row first » (docs/decisions/danger-card.md). What is
known here of who is who is a read-only copy in memory, refreshed after commits and trusted for
nothing else; without it, the teacher's card goes out.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import structlog

from bot.rules.danger import Danger, hear
from bot.rules.paris import local_date
from bot.sender import Call, Passing, Refused, Sender
from bot.texts import danger as texts
from bot.texts.typography import french
from storage import centres, conversations, people
from storage.store import Work

log = structlog.get_logger(__name__)

REMEMBERED = 10_000
"""Updates whose card is remembered: a database that stays away must not repeat it at each poll."""
TRIES = 3
UNWRITTEN = 30.0
"""Seconds a mark of ours outlives a copy without it: what was heard may not be written down yet."""


class Listener(Enum):
    """Who wrote, as far as memory knows."""

    TEACHER = "teacher"
    STAFF = "staff"
    STRANGER = "stranger"


@dataclass(slots=True)
class Acquaintance:
    """The copy in memory: who is staff, who is a teacher, which chats are marked already."""

    staff: set[str] = field(default_factory=set)
    teachers: set[str] = field(default_factory=set)
    marked: set[str] = field(default_factory=set)
    crip: str | None = None
    loaded: bool = False

    def who(self, address: str) -> Listener:
        """A stranger only when memory is loaded: in doubt, somebody of a school."""
        if address in self.staff:
            return Listener.STAFF
        if self.loaded and address not in self.teachers:
            return Listener.STRANGER
        return Listener.TEACHER


class Heed:
    """Hears danger in raw updates and answers with the fixed card."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._cards: OrderedDict[int, asyncio.Task[str | None]] = OrderedDict()
        self._marked_at: dict[str, float] = {}
        self.knows = Acquaintance()
        self.landed: Callable[[], None] = lambda: None
        """Called when a card has landed: what it is about may now be handled."""

    def listen(self, raw: dict[str, Any]) -> None:
        """Answer a raw update that speaks of danger, unless its card is already on its way."""
        update_id: int = raw["update_id"]
        if update_id in self._cards:
            return
        said = said_in(raw)
        if said is None or hear(said.words) is Danger.NONE:
            return
        if said.address in self.knows.marked:
            return
        self.knows.marked.add(said.address)
        self._marked_at[said.address] = time.monotonic()
        card = asyncio.create_task(self._show(said))
        card.add_done_callback(lambda _: self.landed())
        self._cards[update_id] = card
        while len(self._cards) > REMEMBERED:
            self._cards.popitem(last=False)

    def flying(self, update_id: int) -> bool:
        """Whether the card of this update is still on its way."""
        task = self._cards.get(update_id)
        return task is not None and not task.done()

    def card_of(self, update_id: int) -> str | None:
        """Telegram's id of the card shown for this update; None: none was, or it could not leave."""
        task = self._cards.get(update_id)
        return task.result() if task is not None and task.done() else None

    async def finish(self) -> None:
        """Let the cards that are on their way arrive."""
        await asyncio.gather(*(task for task in self._cards.values() if not task.done()))

    async def refresh(self, work: Work) -> None:
        """Copy who is who from the database."""
        staff, teachers = await people.addresses(work.session, local_date(work.now))
        marked = await conversations.marked_addresses(work.session)
        crip = await centres.only_crip(work.session)
        since = time.monotonic() - UNWRITTEN
        self._marked_at = {one: at for one, at in self._marked_at.items() if at > since}
        self.knows = Acquaintance(set(staff), set(teachers), {*marked, *self._marked_at}, crip, loaded=True)

    def _card_for(self, listener: Listener) -> tuple[str, texts.Buttons]:
        if listener is Listener.STAFF:
            return texts.staff_card(), texts.staff_card_buttons()
        if listener is Listener.STRANGER:
            return texts.strangers_numbers(), ()
        return texts.card(crip=self.knows.crip), texts.card_buttons()

    async def _show(self, said: "Said") -> str | None:
        listener = self.knows.who(said.address)
        text, buttons = self._card_for(listener)
        options: dict[str, Any] = {"buttons": [[list(one) for one in row] for row in buttons]}
        call = Call("send", said.address, french(text), options, reply_to=said.ref)
        for attempt in range(TRIES):
            try:
                return (await self._sender.make(call)).refs[0]
            except Passing as passing:
                await asyncio.sleep(min(passing.after or 0.2 * 2**attempt, 2.0))
            except Refused as refused:
                log.warning("the danger card was refused", code=refused.code)
                return None
            except Exception as error:  # the handling owes it through the outbox instead
                log.error("the danger card could not leave", error=type(error).__name__)
                return None
        return None


@dataclass(frozen=True, slots=True)
class Said:
    """Where and what, of a raw update."""

    address: str
    ref: str
    words: str


def said_in(raw: dict[str, Any]) -> Said | None:
    """The words of a private message or of its edit: text, caption, file name, poll, place."""
    message = raw.get("message") or raw.get("edited_message")
    if not isinstance(message, dict):
        return None
    chat, ref = message.get("chat"), message.get("message_id")
    if not isinstance(chat, dict) or chat.get("type") != "private" or not isinstance(ref, int):
        return None
    address = chat.get("id")
    if not isinstance(address, int):
        return None
    words = " \n".join(_words(message))
    return Said(str(address), str(ref), words) if words else None


SPOKEN = ("text", "caption", "file_name", "title", "address", "question", "explanation")
"""The fields of a message in which a person's own words may stand."""
NOT_HERS = ("from", "chat", "reply_to_message", "external_reply", "via_bot", "sender_chat", "reply_markup")


def _words(part: dict[str, Any]) -> list[str]:
    found: list[str] = []
    for name, value in part.items():
        if name in NOT_HERS:
            continue
        if isinstance(value, str) and name in SPOKEN:
            found.append(value)
        elif isinstance(value, dict):
            found += _words(value)
        elif isinstance(value, list):
            found += [word for one in value if isinstance(one, dict) for word in _words(one)]
    return found
