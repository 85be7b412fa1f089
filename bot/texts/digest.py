"""The week: what waits, what comes, who is away, one line of counts. No child, no danger, no zero."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import unescape

from bot.rules.paris import local_date
from bot.rules.week import Away, Callback, Digest, Meeting, Waiting, Week, fitting
from bot.texts import dates
from bot.texts.html import bold, esc
from bot.texts.typography import french

Buttons = tuple[tuple[tuple[str, str], ...], ...]

LONGEST = 900
"""Characters, tags included."""
AROUND = 130
"""Characters of the titles, and of the lines that count what is left out."""
COMING = 300
"""Characters that what comes has at least, however much waits."""
CALLS = 3
"""Calls named; the others are counted."""
FRIDAY = timedelta(days=4)
TERRITORIES = {
    "clas": "CLAS",
    "pre": "PRE",
    "both": "CLAS et PRE",
    "help": "accompagnement",
    "both_help": "CLAS et accompagnement",
    "autre": "autres",
}


@dataclass(frozen=True, slots=True)
class Holidays:
    """What is said before school holidays. ``covers``: who reads for her (None: nobody), from, to."""

    first: date
    last: date
    covers: tuple[tuple[str | None, date, date], ...]
    closed: tuple[date, date] | None
    returns: datetime | None


@dataclass(frozen=True, slots=True)
class Centre:
    """A centre's week."""

    name: str
    week: Week
    late: tuple[tuple[str, int, datetime], ...]
    alone: tuple[tuple[datetime, str, str], ...]
    uncovered: tuple[tuple[str, datetime], ...]
    waiting: int
    meetings: int
    calls: int
    came: int
    unconfirmed: int
    received: int
    answered: int
    within_a_day: bool
    territories: tuple[tuple[str, int], ...]
    schools: tuple[tuple[tuple[str, ...], int], ...]


def person(*, digest: Digest, holidays: Holidays | None, now: datetime) -> str:
    """Somebody's own week."""
    if digest.is_calm and holidays is None:
        return french(_calm(digest, now))
    calls = _calls(digest.callbacks, now)
    last = [] if holidays is None else [_holidays(holidays, now)]
    last += [counts] if (counts := _counts(digest)) else []
    room = LONGEST - AROUND - len("\n\n".join([*calls, *last]))
    waits = sum(len(waiting_line(waiting=one, now=now)) + 1 for one in digest.waiting)
    coming = [*(_meeting(one, now) for one in digest.meetings), *(_away(one, now) for one in digest.away)]
    shown = _as_fits(coming, max(COMING, room - waits))
    head = [bold("Votre semaine"), *_waiting(digest.waiting, room - len("\n".join(shown)), now), *calls]
    parts = ["\n".join([bold("À venir"), *shown])] if shown else []
    return french(_fit(["\n".join(head), *parts, *last]))


def _calm(digest: Digest, now: datetime) -> str:
    if not digest.meetings:
        return f"{bold('Votre semaine')} : personne n'attend.\nPas de rendez-vous dans les deux semaines."
    first = digest.meetings[0]
    day = dates.list_day(local_date(first.arrival), now)
    return (
        f"{bold('Votre semaine')} : personne n'attend.\n"
        f"Prochain rendez-vous : {day}, {dates.hour(first.arrival)}, {esc(first.school)}."
    )


def _waiting(waiting: Sequence[Waiting], room: int, now: datetime) -> list[str]:
    """Oldest first; those that do not fit are counted."""
    if not waiting:
        return []
    title = "1 réponse attendue" if len(waiting) == 1 else f"{len(waiting)} réponses attendues"
    return [bold(title), *_as_fits([waiting_line(waiting=one, now=now) for one in waiting], room)]


def _as_fits(lines: Sequence[str], room: int) -> list[str]:
    """The first lines that fit; the others are counted."""
    kept, left = fitting(lines, room)
    return [*kept, *([f"· et {left} de plus"] if left else [])]


def _calls(callbacks: Sequence[Callback], now: datetime) -> list[str]:
    lines = [
        f"{bold('Appel promis')} : {esc(one.teacher)}, {dates.list_day(local_date(one.at), now)} "
        f"{dates.hour(one.at)}"
        for one in callbacks[:CALLS]
    ]
    left = len(callbacks) - CALLS
    many = "1 autre appel promis" if left == 1 else f"{left} autres appels promis"
    return [*lines, *([f"· et {many}"] if left > 0 else [])]


