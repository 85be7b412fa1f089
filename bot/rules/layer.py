"""What a centre's référentes have corrected, as a light layer over the frozen model's territory scores.

Each message that somebody judged pulls what resembles it towards what she said. The pulls are small
numbers, one per territory and judged message; the words stay where they are, in the message. Nobody
decides alone: a message's pull has a ceiling, and so has the sum of one person's pulls on any message.
Danger, « today » and closings are read from the frozen scores, which nothing here touches.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.rules import words
from bot.rules.model import IDF_SCALE, LANE_MASK, Model
from bot.rules.territory import TERRITORIES

Vector = Mapping[str, float]
"""A text's words and pairs of words, each with its weight; of length one."""
Pulls = tuple[float, ...]
"""How far a judged message pulls towards each of ``TERRITORIES``, in log-odds at full resemblance."""

COMMON = 3.0
"""Words of a smaller idf (one message in seven has them) make no two messages alike."""
UNKNOWN = 9.0
"""Idf of a word the model never met: a street, a group's name, what a centre has of its own."""
EVERYWHERE = 0.02
"""Any two messages are this much alike: what a centre says of all its messages together."""
PERSON_MOST = 4.0
"""Log-odds, towards a territory or away from it: all that one person's messages may do together."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A message whose territory a référente said."""

    vector: Vector
    by: int
    pulls: Pulls


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """The judged messages of a centre, added up by person: a new message then costs its own words only."""

    people: tuple[tuple[Pulls, Mapping[str, Pulls]], ...]
    """For each person, her pull on everything, then her pull through each word."""

    @classmethod
    def of(cls, judged: Iterable[Judged]) -> Layer:
        """Add the pulls up."""
        everywhere: dict[int, list[float]] = {}
        through: dict[int, dict[str, list[float]]] = {}
        for one in judged:
            _add(everywhere.setdefault(one.by, [0.0] * len(TERRITORIES)), one.pulls, EVERYWHERE)
            hers = through.setdefault(one.by, {})
            for feature, weight in one.vector.items():
                _add(hers.setdefault(feature, [0.0] * len(TERRITORIES)), one.pulls, weight)
        return cls(
            tuple(
                (tuple(everywhere[by]), {feature: tuple(pulls) for feature, pulls in through[by].items()})
                for by in sorted(everywhere)
            )
        )

    def shift(self, vector: Vector) -> dict[str, float]:
        """What to add to the log-odds of each territory for a message."""
        total = [0.0] * len(TERRITORIES)
        for everywhere, through in self.people:
            hers = list(everywhere)
            for feature, weight in vector.items():
                if (pulls := through.get(feature)) is not None:
                    _add(hers, pulls, weight)
            _add(total, bounded(hers), 1.0)
        return dict(zip(TERRITORIES, total, strict=True))


def _add(total: list[float], pulls: Sequence[float], weight: float) -> None:
    for place, pull in enumerate(pulls):
        total[place] += weight * pull


def bounded(pulls: Iterable[float]) -> tuple[float, ...]:
    """One person's pulls, no further than ``PERSON_MOST``."""
    return tuple(max(-PERSON_MOST, min(PERSON_MOST, pull)) for pull in pulls)


def vector_of(weights: Model, parts: list[str]) -> Vector:
    """A text's tokens as a vector: what is rare weighs, as in the model."""
    found = {feature: _idf(weights, feature) for feature in words.word_features(parts)}
    telling = {feature: idf for feature, idf in found.items() if idf >= COMMON}
    length = math.sqrt(sum(idf * idf for idf in telling.values())) or 1.0
    return {feature: idf / length for feature, idf in telling.items()}


def _idf(weights: Model, feature: str) -> float:
    row = weights.spelled.rows.get(feature)
    return UNKNOWN if row is None else math.sqrt((row & LANE_MASK) / IDF_SCALE)


def likeness(one: Vector, other: Vector) -> float:
    """How far what was said of one message holds for the other: up to 1, ``EVERYWHERE`` at least."""
    if len(other) < len(one):
        one, other = other, one
    return EVERYWHERE + sum(weight * other[feature] for feature, weight in one.items() if feature in other)
