"""What a message should not carry: a full name, a telephone number, an address."""

import pytest

from bot.rules.names import Personal, personal


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Bonjour, Kévin Dupont ne vient plus", {Personal.NAME}),
        ("La petite Awa Ben Salah pleure", {Personal.NAME}),
        ("Maïmouna DIALLO, CE2", {Personal.NAME}),
        ("Jean-Baptiste Le Goff est absent", {Personal.NAME}),
        ("appelez la maman au 06 12 34 56 78", {Personal.PHONE}),
        ("son numéro : 0612345678", {Personal.PHONE}),
        ("+33 6 12 34 56 78", {Personal.PHONE}),
        ("ils habitent 12 rue des Lilas", {Personal.ADDRESS}),
        ("au 3 bis, avenue de Paris", {Personal.ADDRESS}),
        ("Lina Martin, 06.12.34.56.78, 4 allée des Roses", set(Personal)),
        ("Yanis B. ne rend plus rien", set()),
        ("Mme Diallo et M. Roux viendront", set()),
        ("Les Tilleuls et Le Verger", set()),
        ("En route vers la Lecture", set()),
        ("Bonjour Chantal", set()),
        ("Centre Social d'Éragny, Val d'Oise", set()),
        ("CE2 Maïmouna, CM1 Rayan", set()),
        ("rendez-vous le 12 01 à 11 h 45", set()),
        ("il connaît 12 mots", set()),
        ("", set()),
    ],
)
def test_personal_details_are_seen_and_ordinary_words_are_not(text: str, seen: set[Personal]) -> None:
    assert personal(text) == seen
