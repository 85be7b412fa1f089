"""Render every sentence people read into one file that anybody can proofread: ``python -m tools.texts``.

Each function of bot/texts is called with sample arguments, and once more for each yes or no and each
thing that may be missing. The file is approved by whoever rereads it; a test compares.
"""

import dataclasses
import html
import importlib
import inspect
import pkgutil
import re
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import bot.texts
from bot.texts.typography import NBSP, french

APPROVED = Path(__file__).parent.parent / "tests" / "texts" / "approved.md"
PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 24, 19, 42, tzinfo=PARIS)
THURSDAY = datetime(2026, 11, 26, 12, 0, tzinfo=PARIS)
NOT_SENTENCES = {"dates", "html", "typography", "month", "emulator"}
"""Parts of sentences, and what only the demo's page says."""

WORDS = "Yanis B. ne rend plus rien depuis quinze jours. On peut en parler ?"
BY_NAME: dict[str, Any] = {
    "absent": "Chantal",
    "already": ["le 24 novembre"],
    "answer_by": THURSDAY,
    "at": NOW,
    "before": "",
    "by": "Chantal",
    "caller": "Chantal",
    "candidates": [date(2027, 1, 5), date(2027, 1, 12)],
    "cause": "holidays",
    "centre": "centre social d'Éragny",
    "choice": "centre",
    "chosen": "fri14",
    "classes": "CE1",
    "coordinatrice": "Farida",
    "cover": "Esmaman",
    "crip": "01 99 00 11 19",
    "cycles": "2",
    "day": date(2027, 1, 12),
    "days": "du 21 au 24 décembre",
    "due": THURSDAY,
    "earliest": date(2026, 11, 24),
    "first": date(2026, 12, 21),
    "giver": "Chantal",
    "goes": "Chantal",
    "head": "Farida",
    "instead_of": ["Chantal", "Esmaman"],
    "key": "homework_undone",
    "kind": "photo",
    "latest": date(2027, 1, 31),
    "last": date(2026, 12, 24),
    "last_day": date(2027, 1, 31),
    "level": "CM2",
    "link": "https://t.me/passerelle_bot?start=abc",
    "month": date(2027, 1, 1),
    "most": 3,
    "name": "Mme Diallo",
    "now": NOW,
    "number": "06 99 00 00 00",
    "opens_at": datetime(2026, 11, 25, 9, 0, tzinfo=PARIS),
    "other": "M. Roux",
    "people": [(1, "Esmaman"), (2, "Farida")],
    "person": 7,
    "places": "Les Tilleuls (CE1)",
    "problem": None,
    "reader": "Chantal",
    "reason": "homework_undone",
    "receiver": "Esmaman",
    "role": "référente",
    "school": "Les Tilleuls",
    "since": "mardi 10 h 05",
    "state": "waiting",
    "teacher": "Mme Diallo",
    "telephone": "01 99 00 12 34",
    "territory": "clas",
    "text": WORDS,
    "then": "Bien reçu.",
    "to": "Esmaman",
    "verb": "give-to",
    "what": "cycle 2",
    "words": WORDS,
    "zone": "C",
    "kept_days": 60,
    "passed": 2,
    "picked": ["CE1"],
    "mark": "",
    "place": "salle des maîtres",
}
"""Samples by the name of the argument; the type decides for the others."""
MEETING = datetime(2027, 1, 12, 11, 45, tzinfo=PARIS)
EXACTLY: dict[str, Any] = {
    "absence.noted.instead_of": "Esmaman",
    "call_notes.who_buttons.people": [("t:1", "Mme Diallo · CE1")],
    "callbacks.asked.at": THURSDAY,
    "meeting_calendars.no_class.cause": "vacances",
    "meeting_calendars.no_class.name": "Noël",
    "meeting_proposal.ask_hour.problem": "heure incertaine",
    "callbacks.comes.at": NOW + timedelta(minutes=15),
    "callbacks.comes_closed.at": NOW + timedelta(minutes=15),
    "callbacks.number_kept.at": THURSDAY,
    "callbacks.on_card.at": THURSDAY,
    "callbacks.promised.at": THURSDAY,
    "card.Card.alternative": "Samira, référente familles",
    "card.Card.call_number": "06 99 00 00 00",
    "card.Card.confirmed": True,
    "card.Card.hide": True,
    "card.Card.instead_of": "Esmaman",
    "card.Card.kind": "text",
    "card.Card.nursery_help": "la PMI ou le lieu d'accueil enfants-parents",
    "card.Card.pre_in_town": True,
    "card.Card.said_at": NOW,
    "card.Card.taken_by": "Chantal",
    "card.Card.weighed": None,
    "card.weighed.sides": (("clas", ("leçons", "méthode")), ("pre", ("absences", "famille"))),
    "receipt.Promise.absent_until": date(2027, 1, 3),
    "receipt.Promise.kind": "text",
    "receipt.Promise.opens_at": datetime(2026, 11, 25, 9, 0, tzinfo=PARIS),
    "receipt.Promise.received": NOW,
    "receipt.handed_over.giver": "Esmaman",
    "danger.calling.people": ["Chantal", "Esmaman"],
    "danger.said.kind": "voice",
    "help.clas_or_pre.without": [("Ermont", "Samira, référente familles, 01 99 00 30 30")],
    "orientation.Here.alternative": "Samira, référente familles, 01 99 00 30 30",
    "orientation.Here.nursery_help": "la PMI ou le lieu d'accueil enfants-parents",
    "orientation.Here.places": "lundi et jeudi de 16 h 30 à 18 h 30 ; pour une place, demandez-nous",
    "orientation.Here.pre": True,
    "orientation.Here.pre_contact": "Mme Lenoir, 01 99 00 20 20 (vérifié le 1er septembre 2026)",
    "orientation.choice_buttons.whats": ("clas", "pre", "both", "ecole"),
    "orientation.label.what": "pre",
    "orientation.offer_buttons.what": "ecole",
    "promises.offer_closed.since": NOW,
    "rhythm.morning.since": NOW,
    "digest.Centre.name": "centre social d'Éragny",
    "digest.Centre.schools": ((("Les Tilleuls",), 7), (("Le Verger", "Les Lilas"), 5)),
    "digest.Centre.territories": (("clas", 8), ("pre", 5), ("autre", 4)),
    "digest.Holidays.covers": (("Esmaman", date(2026, 12, 21), date(2026, 12, 24)),),
    "digest.Holidays.closed": (date(2026, 12, 25), date(2027, 1, 3)),
    "digest.Holidays.first": date(2026, 12, 19),
    "digest.Holidays.last": date(2027, 1, 3),
    "digest.Holidays.returns": datetime(2027, 1, 4, 9, 0, tzinfo=PARIS),
    "week.Digest.territories": (("clas", 5), ("pre", 2), ("autre", 2)),
    "week.Meeting.subject": "cycle 2",
    "week.Week.number": 48,
    "week.Week.year": 2026,
    "period.Facts.received": 48,
    "period.Facts.answered": 45,
    "period.Facts.in_time": 41,
    "period.Facts.schools": ((("Les Tilleuls",), 29), (("Le Verger", "Les Lilas"), 5)),
    "period.Facts.silent": ("Le Moulin",),
    "period.Facts.territories": ((("clas",), 22), (("pre",), 12), (("autre", "both"), 4)),
    "period.Period.first": date(2026, 11, 2),
    "period.Period.last": date(2026, 12, 18),
    "period.drawing.centre": "centre social d'Éragny",
    "period.words.centre": "centre social d'Éragny",
    "meeting_proposal.refused_day.cause": "pont",
    "meeting_proposal.short_refusal.cause": "férié",
    "meeting_proposal.why.cause": "vacances",
    "meeting_leavers.coming_buttons.coming": [(7, "Les Tilleuls", MEETING)],
    "meeting_leavers.back.coming": [(7, "Les Tilleuls", MEETING)],
    "meeting_leavers.stands_in.coming": [(7, "Les Tilleuls", MEETING)],
    "meeting_series.Line.ends": MEETING.replace(hour=13, minute=30),
    "meeting_series.Line.starts": MEETING,
    "meeting_series.Line.warnings": ("Chantal est absente ce jour-là.",),
    "meeting_series.Skipped.cause": "vacances",
    "meeting_series.Skipped.days": (date(2027, 4, 6), date(2027, 4, 13)),
    "meeting_series.Skipped.name": "Printemps",
    "meeting_series.date_buttons.days": [(7, date(2027, 1, 12)), (8, date(2027, 2, 2))],
    "meeting_series.repeat_buttons.rank": 2,
    "meeting_series.repeat_buttons.weekday": 1,
    "meetings.takes_over.arrivals": [MEETING.replace(hour=13, minute=10)],
    "meetings.Shown.arrives": MEETING.replace(hour=13, minute=10),
    "meetings.Shown.ends": MEETING.replace(hour=13, minute=30),
    "meetings.Shown.kind": "cycle",
    "meetings.Shown.starts": MEETING,
    "meetings.agenda_note.arrives": MEETING.replace(hour=13, minute=10),
    "meetings.cannot_come.arrives": MEETING.replace(hour=13, minute=10),
    "meetings.moved.was": MEETING,
    "meetings.subject.kind": "cycle",
    "meetings.title.kind": "cycle",
    "meetings.when.ends": MEETING.replace(hour=13, minute=30),
    "meetings.when.starts": MEETING,
}
"""Samples where the name means something else there."""
ALSO: dict[str, Sequence[Any]] = {
    "meeting_proposal.ask_hour.problem": ("la fin avant le début",),
    "card.Card.territory": ("pre", "both", "autre"),
    "card.Card.state": ("taken", "answered", "closed"),
    "card.Card.kind": ("photo", "voice", "long"),
    "card.buttons.state": ("answered", "closed"),
    "card.buttons.territory": ("pre", "both", "autre"),
    "meetings.Standing.state": ("agreed", "cancelled"),
    "meetings.title.kind": ("pre", "liaison"),
    "meetings.told.others": ((), ("M. Roux", "Chantal")),
    "receipt.Promise.kind": ("voice",),
    "receipt.refused_kind.kind": ("video", "contact"),
    "answers.refused_kind.kind": ("photo", "voice"),
}
"""Other values worth reading."""


