"""The team, as its coordinatrice sees it: who is there, who is away, whose phone is lost."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.texts import dates
from bot.texts.html import bold, esc
from bot.texts.typography import french, of

Buttons = tuple[tuple[tuple[str, str], ...], ...]
STAFF_LASTS_DAYS = 14


def line(
    *, name: str, role: str, joined: bool, reachable: bool, away_until: date | None, now: datetime
) -> str:
    """One person of the list."""
    if not joined:
        state = "n'a pas encore ouvert son lien"
    elif not reachable:
        state = "son téléphone ne reçoit plus rien"
    elif away_until is not None:
        state = f"absente jusqu'au {dates.full_day(away_until, now)}"
    else:
        state = "là"
    return french(f"{bold(name)}, {esc(role)} : {state}")


def team(*, lines: Sequence[str]) -> str:
    """The list; ``lines`` are ready to be read."""
    return "\n".join(lines)


def team_buttons(*, people: Sequence[tuple[int, str]]) -> Buttons:
    """A grid of names."""
    each = [(name, f"staff-one:{person}") for person, name in people]
    return tuple(tuple(each[at : at + 2]) for at in range(0, len(each), 2))


def one_buttons(*, person: int) -> Buttons:
    """Under her days: what is not about days."""
    return (
        (("Téléphone perdu", f"staff-lost:{person}"), ("Nouveau lien", f"staff-link:{person}")),
        (("‹ Retour", "staff-all"),),
    )


def lost_question(*, name: str) -> str:
    """Before her access is cut."""
    return french(
        f"Couper l'accès {_of(name)} sur son téléphone ?\n"
        "Tout de suite : plus rien n'y arrive, ce que nous y avons écrit s'efface, ce qui attend chez elle "
        "passe au relais. Un nouveau lien est fait pour elle."
    )


def lost_buttons(*, person: int) -> Buttons:
    """Confirmed, or not."""
    return ((("Oui, couper l'accès", f"staff-cut:{person}"),), (("‹ Retour", f"staff-one:{person}"),))


def cut(*, name: str, link: str) -> str:
    """Done, with her new link."""
    return french(f"L'accès {_of(name)} est coupé.\n{_link(link)}")


def new_link(*, name: str, link: str) -> str:
    """A link that takes over from the phone she has, if she has one."""
    return french(f"{bold(name)} : {_link(link)} Son téléphone d'avant, s'il y en a un, ne servira plus.")


def _link(link: str) -> str:
    return (
        f"Son nouveau lien, à donner à elle seule, vaut une fois, {STAFF_LASTS_DAYS} jours :\n{esc(link)}\n"
    )


def back_buttons(*, person: int) -> Buttons:
    """The way back to her page."""
    return ((("‹ Retour", f"staff-one:{person}"),),)


def coordinatrice_only() -> str:
    """Everybody else's answer."""
    return french("Cette commande est pour la coordinatrice du centre.")


def not_your_team() -> str:
    """Toast: a person of another centre, or nobody."""
    return "Cette personne n'est pas de votre équipe."


def _of(name: str) -> str:
    """« de **Chantal** », « d'**Esmaman** »."""
    return of(name).removesuffix(name) + bold(name)
