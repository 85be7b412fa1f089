"""Whose phone: school and action first, then whoever is there; never nobody, never the wrong one."""

from datetime import date, datetime, time, timedelta

from bot.apply import apply
from bot.centres import parse
from bot.rules.paris import local_date
from storage import people
from storage.absences import Absence, Cover
from storage.centres import Coverage, School, school_named
from storage.people import Membership
from tests.cast import CENTRES, PARIS, TUESDAY_MORNING, Scene
from tests.phones import Phone

YANIS = "Bonjour, Yanis B. ne rend plus ses devoirs, reste-t-il une place au CLAS ?"
BIKE = "L'atelier vélo reprend-il bientôt ?"
THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)


async def absent(scene: Scene, name: str, first: int = 26, last: int = 26) -> None:
    """Somebody is away from one day of November 2026 to another, both included."""
    async with scene.service.store.work(scene.clock.now()) as work:
        person = await people.staff_named(work.session, name)
        assert person is not None
        month = THURSDAY.replace(day=1)
        work.add(
            Absence(
                person_id=person.id,
                first=month.replace(day=first),
                last=month.replace(day=last),
                declared_by_id=person.id,
            )
        )


async def at(scene: Scene, day: int, hour: int = 10) -> None:
    await scene.jumps(datetime(2026, 11, day, hour, 5, tzinfo=PARIS))


async def teaches_too(scene: Scene, phone: Phone, school: str, classes: str = "CM1") -> None:
    """She teaches in another school as well."""
    async with scene.service.store.work(scene.clock.now()) as work:
        known = await people.known(work.session, str(phone.id), local_date(work.now))
        found = await school_named(work.session, school)
        assert known is not None
        assert found is not None
        work.add(
            Membership(
                person_id=known.person.id,
                centre_id=found.centre_id,
                school_id=found.id,
                role="enseignante",
                classes=classes,
                first=local_date(work.now),
                confirmed_at=work.now,
            )
        )


async def test_the_first_and_the_last_day_of_an_absence_are_days_away(scene: Scene) -> None:
    chantal, esmaman = await scene.staff("Chantal"), await scene.staff("Esmaman")
    teachers = [await scene.teacher(name, "Diallo") for name in ("Awa", "Rose", "Inès", "Zoé")]
    await absent(scene, "Chantal", 25, 26)
    for teacher, day, reader in zip(
        teachers, (24, 25, 26, 27), (chantal, esmaman, esmaman, chantal), strict=True
    ):
        await at(scene, day)
        await teacher.writes(YANIS)
        await reader.sees(f"{teacher.person.name} ·")
    await scene.settles()
    assert [one for one in ("Rose", "Inès") if chantal.shows(f"{one} Diallo")] == []
    assert not esmaman.shows("Zoé Diallo")


async def test_the_covers_cover_reads_when_both_are_away(scene: Scene) -> None:
    farida, esmaman, chantal = [await scene.staff(one) for one in ("Farida", "Esmaman", "Chantal")]
    awa = await scene.teacher("Awa", "Diallo")
    async with scene.service.store.work(scene.clock.now()) as work:
        named = {one: await people.staff_named(work.session, one) for one in ("Esmaman", "Farida")}
        assert named["Esmaman"] is not None
        assert named["Farida"] is not None
        work.add(Cover(person_id=named["Esmaman"].id, cover_id=named["Farida"].id, position=9))
    await absent(scene, "Chantal")
    await absent(scene, "Esmaman")
    await at(scene, 26)
    await awa.writes(YANIS)
    card = await farida.sees("Yanis B.")
    assert "À la place de Chantal." in card.text, "a cover reads, she has nothing to take"
    await scene.settles()
    assert not chantal.shows("Yanis")
    assert not esmaman.shows("Yanis")


