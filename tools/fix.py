"""Temperature and thresholds, chosen on scores of messages whose writer was left out of training."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression

from bot.rules import closing, danger, today, words
from bot.rules.territory import TERRITORIES
from tools import learn
from tools.corpus import FIRST_AUTHORS, Example

CARD_ALARMS = 0.045  # share of harmless messages that may show the card
RING_ALARMS = 0.008  # share of harmless messages that may ring
TODAY_PRECISION = 0.85  # a word for tonight missed costs more than a needless ring
CLOSING_PRECISION = 0.97  # a closing word starts nothing: a wrong one is a message lost
ASK_ACCURACY = 0.97  # what the référente's card does not ask about should be this often right
NEVER = 1e6


def outputs(name: str) -> int:
    """Column of an output in a score table."""
    return learn.OUTPUTS.index(name)


def left_out_scores(
    examples: list[Example], made: learn.Bags, folds: list[str], *, with_actions: bool
) -> np.ndarray:
    """Scores of each message by a model that never read its fold, (messages, outputs)."""
    table = np.zeros((len(examples), len(learn.OUTPUTS)))
    for fold in sorted(set(folds)):
        seen = [at for at, name in enumerate(folds) if name != fold]
        unseen = [at for at, name in enumerate(folds) if name == fold]
        model = learn.learn([examples[at] for at in seen], _pick(made, seen), with_actions=with_actions)
        table[unseen] = model.scores(_pick(made, unseen))
    return table


def _pick(made: learn.Bags, places: list[int]) -> learn.Bags:
    return [made[0][at] for at in places], [made[1][at] for at in places]


def fix(examples: list[Example], table: np.ndarray) -> dict[str, float]:
    """Everything ``bot/rules`` needs besides the weights (``Model.fixed``).

    Territory and danger look only at the first six authors, whose mix is the nearest to a school's: the
    later ones wrote one harmless message in four to deceive. « today » and « closing » need everybody.
    """
    folded = [words.fold(example.text) for example in examples]
    honest = [at for at, e in enumerate(examples) if e.author in FIRST_AUTHORS]
    authors, scores = [examples[at] for at in honest], table[honest]
    slope = _slope(authors, scores)
    return {
        "territory_slope": slope,
        "ask_below": _ask_below(authors, scores, slope),
        **_danger_bars(authors, scores, [danger.listen(folded[at]) for at in honest]),
        **_today_bars(examples, table, folded),
        "closing_from": _closing_bar(examples, table),
    }


def shares(table: np.ndarray, slope: float) -> np.ndarray:
    """Probabilities of the territories, (messages, 4)."""
    raw = slope * table[:, : len(TERRITORIES)]
    raw = np.exp(raw - raw.max(axis=1, keepdims=True))
    return np.asarray(raw / raw.sum(axis=1, keepdims=True))


def _slope(examples: list[Example], table: np.ndarray) -> float:
    truth = np.array([TERRITORIES.index(e.territory) for e in examples])

    def loss(slope: float) -> float:
        return float(-np.log(shares(table, slope)[np.arange(len(truth)), truth] + 1e-9).mean())

    return round(float(minimize_scalar(loss, bounds=(0.1, 5.0), method="bounded").x), 3)


def _ask_below(examples: list[Example], table: np.ndarray, slope: float) -> float:
    """The lowest confidence from which answers are right often enough, at most a third asked."""
    sure = shares(table, slope)
    right = np.array([TERRITORIES.index(e.territory) for e in examples]) == sure.argmax(axis=1)
    confidence = sure.max(axis=1)
    for bar in np.quantile(confidence, np.arange(0.0, 0.34, 0.02)):
        if right[confidence >= bar].mean() >= ASK_ACCURACY:
            return round(float(bar), 3)
    return round(float(np.quantile(confidence, 0.33)), 3)


def _danger_bars(examples: list[Example], table: np.ndarray, heard: list[danger.Danger]) -> dict[str, float]:
    """For each thing the lexicon may have heard, the model's bars; one trade-off for all three."""
    level = np.array([int(h) for h in heard])
    harmless = ~np.array([e.danger for e in examples])
    fixed: dict[str, float] = {}
    for name, output, alarms in (("card", "danger", CARD_ALARMS), ("ring", "ring", RING_ALARMS)):
        scores = table[:, outputs(output)]
        truth = np.array([getattr(e, output) is True for e in examples])
        lifts = _lifts(scores, truth, harmless, level)
        bar = float(np.quantile((scores + np.array(lifts)[level])[harmless], 1 - alarms))
        for heard_level, lift in zip(danger.Danger, lifts, strict=True):
            fixed[f"{name}_from_{heard_level.name.lower()}"] = round(bar - lift, 3)
    return fixed


def _lifts(scores: np.ndarray, truth: np.ndarray, harmless: np.ndarray, level: np.ndarray) -> list[float]:
    """What the lexicon's words are worth beside the model's score, for NONE, DOUBT, CLEAR."""
    used = truth | harmless
    columns = np.column_stack([scores, level == 1, level == 2])[used].astype(float)
    fitted = LogisticRegression(C=10.0, random_state=learn.SEED).fit(columns, truth[used])
    slope, doubt, clear = fitted.coef_[0]
    return [0.0, float(doubt / slope), float(clear / slope)]


def _today_bars(examples: list[Example], table: np.ndarray, folded: list[str]) -> dict[str, float]:
    """One trade-off for messages with and without the words; the words are worth a lift of the score."""
    said = np.array([today.said(text) for text in folded])
    truth = np.array([e.today for e in examples])
    scores = table[:, outputs("today")]
    fitted = LogisticRegression(random_state=learn.SEED).fit(np.column_stack([scores, said]), truth)
    lift = float(fitted.coef_[0][1] / fitted.coef_[0][0])
    bar = _precise(scores + lift * said, truth, TODAY_PRECISION)
    return {"today_from": bar, "today_from_words": round(bar - lift, 3)}


def _closing_bar(examples: list[Example], table: np.ndarray) -> float:
    """The model's bar for short messages whose words alone do not close."""
    open_still = np.array([closing.might_close(e.text) and not closing.closes(e.text) for e in examples])
    truth = np.array([e.closing for e in examples])
    scores = table[:, outputs("closing")]
    return _precise(scores[open_still], truth[open_still], CLOSING_PRECISION)


def _precise(scores: np.ndarray, truth: np.ndarray, precision: float) -> float:
    """The lowest bar above which at least ``precision`` is true; ``NEVER`` when there is none."""
    order = np.argsort(-scores)
    right = np.cumsum(truth[order]) / np.arange(1, len(order) + 1)
    enough = np.nonzero(right >= precision)[0]
    return round(float(scores[order][enough[-1]]), 3) if len(enough) else NEVER
