"""« Rappelez-moi » (E14): when, where, shown to her who calls, erased when it is done."""

from datetime import datetime

from sqlalchemy import select

from storage.conversations import Conversation
from tests.cast import PARIS, Scene
from tests.phones import Bubble, Phone

YANIS = "Bonjour, Yanis B. ne rend plus ses devoirs, reste-t-il une place au CLAS ?"
WEDNESDAY = datetime(2026, 11, 25, 9, 0, tzinfo=PARIS)
NUMBER = "06 99 12 34 56"


async def asks(scene: Scene, slot: str = "Jeudi à la récréation") -> tuple[Phone, Phone, Bubble]:
    """Awa has written on a Tuesday morning, and asked to be called."""
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(YANIS)
    receipt = await awa.sees("Bien reçu")
    assert receipt.labels == ("Rappelez-moi", "Autre enfant", "Retirer", "⚠️ Danger ou doute")
    await awa.presses("Rappelez-moi", on=receipt)
    await scene.settles()
    assert awa.now(receipt).labels == (
        "Ce midi",
        "Aujourd'hui à 16 h 30",
        "Jeudi à la récréation",
        "Jeudi midi",
        "‹ Retour",
    )
    await awa.presses(slot, on=receipt)
    await awa.sees("À quel numéro")
    await scene.settles()
    return awa, chantal, receipt


async def call_of(scene: Scene) -> tuple[datetime | None, str | None]:
    async with scene.service.store.work(scene.clock.now()) as work:
        found = (await work.session.scalars(select(Conversation))).one()
        return found.call_at, found.call_number


async def test_she_says_when_and_shares_her_number_and_the_caller_has_both(scene: Scene) -> None:
    awa, chantal, receipt = await asks(scene)
    assert awa.now(receipt).text == "Chantal vous appelle jeudi à la récréation."
    assert awa.keyboard == [["Donner mon numéro"]]
    asked = await chantal.sees("demande qu'on l'appelle jeudi à la récréation")
    assert not asked.silent
    await awa.presses("Donner mon numéro")
    kept = await awa.sees("C'est noté")
    assert "jeudi à la récréation" in kept.text
    await scene.settles()
    assert awa.keyboard == []
    card = await chantal.sees("À appeler jeudi à la récréation")
    assert card.labels[0] == "Rappelée"


async def test_a_typed_number_is_her_answer_and_other_words_are_a_message(scene: Scene) -> None:
    awa, chantal, _ = await asks(scene)
    await awa.writes("Sa sœur Lina K. est dans la classe de Mme Roux.")
    await chantal.sees("Lina K.")
    await awa.writes("mon numéro : 06.99.12.34.56")
    await awa.sees(f"au {NUMBER}")
    await scene.settles()
    assert not chantal.shows("mon numéro")
    await chantal.sees(NUMBER)


async def test_the_call_comes_back_ten_minutes_before_and_the_number_is_erased_once_it_is_made(
    scene: Scene,
) -> None:
    awa, chantal, receipt = await asks(scene)
    await awa.writes(NUMBER)
    await awa.sees("C'est noté")
    await scene.jumps(datetime(2026, 11, 26, 10, 4, tzinfo=PARIS))
    assert not chantal.shows("attend votre appel")
    await scene.jumps(datetime(2026, 11, 26, 10, 5, tzinfo=PARIS))
    line = await chantal.sees("Awa Diallo (Les Tilleuls) attend votre appel")
    assert NUMBER in line.text
    assert line.labels == ("Rappelée", "Plus tard", "Je ne peux pas")
    await chantal.presses("Rappelée", on=line)
    await scene.settles()
    assert awa.now(receipt).text == "Chantal vous a répondu."
    assert await call_of(scene) == (None, None)
    assert NUMBER not in (await chantal.sees("Yanis B.")).text


async def test_silence_is_an_answer(scene: Scene) -> None:
    awa, chantal, _ = await asks(scene)
    before = len(awa.received)
    await scene.jumps(datetime(2026, 11, 26, 10, 5, tzinfo=PARIS))
    await chantal.sees("Elle n'a pas laissé de numéro")
    assert len(awa.received) == before


async def test_the_way_back_gives_the_receipt_its_buttons(scene: Scene) -> None:
    await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(YANIS)
    receipt = await awa.sees("Bien reçu")
    await awa.presses("Rappelez-moi", on=receipt)
    await scene.settles()
    await awa.presses("‹ Retour", on=receipt)
    await scene.settles()
    assert awa.now(receipt).labels == ("Rappelez-moi", "Autre enfant", "Retirer", "⚠️ Danger ou doute")
    assert awa.now(receipt).text.startswith("Bien reçu")


