"""Meetings with a school, once they are kept: how they stand, and what the other side is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rules.paris import local_date
from bot.texts import dates
from bot.texts.html import bold, esc
from bot.texts.typography import french, of

Buttons = tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A meeting as it is told."""

    kind: str
    cycles: str
    school: str
    starts: datetime
    ends: datetime
    arrives: datetime
    place: str
    goes: str
    contact: str | None


def title(*, kind: str, cycles: str) -> str:
    """« Réunion de cycle 2 », « Réunion des cycles 2 et 3 »."""
    if kind == "pre":
        return "Rencontre école, PRE et centre"
    if kind == "liaison":
        return "Point de liaison"
    numbers = cycles.split(",")
    if len(numbers) == 1:
        return f"Réunion de cycle {numbers[0]}"
    return f"Réunion des cycles {', '.join(numbers[:-1])} et {numbers[-1]}"


def subject(*, kind: str, cycles: str) -> str:
    """« cycle 2 », for lists."""
    if kind == "cycle":
        return ("cycle " if "," not in cycles else "cycles ") + cycles.replace(",", " et ")
    return {"pre": "avec le PRE", "liaison": "point de liaison"}[kind]


def when(*, starts: datetime, ends: datetime, now: datetime) -> str:
    """« mardi 12 janvier, 11 h 45 – 13 h 30 »."""
    day = dates.full_day(local_date(starts), now)
    return f"{day}, {dates.hour(starts)} – {dates.hour(ends)}"


def body(shown: Shown, now: datetime) -> list[str]:
    """What it is, when, when the centre arrives, where."""
    lines = [
        f"{bold(title(kind=shown.kind, cycles=shown.cycles))}, {esc(shown.school)}",
        when(starts=shown.starts, ends=shown.ends, now=now),
        f"{esc(shown.goes)} arrive à <b>{dates.hour(shown.arrives)}</b>.",
    ]
    if shown.place:
        lines.append(f"Lieu : {esc(shown.place)}.")
    return lines


@dataclass(frozen=True, slots=True)
class Standing:
    """How a kept meeting stands, for one of its sides."""

    shown: Shown
    state: str
    mine: bool
    """Whether this side has said yes."""
    theirs: bool
    other: str | None
    """The other side's name."""
    told_at: datetime | None = None
    """When the other side will be asked, if that is later."""


def kept(*, standing: Standing, now: datetime) -> str:
    """The living bubble of a meeting."""
    lines = body(standing.shown, now)
    if standing.state == "cancelled":
        lines.append("<b>Annulée.</b>")
    elif standing.other is None:
        lines.append("Gardée. Prévenez l'école : personne n'y a encore rejoint.")
    elif standing.theirs:
        lines.append(f"Gardée. {esc(standing.other)} a dit oui.")
    elif standing.told_at is not None:
        lines.append(f"Gardée. {esc(standing.other)} le saura {dates.moment(standing.told_at, now)}.")
    else:
        lines.append(f"Gardée. {esc(standing.other)} n'a pas encore répondu.")
    return french("\n".join(lines))


def kept_buttons(*, state: str, asks: bool) -> Buttons:
    """Four at most; ``asks``: this side has not said yes."""
    if state == "cancelled":
        return ((("Choisir une autre date", "meet-move"),),)
    yes = (("Oui", "meet-yes"),) if asks else ()
    return ((*yes, ("Déplacer", "meet-move"), ("Annuler", "meet-cancel")), (("Agenda", "meet-agenda"),))


def the_centre() -> str:
    """Who comes, while she who was to come cannot be reached."""
    return "Le centre"


def in_place_of(*, goes: str) -> str:
    """The first line to whoever stands in: what follows was for somebody who cannot be reached."""
    return f"<i>À la place {esc(of(goes))}, injoignable ici.</i>\n"


def invitation(*, shown: Shown, by: str, now: datetime) -> str:
    """To the other side, when a meeting is proposed."""
    return french(f"{esc(by)} propose :\n" + "\n".join(body(shown, now)) + "\nD'accord ?")


def takes_over(*, shown: Shown, by: str, arrivals: Sequence[datetime], now: datetime) -> str:
    """To the school: somebody else comes."""
    what = title(kind=shown.kind, cycles=shown.cycles)
    moments = [f"{dates.full_day(local_date(one), now)}, {dates.hour(one)}" for one in arrivals]
    return french(f"C'est {esc(by)} qui viendra. {what} : {' ; '.join(moments)}.")


def kept_already(*, shown: Shown, ahead: bool, now: datetime) -> str:
    """Her line was mended after the meeting it asked for was kept; ``ahead``: it can still be moved."""
    said = "Déjà gardée : modifier votre message n'y change rien."
    return french("\n".join([*body(shown, now), f"{said} On la déplace ?" if ahead else said]))


def moved(*, shown: Shown, by: str, was: datetime, now: datetime) -> str:
    """To the other side, when it is moved."""
    before = dates.full_day(local_date(was), now)
    return french(
        f"{esc(by)} déplace la réunion du {before} :\n" + "\n".join(body(shown, now)) + "\nD'accord ?"
    )


def cancelled(*, shown: Shown, by: str, now: datetime) -> str:
    """To the other side, when it is cancelled."""
    day = dates.full_day(local_date(shown.starts), now)
    what = title(kind=shown.kind, cycles=shown.cycles)
    return french(f"{esc(by)} annule : {what}, {esc(shown.school)}, {day}.")


def cannot_come(*, goes: str, arrives: datetime) -> str:
    """« Je ne peux pas », told to the school at once."""
    return french(
        f"{esc(goes)} ne pourra pas venir à {dates.hour(arrives)}. "
        "Elle vous propose une autre date dès que possible."
    )


def noted() -> str:
    """A toast."""
    return "C'est noté."


def told(*, others: Sequence[str]) -> str:
    """A toast: the others know."""
    if len(others) > 1:
        return french(f"{' et '.join(others)} le savent.")
    return french(f"{others[0]} le sait." if others else "C'est noté. Prévenez l'école.")


def not_yours() -> str:
    """A toast: only the centre and the contact answer."""
    return "Seuls le centre et le contact de l'école répondent."


def elsewhere() -> str:
    """A toast: the bubble speaks of a date that was changed since."""
    return "La date a changé depuis : voyez le message plus récent."


def over() -> str:
    """A toast: too late for that."""
    return "Cette réunion est passée."


def gone() -> str:
    """A toast: cancelled meanwhile."""
    return "Cette réunion est annulée."


def revised_buttons() -> Buttons:
    """What is left once she has said yes."""
    return ((("Déplacer", "meet-move"), ("Annuler", "meet-cancel")),)


def again_buttons(*, more: bool) -> Buttons:
    """After « Annuler » or « Je ne peux pas »; ``more``: other dates of its series are still to come."""
    again: Buttons = ((("Choisir une autre date", "meet-move"),),)
    return (*again, (("Annuler aussi les suivantes", "series-cancel"),)) if more else again


def agenda_name() -> str:
    """The file's name."""
    return "reunion.ics"


def agenda_note(*, goes: str, arrives: datetime) -> str:
    """In her agenda."""
    return french(f"{goes} arrive à {dates.hour(arrives)}.")
