"""Corrections teach the tagger, centre by centre, overnight; what they taught is undone from the terminal."""

from collections.abc import Sequence
from datetime import datetime

from bot import tagger_command
from storage.store import Store
from tests.cast import PARIS, Scene
from tests.phones import Phone
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


async def test_the_next_is_proposed_right_in_her_centre_only_until_it_is_undone(scene: Scene) -> None:
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
    terminal = Store(scene.database_url)  # another process, as far as the service can tell
    async with terminal.work(scene.clock.now()) as work:
        state = "\n".join(await tagger_command.state(work))
        undone = await tagger_command.take_back(work, "centre social d'Éragny")
    await terminal.close()
    assert "Couche 1, apprise le 25/11/2026" in state
    assert "Hirondelles" not in state
    assert "la couche 1 est défaite" in undone
    await writes_anew(scene, awa, NEXT)
    assert TAUGHT not in chantal.received[-1].text
