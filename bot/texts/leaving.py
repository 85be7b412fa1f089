"""Going away, and what a lost phone shows."""

from bot.texts.html import esc
from bot.texts.typography import french

Buttons = tuple[tuple[tuple[str, str], ...], ...]


def question(*, places: str, kept_days: int) -> str:
    """To somebody of a school."""
    return french(
        f"Vous quittez Passerelle, pour {esc(places)} ?\n"
        "Le centre ne pourra plus vous répondre ici. Ce que vous avez écrit reste chez lui "
        f"{kept_days} jours au plus ; /retirer, en réponse à un message, l'efface avant."
    )


def staff_question() -> str:
    """To somebody of the team."""
    return french(
        "Vous quittez Passerelle sur ce téléphone ?\n"
        "Les messages affichés ici s'effacent, et ce qui attend passe à votre relais. "
        "Pour revenir, il faudra un nouveau lien."
    )


def buttons() -> Buttons:
    """Confirmed, or not."""
    return ((("Oui, je quitte", "leave-yes"), ("Annuler", "leave-no")),)


def gone() -> str:
    """What stays of the question."""
    return french(
        "C'est fait : vous n'êtes plus dans Passerelle. Pour revenir, demandez un lien au centre.\n"
        "Danger : <b>17</b> ou <b>112</b>. Doute : <b>119</b>, jour et nuit."
    )


def stays() -> str:
    """« Annuler »."""
    return "Rien n'a changé."


def erased() -> str:
    """Instead of words too old to be deleted, on a phone that is no longer hers."""
    return "<i>effacé</i>"
