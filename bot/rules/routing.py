"""Who reads a message, and who may be rung for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.rules.absences import Absence, away
from bot.rules.hours import Hours, halves, is_open, openings_from
from bot.rules.paris import local_date


@dataclass(frozen=True, slots=True)
class Cover:
    """`by` reads when `person_id` is away, from `first` to `last`, both included; None: no limit."""

    person_id: int
    by: int
    first: date | None = None
    last: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Team:
    """What must be known of the people to decide: one school × action, one centre.

    `covers`: first choice first, so those of one absence before the usual ones.
    `coordinatrice`: the end of the chain. ValueError, in French, when there is nobody at all.
    """

    referente: int | None
    coordinatrice: int | None
    covers: tuple[Cover, ...] = ()
    absences: Mapping[int, Sequence[Absence]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.referente is None and self.coordinatrice is None:
            raise ValueError("ni référente ni coordinatrice : personne ne lirait")

    def is_away(self, person_id: int, moment: datetime) -> bool:
        return away(self.absences.get(person_id, ()), moment)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, in whose place (the référente first), and whether the content opens to her at once.

    `opens` is False only at the end of the chain: the coordinatrice sees the content by taking
    it (E21).
    """

    person_id: int
    instead_of: tuple[int, ...] = ()
    opens: bool = True


def reader(team: Team, now: datetime) -> Reader:
    """The référente, her cover when she is away, the cover's cover, then the coordinatrice.

    A circle of covers ends at the coordinatrice. Without a coordinatrice the message waits for
    the référente: it is never left without a reader.
    """
    absent: list[int] = []
    for person in _covering(team, now):
        if not team.is_away(person, now):
            return Reader(person, tuple(absent))
        absent.append(person)
    if team.coordinatrice is None:
        return Reader(absent[0])
    others = tuple(p for p in absent if p != team.coordinatrice)
    return Reader(team.coordinatrice, others, opens=team.coordinatrice == team.referente)


def _covering(team: Team, now: datetime) -> Iterator[int]:
    """The référente, her covers in order, then theirs, each person once."""
    day = local_date(now)
    people = [] if team.referente is None else [team.referente]
    for person in people:  # grows as covers are found
        yield person
        for cover in team.covers:
            if cover.person_id == person and cover.holds_on(day) and cover.by not in people:
                people.append(cover.by)


def danger_chain(team: Team, now: datetime) -> tuple[int, ...]:
    """Everybody an alert may go to, in order: référente, covers, coordinatrice."""
    chain = list(_covering(team, now))
    if team.coordinatrice is not None and team.coordinatrice not in chain:
        chain.append(team.coordinatrice)
    return tuple(chain)


def helpers(team: Team, reader_id: int, crew: Sequence[int], now: datetime) -> tuple[int, ...]:
    """Whom to ask beside her who reads, so that a promise is kept (E10); first the one to ask first.

    Her covers and theirs, the référente, the coordinatrice, then the rest of the `crew`; those who
    are away only after everybody who is here.
    """
    order = list(_covering(replace(team, referente=reader_id), now))[1:]
    order += [one for one in (team.referente, team.coordinatrice, *crew) if one is not None]
    others = [one for one in dict.fromkeys(order) if one != reader_id and one in crew]
    return tuple(sorted(others, key=lambda one: team.is_away(one, now)))


@dataclass(frozen=True, slots=True)
class Call:
    """Who is rung, and from when; later than now, the teacher is told at once (E2)."""

    people: tuple[int, ...]
    at: datetime


def danger_call(
    team: Team,
    hours: Hours,
    now: datetime,
    *,
    at_night: frozenset[int] = frozenset(),
    while_absent: frozenset[int] = frozenset(),
) -> Call | None:
    """Whose phone rings for a danger, and when.

    In opening hours, everybody of the chain who is not absent; at night and on days off, only
    those who agreed (`at_night`); somebody absent, only if she asked (`while_absent`). When
    nobody may be rung now: the first opening at which somebody may. None when there is none.
    """
    chain = danger_chain(team, now)

    def allowed(moment: datetime) -> tuple[int, ...]:
        here = (p for p in chain if p in while_absent or not team.is_away(p, moment))
        return tuple(p for p in here if p in at_night or is_open(hours, moment))

    if people := allowed(now):
        return Call(people, now)
    for opening in openings_from(hours, now):
        for start, _ in halves(opening):
            if people := allowed(start):
                return Call(people, start)
    return None


def today_chain(team: Team, session: int | None, now: datetime) -> tuple[int, ...]:
    """For a same-day message (E6): who runs today's session, the référente, her covers.

    `session`: the person of this weekday's session; None outside sessions.
    """
    chain = [] if session is None else [session]
    chain += [person for person in _covering(team, now) if person != session]
    return tuple(person for person in chain if not team.is_away(person, now))
