"""Messages that are ready: what a référente may send a school in one touch, once she has read it.

Without reproach, « chacun à sa place », and never two refusals: each ends with what is possible.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.texts.html import bold, code, esc

Buttons = tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Here:
    """What the centre and the town say of themselves, in words ready to be read."""

    telephone: str
    places: str | None
    """Days, hours and places of the CLAS."""
    pre: bool
    """Whether the town has a PRE."""
    pre_contact: str | None
    alternative: str | None
    """Where there is no PRE: who helps instead."""
    nursery_help: str | None


THANKS = "Merci de nous avoir écrit."
YOURS = "Dites-moi ce qui vous arrange."
ENROLLING = (
    "Pour inscrire l'enfant, il nous faut sa classe, l'accord de ses parents et les jours qui lui vont."
)
FORM = "un accompagnement individuel, avec une fiche de sollicitation et l'accord signé des parents"


def clas(*, here: Here) -> str:
    """What enrolling takes."""
    return "\n".join(
        (
            f"{THANKS} Le plus utile semble le CLAS : en groupe, après l'école, à partir du CP.",
            *_places(here),
            ENROLLING,
            f"Les parents peuvent passer nous voir, ou appeler le {here.telephone}. {YOURS}",
        )
    )


def _places(here: Here) -> tuple[str, ...]:
    return (f"Chez nous : {here.places}.",) if here.places else ()


def pre(*, here: Here) -> str:
    """What the PRE is, what it takes and whom to call here; without one, who helps instead."""
    if not here.pre:
        return "\n".join((f"{THANKS} {_instead(here)}", f"Je peux les appeler avec vous. {YOURS}"))
    return "\n".join(
        (
            f"{THANKS} Le plus utile semble le PRE : un accompagnement individuel, avec la famille.",
            "Il faut une fiche de sollicitation et l'accord signé des parents.",
            _contact(here),
            f"Je peux vous aider à remplir la fiche. {YOURS}",
        )
    )


def _contact(here: Here) -> str:
    return f"Contact : {here.pre_contact or f'passez par nous, {here.telephone}'}."


def _instead(here: Here) -> str:
    who = here.alternative or f"le centre, {here.telephone}"
    return f"Pour accompagner l'enfant et sa famille, avec l'accord des parents, il y a ici : {who}."


def nursery(*, here: Here) -> str:
    """PS to GS: no word of the CLAS, but of who is there at that age."""
    help_here = here.nursery_help or here.alternative or f"le centre, {here.telephone}"
    lines = [f"{THANKS} Pour un enfant de maternelle et sa famille, il y a ici : {help_here}."]
    if here.pre:
        lines.append(f"Le PRE aussi, dès 2 ans : {FORM}.")
        lines.append(_contact(here))
    lines.append(f"Je peux les appeler avec vous. {YOURS}")
    return "\n".join(lines)


def both(*, here: Here) -> str:
    """The CLAS first; then the PRE if it is not enough."""
    then = (
        f"Si cela ne suffit pas, le PRE : {FORM}. {_contact(here)}"
        if here.pre
        else f"Si cela ne suffit pas : {here.alternative or f'le centre, {here.telephone}'}."
    )
    return "\n".join(
        (
            f"{THANKS} On peut commencer par le CLAS : en groupe, après l'école, à partir du CP.",
            *_places(here),
            ENROLLING,
            then,
            YOURS,
        )
    )


def school(*, bullying: bool) -> str:
    """The school's own people and tools; between pupils, its protocol."""
    if bullying:
        return (
            f"{THANKS} Entre élèves, c'est le protocole de l'école contre le harcèlement qui s'applique, "
            "avec votre directrice ou directeur.\n"
            "Le 3018, gratuit, conseille l'enfant, ses parents et l'école.\n"
            f"Nous restons là pour l'enfant après l'école, et pour ses parents. {YOURS}"
        )
    return (
        f"{THANKS} Pour cela, l'école a ses propres appuis : le RASED, la psychologue de l'Éducation "
        "nationale (psy-EN), et l'équipe éducative, que votre directrice ou directeur réunit avec les "
        "parents.\n"
        f"Nous restons là pour l'après-école et pour le lien avec les parents. {YOURS}"
    )


def label(*, what: str, pre_in_town: bool) -> str:
    """What a ready message is about, on a button."""
    if not pre_in_town and what in ("pre", "both"):
        return "Accompagnement" if what == "pre" else "CLAS et plus"
    return {"clas": "CLAS", "pre": "PRE", "both": "Les deux", "ecole": "École"}[what]


def choice_buttons(*, whats: Sequence[str], pre_in_town: bool) -> Buttons:
    """Which one; with a way back to the card."""
    offered = [(label(what=one, pre_in_town=pre_in_town), f"ready:{one}") for one in whats]
    rows = [tuple(offered[at : at + 2]) for at in range(0, len(offered), 2)]
    return (*rows, (("‹ Retour", "back"),))


def offer_buttons(*, what: str, pre_in_town: bool) -> Buttons:
    """After she chose a territory."""
    about = label(what=what, pre_in_town=pre_in_town)
    return (((f"Message prêt : {about}", f"ready:{what}"),), (("‹ Retour", "back"),))


def preview(*, teacher: str, words: str) -> str:
    """She reads it before anything leaves."""
    return (
        f"Message prêt pour {bold(teacher)}. Rien n'est parti.\n\n{code(words)}\n\n"
        "Pour le changer : touchez-le, il se copie ; glissez ce message et écrivez le vôtre."
    )


def preview_buttons() -> Buttons:
    """One touch sends it."""
    return ((("Envoyer", "ready-send"), ("Pas maintenant", "ready-drop")),)


def sent(*, teacher: str, words: str) -> str:
    """It has left."""
    return f"Envoyé à {bold(teacher)} :\n\n{esc(words)}"
