"""An alert rings until somebody says « Je m'en occupe », and the teacher always knows where it stands."""

from datetime import datetime, timedelta

from tests.cast import PARIS, Scene
from tests.phones import Bubble, Phone

GRAVE = "Yanis B. a des marques de ceinture, il dit que son père le frappe."
NIGHT = datetime(2026, 11, 24, 23, 5, tzinfo=PARIS)
ALERT = "⚠️ Message grave d'une école. À lire maintenant."


async def team(scene: Scene, *names: str) -> list[Phone]:
    return [await scene.staff(name) for name in names]


def alerts(phone: Phone) -> list[Bubble]:
    return [one for one in phone.received if one.text == ALERT]


def rung(phone: Phone) -> int:
    """How many times her phone rang for an alert."""
    return sum(one.text == ALERT for one in phone.rang)


async def after(scene: Scene, minutes: int) -> None:
    """So many minutes later; 0: what is due now."""
    await scene.at(scene.clock.now() + timedelta(minutes=minutes))
    await scene.service.scheduler.tick()
    await scene.settles()


async def test_clear_words_ring_and_the_alert_shows_no_content(scene: Scene) -> None:
    [chantal] = await team(scene, "Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(GRAVE)
    told = await awa.sees("J'appelle Chantal. Personne n'a encore confirmé : n'attendez pas pour agir.")
    assert "Ce n'est pas un danger" in told.labels
    await after(scene, 0)
    [alert] = alerts(chantal)
    assert alert.labels == ("Lire", "Je ne peux pas")
    assert not alert.silent
    for shown in chantal.notifications:
        assert "Yanis" not in shown.text
        assert "ceinture" not in shown.text
    assert rung(chantal) == 1
    assert (await chantal.sees("marques de ceinture")).silent


async def test_read_then_handled(scene: Scene) -> None:
    chantal, esmaman = await team(scene, "Chantal", "Esmaman")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(GRAVE)
    told = await awa.sees("J'appelle Chantal, puis Esmaman")
    await after(scene, 1)
    await chantal.presses("Lire")
    opened = await chantal.sees("L'urgence, c'est le 17, le 15 ou le 119")
    assert "marques de ceinture" in opened.text
    assert "Rien n'a été envoyé à d'autres services" in opened.text
    assert "Dites-le à Farida" in opened.text
    assert opened.labels == ("Je m'en occupe", "Je ne peux pas")
    await scene.settles()
    assert awa.now(told).text == "Chantal a lu votre message à 10 h 06."
    await after(scene, 2)
    assert rung(chantal) == 2, "reading does not stop the ringing"
    await chantal.presses("Je m'en occupe", on=opened)
    await scene.settles()
    assert "Chantal s'en occupe, depuis 10 h 08" in awa.now(told).text
    await after(scene, 30)
    assert rung(chantal) == 2
    assert rung(esmaman) == 0
    assert not awa.shows("Personne du centre n'a confirmé")
    await chantal.writes("Je vous appelle.", reply_to=opened)
    await awa.sees("Chantal : Je vous appelle.")


async def test_three_rings_two_minutes_apart_then_the_next(scene: Scene) -> None:
    chantal, esmaman, farida = await team(scene, "Chantal", "Esmaman", "Farida")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(GRAVE)
    seen = []
    for _ in range(18):
        await after(scene, 1)
        seen.append((rung(chantal), rung(esmaman), rung(farida)))
    assert seen[1] == (2, 0, 0)
    assert seen[3] == (3, 0, 0)
    assert seen[5] == (3, 1, 0)
    assert seen[11] == (3, 3, 1)
    assert seen[-1] == (3, 3, 3)
    assert [len(alerts(one)) for one in (chantal, esmaman, farida)] == [1, 1, 1], (
        "each ring replaces the last"
    )
    said = [one for one in awa.received if "Personne du centre n'a confirmé" in one.text]
    assert len(said) == 1
    assert not said[0].silent
    assert "119" in said[0].text


async def test_i_cannot_passes_it_on_at_once(scene: Scene) -> None:
    chantal, esmaman = await team(scene, "Chantal", "Esmaman")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(GRAVE)
    await after(scene, 0)
    await chantal.presses("Je ne peux pas")
    await chantal.sees("Esmaman est appelée à votre place.")
    await after(scene, 0)
    assert rung(esmaman) == 1
    await after(scene, 10)
    assert rung(chantal) == 1
    await esmaman.presses("Lire")
    await esmaman.presses("Je m'en occupe")
    await scene.settles()
    assert not chantal.shows("marques de ceinture"), "it is Esmaman's now"
    await esmaman.sees("Promis d'ici")
    await esmaman.writes("J'arrive.", reply_to=await esmaman.sees("L'urgence, c'est"))
    await awa.sees("Esmaman : J'arrive.")


async def test_nobody_left_after_everybody_declined(scene: Scene) -> None:
    chantal, esmaman = await team(scene, "Chantal", "Esmaman")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(GRAVE)
    await after(scene, 0)
    await chantal.presses("Je ne peux pas")
    await after(scene, 0)
    await esmaman.presses("Je ne peux pas")
    await esmaman.sees("Personne d'autre n'est joignable : prévenez la coordinatrice.")
    await after(scene, 0)
    await awa.sees("Personne du centre n'a confirmé. N'attendez pas : 119, ou 17 si c'est maintenant.")


async def test_two_read_one_handles_and_the_other_is_told(scene: Scene) -> None:
    chantal, esmaman = await team(scene, "Chantal", "Esmaman")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(GRAVE)
    await after(scene, 6)
    await chantal.presses("Lire")
    await esmaman.presses("Lire")
    hers = await esmaman.sees("L'urgence, c'est")
    his = await chantal.sees("L'urgence, c'est")
    await chantal.taps("Je m'en occupe", on=his)
    late = await esmaman.presses("Je m'en occupe", on=hers)
    assert late.text == "Chantal s'en occupe déjà."
    await scene.settles()
    assert esmaman.now(hers).text == "Chantal s'en occupe."
    assert not esmaman.shows("ceinture")
    assert awa.shows("Chantal s'en occupe")


async def test_at_night_nobody_is_rung_and_the_teacher_is_told_at_once(scene: Scene) -> None:
    chantal, esmaman = await team(scene, "Chantal", "Esmaman")
    awa = await scene.teacher("Awa", "Diallo")
    await scene.jumps(NIGHT)
    await awa.writes(GRAVE)
    told = await awa.sees("À cette heure, personne du centre n'est joignable.")
    assert "Chantal sera appelée à l'ouverture, demain à 9 h. N'attendez pas : 119, ou 17." in told.text
    await after(scene, 20)
    assert rung(chantal) == rung(esmaman) == 0
    assert (await chantal.sees("marques de ceinture")).silent
    assert not awa.shows("Personne du centre n'a confirmé")
    await scene.jumps(datetime(2026, 11, 25, 9, 0, tzinfo=PARIS))
    assert rung(chantal) == 1
    await chantal.presses("Lire")
    await awa.sees("Chantal a lu votre message à 9 h")


async def test_at_night_only_volunteers_are_rung_and_in_the_morning_everybody(scene: Scene) -> None:
    chantal, esmaman = await team(scene, "Chantal", "Esmaman")
    await esmaman.presses("Oui", on=await esmaman.sees("votre téléphone peut-il sonner"))
    awa = await scene.teacher("Awa", "Diallo")
    await scene.jumps(NIGHT)
    await awa.writes(GRAVE)
    await awa.sees("J'appelle Esmaman. Personne n'a encore confirmé")
    await after(scene, 12)
    assert (rung(chantal), rung(esmaman)) == (0, 3)
    assert awa.shows("Personne du centre n'a confirmé")
    await scene.jumps(datetime(2026, 11, 25, 8, 59, tzinfo=PARIS))
    assert rung(chantal) == 0
    await scene.at(datetime(2026, 11, 25, 9, 1, tzinfo=PARIS))
    assert rung(chantal) == 1


async def test_not_a_danger_stops_the_ringing_and_keeps_the_mark(scene: Scene) -> None:
    [chantal] = await team(scene, "Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(GRAVE)
    await after(scene, 1)
    await awa.presses("Ce n'est pas un danger")
    await awa.sees("Entendu. Votre message reste chez Chantal. Si le doute revient : 119.")
    await chantal.sees("Awa Diallo dit que ce n'est pas un danger. À vous de juger")
    await after(scene, 20)
    assert rung(chantal) == 1
    assert (await chantal.sees("marques de ceinture")).text.startswith("⚠️")
    assert not awa.shows("Personne du centre n'a confirmé")


async def test_more_words_are_seen_by_whoever_opened_the_alert(scene: Scene) -> None:
    chantal, esmaman = await team(scene, "Chantal", "Esmaman")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(GRAVE)
    await after(scene, 6)
    await esmaman.presses("Lire")
    opened = await esmaman.sees("L'urgence, c'est")
    await awa.writes("Il est encore dans la classe avec moi.")
    await scene.settles()
    assert "encore dans la classe" in esmaman.now(opened).text
    assert sum("a lu votre message" in one.text for one in awa.received) == 1, "no second alert"
    assert chantal.shows("encore dans la classe")


async def test_taken_back_the_words_leave_the_opened_alert_and_it_rings_on(scene: Scene) -> None:
    chantal, _ = await team(scene, "Chantal", "Esmaman")
    awa = await scene.teacher("Awa", "Diallo")
    hers = await awa.writes(GRAVE)
    await after(scene, 0)
    await chantal.presses("Lire")
    opened = await chantal.sees("L'urgence, c'est")
    await awa.writes("/retirer", reply_to=hers)
    await awa.sees("Retiré")
    await scene.settles()
    assert "ceinture" not in chantal.now(opened).text
    await after(scene, 2)
    assert rung(chantal) == 2


async def test_a_phone_that_refuses_us_gives_way_at_once(scene: Scene) -> None:
    chantal, esmaman = await team(scene, "Chantal", "Esmaman")
    awa = await scene.teacher("Awa", "Diallo")
    chantal.person.blocked = True  # blocked without Telegram having told us yet
    await awa.writes(GRAVE)
    await after(scene, 0)
    await after(scene, 0)
    assert rung(esmaman) == 1


async def test_whoever_is_absent_is_not_rung(scene: Scene) -> None:
    chantal, esmaman = await team(scene, "Chantal", "Esmaman")
    await chantal.writes("/absence")
    await chantal.presses("Aujourd'hui", on=await chantal.sees("Quels jours"))
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(GRAVE)
    await awa.sees("J'appelle Esmaman")
    await after(scene, 12)
    assert rung(chantal) == 0
    assert rung(esmaman) == 3


async def test_a_voice_in_danger_is_heard_by_whoever_opens_the_alert(scene: Scene) -> None:
    chantal, esmaman = await team(scene, "Chantal", "Esmaman")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.sends_voice()
    await awa.presses("⚠️ Danger ou doute", on=await awa.sees("Bien reçu"))
    await awa.presses("Prévenir le centre maintenant")
    await awa.sees("J'appelle Chantal")
    await after(scene, 6)
    await esmaman.presses("Lire")
    await esmaman.sees("un vocal")
    await scene.settles()
    assert any(one.kind == "voice" for one in esmaman.received)
    assert any(one.kind == "voice" for one in chantal.received)


async def test_the_second_button_pressed_again_says_that_it_rings(scene: Scene) -> None:
    await team(scene, "Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(GRAVE)
    await awa.sees("J'appelle Chantal")
    card = await awa.sees("En danger maintenant")
    answer = await awa.presses("Prévenir le centre maintenant", on=card)
    assert answer.text == "Le centre est déjà appelé. N'attendez pas : 119, ou 17."


async def test_the_morning_after_nothing_was_lost_by_a_restart(scene: Scene) -> None:
    [chantal] = await team(scene, "Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(GRAVE)
    await after(scene, 1)
    await scene.restarts()
    await after(scene, 1)
    assert rung(chantal) == 2
    await chantal.presses("Lire")
    await scene.restarts()
    await chantal.presses("Je m'en occupe")
    await awa.sees("Chantal s'en occupe, depuis")
    await after(scene, 10)
    assert rung(chantal) == 2


async def test_when_everybody_was_rung_in_vain_new_words_ring_anew(scene: Scene) -> None:
    [chantal] = await team(scene, "Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(GRAVE)
    await after(scene, 15)
    assert rung(chantal) == 3
    await awa.writes("Il vient d'arriver avec un œil au beurre noir, son père l'a encore frappé.")
    await scene.settles()
    assert sum(one.text.startswith("J'appelle Chantal") for one in awa.received) == 2
    await after(scene, 15)
    assert rung(chantal) == 6
    assert sum("Personne du centre n'a confirmé" in one.text for one in awa.received) == 2
    await chantal.presses("Lire")
    await chantal.presses("Je m'en occupe")
    await awa.sees("Chantal s'en occupe, depuis")
    await after(scene, 15)
    assert rung(chantal) == 6


async def test_a_matter_that_was_closed_rings_anew(scene: Scene) -> None:
    [chantal] = await team(scene, "Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    hers = await awa.writes(GRAVE)
    await after(scene, 0)
    await chantal.presses("Lire")
    await chantal.presses("Je m'en occupe")
    await awa.sees("Chantal s'en occupe, depuis")
    card = await chantal.sees("s'en occupe.")
    await awa.writes("Son père l'a encore frappé ce midi.")
    await after(scene, 1)
    assert rung(chantal) == 1, "she has it"
    await chantal.presses("Plus…", on=card)
    await chantal.presses("Clore", on=card)
    await scene.settles()
    await awa.writes("Son père l'a encore frappé.", reply_to=hers)
    await after(scene, 1)
    assert rung(chantal) == 2


async def test_more_words_beside_a_ring_make_no_second_sound(scene: Scene) -> None:
    [chantal] = await team(scene, "Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes("Bonjour, je voulais vous parler de Yanis B.")
    await chantal.sees("Yanis B.")
    await scene.settles()
    await awa.writes(GRAVE)
    await after(scene, 0)
    assert rung(chantal) == 1
    assert (await chantal.sees("marques de ceinture")).silent


async def test_pressed_again_at_night_it_says_when_it_rings(scene: Scene) -> None:
    await team(scene, "Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await scene.jumps(NIGHT)
    await awa.writes(GRAVE)
    await awa.sees("À cette heure, personne du centre n'est joignable.")
    card = await awa.sees("En danger maintenant")
    answer = await awa.presses("Prévenir le centre maintenant", on=card)
    assert answer.text == "Le centre sera appelé à l'ouverture. N'attendez pas : 119, ou 17."


async def away_today(scene: Scene, phone: Phone) -> None:
    """She says that she is away, from now on."""
    await phone.writes("/absence")
    await phone.presses("Aujourd'hui", on=await phone.sees("Quels jours"))
    await phone.sees("Absence notée")
    await after(scene, 0)


async def test_whoever_becomes_absent_while_it_rings_gives_way_at_once(scene: Scene) -> None:
    chantal, esmaman, farida = await team(scene, "Chantal", "Esmaman", "Farida")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(GRAVE)
    await awa.sees("J'appelle Chantal, puis Esmaman")
    await after(scene, 0)
    await away_today(scene, chantal)
    assert [rung(one) for one in (chantal, esmaman, farida)] == [1, 1, 0], "not two minutes later"
    await away_today(scene, esmaman)
    assert [rung(one) for one in (chantal, esmaman, farida)] == [1, 1, 1]
    await after(scene, 11)
    assert [rung(one) for one in (chantal, esmaman, farida)] == [1, 1, 3]
    assert sum("Personne du centre n'a confirmé" in one.text for one in awa.received) == 1


async def test_whoever_becomes_absent_before_her_turn_is_left_out(scene: Scene) -> None:
    chantal, esmaman, farida = await team(scene, "Chantal", "Esmaman", "Farida")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(GRAVE)
    await awa.sees("J'appelle Chantal")
    await after(scene, 0)
    await away_today(scene, esmaman)
    assert rung(chantal) == 1, "nobody is rung sooner than she was to be"
    await after(scene, 7)
    assert [rung(one) for one in (chantal, esmaman, farida)] == [3, 0, 1]
