"""`centres.toml`: the centres, towns, schools and teams, read and refused when something contradicts itself.

Reading is done whole before anything is applied; a refusal is one sentence with the line at fault.
"""

import difflib
import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date, time
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bot import toml_lines

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
Weekday = Literal["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
Role = Literal["référente", "coordinatrice"]
Kind = Literal[
    "voice", "audio", "photo", "video", "video_note", "animation", "document", "sticker", "place", "contact"
]  # fmt: skip
"""What a centre may or may not accept; text and what holds no picture of a child always are."""
Action = Literal["clas", "pre", "jardin", "velo", "lecture", "projet", "parents", "promo", "reunion", "ecole"]
DEFAULT_KINDS: tuple[Kind, ...] = ("voice", "document", "sticker", "place", "contact")

_PERIOD = re.compile(r"(\d{1,2})\s*[:h]\s*(\d{2})?\s*[-–]\s*(\d{1,2})\s*[:h]\s*(\d{2})?")


class CentresError(Exception):
    """The file is refused: one sentence, and the line (from 1) at fault if there is one."""

    def __init__(self, sentence: str, line: int | None = None) -> None:
        super().__init__(sentence if line is None else f"ligne {line} : {sentence}")
        self.sentence = sentence
        self.line = line


class Period(NamedTuple):
    """Local times of one day, the end not included."""

    starts: time
    ends: time


def _period(value: object) -> Period:
    found = _PERIOD.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError('il faut deux heures, comme "9:00-12:00"')
    try:
        starts = time(int(found[1]), int(found[2] or 0))
        ends = time(int(found[3]), int(found[4] or 0))
    except ValueError:
        raise ValueError(f"« {value} » n'est pas une heure de la journée") from None
    if ends <= starts:
        raise ValueError(f"« {value} » finit avant de commencer")
    return Period(starts, ends)


def _apart(periods: tuple[Period, ...]) -> tuple[Period, ...]:
    in_order = tuple(sorted(periods))
    for before, after in pairwise(in_order):
        if after.starts < before.ends:
            raise ValueError(
                f"deux périodes se chevauchent ({before.starts:%H:%M}-{before.ends:%H:%M}"
                f" et {after.starts:%H:%M}-{after.ends:%H:%M})"
            )
    return in_order


def _written(value: str) -> str:
    if not value or value != value.strip():
        raise ValueError("il faut un nom, sans espace au début ni à la fin")
    return value


def _telephone(value: str | None) -> str | None:
    if value is not None and not re.fullmatch(r"\+?\d[\d .]{1,18}\d", value):
        raise ValueError("ce n'est pas un numéro de téléphone")
    return value


def _empty_is_nothing(value: object) -> object:
    return None if value == "" else value


def _one_or_several(value: object) -> object:
    return [value] if isinstance(value, str) else value


Name = Annotated[str, AfterValidator(_written)]
Hours = Annotated[Period, BeforeValidator(_period)]
DayHours = Annotated[tuple[Hours, ...], AfterValidator(_apart)]
Said = Annotated[str | None, BeforeValidator(_empty_is_nothing)]
Telephone = Annotated[str | None, BeforeValidator(_empty_is_nothing), AfterValidator(_telephone)]


class Entry(BaseModel):
    """What every table of the file has in common: nothing is changed, nothing unknown is accepted."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ClosureEntry(Entry):
    """Days on which a centre is closed, both included."""

    first: date
    last: date


class SessionEntry(Entry):
    """The session of a weekday and the person who runs it."""

    hours: Hours
    person: Name


class CentreEntry(Entry):
    """A centre social: how to call it, what it carries, when it is open, what it says of its CLAS."""

    name: Name
    telephone: Annotated[str, AfterValidator(_telephone)]
    clas: Said = None
    accepts: tuple[Kind, ...] = DEFAULT_KINDS
    kept_days: int = Field(default=60, ge=1, le=365)
    opening: dict[Weekday, DayHours]
    closures: tuple[ClosureEntry, ...] = ()
    sessions: dict[Weekday, SessionEntry] = Field(default_factory=dict)


class TownEntry(Entry):
    """A town: its PRE or, without one, who helps instead."""

    name: Name
    pre: bool
    pre_contact: Said = None
    alternative: Said = None
    nursery_help: Said = None
    crip: Telephone = None
    zone: Literal["A", "B", "C"] = "C"


class LocalDayEntry(Entry):
    """A day on which a school differs from its zone."""

    day: date
    has_class: bool
    reason: str = ""


class SchoolEntry(Entry):
    """A school, its centre, and who reads it: the référente, and others for some actions."""

    name: Name
    town: Name
    centre: Name
    referente: Name
    midday: Hours = Period(time(11, 45), time(13, 30))
    wednesdays: bool = False
    days: tuple[LocalDayEntry, ...] = ()
    actions: dict[Action, Name] = Field(default_factory=dict)


class StaffEntry(Entry):
    """Somebody of one or several centres, and who covers her, first choice first."""

    name: Name
    role: Role
    centre: Annotated[tuple[Name, ...], BeforeValidator(_one_or_several)] = Field(min_length=1)
    telephone: Telephone = None
    cover: tuple[Name, ...] = ()


class CentresFile(Entry):
    """The whole file, held to be without contradiction once :func:`parse` has returned it."""

    centres: tuple[CentreEntry, ...] = Field(min_length=1)
    towns: tuple[TownEntry, ...] = Field(min_length=1)
    schools: tuple[SchoolEntry, ...] = Field(min_length=1)
    staff: tuple[StaffEntry, ...] = Field(min_length=1)


def read(path: Path) -> CentresFile:
    """Read and check the file.

    Raises CentresError with the sentence to show.
    """
    try:
        source = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise CentresError("ce fichier n'existe pas") from None
    except OSError:
        raise CentresError("ce fichier ne peut pas être lu") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CentresError("le fichier n'est pas un texte en UTF-8", line) from None
    return parse(source)


def parse(source: str) -> CentresFile:
    """Turn the text of the file into what it says.

    Raises CentresError at the first thing that is wrong.
    """
    try:
        content = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        line = int(found[1]) if found else source.rstrip().count("\n") + 1
        column = f" (colonne {found[2]})" if found else ""
        raise CentresError(f"ce n'est pas du TOML bien écrit{column}", line) from None
    try:
        file = CentresFile.model_validate(content)
    except ValidationError as error:
        # A misspelt key is also a missing one: the misspelling is the useful half.
        worst = min(error.errors(include_url=False), key=lambda one: one["type"] != "extra_forbidden")
        path, sentence = _fault(dict(worst))
        raise CentresError(sentence, toml_lines.line_of(source, path)) from None
    for path, sentence in _contradictions(file):
        raise CentresError(sentence, toml_lines.line_of(source, path))
    return file


Fault = tuple[toml_lines.Path, str]


def _contradictions(file: CentresFile) -> Iterator[Fault]:
    """What is well written but cannot be true, each with its place."""
    for table in ("centres", "towns", "schools", "staff"):
        yield from _twice(table, [entry.name for entry in getattr(file, table)])
    centres = [centre.name for centre in file.centres]
    team = {centre: [one.name for one in file.staff if centre in one.centre] for centre in centres}
    for number, one in enumerate(file.staff):
        for centre in one.centre:
            yield from _unknown(("staff", number, "centre"), "centre", centre, centres)
        # Two people may cover each other: somebody absent is passed over, so a circle of covers is no trap.
        for cover in one.cover:
            yield from _unknown(("staff", number, "cover"), "personne", cover, [s.name for s in file.staff])
            if cover == one.name:
                yield ("staff", number, "cover"), f"{cover} ne peut pas se remplacer elle-même"
    for number, centre_entry in enumerate(file.centres):
        yield from _centre(("centres", number), centre_entry, team[centre_entry.name])
    for number, town in enumerate(file.towns):
        if town.pre_contact and not town.pre:
            yield (
                ("towns", number, "pre_contact"),
                f"{town.name} n'a pas de PRE (pre = false) : pas de contact",
            )
    for number, school in enumerate(file.schools):
        yield from _unknown(("schools", number, "town"), "ville", school.town, [t.name for t in file.towns])
        yield from _unknown(("schools", number, "centre"), "centre", school.centre, centres)
        named: dict[toml_lines.Path, str] = {("referente",): school.referente}
        named |= {("actions", action): person for action, person in school.actions.items()}
        for key, person in named.items():
            yield from _not_of(("schools", number, *key), person, school.centre, team[school.centre])
        days = [local.day for local in school.days]
        for place, day in enumerate(days):
            if day in days[:place]:
                yield ("schools", number, "days", place, "day"), f"{school.name} : le {day} est dit deux fois"


def _centre(path: toml_lines.Path, centre: CentreEntry, team: Sequence[str]) -> Iterator[Fault]:
    for number, closure in enumerate(centre.closures):
        if closure.last < closure.first:
            yield (*path, "closures", number, "last"), "cette fermeture finit avant de commencer"
    for weekday, session in centre.sessions.items():
        yield from _not_of((*path, "sessions", str(weekday)), session.person, centre.name, team)


def _twice(table: str, names: Sequence[str]) -> Iterator[Fault]:
    for number, name in enumerate(names):
        if name in names[:number]:
            yield (table, number, "name"), f"« {name} » est déjà le nom d'une autre entrée de [[{table}]]"


def _unknown(path: toml_lines.Path, what: str, name: str, known: Sequence[str]) -> Iterator[Fault]:
    if name not in known:
        yield path, f"{what} inconnu{'' if what == 'centre' else 'e'} : « {name} »{_suggestion(name, known)}"


def _not_of(path: toml_lines.Path, person: str, centre: str, team: Sequence[str]) -> Iterator[Fault]:
    if person not in team:
        yield path, f"« {person} » n'est pas de l'équipe du {centre}{_suggestion(person, team)}"


def _suggestion(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f" ; peut-être « {near[0]} » ?" if near else ""


def _fault(error: dict[str, Any]) -> Fault:
    """Say in French, and where, what pydantic found."""
    path: toml_lines.Path = error["loc"]
    if path[-1] == "[key]":
        return path[:-1], _unknown_key(str(path[-2]), _choices(error))
    return path, _sentence(path, error)


def _sentence(path: toml_lines.Path, error: dict[str, Any]) -> str:
    key = str(next((part for part in reversed(path) if isinstance(part, str)), ""))
    match error["type"]:
        case "missing":
            return f"il manque [[{key}]]" if len(path) == 1 else f"il manque « {key} »"
        case "extra_forbidden":
            return _unknown_key(key, _keys_at(path))
        case "literal_error":
            return f"« {error['input']} » n'est pas possible pour « {key} » : {', '.join(_choices(error))}"
        case "value_error":
            return f"« {key} » : {error['ctx']['error']}"
        case "too_short":
            return f"« {key} » est vide"
        case "string_type":
            return f"« {key} » : il faut un texte entre guillemets"
        case "bool_type" | "bool_parsing":
            return f"« {key} » : il faut true ou false"
        case "int_type" | "int_parsing" | "int_from_float" | "greater_than_equal" | "less_than_equal":
            return f"« {key} » : il faut un nombre entier de 1 à 365"
        case "date_type" | "date_parsing" | "date_from_datetime_parsing" | "date_from_datetime_inexact":
            return f"« {key} » : il faut une date, comme 2026-12-25"
    return f"« {key} » n'est pas écrit comme dans l'exemple"


def _unknown_key(key: str, known: Sequence[str]) -> str:
    return f"clé inconnue : « {key} »{_suggestion(key, known)}"


def _choices(error: dict[str, Any]) -> list[str]:
    return re.findall(r"'([^']*)'", error["ctx"]["expected"])


def _keys_at(path: toml_lines.Path) -> list[str]:
    """The keys that would have been known where an unknown one was found."""
    inner: dict[str, type[Entry]] = {
        "centres": CentreEntry,
        "towns": TownEntry,
        "schools": SchoolEntry,
        "staff": StaffEntry,
        "closures": ClosureEntry,
        "sessions": SessionEntry,
        "days": LocalDayEntry,
    }
    above = [inner[part] for part in path[:-1] if part in inner and isinstance(part, str)]
    return list((above[-1] if above else CentresFile).model_fields)
