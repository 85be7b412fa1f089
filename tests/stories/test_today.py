"""« C'est pour ce soir »: whoever is with the children hears it now; otherwise the telephone, at once."""

from datetime import datetime, timedelta

from tests.cast import PARIS, TUESDAY_EVENING, TUESDAY_MORNING, Scene
from tests.phones import Phone

TONIGHT = "Ne l'attendez pas ce soir, Yanis B. est malade."


async def team(scene: Scene) -> tuple[Phone, Phone, Phone]:
    return await scene.staff("Chantal"), await scene.staff("Esmaman"), await scene.teacher("Awa", "Diallo")


async def now_due(scene: Scene, minutes: int = 0) -> None:
    await scene.at(scene.clock.now() + timedelta(minutes=minutes))
    await scene.service.scheduler.tick()
    await scene.settles()


def rung(phone: Phone) -> int:
    return sum("Pour aujourd'hui" in one.text for one in phone.received)


async def test_on_a_tuesday_esmaman_is_rung_and_the_receipt_gives_the_telephone(scene: Scene) -> None:
    chantal, esmaman, awa = await team(scene)
    await awa.writes(TONIGHT)
    receipt = await awa.sees("Envoyé à l'équipe de ce soir.")
    assert "Sans « vu » dans dix minutes, appelez le 01 99 00 12 34." in receipt.text
    await now_due(scene)
    ring = await esmaman.sees("Pour aujourd'hui · Awa Diallo · CE1 · Les Tilleuls")
    assert not ring.silent
    assert ring.labels == ("Vu", "Je l'appelle")
    assert ring.hidden == (TONIGHT,)
    await esmaman.presses("Vu", on=ring)
    await scene.settles()
    assert awa.now(receipt).text == "Esmaman l'a vu à 10 h 05."
    await now_due(scene, 12)
    assert rung(chantal) == 0
    assert not awa.shows("Personne ne l'a encore vu")
    assert sum("Envoyé" in one.text or "vu" in one.text for one in awa.received) == 1


async def test_five_minutes_each_then_the_telephone_again_aloud(scene: Scene) -> None:
    chantal, esmaman, awa = await team(scene)
    await awa.writes(TONIGHT)
    await now_due(scene)
    assert (rung(esmaman), rung(chantal)) == (1, 0)
    await now_due(scene, 5)
    assert (rung(esmaman), rung(chantal)) == (1, 1)
    await now_due(scene, 5)
    told = await awa.sees("Personne ne l'a encore vu. Appelez le 01 99 00 12 34.")
    assert not told.silent
    await chantal.presses("Je l'appelle")
    await awa.sees("Chantal vous appelle.")
    late = await esmaman.forges("seen", on=await esmaman.sees("Pour aujourd'hui"))
    assert late.text == "Chantal s'en occupe déjà."


async def test_outside_sessions_the_telephone_comes_at_once(scene: Scene) -> None:
    chantal, esmaman, awa = await team(scene)
    await scene.jumps(TUESDAY_EVENING)
    await awa.writes(TONIGHT)
    receipt = await awa.sees("Pour aujourd'hui, appelez le 01 99 00 12 34 : c'est le plus sûr.")
    assert "Le centre rouvre demain à 9 h" in receipt.text
    await now_due(scene, 12)
    assert rung(esmaman) == rung(chantal) == 0
    assert chantal.shows("Yanis B.")


async def test_on_a_wednesday_nobody_runs_a_session(scene: Scene) -> None:
    _, esmaman, awa = await team(scene)
    await scene.jumps(TUESDAY_MORNING + timedelta(days=1))
    await awa.writes(TONIGHT)
    await awa.sees("Pour aujourd'hui, appelez le")
    await now_due(scene, 1)
    assert rung(esmaman) == 0


async def test_on_a_closed_day_nobody_is_rung(scene: Scene) -> None:
    _, esmaman, awa = await team(scene)
    await scene.jumps(datetime(2026, 12, 29, 10, 0, tzinfo=PARIS))
    await awa.writes(TONIGHT)
    await awa.sees("Pour aujourd'hui, appelez le")
    await now_due(scene, 1)
    assert rung(esmaman) == 0


