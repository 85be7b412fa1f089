"""Coming in, leaving, being away, losing a phone: whole conversations, on real phones' protocol."""

from datetime import datetime, timedelta

from bot.invitations import invite_staff, invite_teacher, link
from handlers.commands import introduce
from tests.cast import PARIS, TUESDAY_MORNING, Scene
from tests.phones import Phone, new_group

YANIS = "Bonjour, Yanis B. ne rend plus ses devoirs, reste-t-il une place au CLAS ?"


async def a_code(scene: Scene, school: str = "Les Tilleuls") -> str:
    async with scene.service.store.work(scene.clock.now()) as work:
        return await invite_teacher(work, school)


async def touches(scene: Scene, phone: Phone, *labels: str) -> None:
    """Press one button after another, each once what came before has settled."""
    for label in labels:
        await scene.settles()
        await phone.presses(label)
    await scene.settles()


async def test_a_teacher_joins_by_the_posters_link_in_two_touches(scene: Scene) -> None:
    username = scene.service.bot.username
    awa = Phone(scene.api, first_name="Awa", last_name="🌸")
    await awa.opens(link(username, await a_code(scene)))
    notice = await awa.sees("lit et répond pour Les Tilleuls")
    assert notice.labels == ("J'ai lu", "En savoir plus")
    await touches(scene, awa, "J'ai lu")
    picker = await awa.sees("On vous affiche Awa 🌸")
    await scene.settles()
    assert awa.now(notice).labels == (), "a used button disappears"
    await touches(scene, awa, "CE1")
    ready = await awa.sees("C'est prêt, Awa 🌸")
    assert ready.labels == ("⚠️ Danger ou doute",)
    await scene.settles()
    assert awa.now(picker).labels == ()
    assert len(awa.received) == 3


