"""Friday, 14:00: the week tells itself."""

from datetime import datetime

from bot.digest import send_now
from bot.rules.week import week_of
from tests.cast import PARIS, Scene
from tests.stories.test_meetings import kept, spaced


def paris(day: int, month: int, hour: int, minute: int = 0, *, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=PARIS)


FRIDAY = paris(27, 11, 14, 0)


async def test_friday_at_two_the_week_comes_by_itself_with_what_waits_oldest_first(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    farida = await scene.staff("Farida")
    awa = await scene.teacher("Awa", "Diallo")
    marc = await scene.teacher("Marc", "Roux", level="CM2")
    await awa.writes("Bonjour, Yanis B. ne fait jamais ses devoirs, reste-t-il une place au CLAS pour lui ?")
    await scene.settles()
    await scene.jumps(paris(25, 11, 10, 0))
    await marc.writes("Bonjour, Lina K. est absente trois jours par semaine depuis octobre.")
    await scene.settles()
    await kept(scene, chantal, "réunion cycle 2 mardi 08/12 11h45")
    await scene.jumps(FRIDAY)
    week = await chantal.sees("Votre semaine")
    shown = spaced(week.text)
    assert shown.splitlines()[:2] == ["Votre semaine", "2 réponses attendues"]
    assert "Awa Diallo, CE1, Les Tilleuls — CLAS" in shown.splitlines()[2]
    assert "mardi 8 décembre, 13 h 10 : Les Tilleuls, cycle 2 — à confirmer" in shown
    assert "Reçus 2." in shown
    assert "Yanis" not in shown
    assert "Lina" not in shown
    assert len(week.text) < 900
    assert week.labels == ("Voir ce qui attend",)
    centre = spaced((await farida.sees("23 – 27 novembre")).text)
    assert "À venir : 1 réunion, 2 réponses attendues" in centre
    assert "Arrivées : 2 enseignants" in centre

    await chantal.presses("Voir ce qui attend")
    listed = await chantal.sees("Ce qui attend")
    assert listed.labels == ("Awa Diallo", "Marc Roux")
    await chantal.presses("Awa Diallo", on=listed)
    await scene.settles()
    here = await chantal.sees("C'est ici")
    assert here.reply_to == (await chantal.sees("Awa Diallo ·")).id


async def test_a_calm_week_is_two_lines_and_it_comes_once_whatever_restarts(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    await scene.jumps(FRIDAY)
    week = await chantal.sees("Votre semaine")
    assert spaced(week.text).splitlines() == [
        "Votre semaine : personne n'attend.",
        "Pas de rendez-vous dans les deux semaines.",
    ]
    await scene.restarts()
    await scene.jumps(paris(27, 11, 16, 0))
    assert len([one for one in chantal.received if "Votre semaine" in one.text]) == 1


async def test_a_week_that_was_slept_through_comes_late_and_says_so_unless_the_next_is_due(
    scene: Scene,
) -> None:
    chantal = await scene.staff("Chantal")
    await scene.jumps(paris(30, 11, 9, 0))
    week = await chantal.sees("Votre semaine")
    assert "(prévue vendredi 14 h, le service était arrêté)" in spaced(week.text)
    await scene.jumps(paris(18, 12, 15, 0))  # three Fridays at once
    assert len([one for one in chantal.received if "Votre semaine" in one.text]) == 2


async def test_before_the_holidays_who_covers_and_when_it_opens_again_and_nothing_when_closed(
    scene: Scene,
) -> None:
    chantal = await scene.staff("Chantal")
    await scene.jumps(paris(18, 12, 14, 0))
    week = spaced((await chantal.sees("Vacances")).text)
    assert "Vacances : Fermé du 25 décembre au 3 janvier. Retour lundi 4 janvier." in week
    await scene.jumps(paris(2, 1, 15, 0, year=2027))
    assert len([one for one in chantal.received if "Votre semaine" in one.text]) == 2, "18 and 24 December"


async def test_whoever_wants_it_at_another_hour_has_nothing_counted_twice(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes("Bonjour, Yanis B. ne fait jamais ses devoirs, reste-t-il une place au CLAS pour lui ?")
    await scene.settles()
    await scene.jumps(FRIDAY)
    assert "Reçus 1." in spaced((await chantal.sees("Votre semaine")).text)
    await chantal.writes("/semaine")
    asked = await chantal.sees("Votre semaine", after=chantal.received[-1])
    await chantal.presses("Lundi 9 h".replace(" h", "\N{NO-BREAK SPACE}h"), on=asked)
    await scene.settles()
    await scene.jumps(paris(30, 11, 9, 0))
    monday = await chantal.sees("Votre semaine", after=asked)
    assert "Reçus" not in spaced(monday.text)


async def test_whoever_could_not_have_it_when_it_was_sent_by_hand_has_it_on_friday(scene: Scene) -> None:
    async with scene.service.store.work(scene.clock.now()) as work:
        assert await send_now(work, week_of(work.now)) == 0
    chantal = await scene.staff("Chantal")
    await scene.jumps(FRIDAY)
    await chantal.sees("Votre semaine")


async def test_what_comes_after_a_week_sent_by_hand_is_counted_in_the_next(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    async with scene.service.store.work(scene.clock.now()) as work:
        assert await send_now(work, week_of(work.now)) == 1
    await scene.jumps(paris(25, 11, 10, 0))
    await awa.writes("Bonjour, Yanis B. ne fait jamais ses devoirs, reste-t-il une place au CLAS pour lui ?")
    await scene.settles()
    await scene.jumps(paris(4, 12, 14, 0))
    weeks = [spaced(one.text) for one in chantal.received if "Votre semaine" in one.text]
    assert len(weeks) == 2, "none on the first Friday: she had that week's"
    assert "Reçus 1." in weeks[1]


async def test_a_danger_is_never_in_it(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    farida = await scene.staff("Farida")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes("Yanis B. m'a dit que son père le frappe avec une ceinture")
    await scene.settles()
    await scene.jumps(FRIDAY)
    week = await chantal.sees("Votre semaine")
    assert "personne n'attend" in week.text
    centre = await farida.sees("23 – 27")
    assert "Reçus" not in centre.text
    await chantal.presses("Voir ce qui attend", on=week)
    await chantal.sees("Personne n'attend.")


async def test_she_chooses_another_hour(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    await chantal.writes("/semaine")
    now = await chantal.sees("Votre semaine")
    await chantal.presses("Jeudi 17 h", on=now)
    await scene.settles()
    assert "✓ Jeudi 17 h" in [spaced(one) for one in chantal.now(now).labels]
    await scene.jumps(paris(26, 11, 17, 0))
    assert len([one for one in chantal.received if "Votre semaine" in one.text]) == 2
    await scene.jumps(paris(27, 11, 15, 0))
    assert len([one for one in chantal.received if "Votre semaine" in one.text]) == 2


async def test_where_the_town_has_no_pre_the_week_names_none_either(scene: Scene) -> None:
    nadia, solene = await scene.staff("Nadia"), await scene.staff("Solène")
    ines = await scene.teacher("Inès", "Petit", school="Les Peupliers", level="CE2")
    await ines.writes("Bonjour, Lina K. est absente trois jours par semaine depuis octobre.")
    await scene.settles()
    await scene.jumps(FRIDAY)
    week = await nadia.sees("Votre semaine")
    assert "Inès Petit, CE2, Les Peupliers — accompagnement" in spaced(week.text)
    assert "Reçus 1. Accompagnement 1." in spaced(week.text)
    centre = await solene.sees("23 – 27 novembre")
    assert "Accompagnement 1." in spaced(centre.text)
    await nadia.presses("Voir ce qui attend", on=week)
    listed = await nadia.sees("Ce qui attend")
    for one in (week, centre, listed):
        assert "PRE" not in one.text
