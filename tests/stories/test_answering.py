"""Chantal answers by replying to whatever stands in the conversation; the rest is never guessed."""

from datetime import datetime, timedelta

from tests.cast import PARIS, YANIS, Scene

LUCAS = "Bonjour, Lucas M. ne fait plus ses devoirs, une place au CLAS ?"


async def test_she_replies_to_the_card_a_copy_a_reply_or_her_own_words(scene: Scene) -> None:
    chantal, awa, card = await scene.talking()
    one = await chantal.writes("Un.", reply_to=card)
    got = await awa.sees("Un.")
    assert got.text == "Chantal : Un."
    await awa.writes("Et le jeudi, est-ce possible aussi ?")
    copy = await chantal.sees("Et le jeudi")
    await chantal.writes("Deux.", reply_to=copy)
    await awa.sees("Deux.")
    await chantal.writes("Trois.", reply_to=one)
    await awa.sees("Trois.")
    await awa.writes("Donc jeudi, à quelle heure ?", reply_to=got)
    await chantal.writes("Quatre.", reply_to=await chantal.sees("à quelle heure"))
    await awa.sees("Quatre.")
    await scene.settles()
    assert not chantal.shows("À qui")


async def test_parti_is_a_reaction_on_her_own_message(scene: Scene) -> None:
    chantal, awa, card = await scene.talking()
    before = len(chantal.received)
    mine = await chantal.writes("Oui, il reste une place.", reply_to=card)
    await awa.sees("il reste une place")
    await scene.settles()
    assert chantal.now(mine).reactions == ("👌",)
    assert len(chantal.received) == before, "one bubble in, none out"


async def test_her_edit_is_mirrored(scene: Scene) -> None:
    chantal, awa, card = await scene.talking()
    mine = await chantal.writes("Rendez-vous jeudi.", reply_to=card)
    got = await awa.sees("Rendez-vous jeudi")
    await chantal.edits(mine, "Rendez-vous vendredi.")
    await scene.settles()
    assert awa.now(got).text == "Chantal : Rendez-vous vendredi. (modifié)"


async def test_one_open_thread_is_asked_all_the_same(scene: Scene) -> None:
    chantal, awa, _ = await scene.talking()
    before = len(awa.received)
    await chantal.writes("Je passe demain.")
    asked = await chantal.sees("Rien n'est parti. À qui envoyer ce message ?")
    assert asked.labels == ("Awa Diallo · CE1 · mardi", "À personne")
    await scene.settles()
    assert len(awa.received) == before
    await chantal.presses("Awa Diallo · CE1 · mardi")
    await awa.sees("Je passe demain.")
    await scene.settles()
    assert chantal.now(asked).text == "Envoyé à Awa Diallo."
    assert chantal.now(asked).labels == ("Annuler",)


async def test_with_several_threads_the_others_are_behind_a_button(scene: Scene) -> None:
    chantal, awa, _ = await scene.talking()
    others = [await scene.teacher(name, "Petit", level="CP") for name in ("Inès", "Rose", "Zoé")]
    for one in others:
        await one.writes(LUCAS)
        await scene.settles()
    await chantal.writes("Je passe demain.")
    asked = await chantal.sees("À qui envoyer")
    assert asked.labels[-2:] == ("Un autre fil…", "À personne")
    assert "Awa Diallo · CE1 · mardi" not in asked.labels
    await chantal.presses("Un autre fil…", on=asked)
    await scene.settles()
    assert len(chantal.now(asked).labels) == 5
    await chantal.presses("Awa Diallo · CE1 · mardi", on=asked)
    await awa.sees("Je passe demain.")
    await scene.settles()
    assert not any(one.shows("Je passe demain") for one in others)


async def test_to_nobody_sends_nothing(scene: Scene) -> None:
    chantal, awa, _ = await scene.talking()
    await chantal.writes("Note pour moi.")
    await chantal.sees("À qui envoyer")
    await chantal.presses("À personne")
    await chantal.sees("Rien n'est parti.")
    await scene.settles()
    assert not awa.shows("Note pour moi")


async def test_several_bubbles_leave_together(scene: Scene) -> None:
    chantal, awa, _ = await scene.talking()
    await chantal.writes("Bonjour,")
    await chantal.writes("je passe demain.")
    await scene.settles()
    assert sum("À qui envoyer" in one.text for one in chantal.received) == 1
    await chantal.presses("Awa Diallo · CE1 · mardi")
    await awa.sees("je passe demain.")
    assert [one.text for one in awa.received[-2:]] == ["Chantal : Bonjour,", "Chantal : je passe demain."]


async def test_words_mended_while_they_wait_leave_mended(scene: Scene) -> None:
    chantal, awa, _ = await scene.talking()
    mine = await chantal.writes("Je passe demin.")
    await chantal.sees("À qui envoyer")
    await chantal.edits(mine, "Je passe demain.")
    await scene.settles()
    await chantal.presses("Awa Diallo · CE1 · mardi")
    await awa.sees("Chantal : Je passe demain.")


