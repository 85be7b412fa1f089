"""A child in danger is heard, plainly said or not; idioms and bumps do not cry wolf."""

import pytest

from bot.rules import model
from bot.rules.danger import Danger, hear

CLEAR = [
    "Il dit que son père le frappe",
    "elle m'a dit papa il tape avec la ceinture",
    "Elle veut mourir",
    "il a écrit qu'il voulait se tuer",
    "il a des traces de ceinture dans le dos",
    "Son oncle lui touche le sexe",
    "Il a fugué hier soir",
    "seule à la maison toute la nuit",
    "Violences conjugales à la maison, les enfants ont tout vu",
    "il va nous tuer, dit la maman, il a un fusil",
    "aidez moi svp mon beau père me frappe",
    "Une brûlure de cigarette sur la main",
    "Son père lui donne des coups de pied",
    "elle a reçu un coup de ceinture",
    "son beau-père lui met des coups de fouet",
    "papa lui a mis un coup de pied dans le ventre",
    "il m'a forcé à me déshabiller",
]
IMPLICIT = [
    "Il porte des manches longues en juin et refuse de se changer",
    "Il cache du pain dans ses poches pour le soir",
    "Elle dit qu'elle ne sera plus là demain",
    "Elle a peur de rentrer chez elle",
    "Il ne veut pas rentrer chez lui",
    "Un monsieur l'attend à la sortie et lui donne des bonbons",
    "La maman est venue le chercher alcoolisée",
    "Bleu au visage, explication bizarre",
    "j'ai signalé au PRE, l'enfant a des marques",
    "C'est un secret, faut pas le dire",
    "elle veut plus rentré ché elle",
    "il dessine un cercueil avec son prénom",
    "Elle me demande si on peut l'adopter",
]
HARMLESS = [
    "un coup de main samedi ?",
    "je vous passe un coup de fil",
    "il a mal au foot",
    "une pièce de théâtre sur la violence",
    "on se tue au travail",
    "morte de rire",
    "une bosse à la récré, glace, parents prévenus",
    "Il reste de la place à l'atelier vélo ?",
    "Elle n'a aucune méthode pour apprendre ses leçons",
    "merci beaucoup, bonne soirée",
    "ceinture jaune de judo pour Côme",
    "Il a donné un coup de pied dans le ballon",
    "un coup il vient, un coup il ne vient pas",
    "du coup je ne sais pas",
    "Mettez la ceinture aux enfants dans le minibus",
    "Le pistolet à colle est cassé",
    "Elle se coupe la frange",
    "",
]
# The lexicon leaves these in peace; the model, which weighs every word, may still doubt.
HARMLESS_WORDS = [
    "elle ne veut pas rentrer de récré",
    "la ceinture est obligatoire dans le car",
    "il a eu sa ceinture bleue",
    "elle a été battue aux échecs par son papa",
    "Il ne sait pas encore se déshabiller seul pour la piscine",
    "Il n'y a pas eu de coup d'épaule",
]


@pytest.mark.parametrize("text", CLEAR)
def test_clear_words_show_the_card_and_ring(text: str) -> None:
    assert hear(text) is Danger.CLEAR


@pytest.mark.parametrize("text", IMPLICIT)
def test_an_implicit_sign_shows_the_card(text: str) -> None:
    assert hear(text) >= Danger.DOUBT


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_lookalike_alarms_nobody(text: str) -> None:
    assert hear(text) is Danger.NONE


@pytest.mark.parametrize("text", [*CLEAR, *IMPLICIT])
def test_the_lexicon_alone_shows_the_card(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "shipped", lambda: None)
    assert hear(text) >= Danger.DOUBT


@pytest.mark.parametrize("text", [*HARMLESS, *HARMLESS_WORDS])
def test_the_lexicon_alone_leaves_the_harmless_in_peace(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "shipped", lambda: None)
    assert hear(text) is Danger.NONE


@pytest.mark.parametrize(
    "text",
    [
        "IL VEUT MOURIR",
        "il veut\nmourir",
        "il v\u200beut mou\u00adrir",
        "\u202eil veut mourir",
        "il veut mourir 😢",
        "Il « veut » mourir",
        "bjr " * 900 + "il veut mourir",
    ],
)
def test_danger_is_heard_however_it_is_typed(text: str) -> None:
    assert hear(text) >= Danger.DOUBT
