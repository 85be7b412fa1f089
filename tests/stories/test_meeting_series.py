"""Meetings that come back: shown whole before they are kept, then each one an ordinary meeting."""

import icalendar

from bot.demo.telegram import LocalBotApi
from tests.cast import Scene
from tests.phones import Bubble, Phone
from tests.stories.test_meetings import kept, paris, sees, spaced


async def proposed(chantal: Phone, line: str) -> str:
    hers = await chantal.writes(line)
    return spaced((await chantal.sees("On les garde", after=hers)).text)


async def kept_series(scene: Scene, chantal: Phone, line: str) -> Bubble:
    await proposed(chantal, line)
    await chantal.presses("C'est bon")
    shown = await chantal.sees("Gardées.")
    await scene.settles()
    return shown


async def test_a_year_of_first_tuesdays_is_shown_whole_with_what_the_holidays_take(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    await scene.teacher("Awa", "Diallo")
    shown = await proposed(chantal, "réunion cycle 2 le premier mardi de chaque mois 11h45")
    assert shown.startswith(
        "Réunion de cycle 2, Les Tilleuls, 11 h 45 – 13 h 30\n"
        "Chantal arrive à 13 h 10.\n"
        "· mardi 1er décembre\n"
        "· mardi 5 janvier\n"
        "· mardi 2 février\n"
        "· mardi 2 mars\n"
        "· mardi 4 mai\n"
        "· mardi 1er juin\n"
        "Sans réunion :\n"
        "· mardi 6 avril : ce sont les vacances (Printemps)\n"
        "Pour l'école : Awa Diallo."
    )
    await chantal.presses("Ne pas garder")
    await chantal.sees("Rien n'est gardé.")


async def test_bridges_and_public_holidays_are_skipped_and_said(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    fridays = await proposed(
        chantal, "réunion liaison tous les vendredis de l'année à partir du 30 avril 2027"
    )
    assert "· vendredi 7 mai 2027" not in fridays
    assert "vendredi 7 mai : c'est un pont (Ascension)" in fridays
    mondays = await proposed(chantal, "réunion cycle 3 tous les lundis de l'année à partir du 10 mai 2027")
    assert "lundi 17 mai : c'est un jour férié (lundi de Pentecôte)" in mondays


async def test_each_date_is_a_meeting_with_its_own_reminders_and_one_goes_alone(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    whole = await kept_series(scene, chantal, "réunion cycle 2 tous les mardis 11h45")
    assert whole.labels == ("Une date…", "Tout annuler", "Agenda")
    assert "Awa Diallo le saura aujourd'hui à 12 h." in spaced(whole.text)
    await scene.jumps(paris(24, 11, 12, 1))
    asked = await awa.sees("Chantal propose")
    assert "· mardi 24 novembre" in spaced(asked.text), "that day's, for its hour is still ahead"
    await awa.presses("Oui à toutes", on=asked)
    await scene.settles()
    assert "Awa Diallo a dit oui." in spaced(chantal.now(whole).text)

    await scene.jumps(paris(24, 11, 14, 1))
    week = await chantal.sees("Toujours bon")
    assert spaced(week.text).startswith("Mardi 1er décembre, Les Tilleuls, cycle 2.")
    await chantal.presses("Une date…", on=whole)
    await scene.settles()
    assert chantal.now(whole).labels == (
        "mardi 1er décembre", "mardi 8 décembre", "mardi 15 décembre", "‹ Retour",
    )  # fmt: skip
    await chantal.presses("mardi 8 décembre", on=whole)
    one = await chantal.sees("mardi 8 décembre, 11")
    assert (await chantal.presses("Annuler", on=one)).text == "Awa Diallo le sait."
    await scene.settles()
    assert "Chantal annule : Réunion de cycle 2, Les Tilleuls, mardi 8 décembre." in await sees(awa, "annule")
    assert chantal.now(whole).labels == ("Une date…", "Tout annuler", "Agenda")
    assert "· mardi 8 décembre : annulée" in spaced(chantal.now(whole).text)

    await scene.jumps(paris(30, 11, 14, 1))
    assert spaced((await chantal.sees("Demain")).text) == "Demain, 13 h 10, Les Tilleuls."
    await scene.jumps(paris(7, 12, 14, 1))
    assert spaced(chantal.received[-1].text) != "Demain, 13 h 10, Les Tilleuls.", "the 8th is off"
    await scene.jumps(paris(14, 12, 14, 1))
    await chantal.sees("Demain", after=week)


async def test_a_teacher_proposes_a_series_and_the_centre_agrees_to_all_of_it(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    whole = await kept_series(scene, awa, "réunion cycle 2 tous les premiers mardis jusqu'à l'été")
    asked = await chantal.sees("Awa Diallo propose")
    await chantal.presses("Oui à toutes", on=asked)
    await scene.settles()
    assert "Chantal a dit oui." in spaced(awa.now(whole).text)
    assert chantal.now(asked).labels == ("Une date…", "Tout annuler", "Agenda")
    colleague = await scene.teacher("Marc", "Roux", level="CM2")
    for verb in ("series-off", "series-yes", "series-one"):
        assert (await colleague.forges(verb, on=colleague.received[-1])).text == (
            "Seuls le centre et le contact de l'école répondent."
        )


async def test_all_that_remain_go_in_one_tap_and_the_other_side_is_told_once(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    whole = await kept_series(scene, chantal, "réunion cycle 2 tous les mardis 11h45")
    await scene.jumps(paris(24, 11, 12, 1))
    asked = await awa.sees("Chantal propose")
    await scene.jumps(paris(1, 12, 15, 0))
    await awa.presses("Tout annuler", on=asked)
    await scene.settles()
    answer = await awa.presses("Oui, annuler les 2 dates qui restent", on=asked)
    assert answer.text == "Chantal le sait."
    told = await sees(chantal, "annule")
    assert (
        told == "Awa Diallo annule : Réunion de cycle 2, Les Tilleuls, mardi 8 décembre, mardi 15 décembre."
    )
    await scene.settles()
    now = spaced(chantal.now(whole).text)
    assert "· mardi 1er décembre\n· mardi 8 décembre : annulée\n· mardi 15 décembre : annulée" in now
    assert chantal.now(whole).labels == ()
    before = len(chantal.received)
    await scene.jumps(paris(15, 12, 14, 0))
    assert not any("Demain" in one.text or "Toujours" in one.text for one in chantal.received[before:])
    assert (await awa.forges("series-off", on=asked)).text == "Plus aucune date à venir."


async def test_from_a_reminder_one_is_cancelled_then_the_following_too(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    await scene.teacher("Awa", "Diallo")
    whole = await kept_series(scene, chantal, "réunion cycle 2 tous les mardis 11h45")
    await scene.jumps(paris(1, 12, 14, 1))
    week = await chantal.sees("Mardi 8 décembre")
    await chantal.presses("Annuler", on=week)
    await scene.settles()
    assert chantal.now(week).labels == ("Choisir une autre date", "Annuler aussi les suivantes")
    await chantal.presses("Annuler aussi les suivantes", on=week)
    await chantal.presses("Oui, annuler la date qui reste", on=week)
    await scene.settles()
    assert spaced(chantal.now(whole).text).count(": annulée") == 2


async def test_what_is_in_the_way_of_one_date_is_said_at_that_date(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    await scene.teacher("Awa", "Diallo")
    await kept(scene, chantal, "réunion cycle 3 mardi 8/12 12h")
    await chantal.writes("/absence")
    await chantal.presses("Demain", on=await chantal.sees("Quels jours"))
    await chantal.sees("Absence notée")
    shown = await proposed(chantal, "réunion cycle 2 tous les mardis 11h45")
    assert "· mardi 8 décembre ⚠️ Le même jour : Les Tilleuls, cycle 3, 12 h.\n" in shown
    assert "· mardi 15 décembre\n" in shown
    wednesdays = await proposed(chantal, "réunion liaison tous les mercredis 11h45")
    assert "· mercredi 25 novembre ⚠️ Chantal est absente ce jour-là.\n" in wednesdays
    assert wednesdays.count("C'est un mercredi : cette école n'a pas classe.") == 1, "once, for all"


async def test_the_same_series_again_keeps_nothing_twice(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    await scene.teacher("Awa", "Diallo")
    await kept(scene, chantal, "réunion cycle 2 mardi 8/12 11h45")
    shown = await proposed(chantal, "réunion cycle 2 tous les mardis de la période 11h45")
    assert "Déjà gardées : mardi 8 décembre." in shown
    await chantal.presses("C'est bon")
    await chantal.sees("Gardées.")
    await chantal.writes("réunion cycle 2 tous les mardis de la période 11h45")
    none = await chantal.sees("aucune de ces dates")
    assert none.labels == ("Jusqu'à l'été", "Un seul jour", "Ne pas garder")
    await chantal.presses("Jusqu'à l'été", on=none)
    assert "· mardi 5 janvier" in await sees(chantal, "On les garde")


async def test_a_series_is_made_by_buttons_and_goes_to_the_summer_or_back_to_one_day(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    await scene.teacher("Awa", "Diallo")
    await chantal.writes("réunion cycle 2 mardi 12/01 11h45")
    asked = await chantal.sees("On la garde")
    await chantal.presses("Changer…", on=asked)
    await chantal.presses("Plusieurs dates…", on=asked)
    choices = await chantal.sees("comment revient-elle")
    assert choices.labels == (
        "Tous les mardis jusqu'aux vacances",
        "Tous les mardis jusqu'à l'été",
        "Le deuxième mardi de chaque mois",
        "‹ Retour",
    )
    await chantal.presses("Le deuxième mardi de chaque mois", on=asked)
    year = await sees(chantal, "On les garde")
    assert "· mardi 12 janvier\n· mardi 9 mars\n· mardi 11 mai\n· mardi 8 juin" in year
    assert "Sans réunion :\n· mardi 9 février : ce sont les vacances (Hiver)" in year
    await chantal.presses("Changer…", on=asked)
    await chantal.presses("L'arrivée", on=asked)
    await chantal.presses(
        "13 h".replace(" ", "\N{NO-BREAK SPACE}"), on=await chantal.sees("arrive à quelle heure")
    )
    assert "Chantal arrive à 13 h." in await sees(chantal, "On les garde")
    await chantal.presses("Changer…", on=asked)
    await chantal.presses("Jusqu'aux vacances", on=asked)
    alone = await sees(chantal, "On la garde")
    assert "· mardi 12 janvier\nPour" in alone
    await chantal.presses("C'est bon", on=asked)
    await chantal.sees("Gardée.")


async def test_the_file_and_a_moved_date_follow_the_series(scene: Scene, api: LocalBotApi) -> None:
    chantal = await scene.staff("Chantal")
    await scene.teacher("Awa", "Diallo")
    whole = await kept_series(
        scene, chantal, "réunion cycle 2 tous les mardis à partir du 1er décembre 11h45"
    )
    await chantal.presses("Une date…", on=whole)
    await chantal.presses("mardi 8 décembre", on=whole)
    one = await chantal.sees("mardi 8 décembre, 11")
    await chantal.presses("Déplacer", on=one)
    await chantal.presses("10", on=await chantal.sees("quel jour"))
    await chantal.sees("On la déplace")
    await chantal.presses("C'est bon")
    await scene.settles()
    assert "· jeudi 10 décembre" in spaced(chantal.now(whole).text)
    await chantal.presses("Agenda", on=whole)
    await scene.settles()
    file = chantal.received[-1]
    assert file.kind == "document"
    assert file.media is not None
    stored = api.world.files[file.media["file_id"]]
    events = icalendar.Calendar.from_ical(stored.data).walk("VEVENT")
    assert [one.decoded("DTSTART").day for one in events] == [1, 10, 15]
