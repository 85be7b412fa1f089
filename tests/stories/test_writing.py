"""A teacher writes as one writes: in one bubble or in ten, long, mended, later, and it reaches Chantal."""

from datetime import timedelta

from bot.invitations import invite_teacher
from tests.cast import TUESDAY_MORNING, Scene
from tests.phones import Bubble, Phone

YANIS = "Bonjour, Yanis B. ne rend plus ses devoirs, reste-t-il une place au CLAS ?"


async def both(scene: Scene) -> tuple[Phone, Phone]:
    return await scene.staff("Chantal"), await scene.teacher("Awa", "Diallo")


def new(phone: Phone, before: list[Bubble]) -> list[Bubble]:
    """What came on a phone since."""
    known = {one.id for one in before}
    return [one for one in phone.received if one.id not in known]


async def test_a_burst_is_acknowledged_once_and_delivered_whole_and_in_order(scene: Scene) -> None:
    chantal, awa = await both(scene)
    before, hers = awa.received, chantal.received
    words = [YANIS, *(f"Point {number} : il manque le cahier de liaison." for number in range(1, 8))]
    for one in words:
        await awa.writes(one)
    await scene.settles()
    assert [one.text.split("\n")[0][:9] for one in new(awa, before)] == ["Bien reçu"]
    shown = "\n".join(one.text for one in new(chantal, hers))
    places = [shown.index(one) for one in words]
    assert places == sorted(places)
    assert sum("Promis d'ici" in one.text for one in new(chantal, hers)) == 1, "one card, the rest under it"


async def test_a_follow_up_gets_no_new_receipt(scene: Scene) -> None:
    chantal, awa = await both(scene)
    await awa.writes(YANIS)
    card = await chantal.sees("Yanis B.")
    before = awa.received
    await awa.writes("Il est disponible le lundi et le jeudi.")
    follow_up = await chantal.sees("le lundi et le jeudi")
    await scene.settles()
    assert new(awa, before) == []
    assert follow_up.reply_to == card.id
    assert follow_up.text.startswith("Awa Diallo :")
    assert follow_up.hidden == ("Il est disponible le lundi et le jeudi.",)


async def test_a_reply_to_an_earlier_answer_joins_its_conversation(scene: Scene) -> None:
    chantal, awa = await both(scene)
    await awa.writes(YANIS)
    first = await chantal.sees("Yanis B.")
    await chantal.writes("Oui, il reste une place.", reply_to=first)
    answer = await awa.sees("il reste une place")
    await scene.settles()
    await awa.presses("Autre enfant")
    await awa.writes("Lina C. a besoin d'aide pour ses devoirs aussi.")
    second = await chantal.sees("Lina C.")
    await awa.writes("Quel jour commence-t-il ?", reply_to=answer)
    joined = await chantal.sees("Quel jour")
    assert joined.reply_to == first.id
    assert second.id != first.id
    assert "Promis d'ici" in second.text


async def test_two_first_messages_at_the_same_instant_make_one_conversation(scene: Scene) -> None:
    chantal, awa = await both(scene)
    await awa.writes(YANIS)
    await awa.writes("C'est pour la rentrée de janvier.")
    await scene.settles()
    assert sum("Promis d'ici" in one.text for one in chantal.received) == 1


async def test_a_question_after_an_answer_renews_the_receipt_and_its_promise(scene: Scene) -> None:
    chantal, awa = await both(scene)
    await awa.writes(YANIS)
    receipt = await awa.sees("Bien reçu")
    await chantal.writes("Oui, il reste une place.", reply_to=await chantal.sees("Yanis B."))
    await awa.sees("il reste une place")
    before = awa.received
    await awa.writes("Faut-il un papier signé des parents pour l'inscrire ?")
    await scene.settles()
    assert new(awa, before) == [], "the same day, the receipt she has says it"
    assert awa.now(receipt).text.startswith("Bien reçu")
    await chantal.writes("Oui, l'accord des parents.", reply_to=await chantal.sees("papier signé"))
    await scene.jumps(TUESDAY_MORNING + timedelta(days=2))
    await awa.writes("Où trouver ce papier ?")
    await scene.settles()
    assert "d'ici lundi" in new(awa, before)[-1].text, "another day, she sees a new one"


async def test_an_edit_within_a_quarter_of_an_hour_simply_replaces(scene: Scene) -> None:
    chantal, awa = await both(scene)
    hers = await awa.writes(YANIS)
    card = await chantal.sees("Yanis B.")
    more = await awa.writes("Le lundi.")
    under = await chantal.sees("Le lundi")
    await scene.jumps(TUESDAY_MORNING + timedelta(minutes=14))
    await awa.edits(hers, YANIS.replace("Yanis", "Ilan"))
    await awa.edits(more, "Le mardi.")
    await scene.settles()
    assert "Ilan B." in chantal.now(card).text
    assert "(modifié)" in chantal.now(card).text
    assert chantal.now(under).text == "Awa Diallo : Le mardi. (modifié)"
    assert not chantal.shows("Yanis")


async def test_after_a_late_edit_the_old_words_are_one_tap_away_until_taken_back(scene: Scene) -> None:
    chantal, awa = await both(scene)
    hers = await awa.writes(YANIS)
    receipt = await awa.sees("Bien reçu")
    card = await chantal.sees("Yanis B.")
    await scene.jumps(TUESDAY_MORNING + timedelta(minutes=16))
    before = awa.received
    await awa.edits(hers, YANIS.replace("Yanis", "Ilan"))
    old = await chantal.sees("Avant :")
    assert old.hidden == (YANIS,)
    assert old.reply_to == card.id
    await scene.settles()
    assert "Ilan B." in chantal.now(card).text
    assert new(awa, before) == []
    assert len(awa.now(receipt).labels) <= 4
    await awa.presses("Retirer l'ancien texte", on=receipt)
    await scene.settles()
    assert not chantal.shows("Yanis")
    assert "Retirer l'ancien texte" not in awa.now(receipt).labels


