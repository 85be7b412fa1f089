"""Everything the service reads in a message, in one answer."""

from __future__ import annotations

from dataclasses import dataclass

from bot.rules import closing, danger, model, territory, today, words
from bot.rules.level import nursery_only

_ASK_WITHOUT_MODEL = 0.60
_EVIDENCE = 6


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


def tag(
    text: str,
    *,
    level: str | None = None,
    pre_in_town: bool = True,
    after_answer: bool = False,
) -> Tag:
    """Read one message. Any text gives an answer, in bounded time; what cannot be read asks.

    ``level``: the sender's class (PS … CM2), which the text's own levels beat. ``pre_in_town``:
    the label stays « pre » without a PRE, only the reason changes. ``after_answer``: the centre
    has just answered in this thread.
    """
    folded = words.fold(text)
    parts = words.tokens(folded)
    weights = model.shipped()
    scores = None if weights is None else weights.scores(parts)
    heard = danger.weigh(folded, scores, weights.fixed if weights else {})
    closes = heard is danger.Danger.NONE and closing.closes(text, after_answer=after_answer)
    nursery = nursery_only(folded, level)
    found = territory.topics(folded)
    if closes or not words.words(folded):
        shares = {name: 1.0 if name == "autre" else 0.0 for name in territory.TERRITORIES}
        confidence = 1.0 if closes else 0.0
        chosen = "autre"
    else:
        shares = (
            territory.by_topics(found, nursery)
            if scores is None or weights is None
            else territory.by_model(scores, weights.fixed, nursery)
        )
        chosen = max(territory.TERRITORIES, key=lambda name: shares[name])
        confidence = shares[chosen]
    bar = weights.fixed["ask_below"] if weights else _ASK_WITHOUT_MODEL
    pre_words = {topic.key for topic in found if topic.territory == "pre"}
    return Tag(
        territory=chosen,
        action="aucune" if closes else territory.best_action(scores, chosen, found),
        danger=heard is not danger.Danger.NONE,
        ring=heard is danger.Danger.CLEAR,
        today=not closes and today.judge(scores, weights.fixed if weights else {}, folded),
        closing=closes,
        confidence=round(confidence, 4),
        ask=confidence < bar,
        reason=territory.reason_key(
            chosen,
            found,
            nursery=nursery,
            names_pre_only=not pre_in_town and chosen == "pre" and pre_words == {"asks_pre"},
        ),
        evidence=() if weights is None else _evidence(weights, parts, chosen),
    )


def _evidence(weights: model.Model, parts: list[str], chosen: str) -> tuple[tuple[str, float], ...]:
    """The words that pulled most towards the proposal, strongest first."""
    pulls = [(word, weights.weigh(word, chosen)) for word in set(parts) if len(word) > 2]
    pulls.sort(key=lambda pull: (-pull[1], pull[0]))
    return tuple((word, round(pull, 3)) for word, pull in pulls[:_EVIDENCE] if pull > 0)
