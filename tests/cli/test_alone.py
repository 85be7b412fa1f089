"""What answers without a database or a network: `key`, `tag`, help, and what is wrong from the start."""

import json
import re
from pathlib import Path

import pytest

from bot.cli import main
from bot.wrong_use import CATALOGUE
from tests.databases import KEY
from tests.terminal import SAMPLE, passerelle


async def test_key_prints_a_good_key_alone_on_its_last_line(tmp_path: Path) -> None:
    made = await passerelle(tmp_path, "key")
    assert re.fullmatch(r"PASSERELLE_KEY=[\w-]{43}=", made.last_line)
    assert made.code == 0
    assert made.err == ""
    (tmp_path / ".env").write_text(made.out)
    assert (await passerelle(tmp_path, "apply", str(SAMPLE))).code == 0


async def test_tag_answers_line_by_line_and_says_which_line_is_wrong(tmp_path: Path) -> None:
    lines = [
        '{"id": 1, "text": "Yanis ne fait plus ses devoirs"}',
        "pas du json",
        '{"id": "é", "text": "Merci"}',
    ]
    done = await passerelle(tmp_path, "tag", given="\n".join(lines).encode())
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == [1, "é"]
    assert "line 2" in done.err
    assert done.code == 1


async def test_help_names_every_command(tmp_path: Path) -> None:
    whole = await passerelle(tmp_path, "--help")
    assert whole.code == 0
    assert set(re.findall(r"│ (\w+)\s", whole.out)) >= COMMANDS
    assert list(tmp_path.iterdir()) == []


COMMANDS = {"run", "demo", "apply", "invite", "staff", "calendar", "digest", "doctor", "key", "tag", "tagger"}


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert f"python -m bot {command}" in capsys.readouterr().out


WRONG_USE = {  # and what is said of it; the first are typer's own refusals, each sentence of its catalogue
    (): "il manque le nom de la commande",
    ("nope",): "la commande « nope » n'existe pas",
    ("digst",): "la commande « digst » n'existe pas, peut-être 'digest'",
    ("run", "--now"): "l'option --now n'existe pas",
    ("tagger", "--lern"): "l'option --lern n'existe pas, peut-être --learn",
    ("apply",): "il manque FICHIER",
    ("apply", "a.toml", "b.toml"): "« b.toml » est de trop",
    ("invite",): "il manque le nom de la commande",
    ("invite", "teacher"): "il manque --school",
    ("invite", "staff", "--name"): "il manque une valeur après --name",
    ("digest", "--send=oui"): "--send ne prend pas de valeur",
    (
        "invite",
        "teacher",
        "--school",
        "A",
        "--until",
        "bientôt",
    ): "--until : il faut une date comme 2027-06-30",
    ("invite", "teacher", "--school", "A", "--uses", "deux"): "--uses : il faut un nombre entier",
    ("invite", "revoke"): "il manque CODE",
    ("staff", "revoke"): "il manque NOM",
    ("calendar", "import"): "il manque FICHIER",
    ("calendar", "import", "centres.toml", "--zone", "D"): "--zone : 'D' n'est pas parmi 'A', 'B', 'C'",
    ("calendar", "import", "nowhere.json"): "ce fichier ne peut pas être lu",
    ("digest", "--week", "la prochaine"): "--week : semaine illisible",
    ("digest", "--week", "2026-W54"): "--week : cette semaine n'existe pas",
    ("tagger", "--learn", "--undo", "centre social"): "l'un ou l'autre",
}


@pytest.mark.parametrize(
    ("words", "why"), WRONG_USE.items(), ids=[" ".join(words) or "nothing" for words in WRONG_USE]
)
def test_wrong_use_is_one_french_sentence_and_exit_2(
    words: tuple[str, ...], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert why in said.err
    assert said.err.count("\n") == 1


def test_each_refusal_of_the_catalogue_is_still_said_by_typer(capsys: pytest.CaptureFixture[str]) -> None:
    for words in WRONG_USE:
        main(words)
    said = capsys.readouterr().err
    for _, french in CATALOGUE:
        assert re.search(re.sub(r"\\{\d\\}", ".+", re.escape(french)), said), french


WRONG_SETTINGS = [
    ("PASSERELLE_KEY", ""),
    ("PASSERELLE_KEY", "une-clé-inventée"),
    ("DATABASE_URL", "oracle://une/base"),
]


@pytest.mark.parametrize(
    "words", [("run",), ("apply", str(SAMPLE)), ("invite", "staff", "--name", "Chantal")]
)
@pytest.mark.parametrize(("name", "value"), WRONG_SETTINGS)
def test_a_wrong_setting_is_one_sentence_and_exit_2(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    name: str,
    value: str,
) -> None:
    for setting, text in {"PASSERELLE_KEY": KEY, "TELEGRAM_BOT_TOKEN": "1:DEMO", name: value}.items():
        monkeypatch.setenv(setting, text)
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(name)
    assert said.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
