"""``python -m tools.evaluate``: what the rules do on writers whose messages were never trained on.

Each writer is left out in turn. Temperature and thresholds are chosen again for each, on the
left-out scores of the *other* writers. The decisions are those of ``bot/rules/tagger.py``, from the
text alone (no sender's class). Beside them: always the commonest label, and the keyword rules.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.rules import danger, territory, words
from bot.rules.level import nursery_only
from bot.rules.tagger import Tag, decide
from tools import corpus, fix, learn
from tools.corpus import Example

FIGURES = Path(__file__).parent.parent / "docs" / "tagger.figures.json"
Z95 = 1.96


@dataclass(frozen=True, slots=True)
class Read:
    """A message and what was read in it by a model that had not met its writer."""

    example: Example
    tag: Tag


def main() -> None:
    """Print every figure; with ``--keep``, write them to ``docs/tagger.figures.json``."""
    examples = corpus.read()
    reads = read_left_out(examples)
    groups = {writer: [r for r in reads if r.example.writer == writer] for writer in _writers(examples)}
    figures = {name: figures_of(group) for name, group in groups.items()}
    first = [r for r in reads if r.example.author in corpus.FIRST_AUTHORS]
    later = [r for r in reads if r.example.writer not in (*corpus.FIRST_AUTHORS, corpus.SECOND_WRITER)]
    for name, pooled in (("six authors, pooled", first), ("later authors, pooled", later)):
        figures[name] = figures_of(pooled) | baselines([r.example for r in pooled])
    previous = json.loads(FIGURES.read_text()) if FIGURES.exists() else {}
    for name, group in figures.items():
        print(f"\n{name}")
        for figure, value in group.items():
            before = previous.get(name, {}).get(figure)
            print(f"  {figure:34s} {value}" + (f"   (before: {before})" if before else ""))
    if "--keep" in sys.argv[1:]:
        FIGURES.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")


def read_left_out(examples: list[Example]) -> list[Read]:
    """Tag each message with weights and thresholds that its author had no part in.

    The second writer's messages are left out by fifths, so those figures flatter; the others' do not.
    """
    made = learn.bags(examples)
    folds = [example.fold for example in examples]
    table = fix.left_out_scores(examples, made, folds, with_actions=True)
    reads: list[Read] = []
    for fold in sorted(set(folds)):
        others = [at for at, name in enumerate(folds) if name != fold]
        fixed = fix.fix([examples[at] for at in others], table[others])
        for at in (at for at, name in enumerate(folds) if name == fold):
            scores = dict(zip(learn.OUTPUTS, map(float, table[at]), strict=True))
            reads.append(Read(examples[at], decide(examples[at].text, scores, fixed)))
    return reads


def _writers(examples: list[Example]) -> list[str]:
    return sorted({example.writer for example in examples})


def figures_of(reads: list[Read]) -> dict[str, str]:
    """Every figure of one group of messages, ready to print."""
    right = [r.tag.territory == r.example.territory for r in reads]
    harmful = [r for r in reads if r.example.danger]
    harmless = [r for r in reads if not r.example.danger]
    explicit = [r for r in harmful if r.example.ring]
    known = [r for r in reads if r.example.action is not None]
    figures = {
        "messages": str(len(reads)),
        "territory": share(right),
        "territory, surest three quarters": share(_surest(reads, right)),
        "calibration error (ECE)": f"{ece(reads, right):.3f}",
        "not asked": share([not r.tag.ask for r in reads]),
        "territory where not asked": share([ok for r, ok in zip(reads, right, strict=True) if not r.tag.ask]),
        "action": share([r.tag.action == r.example.action for r in known]),
    }
    for name in territory.TERRITORIES:
        figures[f"{name} recall"] = share(
            [r.tag.territory == name for r in reads if r.example.territory == name]
        )
        figures[f"{name} precision"] = share(
            [r.example.territory == name for r in reads if r.tag.territory == name]
        )
    figures["danger card, recall"] = share([r.tag.danger for r in harmful])
    figures["danger card, explicit"] = share([r.tag.danger for r in explicit])
    figures["danger card, false alarms"] = share([r.tag.danger for r in harmless])
    figures["ring, explicit"] = share([r.tag.ring for r in explicit])
    figures["ring, false alarms"] = share([r.tag.ring for r in harmless])
    for signal in ("today", "closing"):
        figures[f"{signal} recall"] = share(
            [getattr(r.tag, signal) for r in reads if getattr(r.example, signal)]
        )
        figures[f"{signal} precision"] = share(
            [getattr(r.example, signal) for r in reads if getattr(r.tag, signal)]
        )
    return figures


def baselines(examples: list[Example]) -> dict[str, str]:
    """Always the commonest label; the topics' keyword rules; the danger lexicon alone."""
    commonest = Counter(e.territory for e in examples).most_common(1)[0][0]
    by_rules: list[bool] = []
    for example in examples:
        folded = words.fold(example.text)
        shares = territory.by_topics(territory.topics(folded), nursery_only(folded, None))
        by_rules.append(max(shares, key=lambda name: shares[name]) == example.territory)
    heard = [(e.danger, danger.listen(words.fold(e.text)) > danger.Danger.NONE) for e in examples]
    return {
        "baseline: commonest label": share([e.territory == commonest for e in examples]),
        "baseline: keyword rules": share(by_rules),
        "baseline: danger lexicon, recall": share([card for harmful, card in heard if harmful]),
        "baseline: danger lexicon, alarms": share([card for harmful, card in heard if not harmful]),
    }


def share(hits: list[bool]) -> str:
    """``0.873 [0.861–0.884] of 2477``: proportion, Wilson's 95 % interval, count."""
    if not hits:
        return "none"
    count, total = sum(hits), len(hits)
    middle = (count + Z95**2 / 2) / (total + Z95**2)
    spread = Z95 / (total + Z95**2) * math.sqrt(count * (total - count) / total + Z95**2 / 4)
    return f"{count / total:.3f} [{max(0.0, middle - spread):.3f}–{min(1.0, middle + spread):.3f}] of {total}"


def _surest(reads: list[Read], right: list[bool]) -> list[bool]:
    order = sorted(range(len(reads)), key=lambda at: -reads[at].tag.confidence)
    return [right[at] for at in order[: round(0.75 * len(order))]]


def ece(reads: list[Read], right: list[bool]) -> float:
    """Expected calibration error over ten equal-width bins."""
    confidence = np.array([r.tag.confidence for r in reads])
    hits = np.array(right, dtype=float)
    bins = np.minimum((confidence * 10).astype(int), 9)
    gaps = [
        abs(hits[bins == bin_].mean() - confidence[bins == bin_].mean()) * (bins == bin_).mean()
        for bin_ in range(10)
        if (bins == bin_).any()
    ]
    return float(sum(gaps))


if __name__ == "__main__":
    main()
