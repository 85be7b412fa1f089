"""What stories read on a phone: bubbles, and what a pressed button says."""

from dataclasses import dataclass

from bot.demo.telegram.entities import python_range
from bot.demo.telegram.models import Json, Message
from bot.demo.telegram.views import bubble
from bot.demo.telegram.world import World


@dataclass(frozen=True, slots=True)
class Bubble:
    """A message as one phone showed it at a moment: it does not change when the message is edited later.

    `buttons`: labels, row by row. `spoilers`: hidden passages, as [start, end[ of `text`.
    """

    id: int
    chat_id: int
    mine: bool
    author: str
    kind: str
    text: str
    entities: tuple[Json, ...]
    buttons: tuple[tuple[str, ...], ...]
    reply_to: int | None
    quote: str | None
    forwarded_from: str | None
    silent: bool
    edited: bool
    protected: bool
    pinned: bool
    reactions: tuple[str, ...]
    spoilers: tuple[tuple[int, int], ...]
    album: str | None
    topic: int | None
    media: Json | None
    location: Json | None
    contact: Json | None
    poll: Json | None
    date: int

    @property
    def labels(self) -> tuple[str, ...]:
        """All buttons, in reading order."""
        return tuple(label for row in self.buttons for label in row)

    @property
    def hidden(self) -> tuple[str, ...]:
        """What is hidden until touched."""
        return tuple(self.text[start:end] for start, end in self.spoilers)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a pressed button says: nothing, a toast, an alert to close, or a page to open."""

    text: str | None
    alert: bool
    url: str | None


def plain(text: str) -> str:
    """A text with ordinary spaces: no story is about where a line may break."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def as_seen(world: World, message: Message, viewer: int) -> Bubble:
    """Return a message as `viewer` (a person's id) sees it now."""
    shown = bubble(world, message, viewer)
    return Bubble(
        id=shown["id"],
        chat_id=shown["chat_id"],
        mine=shown["mine"],
        author=shown["from"]["name"],
        kind=shown["kind"],
        text=plain(shown["text"]),
        entities=tuple(shown["entities"]),
        buttons=tuple(tuple(plain(button["text"]) for button in row) for row in shown["buttons"]),
        reply_to=shown["reply_to"]["id"] if shown["reply_to"] else None,
        quote=shown["quote"],
        forwarded_from=shown["forwarded_from"],
        silent=shown["silent"],
        edited=shown["edited"] is not None,
        protected=shown["protected"],
        pinned=shown["pinned"],
        reactions=tuple(reaction["emoji"] for reaction in shown["reactions"]),
        spoilers=tuple(
            python_range(shown["text"], entity) for entity in shown["entities"] if entity["type"] == "spoiler"
        ),
        album=shown["album"],
        topic=shown["topic"],
        media=shown["media"],
        location=shown["location"],
        contact=shown["contact"],
        poll=shown["poll"],
        date=shown["date"],
    )