def sample(path: str, name: str, kind: Any) -> Any:
    """A value for an argument or a field."""
    if path in EXACTLY:
        return EXACTLY[path]
    plain, optional = _without_none(kind)
    if dataclasses.is_dataclass(plain) and isinstance(plain, type):
        return _made(plain)
    if name in BY_NAME and _fits(BY_NAME[name], plain):
        return BY_NAME[name]
    return _by_type(path, plain, optional)


def _without_none(kind: Any) -> tuple[Any, bool]:
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        kinds = [one for one in typing.get_args(kind) if one is not type(None)]
        return kinds[0], len(kinds) < len(typing.get_args(kind))
    return kind, False


def _fits(value: Any, kind: Any) -> bool:
    origin = typing.get_origin(kind)
    if origin is None:
        return isinstance(value, kind) if isinstance(kind, type) else True
    if not isinstance(value, list):
        return False
    [inside] = [one for one in typing.get_args(kind) if one is not Ellipsis]
    return all(_fits_inside(one, inside) for one in value)


def _fits_inside(value: Any, kind: Any) -> bool:
    if typing.get_origin(kind) is tuple:
        return isinstance(value, tuple) and all(
            isinstance(one, wanted) for one, wanted in zip(value, typing.get_args(kind), strict=False)
        )
    return isinstance(kind, type) and isinstance(value, kind)


