"""``python -m tools.train``: learn from ``data/messages/`` and write the service's weights.

The same data, lock and machine give the same file, byte for byte.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import numpy as np

from bot.rules import model
from tools import corpus, fix, learn

LARGEST = 32_000  # a weight's largest stored value, within ±32 768


def main() -> None:
    """Train, choose thresholds on left-out writers, write ``bot/rules/weights/tagger.bin``."""
    examples = corpus.read()
    made = learn.bags(examples)
    folds = [example.fold for example in examples]
    table = fix.left_out_scores(examples, made, folds, with_actions=False)
    fixed = fix.fix(examples, table)
    learned = learn.learn(examples, made)
    body = pack(learned, fixed)
    model.WEIGHTS.parent.mkdir(parents=True, exist_ok=True)
    write(model.WEIGHTS, body)
    print(f"{len(examples)} messages, {model.WEIGHTS.stat().st_size / 1e6:.1f} MB written")
    for name, value in sorted(fixed.items()):
        print(f"  {name} {value}")


def write(path: Path, body: bytes) -> None:
    """Write beside, then rename: a reader never sees half a file. No date in it: same weights, same bytes."""
    beside = path.with_suffix(".new")
    beside.write_bytes(gzip.compress(model.MAGIC + body, 9, mtime=0))
    beside.replace(path)


def pack(learned: learn.Learned, fixed: dict[str, float]) -> bytes:
    """The file's body: a header, then for each family its features and their packed rows."""
    scale = np.abs(learned.weights * _idf(learned)).max(axis=1) / LARGEST
    parts: list[bytes] = []
    start = 0
    for family in (learned.spelled, learned.spelling):
        names = family.vectorizer.get_feature_names_out()
        weights = learned.weights[:, start : start + len(names)] * family.idf
        start += len(names)
        lanes = np.zeros((len(names), len(learn.OUTPUTS) + 1), dtype="<u4")
        lanes[:, 0] = np.rint(family.idf**2 * model.IDF_SCALE)
        lanes[:, 1:] = np.rint(weights / scale[:, None]).T.astype(int) + model.OFFSET
        parts += ["\t".join(names).encode(), b"\n", lanes.tobytes()]
    rows = b"".join(parts)
    header = {
        "version": hashlib.sha256(rows).hexdigest()[:12],
        "outputs": learn.OUTPUTS,
        "bias": [round(float(value), 5) for value in learned.bias],
        "scale": [float(f"{value:.8g}") for value in scale],
        "fixed": fixed,
    }
    return json.dumps(header, sort_keys=True).encode() + b"\n" + rows


def _idf(learned: learn.Learned) -> np.ndarray:
    return np.concatenate([learned.spelled.idf, learned.spelling.idf])


if __name__ == "__main__":
    main()
