"""Days away and rhythms, finely: who may be rung, what is said in the morning, who reads meanwhile."""

from datetime import datetime, timedelta

from tests.cast import PARIS, TUESDAY_EVENING, TUESDAY_MORNING, Scene

YANIS = "Bonjour, Yanis B. ne rend plus ses devoirs, reste-t-il une place au CLAS ?"
GRAVE = "Yanis B. dit que son père le frappe à la maison tous les soirs."


async def test_the_morning_word_says_what_came_in_silently_and_nothing_of_it(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await chantal.writes("/rythme")
    await chantal.presses(
        "Mot du matin\N{NO-BREAK SPACE}: oui", on=await chantal.sees("Votre téléphone sonne")
    )
    await scene.jumps(TUESDAY_EVENING)
    await awa.writes(YANIS)
    await chantal.sees("Yanis B.")
    await scene.settles()
    rang = len(chantal.rang)
    await scene.jumps(datetime(2026, 11, 25, 8, 59, tzinfo=PARIS))
    assert len(chantal.rang) == rang
    await scene.jumps(datetime(2026, 11, 25, 9, 0, tzinfo=PARIS))
    word = await chantal.sees("1 message (Les Tilleuls)")
    assert "Yanis" not in word.text
    assert not word.silent
    await scene.jumps(datetime(2026, 11, 26, 9, 0, tzinfo=PARIS))
    assert sum("1 message" in one.text for one in chantal.received) == 1, "nothing came in the second night"


async def test_an_absent_woman_is_rung_for_a_danger_only_if_she_asked(scene: Scene) -> None:
    chantal, esmaman = [await scene.staff(one) for one in ("Chantal", "Esmaman")]
    awa = await scene.teacher("Awa", "Diallo")
    await chantal.writes("/rythme")
    await chantal.presses(
        "Danger, absente\N{NO-BREAK SPACE}: oui", on=await chantal.sees("Votre téléphone sonne")
    )
    await chantal.writes("/absence")
    await chantal.sees("Quels jours")
    await chantal.presses("Aujourd'hui")
    await scene.settles()
    await awa.writes(GRAVE)
    await chantal.sees("À lire maintenant")
    await scene.jumps(TUESDAY_MORNING + timedelta(minutes=7))
    await esmaman.sees("À lire maintenant")
