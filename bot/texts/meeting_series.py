"""Meetings that come back: the dates shown whole, kept together, cancelled one by one or all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.rules.paris import local_date
from bot.texts import dates
from bot.texts.html import bold, esc
from bot.texts.meeting_proposal import as_message, drop, why
from bot.texts.meetings import Buttons, Shown, Standing, title
from bot.texts.typography import french

RANKS = {1: "premier", 2: "deuxième", 3: "troisième", 4: "quatrième", -1: "dernier"}


@dataclass(frozen=True, slots=True)
class Line:
    """One date of a series; ``warnings``: what may be in the way on that date alone."""

    starts: datetime
    ends: datetime
    cancelled: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """Dates of a series on which no meeting can be, for one reason."""

    days: tuple[date, ...]
    cause: str
    name: str


def summary(
    *,
    first: Shown,
    lines: Sequence[Line],
    skipped: Sequence[Skipped],
    already: Sequence[date],
    warnings: Sequence[str],
    now: datetime,
) -> str:
    """Every date that will be kept, those that are left out and why; ``warnings``: of all dates."""
    said = [*_head(first), *_dates(first, lines, now)]
    if skipped:
        said.append("Sans réunion :")
        said += [f"· {_days(one.days, now)} : {why(cause=one.cause, name=one.name)}" for one in skipped]
    if already:
        said.append(f"Déjà gardées : {_days(already, now)}.")
    if first.contact:
        said.append(f"Pour l'école : {esc(first.contact)}.")
    else:
        said.append("Personne de cette école n'a encore rejoint : prévenez-la vous-même.")
    said += [f"⚠️ {one}" for one in warnings]
    said.append("On les garde ?" if len(lines) > 1 else "On la garde ?")
    return french("\n".join(said))


def summary_buttons(*, from_words: bool) -> Buttons:
    """Keep, change, drop; and the way back for a line that was meant as a message."""
    rows: Buttons = ((("C'est bon", "plan-keep"), ("Changer…", "plan:change")), (drop(),))
    return (*rows, (as_message(),)) if from_words else rows


def none_left(
    *, what: str, school: str, skipped: Sequence[Skipped], already: Sequence[date], now: datetime
) -> str:
    """No date of it can be kept."""
    said = [f"{bold(what)}, {esc(school)} : aucune de ces dates n'est possible."]
    said += [f"· {_days(one.days, now)} : {why(cause=one.cause, name=one.name)}" for one in skipped]
    if already:
        said.append(f"Déjà gardées : {_days(already, now)}.")
    return french("\n".join(said))


def none_left_buttons(*, longer: bool) -> Buttons:
    """``longer``: it may go on until the summer."""
    further = ((("Jusqu'à l'été", "plan:until=year"),),) if longer else ()
    return (*further, (("Un seul jour", "plan:change=day"),), (drop(),))


def change_buttons(*, contacts: bool, whole_year: bool) -> Buttons:
    """What can be changed of a series, with a way back."""
    span = ("Jusqu'aux vacances", "plan:until=period") if whole_year else ("Jusqu'à l'été", "plan:until=year")
    return (
        (span, ("Un seul jour", "plan:change=day")),
        (("L'heure", "plan:change=hour"), ("L'arrivée", "plan:change=arrival")),
        (("Le lieu", "plan:change=place"), *((("Le contact", "plan:change=contact"),) if contacts else ())),
        (("‹ Retour", "plan:back"),),
    )


def ask_repeat(*, day: date, now: datetime) -> str:
    """One day is chosen: does it come back?"""
    return french(
        f"À partir du {dates.full_day(day, now)} : comment revient-elle ? Vacances et ponts sont sautés."
    )


def repeat_buttons(*, weekday: int, rank: int) -> Buttons:
    """Each week or once a month, until the holidays or the summer."""
    name = dates.WEEKDAYS[weekday]
    return (
        ((f"Tous les {name}s jusqu'aux vacances", "plan:repeat=week.period"),),
        ((f"Tous les {name}s jusqu'à l'été", "plan:repeat=week.year"),),
        ((f"Le {RANKS[rank]} {name} de chaque mois", "plan:repeat=month.year"),),
        (("‹ Retour", "plan:back"),),
    )


def kept(*, first: Standing, lines: Sequence[Line], agreed: bool, over: bool, now: datetime) -> str:
    """The living bubble of a series; ``first``: how its next meeting stands; ``over``: none is left."""
    shown = first.shown
    said = [*_head(shown), *_dates(shown, lines, now)]
    if over and all(one.cancelled for one in lines):
        said.append("<b>Annulées.</b>")
    elif over:
        said.append("Toutes sont passées.")
    elif first.other is None:
        said.append("Gardées. Prévenez l'école : personne n'y a encore rejoint.")
    elif agreed:
        said.append(f"Gardées. {esc(first.other)} a dit oui.")
    elif first.told_at is not None:
        said.append(f"Gardées. {esc(first.other)} le saura {dates.moment(first.told_at, now)}.")
    else:
        said.append(f"Gardées. {esc(first.other)} n'a pas encore dit oui à toutes.")
    return french("\n".join(said))


def kept_buttons(*, asks: bool) -> Buttons:
    """Four at most; ``asks``: this side has not said yes to all."""
    yes = (("Oui à toutes", "series-yes"),) if asks else ()
    return (
        (*yes, ("Une date…", "series-one")),
        (("Tout annuler", "series-cancel"), ("Agenda", "series-agenda")),
    )


def date_buttons(*, days: Sequence[tuple[int, date]], now: datetime) -> Buttons:
    """Which of the dates to come; each opens as a meeting of its own."""
    return (
        *(((dates.full_day(day, now), f"meet-show:{number}"),) for number, day in days),
        (("‹ Retour", "series-back"),),
    )


def sure_buttons(*, left: int) -> Buttons:
    """« Tout annuler »: asked once more."""
    label = "Oui, annuler la date qui reste" if left == 1 else f"Oui, annuler les {left} dates qui restent"
    return (((label, "series-off"),), (("‹ Retour", "series-back"),))


def invitation(*, shown: Shown, lines: Sequence[Line], by: str, now: datetime) -> str:
    """To the other side, when a series is proposed."""
    return french(
        "\n".join([f"{esc(by)} propose :", *_head(shown), *_dates(shown, lines, now), "D'accord ?"])
    )


def cancelled(*, shown: Shown, days: Sequence[date], by: str, now: datetime) -> str:
    """To the other side: all that remained is cancelled."""
    what = title(kind=shown.kind, cycles=shown.cycles)
    return french(f"{esc(by)} annule : {what}, {esc(shown.school)}, {_days(days, now)}.")


def kept_already() -> str:
    """Her line was mended after the series it asked for was kept."""
    return french(
        "Ces réunions sont déjà gardées : modifier votre message n'y change rien. "
        "Leurs boutons sont sous la liste des dates."
    )


def none_to_come() -> str:
    """A toast: every date is over or cancelled."""
    return "Plus aucune date à venir."


def file_name() -> str:
    """The file of a series."""
    return "reunions.ics"


def _head(shown: Shown) -> list[str]:
    hours = f"{dates.hour(shown.starts)} – {dates.hour(shown.ends)}"
    lines = [
        f"{bold(title(kind=shown.kind, cycles=shown.cycles))}, {esc(shown.school)}, {hours}",
        f"{esc(shown.goes)} arrive à <b>{dates.hour(shown.arrives)}</b>.",
    ]
    return [*lines, f"Lieu : {esc(shown.place)}."] if shown.place else lines


def _dates(shown: Shown, lines: Sequence[Line], now: datetime) -> list[str]:
    usual = (dates.hour(shown.starts), dates.hour(shown.ends))
    return [_line(one, usual, now) for one in lines]


def _line(line: Line, usual: tuple[str, str], now: datetime) -> str:
    hours = (dates.hour(line.starts), dates.hour(line.ends))
    said = f"· {dates.full_day(local_date(line.starts), now)}"
    if hours != usual:
        said += f", {hours[0]} – {hours[1]}"
    if line.cancelled:
        said += " : annulée"
    return said + "".join(f" ⚠️ {one}" for one in line.warnings)


def _days(days: Sequence[date], now: datetime) -> str:
    return ", ".join(dates.full_day(one, now) for one in days)
