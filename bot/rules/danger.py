"""Does a message speak of a child in danger? Heard before anything else, with or without a model.

Two thresholds (``DOUBT`` shows the card, ``CLEAR`` also rings) and two ears: the lexicon
(``danger_words.py``), which needs nothing else, and the model's « danger » and « ring » outputs
when the weights can be read. Either ear is enough. Idioms and playground bumps are taken out of the
text first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import IntEnum

from bot.rules import closing, danger_words, model, words


class Danger(IntEnum):
    """What the words allow: nothing, the card alone, the card and the ringing."""

    NONE = 0
    DOUBT = 1
    CLEAR = 2


_harmless = re.compile("|".join(danger_words.HARMLESS))
_clear = re.compile(r"\b(?:" + "|".join(danger_words.CLEAR) + ")")
_doubt = re.compile(r"\b(?:" + "|".join(danger_words.DOUBT) + ")")


def hear(text: str) -> Danger:
    """The stronger of what the lexicon and the model hear in a text. Never fails."""
    folded = words.fold(text)
    weights = model.shipped()
    if weights is None:
        return listen(folded)
    return weigh(folded, model.scores_of(weights, folded), weights.fixed)


def weigh(folded: str, scores: Mapping[str, float] | None, fixed: Mapping[str, float]) -> Danger:
    """Lexicon and model together; ``scores`` None when there is no model.

    The model's bars (fixed at training) depend on what the lexicon heard: low where its words
    stand, high where it heard nothing. Clear words always show the card; a bare « merci » never does.
    """
    words_say = listen(folded)
    if scores is None or (words_say is Danger.NONE and closing.closes(folded)):
        return words_say
    level = words_say.name.lower()
    if scores["ring"] >= fixed[f"ring_from_{level}"]:
        return Danger.CLEAR
    if words_say is Danger.CLEAR or scores["danger"] >= fixed[f"card_from_{level}"]:
        return Danger.DOUBT
    return Danger.NONE


def listen(folded: str) -> Danger:
    """What the lexicon alone hears in a folded text."""
    left = _harmless.sub(" ", folded)
    if _clear.search(left):
        return Danger.CLEAR
    return Danger.DOUBT if _doubt.search(left) else Danger.NONE
