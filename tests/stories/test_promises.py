"""A promise is kept or nobody makes it (E10): who is asked, when, and what the teacher reads."""

from datetime import datetime, timedelta

from tests.cast import PARIS, TUESDAY_MORNING, Scene
from tests.phones import Bubble, Phone

YANIS = "Bonjour, Yanis B. ne rend plus ses devoirs, reste-t-il une place au CLAS ?"
BEFORE_HALF = datetime(2026, 11, 25, 11, 30, tzinfo=PARIS)
HALF = datetime(2026, 11, 25, 11, 33, tzinfo=PARIS)
THREE_QUARTERS = datetime(2026, 11, 25, 16, 20, tzinfo=PARIS)
PROMISED = datetime(2026, 11, 26, 12, 0, tzinfo=PARIS)


async def asked(scene: Scene, *team: str) -> tuple[Phone, Bubble, list[Phone]]:
    """Awa has written on Tuesday at 10:05, and Chantal answers by Thursday midday."""
    phones = [await scene.staff(one) for one in ("Chantal", *team)]
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(YANIS)
    receipt = await awa.sees("Chantal vous répond d'ici jeudi midi")
    await phones[0].sees("Yanis B.")
    await scene.settles()
    return awa, receipt, phones


async def test_at_half_of_the_delay_chantal_hears_one_line_under_the_card(scene: Scene) -> None:
    _, _, [chantal] = await asked(scene)
    await scene.jumps(BEFORE_HALF)
    assert not chantal.shows("attend.")
    rang = len(chantal.rang)
    await scene.jumps(HALF)
    line = await chantal.sees("Awa Diallo (Les Tilleuls) attend. Promis d'ici demain midi.")
    assert line.labels == ("Je l'appelle", "Plus tard", "Je ne peux pas")
    assert len(chantal.rang) == rang + 1
    await chantal.presses("Je l'appelle", on=line)
    await scene.settles()
    assert chantal.now(line).labels == ()


async def test_nobody_is_asked_any_more_once_she_has_answered(scene: Scene) -> None:
    awa, _, [chantal, esmaman] = await asked(scene, "Esmaman")
    await chantal.writes("Oui, une place mardi.", reply_to=await chantal.sees("Yanis B."))
    await awa.sees("une place mardi")
    seen = len(chantal.received), len(esmaman.received), len(awa.received)
    for moment in (HALF, THREE_QUARTERS, PROMISED):
        await scene.jumps(moment)
    assert (len(chantal.received), len(esmaman.received), len(awa.received)) == seen


async def test_at_three_quarters_the_cover_is_asked_and_chantal_keeps_hers(scene: Scene) -> None:
    awa, receipt, [chantal, esmaman] = await asked(scene, "Esmaman")
    await scene.jumps(HALF)
    await scene.jumps(THREE_QUARTERS)
    offer = await esmaman.sees("À la place de Chantal")
    assert "Yanis B." in offer.text
    assert offer.labels == ("Je m'en occupe", "Je ne peux pas", "Chantal est absente")
    card = await chantal.sees("Yanis B.")
    await chantal.writes("Oui, une place mardi.", reply_to=card)
    await awa.sees("une place mardi")
    await scene.settles()
    settled = esmaman.now(offer)
    assert settled.text == "Chantal a répondu à Awa Diallo."
    assert settled.labels == ()
    assert awa.now(receipt).text == "Chantal vous a répondu."


async def test_whoever_answers_first_has_it_and_the_other_is_told(scene: Scene) -> None:
    awa, _, [chantal, esmaman] = await asked(scene, "Esmaman")
    await scene.jumps(HALF)
    line = await chantal.sees("attend.")
    await scene.jumps(THREE_QUARTERS)
    await esmaman.writes("Bonjour, oui, mardi.", reply_to=await esmaman.sees("À la place de Chantal"))
    answer = await awa.sees("oui, mardi")
    assert answer.text.startswith("Esmaman")
    await awa.sees("Esmaman prend la suite de Chantal")
    await scene.settles()
    assert chantal.now(line).text == "Awa Diallo : Esmaman s'en occupe."
    assert chantal.shows("Awa Diallo : Esmaman a pris la suite.")
    assert not chantal.shows("Yanis B.")


async def test_a_promise_that_passes_is_said_once_without_another_date(scene: Scene) -> None:
    awa, receipt, [chantal, esmaman] = await asked(scene, "Esmaman")
    await scene.jumps(HALF)
    await scene.jumps(THREE_QUARTERS)
    before = len(awa.received)
    await scene.jumps(PROMISED)
    said = await awa.sees("Vous attendez encore, et nous le savons")
    assert "01 99 00 12 34" in said.text
    await chantal.sees("le moment promis est passé")
    await scene.jumps(PROMISED + timedelta(days=8))
    assert len(awa.received) == before + 1
    assert "jeudi midi" in awa.now(receipt).text
    assert esmaman.shows("À la place de Chantal")


