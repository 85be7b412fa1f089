"""Somebody goes: whoever has her words knows it, and nothing reaches her any more."""

from datetime import timedelta

from tests.cast import TUESDAY_MORNING, Scene
from tests.phones import Phone

YANIS = "Bonjour, Yanis B. ne rend plus ses devoirs, reste-t-il une place au CLAS ?"


async def quits(scene: Scene, phone: Phone) -> None:
    await phone.writes("/quitter")
    await phone.sees("Vous quittez Passerelle")
    await scene.settles()
    await phone.presses("Oui, je quitte")
    await scene.settles()


async def test_a_teacher_quits_with_a_thread_open_and_chantal_knows_it_at_once(scene: Scene) -> None:
    chantal, awa = await scene.staff("Chantal"), await scene.teacher("Awa", "Diallo")
    await awa.writes(YANIS)
    card = await chantal.sees("Yanis B.")
    await quits(scene, awa)
    told = await chantal.sees("Awa Diallo (Les Tilleuls) n'est plus dans Passerelle")
    assert told.reply_to == card.id
    assert "N'est plus dans Passerelle : rien ne lui arrive ici." in chantal.now(card).text
    assert "Promis" not in chantal.now(card).text, "nothing is promised to somebody who cannot read it"
    before = len(awa.received)
    await chantal.writes("Oui, il reste une place.", reply_to=card)
    await chantal.sees("Rien n'est parti : Awa Diallo n'est pas dans Passerelle.")
    await chantal.writes("Oui, il en reste une.")
    await chantal.sees("À qui envoyer")
    answer = await chantal.presses("Awa Diallo · mardi")
    assert answer.text is not None
    assert answer.text.startswith("Rien n'est parti")
    await scene.jumps(TUESDAY_MORNING + timedelta(days=3))
    assert not chantal.shows("attend"), "nobody is nudged for it"
    assert len(awa.received) == before
    assert chantal.now(card).labels[0] == "Je l'appelle"


async def test_somebody_refused_by_the_centre_is_answered_nothing_more(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    unknown = await scene.teacher("Awa", "Diallo", known=False)
    await unknown.writes(YANIS)
    card = await chantal.sees("Yanis B.")
    await chantal.presses("Non", on=await chantal.sees("Vous la connaissez"))
    await chantal.sees("n'est plus dans Passerelle")
    await scene.settles()
    before = [one.text for one in unknown.received]
    await chantal.writes("Yanis B. est inscrit.", reply_to=card)
    await chantal.sees("Rien n'est parti")
    await scene.settles()
    assert [one.text for one in unknown.received] == before


async def test_what_was_answered_before_cannot_be_mended_after(scene: Scene) -> None:
    chantal, awa = await scene.staff("Chantal"), await scene.teacher("Awa", "Diallo")
    await awa.writes(YANIS)
    mine = await chantal.writes("Oui, lundi.", reply_to=await chantal.sees("Yanis B."))
    await awa.sees("Oui, lundi.")
    await quits(scene, awa)
    await chantal.edits(mine, "Oui, mardi, sa maman est d'accord.")
    await chantal.sees("Rien n'est parti")
    await scene.settles()
    assert not awa.shows("sa maman")
    assert not chantal.shows("(Les Tilleuls) n'est plus"), "it was answered: the card alone says it"