def waiting_line(*, waiting: Waiting, now: datetime) -> str:
    """« · Mme Diallo, CE1, Les Tilleuls — CLAS — promis demain midi »."""
    who = ", ".join(esc(one) for one in (waiting.teacher, waiting.level, waiting.school) if one)
    about = "" if waiting.territory == "autre" else f" — {TERRITORIES[waiting.territory]}"
    return f"· {who}{about}{_promised(waiting.due, now)}"


def _promised(due: datetime | None, now: datetime) -> str:
    if due is None:
        return ""
    if due < now:
        return f" — promis {dates.recent_day(due, now)}, dépassé"
    return f" — promis {dates.deadline(due, now)}"


def _meeting(meeting: Meeting, now: datetime) -> str:
    day = dates.list_day(local_date(meeting.arrival), now)
    state = "confirmée" if meeting.confirmed else "à confirmer"
    return f"· {day}, {dates.hour(meeting.arrival)} : {esc(meeting.school)}, {meeting.subject} — {state}"


def _away(away: Away, now: datetime) -> str:
    if away.first == away.last:
        day = dates.list_day(away.first, now)
    else:
        day = dates.span(away.first, away.last)
    if away.person:
        return f"· {day} : {esc(away.person)} absente, vous lisez pour elle"
    return (
        f"· {day} : vous êtes absente, {f'{esc(away.cover)} lit pour vous' if away.cover else 'sans relais'}"
    )


def _counts(digest: Digest) -> str:
    if not digest.received:
        return ""
    answered = f", répondus {digest.answered}" if digest.answered else ""
    return f"Reçus {digest.received}{answered}. {_territories(digest.territories, ', ')}."


def _territories(counts: Sequence[tuple[str, int]], between: str) -> str:
    said = between.join(f"{TERRITORIES[name]} {n}" for name, n in sorted(counts, key=_order) if n)
    return said[:1].upper() + said[1:]


def _order(one: tuple[str, int]) -> tuple[bool, int, str]:
    return one[0] == "autre", -one[1], one[0]


def _holidays(holidays: Holidays, now: datetime) -> str:
    said = [
        f"{esc(name)} lit pour vous {dates.span(first, last)}."
        if name
        else f"Sans relais {dates.span(first, last)}."
        for name, first, last in holidays.covers
    ]
    if holidays.closed is not None:
        said.append(f"Fermé {dates.span(*holidays.closed)}.")
        if holidays.returns is not None:
            said.append(f"Retour {dates.full_day(local_date(holidays.returns), now)}.")
    if not said:
        said.append(f"{dates.span(holidays.first, holidays.last)}, le centre reste ouvert.")
        said[0] = said[0][0].upper() + said[0][1:]
    return f"{bold('Vacances')} : {' '.join(said)}"


# ── The centre's ─────────────────────────────────────────────────────────────────────────────


def centre(*, centre: Centre, holidays: Holidays | None, now: datetime) -> str:
    """A centre's week, for who heads it."""
    name = centre.name[0].upper() + centre.name[1:]
    title = bold(f"{name}, {_week(centre.week)}")
    decide = _decide(centre, now)
    coming = _coming(centre)
    counts = _centre_counts(centre)
    if not decide and not centre.received and not centre.waiting and holidays is None:
        return french(f"{title} : rien n'attend.\n{coming or 'Rien de prévu dans les deux semaines.'}")
    parts = []
    if decide:
        parts.append("\n".join([bold("À décider"), *decide]))
    if coming:
        parts.append(coming)
    if holidays is not None:
        parts.append(_holidays(holidays, now))
    if counts:
        parts.append(counts)
    return french(_fit([title, *parts]))


def _week(week: Week) -> str:
    """« 16 – 20 novembre »."""
    first, last = week.monday, week.monday + FRIDAY
    month = "" if first.month == last.month else f" {dates.MONTHS[first.month - 1]}"
    start = "1er" if first.day == 1 else str(first.day)
    end = "1er" if last.day == 1 else str(last.day)
    return f"{start}{month} – {end} {dates.MONTHS[last.month - 1]}"


