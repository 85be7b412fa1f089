"""The buttons by which promises are kept: verb, use case, whose it is."""

from collections.abc import Awaitable, Callable

from bot import call_notes, callbacks, later, nudges
from bot.incoming import Press
from bot.rights import Who
from storage.store import Work

UseCase = Callable[[Work, Press], Awaitable[str | None]]

VERBS: dict[str, tuple[UseCase, Who]] = {
    "call-me": (callbacks.ask, Who.TEACHER),
    "call-slot": (callbacks.choose, Who.TEACHER),
    "call-back": (callbacks.back, Who.TEACHER),
    "noted-start": (call_notes.start_again, Who.STAFF),
    "noted-who": (call_notes.choose_caller, Who.STAFF),
    "noted-other": (call_notes.other, Who.STAFF),
    "noted-school": (call_notes.choose_school, Who.STAFF),
    "noted-what": (call_notes.choose_what, Who.STAFF),
    "noted-owes": (call_notes.choose_owed, Who.STAFF),
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
