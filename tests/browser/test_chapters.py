"""The chapters play by themselves, and Mme Diallo's evening by hand."""

from playwright.sync_api import expect

from tests.browser.desk import ANSWER, Desk

A_CHAPTER = 40_000  # ms; how long it really takes is measured by tools.page_figures


def play(desk: Desk, title: str) -> None:
    desk.page.get_by_role("button", name=title, exact=True).first.click()
    stop = desk.page.get_by_role("button", name=f"Arrêter « {title} »")
    expect(stop).to_be_visible()


def ends(desk: Desk, title: str) -> None:
    expect(desk.page.get_by_role("button", name=f"Arrêter « {title} »")).to_be_hidden(timeout=A_CHAPTER)
    expect(desk.page.locator("#toast")).not_to_have_class("shown")


def test_an_evening_plays_and_plays_again(desk: Desk) -> None:
    play(desk, "Un soir")
    expect(desk.caption).to_have_text("Chantal : aucune sonnerie. Le centre est fermé.", timeout=A_CHAPTER)
    expect(desk.chantal.lock).to_contain_text("sans sonner")
    expect(desk.chantal.lock).not_to_contain_text("Yanis")
    desk.keep("un-soir-recu")
    expect(desk.caption).to_contain_text("avant la date promise", timeout=A_CHAPTER)
    desk.diallo.sees("Chantal vous a répondu.")
    desk.diallo.sees("Je passe à l'école demain à midi")
    desk.keep("un-soir-repondu")
    ends(desk, "Un soir")
    play(desk, "Un soir")
    expect(desk.page.locator("#clock")).to_contain_text("mardi 24 novembre")
    desk.diallo.sees("Bien reçu ce soir")
    expect(desk.diallo.chat.get_by_text("Je passe à l'école demain à midi")).to_be_hidden()
    desk.page.get_by_role("button", name="Arrêter « Un soir »").click()
    expect(desk.caption).to_be_empty()
    expect(desk.page.get_by_role("button", name="Un soir", exact=True)).to_be_visible()


def test_the_holidays(desk: Desk) -> None:
    play(desk, "Les vacances")
    expect(desk.caption).to_have_text("Celui de Chantal reste en paix.", timeout=A_CHAPTER)
    desk.diallo.sees("Chantal est absente jusqu'au dimanche 3 janvier.")
    desk.diallo.sees("vous répond d'ici mardi 22 décembre.")
    desk.phone("Esmaman").sees("À la place de Chantal.")
    expect(desk.phone("Esmaman").lock).to_contain_text("sans sonner")
    expect(desk.chantal.lock).to_contain_text("Aucune notification")
    expect(desk.page.locator("#clock")).to_contain_text("samedi 19 décembre, 10 h 30")
    desk.keep("les-vacances")
    ends(desk, "Les vacances")


def test_the_meeting_of_a_cycle(desk: Desk) -> None:
    play(desk, "La réunion de cycle")
    expect(desk.caption).to_have_text("Avant de partir : un mot, rien à retenir.", timeout=A_CHAPTER)
    desk.diallo.sees("Chantal a dit oui.")
    desk.diallo.sees("Toujours d'accord ?")
    desk.chantal.sees("Toujours bon ?")
    desk.chantal.sees("Demain, 13 h 10, Les Tilleuls.")
    desk.chantal.sees("Les Tilleuls à 13 h 10.")
    expect(desk.chantal.chat.get_by_text("le service était arrêté")).to_be_hidden()
    expect(desk.page.locator("#clock")).to_contain_text("mardi 12 janvier, 12 h 30")
    desk.keep("la-reunion")
    ends(desk, "La réunion de cycle")


