"""The buttons by which promises are kept: verb, use case, whose it is."""

from collections.abc import Awaitable, Callable

from bot import callbacks, later, nudges
from bot.incoming import Press
from bot.rights import Who
from storage.store import Work

UseCase = Callable[[Work, Press], Awaitable[str | None]]

VERBS: dict[str, tuple[UseCase, Who]] = {
    "call-me": (callbacks.ask, Who.TEACHER),
    "call-slot": (callbacks.choose, Who.TEACHER),
    "call-back": (callbacks.back, Who.TEACHER),
    "done": (nudges.done, Who.STAFF),
    "cannot": (nudges.cannot, Who.STAFF),
    "take-offer": (nudges.take, Who.STAFF),
    "refuse-offer": (nudges.refuse, Who.STAFF),
    "is-away": (nudges.is_away, Who.STAFF),
    "offer-back": (nudges.offer_back, Who.STAFF),
    "later": (later.ask, Who.STAFF),
    "later-at": (later.choose, Who.STAFF),
    "later-back": (later.back, Who.STAFF),
}
