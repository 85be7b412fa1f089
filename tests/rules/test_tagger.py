"""Whatever is typed, the tagger answers; without its weights, the rules do, and say so."""

import gzip
from pathlib import Path

import pytest

from bot.rules import model, vague
from bot.rules.model import BrokenModel, load
from bot.rules.tagger import tag
from bot.rules.territory import ACTIONS, TERRITORIES

ODD = [
    "",
    " ",
    "\n\n",
    "…",
    "😀😀😀",
    "\x00",
    "\x00il\x00 lit\x00",
    "\u202e\u200f\u200e",
    "\ud800",
    "a" * 4096,
    "é " * 2048,
    "😀" * 4096,
    "?" * 4096,
    "il lit " * 600,
    "Hello, is this the community centre?",
    "مرحبا كيف حالكم",
    "你好，孩子们好吗",
    "Teşekkür ederim, çocuk nasıl",
    "12345",
    "<b>il</b> &amp; elle",
    "' OR 1=1 --",
    "http://exemple.fr/?a=b",
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("weights", [True, False], ids=["weights", "no weights"])
def test_any_input_gets_an_answer(text: str, weights: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not weights:
        monkeypatch.setattr(model, "shipped", lambda: None)
    read = tag(text)
    assert read.territory in TERRITORIES
    assert read.action in ACTIONS
    assert 0.0 <= read.confidence <= 1.0


UNREAD = [
    "",
    "…",
    "\x00",
    "🌞🌞",
    "مرحبا كيف حالكم",
    "Merhaba, çocuğum okula gitmek istemiyor",
    "Hello, is this the community centre?",
    "Mi hija necesita ayuda con los deberes",
    "Dzień dobry, moje dziecko jest chore",
    "asdfgh qsdfgh",
    "a" * 4096,
    "12345",
]
SAYS_NOTHING = [
    "Rappelez-moi",
    "Bonjour",
    "Bonjour Chantal, pouvez-vous me rappeler ce soir ?",
    "Je voudrais vous parler d'un élève",
    "Que faire pour Lina C. ?",
    "C'est au sujet d'Élodie",
    "on peut en parler",
]


@pytest.mark.parametrize("text", [*UNREAD, *SAYS_NOTHING])
def test_what_cannot_be_read_or_placed_asks(text: str) -> None:
    read = tag(text)
    assert (read.territory, read.confidence, read.ask) == ("autre", 0.0, True)


@pytest.mark.parametrize(
    "text", ["CLAS pour une GS ?", "Place CLAS CE1 ??", "Lunettes. Mère. Argent.", "Fugue d'un élève"]
)
def test_few_words_may_say_enough(text: str) -> None:
    assert not vague.says_nothing(text)


def test_the_same_text_gives_the_same_answer() -> None:
    text = "Il ne vient plus et ne fait plus ses leçons"
    assert tag(text) == tag(text)


def test_without_weights_the_rules_answer_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "shipped", lambda: None)
    read = tag("Une place au CLAS pour ses leçons ?")
    assert (read.territory, read.ask, read.evidence) == ("clas", True, ())


def test_broken_weights_are_refused_with_a_sentence(tmp_path: Path) -> None:
    whole = model.WEIGHTS.read_bytes()
    damaged = {
        "missing": None,
        "empty": b"",
        "stranger": b"PK\x03\x04",
        "cut": whole[: len(whole) // 2],
        "short": gzip.compress(gzip.decompress(whole)[:-4]),
        "long": gzip.compress(gzip.decompress(whole) + b"one more"),
        "no header": gzip.compress(model.MAGIC + b"{}\n"),
        "of another version": gzip.compress(b"passerelle-tagger-1\n{}\n"),
    }
    for name, content in damaged.items():
        path = tmp_path / f"{name}.bin"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(BrokenModel, match=name):
            load(path)


def test_the_shipped_weights_can_be_read() -> None:
    assert model.why_missing() is None
    assert model.shipped() is not None
