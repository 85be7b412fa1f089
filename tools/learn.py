"""Learning the linear model: features as the service sees them, scikit-learn for the weights.

Each output is the sum of two linear views of the same features, hence one row of weights: a
logistic regression, and a second one on features multiplied by their naive Bayes log-count ratio
(Wang & Manning 2012, « NBSVM »). Measured on left-out writers the sum gains 1.5 points over either.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from bot.rules import words
from bot.rules.territory import ACTIONS, TERRITORIES
from tools.corpus import Example

OUTPUTS = (
    *TERRITORIES,
    "danger",
    "ring",
    "today",
    "closing",
    *(f"action_{name}" for name in ACTIONS),
)
Bags = tuple[list[set[str]], list[set[str]]]  # word and character features, a set per message
SEED = 7
MIN_DOCUMENTS = 2
STRENGTH = 4.0  # inverse regularisation of the plain view
BAYES_STRENGTH = 0.5
BAYES_SHARE = 0.8
BAYES_CAP = 3.0  # a log-count ratio beyond this is a rare word, not a strong one


def spelled(text: str) -> set[str]:
    """The word features of a raw text."""
    return words.word_features(words.tokens(words.fold(text)))


def spelling(text: str) -> set[str]:
    """The character features of a raw text."""
    found: set[str] = set()
    for word in set(words.tokens(words.fold(text))):
        found |= words.char_features(word)
    return found


@dataclass(slots=True)
class Features:
    """A vocabulary and its idf; turns texts into normalised rows."""

    vectorizer: CountVectorizer
    idf: np.ndarray

    @classmethod
    def learn(cls, bags: list[set[str]]) -> tuple[Features, sparse.csr_matrix]:
        """Keep the features seen in at least ``MIN_DOCUMENTS`` messages."""
        vectorizer = CountVectorizer(analyzer=sorted, min_df=MIN_DOCUMENTS, binary=True)
        counts = vectorizer.fit_transform(bags)
        documents = np.asarray((counts > 0).sum(axis=0)).ravel()
        idf = np.log((1 + counts.shape[0]) / (1 + documents)) + 1
        made = cls(vectorizer, idf)
        return made, made._weighted(counts)

    def rows(self, bags: list[set[str]]) -> sparse.csr_matrix:
        """Normalised rows for other texts."""
        return self._weighted(self.vectorizer.transform(bags))

    def _weighted(self, counts: sparse.csr_matrix) -> sparse.csr_matrix:
        return normalize(counts.multiply(self.idf).tocsr())


@dataclass(slots=True)
class Learned:
    """Weights per output over both families of features."""

    spelled: Features
    spelling: Features
    weights: np.ndarray  # (outputs, words + characters)
    bias: np.ndarray

    def scores(self, bags: Bags) -> np.ndarray:
        """Raw scores, (messages, outputs)."""
        rows = sparse.hstack([self.spelled.rows(bags[0]), self.spelling.rows(bags[1])]).tocsr()
        return np.asarray(rows @ self.weights.T + self.bias)


def bags(examples: list[Example]) -> Bags:
    """Feature sets of all messages, made once and sliced afterwards."""
    return [spelled(e.text) for e in examples], [spelling(e.text) for e in examples]


def learn(examples: list[Example], made: Bags, *, with_actions: bool = True) -> Learned:
    """Train every output on the examples that carry its label.

    ``with_actions`` False leaves the actions at zero: half the time, for choosing thresholds.
    """
    by_word, left = Features.learn(made[0])
    by_char, right = Features.learn(made[1])
    rows = sparse.hstack([left, right]).tocsr()
    weights = np.zeros((len(OUTPUTS), rows.shape[1]))
    bias = np.zeros(len(OUTPUTS))

    def add(labels: list[object], names: dict[object, str], *, bayes: bool) -> None:
        known = [at for at, label in enumerate(labels) if label is not None]
        seen, given = rows[known], [labels[at] for at in known]
        for label, name in names.items():
            truth = np.array([one == label for one in given])
            place = OUTPUTS.index(name)
            weights[place], bias[place] = _logistic(seen, truth, STRENGTH)
            if bayes:
                ratio = _log_count_ratio(seen, truth)
                row, intercept = _logistic(seen.multiply(ratio).tocsr(), truth, BAYES_STRENGTH)
                weights[place] += BAYES_SHARE * ratio * row
                bias[place] += BAYES_SHARE * intercept

    add([e.territory for e in examples], {name: name for name in TERRITORIES}, bayes=True)
    for kind in ("danger", "ring", "today", "closing"):
        add([getattr(e, kind) for e in examples], {True: kind}, bayes=True)
    if with_actions:
        add([e.action for e in examples], {name: f"action_{name}" for name in ACTIONS}, bayes=False)
    return Learned(by_word, by_char, weights, bias)


def _logistic(rows: sparse.csr_matrix, truth: np.ndarray, strength: float) -> tuple[np.ndarray, float]:
    fitted = LogisticRegression(
        C=strength,
        class_weight="balanced",
        solver="liblinear",
        dual=True,
        tol=1e-2,
        max_iter=500,
        random_state=SEED,
    ).fit(rows, truth)
    return fitted.coef_[0], float(fitted.intercept_[0])


def _log_count_ratio(rows: sparse.csr_matrix, chosen: np.ndarray) -> np.ndarray:
    """For each feature, how much commoner it is in the chosen messages, as a capped log."""
    inside = np.asarray((rows[chosen] > 0).sum(axis=0)).ravel() + 1.0
    outside = np.asarray((rows[~chosen] > 0).sum(axis=0)).ravel() + 1.0
    ratio = np.log((inside / inside.sum()) / (outside / outside.sum()))
    return np.asarray(np.clip(ratio, -BAYES_CAP, BAYES_CAP))
