"""Learning the linear model: features as the service sees them, scikit-learn for the weights."""

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
    *(f"action_{name}" for name in ACTIONS),
)
SEED = 7
MIN_DOCUMENTS = 2
STRENGTH = {"territory": 8.0, "action": 8.0, "danger": 8.0, "ring": 8.0, "today": 8.0}


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
    def learn(cls, bags: list[set[str]]) -> tuple["Features", sparse.csr_matrix]:
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

    def scores(self, bags: tuple[list[set[str]], list[set[str]]]) -> np.ndarray:
        """Raw scores, (messages, outputs)."""
        rows = sparse.hstack([self.spelled.rows(bags[0]), self.spelling.rows(bags[1])]).tocsr()
        return np.asarray(rows @ self.weights.T + self.bias)


def bags(examples: list[Example]) -> tuple[list[set[str]], list[set[str]]]:
    """Feature sets of all messages, made once and sliced afterwards."""
    return [spelled(e.text) for e in examples], [spelling(e.text) for e in examples]


def learn(examples: list[Example], made: tuple[list[set[str]], list[set[str]]]) -> Learned:
    """Train every output on the examples that carry its label."""
    by_word, left = Features.learn(made[0])
    by_char, right = Features.learn(made[1])
    rows = sparse.hstack([left, right]).tocsr()
    weights = np.zeros((len(OUTPUTS), rows.shape[1]))
    bias = np.zeros(len(OUTPUTS))

    def fit(kind: str, labels: list[object], names: dict[object, str]) -> None:
        known = [at for at, label in enumerate(labels) if label is not None]
        classifier = LogisticRegression(
            C=STRENGTH[kind], class_weight="balanced", max_iter=300, tol=1e-3, random_state=SEED
        )
        classifier.fit(rows[known], [labels[at] for at in known])
        coefficients, intercepts = classifier.coef_, classifier.intercept_
        kept = list(classifier.classes_)[-len(coefficients) :]  # two classes: one row, for True
        for label, row, intercept in zip(kept, coefficients, intercepts, strict=True):
            place = OUTPUTS.index(names[label])
            weights[place] = row
            bias[place] = intercept

    fit("territory", [e.territory for e in examples], {name: name for name in TERRITORIES})
    fit("action", [e.action for e in examples], {name: f"action_{name}" for name in ACTIONS})
    for kind in ("danger", "ring", "today"):
        fit(kind, [getattr(e, kind) for e in examples], {True: kind})
    return Learned(by_word, by_char, weights, bias)
