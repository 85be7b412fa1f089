"""A thank-you stays a thank-you; whatever asks or tells is a message, and so is a doubt."""

import pytest

from bot.rules.closing import closes
from bot.rules.tagger import tag

CLOSING = [
    "merci",
    "Merci beaucoup, bonne soirée.",
    "ok",
    "Ok 👍",
    "👍",
    "🙏🙏 merci",
    "c'est noté",
    "Bien reçu merci",
    "D'accord, je fais comme ça",
    "à lundi !",
    "Merci Chantal",
    "merci pour votre aide précieuse",
    "ça marche",
    "Parfait, on fait comme ça",
    "bonnes vacances à toute l'équipe",
    "ouf merci",
    "de rien, avec plaisir",
    "merci quand même",
    "Merci d'avoir répondu si vite",
    "Non merci, tout va bien",
    "oki doki merci 😘",
    "👍🏽",
    "🙏🏻🙏🏻",
    "Mille mercis, Sabine",
    "Parfait. Je vous remercie. Hélène",
    "C'est noté pour mercredi, belle soirée",
    "Entendu pour la liste.",
    "à très vite alors, et merci 🙏",
]
NOT_CLOSING = [
    "Merci. Et pour Idriss ?",
    "ok mais il est encore absent",
    "merci de me rappeler",
    "Merci de noter que Lina change",
    "ok et je donne la fiche à qui",
    "Merci, il n'est pas venu",
    "merci ne l'attendez pas ce soir",
    "Super, et pour son frère ?",
    "bonjour",
    "Merci pour la séance d'hier, Noé a enfin compris la retenue",
    "ok elle a signé l'inscription",
    "merci, son père le frappe",
    "?",
    "",
    "non",
    "Oui pour mardi",
    "Ok pour mardi",
    "Ok 16h30",
    "Merci, elle pleure encore",
    "Parfait, elle change",
    "ok, gardez-le",
    "Merci, inscrivez-la",
    "Merci ! Prévenez Nadia",
    "Merci. Hospitalisé.",
    "merci, seul",
    "merci malaise",
    "MERCI URGENCE",
    "c'est bon elle est inscrite",
]


@pytest.mark.parametrize("text", CLOSING)
def test_a_closing_word_starts_nothing(text: str) -> None:
    read = tag(text)
    assert read.closing
    assert (read.danger, read.today, read.ask, read.action) == (False, False, False, "aucune")


@pytest.mark.parametrize("text", NOT_CLOSING)
def test_a_message_that_asks_or_tells_counts(text: str) -> None:
    assert not tag(text).closing


@pytest.mark.parametrize("text", ["oui", "😂", "🌞🌞", "Oui oui"])
def test_after_an_answer_a_bare_sign_closes_and_before_it_does_not(text: str) -> None:
    assert closes(text, after_answer=True)
    assert not closes("oui ?", after_answer=True)
    assert closes(text) == (text == "😂")
