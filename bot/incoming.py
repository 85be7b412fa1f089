"""What reaches the use cases, whatever the messenger: somebody's words, or a pressed button."""

from dataclasses import dataclass

from storage.conversations import Bubble
from storage.people import Known

LONGEST_ID = 9
"""Digits; a forged button may name more than a database can hold."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One bubble somebody wrote. ``kind``: text, photo, voice, document, place, contact…"""

    address: str
    ref: str
    kind: str
    words: str = ""
    """Her text or caption."""
    other_words: str = ""
    """File names, a poll's question…: read for danger, shown by the copy itself."""
    reply_to: str | None = None
    """The ref of the bubble it replies to."""
    album: str | None = None
    carried: bool = True
    """Whether this kind can be copied at all."""
    danger_card: str | None = None
    """The ref of the danger card that already left for it."""
    shown_name: str = ""
    """The name on her Telegram profile."""
    telephone: str = ""
    """The number of a contact she shares."""


@dataclass(slots=True)
class Press:
    """One pressed button. ``bubble`` is the one it stands on, None if we do not know it."""

    address: str
    query: str
    verb: str
    argument: str
    ref: str
    known: Known | None
    bubble: Bubble | None
    under: str | None = None
    """The ref of the message the button's bubble replies to."""
    shown_name: str = ""

    @property
    def number(self) -> int | None:
        """The id its argument names; None for what no id of ours looks like: it may be forged."""
        return int(self.argument) if self.argument.isdecimal() and len(self.argument) <= LONGEST_ID else None
