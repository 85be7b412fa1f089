"""Free play: each kind of message, what one does with it, and who may have a phone."""

from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Route, expect

from tests.browser.desk import TYPED, Desk

KINDS = {
    "Photo": "img.photo",
    "Album": ".album img:nth-child(3)",
    "Vocal": "audio",
    "Musique": "audio[aria-label='la chorale.wav']",
    "Vidéo": "video",
    "Message vidéo": "video.round",
    "Document": "a[download='fiche.txt']",
    "Sticker": "img.sticker",
    "Position": ".map",
    "Lieu": ".card:has-text('École Les Tilleuls')",
    "Contact": ".card:has-text('Mme Lenoir')",
    "Sondage": ".poll",
    "Dé": ".huge",
}


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A Wednesday morning; Mme Diallo has written and Chantal has the card."""
    desk.demo.post("demo/scene", {"chapter": "soir"})
    desk.demo.post("clock", {"set": "2026-11-26T10:00:00+01:00"})
    desk.page.reload()
    desk.diallo.writes("Bonjour Chantal, Lina T. n'a plus ses lunettes.")
    desk.chantal.sees("Mme Diallo · CE1 · Les Tilleuls · jeudi 10 h")
    return desk


def test_each_kind_is_carried(busy: Desk) -> None:
    for label, shows in KINDS.items():
        busy.diallo.joins(label)
        expect(busy.diallo.chat.locator(".mine").locator(shows).last).to_be_visible()
        expect(busy.chantal.chat.locator(".theirs").locator(shows).last).to_be_visible()
    busy.keep("chaque-sorte")
    for image in busy.chantal.chat.locator("img").all():
        assert image.evaluate("one => one.complete && one.naturalWidth > 0")


def test_a_reply_by_button_by_swipe_and_to_a_passage(busy: Desk) -> None:
    card = busy.chantal.sees("jeudi 10 h")
    card.hover()
    card.get_by_role("button", name="Répondre").click()
    busy.chantal.writes("Bonjour, je m'en charge.")
    answer = busy.diallo.sees("Chantal : Bonjour, je m'en charge.")

    box = answer.bounding_box()
    assert box is not None
    busy.page.mouse.move(box["x"] + 150, box["y"] + box["height"] - 12)
    busy.page.mouse.down()
    busy.page.mouse.move(box["x"] + 40, box["y"] + box["height"] - 12, steps=8)
    busy.page.mouse.up()
    expect(busy.diallo.box.get_by_text("Répondre à Passerelle")).to_be_visible()
    reply = busy.diallo.writes("Merci, à quelle heure ?")
    expect(reply.locator(".quoted")).to_contain_text("je m'en charge")
    reply.locator(".quoted").click()
    expect(answer).to_be_focused()

    answer.locator("p").evaluate("one => getSelection().selectAllChildren(one)")
    busy.diallo.on(answer, "Répondre au passage choisi")
    expect(busy.diallo.box.locator(".about")).to_contain_text("je m'en charge")


def test_a_message_is_edited_deleted_forwarded_copied_and_reacted_to(busy: Desk) -> None:
    mine = busy.diallo.said("Lina T.")
    busy.diallo.on(mine, "Modifier")
    busy.diallo.writes("Bonjour Chantal, Lina T. a cassé ses lunettes.")
    edited = busy.diallo.said("a cassé ses lunettes")
    expect(edited).to_contain_text("modifié")
    expect(busy.chantal.sees("jeudi 10 h")).to_contain_text("modifié")

    busy.diallo.on(edited, "Pouce levé")
    expect(edited.get_by_role("button", name="👍, 1")).to_have_attribute("aria-pressed", "true")
    edited.get_by_role("button", name="👍, 1").click()
    expect(edited.get_by_role("button", name="👍, 1")).to_be_hidden()

    busy.diallo.on(edited, "Transférer au bot")
    expect(busy.diallo.said("Transféré de Mme Diallo")).to_be_visible()
    gone = busy.diallo.writes("Mauvais envoi.")
    busy.diallo.on(gone, "Supprimer")
    expect(busy.diallo.chat.get_by_text("Mauvais envoi.", exact=True)).to_be_hidden()


def test_a_spoiler_is_hidden_until_touched(busy: Desk) -> None:
    card = busy.chantal.sees("jeudi 10 h")
    masked = card.get_by_role("button", name="Texte masqué : touchez pour lire")
    expect(masked).to_be_visible()
    expect(busy.chantal.lock).not_to_contain_text("lunettes")
    assert "lunettes" not in (card.aria_snapshot())
    masked.click()
    expect(masked).to_be_hidden()
    assert "lunettes" in card.aria_snapshot()


def test_buttons_and_commands(busy: Desk) -> None:
    busy.chantal.touches("Je l'appelle")
    busy.diallo.sees("Chantal vous appelle bientôt.")
    busy.chantal.box.get_by_role("button", name="Commandes du bot").click()
    busy.page.get_by_role("menuitem", name="/aide").click()
    expect(busy.chantal.said("/aide")).to_be_visible()


def test_a_lock_screen_rings_or_does_not_and_is_emptied_by_a_look(busy: Desk) -> None:
    expect(busy.chantal.lock.locator(".note").first).to_contain_text("sonne")
    busy.chantal.chat.click()
    expect(busy.chantal.lock).to_contain_text("Aucune notification")
    busy.moves_clock("+ 1 semaine")
    busy.demo.post("clock", {"set": "2026-12-03T22:00:00+01:00"})
    busy.diallo.writes("J'oubliais : un autre enfant.")
    expect(busy.chantal.lock.locator(".note").first).to_contain_text("sans sonner")


def test_a_phone_is_added_joins_by_a_code_and_leaves(desk: Desk) -> None:
    desk.demo.post("demo/scene", {"chapter": "soir"})
    desk.page.reload()
    lopez = desk.adds("Mme Lopez, MS", "Mme Lopez")
    lopez.box.get_by_role("button", name="Scanner l'affiche").click()
    poster = desk.page.get_by_role("dialog").get_by_role("img")
    expect(poster).to_be_visible()
    assert poster.evaluate("one => one.decode().then(() => one.naturalHeight)") > 1000
    desk.keep("affiche")
    desk.page.get_by_role("dialog").get_by_role("button", name="Scanner").click()
    lopez.box.get_by_role("button", name="Démarrer").click()
    lopez.touches("J'ai lu")
    lopez.touches("MS")
    lopez.sees("C'est prêt, Mme Lopez.")
    nadia = desk.adds("Nadia, référente, Ermont", "Nadia")
    code = desk.demo.get("demo")["people"][str(desk.demo.person("nadia"))]["code"]
    nadia.box.get_by_label("Le lien ou le code").fill(f"https://t.me/passerelle_demo_bot?start={code}")
    nadia.box.get_by_role("button", name="Démarrer").click()
    nadia.touches("J'ai lu")
    lopez.writes("Une petite de moyenne section ne parle pas.")
    nadia.sees("Mme Lopez · MS · Les Peupliers")
    desk.keep("quatre-telephones")
    lopez.box.get_by_role("button", name="Ce téléphone").click()
    lopez.choose("Retirer ce téléphone")
    expect(lopez.box).to_be_hidden()


def test_what_is_said_while_a_chat_is_being_read_stays(desk: Desk) -> None:
    desk.demo.post("demo/scene", {"chapter": "soir"})
    under_way: list[tuple[Route, APIResponse]] = []
    desk.page.route("**/chat?*", lambda route: under_way.append((route, route.fetch())))
    desk.page.reload()
    while len(under_way) < 2:
        desk.page.wait_for_timeout(20)
    desk.demo.post(f"people/{desk.demo.person('diallo')}/send", {"text": "Pendant ce temps."})
    expect(desk.diallo.said("Pendant ce temps.")).to_be_visible()
    for route, answer in under_way:
        route.fulfill(response=answer)
    expect(desk.diallo.field).to_have_value(TYPED)
    expect(desk.diallo.said("Pendant ce temps.")).to_be_visible()
    desk.page.unroute("**/chat?*")


def test_in_a_group_the_bot_explains_itself_and_leaves(desk: Desk) -> None:
    desk.demo.post("demo/scene", {"chapter": "soir"})
    desk.page.reload()
    desk.page.get_by_role("button", name="Téléphone").first.click()
    desk.page.get_by_role("menuitem", name="Un groupe avec le bot").click()
    desk.chantal.sees("Je ne parle qu'en tête-à-tête")
    expect(desk.diallo.chat.get_by_text("Passerelle a quitté le groupe")).to_be_visible()
    desk.diallo.writes("Bonjour à l'équipe")
    expect(desk.chantal.sees("Bonjour à l'équipe")).to_contain_text("Mme Diallo")
    desk.keep("groupe")
    shown = desk.chantal.box.get_by_role("combobox", name="Conversation montrée")
    shown.select_option("Passerelle")
    expect(desk.chantal.chat.get_by_text("Bonjour à l'équipe")).to_be_hidden()
    shown.select_option("Équipe des Tilleuls")
    desk.chantal.sees("Bonjour à l'équipe")


def test_a_stranger_gets_the_numbers_and_nobody_reads_her(desk: Desk) -> None:
    stranger = desk.adds("Camille, sans invitation", "Camille")
    expect(stranger.box.get_by_role("button", name="Scanner l'affiche")).to_be_hidden()
    stranger.box.get_by_role("button", name="Démarrer").click()
    stranger.sees("réservé aux écoles invitées")


def test_a_blocked_bot_can_be_unblocked(busy: Desk) -> None:
    busy.diallo.box.get_by_role("button", name="Ce téléphone").click()
    busy.diallo.choose("Bloquer le bot")
    expect(busy.diallo.box.get_by_text("bot bloqué")).to_be_visible()
    expect(busy.diallo.field).to_be_hidden()
    busy.diallo.box.get_by_role("button", name="Débloquer le bot").click()
    expect(busy.diallo.field).to_be_visible()


def test_two_tabs_show_the_same(busy: Desk) -> None:
    other = busy.page.context.new_page()
    other.goto(busy.demo.address)
    busy.diallo.writes("Vu des deux côtés.")
    expect(
        other.get_by_role("log", name="Messages de Mme Diallo").get_by_text("Vu des deux côtés.")
    ).to_be_visible()
    other.close()


def test_ones_own_files_are_sent(busy: Desk, tmp_path: Path) -> None:
    file = tmp_path / "compte rendu.txt"
    file.write_text("Bonjour", encoding="utf-8")
    busy.diallo.box.locator("input[type=file]").set_input_files(file)
    expect(busy.chantal.chat.get_by_text(file.name)).to_be_visible()


def test_older_messages_are_read_on_demand(busy: Desk) -> None:
    person = busy.demo.person("diallo")
    for number in range(70):
        busy.demo.post(f"people/{person}/send", {"text": f"ligne {number} :"})
    busy.page.reload()
    expect(busy.diallo.said("ligne 69")).to_be_visible()
    assert busy.diallo.chat.locator(".bubble").count() == 60
    busy.diallo.chat.get_by_role("button", name="Messages précédents").click()
    expect(busy.diallo.said("ligne 2 :")).to_be_attached()
