"""The class levels a text names. Nursery classes are never CLAS."""

from __future__ import annotations

import re

LEVELS = ("PS", "MS", "GS", "CP", "CE1", "CE2", "CM1", "CM2")
NURSERY = frozenset({"PS", "MS", "GS"})

_NAMED = re.compile(
    r"\b(?:(?P<ps>t?ps(?!\s*:)|(?:toute )?petites? sections?)"
    r"|(?P<ms>ms|moyennes? sections?)"
    r"|(?P<gs>gs|grandes? sections?|grande section)"
    r"|(?P<short>c(?:p|e ?1|e ?2|m ?1|m ?2)))\b"
)


def levels(folded: str) -> frozenset[str]:
    """Levels named in a folded text, as ``PS`` … ``CM2``; empty when none is."""
    found: set[str] = set()
    for match in _NAMED.finditer(folded):
        if match["short"]:
            found.add(match["short"].replace(" ", "").upper())
        else:
            found.add((match.lastgroup or "").upper())
    return frozenset(found)


def eldest(folded: str) -> str | None:
    """The highest level a folded text names: with an elder child in it, the CLAS is not excluded."""
    return max(levels(folded), key=LEVELS.index, default=None)


def of_both_cycles(folded: str) -> bool:
    """Whether it names a nursery class and an elementary one."""
    named = levels(folded)
    return not named <= NURSERY and not named.isdisjoint(NURSERY)


def nursery_only(folded: str, sender_level: str | None) -> bool:
    """True when only a nursery child can be meant: the text's own levels beat the sender's class."""
    named = levels(folded)
    if named:
        return named <= NURSERY
    return (sender_level or "").strip().upper() in NURSERY
