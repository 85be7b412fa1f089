"""Somebody of a meeting has left, or cannot be reached: who is told, and who can be named instead."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.rules.paris import local_date
from bot.texts import dates
from bot.texts.html import esc
from bot.texts.meetings import Buttons
from bot.texts.typography import french

Coming = tuple[int, str, datetime]
"""A meeting's number, its school, and when the centre arrives."""


def stands_in(*, name: str, coming: Sequence[Coming], now: datetime) -> str:
    """To whoever reads in her place: whose meetings these are, and what touching « Oui » means."""
    lines = [
        f"{esc(name)} n'est plus joignable ici. D'ici son retour, ses rappels de réunion vous viennent :"
    ]
    lines += _lines(coming, now)
    lines.append("Vous irez ? Touchez la date, puis « Oui » : l'école le saura.")
    return french("\n".join(lines))


def back(*, coming: Sequence[Coming], now: datetime) -> str:
    """To her who is back on a new phone."""
    return french("\n".join(["Vos réunions à venir :", *_lines(coming, now)]))


def coming_buttons(*, coming: Sequence[Coming], now: datetime) -> Buttons:
    """Each meeting, to be opened; the nearest eight."""
    return tuple(
        ((f"{dates.full_day(local_date(arrives), now)}, {school}", f"meet-show:{number}"),)
        for number, school, arrives in coming[:8]
    )


def contact_left(*, name: str, school: str, days: Sequence[date], others: bool, now: datetime) -> str:
    """To whoever goes there: nobody of the school is told any more; ``others``: somebody else may be."""
    when = ", ".join(dates.full_day(one, now) for one in days)
    rest = "Qui prévenir à sa place ?" if others else "Personne d'autre de l'école n'est ici : prévenez-la."
    return french(
        f"{esc(name)} n'est plus joignable ici pour {esc(school)} : "
        f"l'école n'a plus de rappel pour {when}. {rest}"
    )


def contact_buttons(*, people: Sequence[tuple[int, str]]) -> Buttons:
    """Those of the school who can be told."""
    return tuple(((name, f"meet-contact:{person_id}"),) for person_id, name in people[:8])


def contact_chosen(*, name: str, told_at: datetime | None, now: datetime) -> str:
    """She has named somebody; ``told_at``: when that one is asked, if later."""
    when = f" {dates.moment(told_at, now)}" if told_at is not None else ""
    verb = "le saura" if told_at is not None else "le sait"
    return french(f"Les rappels iront à {esc(name)}, qui {verb}{when}.")


def _lines(coming: Sequence[Coming], now: datetime) -> list[str]:
    return [
        f"· {dates.full_day(local_date(arrives), now)}, {dates.hour(arrives)}, {esc(school)}"
        for _, school, arrives in coming
    ]
