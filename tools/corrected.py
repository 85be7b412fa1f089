"""``python -m tools.corrected``: what a centre's corrections bring, on authors the weights never read.

Each author plays a centre: forty of his messages are judged by three référentes, the rest are read with
and without what was learned. Then again with one référente who is always wrong, one message in five.
The layer is kept or refused as in the service; the messages of the other authors, each read by weights
that never read him either, stand for « in general ».
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.rules import lessons, model, words
from bot.rules.layer import Layer, vector_of
from bot.rules.lessons import Labelled, Lesson, Lessons, Read
from bot.rules.level import nursery_only
from bot.rules.territory import TERRITORIES
from tools import corpus, fix, learn
from tools.corpus import Example

JUDGED = (10, 20, 40, 100)
WRONG = (0.0, 0.2)
DRAWS = 5
"""Orders in which an author's messages come; his figures are their mean."""
GENERAL_STEP = 7
"""One message in so many of the other authors."""


@dataclass(slots=True)
class Tally:
    """Right readings of one author, summed over the draws: ``in_use`` what the service would use."""

    asked: int = 0
    frozen: int = 0
    layer: int = 0
    kept: int = 0
    in_use: int = 0
    general: list[float] = field(default_factory=list)

    def line(self) -> str:
        """``frozen  layer  in use  kept  general``: shares, the last a difference."""
        shares = [hits / self.asked for hits in (self.frozen, self.layer, self.in_use)]
        general = sum(self.general) / len(self.general)
        return "  ".join(f"{one:.3f}" for one in shares) + f"  {self.kept}/{DRAWS}  {general:+.3f}"


def main() -> None:
    """Print a table for each number of judged messages, all right and with one référente always wrong."""
    examples = corpus.read()
    reads = _reads(examples)
    for judged in JUDGED:
        for wrong in WRONG:
            print(f"\n{judged} judged, {wrong:.0%} wrong:  weights  layer  in use  kept  elsewhere")
            total = [_author(examples, reads, author, judged, wrong) for author in corpus.FIRST_AUTHORS]
            for author, tally in zip(corpus.FIRST_AUTHORS, total, strict=True):
                print(f"  {author:8s} {tally.line()}")
            print(f"  mean     {_mean(total)}")


def _mean(total: Sequence[Tally]) -> str:
    def mean(values: list[float]) -> float:
        return sum(values) / len(values)

    shares = [
        mean([getattr(one, name) / one.asked for one in total]) for name in ("frozen", "layer", "in_use")
    ]
    general = mean([mean(one.general) for one in total])
    kept = sum(one.kept for one in total)
    return "  ".join(f"{one:.3f}" for one in shares) + f"  {kept}/{DRAWS * len(total)}  {general:+.3f}"


def _reads(examples: list[Example]) -> dict[int, Read]:
    """What weights that never read its author make of each message, in the shipped model's scale.

    The weight of each word (idf) is the shipped model's.
    """
    made = learn.bags(examples)
    # only these authors' scores are read: the others are one fold, to train less
    folds = [one.author if one.author in corpus.FIRST_AUTHORS else corpus.SECOND_WRITER for one in examples]
    table = fix.left_out_scores(examples, made, folds, with_actions=False)
    shipped = model.load()
    reads = {}
    for at, example in enumerate(examples):
        if example.author in corpus.FIRST_AUTHORS:
            folded = words.fold(example.text)
            scores = {name: float(table[at, fix.outputs(name)]) for name in TERRITORIES}
            reads[at] = Read(scores, vector_of(shipped, words.tokens(folded)), nursery_only(folded, None))
    return reads


def _author(examples: list[Example], reads: dict[int, Read], author: str, judged: int, wrong: float) -> Tally:
    fixed = model.load().fixed
    hers = [at for at in reads if examples[at].author == author]
    elsewhere = [
        (reads[at], examples[at].territory)
        for at in sorted(reads)[::GENERAL_STEP]
        if examples[at].author != author
    ]
    tally = Tally()
    for draw in range(DRAWS):
        order = random.Random(draw).sample(hers, len(hers))
        given = [
            _lesson(at, examples, reads, place, judged, wrong, draw)
            for place, at in enumerate(order[:judged])
        ]
        rest = [(reads[at], examples[at].territory) for at in order[judged:]]
        _try(tally, Lessons(given, fixed), rest, elsewhere)
    return tally


def _lesson(
    at: int, examples: list[Example], reads: dict[int, Read], place: int, judged: int, wrong: float, draw: int
) -> Lesson:
    """The first ``wrong`` of the judged messages are one référente's, who never says what the label says."""
    said = examples[at].territory
    if place < round(wrong * judged):
        others = [name for name in TERRITORIES if name != said]
        return Lesson(at, 0, random.Random(f"{draw} {at}").choice(others), reads[at])
    return Lesson(at, 1 + place % 2, said, reads[at])


def _try(tally: Tally, known: Lessons, rest: list[Labelled], elsewhere: list[Labelled]) -> None:
    pulls, figures = known.learn_and_try({}, elsewhere)
    layers = (Layer.of([]), known.layer(known.learn()), known.layer(pulls))
    frozen, whole, tried = (lessons.right(rest, one, known.fixed) for one in layers)
    tally.asked += len(rest)
    tally.frozen += frozen
    tally.layer += whole
    tally.kept += figures.better
    tally.in_use += tried if figures.better else frozen
    lost = figures.general_after - figures.general_frozen if figures.better else 0
    tally.general.append(lost / figures.general)


if __name__ == "__main__":
    main()
