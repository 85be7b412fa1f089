"""Meetings with a school: one line, two agreements, reminders on the right days."""

from datetime import datetime

import pytest

from bot.apply import apply
from bot.centres import parse
from tests.cast import CENTRES, PARIS, Scene
from tests.phones import Phone


def paris(day: int, month: int, hour: int, minute: int = 0, *, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=PARIS)


def spaced(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


async def sees(phone: Phone, fragment: str) -> str:
    bubble = await phone.sees(fragment.replace(" h ", "\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}"))
    return spaced(bubble.text)


async def kept(scene: Scene, chantal: Phone, line: str = "réunion cycle 2 mardi 12/01 11h45") -> None:
    await chantal.writes(line)
    await chantal.sees("On la garde")
    await chantal.presses("C'est bon")
    await chantal.sees("Gardée.")
    await scene.settles()


async def test_one_line_is_a_meeting_confirmed_then_reminded_to_both(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await chantal.writes("réunion cycle 2 mardi 12/01 11h45")
    proposal = spaced((await chantal.sees("On la garde")).text)
    assert "Réunion de cycle 2, Les Tilleuls\nmardi 12 janvier, 11 h 45 – 13 h 30" in proposal
    assert "Chantal arrive à 13 h 10." in proposal
    assert "Pour l'école : Awa Diallo." in proposal
    await chantal.presses("C'est bon")
    shown = await chantal.sees("Gardée.")
    assert "Awa Diallo le saura aujourd'hui à 12 h." in spaced(shown.text)
    assert shown.labels == ("Déplacer", "Annuler", "Agenda")
    assert not awa.shows("propose"), "a teacher is asked in her hours only"

    await scene.jumps(paris(24, 11, 12, 1))
    asked = await awa.sees("Chantal propose")
    assert asked.labels == ("Oui", "Déplacer", "Annuler", "Agenda")
    await awa.presses("Oui")
    await scene.settles()
    assert "Awa Diallo a dit oui." in spaced(chantal.now(shown).text)

    await scene.jumps(paris(5, 1, 12, 20, year=2027))
    assert "Chantal vous rejoint à 13 h 10. Toujours d'accord ?" in await sees(awa, "Toujours d'accord")
    await scene.jumps(paris(5, 1, 14, 1, year=2027))
    week = await chantal.sees("Toujours bon")
    assert spaced(week.text).startswith("Mardi 12 janvier, Les Tilleuls, cycle 2. Vous arrivez à 13 h 10.")
    await scene.jumps(paris(11, 1, 14, 1, year=2027))
    eve = await chantal.sees("Demain")
    assert spaced(eve.text) == "Demain, 13 h 10, Les Tilleuls."
    assert eve.labels == ("Pense-bête", "Je ne peux pas")
    assert not awa.shows("On maintient"), "she had said yes"
    await scene.jumps(paris(12, 1, 12, 11, year=2027))
    hour = await chantal.sees("Les Tilleuls à")
    assert spaced(hour.text) == "Les Tilleuls à 13 h 10."
    await chantal.presses("J'y serai", on=hour)
    await scene.jumps(paris(12, 1, 13, 31, year=2027))
    await chantal.sees("une suite à noter")


async def test_i_cannot_come_reaches_the_school_at_once_and_another_date_is_asked_of_her(
    scene: Scene,
) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await kept(scene, chantal)
    await scene.jumps(paris(12, 1, 12, 11, year=2027))
    hour = await chantal.sees("Les Tilleuls à")
    answer = await chantal.presses("Je ne peux pas", on=hour)
    assert answer.text == "Awa Diallo le sait."
    await scene.settles()
    assert "Chantal ne pourra pas venir à 13 h 10." in await sees(awa, "ne pourra pas venir")
    await chantal.presses("Choisir une autre date", on=hour)
    month = await chantal.sees("quel jour")
    await chantal.presses("19", on=month)
    await chantal.sees("On la déplace")
    await chantal.presses("C'est bon")
    await scene.settles()
    moved = await awa.sees("déplace la réunion du mardi 12 janvier")
    assert "mardi 19 janvier, 11 h 45 – 13 h 30" in spaced(moved.text)
    assert chantal.now(hour).labels == ("Choisir une autre date",), "the old reminder answers for no new date"
    await scene.jumps(paris(18, 1, 14, 1, year=2027))
    await chantal.sees("Demain")


async def test_a_meeting_moved_or_cancelled_on_a_saturday_rings_no_teachers_phone_unless_it_is_near(
    scene: Scene,
) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await kept(scene, chantal)
    await scene.jumps(paris(28, 11, 11, 0))
    await chantal.presses("Déplacer", on=await chantal.sees("Gardée."))
    await chantal.presses("19", on=await chantal.sees("quel jour"))
    await chantal.presses("C'est bon", on=await chantal.sees("On la déplace"))
    await scene.settles()
    assert (await awa.sees("déplace la réunion")).silent
    await scene.jumps(paris(18, 1, 18, 45, year=2027))
    await chantal.presses("Annuler", on=await chantal.sees("Gardée."))
    await scene.settles()
    assert not (await awa.sees("Chantal annule")).silent


async def test_a_line_in_the_holidays_names_them_and_the_next_possible_days(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    await chantal.writes("réunion cycle 2 mardi 22/12 11h45")
    asked = await chantal.sees("quel jour")
    assert spaced(asked.text).startswith("Mardi 22 décembre : ce sont les vacances (Noël).")
    assert asked.labels[:3] == ("lundi 4 janvier", "mardi 5 janvier", "mardi 12 janvier")
    await chantal.presses("mardi 5 janvier")
    assert "mardi 5 janvier, 11 h 45 – 13 h 30" in await sees(chantal, "On la garde")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("réunion cycle 2 mercredi 11/11/2026 11h45", "Ce jour est déjà passé."),
        ("réunion cycle 2 vendredi 7 mai 2027 11h45", "Vendredi 7 mai : c'est un pont (Ascension)."),
        (
            "réunion cycle 2 lundi 17 mai 2027 11h45",
            "Lundi 17 mai : c'est un jour férié (lundi de Pentecôte).",
        ),
        ("réunion cycle 2 samedi 5 décembre 11h45", "Samedi 5 décembre : c'est le week-end."),
        ("réunion cycle 2 le 31/11 11h45", "Ce jour n'existe pas."),
        ("réunion cycle 2 mardi 24/11 9h", "Cette heure est déjà passée."),
        ("réunion cycle 2 lundi 1er décembre 11h45", "Je n'ai pas compris le jour"),
    ],
)
async def test_a_day_that_cannot_be_says_why(scene: Scene, line: str, why: str) -> None:
    chantal = await scene.staff("Chantal")
    await chantal.writes(line)
    assert (await sees(chantal, "quel jour")).startswith(why)


async def test_a_wednesday_an_absence_and_another_school_are_said_and_not_refused(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    await kept(scene, chantal)
    await chantal.writes("réunion cycle 3 mardi 12/01 12h")
    assert "⚠️ Le même jour : Les Tilleuls, cycle 2, 11 h 45." in await sees(chantal, "Réunion de cycle 3")
    await chantal.writes("réunion cycle 1 mercredi 13/01 11h45")
    assert "⚠️ C'est un mercredi : cette école n'a pas classe." in await sees(chantal, "Réunion de cycle 1")


async def test_the_same_meeting_is_not_kept_twice(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    await kept(scene, chantal)
    await chantal.writes("réunion cycle 2 mardi 12/01 11h45")
    twice = await chantal.sees("déjà gardée")
    assert twice.labels == ("Un autre jour", "Ne pas garder")


async def test_a_teacher_proposes_and_the_centre_is_asked_at_once(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes("Réunion cycle 2 mardi 12 janvier 11h45, salle 4")
    await awa.sees("On la garde")
    await awa.presses("C'est bon")
    await scene.settles()
    asked = await chantal.sees("Awa Diallo propose")
    await chantal.presses("Annuler", on=asked)
    await scene.settles()
    assert "Chantal annule : Réunion de cycle 2, Les Tilleuls, mardi 12 janvier." in await sees(awa, "annule")


@pytest.mark.parametrize(
    "words",
    [
        "Réunion de cycle mardi : Yanis B. sera absent, pouvez-vous prévenir sa maman ?",
        "réunion cycle 2 annulée mardi 12/01 11h45",
        "Réunion cycle 2 mardi 12/01 11h45, qui vient ?",
        "réunionite aiguë ici",
    ],
)
async def test_words_that_say_more_than_a_meeting_stay_a_message(scene: Scene, words: str) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(words)
    await awa.sees("Bien reçu")
    await chantal.sees(words)


async def test_a_line_meant_as_a_message_becomes_one_in_one_tap_or_by_itself(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes("réunion demain midi")
    await awa.sees("laquelle")
    await awa.presses("C'était un message")
    await awa.sees("Bien reçu")
    await chantal.sees("réunion demain midi")
    await awa.writes("réunion jeudi 3 décembre")
    await awa.sees("laquelle")
    await scene.jumps(paris(24, 11, 11, 10))
    await chantal.sees("réunion jeudi 3 décembre")


async def test_only_the_centre_and_the_contact_answer_and_a_poster_plans_nothing(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    esmaman = await scene.staff("Esmaman")
    await scene.teacher("Awa", "Diallo")
    marc = await scene.teacher("Marc", "Roux", level="CM2")
    await kept(scene, chantal)
    shown = await chantal.sees("Gardée.")
    for other in (esmaman, marc):
        theirs = other.received[-1]
        assert (await other.forges("meet-cancel", on=theirs)).text != "Awa Diallo le sait."
    assert not chantal.shows("Annulée.")
    assert chantal.now(shown).labels == ("Déplacer", "Annuler", "Agenda")
    unknown = await scene.teacher("Léa", "Morel", known=False)
    await unknown.writes("/reunion")
    await unknown.sees("Le centre doit d'abord dire qu'il vous connaît")
    await unknown.writes("réunion cycle 2 mardi 19/01 11h45")
    await unknown.sees("Bien reçu")


async def test_the_crib_is_hers_and_what_was_noted_comes_back(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await kept(scene, chantal)
    await awa.writes("Bonjour, Yanis B. ne fait jamais ses devoirs, reste-t-il une place au CLAS pour lui ?")
    await scene.settles()
    await scene.jumps(paris(11, 1, 14, 1, year=2027))
    eve = await chantal.sees("Demain")
    assert "Un enfant à évoquer. L'école n'a pas confirmé." in spaced(eve.text)
    await chantal.presses("Pense-bête", on=eve)
    crib = await chantal.sees("Pense-bête")
    assert "À évoquer\n· Yanis B." in spaced(crib.text)
    assert crib.protected
    await scene.jumps(paris(12, 1, 13, 31, year=2027))
    asked = await chantal.sees("une suite à noter")
    await chantal.presses("Écrire trois lignes", on=asked)
    await chantal.writes("Yanis B. : place trouvée\nRevoir la maman\nCafé des parents\nEt encore")
    await chantal.sees("plus de 3 lignes")
    await chantal.writes("Yanis B. : place trouvée\nRevoir la maman")
    await chantal.sees("Noté")
    await kept(scene, chantal, "réunion cycle 2 mardi 02/02 11h45")
    await scene.jumps(paris(1, 2, 14, 1, year=2027))
    again = await chantal.sees("Demain")
    await chantal.presses("Pense-bête", on=again)
    await scene.settles()
    crib = await chantal.sees("La dernière fois")
    assert "La dernière fois\n· Yanis B. : place trouvée\n· Revoir la maman" in spaced(crib.text)


async def test_a_late_reminder_says_so_and_one_that_is_too_late_is_listed_once(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await kept(scene, chantal)
    await scene.jumps(paris(11, 1, 18, 0, year=2027))  # down since before J-7
    eve = await chantal.sees("Demain")
    assert "(prévu aujourd'hui à 14 h, le service était arrêté)" in spaced(eve.text)
    assert not chantal.shows("Toujours bon"), "the nearer reminder says more"
    await awa.sees("On maintient")
    await kept(scene, chantal, "réunion cycle 3 mardi 02/02 11h45")
    await scene.jumps(paris(3, 2, 9, 0, year=2027))
    late = await sees(chantal, "Trop tard")
    assert late == "Trop tard pour rappeler : Les Tilleuls, hier, 13 h 10. Le service était arrêté."
    assert len([one for one in chantal.received if "Trop tard" in one.text and "hier" in one.text]) == 1


async def test_a_calendar_that_changes_moves_the_reminders_and_says_which_meeting_lost_its_class(
    scene: Scene,
) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await kept(scene, chantal)
    midday = 'midday = "11:30-13:30"'
    for days in ("{ day = 2027-01-05, has_class = false }", "{ day = 2027-01-12, has_class = false }"):
        source = CENTRES.replace(midday, f"{midday}\ndays = [{days}]", 1)
        async with scene.service.store.work(scene.clock.now()) as work:
            await apply(work, parse(source))
        async with scene.service.store.work(scene.clock.now()) as work:
            await apply(work, parse(source))
        await scene.settles()
        assert chantal.shows("Le calendrier a changé") is ("01-12" in days)
        if "01-05" in days:
            await scene.jumps(paris(4, 1, 12, 16, year=2027))
            week = await awa.sees("Toujours d'accord")
            assert "le service était arrêté" not in week.text, "the 4th, for there is no class on the 5th"
    told = [one for one in chantal.received if "Le calendrier a changé" in one.text]
    assert len(told) == 1
    assert spaced(told[0].text) == (
        "Le calendrier a changé, mardi 12 janvier : l'école n'a pas classe ce jour-là.\n"
        "Réunion de cycle 2, Les Tilleuls : la réunion reste notée. On la déplace ?"
    )
    assert told[0].labels == ("Déplacer", "Annuler")


async def test_a_meeting_goes_into_an_agenda_as_a_file(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    await kept(scene, chantal)
    await chantal.presses("Agenda")
    await scene.settles()
    file = chantal.received[-1]
    assert file.kind == "document"
