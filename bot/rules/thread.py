"""The proposal of a whole conversation: what each message adds to what was read before it."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a card proposes; ``reason`` is a key of ``bot/texts/reasons.py``."""

    territory: str
    action: str
    reason: str
    unsure: bool


def joined(before: Proposal, read: Proposal) -> Proposal:
    """What is sure of a child stays; a second side, sure too, makes both; « autre » takes nothing away.

    An unsure word changes nothing, unless it is the first about a child.
    """
    about_child = read.territory != "autre"
    if before.territory == "autre":
        placed = not before.unsure and before.action != "aucune"
        return read if about_child or not (placed or read.unsure) else before
    if read.unsure or not about_child:
        return before
    if before.unsure or before.territory == read.territory:
        return read if before.unsure else before
    return replace(before, territory="both", reason="both_sides")
