"""Who rings when, once it is known who may be rung: danger (E2) and same-day messages (E6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

RINGS_EACH = 3
BETWEEN_RINGS = timedelta(minutes=2)
UNCONFIRMED_AFTER = timedelta(minutes=10)
TODAY_EACH = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Ring:
    """One ring of one person's phone."""

    person_id: int
    at: datetime


def danger_rings(people: Sequence[int], start: datetime) -> tuple[Ring, ...]:
    """Three rings a person, two minutes apart, then the next person.

    « Je ne peux pas » passes on at once: plan again with the people who remain.
    """
    order = [person for person in people for _ in range(RINGS_EACH)]
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
