"""What it is about is asked only when another référente would read it, in a school's own words."""

from storage import people
from storage.centres import Coverage, school_named
from tests.cast import Scene
from tests.phones import Phone

VAGUE = "Bonjour, je voulais vous parler de Yanis B."
QUESTION = "Si vous voulez préciser, c'est surtout pour :"
CHOICES = ("Le travail scolaire", "L'enfant ou sa famille", "Autre chose", "⚠️ Danger ou doute")
RECEIPT = ("Rappelez-moi", "Autre enfant", "Retirer", "⚠️ Danger ou doute")


async def gives(scene: Scene, action: str, name: str, school: str = "Les Tilleuls") -> None:
    """At this school, an action is somebody else's."""
    async with scene.service.store.work(scene.clock.now()) as work:
        found = await school_named(work.session, school)
        person = await people.staff_named(work.session, name)
        assert found is not None
        assert person is not None
        work.add(Coverage(centre_id=found.centre_id, school_id=found.id, action=action, person_id=person.id))


async def stage(scene: Scene) -> tuple[Phone, Phone, Phone]:
    """Chantal has Les Tilleuls, Esmaman its PRE; Awa teaches there."""
    await gives(scene, "pre", "Esmaman")
    return await scene.staff("Chantal"), await scene.staff("Esmaman"), await scene.teacher("Awa", "Diallo")


async def test_her_answer_brings_it_to_whoever_has_it_and_the_receipt_says_who(scene: Scene) -> None:
    chantal, esmaman, awa = await stage(scene)
    await awa.writes(VAGUE)
    receipt = await awa.sees("Bien reçu. Chantal vous répond")
    assert receipt.text.endswith(QUESTION)
    assert receipt.labels == CHOICES
    assert "CLAS ou PRE ? Je ne sais pas." in (await chantal.sees("Yanis")).text, "it has left already"
    await awa.presses("L'enfant ou sa famille", on=receipt)
    card = await esmaman.sees(VAGUE)
    assert "Plutôt PRE : l'école dit « l'enfant ou sa famille »." in card.text
    await scene.settles()
    assert awa.now(receipt).text.startswith("Bien reçu. Esmaman vous répond")
    assert awa.now(receipt).labels == RECEIPT
    assert len([one for one in awa.received if "Bien reçu" in one.text]) == 1
    assert not chantal.shows("Yanis")
    assert chantal.shows("Esmaman a pris la suite")
    await awa.writes("La maman doit passer demain.")
    await esmaman.sees("doit passer demain")
    await scene.settles()
    assert not chantal.shows("doit passer demain")


async def test_what_is_hers_already_stays_with_her(scene: Scene) -> None:
    chantal, esmaman, awa = await stage(scene)
    await awa.writes(VAGUE)
    receipt = await awa.sees(QUESTION)
    await awa.presses("Le travail scolaire", on=receipt)
    await chantal.sees("Plutôt CLAS : l'école dit « le travail scolaire ».")
    await scene.settles()
    assert awa.now(receipt).labels == RECEIPT
    assert not esmaman.shows("Yanis")
    assert (await awa.forges("matter:child", on=receipt)).text == "Ce bouton ne sert plus."


async def test_silence_is_an_answer(scene: Scene) -> None:
    chantal, esmaman, awa = await stage(scene)
    await awa.writes(VAGUE)
    receipt = await awa.sees(QUESTION)
    card = await chantal.sees("Yanis")
    assert "CLAS ou PRE ?" in card.labels
    await chantal.writes("Je vous écoute.", reply_to=card)
    await awa.sees("Je vous écoute.")
    await scene.settles()
    assert awa.now(receipt).text == "Chantal vous a répondu."
    assert awa.now(receipt).labels == RECEIPT
    assert (await awa.forges("matter:child", on=receipt)).text == "Ce bouton ne sert plus."
    assert not esmaman.shows("Yanis")


async def test_nobody_is_asked_when_the_same_person_reads_anyway_or_when_it_is_clear(scene: Scene) -> None:
    await scene.staff("Chantal")
    esmaman = await scene.staff("Esmaman")
    marc = await scene.teacher("Marc", "Roux", school="Le Verger", level="CM2")
    await marc.writes(VAGUE)  # Le Verger's bikes are Chantal's, its children all Esmaman's
    assert (await marc.sees("Bien reçu")).labels == RECEIPT
    assert "CLAS ou PRE ? Je ne sais pas." in (await esmaman.sees("Yanis")).text
    await gives(scene, "pre", "Chantal", "Le Verger")
    rose = await scene.teacher("Rose", "Petit", school="Le Verger", level="CM2")
    await rose.writes("Lucas M. ne rend plus ses devoirs, reste-t-il une place au CLAS ?")
    assert (await rose.sees("Bien reçu")).labels == RECEIPT


async def test_never_beside_a_danger(scene: Scene) -> None:
    chantal, _, awa = await stage(scene)
    await awa.writes(VAGUE)
    receipt = await awa.sees(QUESTION)
    await awa.presses("⚠️ Danger ou doute", on=receipt)
    await awa.sees("En danger maintenant")
    await scene.settles()
    assert QUESTION not in awa.now(receipt).text
    assert awa.now(receipt).labels == RECEIPT
    assert (await awa.forges("matter:child", on=receipt)).text == "Ce bouton ne sert plus."
    rose = await scene.teacher("Rose", "Petit")
    await rose.writes("Lina C. est souvent seule à la maison avec son petit frère.")
    assert QUESTION not in (await rose.sees("Bien reçu")).text
    assert chantal.shows("Lina C.")


async def test_a_nursery_class_is_asked_too_and_never_sent_to_the_clas(scene: Scene) -> None:
    await gives(scene, "pre", "Esmaman")
    await gives(scene, "clas", "Farida")
    farida, esmaman = await scene.staff("Farida"), await scene.staff("Esmaman")
    await scene.staff("Chantal")
    ines = await scene.teacher("Inès", "Petit", level="MS")
    await ines.sends_voice()
    await ines.presses("Le travail scolaire", on=await ines.sees(QUESTION))
    card = await esmaman.sees("un vocal")
    assert "Maternelle : pas le CLAS." in card.text
    await scene.settles()
    assert not farida.shows("un vocal")
