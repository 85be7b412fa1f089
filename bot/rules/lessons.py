"""Learning a centre's layer from what its référentes judged, and telling whether it is worth having.

A logistic regression over resemblances, in its dual form: at the optimum a message pulls by
``STRENGTH`` × (what she said − what would be proposed). One that was proposed rightly and surely hardly
pulls at all; words that return in many judged messages add up. Each message has a ceiling, so that it
takes several to change a proposal: with one message in five judged wrongly by one person, the ceiling
is what keeps the layer useful (docs/tagger.md). Everything is tried on messages set aside before it is used.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.rules import territory
from bot.rules.layer import Judged, Layer, Pulls, Vector, bounded, likeness
from bot.rules.territory import TERRITORIES

STRENGTH = 8.0
"""Inverse regularisation."""
MESSAGE_MOST = 1.5
"""The furthest one message pulls, in log-odds, towards a territory or away from it."""
SWEEPS = 8
"""Passes over the messages; the pulls move by less than a hundredth afterwards."""
FEWEST = 5
"""Messages judged before anything is learned from them."""
SHARES = (1.0, 0.5, 0.25)
"""What is learned is tried whole, then weaker: much of one centre's habits costs readings elsewhere."""
GENERAL_LOSS = 0.005
"""Share of the repository's messages that may be read worse for a centre that is read better."""


@dataclass(frozen=True, slots=True)
class Read:
    """What the frozen model reads in a text: enough to propose, with a layer or without."""

    scores: Mapping[str, float]
    vector: Vector
    nursery: bool


Labelled = tuple[Read, str]
"""A message and its true territory."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A message that a référente judged: ``said`` is the territory she chose."""

    id: int
    by: int
    said: str
    read: Read


@dataclass(frozen=True, slots=True)
class Figures:
    """How many messages are read rightly: the centre's own, each set aside in turn, and the repository's."""

    own: int
    own_frozen: int
    own_before: int
    own_after: int
    loss_before: float
    loss_after: float
    general: int
    general_frozen: int
    general_after: int

    @property
    def better(self) -> bool:
        """Whether the new layer may replace what is in use: better on corrections, no worse elsewhere."""
        gained = (self.own_after, -self.loss_after) > (self.own_before, -self.loss_before)
        return gained and self.general_after >= self.general_frozen - GENERAL_LOSS * self.general


class Lessons:
    """The judged messages of a centre and how much each resembles each other."""

    def __init__(self, lessons: Sequence[Lesson], fixed: Mapping[str, float]) -> None:
        self.lessons = lessons
        self.fixed = fixed
        self.people = sorted({one.by for one in lessons})
        self._of = [[at for at, one in enumerate(lessons) if one.by == by] for by in self.people]
        self._alike: list[list[float]] = []
        for at, one in enumerate(lessons):
            row = [likeness(one.read.vector, other.read.vector) for other in lessons[: at + 1]]
            for place, value in enumerate(row[:-1]):
                self._alike[place].append(value)
            self._alike.append(row)

    def learn(self) -> dict[int, Pulls]:
        """The pulls of every lesson, by its id."""
        pulls: list[Pulls] = [(0.0,) * len(TERRITORIES)] * len(self.lessons)
        for _ in range(SWEEPS):
            for at in range(len(self.lessons)):
                pulls[at] = self._step(at, pulls)
        return {one.id: pull for one, pull in zip(self.lessons, pulls, strict=True)}

    def _step(self, at: int, pulls: Sequence[Pulls]) -> Pulls:
        """One damped Newton step of one lesson's pulls towards STRENGTH × residual."""
        lesson = self.lessons[at]
        shares = shares_of(lesson.read, self._shift(at, pulls), self.fixed)
        if shares[lesson.said] == 0.0:  # she says CLAS of a nursery child: her level teaches, not her words
            return pulls[at]
        own = self._alike[at][at]
        moved = []
        for name, pull in zip(TERRITORIES, pulls[at], strict=True):
            aim = STRENGTH * ((name == lesson.said) - shares[name])
            slope = 1.0 + STRENGTH * own * shares[name] * (1.0 - shares[name])
            moved.append(max(-MESSAGE_MOST, min(MESSAGE_MOST, pull + (aim - pull) / slope)))
        return tuple(moved)

    def _shift(self, at: int, pulls: Sequence[Pulls], *, without: int | None = None) -> dict[str, float]:
        """What the pulls add to a lesson's log-odds, each person bounded."""
        alike = self._alike[at]
        total = [0.0] * len(TERRITORIES)
        for hers in self._of:
            held = [(alike[other], pulls[other]) for other in hers if other != without]
            sums = [sum(how * pull[place] for how, pull in held) for place in range(len(TERRITORIES))]
            total = [one + more for one, more in zip(total, bounded(sums), strict=True)]
        return dict(zip(TERRITORIES, total, strict=True))

    def tried(self, pulls: Mapping[int, Pulls]) -> tuple[int, float]:
        """How many lessons are read rightly when each is set aside, and how sure the reading is of them.

        Setting a lesson's own pull aside, without learning the others again, errs on the severe side:
        the others pull less because it pulled too. The second figure is the sum of −log of what was
        given to the right territory.
        """
        none: Pulls = (0.0,) * len(TERRITORIES)
        all_pulls = [pulls.get(one.id, none) for one in self.lessons]
        right, loss = 0, 0.0
        for at, lesson in enumerate(self.lessons):
            shares = shares_of(lesson.read, self._shift(at, all_pulls, without=at), self.fixed)
            right += territory.likeliest(shares) == lesson.said
            loss -= math.log(max(shares[lesson.said], 1e-6))
        return right, loss

    def learn_and_try(
        self, before: Mapping[int, Pulls], general: Sequence[Labelled]
    ) -> tuple[dict[int, Pulls], Figures]:
        """The strongest pulls that may replace those in use (``before``), or the weakest tried.

        ``general``: labelled messages of no centre.
        """
        whole = self.learn()
        for share in SHARES:
            pulls = {at: tuple(share * one for one in pull) for at, pull in whole.items()}
            figures = self._figures(pulls, before, general)
            if figures.better:
                break
        return pulls, figures

    def _figures(
        self, pulls: Mapping[int, Pulls], before: Mapping[int, Pulls], general: Sequence[Labelled]
    ) -> Figures:
        own_frozen, _ = self.tried({})
        own_before, loss_before = self.tried(before)
        own_after, loss_after = self.tried(pulls)
        return Figures(
            own=len(self.lessons),
            own_frozen=own_frozen,
            own_before=own_before,
            own_after=own_after,
            loss_before=loss_before,
            loss_after=loss_after,
            general=len(general),
            general_frozen=right(general, Layer.of([]), self.fixed),
            general_after=right(general, self.layer(pulls), self.fixed),
        )

    def layer(self, pulls: Mapping[int, Pulls]) -> Layer:
        """These pulls, ready for messages to come."""
        return Layer.of(
            Judged(one.read.vector, one.by, pulls[one.id]) for one in self.lessons if one.id in pulls
        )


def shares_of(read: Read, shift: Mapping[str, float], fixed: Mapping[str, float]) -> dict[str, float]:
    """The probabilities of the territories, shifted."""
    return territory.by_model(read.scores, fixed, read.nursery, shift)


def right(messages: Sequence[Labelled], layer: Layer, fixed: Mapping[str, float]) -> int:
    """How many labelled messages are read as labelled."""
    hits = 0
    for read, label in messages:
        shares = shares_of(read, layer.shift(read.vector), fixed)
        hits += territory.likeliest(shares) == label
    return hits
