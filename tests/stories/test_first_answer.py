"""A teacher writes, the référente answers from her phone."""

from datetime import timedelta

from tests.cast import TUESDAY_EVENING, Scene


async def test_an_evening_message_is_received_and_answered_in_the_morning(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await scene.jumps(TUESDAY_EVENING)

    await awa.writes("Bonsoir, Yanis B. ne fait jamais ses devoirs, reste-t-il une place au CLAS pour lui ?")
    receipt = await awa.sees("Bien reçu ce soir")
    assert "Chantal vous répond d'ici jeudi midi" in receipt.text
    card = await chantal.sees("Yanis B.")
    assert card.silent, "her phone does not ring after closing time"
    assert card.protected
    assert card.spoilers, "the words are hidden until touched"
    assert card.labels == ("Je l'appelle", "CLAS ✓", "Passer la main", "Plus…")

    await scene.jumps(TUESDAY_EVENING + timedelta(hours=14))
    mine = await chantal.writes("Bonjour, oui, je vous appelle à midi.", reply_to=card)
    answer = await awa.sees("je vous appelle à midi")
    assert answer.text.startswith("Chantal :")
    await scene.settles()
    assert chantal.now(mine).reactions == ("👌",)
    assert awa.now(receipt).text == "Chantal vous a répondu."
    assert chantal.now(card).labels == ("Clore", "J'attends sa réponse")
