"""Words that are lost if nobody of tonight's session reads them, and those that can wait."""

import pytest

from bot.rules.tagger import tag

TONIGHT = [
    "Ne l'attendez pas, il rentre avec sa grand-mère",
    "ne lattendez pas ce soir",
    "Est-il bien arrivé ?",
    "Personne n'est venu le chercher",
    "Sortie scolaire, retour à 17 h",
    "Lina est malade, pas de CLAS ce soir",
    "Lina absente aujourd'hui",
    "On a 20 minutes de retard, les enfants arrivent",
    "Il est bien chez vous Sofiane ?",
    "Ne l'attendez pas ce soir, ni jeudi",
    "Je vous appelle car personne n'est venu la chercher",
]
CAN_WAIT = [
    "Sara sera absente du CLAS jeudi",
    "Elle était absente hier, elle revient jeudi",
    "On vous apporte les flyers ce soir",
    "Réunion des parents ce soir à 18 h",
    "Il arrive en retard tous les matins",
    "Quels sont vos horaires ?",
    "merci, bonne soirée",
    "Lundi ne l'attendez pas, il est chez l'orthophoniste",
    "Jeudi, pas de groupe pour Lina : ne l'attendez pas",
    "Je vous appelle ce soir",
    "Absences répétées depuis septembre",
]


@pytest.mark.parametrize("text", TONIGHT)
def test_a_same_day_word_rings_tonight_s_session(text: str) -> None:
    assert tag(text).today


@pytest.mark.parametrize("text", CAN_WAIT)
def test_other_days_and_errands_do_not(text: str) -> None:
    assert not tag(text).today