async def test_a_call_owed_goes_to_the_cover_with_the_conversation(scene: Scene) -> None:
    awa, chantal, _ = await asks(scene)
    esmaman = await scene.staff("Esmaman")
    await awa.writes(NUMBER)
    await awa.sees("C'est noté")
    await scene.jumps(WEDNESDAY)
    await chantal.writes("/absence")
    await chantal.sees("Quels jours")
    await chantal.presses("Demain")
    await scene.jumps(datetime(2026, 11, 26, 8, 1, tzinfo=PARIS))
    await esmaman.sees("À appeler")
    before = len(chantal.received)
    await scene.jumps(datetime(2026, 11, 26, 10, 5, tzinfo=PARIS))
    line = await esmaman.sees("attend votre appel")
    assert NUMBER in line.text
    assert len(chantal.received) == before


async def test_in_danger_the_number_is_asked_at_once_and_stands_on_the_opened_alert(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes("Yanis B. dit que son père le frappe à la maison tous les soirs.")
    second = await awa.sees("Personne n'a encore confirmé")
    assert second.labels == ("Rappelez-moi", "Ce n'est pas un danger")
    await awa.presses("Rappelez-moi", on=second)
    await awa.sees("À quel numéro")
    await awa.writes(NUMBER)
    kept = await awa.sees(NUMBER)
    assert "119" in kept.text
    await chantal.presses("Lire", on=await chantal.sees("À lire maintenant"))
    await scene.settles()
    assert NUMBER in (await chantal.sees("L'urgence, c'est le 17")).text


async def test_chantal_notes_a_call_in_three_touches_and_it_comes_back_on_time(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    before = len(awa.received)
    await chantal.writes("/appel")
    note = await chantal.sees("Un appel reçu")
    assert note.labels == ("Awa Diallo · CE1", "Quelqu'un d'autre…")
    for label in ("Awa Diallo · CE1", "PRE"):
        await chantal.presses(label, on=note)
        await scene.settles()
    assert chantal.now(note).labels[0].startswith("Rappeler : Ce soir")
    await chantal.presses(chantal.now(note).labels[0], on=note)
    await scene.settles()
    assert "Noté : Awa Diallo (Les Tilleuls) a appelé, PRE." in chantal.now(note).text
    card = await chantal.sees("appel reçu, noté par Chantal")
    assert card.labels[0] == "Rappelée"
    await scene.jumps(datetime(2026, 11, 24, 16, 50, tzinfo=PARIS))
    line = await chantal.sees("attend votre appel")
    await chantal.presses("Rappelée", on=line)
    await scene.settles()
    assert chantal.now(card).labels == ("Clore", "J'attends sa réponse")
    assert len(awa.received) == before


async def test_somebody_who_never_joined_is_noted_by_her_name(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    await chantal.writes("/appel")
    note = await chantal.sees("Un appel reçu")
    await chantal.presses("Quelqu'un d'autre…", on=note)
    await chantal.sees("Écrivez son nom")
    await chantal.writes("Mme Ferrand")
    await chantal.sees("à quel sujet")
    await chantal.presses("CLAS", on=note)
    await scene.settles()
    await chantal.presses("Répondre d'ici jeudi midi", on=note)
    card = await chantal.sees("appel reçu, noté par Chantal")
    assert "Mme Ferrand" in card.text
    assert "Promis d'ici jeudi midi" in card.text


async def test_a_call_that_leaves_nothing_to_do_is_only_noted(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    await scene.teacher("Awa", "Diallo")
    await chantal.writes("/appel")
    note = await chantal.sees("Un appel reçu")
    for label in ("Awa Diallo · CE1", "Autre", "Rien de plus"):
        await chantal.presses(label, on=note)
        await scene.settles()
    assert "Rien de plus à faire" in chantal.now(note).text
    assert not chantal.shows("noté par Chantal")


async def test_where_the_town_has_no_pre_a_call_is_about_something_else(scene: Scene) -> None:
    nadia = await scene.staff("Nadia")
    await scene.teacher("Inès", "Petit", school="Les Peupliers", level="CE2")
    await nadia.writes("/appel")
    note = await nadia.sees("Un appel reçu")
    await nadia.presses("Inès Petit · CE2", on=note)
    await scene.settles()
    asked = nadia.now(note).labels
    assert asked == ("CLAS", "Accompagnement", "CLAS et accompagnement", "Autre", "‹ Retour")
    for label in ("Accompagnement", "Rien de plus"):
        await nadia.presses(label, on=note)
        await scene.settles()
    noted = nadia.now(note).text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Noté : Inès Petit (Les Peupliers) a appelé, accompagnement." in noted
