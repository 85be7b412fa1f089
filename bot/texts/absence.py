"""Who is away and who reads meanwhile; never why."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.rules.paris import local_date
from bot.texts import dates, month
from bot.texts.html import bold, esc
from bot.texts.typography import french

Buttons = tuple[tuple[tuple[str, str], ...], ...]
_BACK = (("‹ Retour", "away-back"),)


def when(*, first: date, last: date, from_midday: bool, until_midday: bool, now: datetime) -> str:
    """« aujourd'hui », « demain matin », « du 21 au 24 décembre », « du 21 midi au 24 décembre midi »."""
    if first == last:
        near = abs((first - local_date(now)).days) <= 1
        day = dates.day(first, now) if near else dates.span(first, last)
        half = " après-midi" if from_midday else " matin" if until_midday else ""
        return f"cet{half}" if half == " après-midi" and first == local_date(now) else f"{day}{half}"
    ends = (from_midday and "à partir de midi le premier jour", until_midday and "jusqu'à midi le dernier")
    said = " et ".join(one for one in ends if one)
    return dates.span(first, last) + (f" ({said})" if said else "")


def question(*, name: str | None, already: Sequence[str]) -> str:
    """Which days; ``name`` is None when she speaks for herself, ``already`` what is noted."""
    asked = (
        f"Quels jours {bold(name)} ne sera-t-elle pas là ?" if name else "Quels jours ne serez-vous pas là ?"
    )
    noted = "".join(f"\n· {esc(one)}" for one in already)
    return french(f"{asked} Aucune raison à donner." + (f"\n\nDéjà noté :{noted}" if noted else ""))


def question_buttons(*, weekend: bool, cancellable: Sequence[tuple[int, str]]) -> Buttons:
    """The usual answers, and a way to take back each absence noted."""
    week = "La semaine prochaine" if weekend else "Cette semaine"
    return (
        (("Aujourd'hui", "away:today"), ("Demain", "away:tomorrow")),
        (("Cet après-midi", "away:afternoon"), ("Demain matin", "away:morning")),
        ((week, "away:week"), ("Choisir…", "away:pick")),
        *(((f"Annuler : {label}", f"away-cancel:{absence}"),) for absence, label in cancellable),
    )


def ask_first() -> str:
    """The first day, on the grid."""
    return french("Premier jour d'absence ?")


def ask_last(*, first: date, now: datetime) -> str:
    """The last day, on the grid."""
    return french(f"Dernier jour d'absence, {dates.full_day(first, now)} ou après ?")


def days_buttons(*, shown: date, earliest: date, latest: date) -> Buttons:
    """A month of days, and a way back."""
    grid = month.grid(
        month=shown, earliest=earliest, latest=latest, day="away-day", turn="away-month", blank="away-blank"
    )
    return (*grid, _BACK)


def noted(
    *, name: str | None, days: str, cover: str | None, instead_of: str | None, head: str | None, passed: int
) -> str:
    """What was noted, and who reads; ``instead_of``: the usual cover, when she is away too."""
    whose, place = (f"{bold(name)} : absence notée", "sa") if name else ("Absence notée", "votre")
    if cover is not None:
        too = f"{bold(instead_of)} est absente aussi : " if instead_of else ""
        reads = f"{too}{bold(cover)} lit à {place} place."
    elif head is not None:
        reads = f"{bold(head)}, qui coordonne, lit si besoin."
    else:
        reads = "Personne ne lit à " + place + " place : ce qui arrive attendra."
    moved = "" if not passed else f"\n{_conversations(passed)} ; chaque école est prévenue."
    return french(f"{whose}, {days}. {reads}{moved}")


def _conversations(number: int) -> str:
    return "Une conversation passe au relais" if number == 1 else f"{number} conversations passent au relais"


def noted_buttons(*, absence: int, halves: bool, one_day: bool) -> Buttons:
    """Another cover, half-days while it has not begun, or never mind."""
    first = "Après-midi seulement" if one_day else "Dès midi le premier jour"
    last = "Matin seulement" if one_day else "Jusqu'à midi le dernier"
    half = (((first, f"away-half:{absence}.first"), (last, f"away-half:{absence}.last")),) if halves else ()
    return (
        (("Changer de relais", f"away-cover:{absence}"), ("Annuler l'absence", f"away-cancel:{absence}")),
        *half,
    )


def meetings(*, meetings: Sequence[tuple[datetime, str]], now: datetime) -> str:
    """Meetings that fall on those days: when she was to arrive, and where."""
    lines = [f"· {dates.moment(arrives, now)}, {esc(school)}" for arrives, school in meetings]
    return french("\n".join(["Réunion prévue ces jours-là :", *lines]))


def declared_by(*, by: str, days: str, cover: str | None) -> str:
    """To somebody whose absence a colleague has noted."""
    reads = f" {bold(cover)} lit à votre place." if cover else ""
    return french(f"{bold(by)} a noté votre absence, {days}.{reads}")


def declared_buttons(*, absence: int) -> Buttons:
    """She knows better."""
    return ((("Annuler l'absence", f"away-cancel:{absence}"),),)


def cover_question(*, days: str) -> str:
    """Whom to ask instead."""
    return french(f"Qui lit, {days} ?")


def cover_buttons(*, absence: int, colleagues: Sequence[tuple[int, str]]) -> Buttons:
    """A grid of colleagues, with a way back."""
    each = [(name, f"away-by:{absence}.{person}") for person, name in colleagues]
    return (
        *(tuple(each[at : at + 2]) for at in range(0, len(each), 2)),
        (("‹ Retour", f"away-noted:{absence}"),),
    )


def absence_line(*, days: str, cover: str | None) -> str:
    """One absence of a list."""
    return f"{days}, {cover} lit" if cover else days


def cancelled(*, name: str | None, days: str) -> str:
    """Never mind."""
    return french(f"{bold(name)} : absence annulée, {days}." if name else f"Absence annulée, {days}.")


def overlaps(*, days: str) -> str:
    """Toast: she is away already."""
    return french(f"Une absence est déjà notée, {days} : annulez-la d'abord.")


def ends_before() -> str:
    """Toast: the last day comes before the first."""
    return french("L'absence finirait avant de commencer : touchez un jour qui suit.")


def past() -> str:
    """Toast: that day is over."""
    return french("Ce jour est passé.")


def staff_only() -> str:
    """A teacher's absences are her school's."""
    return french("Cette commande est pour l'équipe du centre : une école n'a pas d'absence à dire ici.")


def not_yours() -> str:
    """Toast: somebody of another team."""
    return "Cette absence n'est pas de votre équipe."
