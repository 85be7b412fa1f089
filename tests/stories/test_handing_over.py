"""A conversation goes from hand to hand, and the teacher repeats nothing."""

from tests.cast import Scene
from tests.phones import Bubble, Phone

YANIS = "Bonjour, Yanis B. ne rend plus ses devoirs, reste-t-il une place au CLAS ?"


async def stage(scene: Scene) -> tuple[Phone, Phone, Phone, Bubble]:
    """Chantal, Esmaman, Awa, and Chantal's card."""
    chantal, esmaman = await scene.staff("Chantal"), await scene.staff("Esmaman")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(YANIS)
    card = await chantal.sees("Yanis B.")
    await scene.settles()
    return chantal, esmaman, awa, card


async def gives(chantal: Phone, card: Bubble, to: str) -> None:
    await chantal.presses("Passer la main", on=card)
    answer = await chantal.presses(to, on=card)
    assert answer.text == f"Proposé à {to}."


async def test_proposed_then_accepted(scene: Scene) -> None:
    chantal, esmaman, awa, card = await stage(scene)
    await awa.sends_voice()
    await scene.settles()
    await gives(chantal, card, "Esmaman")
    proposed = await esmaman.sees("Chantal vous confie Awa Diallo (Les Tilleuls).")
    assert "Promis d'ici jeudi midi." in proposed.text
    await scene.settles()
    assert not esmaman.shows("Yanis"), "nothing opens before she accepts"
    assert "Yanis B." in chantal.now(card).text
    await esmaman.presses("C'est pour moi", on=proposed)
    hers = await esmaman.sees("Yanis B.")
    await awa.sees("Esmaman prend la suite de Chantal. Elle a vos messages, rien à répéter.")
    await chantal.sees("Esmaman l'a : Awa Diallo.")
    await scene.settles()
    assert esmaman.received[-1].kind == "voice"
    assert not chantal.shows("Yanis")
    assert not any(one.kind == "voice" for one in chantal.received)
    assert chantal.now(card).labels == ()
    await esmaman.writes("Bonjour, je m'en charge.", reply_to=hers)
    assert (await awa.sees("je m'en charge")).text == "Esmaman : Bonjour, je m'en charge."


async def test_declined_it_stays_where_it_was(scene: Scene) -> None:
    chantal, esmaman, awa, card = await stage(scene)
    await gives(chantal, card, "Esmaman")
    proposed = await esmaman.sees("Chantal vous confie")
    await esmaman.presses("Je ne peux pas", on=proposed)
    await chantal.sees("Esmaman ne peut pas. Awa Diallo reste chez vous.")
    await scene.settles()
    assert not esmaman.shows("vous confie")
    assert not awa.shows("prend la suite")
    await chantal.writes("Oui.", reply_to=card)
    await awa.sees("Chantal : Oui.")


async def test_two_accept_at_once_and_the_second_is_told_who_has_it(scene: Scene) -> None:
    chantal, esmaman, awa, card = await stage(scene)
    farida = await scene.staff("Farida")
    await gives(chantal, card, "Esmaman")
    await gives(chantal, card, "Farida")
    first, second = await esmaman.sees("vous confie"), await farida.sees("vous confie")
    await esmaman.taps("C'est pour moi", on=first)
    late = await farida.presses("C'est pour moi", on=second)
    assert late.text == "Esmaman s'en occupe déjà."
    await scene.settles()
    assert not farida.shows("Yanis")
    assert sum("prend la suite" in one.text for one in awa.received) == 1


async def test_an_old_card_only_says_who_has_it(scene: Scene) -> None:
    chantal, esmaman, _, card = await stage(scene)
    await gives(chantal, card, "Esmaman")
    await esmaman.presses("C'est pour moi", on=await esmaman.sees("vous confie"))
    await esmaman.sees("Yanis B.")
    await scene.settles()
    for data in ("call", "tag:pre", "close", "give", "take", "split", "more", "back", "wait"):
        assert (await chantal.forges(data, on=card)).text == "Esmaman s'en occupe déjà.", data
    await scene.settles()
    assert not chantal.shows("Yanis")


async def test_the_way_back_from_the_grid_changes_nothing(scene: Scene) -> None:
    chantal, _, _, card = await stage(scene)
    await chantal.presses("Passer la main", on=card)
    await chantal.presses("‹ Retour", on=card)
    await scene.settles()
    assert chantal.now(card).labels == card.labels


async def test_one_tap_corrects_the_proposal(scene: Scene) -> None:
    chantal, _, _, card = await stage(scene)
    await chantal.presses(card.labels[1], on=card)
    await chantal.presses("PRE", on=card)
    await scene.settles()
    assert "PRE, vu avec vous." in chantal.now(card).text
    await chantal.presses("‹ Retour", on=card)
    await scene.settles()
    assert chantal.now(card).labels[1] == "PRE ✓"