async def test_a_text_of_4096_characters_arrives_whole_and_so_does_its_answer(scene: Scene) -> None:
    chantal, awa = await both(scene)
    long = ("Yanis B. ne fait plus ses devoirs. " * 200)[:4090] + " merci"
    hers = await awa.writes(long)
    whole = await chantal.sees(long)
    assert whole.hidden == (long,)
    answer = ("Nous en parlons avec sa maman. " * 200)[:4091] + " voilà"[:5]
    await chantal.writes(answer, reply_to=whole)
    await awa.sees(answer)
    assert awa.shows("Chantal :")
    await awa.edits(hers, long.replace("Yanis", "Idris"))
    await scene.settles()
    assert chantal.shows("Idris B.")
    follow_up = "Encore un mot. " * 270
    await awa.writes(follow_up[:4090])
    await chantal.sees("Encore un mot")


async def test_a_thank_you_starts_nothing(scene: Scene) -> None:
    chantal, awa = await both(scene)
    await awa.writes(YANIS)
    card = await chantal.sees("Yanis B.")
    await chantal.writes("Oui, il reste une place.", reply_to=card)
    await awa.sees("il reste une place")
    await scene.settles()
    await chantal.presses("Clore", on=card)
    await scene.settles()
    before = awa.received
    await awa.writes("Merci beaucoup !")
    thanks = await chantal.sees("Merci beaucoup")
    await awa.sends_sticker("👍")
    await scene.settles()
    assert new(awa, before) == []
    assert thanks.silent
    assert "Clos." in chantal.now(card).text
    assert chantal.now(card).labels == ()
    assert sum("Plutôt" in one.text for one in chantal.received) == 1


async def test_a_thank_you_that_also_asks_counts(scene: Scene) -> None:
    chantal, awa = await both(scene)
    await awa.writes(YANIS)
    card = await chantal.sees("Yanis B.")
    await chantal.writes("Oui, il reste une place.", reply_to=card)
    await awa.sees("il reste une place")
    await awa.writes("Merci. Par contre, faut-il une assurance ?")
    await chantal.sees("une assurance")
    await scene.settles()
    assert "Je l'appelle" in chantal.now(card).labels, "it waits again"


async def test_the_receipt_lives_with_the_conversation(scene: Scene) -> None:
    chantal, awa = await both(scene)
    await awa.writes(YANIS)
    receipt = await awa.sees("Bien reçu")
    assert receipt.labels == ("Rappelez-moi", "Autre enfant", "Retirer", "⚠️ Danger ou doute")
    card = await chantal.sees("Yanis B.")
    before = awa.received
    await chantal.presses("Je l'appelle", on=card)
    await awa.sees("Chantal vous appelle bientôt.")
    await chantal.presses("Plus…", on=card)
    await chantal.presses("Clore", on=card)
    await awa.sees("Clos. Écrivez ici pour reprendre.")
    assert awa.received[-1].id == receipt.id
    assert len(awa.received) == len(before)
    await awa.writes("Finalement, Yanis B. veut bien venir.", reply_to=receipt)
    await scene.settles()
    assert "Bien reçu" in awa.received[-1].text
    assert sum("Yanis B." in one.text for one in chantal.received) == 2


async def test_two_children_in_two_threads_do_not_mix(scene: Scene) -> None:
    chantal, awa = await both(scene)
    await awa.writes(YANIS)
    yanis = await chantal.sees("Yanis B.")
    await awa.writes("Lina C. est souvent absente depuis un mois.")
    await chantal.sees("Lina C.")
    await chantal.presses("Plus…", on=yanis)
    await chantal.presses("Autre enfant", on=yanis)
    lina = await chantal.sees("Promis d'ici", after=yanis)
    assert "Lina C." in lina.text
    await chantal.writes("Pour Lina, j'appelle la famille.", reply_to=lina)
    answer = await awa.sees("Pour Lina")
    assert answer.reply_to is not None
    await scene.settles()
    assert "Répondu" in chantal.now(lina).text
    assert "Répondu" not in chantal.now(yanis).text


async def test_a_full_name_is_noticed_once_kindly_inside_the_receipt(scene: Scene) -> None:
    _, awa = await both(scene)
    await awa.writes("Bonjour, Yanis Benali ne rend plus ses devoirs.")
    receipt = await awa.sees("Bien reçu")
    assert "Le prénom et l'initiale suffisent" in receipt.text


async def test_an_answer_or_a_command_mended_later_is_no_message(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    awa = Phone(scene.api, first_name="Awa")
    async with scene.service.store.work(scene.clock.now()) as work:
        await awa.opens(await invite_teacher(work, "Les Tilleuls"))
    await awa.presses("J'ai lu")
    await awa.presses("Écrire mon nom")
    await awa.sees("Écrivez votre nom")
    name = await awa.writes("Mme Dialo")
    await awa.sees("On vous affiche Mme Dialo")
    await awa.edits(name, "Mme Diallo")
    lone = await awa.writes("/help")
    await awa.sees("Écrivez comme vous parlez", after=lone)
    await awa.edits(lone, "/retirer")
    await scene.settles()
    assert not awa.shows("Bien reçu")
    assert not chantal.received[2:], "nothing came to her since she joined"
    await awa.edits(name, "Yanis B. dit que son père le frappe.")
    await awa.sees("En danger maintenant")
    await chantal.sees("son père le frappe")
    await awa.writes("/bonjour Lina C. a oublié son cahier.")
    await chantal.sees("oublié son cahier")
