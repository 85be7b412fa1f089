"""Absences, refusals, lost phones: what a forged or a late touch cannot do, and what a due day does."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot import absences as use_case
from bot import calendars, confirming, invitations, joining, revocation, staff
from bot.incoming import Press
from bot.rights import Who, may
from bot.rules.paris import local_date
from bot.scheduler import KINDS
from bot.texts.month import grid
from handlers.verbs_people import VERBS
from storage import due, people
from storage.absences import Absence
from storage.conversations import Bubble
from storage.facts import remember
from storage.invitations import Invitation
from storage.people import Membership
from storage.trace import Access
from tests.chats import AWA, CHANTAL, NOON, SOMEBODY, World, world_in

ESMAMAN, FARIDA, NADIA = "203", "204", "205"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with world_in(tmp_path) as made:
        await made.joined_staff(CHANTAL, "Chantal")
        yield made


async def forged(world: World, address: str, data: str) -> str | None:
    """A press with data of somebody's own making, on her latest bubble; « refused » by its right alone."""
    verb, _, argument = data.partition(":")
    chat = await world.chat(address)
    async with world.store.work(world.now) as work:
        known = await people.known(work.session, address, local_date(world.now))
        bubble = await work.session.get(Bubble, list(chat.bubbles)[-1])
        action, who = VERBS[verb]
        if not may(who, known):
            return "refused"
        return await action(work, Press(address, "q", verb, argument, "1", known, bubble))


async def absences(world: World) -> list[Absence]:
    async with world.store.work(world.now) as work:
        return list(await work.session.scalars(select(Absence).order_by(Absence.id)))


async def person_id(world: World, address: str) -> int:
    known = await world.known(address)
    assert known is not None
    return known.person.id


async def open_absence(world: World, address: str) -> None:
    async with world.store.work(world.now) as work:
        await use_case.show(work, address)


async def tick(world: World) -> None:
    """Do what has fallen due, as the scheduler would."""
    async with world.store.work(world.now) as work:
        for row in await due.due_now(work.session, work.now, 10):
            row.done_at = work.now
            await KINDS[row.kind](work, row)


@pytest.mark.parametrize(
    ("now", "label", "first", "last"),
    [
        (NOON, "Aujourd'hui", date(2026, 11, 24), date(2026, 11, 24)),
        (NOON, "Demain", date(2026, 11, 25), date(2026, 11, 25)),
        (NOON, "Cette semaine", date(2026, 11, 24), date(2026, 11, 29)),
        (NOON + timedelta(days=4), "La semaine prochaine", date(2026, 11, 30), date(2026, 12, 6)),
        # half past midnight in Paris, still yesterday in UTC
        (datetime(2026, 11, 24, 23, 30, tzinfo=UTC), "Aujourd'hui", date(2026, 11, 25), date(2026, 11, 25)),
    ],
)
async def test_the_usual_answers_mean_days_of_paris(
    world: World, now: datetime, label: str, first: date, last: date
) -> None:
    world.now = now
    await open_absence(world, CHANTAL)
    await world.press(CHANTAL, label)
    (noted,) = await absences(world)
    assert (noted.first, noted.last) == (first, last)


async def test_who_is_said_to_read_is_somebody_who_can(world: World) -> None:
    async def said_to_read() -> str:
        await open_absence(world, CHANTAL)
        await world.press(CHANTAL, "Aujourd'hui")
        said = (await world.chat(CHANTAL)).last
        await world.press(CHANTAL, "Annuler l'absence")
        return said

    assert "Personne ne lit à votre place : ce qui arrive attendra." in await said_to_read()
    await world.joined_staff(FARIDA, "Farida")
    assert "Farida, qui coordonne, lit si besoin." in await said_to_read()
    await world.joined_staff(ESMAMAN, "Esmaman")
    assert "Esmaman lit à votre place." in await said_to_read()
    await open_absence(world, ESMAMAN)
    await world.press(ESMAMAN, "Aujourd'hui")
    assert "Farida, qui coordonne, lit si besoin." in await said_to_read()


async def test_an_absence_over_another_is_refused_with_its_reason(world: World) -> None:
    await open_absence(world, CHANTAL)
    await world.press(CHANTAL, "Cette semaine")
    await open_absence(world, CHANTAL)
    answer = await world.press(CHANTAL, "Demain")
    assert answer is not None
    assert "du 24 au 29 novembre" in answer
    assert len(await absences(world)) == 1


