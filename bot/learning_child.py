"""The process that learns one centre's layer: judged messages in on stdin, pulls and figures out on stdout.

A process of its own, so that some seconds of arithmetic hold nobody's message up. Words come through
the pipe and stay in memory: in no argument, no file, no log line. It has no key and no token.
"""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.rules import model, words
from bot.rules.layer import vector_of
from bot.rules.lessons import Labelled, Lesson, Lessons, Read
from bot.rules.level import nursery_only

MESSAGES = Path(__file__).parent.parent / "data" / "messages"
GENERAL = 600
"""How many of the repository's messages are read again: two seconds; half a point is three of them."""


def main() -> None:
    """Read, learn, try, answer."""
    os.nice(10)  # the service first
    given = json.load(sys.stdin.buffer)
    sys.stdout.write(json.dumps(learn(given)))


def learn(given: dict[str, Any]) -> dict[str, Any]:
    """``given``: ``lessons`` (id, by, said, words, level) and the ``pulls`` in use."""
    weights = model.load()
    known = Lessons([_lesson(weights, one) for one in given["lessons"]], weights.fixed)
    before = {int(one): tuple(pull) for one, pull in given["pulls"].items()}
    pulls, figures = known.learn_and_try(before, list(_general(weights)))
    return {"pulls": pulls, "figures": asdict(figures), "model": weights.version}


def read(weights: model.Model, text: str, level: str | None = None) -> Read:
    """What the frozen model reads in a text."""
    folded = words.fold(text)
    parts = words.tokens(folded)
    return Read(weights.scores(parts), vector_of(weights, parts), nursery_only(folded, level))


def _lesson(weights: model.Model, one: dict[str, Any]) -> Lesson:
    return Lesson(one["id"], one["by"], one["said"], read(weights, one["words"], one["level"]))


def _general(weights: model.Model) -> Iterator[Labelled]:
    """Some of the repository's messages, evenly, with their label; ``ValueError`` when there are none."""
    files = sorted(MESSAGES.glob("*.jsonl"))
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    if not lines:
        raise ValueError("no messages to try a layer on")
    for line in lines[:: max(1, len(lines) // GENERAL)]:
        one = json.loads(line)
        yield read(weights, one["text"]), one["territory"]


if __name__ == "__main__":
    main()
