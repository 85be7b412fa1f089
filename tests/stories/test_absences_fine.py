"""Days away and rhythms, finely: who may be rung, what is said in the morning, who reads meanwhile."""

from datetime import datetime, timedelta

from storage.centres import school_named
from storage.meetings import Meeting
from storage.people import account_at
from tests.bubbles import plain
from tests.cast import PARIS, TUESDAY_EVENING, TUESDAY_MORNING, Scene
from tests.stories.test_meetings import kept

YANIS = "Bonjour, Yanis B. ne rend plus ses devoirs, reste-t-il une place au CLAS ?"
GRAVE = "Yanis B. dit que son père le frappe à la maison tous les soirs."


async def test_the_morning_word_says_what_came_in_silently_and_nothing_of_it(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await chantal.writes("/rythme")
    await chantal.presses("Mot du matin : oui", on=await chantal.sees("Votre téléphone sonne"))
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
    await chantal.presses("Danger, absente : oui", on=await chantal.sees("Votre téléphone sonne"))
    await chantal.writes("/absence")
    await chantal.sees("Quels jours")
    await chantal.presses("Aujourd'hui")
    await scene.settles()
    await awa.writes(GRAVE)
    await chantal.sees("À lire maintenant")
    await scene.jumps(TUESDAY_MORNING + timedelta(minutes=7))
    await esmaman.sees("À lire maintenant")


async def test_an_afternoon_away_passes_on_at_midday_what_still_waits(scene: Scene) -> None:
    chantal, esmaman = [await scene.staff(one) for one in ("Chantal", "Esmaman")]
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(YANIS)
    await chantal.sees("Yanis B.")
    await chantal.writes("/absence")
    await chantal.presses("Cet après-midi", on=await chantal.sees("Quels jours"))
    await chantal.sees("Absence notée, cet après-midi. Esmaman lit à votre place.")
    await scene.jumps(datetime(2026, 11, 24, 11, 59, tzinfo=PARIS))
    assert not esmaman.shows("Yanis B.")
    await scene.jumps(datetime(2026, 11, 24, 12, 0, tzinfo=PARIS))
    await esmaman.sees("Yanis B.")
    await awa.sees("Esmaman prend la suite")


async def test_a_morning_away_leaves_the_afternoon_and_another_absence_may_follow(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    await scene.staff("Esmaman")
    await chantal.writes("/absence")
    await chantal.presses("Demain matin", on=await chantal.sees("Quels jours"))
    noted = await chantal.sees("Absence notée, demain matin.")
    await scene.settles()
    await chantal.presses("Après-midi seulement", on=noted)
    await scene.settles()
    assert "demain après-midi" in chantal.now(noted).text
    await chantal.writes("/absence")
    asked = await chantal.sees("Déjà noté")
    await chantal.presses("Demain matin", on=asked)
    await scene.settles()
    assert "Absence notée, demain matin." in chantal.now(asked).text


async def test_a_reminder_that_her_absence_brings_forward_comes_at_once_and_is_not_called_late(
    scene: Scene,
) -> None:
    chantal = await scene.staff("Chantal")
    await kept(scene, chantal, "réunion cycle 2 mardi 08/12 11h45")
    await scene.jumps(datetime(2026, 11, 30, 15, 0, tzinfo=PARIS))
    await chantal.writes("/absence")
    await chantal.presses("Demain", on=await chantal.sees("Quels jours"))
    await scene.jumps(datetime(2026, 11, 30, 15, 1, tzinfo=PARIS))
    assert "le service était arrêté" not in (await chantal.sees("Toujours bon")).text


async def test_a_late_reminder_that_waits_for_the_teachers_hours_outlives_an_absence_said_meanwhile(
    scene: Scene,
) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await kept(scene, chantal, "réunion cycle 2 mardi 08/12 11h45")
    await scene.jumps(datetime(2026, 12, 1, 14, 0, tzinfo=PARIS))
    assert not awa.shows("Toujours d'accord")
    await chantal.writes("/absence")
    await chantal.presses("Demain", on=await chantal.sees("Quels jours"))
    await scene.jumps(datetime(2026, 12, 1, 16, 45, tzinfo=PARIS))
    await awa.sees("Toujours d'accord")


async def test_a_half_day_given_back_never_comes_to_lie_over_another_absence(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    await chantal.writes("/absence")
    await chantal.presses("Demain", on=await chantal.sees("Quels jours"))
    noted = await chantal.sees("Absence notée, demain.")
    await chantal.presses("Après-midi seulement", on=noted)
    await chantal.writes("/absence")
    await chantal.presses("Demain matin", on=await chantal.sees("Déjà noté"))
    await scene.settles()
    refused = await chantal.presses("Après-midi seulement", on=noted)
    assert refused.text == plain("Une absence est déjà notée, demain matin : annulez-la d'abord.")
    assert "demain après-midi" in chantal.now(noted).text


async def test_the_covers_cover_is_said_with_the_reason_she_is_asked(scene: Scene) -> None:
    chantal, esmaman, farida = [await scene.staff(one) for one in ("Chantal", "Esmaman", "Farida")]
    await esmaman.writes("/absence")
    await esmaman.presses("Demain", on=await esmaman.sees("Quels jours"))
    await esmaman.sees("Chantal lit à votre place")
    await chantal.writes("/absence")
    await chantal.presses("Demain", on=await chantal.sees("Quels jours"))
    await chantal.sees("Farida, qui coordonne, lit si besoin")
    await scene.settles()
    assert len(farida.received) == 2, "she is told of what is laid on her desk, not of plans"


async def test_an_absence_on_a_meeting_says_so(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    async with scene.service.store.work(scene.clock.now()) as work:
        school = await school_named(work.session, "Les Tilleuls")
        account = await account_at(work.session, str(chantal.id))
        assert school is not None
        assert account is not None
        starts = datetime(2026, 11, 25, 11, 30, tzinfo=PARIS)
        work.add(
            Meeting(
                centre_id=school.centre_id,
                school_id=school.id,
                kind="cycle",
                cycles="2",
                starts=starts,
                ends=starts + timedelta(hours=2),
                arrives=starts + timedelta(minutes=100),
                referente_id=account.person_id,
                proposed_by_id=account.person_id,
                made_at=scene.clock.now(),
            )
        )
    await chantal.writes("/absence")
    await chantal.presses("Demain", on=await chantal.sees("Quels jours"))
    noted = await chantal.sees("Réunion prévue ces jours-là")
    assert "demain à 13 h 10, Les Tilleuls" in noted.text
