"""A territory is not only a label: a message is ready; Chantal reads it, sends it, or writes her own."""

from datetime import timedelta

from tests.cast import Scene
from tests.phones import Bubble, Phone

YANIS = "Absences répétées de Yanis B. depuis un mois, la famille ne répond plus."
HOMEWORK = "Lucas M. ne rend plus ses devoirs, reste-t-il une place au CLAS ?"
DOUBT = "Il est souvent seul à la maison avec son petit frère."


async def written(scene: Scene, words: str = YANIS) -> tuple[Phone, Phone, Bubble]:
    """Chantal, Awa, and the card of what Awa wrote."""
    chantal, awa = await scene.staff("Chantal"), await scene.teacher("Awa", "Diallo")
    await awa.writes(words)
    card = await chantal.sees(words)
    await scene.settles()
    return chantal, awa, card


async def presses(scene: Scene, phone: Phone, *labels: str, on: Bubble) -> None:
    for label in labels:
        await phone.presses(label, on=on)
        await scene.settles()


async def test_the_territory_she_chose_offers_its_message_which_she_reads_and_sends(scene: Scene) -> None:
    chantal, awa, card = await written(scene)
    before = len(awa.received)
    await presses(scene, chantal, "PRE ✓", "PRE", on=card)
    assert chantal.now(card).labels == ("Message prêt : PRE", "‹ Retour")
    await presses(scene, chantal, "Message prêt : PRE", on=card)
    shown = await chantal.sees("Message prêt pour Awa Diallo. Rien n'est parti.")
    assert "fiche de sollicitation et l'accord signé des parents" in shown.text
    assert "Contact : Mme Lenoir, coordinatrice du PRE, 01 99 00 20 20" in shown.text
    assert shown.labels == ("Envoyer", "Pas maintenant")
    assert not shown.protected, "she may copy it and change it"
    assert chantal.now(card).labels == card.labels
    assert len(awa.received) == before, "nothing leaves by itself"

    await presses(scene, chantal, "Envoyer", on=shown)
    got = await awa.sees("Chantal : Merci de nous avoir écrit.")
    assert "Mme Lenoir" in got.text
    assert not got.protected, "whom to call may be passed on"
    assert awa.shows("Chantal vous a répondu.")
    assert chantal.now(shown).text.startswith("Envoyé à Awa Diallo")
    assert chantal.now(shown).reactions == ("👌",)
    assert "Répondu par Chantal." in chantal.now(card).text
    await awa.writes("D'accord, comment remplit-on la fiche ?")
    copy = await chantal.sees("comment remplit-on")
    await chantal.writes("On la remplit ensemble.", reply_to=copy)
    await awa.sees("On la remplit ensemble.")


async def test_she_writes_her_own_words_instead(scene: Scene) -> None:
    chantal, awa, card = await written(scene, HOMEWORK)
    await presses(scene, chantal, "Plus…", "Message prêt", "CLAS", on=card)
    shown = await chantal.sees("Message prêt pour")
    assert "lundi, mardi et jeudi de 16 h 30 à 18 h 30" in shown.text
    await chantal.writes("Oui, il reste une place : passez jeudi.", reply_to=shown)
    await awa.sees("Chantal : Oui, il reste une place : passez jeudi.")
    await scene.settles()
    assert not chantal.shows("Message prêt pour"), "what she did not want no longer offers itself"
    assert not awa.shows("Merci de nous avoir écrit")


async def test_not_now_takes_it_away_and_another_replaces_it(scene: Scene) -> None:
    chantal, awa, card = await written(scene)
    await presses(scene, chantal, "Plus…", "Message prêt", on=card)
    assert chantal.now(card).labels == ("CLAS", "PRE", "Les deux", "École", "‹ Retour")
    await presses(scene, chantal, "‹ Retour", on=card)
    assert chantal.now(card).labels == card.labels
    await presses(scene, chantal, "Plus…", "Message prêt", "École", on=card)
    await chantal.sees("le RASED, la psychologue de l'Éducation nationale (psy-EN), et l'équipe éducative")
    await presses(scene, chantal, "Plus…", "Message prêt", "Les deux", on=card)
    shown = await chantal.sees("On peut commencer par le CLAS")
    assert not chantal.shows("RASED"), "one ready message at a time"
    await presses(scene, chantal, "Pas maintenant", on=shown)
    assert not chantal.shows("Message prêt pour")
    assert not awa.shows("Merci de nous avoir écrit")


