"""When her phone rings, as she chooses it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.texts import dates
from bot.texts.html import esc
from bot.texts.typography import french

Buttons = tuple[tuple[tuple[str, str], ...], ...]

CHOICES = {
    "centre": "Heures du centre",
    "day": "8 h – 19 h",
    "always": "À toute heure",
    "never": "Jamais",
}
_WHEN = {
    "centre": "aux heures d'ouverture du centre",
    "day": "de 8 h à 19 h, les jours d'ouverture",
    "always": "à toute heure, les jours d'ouverture",
    "never": "jamais",
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What she has chosen."""

    choice: str
    danger_at_night: bool
    danger_while_away: bool
    hides_content: bool
    morning: bool


def rhythm(*, chosen: Chosen) -> str:
    """What she has chosen. Whatever it is, messages arrive at once."""
    night = "oui" if chosen.danger_at_night else "non"
    away = "oui" if chosen.danger_while_away else "non"
    hidden = "caché jusqu'au toucher" if chosen.hides_content else "montré"
    morning = "oui" if chosen.morning else "non"
    return french(
        f"<b>Votre téléphone sonne</b> : {_WHEN[chosen.choice]}. "
        "Le reste du temps, les messages arrivent en silence.\n"
        f"<b>La nuit et les jours de fermeture, si un enfant est en danger</b> : {night}.\n"
        f"<b>De même pendant vos absences</b> : {away}.\n"
        f"<b>Le matin, un mot sur ce qui est arrivé en silence</b> : {morning}.\n"
        f"<b>Le contenu des messages</b> : {hidden}."
    )


def buttons(*, chosen: Chosen) -> Buttons:
    """A chooser: the choice in force is ticked, the others say what a touch does."""
    hours = [
        (f"✓ {label}" if one == chosen.choice else label, f"ring:{one}") for one, label in CHOICES.items()
    ]
    return (
        tuple(hours[:2]),
        tuple(hours[2:]),
        (
            _switch("Danger la nuit", "night", on=chosen.danger_at_night),
            _switch("Danger, absente", "night-away", on=chosen.danger_while_away),
        ),
        (
            _switch("Mot du matin", "morning", on=chosen.morning),
            ("Montrer le contenu", "hide:no") if chosen.hides_content else ("Cacher le contenu", "hide:yes"),
        ),
    )


def _switch(label: str, verb: str, *, on: bool) -> tuple[str, str]:
    return (f"{label} : non", f"{verb}:no") if on else (f"{label} : oui", f"{verb}:yes")


def morning(*, number: int, schools: Sequence[str], since: datetime, now: datetime) -> str:
    """What came in silently: how many, from which schools; no content."""
    what = "1 message" if number == 1 else f"{number} messages"
    return french(f"Depuis {dates.recent(since, now)} : {what} ({esc(', '.join(schools))}).")


def staff_only() -> str:
    """A teacher's phone is hers to silence."""
    return french(
        "Cette commande est pour l'équipe du centre. Ici, rien ne vous est demandé le soir ni en vacances."
    )
