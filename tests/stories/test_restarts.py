"""A service that stops anywhere, and a Telegram that tells twice: nothing lost, nothing decided twice."""

import json
from collections.abc import Awaitable
from typing import Any

from bot.invitations import invite_teacher
from tests.cast import Scene
from tests.phones import Phone

YANIS = "Bonjour, Yanis B. ne rend plus ses devoirs, reste-t-il une place au CLAS ?"
GRAVE = "Yanis B. a des marques de ceinture, il dit que son père le frappe."


async def and_again(scene: Scene, act: Awaitable[Any]) -> Any:
    """Somebody does something, and Telegram tells it three times under the same number, as it may."""
    done = await act
    told = [json.loads(update.body) for update in scene.api.world.updates.pending]
    assert told
    await scene.settles()
    for _ in range(2):
        await scene.service.intake.keep(told)
        await scene.settles()
    return done


async def test_each_step_of_a_conversation_survives_a_restart(scene: Scene) -> None:
    chantal, awa = await scene.staff("Chantal"), await scene.teacher("Awa", "Diallo")
    await scene.restarts()
    await awa.writes(YANIS)
    card = await chantal.sees("Yanis B.")
    await scene.restarts()
    await chantal.presses(card.labels[1], on=card)
    await scene.restarts()
    await chantal.presses("PRE", on=card)
    await scene.restarts()
    await chantal.writes("Oui, il reste une place.")
    await chantal.sees("À qui envoyer")
    await scene.restarts()
    await chantal.presses("Awa Diallo · CE1 · mardi")
    await awa.sees("il reste une place")
    await scene.restarts()
    await chantal.presses("Annuler")
    await chantal.sees("Retiré : Awa Diallo ne l'a plus.")
    await scene.restarts()
    await chantal.writes("Oui, il en reste deux.", reply_to=card)
    await awa.sees("il en reste deux")
    await scene.settles()
    assert not awa.shows("il reste une place")
    assert "PRE" in chantal.now(card).text
    assert sum("Promis" in one.text or "Répondu" in one.text for one in chantal.received) == 1


async def test_what_was_written_while_the_service_was_down_arrives_in_order(scene: Scene) -> None:
    chantal, awa = await scene.staff("Chantal"), await scene.teacher("Awa", "Diallo")
    await scene.settles()
    await scene.service.stop()
    for number in range(1, 9):
        await awa.writes(f"Point {number} : il manque le cahier de liaison.")
    scene.service = scene.make_service()
    await scene.service.start()
    await scene.settles()
    shown = "\n".join(one.text for one in chantal.received)
    places = [shown.index(f"Point {number} :") for number in range(1, 9)]
    assert places == sorted(places)
    assert sum("Bien reçu" in one.text for one in awa.received) == 1


async def test_telegram_refusing_for_a_while_delays_and_loses_nothing(scene: Scene) -> None:
    chantal, awa = await scene.staff("Chantal"), await scene.teacher("Awa", "Diallo")
    await scene.settles()
    scene.api.faults.add("server_error", times=6, methods=frozenset({"sendMessage"}))
    await awa.writes(YANIS)
    await scene.settles_later()
    await chantal.sees("Yanis B.")
    await awa.sees("Bien reçu")
    await scene.settles()
    assert sum("Yanis B." in one.text for one in chantal.received) == 1


async def test_what_telegram_tells_three_times_happens_once(scene: Scene) -> None:
    chantal, awa = await scene.staff("Chantal"), await scene.teacher("Awa", "Diallo")
    await and_again(scene, awa.writes(YANIS))
    card = await chantal.sees("Yanis B.")
    assert sum("Bien reçu" in one.text for one in awa.received) == 1
    assert sum("Yanis B." in one.text for one in chantal.received) == 1
    await and_again(scene, chantal.taps("Je l'appelle", on=card))
    await and_again(scene, chantal.writes("Oui, il reste une place.", reply_to=card))
    assert sum("il reste une place" in one.text for one in awa.received) == 1
    await and_again(scene, awa.sends_photo("le cahier"))
    assert sum(one.kind == "photo" for one in chantal.received) == 1
    before = [len(phone.received) for phone in (chantal, awa)]
    await and_again(scene, awa.edits(awa.bubbles[-1], "le classeur"))
    assert [len(phone.received) for phone in (chantal, awa)] == before