async def test_annuler_takes_it_back_for_a_minute(scene: Scene) -> None:
    chantal, awa, card = await scene.talking()
    receipt = await awa.sees("Bien reçu")
    await chantal.writes("Je passe demain.")
    await chantal.presses("Awa Diallo · CE1 · mardi", on=await chantal.sees("À qui envoyer"))
    await awa.sees("Je passe demain.")
    await scene.jumps(scene.clock.now() + timedelta(seconds=59))
    await chantal.presses("Annuler")
    await chantal.sees("Retiré : Awa Diallo ne l'a plus.")
    await scene.settles()
    assert not awa.shows("Je passe demain")
    assert awa.now(receipt).text == "Chantal s'en occupe."
    assert "Je l'appelle" in chantal.now(card).labels


async def test_after_a_minute_it_stays(scene: Scene) -> None:
    chantal, awa, _ = await scene.talking()
    await chantal.writes("Je passe demain.")
    await chantal.presses("Awa Diallo · CE1 · mardi", on=await chantal.sees("À qui envoyer"))
    await awa.sees("Je passe demain.")
    await scene.jumps(scene.clock.now() + timedelta(seconds=61))
    answer = await chantal.presses("Annuler")
    assert answer.text == "Trop tard pour annuler. Vous pouvez modifier votre message."
    await scene.settles()
    assert awa.shows("Je passe demain")


async def test_nobody_wrote_so_nothing_leaves(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    await chantal.writes("Bonjour ?")
    await chantal.sees("Rien n'est parti : aucune école ne vous a écrit.")


async def test_a_blocked_teacher_is_said_on_chantals_message(scene: Scene) -> None:
    chantal, awa, card = await scene.talking()
    await awa.blocks_bot()
    mine = await chantal.writes("Oui, il reste une place.", reply_to=card)
    said = await chantal.sees("Pas arrivé")
    assert said.reply_to == mine.id
    await scene.settles()
    assert chantal.now(mine).reactions == ()
    await awa.unblocks_bot()
    await chantal.writes("Oui, il reste une place.", reply_to=card)
    await awa.sees("il reste une place")


async def test_a_blocked_referente_gives_way_to_her_cover_and_the_teacher_is_told(scene: Scene) -> None:
    chantal, awa, _ = await scene.talking()
    esmaman = await scene.staff("Esmaman")
    receipt = await awa.sees("Bien reçu")
    await chantal.blocks_bot()
    await esmaman.sees("Yanis B.")
    told = await awa.sees("Esmaman prend la suite de Chantal. Elle a vos messages, rien à répéter.")
    assert told.id > receipt.id
    await awa.writes("Il est libre le jeudi.")
    await esmaman.sees("le jeudi")
    await scene.settles()
    assert sum("prend la suite" in one.text for one in awa.received) == 1
    await esmaman.writes("Très bien, jeudi.", reply_to=await esmaman.sees("le jeudi"))
    assert (await awa.sees("Très bien, jeudi")).text.startswith("Esmaman :")


async def test_her_evening_answer_leaves_silently_unless_the_teacher_just_wrote(scene: Scene) -> None:
    chantal, awa, card = await scene.talking()
    await scene.jumps(datetime(2026, 11, 24, 21, 0, tzinfo=PARIS))
    await chantal.writes("Oui, il reste une place.", reply_to=card)
    assert (await awa.sees("il reste une place")).silent
    await awa.writes("Comment faire pour l'inscrire ?")
    await chantal.writes("Je vous dis demain.", reply_to=await chantal.sees("l'inscrire"))
    assert not (await awa.sees("Je vous dis demain")).silent


async def test_nobody_answers_in_her_place_by_an_old_card(scene: Scene) -> None:
    chantal, awa, card = await scene.talking()
    esmaman = await scene.staff("Esmaman")
    await chantal.presses("Passer la main", on=card)
    await chantal.presses("Esmaman", on=card)
    await esmaman.sees("Chantal vous confie Awa Diallo")
    await esmaman.presses("C'est pour moi")
    await esmaman.sees("Yanis B.")
    before = len(awa.received)
    await chantal.writes("Oui.", reply_to=card)
    await chantal.sees("Rien n'est parti : Esmaman s'en occupe maintenant.")
    await scene.settles()
    assert not chantal.shows("Yanis B."), "what she gave away no longer stands on her phone"
    assert sum("Chantal :" in one.text for one in awa.received[before - 2 :]) == 0


async def test_a_reply_reopens_a_closed_thread_for_the_teachers_next_words(scene: Scene) -> None:
    chantal, awa, card = await scene.talking()
    await chantal.presses("Plus…", on=card)
    await chantal.presses("Clore", on=card)
    await scene.settles()
    await chantal.writes("Au fait, une place s'est libérée.", reply_to=card)
    await awa.sees("une place s'est libérée")
    await awa.writes("Formidable, nous la prenons pour jeudi ?")
    joined = await chantal.sees("pour jeudi")
    assert joined.reply_to == card.id


async def test_the_first_cards_say_how_to_answer(scene: Scene) -> None:
    chantal, awa, card = await scene.talking()
    assert "Pour répondre, glissez ce message." in card.text
    for number in range(3):
        await awa.presses("Autre enfant", on=await awa.sees("Bien reçu"))
        await awa.writes(f"{YANIS} ({number})")
        await scene.settles()
    assert "glissez" not in chantal.received[-1].text
