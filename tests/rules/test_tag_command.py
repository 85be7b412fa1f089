"""``python -m bot tag``: one JSON line in, one out; a bad line is named and the rest goes on."""

import io
import json

from bot.tag_command import main

KEYS = {
    "id", "territory", "action", "danger", "ring", "today", "closing", "confidence", "ask", "reason",
}  # fmt: skip


def run(*lines: str, explain: bool = False) -> tuple[int, list[dict[str, object]], str]:
    out, err = io.StringIO(), io.StringIO()
    code = main(lines, out, err, explain)
    return code, [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def test_each_line_gets_its_line() -> None:
    code, answers, err = run(
        '{"id": "a", "text": "Absences répétées depuis septembre, retards", "town": "Éragny"}\n',
        '{"id": 2, "text": "une place au CLAS ?", "level": "CE1"}\n',
    )
    assert (code, err) == (0, "")
    assert [answer["id"] for answer in answers] == ["a", 2]
    assert all(set(answer) == KEYS for answer in answers)
    assert answers[0]["territory"] == "pre"
    assert answers[0]["reason"] == "parle d'absences répétées"


def test_explain_adds_the_words_that_weighed() -> None:
    _, (answer,), _ = run('{"id": 1, "text": "il refuse l\'école"}', explain=True)
    assert answer["evidence"]


def test_a_malformed_line_is_named_and_the_rest_goes_on() -> None:
    code, answers, err = run(
        "pas du json",
        '{"id": 1, "text": "merci"}',
        "[1]",
        '{"text": "sans id"}',
        '{"id": 2}',
        '{"id": 3, "text": 4}',
        '{"id": 4, "text": "x", "level": "6e"}',
        '{"id": 5, "text": "x", "town": 95}',
        "",
        '{"id": 6, "text": ""}',
    )
    assert code == 1
    assert [answer["id"] for answer in answers] == [1, 6]
    assert [line.split(":")[1].strip() for line in err.splitlines()] == [
        f"line {number}" for number in (1, 3, 4, 5, 6, 7, 8)
    ]


def test_nothing_of_a_message_is_shown_on_the_error_side() -> None:
    _, _, err = run('{"id": 1, "text": "Kévin Dupont", "level": "Kévin Dupont"}')
    assert "Kévin" not in err


def test_half_a_surrogate_pair_is_written_somehow() -> None:
    code, answers, _ = run('{"id": "\\ud800", "text": "\\ud800 il lit"}')
    assert code == 0
    assert len(answers) == 1
