"""Lines that ask for a meeting: every kind, lines that cannot be, lines that are mended."""

import pytest

from tests.cast import Scene
from tests.phones import Phone
from tests.stories.test_meetings import kept, paris, sees, spaced


async def answer(phone: Phone, line: str) -> str:
    """What the bot says first to a line."""
    hers = await phone.writes(line)
    return spaced((await phone.sees("", after=hers)).text)


# ── Kinds ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("réunion cycles 2 et 3 mardi 12/01 11h45", "Réunion des cycles 2 et 3, Les Tilleuls"),
        ("réunion école PRE centre jeudi 14/01 16h45", "Rencontre école, PRE et centre, Les Tilleuls"),
        ("Rencontre avec le PRE jeudi 14/01 16h45", "Rencontre école, PRE et centre, Les Tilleuls"),
        ("réunion de liaison jeudi 14/01 16h45", "Point de liaison, Les Tilleuls"),
        ("Point de liaison jeudi 14/01 16h45", "Point de liaison, Les Tilleuls"),
    ],
)
async def test_each_kind_is_said_in_one_line_and_only_a_cycle_meeting_is_joined_at_its_end(
    scene: Scene, line: str, said: str
) -> None:
    chantal = await scene.staff("Chantal")
    shown = await answer(chantal, line)
    assert shown.startswith(said)
    assert ("arrive à 13 h 10" if "cycles" in line else "arrive à 16 h 45") in shown


@pytest.mark.parametrize(
    ("touched", "title", "asked"),
    [
        (("Cycle 2", "C'est tout"), "Réunion de cycle 2", "Réunion de cycle 2, mardi 12 janvier : Chantal"),
        (
            ("École, PRE et centre",),
            "Rencontre école, PRE et centre",
            "Rencontre école, PRE et centre, mardi",
        ),
        (("Point de liaison",), "Point de liaison", "Point de liaison, mardi 12 janvier : Chantal"),
    ],
)
async def test_each_kind_is_reached_by_buttons_and_named_in_its_reminders(
    scene: Scene, touched: tuple[str, ...], title: str, asked: str
) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await chantal.writes("/reunion mardi 12/01 11h45")
    question = await chantal.sees("laquelle")
    for label in touched:
        await chantal.presses(label, on=question)
        await scene.settles()
    assert (await sees(chantal, "On la garde")).startswith(f"{title}, Les Tilleuls\nmardi 12 janvier")
    await chantal.presses("C'est bon")
    await chantal.sees("Gardée.")
    await scene.jumps(paris(5, 1, 12, 16, year=2027))
    assert asked in await sees(awa, "Toujours d'accord")


async def test_a_town_without_a_pre_is_offered_none(scene: Scene) -> None:
    nadia = await scene.staff("Nadia")
    hers = await nadia.writes("réunion PRE jeudi 14/01 16h45")
    asked = await nadia.sees("laquelle", after=hers)
    assert spaced(asked.text).startswith("Il n'y a pas de PRE à Ermont.\n")
    assert "École, PRE et centre" not in asked.labels
    await nadia.presses("Point de liaison", on=asked)
    assert (await sees(nadia, "On la garde")).startswith("Point de liaison, Les Peupliers")


# ── Lines that cannot be ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("réunion cycle 2 mi-janvier 11h45", "Je n'ai pas compris le jour."),
        ("réunion cycle 2 tous les mardis et jeudis 11h45", "Je n'ai pas compris le jour."),
        ("réunion cycle 2 jeudi sur deux 11h45", "Je n'ai pas compris le jour : jeudi 26 novembre ?"),
        ("réunion cycle 2 31/12/9999 11h45", "Je n'ai pas compris le jour."),
        (
            "réunion cycle 2 mardi 9/01/2029 11h45",
            "Mardi 9 janvier 2029 : le calendrier scolaire n'est pas encore publié.",
        ),
    ],
)
async def test_a_day_not_understood_or_not_published_is_asked_on_this_months_grid(
    scene: Scene, line: str, why: str
) -> None:
    chantal = await scene.staff("Chantal")
    assert (await answer(chantal, line)).startswith(f"{why}\nRéunion de cycle 2, Les Tilleuls : quel jour ?")
    assert "novembre 2026" in chantal.received[-1].labels


