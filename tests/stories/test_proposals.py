"""The proposal on a card: why it is made, what a follow-up adds to it, and no PRE where the town has none."""

from tests.cast import Scene
from tests.phones import Bubble, Phone

LESSONS = "Lucas M. n'apprend plus ses leçons, reste-t-il une place au CLAS ?"
VAGUE = "Bonjour, pouvez-vous me rappeler ?"


async def chantal_and_awa(scene: Scene) -> tuple[Phone, Phone]:
    return await scene.staff("Chantal"), await scene.teacher("Awa", "Diallo")


async def presses(scene: Scene, phone: Phone, *labels: str, on: Bubble) -> None:
    for label in labels:
        await phone.presses(label, on=on)
        await scene.settles()


async def test_she_asks_why_and_reads_the_words_that_weighed(scene: Scene) -> None:
    chantal, awa = await chantal_and_awa(scene)
    await awa.writes(LESSONS)
    card = await chantal.sees(LESSONS)
    await presses(scene, chantal, "CLAS ✓", on=card)
    answer = await chantal.presses("Pourquoi ?", on=card)
    assert not answer.text, "no toast carries words of hers"
    await scene.settles()
    asked = chantal.now(card)
    assert "Ont pesé vers CLAS : " in asked.text
    assert "leçons" in asked.text.partition("Ont pesé vers CLAS : ")[2]
    await presses(scene, chantal, "‹ Retour", on=card)
    assert "Ont pesé" not in chantal.now(card).text
    await presses(scene, chantal, "CLAS ✓", "CLAS", "‹ Retour", "CLAS ✓", on=card)
    answer = await chantal.presses("Pourquoi ?", on=card)
    assert answer.text == "C'est ce que l'école ou l'équipe a dit."


async def test_in_a_town_without_pre_no_card_names_one(scene: Scene) -> None:
    nadia = await scene.staff("Nadia")
    ines = await scene.teacher("Inès", "Petit", school="Les Peupliers", level="CE2")
    await ines.writes("Absences répétées de Yanis B. depuis un mois, la famille ne répond plus.")
    card = await nadia.sees("Yanis B.")
    assert "Plutôt accompagnement : parle d'absences répétées." in card.text
    assert card.labels[1] == "Accompagnement ✓"
    await presses(scene, nadia, "Accompagnement ✓", on=card)
    assert nadia.now(card).labels[:2] == ("CLAS", "Accompagnement")
    await presses(scene, nadia, "Accompagnement", "‹ Retour", on=card)
    assert "Accompagnement, vu avec vous." in nadia.now(card).text
    rose = await scene.teacher("Rose", "Petit", school="Les Peupliers", level="CE2")
    await rose.writes("Que faire pour Lina C. ?")
    unsure = await nadia.sees("Lina C.")
    assert "CLAS ou accompagnement ? Je ne sais pas." in unsure.text
    assert "CLAS ou accompagnement ?" in unsure.labels
    for one in nadia.bubbles:
        assert "PRE ?" not in one.text + " ".join(one.labels)


async def test_what_she_adds_is_read_with_what_she_said(scene: Scene) -> None:
    chantal, awa = await chantal_and_awa(scene)
    await awa.writes(VAGUE)
    card = await chantal.sees(VAGUE)
    assert "CLAS ou PRE ? Je ne sais pas." in card.text
    await awa.writes(LESSONS)
    await scene.settles()
    assert "Plutôt CLAS" in chantal.now(card).text
    await awa.writes("Merci à toute l'équipe, le jardin était très beau.")
    await scene.settles()
    assert "Plutôt CLAS" in chantal.now(card).text
    await awa.writes("Et ses absences se répètent depuis un mois, la famille ne répond plus.")
    await scene.settles()
    assert "Plutôt CLAS et PRE : parle du travail scolaire et de la situation" in chantal.now(card).text
    await presses(scene, chantal, "CLAS et PRE ✓", "CLAS", "‹ Retour", on=card)
    await awa.writes("Il a encore manqué trois jours, sans nouvelles de la famille.")
    await scene.settles()
    assert "CLAS, vu avec vous." in chantal.now(card).text


async def test_mended_it_is_read_again(scene: Scene) -> None:
    chantal, awa = await chantal_and_awa(scene)
    hers = await awa.writes(VAGUE)
    card = await chantal.sees(VAGUE)
    await awa.edits(hers, LESSONS)
    await scene.settles()
    assert "Plutôt CLAS" in chantal.now(card).text