async def test_days_are_chosen_in_order_and_not_in_the_past(world: World) -> None:
    await open_absence(world, CHANTAL)
    await world.press(CHANTAL, "Choisir…")
    assert await forged(world, CHANTAL, "away-day:2026-11-23") == "Ce jour est passé."
    await world.press(CHANTAL, "26")
    answer = await forged(world, CHANTAL, "away-day:2026-11-25")
    assert answer is not None
    assert "finirait avant de commencer" in answer
    await world.press(CHANTAL, "‹ Retour")
    await world.press(CHANTAL, "Choisir…")
    await world.press(CHANTAL, "25")
    await world.press(CHANTAL, "25")
    (noted,) = await absences(world)
    assert (noted.first, noted.last) == (date(2026, 11, 25), date(2026, 11, 25))


@pytest.mark.parametrize(
    "data",
    [
        "away-day:2026-11-24", "away-month:2026-12", "away-cancel:1", "away-by:1.1", "away-cover:1",
        "away-noted:1", "away:today", "absent:1.today", "ring:never", "night:yes", "hide:no", "know:yes",
        "know:no", "staff-cut:1", "staff-one:2", "staff-link:1", "staff-all", "class:XX", "school-role:boss",
    ],
)  # fmt: skip
async def test_forged_data_changes_nothing_for_a_teacher(world: World, data: str) -> None:
    await world.joined_teacher()
    await forged(world, AWA, data)
    assert await absences(world) == []
    assert await world.known(CHANTAL) is not None


@pytest.mark.parametrize(
    "data",
    [
        "away-day:hier", "away-day:", "away-month:2026", "away-month:9999-99", "away-cancel:x",
        f"away-cancel:{'9' * 50}", "away-by:1.1", "away-by:", "away-cover:1", "away-noted:0", "away:never",
        "absent:x.today", "absent:1.never", f"absent:{'9' * 50}.today", "ring:loud", "night:maybe",
        "hide:", "know:yes", "know:maybe", "class:CE1", "read-notice", "staff-cut:1", "staff-one:2",
    ],
)  # fmt: skip
async def test_forged_data_never_breaks_anything_for_the_team(world: World, data: str) -> None:
    await open_absence(world, CHANTAL)
    await forged(world, CHANTAL, data)
    assert await absences(world) == []
    assert await world.known(CHANTAL) is not None


async def test_only_herself_her_cover_and_her_head_say_somebodys_days(world: World) -> None:
    for address, name in ((ESMAMAN, "Esmaman"), (FARIDA, "Farida"), (NADIA, "Nadia")):
        await world.joined_staff(address, name)
    chantal = await person_id(world, CHANTAL)
    assert await forged(world, NADIA, f"absent:{chantal}.today") == "Cette absence n'est pas de votre équipe."
    assert await absences(world) == []
    assert await forged(world, ESMAMAN, f"absent:{chantal}.today") is None
    (noted,) = await absences(world)
    assert noted.declared_by_id == await person_id(world, ESMAMAN)
    assert "Esmaman a noté votre absence, aujourd'hui." in (await world.chat(CHANTAL)).last
    assert await forged(world, NADIA, f"away-cancel:{noted.id}") == "Ce bouton ne sert plus."
    await world.press(CHANTAL, "Annuler l'absence")
    (noted,) = await absences(world)
    assert noted.cancelled_at == NOON
    assert await forged(world, FARIDA, f"absent:{chantal}.week") is None


async def test_a_cancelled_absence_does_not_begin(world: World) -> None:
    await open_absence(world, CHANTAL)
    await world.press(CHANTAL, "Demain")
    await world.press(CHANTAL, "Annuler l'absence")
    world.now = NOON + timedelta(days=1)
    async with world.store.work(world.now) as work:
        assert not await due.due_now(work.session, work.now, 10)


async def test_the_team_is_the_coordinatrices_alone_and_only_hers(world: World) -> None:
    await world.joined_staff(FARIDA, "Farida")
    await world.joined_staff(NADIA, "Nadia")
    async with world.store.work(world.now) as work:
        await staff.show(work, CHANTAL)
        await staff.show(work, FARIDA)
    assert "pour la coordinatrice" in (await world.chat(CHANTAL)).last
    team = (await world.chat(FARIDA)).last
    assert "Chantal, référente : là" in team
    assert "Esmaman, référente : n'a pas encore ouvert son lien" in team
    assert "Nadia" not in team
    nadia = await person_id(world, NADIA)
    farida = await person_id(world, FARIDA)
    for data in (f"staff-one:{nadia}", f"staff-cut:{nadia}", f"staff-link:{nadia}", f"staff-cut:{farida}"):
        assert await forged(world, FARIDA, data) == "Cette personne n'est pas de votre équipe."
    assert await world.known(NADIA) is not None


