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
        "MS, Les Peupliers, Ermont",
        school="Les Peupliers",
        taps=("J'ai lu", "MS"),
    ),
    "nadia": Role("Nadia", "référente, Ermont", staff="Nadia", taps=("J'ai lu", "Non")),
    "stranger": Role("Camille", "sans invitation"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody does before a chapter begins: write a text, reply with it to the message that has the
    button `to`, or press the button `tap`."""

    who: str
    text: str = ""
    to: str = ""
    tap: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Where a chapter begins: its moment on the clocks of Paris, when its people joined (late enough for no
    Friday 14:00 to pass), whose phones are on the page, and what they did `before`."""

    moment: datetime
    joined: datetime
    phones: Sequence[str] = ("diallo", "chantal")
    before: Sequence[Step] = ()


MONDAY = datetime(2026, 11, 23, 16, 45, tzinfo=PARIS)
CHAPTERS = {
    "soir": Chapter(datetime(2026, 11, 24, 19, 42, tzinfo=PARIS), MONDAY),
    "vacances": Chapter(
        datetime(2026, 12, 19, 10, 30, tzinfo=PARIS),
        datetime(2026, 12, 18, 16, 45, tzinfo=PARIS),
        phones=("diallo", "chantal", "esmaman"),
        before=(
            Step("chantal", "/absence"),
            Step("chantal", tap="Choisir…"),
            Step("chantal", tap="19"),
            Step("chantal", tap="›"),
            Step("chantal", tap="3"),
        ),
    ),
    "reunion": Chapter(datetime(2027, 1, 4, 16, 40, tzinfo=PARIS), datetime(2027, 1, 4, 9, 10, tzinfo=PARIS)),
    "vendredi": Chapter(
        datetime(2026, 11, 27, 13, 58, tzinfo=PARIS),
        datetime(2026, 11, 26, 16, 45, tzinfo=PARIS),
        before=(
            Step("diallo", "Yanis B. ne fait plus ses devoirs, et personne à la maison ne peut l'aider."),
            Step("diallo", "réunion cycle 2 mardi 1er décembre 11h45"),
            Step("diallo", tap="C'est bon"),
            Step("chantal", tap="Oui"),
        ),
    ),
    "danger": Chapter(datetime(2026, 11, 24, 17, 20, tzinfo=PARIS), MONDAY),
}
OPENING = "soir"

ACQUAINTANCE = (
    Step("diallo", "Bonjour Chantal, je reprends les CE1. À qui dois-je écrire pour le CLAS ?"),
    Step("chantal", tap="Oui"),
    Step("chantal", "Bonjour Mme Diallo. À moi, ici même, quand vous voulez.", to="Je l'appelle"),
    Step("chantal", tap="Clore"),
)
"""The first words, that day: Chantal says that she knows her."""