async def test_at_midday_esmaman_is_rung_when_the_centre_reopens(scene: Scene) -> None:
    _, esmaman, awa = await team(scene)
    await scene.jumps(datetime(2026, 11, 24, 12, 30, tzinfo=PARIS))
    await awa.writes(TONIGHT)
    receipt = await awa.sees("Pour aujourd'hui, appelez le")
    assert "Le centre rouvre aujourd'hui à 14 h" in receipt.text
    await now_due(scene, 5)
    assert rung(esmaman) == 0
    await scene.jumps(datetime(2026, 11, 24, 14, 0, tzinfo=PARIS))
    assert rung(esmaman) == 1


async def test_whoever_runs_the_session_sees_that_message_only_and_may_answer_it(scene: Scene) -> None:
    chantal, esmaman, awa = await team(scene)
    await awa.writes("Bonjour, Lina C. ne rend plus ses devoirs, reste-t-il une place au CLAS ?")
    card = await chantal.sees("Lina C.")
    await awa.writes(TONIGHT)
    await now_due(scene)
    ring = await esmaman.sees("Pour aujourd'hui")
    assert not esmaman.shows("Lina")
    await esmaman.writes("C'est noté, bon rétablissement à lui.", reply_to=ring)
    await awa.sees("Esmaman : C'est noté, bon rétablissement à lui.")
    await chantal.sees("Esmaman : C'est noté")
    await scene.settles()
    assert "Répondu par Esmaman." in chantal.now(card).text
    await awa.writes("Et pour Lina, la place ?")
    await chantal.sees("Et pour Lina")
    await scene.settles()
    assert not esmaman.shows("Lina")
    await scene.jumps(TUESDAY_MORNING + timedelta(days=1))
    await esmaman.writes("Il va mieux ?", reply_to=ring)
    await esmaman.sees("Rien n'est parti : Chantal s'en occupe maintenant.")


async def test_a_burst_about_tonight_is_one_receipt(scene: Scene) -> None:
    _, esmaman, awa = await team(scene)
    await awa.writes(TONIGHT)
    await awa.writes("Et ne l'attendez pas jeudi non plus, Yanis B. ne viendra pas.")
    await scene.settles()
    assert sum("Envoyé à l'équipe" in one.text for one in awa.received) == 1
    await now_due(scene)
    assert rung(esmaman) >= 1


async def test_taken_back_it_rings_nobody_any_more(scene: Scene) -> None:
    chantal, esmaman, awa = await team(scene)
    hers = await awa.writes(TONIGHT)
    await now_due(scene)
    ring = await esmaman.sees("Pour aujourd'hui")
    await awa.writes("/retirer", reply_to=hers)
    await awa.sees("Retiré")
    await now_due(scene, 12)
    assert esmaman.now(ring).text == "Awa Diallo a retiré un message à 10 h 05."
    assert esmaman.now(ring).labels == ()
    assert rung(chantal) == 0
    assert not awa.shows("Personne ne l'a encore vu")


async def test_the_referente_who_runs_the_session_is_not_rung_twice(scene: Scene) -> None:
    chantal, _, awa = await team(scene)
    await scene.jumps(TUESDAY_MORNING + timedelta(days=2))
    before = len(chantal.rang)
    await awa.writes(TONIGHT)
    await now_due(scene)
    assert rung(chantal) == 1
    assert len(chantal.rang) - before == 1


async def test_a_restart_between_two_rings_loses_none(scene: Scene) -> None:
    chantal, esmaman, awa = await team(scene)
    await awa.writes(TONIGHT)
    await now_due(scene)
    await scene.restarts()
    await now_due(scene, 5)
    assert (rung(esmaman), rung(chantal)) == (1, 1)
    await esmaman.presses("Vu")
    await awa.sees("Esmaman l'a vu à 10 h 10.")


async def test_whoever_becomes_absent_while_it_rings_gives_way_at_once(scene: Scene) -> None:
    chantal, esmaman, awa = await team(scene)
    await awa.writes(TONIGHT)
    await now_due(scene)
    assert (rung(esmaman), rung(chantal)) == (1, 0)
    await esmaman.writes("/absence")
    await esmaman.presses("Aujourd'hui", on=await esmaman.sees("Quels jours"))
    await esmaman.sees("Absence notée")
    await now_due(scene)
    assert (rung(esmaman), rung(chantal)) == (1, 1), "not five minutes later"
    await now_due(scene, 6)
    assert (rung(esmaman), rung(chantal)) == (1, 1)