def test_friday_at_two(desk: Desk) -> None:
    play(desk, "Vendredi 14 h")
    expect(desk.caption).to_contain_text("La semaine tombe toute seule.", timeout=A_CHAPTER)
    week = desk.chantal.sees("Votre semaine")
    expect(week).to_contain_text("1 réponse attendue")
    expect(week).to_contain_text("Les Tilleuls, cycle 2 — confirmée")
    expect(desk.chantal.lock).to_contain_text("sans sonner")
    desk.keep("vendredi")
    ends(desk, "Vendredi 14 h")
    desk.caption.get_by_role("button", name="Et demain ?").click()
    tomorrow = desk.page.get_by_role("region", name="Et demain ?")
    expect(tomorrow).to_contain_text("délégué à la protection des données")
    desk.keep("et-demain")
    tomorrow.get_by_role("button", name="Fermer").click()
    expect(tomorrow).to_be_hidden()


def test_a_danger(desk: Desk) -> None:
    play(desk, "Danger ou doute")
    desk.diallo.sees("En danger maintenant : 17 ou 112")
    desk.diallo.sees("Personne n'a encore confirmé")
    expect(desk.chantal.lock).to_contain_text("Message grave d'une école. À lire maintenant.")
    expect(desk.chantal.lock).not_to_contain_text("Noé")
    expect(desk.caption).to_contain_text("L'écran verrouillé", timeout=A_CHAPTER)
    desk.keep("danger")
    expect(desk.caption).to_contain_text("Le 119 reste affiché", timeout=A_CHAPTER)
    desk.diallo.sees("Chantal s'en occupe, depuis 17")
    ends(desk, "Danger ou doute")


def test_the_evening_by_hand_takes_three_gestures(desk: Desk) -> None:
    desk.begins_again()
    expect(desk.page.locator("#clock")).to_contain_text("mardi 24 novembre, 19 h 42")
    expect(desk.page.get_by_text("Tout est inventé")).to_be_visible()
    desk.keep("ouverture")
    desk.diallo.box.get_by_role("button", name="Envoyer").click()
    desk.diallo.sees("Bien reçu ce soir, 19 h 42.")
    expect(desk.chantal.lock).to_contain_text("sans sonner")
    desk.page.get_by_role("button", name="Avancer à demain, 9 h").click()
    expect(desk.page.locator("#clock")).to_contain_text("mercredi 25 novembre, 9 h 05")
    expect(desk.chantal.field).to_have_value(ANSWER)
    desk.chantal.box.get_by_role("button", name="Envoyer").click()
    desk.diallo.sees("Chantal : Bonjour, oui bien sûr.")
    expect(desk.diallo.lock).to_contain_text("sonne")
    expect(desk.caption).to_contain_text("avant la date promise")


def test_a_chapter_asks_before_it_erases_what_somebody_tried(desk: Desk) -> None:
    desk.begins_again()
    play(desk, "Danger ou doute")  # nothing was tried: nothing is asked
    desk.page.get_by_role("button", name="Arrêter « Danger ou doute »").click()
    desk.diallo.writes("Mes propres mots.")
    desk.page.reload()
    asked = desk.page.get_by_role("dialog", name="Vendredi 14 h")
    desk.page.get_by_role("button", name="Vendredi 14 h", exact=True).click()
    expect(asked).to_contain_text("Ce que vous avez essayé par vous-même disparaît.")
    asked.get_by_role("button", name="Annuler").click()
    expect(desk.diallo.said("Mes propres mots.")).to_be_visible()
    desk.page.get_by_role("button", name="Vendredi 14 h", exact=True).click()
    asked.get_by_role("button", name="Commencer").click()
    expect(desk.diallo.said("Mes propres mots.")).to_be_hidden()
    desk.page.get_by_role("button", name="Arrêter « Vendredi 14 h »").click()


def test_what_was_typed_and_said_survives_a_reload(desk: Desk) -> None:
    desk.begins_again()
    desk.diallo.writes("Bonjour, une question.")
    desk.chantal.sees("Mme Diallo · CE1 · Les Tilleuls")
    desk.diallo.field.fill("Je n'ai pas fini")
    desk.page.reload()
    expect(desk.diallo.field).to_have_value("Je n'ai pas fini")
    expect(desk.diallo.said("Bonjour, une question.")).to_be_visible()
    expect(desk.chantal.lock).to_contain_text("Mme Diallo · CE1")