async def test_the_coordinatrice_makes_a_new_link_for_her_team(world: World) -> None:
    await world.joined_staff(FARIDA, "Farida")
    async with world.store.work(world.now) as work:
        await remember(work.session, "username", "passerelle_bot")
        await staff.show(work, FARIDA)
    await world.press(FARIDA, "Esmaman")
    await world.press(FARIDA, "Nouveau lien")
    code = (await world.chat(FARIDA)).last.partition("https://t.me/passerelle_bot?start=")[2].split()[0]
    await world.start(ESMAMAN, code)
    assert await world.known(ESMAMAN) is not None


async def test_a_lost_phone_is_emptied_young_bubbles_deleted_old_ones_blanked(world: World) -> None:
    old = len((await world.chat(CHANTAL)).bubbles)
    world.now = NOON + timedelta(days=3)
    await open_absence(world, CHANTAL)
    async with world.store.work(world.now) as work:
        chantal, _ = await invitations.staff_named(work, "Chantal")
        code = await revocation.revoke(work, chantal, None)
        accesses = list(await work.session.scalars(select(Access.what)))
    assert (await world.chat(CHANTAL)).said == ["effacé"] * old
    assert await world.known(CHANTAL) is None
    assert accesses == [f"revoked:{chantal.id}"]
    await world.start(SOMEBODY, code, "Chantal")
    assert await world.known(SOMEBODY) is not None


async def test_a_new_staff_code_takes_the_unused_ones_away(world: World) -> None:
    first = await world.staff_code("Esmaman")
    await world.staff_code("Esmaman")
    await world.start(ESMAMAN, first)
    assert await world.known(ESMAMAN) is None


async def test_nobody_confirms_so_the_centre_is_asked_again_then_the_access_closes(world: World) -> None:
    await world.joined_teacher()
    world.now = NOON + timedelta(days=30, minutes=1)
    await tick(world)
    assert "Vous la connaissez" in (await world.chat(CHANTAL)).last
    world.now += timedelta(days=7, minutes=1)
    await tick(world)
    assert await world.known(AWA) is None
    assert "Personne du centre n'a confirmé" in (await world.chat(AWA)).last
    await world.press(CHANTAL, "Oui")
    assert await world.known(AWA) is None, "too late: the first decision holds"


async def test_asked_again_chantal_confirms_and_the_access_stays(world: World) -> None:
    await world.joined_teacher()
    world.now = NOON + timedelta(days=31)
    await tick(world)
    await world.press(CHANTAL, "Oui")
    assert "vous la connaissez" in (await world.chat(CHANTAL)).last
    world.now += timedelta(days=8)
    await tick(world)
    known = await world.known(AWA)
    assert known is not None
    assert known.teaching[0].confirmed_at is not None


async def test_while_there_is_nobody_to_ask_no_access_closes(world: World) -> None:
    await world.joined_teacher()
    async with world.store.work(world.now) as work:
        chantal, _ = await invitations.staff_named(work, "Chantal")
        await revocation.revoke(work, chantal, None)
    for days in (31, 39, 47):
        world.now = NOON + timedelta(days=days)
        await tick(world)
    assert await world.known(AWA) is not None


async def test_somebody_of_another_centre_cannot_confirm(world: World) -> None:
    await world.joined_staff(NADIA, "Nadia")
    await world.joined_teacher()
    world.now = NOON + timedelta(days=31)
    await tick(world)
    chat = await world.chat(CHANTAL)
    async with world.store.work(world.now) as work:
        known = await people.known(work.session, NADIA, local_date(world.now))
        bubble = await work.session.get(Bubble, chat.button("Oui")[0])
        press = Press(NADIA, "q", "know", "yes", "1", known, bubble)
        assert await confirming.answer(work, press) == "Ce bouton ne sert plus."
        confirmed = select(func.count()).where(
            Membership.role == "enseignante", Membership.confirmed_at.is_not(None)
        )
        assert await work.session.scalar(confirmed) == 0


