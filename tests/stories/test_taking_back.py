"""« Retirer »: what is taken back is gone from the other phones and the database; the trace stays."""

from datetime import timedelta

from sqlalchemy import select

from storage.conversations import Message
from storage.dialogues import Dialogue
from storage.inbox import InboxRow
from storage.outbox import OutboxRow
from storage.trace import Access
from tests.cast import TUESDAY_MORNING, YANIS, Scene


async def test_retirer_on_the_receipt_takes_the_latest_bubble(scene: Scene) -> None:
    chantal, awa, card = await scene.talking()
    await awa.writes("Sa maman est malade.")
    more = await chantal.sees("Sa maman")
    answer = await awa.presses("Retirer")
    assert answer.text == "Retiré à 10 h 05. Effacez-le aussi de votre côté."
    await scene.settles()
    assert chantal.now(more).text == "Awa Diallo a retiré un message à 10 h 05."
    assert "Yanis B." in chantal.now(card).text


async def test_a_nervous_second_tap_takes_nothing_more(scene: Scene) -> None:
    chantal, awa, card = await scene.talking()
    await awa.writes("Sa maman est malade.")
    await chantal.sees("Sa maman")
    receipt = await awa.sees("Bien reçu")
    await awa.presses("Retirer", on=receipt)
    await awa.presses("Retirer", on=receipt)
    await scene.settles()
    assert "Yanis B." in chantal.now(card).text
    await scene.jumps(TUESDAY_MORNING + timedelta(seconds=10))
    await awa.presses("Retirer", on=receipt)
    await scene.settles()
    assert "a retiré un message" in chantal.now(card).text


async def test_taken_back_alone_the_card_keeps_the_trace_and_the_receipt_says_so(scene: Scene) -> None:
    chantal, awa, card = await scene.talking()
    receipt = await awa.sees("Bien reçu")
    await awa.presses("Retirer", on=receipt)
    await scene.settles()
    assert not chantal.shows("Yanis")
    assert "a retiré un message à 10 h 05" in chantal.now(card).text
    assert "Retiré à 10 h 05" in awa.now(receipt).text


async def test_retirer_as_a_reply_takes_that_one(scene: Scene) -> None:
    chantal, awa, card = await scene.talking()
    hers = await awa.writes("Sa maman est malade.")
    more = await chantal.sees("Sa maman")
    last = await awa.writes("Il aime le dessin.")
    await awa.writes("/retirer", reply_to=hers)
    await awa.sees("Retiré à 10 h 05")
    await scene.settles()
    assert "a retiré un message" in chantal.now(more).text
    assert chantal.shows("Il aime le dessin")
    await awa.writes("/retirer", reply_to=hers)
    await awa.sees("Il n'y a plus rien à retirer.")
    assert last.id > hers.id
    assert "Yanis B." in chantal.now(card).text


async def test_a_photo_taken_back_disappears_and_an_album_goes_whole(scene: Scene) -> None:
    chantal, awa, _ = await scene.talking()
    await awa.sends_photo("le cahier")
    await scene.settles()
    await awa.presses("Retirer")
    await scene.settles()
    assert not any(one.kind == "photo" for one in chantal.received)
    await awa.sends_album(3, "les pages")
    await scene.album_leaves()
    assert sum(one.kind == "photo" for one in chantal.received) == 3
    await scene.jumps(TUESDAY_MORNING + timedelta(minutes=1))
    await awa.presses("Retirer")
    await scene.settles()
    assert not any(one.kind == "photo" for one in chantal.received)
    assert not chantal.shows("les pages")


async def test_one_picture_taken_back_before_it_left_does_not_hold_the_others(scene: Scene) -> None:
    chantal, awa, _ = await scene.talking()
    pictures = await awa.sends_album(3)
    await awa.writes("/retirer", reply_to=pictures[0])
    await scene.album_leaves()
    assert not any(one.kind == "photo" for one in chantal.received), "an album is one thing said"
    await awa.sends_album(2)
    await scene.album_leaves()
    assert sum(one.kind == "photo" for one in chantal.received) == 2


async def test_nothing_of_it_is_left_in_the_database(scene: Scene) -> None:
    chantal, awa, card = await scene.talking()
    await chantal.presses("CLAS ✓", on=card)
    await chantal.presses("PRE", on=card)
    await scene.settles()
    await awa.presses("Retirer", on=await awa.sees("Bien reçu"))
    await scene.settles()
    async with scene.service.store.work(scene.clock.now()) as work:
        for column in (
            Message.text,
            Message.old_text,
            InboxRow.raw,
            OutboxRow.text,
            Dialogue.words,
        ):
            kept = (await work.session.scalars(select(column).where(column.is_not(None)))).all()
            assert not [one for one in kept if "Yanis" in (one or "")], column
        traces = (await work.session.scalars(select(Access.what))).all()
    assert "withdrawn" in traces


