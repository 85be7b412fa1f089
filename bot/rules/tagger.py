"""Everything the service reads in a message, in one answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.rules import closing, model, territory, today, vague, words
from bot.rules.danger import Danger, weigh
from bot.rules.layer import Layer, vector_of
from bot.rules.level import nursery_only, of_both_cycles
from bot.rules.territory import NO_SHIFT

_ASK_WITHOUT_MODEL = 0.60
_EVIDENCE = 6
_TELLING = 3
_LONGEST = 20
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Tag:
    """A proposal, never a decision; ``reason`` is a key of ``bot/texts/reasons.py``."""

    territory: str
    action: str
    danger: bool
    ring: bool
    today: bool
    closing: bool
    confidence: float
    ask: bool
    reason: str
    evidence: tuple[tuple[str, float], ...]

    @property
    def heard(self) -> Danger:
        """What was heard of a danger."""
        if self.ring:
            return Danger.CLEAR
        return Danger.DOUBT if self.danger else Danger.NONE


_CLOSING = Tag(
    territory="autre",
    action="aucune",
    danger=False,
    ring=False,
    today=False,
    closing=True,
    confidence=1.0,
    ask=False,
    reason="thanks_greetings",
    evidence=(),
)

_UNREAD: dict[str, Any] = {
    "territory": "autre",
    "action": "aucune",
    "confidence": 0.0,
    "ask": True,
    "reason": "whole_autre",
}
"""In another language: danger is heard as in any text, nothing else is."""


def tag(
    text: str,
    *,
    level: str | None = None,
    pre_in_town: bool = True,
    after_answer: bool = False,
    layer: Layer | None = None,
) -> Tag:
    """Read one message. Any text gives an answer, in bounded time; what cannot be read asks.

    ``level``: the sender's class (PS … CM2), which the text's own levels beat. ``pre_in_town``:
    the label stays « pre » without a PRE, only the reason changes. ``after_answer``: the centre
    has just answered in this thread. ``layer``: what the centre's corrections taught, about the
    territory only.
    """
    weights = model.shipped()
    if weights is None:
        return decide(text, None, {}, level=level, pre_in_town=pre_in_town, after_answer=after_answer)
    folded = words.fold(text)
    parts = words.tokens(folded)
    read = decide(
        text,
        model.scores_of(weights, folded),
        weights.fixed,
        level=level,
        pre_in_town=pre_in_town,
        after_answer=after_answer,
        shift=NO_SHIFT if layer is None else layer.shift(vector_of(weights, parts)),
    )
    if vague.is_strange(parts, weights.spelled.rows) and not (read.closing or read.danger):
        return replace(read, **_UNREAD)
    return replace(read, evidence=_evidence(weights, parts, read.territory))


def decide(
    text: str,
    scores: Mapping[str, float] | None,
    fixed: Mapping[str, float],
    *,
    level: str | None = None,
    pre_in_town: bool = True,
    after_answer: bool = False,
    shift: Mapping[str, float] = NO_SHIFT,
) -> Tag:
    """The tag for a text whose model scores are known; ``scores`` None when there is no model.

    ``shift`` moves the territory alone: danger, « today » and closings hear the scores as they are.
    """
    folded = words.fold(text)
    heard = weigh(folded, scores, fixed)
    safe = heard is Danger.NONE
    if safe and closing.judge(text, scores, fixed, after_answer=after_answer):
        return _CLOSING
    nursery = nursery_only(folded, level)
    found = territory.topics(folded)
    taught = False
    if vague.says_nothing(text):
        shares = {"autre": 0.0}
    elif scores is None:
        shares = territory.by_topics(found, nursery)
    else:
        shares = territory.by_model(scores, fixed, nursery, shift)
        alone = shares if shift is NO_SHIFT else territory.by_model(scores, fixed, nursery)
        taught = territory.likeliest(alone) != territory.likeliest(shares)
    chosen = territory.likeliest(shares)
    pre_words = {topic.key for topic in found if topic.territory == "pre"}
    return Tag(
        territory=chosen,
        action=territory.best_action(scores, chosen, found),
        danger=not safe,
        ring=heard is Danger.CLEAR,
        today=today.judge(scores, fixed, folded),
        closing=False,
        confidence=round(shares[chosen], 4),
        ask=shares[chosen] < fixed.get("ask_below", _ASK_WITHOUT_MODEL),
        reason=territory.reason_key(
            chosen,
            found,
            nursery=nursery,
            names_pre_only=not pre_in_town and chosen == "pre" and pre_words == {"asks_pre"},
            taught=taught,
            both_cycles=of_both_cycles(folded),
        ),
        evidence=(),
    )


def _evidence(weights: model.Model, parts: list[str], chosen: str) -> tuple[tuple[str, float], ...]:
    """The words that pulled most towards the proposal, strongest first."""
    return tuple((word, round(pull, 3)) for word, pull in _pulls(weights, parts, chosen)[:_EVIDENCE])


def _pulls(weights: model.Model, parts: list[str], side: str) -> list[tuple[str, float]]:
    pulls = [(word, weights.weigh(word, side)) for word in set(parts) if len(word) > 2]
    pulls.sort(key=lambda pull: (-pull[1], pull[0]))
    return [pull for pull in pulls if pull[1] > 0]


def weighed(text: str, side: str) -> tuple[str, ...]:
    """The few words of a text, as they stand in it, that pull most towards a territory.

    Words that every message has tell a reader nothing and are left out; none without weights.
    """
    weights = model.shipped()
    if weights is None:
        return ()
    parts = words.tokens(words.fold(text))
    telling = vector_of(weights, parts)
    written = {words.fold(one): one for one in _WORDS.findall(text) if len(one) <= _LONGEST}
    found = [word for word, _ in _pulls(weights, parts, side) if word in telling and word in written]
    return tuple(written[word] for word in found[:_TELLING])
