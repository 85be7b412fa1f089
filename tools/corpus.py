"""The labelled messages of ``data/messages/``, in a fixed order."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from bot.rules.territory import ACTIONS, TERRITORIES

FOLDER = Path(__file__).parent.parent / "data" / "messages"
# w0 … w5 came first; m1 … m16 are several voices of one writer, so they are left out together;
# n1 and on are writers who never read one another, left out a few at a time.
FIRST_AUTHORS = ("w0", "w1", "w2", "w3", "w4", "w5")
SECOND_WRITER = "m"
PARTS = 5
TOGETHER = 4


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled message; a label that nobody gave is None and trains nothing."""

    text: str
    author: str
    territory: str
    action: str | None
    danger: bool
    ring: bool | None
    today: bool
    closing: bool
    part: int  # of PARTS, for the second writer, whose messages cannot all be left out each time

    @property
    def writer(self) -> str:
        """Whom to leave out so that no message by the same hand is trained on."""
        return SECOND_WRITER if self.author.startswith(SECOND_WRITER) else self.author

    @property
    def fold(self) -> str:
        """What is left out with this message: whole authors, or a fifth of the second writer."""
        if self.author in FIRST_AUTHORS:
            return self.author
        if self.writer == SECOND_WRITER:
            return f"{SECOND_WRITER}-{self.part}"
        return f"n-{(int(self.author[1:]) - 1) // TOGETHER}"


def read(folder: Path = FOLDER) -> list[Example]:
    """Every example of every ``*.jsonl``; a bad line is a ``ValueError`` that names it."""
    examples: list[Example] = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                examples.append(_example(json.loads(line), number % PARTS))
            except (ValueError, KeyError) as error:
                raise ValueError(f"{path.name}, line {number}: {error}") from error
    return examples


def _example(row: dict[str, object], part: int) -> Example:
    territory, action = str(row["territory"]), row["action"]
    if territory not in TERRITORIES:
        raise ValueError(f"unknown territory {territory!r}")
    if action is not None and action not in ACTIONS:
        raise ValueError(f"unknown action {action!r}")
    danger = bool(row["danger"])
    ring = row.get("ring", None if danger else False)
    return Example(
        text=str(row["text"]),
        author=str(row["author"]),
        territory=territory,
        action=None if action is None else str(action),
        danger=danger,
        ring=None if ring is None else bool(ring),
        today=bool(row.get("today", False)),
        closing=bool(row.get("closing", False)),
        part=part,
    )
