"""``python -m bot tag``: read messages from a pipe, say what the rules read in them.

One JSON object a line in (``id``, ``text``, and if known ``level``, ``town``), one a line out. It
needs no setting, no database and no network. ``town`` changes words and contacts, not the label,
and is only checked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TextIO

from bot.rules import model
from bot.rules.level import LEVELS
from bot.rules.tagger import tag
from bot.texts import reasons


class BadLine(Exception):
    """What is wrong with one input line, without quoting it."""


def main(lines: Iterable[str], out: TextIO, err: TextIO, explain: bool) -> int:
    """Tag every line; a malformed one is named on ``err`` and skipped. 0, or 1 if one was."""
    missing = model.why_missing()
    if missing is not None:
        err.write(f"tag: {missing}; only the rules and the lexicons answer\n")
    wrong = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            answer = _answer(line, explain)
        except BadLine as error:
            wrong += 1
            err.write(f"tag: line {number}: {error}\n")
            continue
        text = json.dumps(answer, ensure_ascii=False)
        # an id may hold half a surrogate pair, which no stream can write
        out.write(text.encode("utf-8", "replace").decode() + "\n")
    return 1 if wrong else 0


@dataclass(frozen=True, slots=True)
class _Line:
    id: object
    text: str
    level: str | None


def _answer(line: str, explain: bool) -> dict[str, object]:
    given = _parse(line)
    read = tag(given.text, level=given.level)
    answer: dict[str, object] = {
        "id": given.id,
        "territory": read.territory,
        "action": read.action,
        "danger": read.danger,
        "ring": read.ring,
        "today": read.today,
        "closing": read.closing,
        "confidence": read.confidence,
        "ask": read.ask,
        "reason": reasons.clause(key=read.reason),
    }
    if explain:
        answer["evidence"] = [[word, weight] for word, weight in read.evidence]
    return answer


def _parse(line: str) -> _Line:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLine("this is not JSON") from error
    if not isinstance(given, dict):
        raise BadLine("this is not a JSON object")
    if "id" not in given:
        raise BadLine("« id » is missing")
    text, level = given.get("text"), given.get("level")
    if not isinstance(text, str):
        raise BadLine("« text » is missing or is not a text")
    for name in ("level", "town"):
        if not isinstance(given.get(name), str | None):
            raise BadLine(f"« {name} » is not a text")
    if level and level.strip().upper() not in LEVELS:
        raise BadLine(f"« level » is none of {', '.join(LEVELS)}")
    return _Line(given["id"], text, level or None)