async def test_after_two_days_a_copy_too_old_to_be_deleted_is_emptied(scene: Scene) -> None:
    chantal, awa, _ = await scene.talking()
    hers = await awa.sends_photo("le cahier de Yanis B.")
    await scene.settles()
    copy = chantal.received[-1]
    await scene.jumps(TUESDAY_MORNING + timedelta(days=3))
    await awa.writes("/retirer", reply_to=hers)
    await awa.sees("Retiré")
    await scene.settles()
    assert "Yanis" not in chantal.now(copy).text


async def test_chantal_takes_back_her_own_answer(scene: Scene) -> None:
    chantal, awa, card = await scene.talking()
    mine = await chantal.writes("Oui, il reste une place.", reply_to=card)
    await awa.sees("il reste une place")
    await scene.settles()
    await chantal.writes("/retirer", reply_to=mine)
    await chantal.sees("Retiré à 10 h 05")
    await scene.settles()
    assert not awa.shows("il reste une place")
    assert awa.shows("Chantal s'en occupe."), "nobody has answered any more"
    assert not awa.shows("vous a répondu")
    assert "Répondu" not in chantal.now(card).text
    await scene.jumps(TUESDAY_MORNING + timedelta(days=1, hours=5))
    assert chantal.shows("jeudi midi")
    assert any("Awa Diallo" in one.text for one in chantal.received[-1:]), "the promise is looked after"


async def test_an_earlier_answer_that_stays_has_answered(scene: Scene) -> None:
    chantal, awa, card = await scene.talking()
    await chantal.writes("Oui, il reste une place.", reply_to=card)
    more = await chantal.writes("Le lundi.", reply_to=card)
    await awa.sees("Le lundi.")
    await scene.settles()
    await chantal.writes("/retirer", reply_to=more)
    await scene.settles()
    assert awa.shows("Chantal vous a répondu.")


async def test_nobody_owes_an_answer_to_words_that_are_gone(scene: Scene) -> None:
    chantal, awa = await scene.staff("Chantal"), await scene.teacher("Awa", "Diallo")
    hers = await awa.writes(YANIS)
    receipt = await awa.sees("Bien reçu")
    await chantal.sees("Yanis B.")
    await awa.writes("/retirer", reply_to=hers)
    await scene.settles()
    assert "Retiré à 10 h 05" in awa.now(receipt).text, "it promises no answer any more"
    before = len(chantal.received), len(awa.received)
    for day in (1, 2):
        await scene.jumps(TUESDAY_MORNING + timedelta(days=day, hours=5))
    assert (len(chantal.received), len(awa.received)) == before, "nobody is reminded, nobody excuses herself"
    await awa.writes("Ilan C. ne rend plus ses devoirs, une place au CLAS ?")
    await chantal.sees("Ilan C.")
    await scene.settles()
    assert "Bien reçu" in awa.received[-1].text, "her next words have a receipt of their own"


async def test_words_written_over_what_was_taken_back_are_new_words(scene: Scene) -> None:
    chantal, awa = await scene.staff("Chantal"), await scene.teacher("Awa", "Diallo")
    hers = await awa.writes(YANIS)
    await chantal.sees("Yanis B.")
    await awa.writes("/retirer", reply_to=hers)
    await awa.sees("Retiré")
    await awa.edits(hers, "Bonjour, un élève ne rend plus ses devoirs, une place au CLAS ?")
    await chantal.sees("un élève ne rend plus")
    await scene.settles()
    assert "Bien reçu" in awa.received[-1].text
    assert not chantal.shows("Yanis")
    await awa.writes("/retirer", reply_to=hers)
    await scene.settles()
    assert not chantal.shows("un élève ne rend plus")
    await awa.edits(hers, "Il dit que son père le frappe tous les soirs, il a des bleus.")
    await chantal.sees("Message grave d'une école")


async def test_an_answer_written_over_one_taken_back_leaves_once_she_says_for_whom(scene: Scene) -> None:
    chantal, awa, card = await scene.talking()
    mine = await chantal.writes("Oui, il reste une place.", reply_to=card)
    await awa.sees("il reste une place")
    await chantal.writes("/retirer", reply_to=mine)
    await chantal.sees("Retiré")
    await chantal.edits(mine, "Oui, une place le lundi.")
    asked = await chantal.sees("À qui envoyer")
    await scene.settles()
    assert not awa.shows("le lundi")
    await chantal.presses(asked.labels[0], on=asked)
    await awa.sees("une place le lundi")


async def test_a_thread_given_away_keeps_what_was_taken_back_hidden(scene: Scene) -> None:
    chantal, awa, card = await scene.talking()
    esmaman = await scene.staff("Esmaman")
    await awa.writes("Sa maman est malade.")
    await chantal.sees("Sa maman")
    await awa.presses("Retirer")
    await scene.settles()
    await chantal.presses("Passer la main", on=card)
    await chantal.presses("Esmaman", on=card)
    await esmaman.presses("C'est pour moi", on=await esmaman.sees("vous confie"))
    await esmaman.sees("Yanis B.")
    await scene.settles()
    assert not esmaman.shows("Sa maman")
