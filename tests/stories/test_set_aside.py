"""An update that cannot be handled: retried, then set aside aloud; nobody else's message pays for it."""

from datetime import timedelta

from sqlalchemy import delete

from storage import inbox, people
from storage.centres import Coverage, school_named
from tests.cast import Scene
from tests.phones import Phone

FIRST = "Yanis B. ne rend plus ses devoirs."
SECOND = "Il est libre le lundi."


async def nobody_covers_les_tilleuls(scene: Scene) -> Coverage:
    """As no file can say it: neither a référente nor a coordinatrice. Returns what was taken away."""
    async with scene.service.store.work(scene.clock.now()) as work:
        school = await school_named(work.session, "Les Tilleuls")
        chantal = await people.staff_named(work.session, "Chantal")
        farida = await people.staff_named(work.session, "Farida")
        assert school is not None
        assert chantal is not None
        assert farida is not None
        await work.session.execute(delete(Coverage).where(Coverage.school_id == school.id))
        for one in await people.memberships_of(work.session, farida.id, scene.clock.now().date()):
            one.ended_at = work.now
        return Coverage(centre_id=school.centre_id, school_id=school.id, person_id=chantal.id)


async def tries_again(scene: Scene, after: timedelta) -> None:
    scene.clock.set(scene.clock.now() + after)
    scene.service.handling.wake()
    await scene.settles()


async def on_the_stage(scene: Scene) -> tuple[Phone, Phone, Phone, Phone]:
    chantal, nadia = await scene.staff("Chantal"), await scene.staff("Nadia")
    awa = await scene.teacher("Awa", "Diallo")
    ines = await scene.teacher("Inès", "Petit", school="Les Peupliers", level="CE2")
    return chantal, nadia, awa, ines


async def test_what_failed_is_tried_again_in_order_and_holds_nobody_else_up(scene: Scene) -> None:
    chantal, nadia, awa, ines = await on_the_stage(scene)
    taken_away = await nobody_covers_les_tilleuls(scene)
    await awa.writes(FIRST)
    await ines.writes("Rose P. est souvent absente.")
    await awa.writes(SECOND)
    await nadia.sees("Rose P.")
    await scene.settles()
    assert not chantal.shows("Yanis")
    async with scene.service.store.work(scene.clock.now()) as work:
        work.add(taken_away)
    await tries_again(scene, timedelta(seconds=40))
    shown = "\n".join(one.text for one in chantal.received)
    assert shown.index("Yanis B.") < shown.index("libre le lundi")
    assert sum("Bien reçu" in one.text for one in awa.received) == 1
    assert not awa.shows("je n'arrive pas à le remettre")


async def test_what_never_works_is_set_aside_and_its_author_is_told(scene: Scene) -> None:
    chantal, _, awa, _ = await on_the_stage(scene)
    await nobody_covers_les_tilleuls(scene)
    await awa.writes(FIRST)
    await scene.settles()
    for _ in range(5):
        await tries_again(scene, timedelta(minutes=2))
    told = await awa.sees("Votre dernier message est gardé, mais je n'arrive pas à le remettre.")
    assert "01 99 00 12 34" in told.text
    assert not chantal.shows("Yanis")
    async with scene.service.store.work(scene.clock.now()) as work:
        assert (await inbox.counts(work.session)).get("aside") == 1
    await awa.writes("/clas_ou_pre")
    await awa.sees("Le PPRE, lui, est le plan de l'école.", after=told)
