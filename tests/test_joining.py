"""Coming in by a code, in a few touches; and the closed door."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot import invitations, joining
from bot.rules.school_year import rights_end
from bot.rules.shown_name import clean, is_a_name
from storage.absences import Rhythm
from storage.people import Membership
from tests.chats import AWA, CHANTAL, NOON, SOMEBODY, World, world_in


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with world_in(tmp_path) as made:
        yield made


async def test_a_teacher_is_in_after_two_touches(world: World) -> None:
    await world.start(AWA, await world.school_code(), "Awa 🌸")
    assert "Chantal lit et répond pour Les Tilleuls" in (await world.chat(AWA)).last
    await world.press(AWA, "J'ai lu")
    chat = await world.chat(AWA)
    assert "On vous affiche Awa 🌸" in chat.last
    assert "J'ai lu" not in chat.labels
    await world.press(AWA, "CE1")
    chat = await world.chat(AWA)
    assert chat.last.startswith("C'est prêt, Awa 🌸.")
    assert chat.labels == {"⚠️ Danger ou doute"}
    known = await world.known(AWA)
    assert known is not None
    (hers,) = known.teaching
    assert (hers.role, hers.classes, hers.confirmed_at) == ("enseignante", "CE1", None)
    assert (hers.first, hers.last) == (date(2026, 11, 24), date(2027, 9, 30))
    assert known.person.notice_read_at == NOON


async def test_what_she_writes_before_she_has_finished_is_a_message_for_the_centre(world: World) -> None:
    await world.start(AWA, await world.school_code())
    assert await world.known(AWA) is not None
    assert not await world.write(AWA, "Bonjour, Yanis B. n'a rien rendu.")


async def test_several_classes_are_touched_then_said_to_be_all(world: World) -> None:
    await world.start(AWA, await world.school_code())
    await world.press(AWA, "J'ai lu")
    await world.press(AWA, "Plusieurs classes")
    assert await world.press(AWA, "C'est tout") == "Touchez d'abord une classe."
    for label in ("CM2", "CM1", "CP"):
        await world.press(AWA, label)
    await world.press(AWA, "✓ CP")
    await world.press(AWA, "C'est tout")
    known = await world.known(AWA)
    assert known is not None
    assert known.teaching[0].classes == "CM1,CM2"


@pytest.mark.parametrize(
    ("label", "role"), [("Direction", "directrice"), ("RASED", "rased"), ("Remplacement", "remplaçante")]
)
async def test_those_without_a_class_say_what_they_are(world: World, label: str, role: str) -> None:
    await world.start(AWA, await world.school_code())
    await world.press(AWA, "J'ai lu")
    await world.press(AWA, "Direction, RASED, remplacement")
    await world.press(AWA, "‹ Retour")
    await world.press(AWA, "Direction, RASED, remplacement")
    await world.press(AWA, label)
    known = await world.known(AWA)
    assert known is not None
    assert (known.teaching[0].role, known.teaching[0].classes) == (role, "")
    assert (await world.chat(AWA)).last.startswith("C'est prêt")


async def test_a_typed_name_is_no_message_and_a_message_is_no_name(world: World) -> None:
    await world.start(AWA, await world.school_code(), "Awa 🌸")
    await world.press(AWA, "J'ai lu")
    assert not await world.write(AWA, "Mme Diallo")
    await world.press(AWA, "Écrire mon nom")
    assert not await world.write(AWA, "Bonjour, Yanis n'est pas là")
    assert await world.write(AWA, " Mme  Diallo ")
    chat = await world.chat(AWA)
    assert any("On vous affiche Mme Diallo" in words for words in chat.said)
    assert not any("Écrivez votre nom" in words for words in chat.said)
    await world.press(AWA, "CE1")
    assert (await world.chat(AWA)).last.startswith("C'est prêt, Mme Diallo.")


async def test_a_name_asked_for_is_no_longer_awaited_a_quarter_of_an_hour_later(world: World) -> None:
    await world.start(AWA, await world.school_code())
    await world.press(AWA, "J'ai lu")
    await world.press(AWA, "Écrire mon nom")
    world.now += timedelta(minutes=16)
    assert not await world.write(AWA, "Mme Diallo")


async def test_the_notice_says_more_to_who_asks(world: World) -> None:
    await world.start(AWA, await world.school_code())
    await world.press(AWA, "En savoir plus")
    chat = await world.chat(AWA)
    assert "Ce qui est gardé" in chat.last
    assert chat.labels == {"J'ai lu"}


async def test_an_earlier_picker_serves_no_more(world: World) -> None:
    await world.start(AWA, await world.school_code())
    await world.start(AWA)
    chat = await world.chat(AWA)
    assert len(chat.bubbles) == 2
    assert [bool(buttons) for _, buttons in chat.bubbles.values()] == [False, True]


async def test_a_second_school_is_added_to_the_same_person(world: World) -> None:
    await world.joined_teacher()
    await world.start(AWA, await world.school_code("Le Verger"))
    chat = await world.chat(AWA)
    assert "Esmaman lit et répond pour Le Verger" in chat.last
    assert "J'ai lu" not in chat.labels
    await world.press(AWA, "CM2")
    known = await world.known(AWA)
    assert known is not None
    assert [one.classes for one in known.teaching] == ["CE1", "CM2"]


async def test_a_school_of_another_centre_comes_with_its_own_notice(world: World) -> None:
    await world.joined_teacher()
    await world.start(AWA, await world.school_code("Les Peupliers"))
    chat = await world.chat(AWA)
    assert "centre social d'Ermont" in chat.last
    assert "J'ai lu" in chat.labels


async def test_a_second_code_of_her_school_is_kindly_told_apart_and_not_used_up(world: World) -> None:
    await world.joined_teacher()
    code = await world.school_code(uses=1)
    await world.start(AWA, code)
    assert (await world.chat(AWA)).last.startswith("Vous êtes déjà là, Awa : Les Tilleuls (CE1).")
    await world.start(SOMEBODY, code)
    assert await world.known(SOMEBODY) is not None


async def test_staff_are_in_after_one_touch_and_asked_about_nights(world: World) -> None:
    await world.start(CHANTAL, await world.staff_code())
    assert "Farida" in (await world.chat(CHANTAL)).last
    await world.press(CHANTAL, "J'ai lu")
    chat = await world.chat(CHANTAL)
    assert "votre téléphone peut-il sonner" in chat.last
    assert chat.labels == {"Oui", "Non"}
    known = await world.known(CHANTAL)
    assert known is not None
    assert known.staff[0].role == "référente"
    await world.press(CHANTAL, "Oui")
    async with world.store.work(NOON) as work:
        rhythm = await work.session.get_one(Rhythm, known.person.id)
    assert rhythm.danger_at_night
    assert not (await world.chat(CHANTAL)).labels


async def test_a_staff_code_serves_once(world: World) -> None:
    code = await world.staff_code()
    await world.start(CHANTAL, code)
    await world.start(SOMEBODY, code)
    assert await world.known(SOMEBODY) is None
    assert "n'ouvre rien" in (await world.chat(SOMEBODY)).last


async def test_a_second_staff_code_opened_by_its_owner_serves_nobody_else(world: World) -> None:
    await world.joined_staff()
    code = await world.staff_code()
    await world.start(CHANTAL, code)
    assert "Vous êtes déjà là, Chantal." in (await world.chat(CHANTAL)).last
    await world.start(SOMEBODY, code)
    assert await world.known(SOMEBODY) is None


async def test_a_new_phone_takes_over_and_the_old_one_is_told(world: World) -> None:
    await world.joined_staff(CHANTAL)
    await world.start(SOMEBODY, await world.staff_code(), "Chantal")
    assert await world.known(CHANTAL) is None
    assert await world.known(SOMEBODY) is not None
    assert "autre téléphone" in (await world.chat(CHANTAL)).last


async def test_one_chat_is_never_a_school_and_a_team(world: World) -> None:
    await world.joined_teacher()
    staff = await world.staff_code()
    await world.start(AWA, staff)
    assert "/quitter" in (await world.chat(AWA)).last
    await world.start(CHANTAL, staff, "Chantal")
    await world.start(CHANTAL, await world.school_code())
    assert "pour les écoles" in (await world.chat(CHANTAL)).last
    known = await world.known(CHANTAL)
    assert known is not None
    assert not known.teaching


@pytest.mark.parametrize("broken", ["unknown", "expired", "used", "revoked"])
async def test_a_code_that_opens_nothing_meets_the_closed_door_with_the_numbers(
    world: World, broken: str
) -> None:
    code = "x" * 22 if broken == "unknown" else await world.school_code(uses=1)
    if broken == "expired":
        world.now += timedelta(days=62)
    if broken == "used":
        await world.start(SOMEBODY, code)
    if broken == "revoked":
        async with world.store.work(world.now) as work:
            await invitations.revoke_code(work, code)
    await world.start(AWA, code)
    said = (await world.chat(AWA)).last
    assert await world.known(AWA) is None
    assert "réservé aux écoles invitées" in said
    assert "119" in said
    assert "17" in said


@pytest.mark.parametrize("said", ["code", "link", "number"])
async def test_a_code_is_closed_by_itself_its_link_or_its_number(world: World, said: str) -> None:
    code = await world.school_code(uses=20)
    async with world.store.work(world.now) as work:
        (line,) = await invitations.open_codes(work)
        assert line.split(" · ")[1:3] == ["Les Tilleuls", "encore 20 fois"]
        names = {"code": code, "link": invitations.link("a_bot", code), "number": line.split(" · ")[0]}
        assert "n'ouvre plus rien" in await invitations.revoke_code(work, names[said])
        assert "n'ouvrait déjà plus rien" in await invitations.revoke_code(work, names[said])
    await world.start(AWA, code)
    assert await world.known(AWA) is None
    async with world.store.work(world.now) as work:
        assert "Aucun code n'ouvre" in (await invitations.open_codes(work))[0]


@pytest.mark.parametrize("said", ["x" * 22, "12", "999999999", "", "٣"])
async def test_a_code_that_was_never_made_cannot_be_closed(world: World, said: str) -> None:
    async with world.store.work(world.now) as work:
        with pytest.raises(invitations.InvitationError, match="n'existe pas"):
            await invitations.revoke_code(work, said)


async def test_a_code_lasts_its_last_day_whole(world: World) -> None:
    code = await world.school_code(until=date(2026, 11, 30))
    world.now = NOON + timedelta(days=6, hours=11, minutes=59)  # 30 November, 23:59 in Paris
    await world.start(AWA, code)
    assert await world.known(AWA) is not None


async def test_guessing_is_slowed_down_and_numbers_are_always_given(world: World) -> None:
    for number in range(5):
        await world.start(AWA, f"guess-{number}")
    code = await world.school_code()
    await world.start(AWA, code)
    said = (await world.chat(AWA)).last
    assert "réessayez dans une heure" in said
    assert "119" in said
    assert await world.known(AWA) is None
    world.now += timedelta(minutes=61)
    await world.start(AWA, code)
    assert await world.known(AWA) is not None


async def test_a_stranger_is_answered_once_in_ten_minutes(world: World) -> None:
    for _ in range(3):
        await world.write(SOMEBODY, "Bonjour, il y a quelqu'un ?")
    assert len((await world.chat(SOMEBODY)).bubbles) == 1
    assert "Personne n'a lu votre message" in (await world.chat(SOMEBODY)).last
    world.now += timedelta(minutes=11)
    await world.write(SOMEBODY, "Allo ?")
    assert len((await world.chat(SOMEBODY)).bubbles) == 2


@pytest.mark.parametrize(
    "form", ["{}", "https://t.me/passerelle_bot?start={}", " t.me/passerelle_bot?start={}\n"]
)
async def test_a_pasted_code_opens(world: World, form: str) -> None:
    await world.write(AWA, form.format(await world.school_code()))
    assert await world.known(AWA) is not None


async def test_a_long_word_from_somebody_known_is_a_message(world: World) -> None:
    await world.joined_teacher()
    assert not await world.write(AWA, "anticonstitutionnellement")
    assert await world.write(AWA, await world.school_code("Le Verger"))


async def test_rights_end_on_30_september(world: World) -> None:
    await world.joined_teacher()
    world.now = NOON.replace(year=2027, month=9, day=30)
    assert await world.known(AWA) is not None
    world.now += timedelta(days=1)
    assert await world.known(AWA) is None
    await world.start(AWA, await world.school_code())
    known = await world.known(AWA)
    assert known is not None
    assert known.teaching[0].last == date(2028, 9, 30)


@pytest.mark.parametrize(
    ("joined", "last"),
    [
        (date(2026, 9, 1), date(2027, 9, 30)),
        (date(2026, 12, 31), date(2027, 9, 30)),
        (date(2027, 5, 31), date(2027, 9, 30)),
        (date(2027, 6, 1), date(2028, 9, 30)),
    ],
)
def test_the_year_turns_on_1_june(joined: date, last: date) -> None:
    assert rights_end(joined) == last


@pytest.mark.parametrize(
    ("shown", "kept"),
    [
        ("Awa 🌸", "Awa 🌸"),
        ("  Mme\n Diallo ", "Mme Diallo"),
        ("\u202eevil\u0000", "evil"),
        ("\u3164\u2800", ""),
        ("🌸", ""),
        ("é" * 100, "é" * 40),
    ],
)
def test_a_profile_name_is_cleaned(shown: str, kept: str) -> None:
    assert clean(shown) == kept


@pytest.mark.parametrize(
    "said", ["Mme Diallo", "awa diallo", "M. Roux", "Anne-Lise N'Guyen", "Mme de La Tour"]
)
def test_a_name_is_seen(said: str) -> None:
    assert is_a_name(said)


@pytest.mark.parametrize(
    "said",
    [
        "il a fugué", "merci beaucoup", "Yanis est absent", "rappelez moi", "06 12 34 56 78", "Ça va ?",
        "frappé par son père", "", "Mme Diallo, CE1", "une deux trois quatre cinq", "suicide",
    ],
)  # fmt: skip
def test_a_sentence_is_no_name(said: str) -> None:
    assert not is_a_name(said)


def test_a_code_is_told_from_a_word() -> None:
    assert joining.code_in("https://t.me/passerelle_bot?start=abcDEF_-12345678901234") is not None
    assert joining.code_in("bonjour") is None
    assert joining.code_in("voici https://t.me/passerelle_bot?start=abcDEF12") is None


async def test_a_refused_person_needs_another_code_than_the_posters(world: World) -> None:
    poster = await world.school_code()
    await world.start(AWA, poster)
    known = await world.known(AWA)
    assert known is not None
    async with world.store.work(NOON) as work:
        (await work.session.get_one(Membership, known.teaching[0].id)).ended_at = NOON
    world.now += timedelta(minutes=1)
    await world.start(AWA, poster)
    assert await world.known(AWA) is None
    await world.start(AWA, await world.school_code())
    assert await world.known(AWA) is not None