def _by_type(path: str, kind: Any, optional: bool) -> Any:
    origin = typing.get_origin(kind)
    simple: dict[Any, Any] = {
        str: "mot", int: 3, bool: False, datetime: THURSDAY, date: date(2027, 1, 12), time: time(11, 45),
    }  # fmt: skip
    if kind in simple:
        return simple[kind]
    if origin in (list, tuple, Sequence):
        inside = typing.get_args(kind)
        if origin is tuple and Ellipsis not in inside:
            return tuple(sample(f"{path}.{at}", "", one) for at, one in enumerate(inside))
        return tuple([sample(f"{path}.one", path.rpartition(".")[2].rstrip("s"), inside[0])])
    if origin is Mapping or origin is dict:
        return {}
    if optional:
        return None
    raise TypeError(f"{path}: tell tools/texts.py what a {kind} looks like")


def _made(kind: type) -> Any:
    hints = typing.get_type_hints(kind)
    short = f"{kind.__module__.rpartition('.')[2]}.{kind.__name__}"
    fields = [one for one in dataclasses.fields(kind) if one.init]
    return kind(
        **{
            one.name: sample(f"{short}.{one.name}", one.name, hints[one.name])
            for one in fields
            if one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING
        }
    )


def _variants(path: str, value: Any, kind: Any) -> Iterator[Any]:
    """The other values of an argument that change what is said."""
    plain, optional = _without_none(kind)
    yield from ALSO.get(path, ())
    if plain is bool:
        yield not value
    if optional:
        yield sample(path, path.rpartition(".")[2], plain) if value is None else None
    if dataclasses.is_dataclass(plain) and isinstance(plain, type) and value is not None:
        hints = typing.get_type_hints(plain)
        short = f"{plain.__module__.rpartition('.')[2]}.{plain.__name__}"
        for one in dataclasses.fields(plain):
            for other in _variants(f"{short}.{one.name}", getattr(value, one.name), hints[one.name]):
                yield dataclasses.replace(value, **{one.name: other})


def functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function of bot/texts that says something, under « module.name »."""
    for found in sorted(pkgutil.iter_modules(bot.texts.__path__), key=lambda one: one.name):
        if found.name in NOT_SENTENCES:
            continue
        module = importlib.import_module(f"bot.texts.{found.name}")
        for name, function in vars(module).items():
            if inspect.isfunction(function) and function.__module__ == module.__name__ and name[0] != "_":
                yield f"{found.name}.{name}", function


def renderings(path: str, function: Callable[..., Any]) -> list[Any]:
    """What a function returns for its samples, each different answer once."""
    hints = typing.get_type_hints(function)
    parameters = inspect.signature(function).parameters.values()
    given = {one.name: sample(f"{path}.{one.name}", one.name, hints[one.name]) for one in parameters}
    calls = [given]
    for one in parameters:
        others = _variants(f"{path}.{one.name}", given[one.name], hints[one.name])
        calls += [given | {one.name: other} for other in others]
    seen: list[Any] = []
    for call in calls:
        positional = [call[one.name] for one in parameters if one.kind is not one.KEYWORD_ONLY]
        named = {one.name: call[one.name] for one in parameters if one.kind is one.KEYWORD_ONLY}
        answer = function(*positional, **named)
        if answer not in seen:
            seen.append(answer)
    return seen


def is_buttons(answer: Any) -> bool:
    """Whether this is a keyboard: rows of (label, data)."""
    return isinstance(answer, tuple) and all(
        isinstance(row, tuple) and all(isinstance(one, tuple) and len(one) == 2 for one in row)
        for row in answer
    )


def shown(text: str) -> str:
    """A text as a person sees it, in Markdown: ▒ stands around what is hidden until touched."""
    marks = {"b": "**", "i": "*", "code": "`", "tg-spoiler": "▒"}
    plain = re.sub(r"</?(b|i|code|tg-spoiler)>", lambda tag: marks[tag[1]], french(text))
    return html.unescape(plain).replace(NBSP, " ")


def page() -> str:
    """The whole file."""
    lines = [
        "# Tout ce que Passerelle écrit",
        "",
        "Fait par `python -m tools.texts` ; à relire par quelqu'un du métier.",
        "",
    ]
    chapter = ""
    for path, function in functions():
        module, _, name = path.partition(".")
        answers = [one for one in renderings(path, function) if isinstance(one, str) or is_buttons(one)]
        if not [one for one in answers if one]:
            continue
        if module != chapter:
            chapter = module
            lines += [f"## {module}", ""]
        lines += [f"### {name}", ""]
        for answer in answers:
            if isinstance(answer, str):
                lines += [f"> {line}".rstrip() for line in shown(answer).split("\n")] + [""]
            elif answer:
                lines += ["> " + " ".join(f"[{label}]" for label, _ in row) + "  " for row in answer] + [""]
    return "\n".join(lines).rstrip() + "\n"


def main() -> None:
    """Write the file anew."""
    APPROVED.parent.mkdir(exist_ok=True)
    APPROVED.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
