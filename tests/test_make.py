"""`make`: what it says on a machine that is not ready, and to somebody who mistypes."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "Makefile", tmp_path)
    for lock in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / lock).write_text("")
    return tmp_path


def make(checkout: Path, *words: str) -> tuple[int, list[str]]:
    """The exit code, and what was said besides make's own « *** » line."""
    done = subprocess.run(
        ["make", "--no-print-directory", *words], cwd=checkout, capture_output=True, text=True, check=False
    )
    lines = (done.stdout + done.stderr).splitlines()
    return done.returncode, [line for line in lines if "***" not in line]


def python(checkout: Path, script: str) -> str:
    path = checkout / "python"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return f"PYTHON={path}"


def test_alone_it_says_what_it_can_do(checkout: Path) -> None:
    code, lines = make(checkout)
    assert code == 0
    said = [line.split()[1] for line in lines]
    for target in ("demo", "test", "check", "setup", "setup-dev"):
        assert target in said


def test_an_unknown_target_is_one_sentence(checkout: Path) -> None:
    code, lines = make(checkout, "dmo")
    assert code == 2
    assert lines == ["Pas de cible « dmo » ; make, sans rien, dit lesquelles il y a."]


def test_an_old_python_is_one_sentence(checkout: Path) -> None:
    old = python(checkout, "exit 1")
    code, lines = make(checkout, "demo", old)
    assert code == 2
    assert len(lines) == 1
    assert lines[0].startswith("Il faut Python 3.11 ou plus récent")


def test_no_python_is_one_sentence(checkout: Path) -> None:
    code, lines = make(checkout, "setup", "PYTHON=")
    assert code == 2
    assert len(lines) == 1
    assert lines[0].startswith("Il faut Python 3.11 ou plus récent")


def test_a_python_without_venv_is_one_sentence_and_leaves_nothing(checkout: Path) -> None:
    without = python(checkout, '[ "$1" = -c ] && exit 0; echo "no ensurepip" >&2; exit 1')
    code, lines = make(checkout, "setup-dev", without)
    assert code == 2
    assert len(lines) == 1
    assert "python3-venv" in lines[0]
    assert not (checkout / ".venv").exists()


def test_a_second_setup_does_nothing(checkout: Path) -> None:
    counting = python(
        checkout,
        '[ "$1" = -m ] && [ "$2" = venv ] && { mkdir -p .venv/bin; cp "$0" .venv/bin/python; }\n'
        'echo "$@" >> calls',
    )
    for target in ("setup-dev", "setup-dev", "setup"):
        assert make(checkout, target, counting)[0] == 0
    installs = [line for line in (checkout / "calls").read_text().splitlines() if "pip install" in line]
    assert len(installs) == 1
    assert "--require-hashes -r requirements-dev.txt" in installs[0]
