"""Somebody of a meeting leaves or loses her phone: nothing is orphaned, and whoever must know is told."""

from bot.invitations import invite_staff
from tests.cast import Scene
from tests.stories.test_meetings import kept, paris, sees, spaced


async def test_who_stands_in_has_the_reminders_and_goes_once_she_says_so(scene: Scene) -> None:
    chantal, esmaman = [await scene.staff(one) for one in ("Chantal", "Esmaman")]
    awa = await scene.teacher("Awa", "Diallo")
    await kept(scene, chantal)
    await scene.jumps(paris(24, 11, 12, 1))
    await awa.presses("Oui", on=await awa.sees("Chantal propose"))
    await chantal.writes("/quitter")
    await chantal.presses("Oui, je quitte")
    told = await esmaman.sees("ses rappels de réunion vous viennent")
    assert "· mardi 12 janvier, 13 h 10, Les Tilleuls" in spaced(told.text)
    assert told.labels == ("mardi 12 janvier, Les Tilleuls",)

    await scene.jumps(paris(5, 1, 12, 16, year=2027))
    assert "Le centre vous rejoint à 13 h 10." in await sees(awa, "Toujours d'accord"), "nobody is promised"
    await scene.jumps(paris(5, 1, 14, 1, year=2027))
    week = await esmaman.sees("Toujours bon")
    assert spaced(week.text).startswith("À la place de Chantal, injoignable ici.\nMardi 12 janvier")
    await esmaman.presses("Oui", on=week)
    assert "C'est Esmaman qui viendra. Réunion de cycle 2 : mardi 12 janvier, 13 h 10." in await sees(
        awa, "qui viendra"
    )
    await scene.jumps(paris(11, 1, 14, 1, year=2027))
    eve = await esmaman.sees("Demain")
    assert spaced(eve.text) == "Demain, 13 h 10, Les Tilleuls."
    await esmaman.presses("Pense-bête", on=eve)
    await esmaman.sees("Pense-bête")
    await scene.jumps(paris(12, 1, 13, 31, year=2027))
    await esmaman.sees("une suite à noter")


async def test_a_lost_phone_gives_nothing_away_and_on_the_new_one_they_are_hers_again(scene: Scene) -> None:
    chantal, esmaman, farida = [await scene.staff(one) for one in ("Chantal", "Esmaman", "Farida")]
    await scene.teacher("Awa", "Diallo")
    await kept(scene, chantal)
    await farida.writes("/equipe")
    await farida.presses("Chantal", on=await farida.sees("Farida, coordinatrice"))
    await farida.presses("Téléphone perdu")
    await farida.presses("Oui, couper l'accès")
    listed = await esmaman.sees("ses rappels de réunion vous viennent")
    await esmaman.presses("mardi 12 janvier, Les Tilleuls", on=listed)
    one = await esmaman.sees("11 h 45".replace(" ", "\N{NO-BREAK SPACE}"), after=listed)
    assert one.labels == ("Déplacer", "Annuler", "Agenda"), "Chantal had said yes; it is still hers"
    async with scene.service.store.work(scene.clock.now()) as work:
        code = await invite_staff(work, "Chantal")
    await chantal.opens(code)
    await chantal.presses("J'ai lu")
    mine = await chantal.sees("Vos réunions à venir")
    assert "· mardi 12 janvier, 13 h 10, Les Tilleuls" in spaced(mine.text)
    await scene.jumps(paris(5, 1, 14, 1, year=2027))
    week = await chantal.sees("Toujours bon")
    assert spaced(week.text).startswith("Mardi 12 janvier")
    assert not esmaman.shows("Toujours bon")


