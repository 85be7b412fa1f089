"""Corrections teach the tagger, centre by centre, overnight; what they taught can be undone."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.child import ChildFailed
from bot.learning import Learner
from bot.rules.tagger import tag
from storage import learning
from storage.centres import Centre, all_centres
from storage.learning import KeptLayer
from tests.cast import PARIS, TUESDAY_MORNING, Scene
from tests.cli.conftest import settings_for
from tests.phones import Bubble, Phone
from tests.terminal import passerelle

# « Les Hirondelles » are a name that only this centre knows.
SAID = (
    "Lina voudrait rejoindre les Hirondelles, est-ce possible ?",
    "Il reste une place aux Hirondelles pour Adam ?",
    "La maman de Noa demande quand commencent les Hirondelles.",
    "Sofiane peut-il venir aux Hirondelles le jeudi ?",
    "Deux de mes élèves aimeraient aller aux Hirondelles.",
    "Les Hirondelles ont-elles repris depuis les vacances ?",
    "Qui encadre les Hirondelles cette année ?",
    "Peut-elle aller avec les Hirondelles lundi ?",
)
NEXT = "Rose peut-elle venir avec les Hirondelles ?"
# Whatever the shipped weights make of it, Chantal says the other thing.
BUTTON = "Autre" if tag(NEXT).territory == "clas" else "CLAS"
TAUGHT = "ressemble à des messages que vous avez corrigés"
NIGHT = datetime(2026, 11, 25, 3, 45, tzinfo=PARIS)


async def corrects(scene: Scene, chantal: Phone, awa: Phone, words: Sequence[str], to: str = BUTTON) -> None:
    """Awa writes each as a matter of its own; Chantal says what each is."""
    for one in words:
        await writes_anew(scene, awa, one)
        card = chantal.received[-1]
        await chooses(scene, chantal, card, to)


async def writes_anew(scene: Scene, teacher: Phone, words: str) -> None:
    if teacher.shows("Bien reçu"):
        await teacher.presses("Autre enfant")
    await teacher.writes(words)
    await scene.settles()


async def chooses(scene: Scene, chantal: Phone, card: Bubble, territory: str) -> None:
    tag = next(one for one in chantal.now(card).labels if one.endswith(("✓", "?")))
    await chantal.presses(tag, on=card)
    await chantal.presses(territory, on=card)
    await scene.settles()


async def centres(scene: Scene) -> tuple[Centre, Centre]:
    async with scene.service.store.work(scene.clock.now()) as work:
        eragny, ermont = sorted(await all_centres(work.session), key=lambda one: one.name, reverse=True)
    return eragny, ermont


async def active(scene: Scene, centre: Centre) -> KeptLayer | None:
    async with scene.service.store.work(scene.clock.now()) as work:
        return await learning.active(work.session, centre.id)


async def test_the_next_one_is_proposed_right_in_her_centre_and_not_in_another(scene: Scene) -> None:
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


async def test_undone_from_the_terminal_it_is_as_before_without_a_restart(
    scene: Scene, tmp_path: Path
) -> None:
    chantal, awa = await scene.staff("Chantal"), await scene.teacher("Awa", "Diallo")
    await corrects(scene, chantal, awa, SAID[:5])
    await scene.jumps(NIGHT)
    settings = settings_for(scene.api, scene.database_url)
    state = await passerelle(tmp_path, "tagger", settings=settings)
    assert "Couche 1, apprise le 25/11/2026" in state.out
    assert "2026-11" in state.out
    assert "Hirondelles" not in state.out
    eragny, _ = await centres(scene)
    done = await passerelle(tmp_path, "tagger", "--undo", eragny.name, settings=settings)
    assert (done.code, "est défaite, les poids livrés seuls" in done.out) == (0, True)
    await writes_anew(scene, awa, NEXT)
    assert TAUGHT not in chantal.received[-1].text
    await scene.jumps(NIGHT + timedelta(days=1))
    assert await active(scene, eragny) is None, "what was undone is not learned again"
    again = await passerelle(tmp_path, "tagger", "--undo", eragny.name, settings=settings)
    assert "rien d'appris à défaire" in again.out


async def test_said_twice_the_last_word_holds(scene: Scene) -> None:
    chantal, awa = await scene.staff("Chantal"), await scene.teacher("Awa", "Diallo")
    await awa.writes(NEXT)
    await scene.settles()
    card = chantal.received[-1]
    for territory in ("PRE", "CLAS"):
        await chooses(scene, chantal, card, territory)
    eragny, _ = await centres(scene)
    async with scene.service.store.work(scene.clock.now()) as work:
        (kept,) = await learning.said(work.session, eragny.id)
    assert kept.becomes == "clas"
    assert kept.at == TUESDAY_MORNING


async def test_words_taken_back_teach_nothing(scene: Scene) -> None:
    chantal, awa = await scene.staff("Chantal"), await scene.teacher("Awa", "Diallo")
    await corrects(scene, chantal, awa, SAID[:5])
    await scene.jumps(NIGHT)
    eragny, _ = await centres(scene)
    assert await active(scene, eragny) is not None
    for one in [one for one in awa.bubbles if "Hirondelles" in one.text]:
        await awa.writes("/retirer", reply_to=one)
        await scene.settles()
    async with scene.service.store.work(scene.clock.now()) as work:
        assert await learning.judged(work.session, eragny.id, 100) == []
    await writes_anew(scene, awa, NEXT)
    assert TAUGHT not in chantal.received[-1].text


CRASHES = ("tests.dies", "no.such.program", "this")
"""It is killed, it cannot start, it says something else."""


async def test_a_child_that_dies_changes_nothing(scene: Scene) -> None:
    chantal, awa = await scene.staff("Chantal"), await scene.teacher("Awa", "Diallo")
    await corrects(scene, chantal, awa, SAID[:5])
    await scene.jumps(NIGHT)
    eragny, _ = await centres(scene)
    before = await active(scene, eragny)
    assert before is not None
    await corrects(scene, chantal, awa, [NEXT])
    for crash in CRASHES:
        learner = Learner(scene.service.store, scene.clock, crash)
        with pytest.raises(ChildFailed):
            await learner.learn(eragny.id)
    after = await active(scene, eragny)
    assert after is not None
    assert after.id == before.id