async def test_she_cannot_so_the_next_one_is_asked_and_at_the_end_farida_without_the_words(
    scene: Scene,
) -> None:
    awa, _, [chantal, esmaman, farida] = await asked(scene, "Esmaman", "Farida")
    await scene.jumps(HALF)
    line = await chantal.sees("attend.")
    said = await chantal.presses("Je ne peux pas", on=line)
    assert said.text == "Proposé à Esmaman."
    await scene.settles()
    assert "reste chez vous tant qu'elle n'a pas dit oui" in chantal.now(line).text
    await esmaman.sees("À la place de Chantal")
    await esmaman.presses("Je ne peux pas")
    offer = await farida.sees("Le contenu s'ouvre si vous le prenez")
    assert not farida.shows("Yanis B.")
    await farida.presses("Je m'en occupe", on=offer)
    await farida.sees("Yanis B.")
    await awa.sees("Farida prend la suite de Chantal")
    await scene.settles()
    assert not chantal.shows("Yanis B.")


async def test_when_everybody_declines_it_stays_where_it_is(scene: Scene) -> None:
    _, _, [chantal, esmaman] = await asked(scene, "Esmaman")
    await scene.jumps(HALF)
    await chantal.presses("Je ne peux pas", on=await chantal.sees("attend."))
    offer = await esmaman.sees("À la place de Chantal")
    await esmaman.presses("Je ne peux pas", on=offer)
    await chantal.sees("Esmaman ne peut pas non plus. Awa Diallo reste chez vous.")
    await scene.settles()
    assert esmaman.now(offer).labels == ()
    assert chantal.shows("Yanis B.")


async def test_later_brings_it_back_on_time_and_says_when_it_is_after_the_promise(scene: Scene) -> None:
    _, _, [chantal] = await asked(scene)
    card = await chantal.sees("Yanis B.")
    await chantal.presses("Plus…", on=card)
    await scene.settles()
    await chantal.presses("Plus tard", on=card)
    await scene.settles()
    labels = chantal.now(card).labels
    assert [one.partition(",")[0] for one in labels] == ["Ce soir", "Demain", "Jeudi", "Lundi", "‹ Retour"]
    late = await chantal.presses(chantal.now(card).labels[3], on=card)
    assert late.text is not None
    assert "après la promesse" in late.text
    await scene.settles()
    for label in ("Plus…", "Plus tard"):
        await chantal.presses(label, on=card)
        await scene.settles()
    await chantal.presses(chantal.now(card).labels[0], on=card)
    await scene.jumps(datetime(2026, 11, 24, 17, 0, tzinfo=PARIS))
    line = await chantal.sees("Vous vouliez revoir Awa Diallo (Les Tilleuls) maintenant.")
    assert line.labels == ("Je l'appelle", "Plus tard", "Je ne peux pas")


async def test_a_call_said_to_be_made_ends_the_promise(scene: Scene) -> None:
    awa, receipt, [chantal] = await asked(scene)
    await chantal.presses("Je l'appelle", on=await chantal.sees("Yanis B."))
    await scene.jumps(HALF)
    line = await chantal.sees("Awa Diallo (Les Tilleuls) : vous vous en occupez.")
    assert line.labels[0] == "C'est fait"
    await chantal.presses("C'est fait", on=line)
    await scene.settles()
    assert awa.now(receipt).text == "Chantal vous a répondu."
    before = len(awa.received)
    await scene.jumps(PROMISED)
    assert len(awa.received) == before


async def test_the_cover_says_in_two_touches_that_chantal_is_absent(scene: Scene) -> None:
    awa, _, [chantal, esmaman] = await asked(scene, "Esmaman")
    await scene.jumps(HALF)
    await scene.jumps(THREE_QUARTERS)
    offer = await esmaman.sees("À la place de Chantal")
    await esmaman.presses("Chantal est absente", on=offer)
    await scene.settles()
    await esmaman.presses("Cette semaine", on=offer)
    await esmaman.sees("absence notée")
    await awa.sees("Esmaman prend la suite de Chantal")
    await scene.settles()
    assert not chantal.shows("Yanis B.")
    assert esmaman.shows("Yanis B.")


async def test_an_absent_reader_is_not_nudged_the_cover_is(scene: Scene) -> None:
    _, _, [chantal, esmaman] = await asked(scene, "Esmaman")
    await chantal.writes("/absence")
    await chantal.sees("Quels jours")
    await chantal.presses("Demain")
    await scene.jumps(TUESDAY_MORNING.replace(day=25, hour=8, minute=5))
    await esmaman.sees("Yanis B.")
    before = len(chantal.received)
    await scene.jumps(HALF)
    await esmaman.sees("attend.")
    assert len(chantal.received) == before