async def test_the_contact_who_leaves_is_replaced_by_whom_the_centre_names(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    marc = await scene.teacher("Marc", "Roux", level="CM2")
    await kept(scene, chantal)
    whole = len(chantal.received)
    await awa.writes("/quitter")
    await awa.presses("Oui, je quitte")
    asked = await chantal.sees("Qui prévenir à sa place")
    assert "Awa Diallo n'est plus joignable ici pour Les Tilleuls : l'école n'a plus de rappel" in spaced(
        asked.text
    )
    assert asked.labels == ("Marc Roux",)
    await scene.settles()
    assert len(chantal.received) == whole + 1
    await chantal.presses("Marc Roux", on=asked)
    await scene.settles()
    assert spaced(chantal.now(asked).text) == (
        "Les rappels iront à Marc Roux, qui le saura aujourd'hui à 12 h."
    )
    await scene.jumps(paris(24, 11, 12, 1))
    await marc.presses("Oui", on=await marc.sees("Chantal propose"))
    await chantal.sees("Marc Roux a dit oui")
    await scene.jumps(paris(5, 1, 12, 16, year=2027))
    await marc.sees("Toujours d'accord")


async def test_a_contact_who_leaves_while_another_date_is_chosen_is_not_asked(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    marc = await scene.teacher("Marc", "Roux", level="CM2")
    await kept(scene, chantal)
    await chantal.presses("Déplacer")
    grid = await chantal.sees("quel jour")
    await awa.writes("/quitter")
    await awa.presses("Oui, je quitte")
    await chantal.sees("Qui prévenir à sa place")
    await chantal.presses("19", on=grid)
    await scene.settles()
    assert "Pour l'école : Marc Roux." in spaced(chantal.now(grid).text)
    await chantal.presses("C'est bon", on=grid)
    await marc.sees("Chantal déplace la réunion")
    await scene.jumps(paris(12, 1, 12, 16, year=2027))
    await marc.sees("Toujours d'accord")


async def test_a_meeting_that_took_place_meanwhile_is_not_moved(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    await kept(scene, chantal)
    await chantal.presses("Déplacer")
    grid = await chantal.sees("quel jour")
    await chantal.presses("19", on=grid)
    await scene.settles()
    await scene.jumps(paris(12, 1, 13, 31, year=2027))
    asked = await chantal.sees("une suite à noter")
    await chantal.presses("C'est bon", on=grid)
    await scene.settles()
    assert "Gardée" not in chantal.now(grid).text
    await chantal.presses("Rien", on=asked)
    await scene.jumps(paris(18, 1, 14, 1, year=2027))
    assert not chantal.shows("Demain")


async def test_a_series_left_by_its_contact_asks_once_and_invites_once(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    marc = await scene.teacher("Marc", "Roux", level="CM2")
    await chantal.writes("réunion cycle 2 tous les mardis à partir du 1er décembre 11h45")
    await chantal.presses("C'est bon", on=await chantal.sees("On les garde"))
    await chantal.sees("Gardées.")
    await scene.jumps(paris(24, 11, 12, 1))
    await awa.sees("Chantal propose")
    await awa.writes("/quitter")
    await awa.presses("Oui, je quitte")
    asked = await chantal.sees("Qui prévenir à sa place")
    assert "mardi 1er décembre, mardi 8 décembre, mardi 15 décembre" in spaced(asked.text)
    await chantal.presses("Marc Roux", on=asked)
    offered = await marc.sees("Chantal propose")
    await scene.settles()
    assert [one.text for one in marc.received if "propose" in one.text] == [offered.text]
    assert offered.labels == ("Oui à toutes", "Une date…", "Tout annuler", "Agenda")


async def test_with_nobody_else_of_the_school_she_warns_it_herself(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await kept(scene, chantal)
    await awa.writes("/quitter")
    await awa.presses("Oui, je quitte")
    asked = await chantal.sees("prévenez-la")
    assert asked.labels == ()
    await scene.jumps(paris(11, 1, 14, 1, year=2027))
    assert "L'école n'a pas confirmé." in await sees(chantal, "Demain")


async def test_what_came_of_a_meeting_is_asked_once_more_on_the_next_working_day(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    await scene.teacher("Awa", "Diallo")
    await kept(scene, chantal, "réunion cycle 2 vendredi 15/01 11h45")
    await scene.jumps(paris(15, 1, 13, 31, year=2027))
    first = await chantal.sees("une suite à noter")
    await scene.jumps(paris(16, 1, 18, 0, year=2027))
    assert sum("une suite à noter" in one.text for one in chantal.received) == 1, "nobody works on Saturday"
    await scene.jumps(paris(18, 1, 16, 1, year=2027))
    again = await chantal.sees("vendredi 15 janvier : une suite".replace(" :", "\N{NO-BREAK SPACE}:"))
    assert chantal.now(first).labels == ()
    await chantal.presses("Rien", on=again)
    await scene.jumps(paris(25, 1, 16, 1, year=2027))
    assert sum("une suite à noter" in one.text for one in chantal.received) == 1, "the first, without buttons"


async def test_lines_that_were_noted_are_not_asked_for_again(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    await scene.teacher("Awa", "Diallo")
    await kept(scene, chantal)
    await scene.jumps(paris(12, 1, 13, 31, year=2027))
    await chantal.presses("Écrire trois lignes", on=await chantal.sees("une suite à noter"))
    await chantal.writes("Revoir la maman")
    await chantal.sees("Noté")
    await scene.jumps(paris(13, 1, 16, 1, year=2027))
    assert not chantal.shows("une suite à noter")
