"""What the printed poster of an invitation says."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.texts.dates import full_day

NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Poster:
    """A poster's words, from top to bottom; the QR code of `link` stands between `how` and `until`."""

    title: str
    whom: str
    what: tuple[str, ...]
    how: tuple[str, ...]
    link: str
    until: str
    danger: tuple[str, ...]


def for_school(*, centre: str, school: str, link: str, last_day: date, now: datetime) -> Poster:
    """The poster of the staff room: who answers, how to join, until when."""
    return Poster(
        title=f"Écrivez au {centre}",
        whom=school,
        what=(
            f"Enseignantes, enseignants{NBSP}: un élève, une question, un projet{NBSP}?",
            "Écrivez comme vous nous appelez. La bonne personne du centre vous répond.",
        ),
        how=_how("votre classe"),
        link=link,
        until=_until(last_day, now),
        danger=_danger(),
    )


def for_staff(*, centre: str, name: str, link: str, last_day: date, now: datetime) -> Poster:
    """The sheet handed to a member of the team."""
    return Poster(
        title="Bienvenue dans l'équipe",
        whom=f"{name}, {centre}",
        what=("Ce code est pour vous seule, une seule fois. Ne l'affichez pas.",),
        how=_how(None),
        link=link,
        until=_until(last_day, now),
        danger=_danger(),
    )


def _how(then: str | None) -> tuple[str, ...]:
    ending = f"Touchez «{NBSP}J'ai lu{NBSP}»" + (f", puis {then}." if then else ".")
    return (
        "1. Scannez ce code avec l'appareil photo de votre téléphone.",
        f"2. Telegram s'ouvre{NBSP}: touchez «{NBSP}Démarrer{NBSP}».",
        f"3. {ending}",
    )


def _until(last_day: date, now: datetime) -> str:
    return f"Ce code expire le {full_day(last_day, now)}."


def _danger() -> tuple[str, ...]:
    return (
        "Ce n'est pas un service d'urgence.",
        f"Danger{NBSP}: 17 ou 112. Un doute pour un enfant{NBSP}: 119, jour et nuit.",
    )
