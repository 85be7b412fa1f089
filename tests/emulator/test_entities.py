"""Formatted text: what Telegram makes of HTML, in UTF-16 units, and how it words what it cannot read."""

from typing import Any

import pytest

from bot.demo.telegram.entities import formatted, python_range, utf16_length
from bot.demo.telegram.errors import Refusal


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>Bonjour</b>", "Bonjour", [entity("bold", 0, 7)]),
        ("👍 <i>oui</i>", "👍 oui", [entity("italic", 3, 3)]),
        ("👨\u200d💻<u>é</u>", "👨\u200d💻é", [entity("underline", 5, 1)]),
        ("<tg-spoiler>Lina 🌸</tg-spoiler>", "Lina 🌸", [entity("spoiler", 0, 7)]),
        ('<span class="tg-spoiler">x</span>', "x", [entity("spoiler", 0, 1)]),
        ("<b>a<i>b</i></b>", "ab", [entity("bold", 0, 2), entity("italic", 1, 1)]),
        ("<strong>a</strong><em>b</em>", "ab", [entity("bold", 0, 1), entity("italic", 1, 1)]),
        ("<s>a</s><del>b</del>", "ab", [entity("strikethrough", 0, 1), entity("strikethrough", 1, 1)]),
        ("<code>x</code>", "x", [entity("code", 0, 1)]),
        (
            '<pre><code class="language-python">x</code></pre>',
            "x",
            [entity("pre", 0, 1, language="python")],
        ),
        ("<blockquote>cité</blockquote>", "cité", [entity("blockquote", 0, 4)]),
        ("<blockquote expandable>cité</blockquote>", "cité", [entity("expandable_blockquote", 0, 4)]),
        (
            '<a href="https://example.org/?a=1&amp;b=2">ici</a>',
            "ici",
            [entity("text_link", 0, 3, url="https://example.org/?a=1&b=2")],
        ),
        ('<a href="example">ici</a>', "ici", []),
        ("1 &lt; 2 &amp; 3 &gt; 2 &quot;&#233;&quot;", '1 < 2 & 3 > 2 "é"', []),
        ("&nbsp;&eacute;", "&nbsp;&eacute;", []),
        ("  <b> a </b>  ", "a", [entity("bold", 0, 1)]),
        ("a\r\nb\x00c", "a\nb c", []),
        ("/start abc", "/start abc", [entity("bot_command", 0, 6)]),
        ("voir https://example.org/x.", "voir https://example.org/x", [entity("url", 5, 21)]),
        ("à awa@example.org", "à awa@example.org", [entity("email", 2, 15)]),
        ("<code>/start</code>", "/start", [entity("code", 0, 6)]),
        ("<b></b>vide", "vide", []),
    ],
)
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    shown, found = formatted(source, "HTML", None)
    assert shown.rstrip(".") == text.rstrip(".")
    assert found == entities


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("é<b>a</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("<h1>a</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("é<div>a</div>", 'Unsupported start tag "div" at byte offset 2'),
        ("1 < 2", "Unclosed start tag at byte offset 2"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_what_cannot_be_read_is_refused_in_tdlibs_words(source: str, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        formatted(source, "HTML", None)
    assert refused.value.description == f"Bad Request: can't parse entities: {said}"


def test_given_entities_are_kept_within_the_text() -> None:
    given = [entity("bold", 0, 99), entity("italic", 50, 2), entity("bold", -1, 2)]
    assert formatted("un", None, given) == ("un", [entity("bold", 0, 2)])


@pytest.mark.parametrize(("text", "length"), [("", 0), ("a", 1), ("é", 1), ("👍", 2), ("👨\u200d💻", 5)])
def test_length_is_counted_in_utf16(text: str, length: int) -> None:
    assert utf16_length(text) == length


def test_an_entity_finds_its_letters_again() -> None:
    start, end = python_range("👍👍 Lina", entity("spoiler", 5, 4))
    assert "👍👍 Lina"[start:end] == "Lina"