@pytest.mark.parametrize(
    ("school", "options", "said"),
    [
        ("Les Tilleul", {}, "« Les Tilleuls »"),
        ("Zzz", {}, "Aucune école ne s'appelle « Zzz »."),
        ("Les Tilleuls", {"uses": 0}, "de 1 à 200"),
        ("Les Tilleuls", {"uses": 5000}, "de 1 à 200"),
        ("Les Tilleuls", {"until": date(2026, 11, 23)}, "23/11/2026 est passé"),
        ("Les Tilleuls", {"until": date(2028, 11, 23)}, "trop loin"),
    ],
)
async def test_a_code_that_cannot_be_made_says_why(
    world: World, school: str, options: dict[str, int], said: str
) -> None:
    with pytest.raises(invitations.InvitationError) as refused:
        await world.school_code(school, **options)
    assert said in str(refused.value).replace("\N{NO-BREAK SPACE}", " ")
    async with world.store.work(world.now) as work:
        schools = select(func.count()).where(Invitation.school_id.is_not(None))
        assert await work.session.scalar(schools) == 0, "nothing half-done"


async def test_a_name_nobody_of_the_team_bears_is_refused_with_the_nearest(world: World) -> None:
    with pytest.raises(invitations.InvitationError, match="Chantal"):
        await world.staff_code("chantale")


async def test_a_code_is_never_stored(world: World) -> None:
    code = await world.school_code()
    async with world.store.work(world.now) as work:
        stored = list(await work.session.scalars(select(Invitation.code_hash)))
    assert code not in stored
    assert joining.code_in(code) == code


def test_a_stranger_may_press_only_what_anyone_may() -> None:
    assert [who for who in Who if may(who, None)] == [Who.ANYONE]


def test_a_month_is_a_grid_from_monday_to_sunday() -> None:
    rows = grid(
        month=date(2026, 12, 1),
        earliest=date(2026, 11, 24),
        latest=date(2026, 12, 30),
        day="d",
        turn="t",
        blank="b",
    )
    assert rows[0] == (("‹", "t:2026-11"), ("décembre 2026", "b"), ("·", "b"))
    assert {len(row) for row in rows[1:]} == {7}
    assert rows[2][:2] == (("·", "b"), ("1", "d:2026-12-01"))
    assert ("30", "d:2026-12-30") in rows[-1]
    assert ("31", "d:2026-12-31") not in rows[-1]


SEPTEMBER = datetime(2027, 9, 8, 10, 0, 30, tzinfo=UTC)
"""Wednesday 8 September 2027, noon in Paris."""


async def in_september(world: World) -> None:
    """A teacher of CE1 at the return, on the Thursday when she may be asked."""
    await world.joined_teacher()
    async with world.store.work(world.now) as work:
        await calendars.seed(work)
        known = await people.known(work.session, AWA, local_date(world.now))
        assert known is not None
        known.teaching[0].confirmed_at = world.now
    world.now = SEPTEMBER
    await tick(world)
    assert "Bonne rentrée" not in (await world.chat(AWA)).last, "no class on Wednesdays"
    world.now += timedelta(days=1)
    await tick(world)


async def test_at_the_return_she_says_that_she_is_still_there(world: World) -> None:
    await in_september(world)
    asked = (await world.chat(AWA)).last
    assert asked.startswith("Bonne rentrée, Awa. Toujours en CE1, Les Tilleuls ?")
    await world.press(AWA, "Oui")
    known = await world.known(AWA)
    assert known is not None
    assert known.teaching[0].last == date(2028, 9, 30)
    world.now = SEPTEMBER + timedelta(days=20)
    await tick(world)
    assert (await world.chat(AWA)).last.startswith("C'est noté : CE1, Les Tilleuls.")


async def test_at_the_return_she_has_another_class(world: World) -> None:
    await in_september(world)
    await world.press(AWA, "J'ai changé")
    await world.press(AWA, "CM2")
    known = await world.known(AWA)
    assert known is not None
    assert (known.teaching[0].classes, known.teaching[0].last) == ("CM2", date(2028, 9, 30))


async def test_at_the_return_she_has_left(world: World) -> None:
    await in_september(world)
    await world.press(AWA, "Je ne suis plus à l'école")
    assert await world.known(AWA) is None


async def test_without_an_answer_she_is_asked_once_more_and_then_the_year_is_over(world: World) -> None:
    await in_september(world)
    world.now = SEPTEMBER + timedelta(days=15)
    await tick(world)
    chat = await world.chat(AWA)
    questions = [bool(buttons) for words, buttons in chat.bubbles.values() if "Bonne rentrée" in words]
    assert questions == [False, True]
    world.now = SEPTEMBER + timedelta(days=23)
    await tick(world)
    assert await world.known(AWA) is None
