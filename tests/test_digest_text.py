"""The week's words: under 900 characters whatever waits, no zero, right French."""

from datetime import date, timedelta

import pytest

from bot.rules.week import Away, Callback, Digest, Meeting, Waiting, Week
from bot.texts import digest as texts
from tests.rules.test_hours import paris

NOW = paris(11, 20, 14)
DIALLO = Waiting("Mme Diallo", "CE1", "Les Tilleuls", "clas", paris(11, 18, 8), paris(11, 20, 18))
ROUX = Waiting("M. Roux", "CM2", "Le Verger", "pre", paris(11, 19, 8), paris(11, 23, 12))


def plain(text: str) -> str:
    return texts.plain(text).replace("\N{NO-BREAK SPACE}", " ")


def test_a_full_week_is_told_in_order() -> None:
    digest = Digest(
        waiting=(DIALLO, ROUX),
        callbacks=(Callback("Mme Petit", paris(11, 23, 16, 45)),),
        meetings=(
            Meeting(paris(11, 24, 13, 10), "Les Tilleuls", "cycle 2", confirmed=True),
            Meeting(paris(12, 1, 13, 15), "Le Verger", "cycle 3", confirmed=False),
        ),
        away=(Away("Esmaman", date(2026, 11, 26), date(2026, 11, 26), ""),),
        received=9,
        answered=6,
        territories=(("autre", 2), ("clas", 5), ("pre", 2)),
    )
    assert plain(texts.person(digest=digest, holidays=None, now=NOW)).splitlines() == [
        "Votre semaine",
        "2 réponses attendues",
        "· Mme Diallo, CE1, Les Tilleuls — CLAS — promis aujourd'hui 18 h",
        "· M. Roux, CM2, Le Verger — PRE — promis lundi midi",
        "Appel promis : Mme Petit, lundi 23 16 h 45",
        "",
        "À venir",
        "· mardi 24, 13 h 10 : Les Tilleuls, cycle 2 — confirmée",
        "· mardi 1er décembre, 13 h 15 : Le Verger, cycle 3 — à confirmer",
        "· jeudi 26 : Esmaman absente, vous lisez pour elle",
        "",
        "Reçus 9, répondus 6. CLAS 5, PRE 2, autres 2.",
    ]


@pytest.mark.parametrize("many", [0, 1, 5, 40, 300])
def test_it_stays_under_900_characters_and_counts_what_it_leaves_out(many: int) -> None:
    digest = Digest(
        waiting=(DIALLO,) * many,
        meetings=tuple(
            Meeting(
                NOW + timedelta(days=one % 14 + 1),
                "École des Longs Champs",
                "cycles 1 et 2 et 3",
                confirmed=False,
            )
            for one in range(many)
        ),
        received=many,
        answered=0,
        territories=(("clas", many),),
    )
    words = texts.person(digest=digest, holidays=None, now=NOW)
    assert len(words) <= 900
    if many == 300:
        assert "300 réponses attendues" in words
        assert "de plus" in words


@pytest.mark.parametrize("waiting", [0, 1, 4, 30])
@pytest.mark.parametrize("meetings", [1, 8, 14, 60])
def test_meetings_and_calls_are_told_or_counted_however_many(waiting: int, meetings: int) -> None:
    coming = tuple(
        Meeting(NOW + timedelta(hours=one + 1), "École des Longs Champs", "cycle 2", confirmed=False)
        for one in range(meetings)
    )
    calls = (Callback("Mme Petit-Jean", paris(11, 23, 16, 45)),) * 5
    digest = Digest(
        waiting=(DIALLO,) * waiting,
        callbacks=calls,
        meetings=coming,
        received=waiting + 9,
        answered=9,
        territories=(("clas", waiting + 9),),
    )
    holidays = texts.Holidays(
        first=date(2026, 12, 19),
        last=date(2027, 1, 3),
        covers=(("Esmaman", date(2026, 12, 21), date(2026, 12, 24)),),
        closed=(date(2026, 12, 25), date(2027, 1, 3)),
        returns=paris(1, 4, 9, year=2027),
    )
    words = plain(texts.person(digest=digest, holidays=holidays, now=NOW))
    assert len(words) <= texts.LONGEST
    before, _, after = words.partition("À venir\n")
    for part, many in ((before.partition("Appel promis")[0], waiting), (after, meetings)):
        told = part.split("\n\n")[0].splitlines()
        named = [one for one in told if one.startswith("· ") and "de plus" not in one]
        left = [int(one.split()[2]) for one in told if "de plus" in one]
        assert len(named) + sum(left) == many
        assert named or not many
    assert "· et 2 autres appels promis" in before
    assert "Vacances : Esmaman lit pour vous" in words
    assert f"Reçus {waiting + 9}, répondus 9." in words


def test_a_calm_week_is_two_lines() -> None:
    meeting = Meeting(paris(11, 24, 13, 10), "Les Tilleuls", "cycle 2", confirmed=True)
    assert plain(texts.person(digest=Digest(meetings=(meeting,)), holidays=None, now=NOW)).splitlines() == [
        "Votre semaine : personne n'attend.",
        "Prochain rendez-vous : mardi 24, 13 h 10, Les Tilleuls.",
    ]


def test_the_centres_week_names_what_is_to_be_decided() -> None:
    centre = texts.Centre(
        name="centre social d'Éragny",
        week=Week(2026, 47),
        late=(("Le Verger", 1, paris(11, 17, 12)),),
        alone=((paris(11, 26, 13, 15), "Le Verger", "Esmaman"),),
        uncovered=(),
        waiting=0,
        meetings=3,
        calls=2,
        came=2,
        unconfirmed=1,
        received=17,
        answered=14,
        within_a_day=True,
        territories=(("clas", 8), ("autre", 4), ("pre", 5)),
        schools=((("Les Tilleuls",), 12), (("Le Verger", "Les Peupliers"), 5)),
    )
    assert plain(texts.centre(centre=centre, holidays=None, now=NOW)).splitlines() == [
        "Centre social d'Éragny, 16 – 20 novembre",
        "",
        "À décider",
        "· 1 réponse dépasse la date promise (Le Verger, depuis mardi)",
        "· Jeudi 26, 13 h 15, Le Verger : Esmaman absente, personne à la réunion",
        "",
        "À venir : 3 réunions, 2 appels promis",
        "Arrivées : 2 enseignants, dont 1 à confirmer",
        "",
        "Reçus 17, répondus 14, le plus souvent sous un jour ouvré.",
        "CLAS 8 · PRE 5 · autres 4.",
        "Les Tilleuls 12 · Le Verger, Les Peupliers 5.",
    ]
