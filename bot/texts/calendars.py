"""The school calendar, when somebody has to look after it."""

from datetime import date, datetime

from bot.texts import dates
from bot.texts.typography import french


def ends(*, zone: str, last: date, now: datetime) -> str:
    """To the coordinatrice, six months before the published years end."""
    return french(
        f"<b>Calendrier scolaire</b> : les vacances de la zone {zone} sont connues jusqu'au "
        f"{dates.full_day(last, now)} {last.year}.\n"
        "Après cette date, aucune réunion ne peut être prévue. La personne qui fait tourner le service "
        "peut ajouter les années suivantes dès qu'elles sont publiées."
    )
