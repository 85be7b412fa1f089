"""The last Friday before the holidays: what the period brought, in a picture."""

from datetime import datetime

from tests.cast import PARIS, Scene
from tests.stories.test_meetings import kept, spaced


def paris(day: int, month: int, hour: int, minute: int = 0, *, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=PARIS)


LAST_FRIDAY = paris(18, 12, 14)
TOLD = "du 2 novembre au 18 décembre"


async def a_period(scene: Scene) -> None:
    """Three conversations, one answered, one of them about homework in the evening; a meeting; a danger."""
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    marc = await scene.teacher("Marc", "Roux", level="CM2")
    lou = await scene.teacher("Lou", "Martin", level="CE2")
    ana = await scene.teacher("Ana", "Costa", level="CP")
    await kept(scene, chantal, "réunion cycle 2 mardi 08/12 11h45")
    await awa.writes("Bonjour, Yanis B. ne fait jamais ses devoirs, reste-t-il une place au CLAS pour lui ?")
    await scene.settles()
    card = await chantal.sees("Awa Diallo ·")
    await chantal.writes("Oui, il reste une place.", reply_to=card)
    await scene.settles()
    await scene.jumps(paris(24, 11, 21))
    await marc.writes("Bonsoir, Noé T. n'apprend pas ses leçons, personne ne peut l'aider le soir.")
    await lou.writes("Bonsoir, Mila R. ne rend aucun devoir.")
    await ana.writes("Lina K. m'a dit que son père la frappe avec une ceinture")
    await scene.settles()


async def test_the_last_friday_the_coordinatrice_has_a_picture_and_what_it_brought(scene: Scene) -> None:
    farida = await scene.staff("Farida")
    await a_period(scene)
    await scene.jumps(LAST_FRIDAY)
    shown = await farida.sees(TOLD)
    assert shown.kind == "photo"
    assert shown.media is not None
    assert shown.media["width"] == 1080
    assert shown.silent
    words = spaced(shown.text)
    assert "Reçus 3, répondus 1, dont 1 à la date promise." in words
    assert "CLAS 3." in words
    assert "À l'école : 1 réunion avec le centre." in words
    assert "Aux familles : 3 demandes vers le CLAS." in words
    for name in ("Yanis", "Noé", "Mila", "Lina", "Awa", "Roux", "Chantal"):
        assert name not in words
    assert "Pas de nouvelles sur cette période" in words
    assert "Les Tilleuls" not in words


async def test_it_comes_once_whatever_restarts_and_to_nobody_else(scene: Scene) -> None:
    farida, esmaman = await scene.staff("Farida"), await scene.staff("Esmaman")
    await scene.jumps(LAST_FRIDAY)
    await farida.sees(TOLD)
    await scene.restarts()
    await scene.jumps(paris(18, 12, 18))
    assert len([one for one in farida.received if TOLD in spaced(one.text)]) == 1
    assert not esmaman.shows(TOLD)


async def test_slept_through_it_comes_late_and_says_so_unless_the_next_is_over(scene: Scene) -> None:
    farida = await scene.staff("Farida")
    await scene.jumps(paris(5, 1, 9, year=2027))
    late = spaced((await farida.sees(TOLD)).text)
    assert "le service était arrêté)" in late
    await scene.jumps(paris(9, 4, 9, year=2027))  # the periods that end in February and in April, at once
    assert not farida.shows("au 5 février")
    await farida.sees("du 22 février au 2 avril")