def _decide(centre: Centre, now: datetime) -> list[str]:
    lines = []
    for school, number, since in centre.late:
        many = "1 réponse dépasse" if number == 1 else f"{number} réponses dépassent"
        lines.append(f"· {many} la date promise ({esc(school)}, depuis {dates.recent_day(since, now)})")
    for arrives, school, who in centre.alone:
        day = dates.list_day(local_date(arrives), now)
        lines.append(
            f"· {day[0].upper()}{day[1:]}, {dates.hour(arrives)}, {esc(school)} : "
            f"{esc(who)} absente, personne à la réunion"
        )
    for who, since in centre.uncovered:
        lines.append(
            f"· {esc(who)} absente à partir de {dates.list_day(local_date(since), now)}, sans relais"
        )
    return _as_fits(lines, 420)


def _coming(centre: Centre) -> str:
    lines = []
    coming = []
    if centre.meetings:
        coming.append("1 réunion" if centre.meetings == 1 else f"{centre.meetings} réunions")
    if centre.calls:
        coming.append("1 appel promis" if centre.calls == 1 else f"{centre.calls} appels promis")
    if centre.waiting:
        coming.append("1 réponse attendue" if centre.waiting == 1 else f"{centre.waiting} réponses attendues")
    if coming:
        lines.append(f"{bold('À venir')} : {', '.join(coming)}")
    if centre.came:
        came = "1 enseignant" if centre.came == 1 else f"{centre.came} enseignants"
        unsure = f", dont {centre.unconfirmed} à confirmer" if centre.unconfirmed else ""
        lines.append(f"{bold('Arrivées')} : {came}{unsure}")
    return "\n".join(lines)


def _centre_counts(centre: Centre) -> str:
    if not centre.received:
        return ""
    answered = f", répondus {centre.answered}" if centre.answered else ""
    quick = ", le plus souvent sous un jour ouvré" if centre.within_a_day else ""
    lines = [f"Reçus {centre.received}{answered}{quick}.", f"{_territories(centre.territories, ' · ')}."]
    if centre.schools:
        shown = [f"{esc(', '.join(names))} {n}" for names, n in centre.schools]
        kept, left = fitting(shown, 200)
        lines.append(" · ".join(kept) + (f" · {left} autres écoles" if left else "") + ".")
    return "\n".join(lines)


# ── Around it ────────────────────────────────────────────────────────────────────────────────


def _fit(parts: Sequence[str]) -> str:
    """The parts that fit together, the first ones first."""
    kept, _ = fitting([f"{one}\n" for one in parts if one], LONGEST)
    return "\n".join(kept).rstrip("\n")


def late(*, words: str, planned: datetime, now: datetime) -> str:
    """The hour passed while the service was down."""
    when = dates.recent(planned, now)
    return french(f"{words}\n<i>(prévue {when}, le service était arrêté)</i>")


def of_somebody(*, name: str, words: str) -> str:
    """For the operator's terminal: whose week it is."""
    return f"{esc(name)}\n{words}"


def plain(text: str) -> str:
    """The same without Telegram's marks."""
    return unescape(re.sub(r"<[^>]+>", "", text))


def waiting_list(*, waiting: Sequence[Waiting], now: datetime) -> str:
    """« Voir ce qui attend »: oldest first."""
    if not waiting:
        return "Personne n'attend."
    lines, left = fitting([waiting_line(waiting=one, now=now) for one in waiting], 3000)
    more = [f"· et {left} de plus"] if left else []
    return french("\n".join([bold("Ce qui attend"), *lines, *more]))


def waiting_buttons(*, waiting: Sequence[tuple[int, str]]) -> Buttons:
    """Back to the card of the first ones; a teacher's name is no child's."""
    return tuple(((name, f"digest-card:{number}"),) for number, name in waiting)


def here_it_is() -> str:
    """Under the card: a touch on the quoted part leads to it."""
    return "C'est ici."


def buttons() -> Buttons:
    """Under the week."""
    return ((("Voir ce qui attend", "digest-open"),),)


def choice_buttons(*, chosen: str) -> Buttons:
    """When she wants it."""
    names = {
        "fri-14": "Vendredi 14 h",
        "fri-9": "Vendredi 9 h",
        "thu-17": "Jeudi 17 h",
        "mon-9": "Lundi 9 h",
    }
    cells = [(f"✓ {name}" if key == chosen else name, f"digest-at:{key}") for key, name in names.items()]
    return (tuple(cells[:2]), tuple(cells[2:]))


def noted() -> str:
    """A toast."""
    return "C'est noté."


def stale() -> str:
    """A toast."""
    return "Ce bouton ne sert plus."


def staff_only() -> str:
    """For a teacher."""
    return "Cette commande est pour l'équipe du centre."