async def test_the_coordinatrice_opens_the_content_only_by_taking_it(scene: Scene) -> None:
    farida, esmaman, chantal = [await scene.staff(one) for one in ("Farida", "Esmaman", "Chantal")]
    awa = await scene.teacher("Awa", "Diallo")
    await absent(scene, "Chantal")
    await absent(scene, "Esmaman")
    await at(scene, 26)
    await awa.writes(YANIS)
    receipt = await awa.sees("Farida, qui coordonne le centre, est prévenue")
    assert "Chantal est absente jusqu'au jeudi 26 novembre." in receipt.text
    assert "Attendre Chantal" not in receipt.labels
    card = await farida.sees("Le contenu s'ouvre si vous le prenez.")
    assert card.labels == ("Prendre", "Donner à…")
    await awa.writes("Il aime le dessin.")
    await scene.settles()
    assert not farida.shows("Yanis")
    assert not farida.shows("dessin")
    await farida.writes("Oui.", reply_to=card)
    await farida.sees("Rien n'est parti. Prenez d'abord ce message")
    for data in ("call", "tag:pre", "close", "split", "more", "wait"):
        answer = await farida.forges(data, on=card)
        assert answer.text == "Prenez d'abord ce message : touchez « Prendre ».", data
    await scene.settles()
    assert not farida.shows("Yanis")
    await farida.presses("Prendre", on=card)
    await farida.sees("Yanis B.")
    await farida.sees("Il aime le dessin")
    await scene.settles()
    assert awa.now(receipt).text == "Farida s'en occupe."
    assert not esmaman.shows("Yanis")
    assert not chantal.shows("Yanis")


async def test_what_she_has_not_taken_never_hides_a_thread_she_may_answer(scene: Scene) -> None:
    farida = await scene.staff("Farida")
    names = ("Diallo", "Petit", "Roux", "Morel", "Faure", "Blanc", "Girard", "Perrin", "Noël")
    teachers = [await scene.teacher("Awa", name) for name in names]
    await absent(scene, "Chantal")
    await absent(scene, "Esmaman")
    await at(scene, 26)
    for one in teachers:
        await one.writes(YANIS)
        await scene.settles()
        if one is teachers[0]:
            await farida.presses("Prendre", on=farida.received[-1])
    await farida.writes("Je passe demain.")
    asked = await farida.sees("À qui")
    assert asked.labels[0].startswith("Awa Diallo")
    assert asked.labels[1:] == ("À personne",)


async def test_what_is_written_before_anybody_joined_waits_and_is_laid_open_to_chantal(scene: Scene) -> None:
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(YANIS)
    await awa.sends_photo("le cahier")
    await awa.sees("Bien reçu")
    await scene.settles()
    await scene.restarts()
    chantal = await scene.staff("Chantal")
    card = await chantal.sees("Yanis B.")
    await awa.sees("Chantal prend la suite")
    await scene.settles()
    assert chantal.received[-1].kind == "photo"
    await chantal.writes("Oui, il reste une place.", reply_to=card)
    await awa.sees("Chantal : Oui, il reste une place.")


async def test_what_waited_closed_at_the_coordinatrices_goes_to_chantal_when_she_joins(scene: Scene) -> None:
    farida = await scene.staff("Farida")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(YANIS)
    closed = await farida.sees("Le contenu s'ouvre si vous le prenez.")
    chantal = await scene.staff("Chantal")
    await chantal.sees("Yanis B.")
    await scene.settles()
    assert farida.now(closed).labels == ()
    assert not farida.shows("Yanis")


async def test_an_action_goes_to_its_own_referente(scene: Scene) -> None:
    chantal, esmaman = await scene.staff("Chantal"), await scene.staff("Esmaman")
    marc = await scene.teacher("Marc", "Roux", school="Le Verger", level="CM2")
    await marc.writes(BIKE)
    await chantal.sees("L'atelier vélo")
    await marc.writes("Lucas M. ne fait plus ses devoirs, une place au CLAS ?")
    await esmaman.sees("Lucas M.")
    await marc.writes(BIKE.replace("bientôt", "en mars"))
    await chantal.sees("en mars")
    await scene.settles()
    assert not esmaman.shows("vélo")
    assert not chantal.shows("Lucas")


async def test_a_teacher_of_two_schools_is_asked_which_and_nothing_leaves_before(scene: Scene) -> None:
    chantal, esmaman = await scene.staff("Chantal"), await scene.staff("Esmaman")
    rose = await scene.teacher("Rose", "Petit")
    await teaches_too(scene, rose, "Le Verger")
    hers = await rose.writes(YANIS)
    asked = await rose.sees("C'est pour quelle école ? Votre message est gardé.")
    assert asked.labels == ("Les Tilleuls", "Le Verger")
    await rose.writes("Il habite près de l'école.")
    await rose.edits(hers, YANIS.replace("Yanis", "Ilan"))
    await scene.settles()
    assert not chantal.shows("Ilan")
    assert not esmaman.shows("Ilan")
    await rose.presses("Le Verger", on=asked)
    await esmaman.sees("Ilan B.")
    await esmaman.sees("Il habite près de l'école.")
    await rose.sees("Esmaman vous répond")
    await rose.writes("Le lundi l'arrange.")
    await esmaman.sees("Le lundi l'arrange.")
    await scene.settles()
    assert not chantal.shows("Ilan")
    assert not chantal.shows("lundi l'arrange")
    assert not esmaman.shows("Yanis"), "what she mended while it waited left mended"


