"""Reading a message as a phone writes it: folding, tokens, character n-grams.

Teachers write without accents, with curly quotes, emoji, dictated run-ons. Everything that
reads a text (lexicons and model, in training and in the service) starts from ``fold`` so that
they all see the same letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

_TOKEN = re.compile(r"[a-z]+|[0-9]+|[?!]+|[^\x00-\x7f]")
_WORD = re.compile(r"[a-z0-9]+")
_RAW_WORD = re.compile(r"\w+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"})
_CHARS_MIN, _CHARS_MAX = 2, 5
_INVISIBLE = frozenset({"Mn", "Cc", "Cf", "Cs", "Co", "Cn", "Me"})

# What thumbs leave out. Only abbreviations that mean one thing in a teacher's message.
# fmt: off
_SHORT = {
    "ds": "dans", "tt": "tout", "tte": "toute", "tts": "toutes", "pr": "pour", "qd": "quand",
    "bcp": "beaucoup", "vs": "vous", "ns": "nous", "tjrs": "toujours", "tjs": "toujours",
    "tj": "toujours", "mm": "meme", "pdt": "pendant", "pck": "parce que", "pcq": "parce que",
    "psk": "parce que", "qqn": "quelqu un", "qqch": "quelque chose", "qq": "quelques",
    "dc": "donc", "auj": "aujourd hui", "ajd": "aujourd hui", "ajrd": "aujourd hui", "bb": "bebe",
    "ki": "qui", "koi": "quoi", "kan": "quand", "fo": "faut", "jai": "j ai", "chui": "je suis",
    "jsuis": "je suis", "jsais": "je sais", "jcrois": "je crois", "jpeux": "je peux",
    "jveux": "je veux", "jvoudrais": "je voudrais", "jvs": "je vous", "ya": "il y a",
    "cest": "c est", "ptit": "petit", "ptite": "petite", "ptits": "petits", "ptites": "petites",
    "gd": "grand", "gde": "grande", "pb": "probleme", "pbs": "problemes", "mr": "monsieur",
    "mme": "madame", "rdv": "rendez vous", "wk": "week end", "we": "week end",
    "weekend": "week end", "bsr": "bonsoir", "bjr": "bonjour", "slt": "salut", "dsl": "desole",
    "abs": "absent", "tel": "telephone", "sem": "semaine", "exos": "exercices", "exo": "exercice",
    "cad": "c est a dire", "lattendez": "l attendez", "napas": "n a pas", "jamai": "jamais",
    "recre": "recreation", "aprem": "apres midi",
}
# fmt: on
_ABBREVIATED = re.compile(r"\b(?:" + "|".join(sorted(_SHORT)) + r")\b")


@lru_cache(maxsize=64)  # each rule reads the same message: model, lexicons, closings, « today »
def fold(text: str) -> str:
    """Lower case, no accents, no invisible characters, usual abbreviations written out.

    Apostrophes become spaces. Control characters, NUL, right-to-left marks and zero-width joiners
    vanish; line breaks stay, because a line is often a thought. Any input gives a string, in time
    linear in its length.
    """
    flat = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    kept: list[str] = []
    for char in flat:
        if char.isascii():
            if char >= " " or char == "\n":
                kept.append(" " if char == "'" else char)
            elif char in "\t\r":
                kept.append(" ")
        elif char in "’‘ʼ`´":
            kept.append(" ")
        elif unicodedata.category(char) not in _INVISIBLE:
            kept.append(char)
    return _ABBREVIATED.sub(lambda match: _SHORT[match[0]], "".join(kept))


def tokens(folded: str) -> list[str]:
    """Words, numbers, runs of ? or !, and single other signs (emoji, «), in order."""
    return _TOKEN.findall(folded)


def words(folded: str) -> list[str]:
    """Only what is spelt: words and numbers, in order."""
    return _WORD.findall(folded)


def capitalised(text: str) -> frozenset[str]:
    """Words written with a capital, folded, as names are; none in a text that is all capitals."""
    if text.isupper():
        return frozenset()
    return frozenset(fold(one) for one in _RAW_WORD.findall(text) if one[0].isupper())


def word_features(parts: list[str]) -> set[str]:
    """Words and pairs of neighbours."""
    features = set(parts)
    features.update(f"{left} {right}" for left, right in pairwise(parts))
    return features


def char_features(word: str) -> set[str]:
    """Character n-grams of one word, its edges marked by spaces: what survives typing errors."""
    padded = f" {word} "
    return {
        padded[start : start + size]
        for size in range(_CHARS_MIN, _CHARS_MAX + 1)
        for start in range(len(padded) - size + 1)
    }
