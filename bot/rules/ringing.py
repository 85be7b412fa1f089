"""When phones ring: for an ordinary card, for a danger (E2), for a same-day message (E6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from types import MappingProxyType

from bot.rules.absences import Absence, away
from bot.rules.hours import Hours, is_open, openings
from bot.rules.paris import local, local_date

RINGS_EACH = 3
BETWEEN_RINGS = timedelta(minutes=2)
UNCONFIRMED_AFTER = timedelta(minutes=10)
TODAY_EACH = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Ring:
    """One ring of one person's phone."""

    person_id: int
    at: datetime


def rings(hours: Hours, absences: Sequence[Absence], rhythm: tuple[time, time] | None, now: datetime) -> bool:
    """Whether an ordinary card makes her phone ring; otherwise it arrives at once, silently.

    `rhythm`: from, until, as she chose, on days the centre opens; None: its opening hours. Never
    while she is absent.
    """
    if away(absences, now):
        return False
    if rhythm is None:
        return is_open(hours, now)
    start, end = rhythm
    return bool(openings(hours, local_date(now))) and start <= local(now).time() < end


def danger_rings(
    people: Sequence[int], start: datetime, already: Mapping[int, int] = MappingProxyType({})
) -> tuple[Ring, ...]:
    """Three rings a person, two minutes apart, then the next person.

    « Je ne peux pas » passes on at once: plan again with the people who remain, and the number of
    rings each has had ``already``.
    """
    order = [person for person in people for _ in range(RINGS_EACH - already.get(person, 0))]
    return tuple(Ring(person, start + i * BETWEEN_RINGS) for i, person in enumerate(order))


def unconfirmed_at(rings: Sequence[Ring], start: datetime) -> datetime:
    """When the teacher is told that nobody has confirmed.

    Ten minutes after the start, or as soon as the last ring has had its two minutes.
    """
    latest = start + UNCONFIRMED_AFTER
    return min(latest, rings[-1].at + BETWEEN_RINGS) if rings else start


def today_rings(people: Sequence[int], start: datetime) -> tuple[Ring, ...]:
    """One ring each, five minutes apart: the session's person, the référente, the cover."""
    return tuple(Ring(person, start + i * TODAY_EACH) for i, person in enumerate(people))
