"""A period of school, for who heads the centre: what it brought, and the words of its picture."""

from collections.abc import Sequence

from bot.rules.period import Facts, alone, enough
from bot.texts import dates
from bot.texts.digest import TERRITORIES
from bot.texts.html import bold, esc
from bot.texts.typography import french

Drawing = dict[str, object]
"""What the picture says and counts; bot/drawing.py puts it on paper, and knows no word of its own."""

SILENT_NAMED = 3
SCHOOLS_SHOWN = 5


def words(*, centre: str, facts: Facts) -> str:
    """The caption; without a picture it says the same."""
    title = bold(f"{esc(_capital(centre))}, {_days(facts)}")
    if not facts.received and not facts.meetings:
        calm = f"{title} : une période calme, sans message d'école."
        return french("\n\n".join([calm, *_silent(facts)]))
    parts = [title]
    if facts.received:
        parts.append("\n".join(_counts(facts)))
    brought = [f"· {whom} : {what}." for whom, what in _brought(facts)]
    if brought:
        parts.append("\n".join([bold("Ce que cela apporte"), *brought]))
    return french("\n\n".join([*parts, *_silent(facts)]))


def _counts(facts: Facts) -> list[str]:
    answered = f", répondus {facts.answered}" if facts.answered else ""
    kept = f", dont {facts.in_time} à la date promise" if facts.in_time else ""
    quick = ", le plus souvent sous un jour ouvré" if facts.within_a_day else ""
    lines = [f"Reçus {facts.received}{answered}{kept}{quick}."]
    if facts.territories:
        lines.append(_capital(" · ".join(f"{_named(names)} {n}" for names, n in facts.territories)) + ".")
    return lines


def _brought(facts: Facts) -> list[tuple[str, str]]:
    """To whom, what: counted facts only, none behind which somebody is recognised."""
    school = [
        _many(enough(facts.answered), "réponse"),
        _many(facts.meetings, "réunion", " avec le centre"),
    ]
    centre = [
        _many(
            enough(facts.doors_closed), "message", " arrivé{s} portes fermées, gardé{s} pour la réouverture"
        ),
        _many(enough(facts.relayed), "message", " suivi{s} par une collègue, sans rien à répéter"),
    ]
    clas, pre = alone(facts.territories, "clas"), alone(facts.territories, "pre")
    families = [
        _many(clas, "demande", " vers le CLAS"),
        _many(pre, "demande", " vers le PRE"),
        _many(alone(facts.territories, "help"), "demande", " d'accompagnement"),
        _many(enough(facts.follow_ups), "suite", " notée{s} après les réunions"),
    ]
    told = (("À l'école", school), ("Au centre", centre), ("Aux familles", families))
    return [(whom, " ; ".join(one for one in what if one)) for whom, what in told if any(what)]


def _many(number: int, noun: str, rest: str = "") -> str:
    if not number:
        return ""
    s = "s" if number > 1 else ""
    return f"{number} {noun}{s}{rest.replace('{s}', s)}"


def _silent(facts: Facts) -> list[str]:
    if not facts.silent:
        return []
    named = ", ".join(esc(one) for one in facts.silent[:SILENT_NAMED])
    left = len(facts.silent) - SILENT_NAMED
    more = "" if left < 1 else " et une autre école" if left == 1 else f" et {left} autres écoles"
    return [f"Pas de nouvelles sur cette période : {named}{more}. Un passage à la grille ?"]


def _named(names: Sequence[str]) -> str:
    return ", ".join(TERRITORIES[one] for one in sorted(names, key=lambda one: (one == "autre", one)))


def _days(facts: Facts) -> str:
    return dates.span(facts.period.first, facts.period.last)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# ── The picture ──────────────────────────────────────────────────────────────────────────────


def drawing(*, centre: str, facts: Facts) -> Drawing:
    """The picture's words and figures: no name but the schools', nothing under three."""
    figures = [(facts.received, "reçus"), (enough(facts.answered), "répondus")]
    figures.append((enough(facts.in_time), "à la date promise"))
    return {
        "title": _capital(centre),
        "under": french(f"{_capital(_days(facts))} {facts.period.last.year}"),
        "figures": [[str(number), label] for number, label in figures if number],
        "charts": [
            {"title": title, "bars": bars}
            for title, bars in (
                ("Ce qu'on nous a demandé", [[_capital(_named(names)), n] for names, n in facts.territories]),
                ("Les écoles", _schools(facts)),
            )
            if bars
        ],
        "foot": french("Des nombres seulement : les petits groupes sont réunis."),
    }


def _schools(facts: Facts) -> list[list[object]]:
    """The first ones, and the rest together."""
    shown: list[list[object]] = [[", ".join(names), n] for names, n in facts.schools[:SCHOOLS_SHOWN]]
    rest = facts.schools[SCHOOLS_SHOWN:]
    if rest:
        many = sum(len(names) for names, _ in rest)
        shown.append([f"{many} autres écoles", sum(n for _, n in rest)])
    return shown