async def test_sent_by_mistake_it_is_taken_back(scene: Scene) -> None:
    chantal, awa, card = await written(scene)
    receipt = await awa.sees("Bien reçu")
    await presses(scene, chantal, "Plus…", "Message prêt", "PRE", on=card)
    shown = await chantal.sees("Message prêt pour")
    await presses(scene, chantal, "Envoyer", on=shown)
    await presses(scene, chantal, "Annuler", on=shown)
    assert not awa.shows("Merci de nous avoir écrit")
    assert awa.now(receipt).text == "Chantal s'en occupe."
    await presses(scene, chantal, "Plus…", "Message prêt", "PRE", on=card)
    again = await chantal.sees("Message prêt pour")
    await presses(scene, chantal, "Envoyer", on=again)
    await scene.jumps(scene.clock.now() + timedelta(minutes=10))
    await chantal.writes("/retirer", reply_to=again)
    await scene.settles()
    assert not awa.shows("Merci de nous avoir écrit")
    assert chantal.now(again).text == "Retiré : Awa Diallo ne l'a plus."


async def test_a_town_without_pre_names_its_own_help_and_no_pre(scene: Scene) -> None:
    nadia = await scene.staff("Nadia")
    ines = await scene.teacher("Inès", "Petit", school="Les Peupliers", level="CE2")
    await ines.writes(YANIS)
    card = await nadia.sees("Yanis B.")
    await presses(scene, nadia, "Plus…", "Message prêt", on=card)
    assert nadia.now(card).labels == ("CLAS", "Accompagnement", "CLAS et plus", "École", "‹ Retour")
    await presses(scene, nadia, "Accompagnement", on=card)
    shown = await nadia.sees("Message prêt pour Inès Petit")
    assert "Samira, référente familles, 01 99 00 30 30, ou le CCAS" in shown.text
    assert "PRE" not in shown.text


async def test_a_nursery_child_is_never_offered_the_clas(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    ines = await scene.teacher("Inès", "Petit", level="MS")
    await ines.writes("Tom L. ne parle pas encore, que proposez-vous ?")
    card = await chantal.sees("Tom L.")
    await presses(scene, chantal, "Plus…", "Message prêt", on=card)
    assert chantal.now(card).labels == ("PRE", "École", "‹ Retour")
    await presses(scene, chantal, "PRE", on=card)
    shown = await chantal.sees("Message prêt pour")
    assert "la PMI, 01 99 00 21 21" in shown.text
    assert "Le PRE aussi, dès 2 ans" in shown.text
    assert "CLAS" not in shown.text


async def test_between_pupils_the_schools_protocol_and_3018(scene: Scene) -> None:
    chantal, awa, card = await written(scene, "Lucas M. est harcelé par deux grands dans la cour.")
    await presses(scene, chantal, card.labels[1], "Autre", on=card)
    await presses(scene, chantal, "Message prêt : École", on=card)
    shown = await chantal.sees("protocole de l'école contre le harcèlement")
    assert "3018" in shown.text
    await presses(scene, chantal, "Envoyer", on=shown)
    await awa.sees("3018")


async def test_in_danger_nothing_is_ready_and_what_was_is_taken_away(scene: Scene) -> None:
    chantal, awa, card = await written(scene)
    await presses(scene, chantal, "Plus…", "Message prêt", "PRE", on=card)
    shown = await chantal.sees("Message prêt pour")
    await awa.writes(DOUBT)
    await chantal.sees(DOUBT)
    await scene.settles()
    assert not chantal.shows("Message prêt pour")
    for data in ("ready", "ready:pre", "tag", "tag:pre"):
        answer = await chantal.forges(data, on=card)
        assert answer.text == "Un danger est possible ici : répondez avec vos mots.", data
    await presses(scene, chantal, "Plus…", on=card)
    assert "Message prêt" not in chantal.now(card).labels
    assert not awa.shows("Merci de nous avoir écrit")
    assert shown.id not in {one.id for one in chantal.bubbles}


async def test_it_does_not_stay_with_her_who_gave_the_conversation_away(scene: Scene) -> None:
    chantal, awa, card = await written(scene)
    esmaman = await scene.staff("Esmaman")
    await presses(scene, chantal, "Plus…", "Message prêt", "PRE", on=card)
    await chantal.sees("Message prêt pour")
    await presses(scene, chantal, "Passer la main", "Esmaman", on=card)
    await esmaman.presses("C'est pour moi", on=await esmaman.sees("vous confie"))
    await esmaman.sees("Yanis B.")
    await scene.settles()
    assert not chantal.shows("Message prêt pour")
    assert not awa.shows("Merci de nous avoir écrit")
