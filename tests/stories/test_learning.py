"""Corrections teach the tagger, centre by centre, overnight; what they taught is undone from the terminal."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tests.cast import PARIS, Scene
from tests.cli.conftest import settings_for
from tests.phones import Phone
from tests.terminal import passerelle
from tests.test_learning import NEXT, OTHER, SAID, TAUGHT

BUTTON = {"clas": "CLAS", "autre": "Autre"}[OTHER]
NIGHT = datetime(2026, 11, 25, 3, 45, tzinfo=PARIS)


async def corrects(scene: Scene, chantal: Phone, awa: Phone, words: Sequence[str]) -> None:
    """Awa writes each as a matter of its own; Chantal says what each is."""
    for one in words:
        await writes_anew(scene, awa, one)
        card = chantal.received[-1]
        await chantal.presses(next(one for one in card.labels if one.endswith(("✓", "?"))), on=card)
        await chantal.presses(BUTTON, on=card)


async def writes_anew(scene: Scene, teacher: Phone, words: str) -> None:
    if teacher.shows("Bien reçu"):
        await teacher.presses("Autre enfant")
    await teacher.writes(words)
    await scene.settles()


async def test_the_next_is_proposed_right_in_her_centre_only_until_it_is_undone(
    scene: Scene, tmp_path: Path
) -> None:
    chantal, awa = await scene.staff("Chantal"), await scene.teacher("Awa", "Diallo")
    nadia, ines = await scene.staff("Nadia"), await scene.teacher("Inès", "Petit", school="Les Peupliers")
    await corrects(scene, chantal, awa, SAID)
    await scene.jumps(NIGHT)
    await writes_anew(scene, awa, NEXT)
    card = chantal.received[-1]
    assert TAUGHT in card.text
    assert f"{BUTTON} ✓" in card.labels
    await ines.writes(NEXT)
    assert TAUGHT not in (await nadia.sees("Rose")).text
    settings = settings_for(scene.api, scene.database_url)
    state = await passerelle(tmp_path, "tagger", settings=settings)
    assert "Couche 1, apprise le 25/11/2026" in state.out
    assert "Hirondelles" not in state.out
    undone = await passerelle(tmp_path, "tagger", "--undo", "centre social d'Éragny", settings=settings)
    assert (undone.code, "la couche 1 est défaite" in undone.out) == (0, True)
    await writes_anew(scene, awa, NEXT)
    assert TAUGHT not in chantal.received[-1].text
