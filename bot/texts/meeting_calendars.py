"""A meeting whose day has no class any more."""

from datetime import datetime

from bot.rules.paris import local_date
from bot.texts import dates
from bot.texts.html import esc
from bot.texts.meeting_proposal import why
from bot.texts.meetings import Shown, title
from bot.texts.typography import french


def no_class(*, shown: Shown, cause: str, name: str, now: datetime) -> str:
    """To whoever goes there: the calendar that was just taken in says so; she decides."""
    day = dates.full_day(local_date(shown.starts), now)
    what = title(kind=shown.kind, cycles=shown.cycles)
    return french(
        f"Le calendrier a changé, {day} : {why(cause=cause, name=name)}.\n"
        f"{what}, {esc(shown.school)} : la réunion reste notée. On la déplace ?"
    )
