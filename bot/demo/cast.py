"""Who may have a phone in the demo, and the scenes that open on some of them. Everything is invented."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody of the demo. She joins with a code of her `school` or as `staff` (names of centres.toml), then
    presses `taps`; with neither, she is a stranger."""

    name: str
    label: str
    school: str | None = None
    staff: str | None = None
    taps: Sequence[str] = ()


ROLES = {
    "diallo": Role("Mme Diallo", "CE1, Les Tilleuls", school="Les Tilleuls", taps=("J'ai lu", "CE1")),
    "chantal": Role("Chantal", "référente, Éragny", staff="Chantal", taps=("J'ai lu", "Non")),
    "esmaman": Role("Esmaman", "référente, Éragny", staff="Esmaman", taps=("J'ai lu", "Non")),
    "farida": Role("Farida", "coordinatrice, Éragny", staff="Farida", taps=("J'ai lu", "Non")),
    "roux": Role("M. Roux", "CM2, Le Verger", school="Le Verger", taps=("J'ai lu", "CM2")),
    "lopez": Role(
        "Mme Lopez",
        "moyenne section, Les Peupliers, Ermont",
        school="Les Peupliers",
        taps=("J'ai lu", "MS"),
    ),
    "nadia": Role("Nadia", "référente, Ermont", staff="Nadia", taps=("J'ai lu", "Non")),
    "stranger": Role("Camille", "sans invitation"),
}


@dataclass(frozen=True, slots=True)
class Chapter:
    """Where a chapter begins: its moment on the clocks of Paris, and whose phones are on the page."""

    moment: datetime
    phones: Sequence[str]


CHAPTERS = {
    "soir": Chapter(datetime(2026, 11, 24, 19, 42, tzinfo=PARIS), ("diallo", "chantal")),
    "danger": Chapter(datetime(2026, 11, 24, 17, 20, tzinfo=PARIS), ("diallo", "chantal")),
}
OPENING = "soir"
JOINED = datetime(2026, 9, 7, 12, 40, tzinfo=PARIS)
"""When the people of a scene joined: a Monday of September, at midday."""
