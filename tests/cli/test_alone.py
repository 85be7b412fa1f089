"""What answers without a database or a network: `key`, `tag`, help, and what is wrong from the start."""

import json
import re
from pathlib import Path

import pytest

from bot.cli import main
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


WRONG_USE = [
    (),
    ("nope",),
    ("run", "--now"),
    ("apply",),
    ("apply", "a.toml", "b.toml"),
    ("invite",),
    ("invite", "teacher"),
    ("invite", "staff", "--name"),
    ("invite", "teacher", "--school", "Les Tilleuls", "--until", "bientôt"),
    ("invite", "teacher", "--school", "Les Tilleuls", "--uses", "beaucoup"),
    ("staff", "revoke"),
    ("digest", "--week", "la prochaine"),
    ("tagger", "--learn", "--undo", "centre social"),
    ("digest", "--week", "2026-W54"),
    ("calendar", "import"),
    ("calendar", "import", "nowhere.json"),
    ("calendar", "import", "centres.toml", "--zone", "D"),
]


@pytest.mark.parametrize("words", WRONG_USE, ids=[" ".join(words) or "nothing" for words in WRONG_USE])
def test_wrong_use_is_one_sentence_and_exit_2(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1


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
