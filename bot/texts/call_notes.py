"""`/appel`: a call received, noted in three touches."""

from collections.abc import Sequence
from datetime import datetime

from bot.texts import dates, promises
from bot.texts.card import territory_named
from bot.texts.html import bold, esc
from bot.texts.typography import french

Buttons = tuple[tuple[tuple[str, str], ...], ...]
TERRITORIES = ("clas", "pre", "both", "autre")
_BACK = (("‹ Retour", "noted-start"),)


def _grid(each: Sequence[tuple[str, str]]) -> Buttons:
    return tuple(tuple(each[at : at + 2]) for at in range(0, len(each), 2))


def who() -> str:
    """The first question."""
    return french("Un appel reçu, de qui ?")


def who_buttons(*, people: Sequence[tuple[str, str]]) -> Buttons:
    """Those of her schools, and somebody whom nobody knows here yet. ``people``: label, key."""
    return (
        *_grid([(label, f"noted-who:{key}") for label, key in people]),
        (("Quelqu'un d'autre…", "noted-other"),),
    )


def label(*, name: str, classes: str) -> str:
    """« Mme Diallo · CE1 »."""
    return f"{name} · {classes.replace(',', '-')}" if classes else name


def ask_name() -> str:
    """She types who called."""
    return french("Écrivez son nom (Mme Diallo).")


def which_school(*, name: str) -> str:
    """Which of her schools."""
    return french(f"{bold(name)}, de quelle école ?")


def school_buttons(*, schools: Sequence[tuple[int, str]]) -> Buttons:
    """Her schools."""
    return (*_grid([(name, f"noted-school:{school}") for school, name in schools]), _BACK)


def back_only() -> Buttons:
    """The way back."""
    return (_BACK,)


def what(*, name: str) -> str:
    """The second question."""
    return french(f"{bold(name)} : à quel sujet ?")


def what_buttons(*, pre_in_town: bool) -> Buttons:
    """The territories."""
    named = [(territory_named(territory=key, pre_in_town=pre_in_town), key) for key in TERRITORIES]
    return (*_grid([(label[0].upper() + label[1:], f"noted-what:{key}") for label, key in named]), _BACK)


def owes(*, name: str, territory: str, pre_in_town: bool) -> str:
    """The third question."""
    named = territory_named(territory=territory, pre_in_town=pre_in_town)
    return french(f"{bold(name)}, {named} : que lui devez-vous ?")


def owes_buttons(*, moments: Sequence[datetime], answer_by: datetime | None, now: datetime) -> Buttons:
    """A call at a moment, an answer, or nothing."""
    each = [
        (
            f"Rappeler : {promises.later_label(moment=one, now=now)}",
            f"noted-owes:{promises.moment_key(moment=one)}",
        )
        for one in moments
    ]
    by = (((f"Répondre d'ici {dates.deadline(answer_by, now)}", "noted-owes:answer"),),) if answer_by else ()
    return (*((one,) for one in each), *by, (("Rien de plus", "noted-owes:nothing"),), _BACK)


def message(*, by: str) -> str:
    """What stands where a message's words would."""
    return f"(appel reçu, noté par {by})"


def noted(
    *,
    name: str,
    school: str,
    territory: str,
    pre_in_town: bool,
    call_at: datetime | None,
    answer_by: datetime | None,
    now: datetime,
) -> str:
    """It is a conversation like another."""
    if call_at is not None:
        then = f"À rappeler : {dates.moment(call_at, now)}."
    elif answer_by is not None:
        then = f"Réponse d'ici {dates.deadline(answer_by, now)}."
    else:
        then = "Rien de plus à faire."
    named = territory_named(territory=territory, pre_in_town=pre_in_town)
    return french(f"Noté : {bold(name)} ({esc(school)}) a appelé, {named}. {then}")


def staff_only() -> str:
    """A teacher calls; she notes nothing."""
    return french(
        "Cette commande est pour l'équipe du centre. Pour être rappelée : « Rappelez-moi », sous un reçu."
    )


def no_school() -> str:
    """No school writes to her centre yet."""
    return french("Aucune école n'écrit encore à votre centre.")