async def test_her_typed_name_is_the_one_chantal_reads(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    awa = Phone(scene.api, first_name="Awa", last_name="🌸")
    await awa.opens(await a_code(scene))
    await awa.sees("lit et répond")
    await touches(scene, awa, "J'ai lu")
    await awa.sees("On vous affiche")
    await touches(scene, awa, "Écrire mon nom")
    await awa.sees("Écrivez votre nom")
    await awa.writes("Mme Diallo")
    await awa.sees("On vous affiche Mme Diallo")
    await touches(scene, awa, "CE1")
    await awa.sees("C'est prêt, Mme Diallo")
    await awa.writes(YANIS)
    assert "Mme Diallo" in (await chantal.sees("Yanis B.")).text
    await scene.settles()
    assert not chantal.shows("C'est prêt, Mme Diallo")


async def test_a_strangers_words_reach_nobody_and_she_gets_the_numbers(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    await scene.settles()
    before = len(chantal.received)
    somebody = Phone(scene.api, first_name="Passante")
    await somebody.opens()
    await somebody.sees("réservé aux écoles invitées")
    await somebody.writes("Bonjour, vous êtes ouverts demain ?")
    await scene.settles()
    assert len(somebody.received) == 2
    assert all("119" in one.text for one in somebody.received)
    assert len(chantal.received) == before


async def test_chantal_says_whether_she_knows_somebody_who_came_by_the_poster(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo", known=False)
    await awa.writes(YANIS)
    asked = await chantal.sees("Vous la connaissez")
    await scene.settles()
    await chantal.presses("Non", on=asked)
    await scene.settles()
    assert chantal.now(asked).labels == ()
    assert "son accès est fermé" in chantal.now(asked).text
    await awa.writes("Et pour Lina ?")
    await awa.sees("Personne n'a lu votre message")
    assert not chantal.shows("Lina")


async def test_a_lost_phone_shows_nothing_more_and_the_cover_has_what_waited(scene: Scene) -> None:
    chantal, esmaman, farida = [await scene.staff(one) for one in ("Chantal", "Esmaman", "Farida")]
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(YANIS)
    old = await chantal.sees("Yanis B.")
    await scene.jumps(TUESDAY_MORNING + timedelta(days=3))
    await awa.writes("Il n'a rien rendu non plus aujourd'hui.")
    await chantal.sees("rien rendu non plus")

    await farida.writes("/equipe")
    await farida.sees("Chantal, référente : là")
    await touches(scene, farida, "Chantal", "Téléphone perdu", "Oui, couper l'accès")
    done = await farida.sees("L'accès de Chantal est coupé")
    await scene.settles()
    assert not chantal.shows("rien rendu non plus")
    assert chantal.now(old).text == "effacé"
    await esmaman.sees("Yanis B.")
    await awa.sees("Esmaman prend la suite")
    await chantal.writes("Je suis là")
    await chantal.sees("Personne n'a lu votre message")

    found = Phone(scene.api, first_name="Chantal")
    await found.opens(done.text.partition("https://t.me/")[2].split()[0].partition("start=")[2])
    await found.sees("Bonjour Chantal")


async def test_farida_notes_chantals_absence_in_two_touches_and_the_school_is_told(scene: Scene) -> None:
    chantal, esmaman, farida = [await scene.staff(one) for one in ("Chantal", "Esmaman", "Farida")]
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(YANIS)
    await chantal.sees("Yanis B.")
    await farida.writes("/equipe")
    await farida.sees("Chantal, référente")
    await touches(scene, farida, "Chantal")
    await farida.sees("Quels jours Chantal")
    await touches(scene, farida, "Aujourd'hui")
    noted = await farida.sees("Chantal : absence notée, aujourd'hui. Esmaman lit à sa place.")
    assert "Une conversation passe au relais" in noted.text
    await esmaman.sees("Yanis B.")
    await awa.sees("Esmaman prend la suite")
    told = await chantal.sees("Farida a noté votre absence, aujourd'hui.")
    assert told.silent


async def test_chantal_chooses_days_on_a_grid_and_another_cover(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    await scene.staff("Esmaman")
    await scene.staff("Farida")
    await chantal.writes("/absence")
    await chantal.sees("Quels jours ne serez-vous pas là ?")
    await touches(scene, chantal, "Choisir…")
    await chantal.sees("Premier jour d'absence ?")
    await touches(scene, chantal, "›")
    await scene.settles()
    await touches(scene, chantal, "21")
    await chantal.sees("Dernier jour d'absence, lundi 21 décembre ou après ?")
    await touches(scene, chantal, "24")
    await chantal.sees("Absence notée, du 21 au 24 décembre. Esmaman lit à votre place.")
    await touches(scene, chantal, "Changer de relais")
    await chantal.sees("Qui lit")
    await touches(scene, chantal, "Farida")
    await chantal.sees("Absence notée, du 21 au 24 décembre. Farida lit à votre place.")
    await chantal.writes("/absence")
    await chantal.sees("Déjà noté")
    await touches(scene, chantal, "Annuler : du 21 au 24 décembre")
    await chantal.sees("Absence annulée, du 21 au 24 décembre.")


async def test_on_the_first_morning_away_what_waits_is_passed_on(scene: Scene) -> None:
    chantal, esmaman = [await scene.staff(one) for one in ("Chantal", "Esmaman")]
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(YANIS)
    await chantal.sees("Yanis B.")
    await chantal.writes("/absence")
    await chantal.sees("Quels jours")
    await touches(scene, chantal, "Demain")
    await chantal.sees("Absence notée, demain. Esmaman lit à votre place.")
    await scene.settles()
    assert not esmaman.shows("Yanis B.")
    await scene.jumps(datetime(2026, 11, 25, 8, 1, tzinfo=PARIS))
    assert esmaman.shows("Yanis B.")
    assert awa.shows("Esmaman prend la suite")


async def test_a_teacher_leaves_when_she_likes(scene: Scene) -> None:
    await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes("/quitter")
    await awa.sees("Vous quittez Passerelle, pour Les Tilleuls (CE1) ?")
    await touches(scene, awa, "Annuler")
    await awa.sees("Rien n'a changé.")
    await awa.writes("/quitter")
    await scene.settles()
    await touches(scene, awa, "Oui, je quitte")
    await awa.sees("vous n'êtes plus dans Passerelle")
    await awa.writes(YANIS)
    await awa.sees("Personne n'a lu votre message")


async def test_chantal_leaves_her_phone_and_comes_back_by_another_link(scene: Scene) -> None:
    chantal, esmaman = [await scene.staff(one) for one in ("Chantal", "Esmaman")]
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes(YANIS)
    await chantal.sees("Yanis B.")
    await chantal.writes("/quitter")
    await chantal.sees("Vous quittez Passerelle")
    await touches(scene, chantal, "Oui, je quitte")
    await chantal.sees("vous n'êtes plus dans Passerelle")
    await esmaman.sees("Yanis B.")
    await scene.settles()
    assert not chantal.shows("Yanis B.")
    async with scene.service.store.work(scene.clock.now()) as work:
        code = await invite_staff(work, "Chantal")
    await chantal.opens(code)
    await chantal.sees("Bonjour Chantal")


async def test_rhythm_is_chosen_by_touches(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    await touches(scene, chantal, "Oui")
    await chantal.sees("Votre téléphone pourra sonner la nuit")
    await chantal.writes("/rythme")
    shown = await chantal.sees("Votre téléphone sonne : aux heures d'ouverture du centre")
    await scene.settles()
    await chantal.presses("8 h – 19 h", on=shown)
    await scene.settles()
    await chantal.presses("Montrer le contenu", on=shown)
    await scene.settles()
    await chantal.presses("Danger la nuit : non", on=shown)
    await scene.settles()
    text = chantal.now(shown).text
    assert "de 8 h à 19 h" in text
    assert "danger : non" in text
    assert "messages : montré" in text


async def test_help_is_told_to_each_as_she_is(scene: Scene) -> None:
    farida = await scene.staff("Farida")
    await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    await awa.writes("/aide")
    await awa.sees("Les Tilleuls : Chantal vous lit.")
    await farida.writes("/aide")
    await farida.sees("/equipe")
    somebody = Phone(scene.api, first_name="Passante")
    await somebody.opens()
    await somebody.sees("réservé aux écoles invitées")
    await somebody.writes("/clas_ou_pre")
    await somebody.sees("CLAS : en groupe, après l'école")


async def test_clas_or_pre_is_true_for_the_town_of_whoever_asks(scene: Scene) -> None:
    awa = await scene.teacher("Awa", "Diallo")
    ines = await scene.teacher("Inès", "Petit", school="Les Peupliers", level="CE2")
    for one in (awa, ines):
        await one.writes("/clas_ou_pre")
    here = await awa.sees("CLAS : en groupe, après l'école")
    assert "PRE : un enfant, de 2 à 16 ans, et sa famille." in here.text
    there = await ines.sees("CLAS : en groupe, après l'école")
    assert "Un enfant et sa famille, à Ermont : Samira, référente familles" in there.text
    assert "PRE :" not in there.text
    assert len(here.text.splitlines()) == len(there.text.splitlines()) == 5
    assert not here.protected, "to be shared in September"


async def test_a_teacher_has_no_key_to_the_team(scene: Scene) -> None:
    await scene.staff("Chantal")
    awa = await scene.teacher("Awa", "Diallo")
    for command, answer in (
        ("/equipe", "pour la coordinatrice"),
        ("/absence", "pour l'équipe"),
        ("/rythme", "pour l'équipe"),
    ):
        await awa.writes(command)
        await awa.sees(answer)


async def test_in_a_group_the_bot_explains_itself_once_and_leaves(scene: Scene) -> None:
    awa = await scene.teacher("Awa", "Diallo")
    chat = new_group(scene.api, "Les Tilleuls, équipe", awa)
    await awa.in_group(chat).sees("Je ne parle qu'en tête-à-tête")
    await scene.settles()
    assert chat.bot == "left"


async def test_what_the_bot_says_of_itself_is_told_to_telegram_once(scene: Scene) -> None:
    bot = scene.service.bot
    commands = [one.command for one in await bot.get_my_commands()]
    assert commands[:2] == ["aide", "clas_ou_pre"]
    assert commands[-1] == "quitter"
    assert "absence" not in commands, "what only a team uses is not offered to everybody"
    assert "119" in (await bot.get_my_description()).description
    said = [name for name in scene.api.counters.requests if name.startswith("setMy")]
    assert len(said) == 3
    await introduce(bot)
    assert all(scene.api.counters.requests[name] == 1 for name in said), "said once"
