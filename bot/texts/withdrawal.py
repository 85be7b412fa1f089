"""Taking back."""

from datetime import datetime

from bot.texts import dates


def done(*, at: datetime) -> str:
    """It is no longer at the centre's."""
    return f"Retiré à {dates.hour(at)}. Effacez-le aussi de votre côté."


def old_done() -> str:
    """Only the old words are gone."""
    return "Ancien texte retiré."


def nothing() -> str:
    """Nothing to take back."""
    return "Il n'y a plus rien à retirer."