async def test_who_goes_to_six_schools_may_mean_each_of_them(scene: Scene) -> None:
    esmaman = await scene.staff("Esmaman")
    rose = await scene.teacher("Rose", "Petit")
    others = ["Les Saules", "Les Ormes", "Les Charmes", "Les Frênes"]
    where = 'town = "Éragny-sur-Oise"\ncentre = "centre social d\'Éragny"\nreferente = "Chantal"'
    async with scene.service.store.work(scene.clock.now()) as work:
        more = "".join(f'\n[[schools]]\nname = "{one}"\n{where}\n' for one in others)
        await apply(work, parse(CENTRES + more))
    for one in (*others, "Le Verger"):
        await teaches_too(scene, rose, one)
    await rose.writes(YANIS)
    asked = await rose.sees("C'est pour quelle école ?")
    assert asked.labels == ("Les Tilleuls", *others, "Le Verger")
    await rose.presses("Le Verger", on=asked)
    await esmaman.sees("Yanis B.")


async def test_silence_is_an_answer_her_words_leave_after_ten_minutes(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    await scene.staff("Esmaman")
    rose = await scene.teacher("Rose", "Petit")
    await teaches_too(scene, rose, "Le Verger")
    await rose.writes(YANIS)
    await rose.sees("C'est pour quelle école ?")
    await scene.settles()
    await scene.jumps(TUESDAY_MORNING + timedelta(minutes=11))
    await chantal.sees("Yanis B.")
    await scene.settles()
    assert not rose.shows("C'est pour quelle école")


async def test_danger_is_never_kept_waiting_for_a_choice(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    rose = await scene.teacher("Rose", "Petit")
    await teaches_too(scene, rose, "Le Verger")
    await rose.writes("Bonjour, je voulais vous parler de Yanis B.")
    await rose.sees("C'est pour quelle école ?")
    await rose.writes("Il a des marques de ceinture, il dit que son père le frappe.")
    await rose.sees("J'appelle Chantal")
    await chantal.sees("marques de ceinture")
    await chantal.sees("je voulais vous parler de Yanis B.")
    await scene.settles()
    assert not rose.shows("C'est pour quelle école")


async def test_two_schools_with_one_referente_are_not_asked(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    async with scene.service.store.work(scene.clock.now()) as work:
        tilleuls = await school_named(work.session, "Les Tilleuls")
        assert tilleuls is not None
        other = work.add(
            School(
                name="Les Lilas",
                centre_id=tilleuls.centre_id,
                town_id=tilleuls.town_id,
                midday_starts=time(11, 30),
                midday_ends=time(13, 30),
            )
        )
        await work.flush()
        known = await people.staff_named(work.session, "Chantal")
        assert known is not None
        work.add(Coverage(centre_id=tilleuls.centre_id, school_id=other.id, person_id=known.id))
    rose = await scene.teacher("Rose", "Petit")
    await teaches_too(scene, rose, "Les Lilas")
    await rose.writes(YANIS)
    await chantal.sees("Yanis B.")


async def test_the_level_said_beats_her_class_and_nursery_is_never_clas(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes("Pour mon petit de moyenne section, une place au CLAS ?")
    card = await chantal.sees("moyenne section")
    assert "Maternelle : pas le CLAS." in card.text
    assert "PMI" in card.text
    nursery = await scene.teacher("Inès", "Petit", level="MS")
    await nursery.writes("Tom L. ne parle pas encore, que proposez-vous ?")
    assert "pas le CLAS" in (await chantal.sees("Tom L.")).text


async def test_a_town_without_pre_names_who_else_helps(scene: Scene) -> None:
    nadia = await scene.staff("Nadia")
    ines = await scene.teacher("Inès", "Petit", school="Les Peupliers", level="CE2")
    await ines.writes("Absences répétées de Rose P. depuis un mois, la famille ne répond plus.")
    card = await nadia.sees("Rose P.")
    assert "Plutôt accompagnement" in card.text
    assert "Pas de PRE ici : Samira, référente familles" in card.text
    assert "PRE ✓" not in card.text


async def test_somebody_who_left_the_team_reads_no_more_follow_ups(scene: Scene) -> None:
    chantal, esmaman = await scene.staff("Chantal"), await scene.staff("Esmaman")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(YANIS)
    await chantal.sees("Yanis B.")
    async with scene.service.store.work(scene.clock.now()) as work:
        known = await people.known(work.session, str(chantal.id), local_date(work.now))
        assert known is not None
        for one in known.memberships:
            one.ended_at = work.now
    await awa.writes("Il aime le dessin.")
    await esmaman.sees("Il aime le dessin.")
    await awa.sees("Esmaman prend la suite de Chantal")
    await scene.settles()
    assert not chantal.shows("dessin")


async def test_what_nobody_could_read_comes_to_chantal_when_she_is_back(scene: Scene) -> None:
    chantal, esmaman = await scene.staff("Chantal"), await scene.staff("Esmaman")
    awa = await scene.teacher("Awa", "Diallo")
    for phone in (chantal, esmaman):
        await phone.writes("/absence")
        await phone.sees("Quels jours")
        await scene.settles()
        await phone.presses("Aujourd'hui")
        await phone.sees("Absence notée")
    await awa.writes(YANIS)
    receipt = await awa.sees("Bien reçu et gardé")
    assert "personne du centre ne peut encore le lire ici" in receipt.text
    assert "Farida" not in receipt.text, "she heads the centre, and has no phone here"
    await scene.settles()
    assert not chantal.shows("Yanis")
    await scene.jumps(datetime(2026, 11, 25, 8, 1, tzinfo=PARIS))
    await chantal.sees("Yanis B.")
    await awa.sees("Chantal prend la suite")
    await scene.settles()
    assert not esmaman.shows("Yanis")


async def test_an_absence_taken_back_brings_what_waits_closed_at_the_coordinatrices(scene: Scene) -> None:
    chantal, farida = await scene.staff("Chantal"), await scene.staff("Farida")
    await absent(scene, "Esmaman", 24, 24)
    awa = await scene.teacher("Awa", "Diallo")
    await chantal.writes("/absence")
    await chantal.sees("Quels jours")
    await scene.settles()
    await chantal.presses("Aujourd'hui")
    await chantal.sees("Absence notée")
    await awa.writes(YANIS)
    closed = await farida.sees("Le contenu s'ouvre si vous le prenez.")
    await scene.settles()
    await chantal.presses("Annuler l'absence")
    await chantal.sees("Yanis B.")
    await scene.settles()
    assert farida.now(closed).labels == ()


async def test_what_waits_with_somebody_who_left_the_file_goes_to_who_reads(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await absent(scene, "Chantal", 24, 24)
    await absent(scene, "Esmaman", 24, 24)
    await awa.writes(YANIS)
    await awa.sees("Bien reçu")
    await at(scene, 25)
    assert not chantal.shows("Yanis"), "it waits at Farida's, who never joined"
    async with scene.service.store.work(scene.clock.now()) as work:
        await apply(work, parse(CENTRES.replace('name = "Farida"', 'name = "Fanny"')))
    await chantal.sees("Yanis B.")


async def test_what_waits_for_somebody_who_left_goes_to_the_new_referente(scene: Scene) -> None:
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(YANIS)
    await awa.sees("Bien reçu")
    await scene.settles()
    async with scene.service.store.work(scene.clock.now()) as work:
        await apply(work, parse(CENTRES.replace("Chantal", "Lucie")))
    farida = await scene.staff("Farida")
    await farida.sees("Le contenu s'ouvre si vous le prenez.")
    lucie = await scene.staff("Lucie")
    await lucie.sees("Yanis B.")


async def test_what_came_while_she_alone_had_blocked_the_bot_is_there_when_she_is_back(scene: Scene) -> None:
    chantal, awa = await scene.staff("Chantal"), await scene.teacher("Awa", "Diallo")
    chantal.person.blocked = True  # blocked without Telegram having told us yet
    await awa.writes(YANIS)
    await awa.writes("Il aime le dessin.")
    await scene.settles()
    assert not chantal.shows("Yanis B.")
    await chantal.unblocks_bot()
    await chantal.sees("Yanis B.")
    await chantal.sees("Il aime le dessin.")
    await scene.settles()
    assert sum("Yanis B." in one.text for one in chantal.received) == 1
