"""A receipt is true by day, in the evening, at the week-end, on a closed day, and when Chantal is away."""

from datetime import date, datetime

import pytest

from storage import people
from storage.absences import Absence
from tests.cast import PARIS, Scene
from tests.phones import Phone

YANIS = "Bonjour, Yanis B. ne rend plus ses devoirs, reste-t-il une place au CLAS ?"
BUTTONS = ("Autre enfant", "Retirer", "⚠️ Danger ou doute")


async def writes_at(
    scene: Scene, awa: Phone, year: int, month: int, day: int, hour: int, minute: int = 0
) -> str:
    await scene.jumps(datetime(year, month, day, hour, minute, tzinfo=PARIS))
    await awa.writes(YANIS)
    await scene.settles()
    return awa.received[-1].text


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ((2026, 11, 24, 10, 10), "Bien reçu. Chantal vous répond d'ici jeudi midi."),
        (
            (2026, 11, 24, 12, 30),
            "Bien reçu ce midi, 12 h 30. Le centre rouvre aujourd'hui à 14 h ; "
            "Chantal vous répond d'ici jeudi midi.",
        ),
        (
            (2026, 11, 24, 21, 40),
            "Bien reçu ce soir, 21 h 40. Le centre rouvre demain à 9 h ; "
            "Chantal vous répond d'ici jeudi midi.",
        ),
        (
            (2026, 11, 28, 10, 0),
            "Bien reçu ce matin, 10 h. Le centre rouvre lundi 30 novembre à 9 h ; "
            "Chantal vous répond d'ici mardi 1er décembre.",
        ),
        (
            (2026, 12, 26, 15, 0),
            "Bien reçu et gardé. Le centre est fermé : il rouvre lundi 4 janvier, 9 h.\n"
            "Chantal vous répond d'ici mardi 5 janvier.\n"
            "Si un enfant est en danger d'ici là : 17 ou 112. Un doute : 119, jour et nuit.",
        ),
    ],
    ids=["by day", "at midday", "in the evening", "on a Saturday", "when the centre is closed"],
)
async def test_a_receipt_says_who_answers_and_when(scene: Scene, moment: tuple[int, ...], said: str) -> None:
    await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    assert await writes_at(scene, awa, *moment) == said
    assert awa.received[-1].silent


async def test_in_the_holidays_her_cover_reads_and_she_may_wait_for_chantal(scene: Scene) -> None:
    chantal, esmaman = await scene.staff("Chantal"), await scene.staff("Esmaman")
    awa = await scene.teacher("Awa", "Diallo")
    async with scene.service.store.work(scene.clock.now()) as work:
        person = await people.staff_named(work.session, "Chantal")
        assert person is not None
        for first, last in ((date(2026, 12, 19), date(2026, 12, 24)), (date(2026, 12, 25), date(2027, 1, 3))):
            work.add(Absence(person_id=person.id, first=first, last=last, declared_by_id=person.id))
    said = await writes_at(scene, awa, 2026, 12, 19, 11, 0)
    assert said == (
        "Bien reçu, samedi 19 décembre. Chantal est absente jusqu'au dimanche 3 janvier.\n"
        "Esmaman lit à sa place et vous répond d'ici mardi 22 décembre."
    )
    receipt = awa.received[-1]
    assert "Attendre Chantal" in receipt.labels
    card = await esmaman.sees("Yanis B.")
    assert "À la place de Chantal." in card.text

    await awa.presses("Attendre Chantal", on=receipt)
    await scene.settles()
    assert (
        awa.now(receipt).text == "Entendu. Chantal vous répond d'ici mardi 5 janvier. Votre message l'attend."
    )
    hers = await chantal.sees("Yanis B.")
    assert hers.silent, "her phone does not ring while she is away"
    assert not esmaman.shows("Yanis")
    await awa.writes("C'est pour la rentrée.")
    await scene.settles()
    assert chantal.shows("C'est pour la rentrée")
    assert not esmaman.shows("C'est pour la rentrée"), "she chose to wait"
    await awa.writes("Il a des marques de ceinture, il dit que son père le frappe.")
    await esmaman.sees("marques de ceinture")


async def test_no_receipt_has_more_than_four_buttons(scene: Scene) -> None:
    await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(YANIS)
    receipt = await awa.sees("Bien reçu")
    assert len(receipt.labels) <= 4
    assert set(BUTTONS) <= set(receipt.labels)


async def test_an_absence_that_begins_passes_on_what_waits_and_the_receipt_follows(scene: Scene) -> None:
    chantal, esmaman = await scene.staff("Chantal"), await scene.staff("Esmaman")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(YANIS)
    await chantal.sees("Yanis B.")
    await chantal.writes("/absence")
    await chantal.presses("Aujourd'hui", on=await chantal.sees("Quels jours"))
    await esmaman.sees("Yanis B.")
    told = await awa.sees("Esmaman prend la suite de Chantal. Elle a vos messages, rien à répéter.")
    assert "Elle vous répond d'ici jeudi midi." in told.text
    await scene.settles()
    assert not chantal.shows("Yanis")


async def test_a_closed_conversation_still_rings_at_her_touch(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes("Bonjour, Yanis B. peut-il venir au CLAS ?")
    card = await chantal.sees("Yanis B.")
    await chantal.writes("Oui, lundi.", reply_to=card)
    await chantal.presses("Clore", on=card)
    receipt = await awa.sees("Clos. Écrivez ici pour reprendre.")
    assert receipt.labels == ("⚠️ Danger ou doute",)
    await awa.presses("⚠️ Danger ou doute", on=receipt)
    await awa.presses("Prévenir le centre maintenant")
    await scene.at(scene.clock.now())
    await scene.service.scheduler.tick()
    await chantal.sees("⚠️ Message grave")
    await chantal.presses("Lire")
    opened = await chantal.sees("L'urgence, c'est")
    await chantal.presses("Je m'en occupe", on=opened)
    await awa.sees("Chantal s'en occupe")
    await chantal.writes("Je vous appelle.", reply_to=opened)
    await awa.sees("Chantal : Je vous appelle.")
