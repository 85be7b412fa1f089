"""Taking back."""

from datetime import datetime

from bot.texts import dates

Buttons = tuple[tuple[tuple[str, str], ...], ...]


def done(*, at: datetime) -> str:
    """It is no longer at the centre's."""
    return f"Retiré à {dates.hour(at)}. Effacez-le aussi de votre côté."


def old_done() -> str:
    """Only the old words are gone."""
    return "Ancien texte retiré."


def nothing() -> str:
    """Nothing to take back."""
    return "Il n'y a plus rien à retirer."


def which() -> str:
    """How to take back another one than the last."""
    return "Pour retirer un message précis, répondez-lui par /retirer."


def blank() -> str:
    """A bubble of ours that we empty rather than delete."""
    return "<i>effacé</i>"