async def test_a_danger_told_three_times_rings_once(scene: Scene) -> None:
    chantal, awa = await scene.staff("Chantal"), await scene.teacher("Awa", "Diallo")
    await and_again(scene, awa.writes(GRAVE))
    await scene.service.scheduler.tick()
    await scene.settles()
    assert sum("En danger maintenant" in one.text for one in awa.received) == 1
    assert sum("J'appelle Chantal" in one.text for one in awa.received) == 1
    assert sum("Message grave" in one.text for one in chantal.rang) == 1


async def test_bubbles_are_counted_one_in_at_most_one_out(scene: Scene) -> None:
    chantal, awa = await scene.staff("Chantal"), await scene.teacher("Awa", "Diallo")

    async def out(phone: Phone, act: Awaitable[Any]) -> list[str]:
        known = {one.id for one in phone.received}
        await act
        await scene.settles()
        return [one.text for one in phone.received if one.id not in known]

    assert len(await out(awa, awa.writes("Bonjour, Yanis Benali ne rend plus ses devoirs."))) == 1
    card = await chantal.sees("Yanis Benali")
    for words in ("Il est libre le lundi.", "Il aime le dessin.", "Sa maman travaille le soir."):
        assert await out(awa, awa.writes(words)) == []
    assert await out(chantal, chantal.writes("Oui, je l'inscris.", reply_to=card)) == []
    assert await out(awa, awa.writes("Merci beaucoup !")) == []
    assert await out(awa, awa.sends_sticker("👍")) == []
    assert len(await out(awa, awa.writes("Par contre, quel jour commence-t-il ?"))) <= 1
    assert len(await out(chantal, chantal.writes("Lundi."))) == 1, "« À qui ? », one question"
    assert await out(chantal, chantal.presses("Awa Diallo · CE1 · mardi")) == []
    assert await out(chantal, chantal.presses("Clore", on=card)) == []


async def test_after_a_silent_week_telegram_counts_from_anywhere_and_nothing_is_missed(scene: Scene) -> None:
    chantal, awa = await scene.staff("Chantal"), await scene.teacher("Awa", "Diallo")
    for count_from in (1_000, 900_000_000, 40):
        scene.api.world.updates.next_id = count_from
        said = [await awa.writes(f"Il manque le cahier numéro {count_from + one}.") for one in range(3)]
        await scene.settles()
        assert all(chantal.shows(one.text) for one in said)
        await scene.restarts()
    assert not scene.api.world.updates.pending


async def test_people_come_and_go_within_one_batch_of_updates(scene: Scene) -> None:
    """What a batch asks ahead (storage/ahead.py) is asked again once an update of it has changed it."""
    chantal, esmaman = await scene.staff("Chantal"), await scene.staff("Esmaman")
    awa, marc = await scene.teacher("Awa", "Diallo"), await scene.teacher("Marc", "Roux", level="CM2")
    ines = Phone(scene.api, first_name="Inès", last_name="Petit")
    async with scene.service.store.work(scene.clock.now()) as work:
        code = await invite_teacher(work, "Les Tilleuls")
    await chantal.writes("/absence")
    await chantal.sees("Quels jours")
    await marc.writes("/quitter")
    await marc.sees("Vous quittez Passerelle")
    await scene.settles()
    await scene.service.stop()

    await ines.opens()
    await ines.opens(code)
    await ines.writes("Léo P. ne rend plus ses devoirs.")
    await chantal.taps("Aujourd'hui")
    await awa.writes(YANIS)
    await marc.taps("Oui, je quitte")
    await marc.writes("Encore un mot : Noé R. a oublié son sac.")

    scene.service = scene.make_service()
    await scene.service.start()
    await esmaman.sees("Yanis B.")
    await esmaman.sees("Léo P.")
    await scene.settles()
    assert not chantal.shows("Yanis B."), "she was away before it was read"
    assert ines.shows("Personne n'a lu votre message"), "she had no code yet"
    assert sum("Bien reçu" in one.text for one in ines.received) == 1, "and then she had"
    assert marc.shows("Personne n'a lu votre message"), "he had left"
    assert not esmaman.shows("Noé R.")
