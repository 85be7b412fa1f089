"""The linear model of the tagger, read from a file and run without any library.

The file is made by ``tools/train.py``. Every feature (word, pair of words, character n-gram) owns
one row of small integers, one per output (« clas », « danger », …), plus its squared idf. A row is
kept as a single Python integer with one 32-bit lane per output: adding rows is then adding
integers, which CPython does a hundred times faster than a loop over outputs.
"""

from __future__ import annotations

import gzip
import json
import math
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from bot.rules import words

WEIGHTS = Path(__file__).parent / "weights" / "tagger.bin"
MAGIC = b"passerelle-tagger-2\n"
LANE_BITS = 32
LANE_BYTES = LANE_BITS // 8
OFFSET = 1 << 15  # weights are stored shifted by this, so that lanes never go below zero
IDF_SCALE = 256.0
LANE_MASK = (1 << LANE_BITS) - 1


class BrokenModel(Exception):
    """The weights are missing, truncated or of another version; the lexicons still work."""


@dataclass(frozen=True, slots=True)
class Block:
    """One family of features; ``rows[feature]`` is the packed row, lane 0 the squared idf."""

    rows: dict[str, int]

    def score(self, features: Iterable[str], lanes: Sequence[int]) -> list[float]:
        """For each lane, the sum of the features' weights over the l2 norm of their idf."""
        get = self.rows.get
        found = [row for row in map(get, features) if row is not None]
        total = sum(found)
        squares = (total & LANE_MASK) / IDF_SCALE
        if squares <= 0:
            return [0.0] * len(lanes)
        shift = OFFSET * len(found)
        norm = math.sqrt(squares)
        return [(((total >> (LANE_BITS * lane)) & LANE_MASK) - shift) / norm for lane in lanes]


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Weights and what was fixed with them (temperatures, thresholds); compared by identity."""

    version: str
    outputs: tuple[str, ...]
    bias: tuple[float, ...]
    scale: tuple[float, ...]
    fixed: dict[str, float]
    spelled: Block
    spelling: Block

    def scores(self, parts: list[str]) -> dict[str, float]:
        """Raw score (log-odds before calibration) of every output for a text's tokens."""
        distinct = set(parts)
        chars: set[str] = set()
        for word in distinct:
            chars |= words.char_features(word)
        lanes = range(1, len(self.outputs) + 1)
        by_word = self.spelled.score(words.word_features(parts), lanes)
        by_char = self.spelling.score(chars, lanes)
        return {
            name: bias + scale * (left + right)
            for name, bias, scale, left, right in zip(
                self.outputs, self.bias, self.scale, by_word, by_char, strict=True
            )
        }

    def weigh(self, word: str, output: str) -> float:
        """How far a word alone, however spelt, pulls towards an output."""
        place = self.outputs.index(output)
        (left,) = self.spelled.score((word,), (place + 1,))
        (right,) = self.spelling.score(words.char_features(word), (place + 1,))
        return self.scale[place] * (left + right)


def load(path: Path = WEIGHTS) -> Model:
    """Read a weights file, row after row: the whole of it would not be given back by the process.

    Raises BrokenModel, whose sentence says what is wrong with the file.
    """
    try:
        with gzip.open(path) as file:
            return _read(file, path.name)
    except (zlib.error, EOFError, ValueError, KeyError, TypeError, gzip.BadGzipFile) as error:
        raise BrokenModel(f"{path.name} is damaged ({type(error).__name__})") from error
    except OSError as error:
        raise BrokenModel(f"{path.name} cannot be read ({error.strerror})") from error


def _read(file: gzip.GzipFile, name: str) -> Model:
    if file.readline() != MAGIC:
        raise BrokenModel(f"{name} is not a tagger of this version")
    header = json.loads(file.readline())
    width = (len(header["outputs"]) + 1) * LANE_BYTES
    spelled, spelling = _block(file, width), _block(file, width)
    if file.read(1):  # the end, where the sum of the whole is checked
        raise ValueError("longer than it says")
    return Model(
        version=header["version"],
        outputs=tuple(header["outputs"]),
        bias=tuple(header["bias"]),
        scale=tuple(header["scale"]),
        fixed=dict(header["fixed"]),
        spelled=spelled,
        spelling=spelling,
    )


def _block(file: gzip.GzipFile, width: int) -> Block:
    rows = {}
    for feature in file.readline().decode().rstrip("\n").split("\t"):
        row = file.read(width)
        if len(row) < width:
            raise EOFError
        rows[feature] = int.from_bytes(row, "little")
    return Block(rows)


@cache
def shipped() -> Model | None:
    """The repository's model, read once; None when it is missing or broken."""
    try:
        return load()
    except BrokenModel:
        return None


@lru_cache(maxsize=64)
def scores_of(weights: Model, folded: str) -> Mapping[str, float]:
    """Raw scores of a folded text; danger is heard at the door, and all is read again a moment later."""
    return weights.scores(words.tokens(folded))


def why_missing() -> str | None:
    """The sentence for the operator when the shipped model cannot be used; None when it can."""
    if shipped() is not None:
        return None
    try:
        load()
    except BrokenModel as error:
        return str(error)
    return None
