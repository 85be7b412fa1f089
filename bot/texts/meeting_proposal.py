"""Proposing a meeting: school, kind, day, arrival, place, contact, and what may be in the way."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from bot.texts import dates
from bot.texts.html import bold, esc
from bot.texts.meetings import Buttons, Shown, body
from bot.texts.typography import french

AFTER_CLASS = time(16, 45)
CAUSES = {
    "vacances": "ce sont les vacances",
    "pont": "c'est un pont",
    "férié": "c'est un jour férié",
    "local": "l'école n'a pas classe ce jour-là",
    "week-end": "c'est le week-end",
    "inconnu": "le calendrier scolaire n'est pas encore publié",
}

HOUR_PROBLEMS = {
    "heure incertaine": "Je n'ai pas compris l'heure.",
    "la fin avant le début": "Cette réunion finirait avant de commencer.",
}


def ask_school(*, unknown: str) -> str:
    """Several schools are hers; ``unknown``: the one she named, which is not among them."""
    first = f"{esc(unknown)} n'est pas parmi vos écoles.\n" if unknown else ""
    return french(f"{first}<b>Réunion</b> : dans quelle école ?")


def ask_kind(*, school: str, no_pre_in: str | None = None) -> str:
    """What meeting it is; ``no_pre_in``: she wanted the PRE in a town that has none."""
    first = f"Il n'y a pas de PRE à {esc(no_pre_in)}.\n" if no_pre_in else ""
    return french(f"{first}<b>Réunion</b>, {esc(school)} : laquelle ?")


def kind_buttons(*, picked: Sequence[str], pre: bool) -> Buttons:
    """Cycles can be several; the other kinds are chosen at once. ``pre``: the town has one."""
    cycles = tuple((f"{'✓ ' if one in picked else ''}Cycle {one}", f"plan:cycle={one}") for one in "123")
    rows: list[tuple[tuple[str, str], ...]] = [cycles]
    if picked:
        rows.append((("C'est tout", "plan:cycles=done"),))
    with_pre = (("École, PRE et centre", "plan:kind=pre"),) if pre else ()
    rows.append((*with_pre, ("Point de liaison", "plan:kind=liaison")))
    return tuple(rows)


def ask_day(*, what: str, school: str, problem: str | None = None) -> str:
    """The grid of a month; what went wrong with the day she said comes first."""
    first = f"{problem}\n" if problem else ""
    return french(
        f"{first}{bold(what)}, {esc(school)} : quel jour ?\n"
        "<i>« – » : pas de classe. « • » : déjà une réunion.</i>"
    )


def unclear_day(*, candidates: Sequence[date], now: datetime) -> str:
    """Two days are possible; neither is guessed."""
    if not candidates:
        return "Je n'ai pas compris le jour."
    days = " ou ".join(dates.full_day(one, now) for one in candidates[:2])
    return french(f"Je n'ai pas compris le jour : {days} ?")


def past_day() -> str:
    """A day that is over."""
    return "Ce jour est déjà passé."


def past_hour() -> str:
    """An hour that is over."""
    return "Cette heure est déjà passée."


def no_such_day() -> str:
    """31 November."""
    return "Ce jour n'existe pas."


def refused_day(*, day: date, cause: str, name: str, now: datetime) -> str:
    """A holiday, a bridge…: its reason, before the next possible days."""
    said = dates.full_day(day, now)
    return french(f"{said[0].upper()}{said[1:]} : {why(cause=cause, name=name)}.")


def why(*, cause: str, name: str) -> str:
    """« ce sont les vacances (Noël) »."""
    called = name.removeprefix("Pont ") if cause in ("vacances", "férié", "pont", "local") else ""
    return f"{CAUSES[cause]} ({esc(called)})" if called else CAUSES[cause]


def short_refusal(*, cause: str, name: str) -> str:
    """The same in a toast, for a touched day."""
    return french(f"{name} : pas de classe." if name else f"{CAUSES[cause][0].upper()}{CAUSES[cause][1:]}.")


def day_buttons(*, days: Sequence[date], now: datetime) -> tuple[tuple[str, str], ...]:
    """Days proposed above the grid."""
    return tuple((dates.full_day(one, now), f"plan:day={one.isoformat()}") for one in days)


def month_buttons(
    *, month: date, marks: Mapping[date, str], proposed: Sequence[date], now: datetime
) -> Buttons:
    """A month, Monday to Friday. ``marks``: free, busy, closed; a day that has none is over or elsewhere."""
    rows: list[tuple[tuple[str, str], ...]] = [(one,) for one in day_buttons(days=proposed, now=now)]
    rows.append(tuple((letter, "plan:none") for letter in "LMMJV"))
    weeks = sorted({day.isocalendar()[:2] for day in marks})
    for year, week in weeks:
        cells = []
        for weekday in range(1, 6):
            day = date.fromisocalendar(year, week, weekday)
            cells.append(_cell(day, marks.get(day)))
        rows.append(tuple(cells))
    rows.append(
        (
            ("‹", f"plan:month={_beside(month, -1):%Y-%m}"),
            (f"{dates.MONTHS[month.month - 1]} {month.year}", "plan:none"),
            ("›", f"plan:month={_beside(month, 1):%Y-%m}"),
        )
    )
    rows.append((("Ne pas garder", "plan-drop"),))
    return tuple(rows)


def _cell(day: date, mark: str | None) -> tuple[str, str]:
    if mark is None:
        return ("·", "plan:none")
    label = {"free": str(day.day), "busy": f"{day.day} •", "closed": "–"}[mark]
    return (label, f"plan:day={day.isoformat()}")


def _beside(month: date, step: int) -> date:
    number = month.year * 12 + month.month - 1 + step
    return date(number // 12, number % 12 + 1, 1)


def summary(*, shown: Shown, warnings: Sequence[str], moves: bool, now: datetime) -> str:
    """What will be kept, with what might be in the way."""
    lines = body(shown, now)
    if shown.contact:
        lines.append(f"Pour l'école : {esc(shown.contact)}.")
    else:
        lines.append("Personne de cette école n'a encore rejoint : prévenez-la vous-même.")
    lines += [f"⚠️ {one}" for one in warnings]
    lines.append("On la déplace ?" if moves else "On la garde ?")
    return french("\n".join(lines))


def summary_buttons(*, from_words: bool, moves: bool) -> Buttons:
    """Keep, change, drop; and the way back for a line that was meant as a message."""
    rows: list[tuple[tuple[str, str], ...]] = [
        (("C'est bon", "plan-keep"), ("Changer…", "plan:change")),
        (("Ne pas déplacer" if moves else "Ne pas garder", "plan-drop"),),
    ]
    if from_words:
        rows.append((as_message(),))
    return tuple(rows)


def as_message() -> tuple[str, str]:
    """The line was words for the centre, not a meeting to plan."""
    return ("C'était un message", "plan-message")


def change_buttons(*, contacts: bool, repeats: bool) -> Buttons:
    """What can be changed, with a way back; ``repeats``: it is a new one, which may come back."""
    again = ((("Plusieurs dates…", "plan:change=repeat"),),) if repeats else ()
    return (
        *again,
        (
            ("Le jour", "plan:change=day"),
            ("L'heure", "plan:change=hour"),
            ("L'arrivée", "plan:change=arrival"),
        ),
        (("Le lieu", "plan:change=place"), *((("Le contact", "plan:change=contact"),) if contacts else ())),
        (("‹ Retour", "plan:back"),),
    )


def ask_arrival(*, goes: str) -> str:
    """When the centre's person arrives."""
    return french(f"{esc(goes)} arrive à quelle heure ?")


