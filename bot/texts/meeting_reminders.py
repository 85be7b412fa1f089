"""Reminders of a meeting, the crib before it, what is noted after."""

from collections.abc import Sequence
from datetime import datetime

from bot.rules.paris import local_date
from bot.texts import dates
from bot.texts.html import bold, esc
from bot.texts.meetings import Buttons, Shown, subject, title
from bot.texts.typography import french


def reminder_week(*, shown: Shown, to_contact: bool, late: str, now: datetime) -> str:
    """J-7."""
    day = dates.full_day(local_date(shown.starts), now)
    if to_contact:
        what = title(kind=shown.kind, cycles=shown.cycles)
        return french(
            f"{what}, {day} : {esc(shown.goes)} vous rejoint à <b>{dates.hour(shown.arrives)}</b>. "
            f"Toujours d'accord ?{late}"
        )
    what = subject(kind=shown.kind, cycles=shown.cycles)
    return french(
        f"<b>{day[0].upper()}{day[1:]}</b>, {esc(shown.school)}, {what}. "
        f"Vous arrivez à <b>{dates.hour(shown.arrives)}</b>. Toujours bon ?{late}"
    )


def reminder_eve(
    *, shown: Shown, to_contact: bool, confirmed: bool, children: int, late: str, now: datetime
) -> str:
    """J-1; on the day itself when the eve was no working day."""
    day = dates.day(local_date(shown.arrives), now)
    day = f"{day[0].upper()}{day[1:]}"
    if to_contact:
        return french(f"{day}, {esc(shown.goes)} arrive à {dates.hour(shown.arrives)}. On maintient ?{late}")
    place = f", {esc(shown.place)}" if shown.place else ""
    parts = [f"<b>{day}, {dates.hour(shown.arrives)}</b>, {esc(shown.school)}{place}."]
    if children:
        parts.append(f"{_count(children)} à évoquer.")
    if not confirmed:
        parts.append("L'école n'a pas confirmé.")
    return french(" ".join(parts) + late)


def reminder_hour(*, shown: Shown, late: str) -> str:
    """H-1, before she arrives."""
    place = f" {esc(shown.place[0].upper() + shown.place[1:])}." if shown.place else ""
    return french(f"<b>{esc(shown.school)} à {dates.hour(shown.arrives)}.</b>{place}{late}")


def late(*, planned: datetime, now: datetime) -> str:
    """Why it comes only now."""
    return french(f"\n<i>(prévu {dates.moment(planned, now)}, le service était arrêté)</i>")


def too_late(*, shown: Shown, now: datetime) -> str:
    """The reminder of a meeting that is over: said, never kept quiet."""
    day = dates.day(local_date(shown.arrives), now)
    return french(
        f"Trop tard pour rappeler : {esc(shown.school)}, {day}, {dates.hour(shown.arrives)}. "
        "Le service était arrêté."
    )


def week_buttons() -> Buttons:
    """J-7, both sides."""
    return ((("Oui", "meet-yes"), ("Déplacer", "meet-move"), ("Annuler", "meet-cancel")),)


def eve_buttons(*, to_contact: bool) -> Buttons:
    """J-1."""
    if to_contact:
        return ((("Oui", "meet-yes"), ("Annuler", "meet-cancel")),)
    return ((("Pense-bête", "meet-crib"), ("Je ne peux pas", "meet-cannot")),)


def hour_buttons() -> Buttons:
    """H-1."""
    return ((("J'y serai", "meet-yes"), ("Je ne peux pas", "meet-cannot")),)


def _count(children: int) -> str:
    words = (
        "",
        "Un enfant",
        "Deux enfants",
        "Trois enfants",
        "Quatre enfants",
        "Cinq enfants",
        "Six enfants",
    )
    return words[children] if children < len(words) else f"{children} enfants"


# ── The crib, and what is noted ──────────────────────────────────────────────────────────────


def crib(
    *,
    shown: Shown,
    topics: Sequence[str],
    children: Sequence[str],
    waiting: Sequence[str],
    follow_ups: Sequence[str],
    now: datetime,
) -> str:
    """For whoever goes there, and nobody else."""
    day = dates.full_day(local_date(shown.arrives), now)
    lines = [f"<b>Pense-bête</b> : {esc(shown.school)}, {day}, {dates.hour(shown.arrives)}"]
    lines += _list("À évoquer", [*topics, *children])
    lines += _list("Questions ouvertes", waiting)
    lines += _list("La dernière fois", follow_ups)
    if len(lines) == 1:
        lines.append("Rien de noté pour l'instant.")
    return french("\n".join(lines))


def crib_buttons() -> Buttons:
    """Add a line."""
    return ((("Ajouter", "meet-topic"),),)


def waiting_line(*, teacher: str, level: str, territory: str, opened: datetime, now: datetime) -> str:
    """« Mme Diallo, CE1, CLAS, mardi 19 h 42 »."""
    parts = [teacher, *([level] if level else []), territory, dates.recent(opened, now)]
    return ", ".join(parts)


def ask_topics() -> str:
    """Three lines at most; first name and initial."""
    return french("À évoquer : écrivez-le ici, trois lignes au plus. Prénom et initiale pour un enfant.")


def ask_follow_up(*, school: str, met_at: datetime, now: datetime) -> str:
    """After the meeting."""
    return french(f"{esc(school)}, {dates.day(local_date(met_at), now)} : une suite à noter ?")


def follow_up_buttons() -> Buttons:
    """Nothing, or three lines."""
    return ((("Rien", "meet-nothing"), ("Écrire trois lignes", "meet-follow")),)


def write_follow_up() -> str:
    """What to type."""
    return french("Écrivez la suite ici, trois lignes au plus. Elle reviendra avant la prochaine réunion.")


def nothing_to_note() -> str:
    """She had nothing to write."""
    return "Rien à noter."


def kept_lines(*, lines: Sequence[str]) -> str:
    """What was noted, as it will come back."""
    return french("\n".join(["Noté :", *(f"· {esc(one)}" for one in lines)]))


def too_many_lines(*, most: int) -> str:
    """Her text stays in her chat: she can shorten it."""
    return french(f"C'est plus de {most} lignes : rien n'est encore noté. Réécrivez-le plus court.")


def _list(heading: str, lines: Sequence[str]) -> list[str]:
    return [bold(heading), *(f"· {esc(one)}" for one in lines)] if lines else []
