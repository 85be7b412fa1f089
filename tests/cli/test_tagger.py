"""`tagger`: the state when there is nothing yet, and what a wrong name or weights that cannot be read say."""

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.rules import model
from tests.terminal import PATIENCE, ROOT, passerelle, started


async def test_nothing_yet_is_said(tmp_path: Path, applied: dict[str, str]) -> None:
    done = await passerelle(tmp_path, "tagger", settings=applied)
    assert done.code == 0
    assert done.out.startswith("Poids livrés : version ")
    assert done.out.count("Aucune correction ni confirmation encore.") == 2


async def test_without_a_centre_it_says_what_to_do(tmp_path: Path, settings: dict[str, str]) -> None:
    done = await passerelle(tmp_path, "tagger", settings=settings)
    assert "apply centres.toml" in done.last_line


async def test_with_nothing_to_learn_from_nothing_is_learned(tmp_path: Path, applied: dict[str, str]) -> None:
    done = await passerelle(tmp_path, "tagger", "--learn", settings=applied)
    assert done.code == 0
    assert done.out.count("rien de nouveau") == 2


async def test_a_centre_nobody_knows_is_named(tmp_path: Path, applied: dict[str, str]) -> None:
    done = await passerelle(tmp_path, "tagger", "--undo", "Ailleurs", settings=applied)
    assert done.code == 2
    assert done.err.startswith("Aucun centre ne s'appelle Ailleurs")


@pytest.fixture
def broken(tmp_path: Path) -> dict[str, str]:
    """A copy of the service whose weights were cut in the middle, as by a download that failed."""
    copy = tmp_path / "copy"
    for package in ("bot", "storage", "handlers"):
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    weights = copy / model.WEIGHTS.relative_to(ROOT)
    weights.write_bytes(weights.read_bytes()[:100_000])
    return {"PYTHONPATH": str(copy)}


async def test_doctor_says_that_the_weights_are_broken(
    tmp_path: Path, settings: dict[str, str], broken: dict[str, str]
) -> None:
    done = await passerelle(tmp_path, "doctor", settings=settings | broken)
    assert done.code == 1
    (said,) = [line for line in done.out.splitlines() if "✗" in line]
    assert said.startswith("✗ Étiqueteur : les règles et les mots de danger répondent seuls")


async def test_the_service_says_it_at_its_start(
    tmp_path: Path, settings: dict[str, str], broken: dict[str, str]
) -> None:
    process = await started(tmp_path, "run", settings=settings | broken)
    assert process.stderr is not None
    try:
        async with asyncio.timeout(PATIENCE):
            line = await process.stderr.readline()
    finally:
        process.kill()
        await process.communicate()
    assert "the tagger has no weights" in line.decode()
    assert "tagger.bin is damaged" in line.decode()


async def test_messages_are_read_by_the_rules_alone(tmp_path: Path, broken: dict[str, str]) -> None:
    line = '{"id": 1, "text": "Elle a des bleus partout, son père la frappe"}\n'.encode()
    done = await passerelle(tmp_path, "tag", given=line, settings=broken)
    assert done.code == 0
    assert '"danger": true' in done.out
    assert "tagger.bin is damaged" in done.err