def arrival_buttons(*, starts: datetime, moments: Sequence[datetime]) -> Buttons:
    """A few moments of the meeting."""
    return (
        tuple((dates.hour(one), f"plan:arrives={(one - starts).seconds // 60}") for one in moments),
        (("‹ Retour", "plan:back"),),
    )


def ask_contact(*, school: str) -> str:
    """Who is asked and reminded at the school."""
    return french(f"Qui est prévenu aux rappels, à l'école {esc(school)} ? Une seule personne.")


def contact_buttons(*, people: Sequence[tuple[int, str]]) -> Buttons:
    """Those of the school who are known here."""
    return (
        *(((name, f"plan:contact={person_id}"),) for person_id, name in people),
        (("‹ Retour", "plan:back"),),
    )


def ask_place() -> str:
    """Where; typed."""
    return french("Où ? Écrivez-le ici, par exemple : salle des maîtres.")


def place_buttons() -> Buttons:
    """The way back."""
    return ((("‹ Retour", "plan:back"),),)


def school_buttons(*, schools: Sequence[tuple[int, str]]) -> Buttons:
    """Her schools."""
    return (
        *(((name, f"plan:school={number}"),) for number, name in schools),
        (("Ne pas garder", "plan-drop"),),
    )


def ask_hour(*, problem: str | None) -> str:
    """The hour; ``problem``: what was wrong with the one she wrote."""
    first = f"{HOUR_PROBLEMS[problem]}\n" if problem else ""
    return french(f"{first}À quelle heure ?")


def hour_buttons(*, opens: time, closes: time) -> Buttons:
    """The school's midday break, and after class."""
    return (
        ((f"{dates.hour(opens)} – {dates.hour(closes)}", f"plan:hour={opens:%H:%M}"),),
        ((f"{dates.hour(AFTER_CLASS)}", f"plan:hour={AFTER_CLASS:%H:%M}"),),
        (drop(),),
    )


def drop() -> tuple[str, str]:
    """Nothing is to be kept."""
    return ("Ne pas garder", "plan-drop")


def other_day() -> tuple[str, str]:
    """The way back to the month."""
    return ("Un autre jour", "plan:change=day")


def look_again() -> str:
    """A toast: something has changed meanwhile."""
    return "Quelque chose a changé : regardez encore."


def kept_toast() -> str:
    """A toast."""
    return "C'est gardé."


def dropped() -> str:
    """Nothing was kept."""
    return "Rien n'est gardé."


def already_kept(*, shown: Shown, now: datetime) -> str:
    """The very same meeting is there."""
    return french("Cette réunion est déjà gardée :\n" + "\n".join(body(shown, now)))


def no_school() -> str:
    """Somebody without a school of hers."""
    return "Aucune école n'est la vôtre ici : demandez à la coordinatrice."


def not_confirmed_yet() -> str:
    """She came by a poster; the centre has not said that it knows her."""
    return "Le centre doit d'abord dire qu'il vous connaît. D'ici là, écrivez-lui : votre message arrive."


def wednesday() -> str:
    """Only a warning."""
    return "C'est un mercredi : cette école n'a pas classe."


def away(*, goes: str) -> str:
    """She is away that day."""
    return french(f"{esc(goes)} est absente ce jour-là.")


def other_meeting(*, school: str, what: str, starts: datetime) -> str:
    """Two schools on one midday."""
    return french(f"Le même jour : {esc(school)}, {what}, {dates.hour(starts)}.")


def busy(*, goes: str) -> str:
    """For a teacher: another school's meeting is not hers to see."""
    return french(f"{esc(goes)} a déjà une réunion ce jour-là.")


def centre_closed() -> str:
    """The centre does not open that day."""
    return "Le centre est fermé ce jour-là."
