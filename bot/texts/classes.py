"""Which classes, under which name: the picker."""

from collections.abc import Sequence

from bot.rules.level import LEVELS
from bot.texts.html import bold, esc
from bot.texts.typography import french

Buttons = tuple[tuple[tuple[str, str], ...], ...]

ROLES = {"directrice": "Direction", "rased": "RASED", "remplaçante": "Remplacement"}
_DATA = {"directrice": "head", "rased": "rased", "remplaçante": "substitute"}
ROLE_OF = {data: role for role, data in _DATA.items()}
"""The role a button names."""
_BACK = (("‹ Retour", "class-back"),)
_NAME = (("Écrire mon nom", "write-name"),)


def question(*, school: str, name: str, before: str = "") -> str:
    """The picker's words; touching a class also confirms the name shown."""
    first = f"{before}\n\n" if before else ""
    return french(f"{first}On vous affiche {bold(name)}.\n{bold(school)} : votre classe ?")


def buttons() -> Buttons:
    """One tap on a class is enough."""
    four = tuple(tuple((one, f"class:{one}") for one in LEVELS[at : at + 4]) for at in (0, 4))
    return (
        _NAME,
        *four,
        (("Plusieurs classes", "classes"),),
        (("Direction, RASED, remplacement", "class-other"),),
    )


def several_buttons(*, picked: Sequence[str]) -> Buttons:
    """Each touch picks or lets go."""
    four = tuple(
        tuple((f"✓ {one}" if one in picked else one, f"class-pick:{one}") for one in LEVELS[at : at + 4])
        for at in (0, 4)
    )
    return (*four, (("C'est tout", "classes-done"), *_BACK))


def other_buttons() -> Buttons:
    """Those who have no class of their own."""
    return (tuple((label, f"school-role:{_DATA[role]}") for role, label in ROLES.items()), _BACK)


def chosen(*, school: str, name: str, what: str) -> str:
    """What stays of the picker."""
    return french(f"{bold(name)} · {esc(what)} · {esc(school)}")


def name_question() -> str:
    """Her next words are her name."""
    return french("Écrivez votre nom comme l'école vous appelle, par exemple « Mme Diallo ».")


def pick_one() -> str:
    """Toast: « C'est tout » without any class."""
    return "Touchez d'abord une classe."