async def test_a_line_of_the_team_that_says_more_than_a_meeting_is_shown_the_way_to_one(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    assert "Pour prévoir une réunion : /reunion." in await answer(
        chantal, "réunion avec la maman de Yanis B."
    )


async def test_an_hour_not_understood_is_said_and_asked(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    assert (await answer(chantal, "réunion cycle 2 mardi 12/01 à 4h")) == (
        "Je n'ai pas compris l'heure.\nÀ quelle heure ?"
    )


async def test_a_series_that_would_end_before_it_starts_is_said_too(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    await chantal.writes("réunion cycle 2 tous les mardis de 23h30 à 23h")
    await sees(chantal, "finirait avant de commencer")


async def test_an_end_before_the_start_is_said_and_the_hour_asked(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    assert (await answer(chantal, "réunion cycle 2 mardi 12/01 de 13h30 à 11h45")) == (
        "Cette réunion finirait avant de commencer.\nÀ quelle heure ?"
    )
    await chantal.presses("11 h 30 – 13 h 30".replace(" h ", "\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}"))
    assert "mardi 12 janvier, 11 h 30 – 13 h 30" in await sees(chantal, "On la garde")


@pytest.mark.parametrize(
    "line", ["réunion cycle 2 aux Marronniers mardi 12/01", "/reunion école Marronniers"]
)
async def test_a_school_that_is_not_hers_is_never_taken_for_the_one_that_is(scene: Scene, line: str) -> None:
    chantal = await scene.staff("Chantal")
    asked = await answer(chantal, line)
    assert asked == "Marronniers n'est pas parmi vos écoles.\nRéunion : dans quelle école ?"
    assert chantal.received[-1].labels == ("Les Tilleuls", "Ne pas garder")


async def test_a_teachers_line_about_another_school_stays_her_message(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes("réunion cycle 2 aux Marronniers mardi 12/01")
    await awa.sees("Bien reçu")
    await chantal.sees("aux Marronniers")


async def test_an_hour_that_passes_while_she_decides_is_looked_at_again(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    await chantal.writes("réunion cycle 2 mardi 24/11 11h45")
    asked = await chantal.sees("On la garde")
    await scene.jumps(paris(24, 11, 11, 50))
    assert (await chantal.presses("C'est bon", on=asked)).text == "Quelque chose a changé : regardez encore."
    await scene.settles()
    assert spaced(chantal.now(asked).text).startswith("Cette heure est déjà passée.")
    assert not chantal.shows("Gardée.")


async def test_a_meeting_moved_after_its_reminders_has_new_ones_and_the_old_answer_for_nothing(
    scene: Scene,
) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await kept(scene, chantal)
    await scene.jumps(paris(5, 1, 12, 16, year=2027))
    old = await awa.sees("Toujours d'accord")
    await awa.presses("Oui", on=old)
    await scene.jumps(paris(5, 1, 14, 1, year=2027))
    await scene.jumps(paris(11, 1, 14, 1, year=2027))
    await chantal.sees("Demain")
    week = await chantal.sees("Mardi 12 janvier")
    await chantal.presses("Déplacer", on=week)
    await chantal.presses("26", on=await chantal.sees("quel jour"))
    await chantal.sees("On la déplace")
    await chantal.presses("C'est bon")
    await scene.settles()
    await awa.sees("déplace la réunion")
    assert (
        await awa.forges("meet-yes", on=old)
    ).text == "La date a changé depuis : voyez le message plus récent."
    await scene.jumps(paris(12, 1, 14, 0, year=2027))
    assert not chantal.shows("une suite à noter"), "nothing took place on the 12th"
    await scene.jumps(paris(19, 1, 12, 16, year=2027))
    assert "mardi 26 janvier" in (await sees(awa, "Toujours d'accord"))
    await scene.jumps(paris(25, 1, 14, 1, year=2027))
    assert "L'école n'a pas confirmé." in await sees(chantal, "Demain"), "her yes was for the 12th"


@pytest.mark.parametrize(
    "data",
    [
        "plan:month=9999-12", "plan:arrives=999999999999", "plan:repeat=day.ever", "plan:until=ever",
        "plan:hour=25:00", "plan:day=2027-02-30", "plan:contact=x", "plan:nothing",
    ],
)  # fmt: skip
async def test_a_forged_choice_changes_nothing(scene: Scene, data: str) -> None:
    chantal = await scene.staff("Chantal")
    await chantal.writes("réunion cycle 2 mardi 12/01 11h45")
    asked = await chantal.sees("On la garde")
    await chantal.forges(data, on=asked)
    await scene.settles()
    assert chantal.now(asked).text == asked.text


# ── Mended lines ─────────────────────────────────────────────────────────────────────────────


async def test_a_mended_line_is_what_is_proposed(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    line = await chantal.writes("réunion cycle 2 mardi 12/01 11h45")
    asked = await chantal.sees("On la garde")
    await scene.settles()
    await chantal.edits(line, "réunion cycle 3 jeudi 14/01 12h")
    await scene.settles()
    mended = spaced(chantal.now(asked).text)
    assert mended.startswith("Réunion de cycle 3, Les Tilleuls\njeudi 14 janvier, 12 h – 13 h 30")
    await chantal.presses("C'est bon", on=asked)
    await chantal.sees("Gardée.")
    await scene.settles()
    before = len(chantal.received)
    await chantal.edits(line, "réunion cycle 3 vendredi 15/01 12h")
    told = await chantal.sees("Déjà gardée")
    assert "jeudi 14 janvier, 12 h – 13 h 30" in spaced(told.text)
    assert told.labels == ("Déplacer", "Annuler")
    await scene.settles()
    assert len(chantal.received) == before + 1


async def test_a_mended_command_is_followed_too(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    line = await chantal.writes("/reunion cycle 2 mardi 12/01 11h45")
    asked = await chantal.sees("On la garde")
    await scene.settles()
    await chantal.edits(line, "/reunion cycle 2 mardi 22/12 11h45")
    await scene.settles()
    assert "ce sont les vacances" in spaced(chantal.now(asked).text)


async def test_a_teachers_line_mended_into_words_is_a_message_before_and_after_it_is_kept(
    scene: Scene,
) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    line = await awa.writes("réunion cycle 2 mardi 12/01 11h45")
    asked = await awa.sees("On la garde")
    await scene.settles()
    await awa.edits(line, "réunion cycle 2 mardi 19/01 11h45")
    await scene.settles()
    assert "mardi 19 janvier" in spaced(awa.now(asked).text)
    assert not chantal.shows("réunion cycle 2"), "nothing leaves before she decides"
    await awa.edits(line, "réunion mardi : Yanis B. sera absent")
    await awa.sees("Bien reçu")
    await chantal.sees("Yanis B. sera absent")
    await scene.settles()
    assert awa.now(asked).text == "Rien n'est gardé."

    line = await awa.writes("réunion cycle 3 mardi 26/01 11h45")
    await awa.presses("C'est bon", on=await awa.sees("On la garde"))
    await awa.sees("Gardée.")
    await scene.settles()
    await awa.edits(line, "réunion cycle 3 mardi 26/01 11h45, et Inès C. ne mange plus à la cantine")
    await chantal.sees("Inès C. ne mange plus")
    await chantal.sees("Awa Diallo propose")
