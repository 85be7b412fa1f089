"""A period's words and picture: counted facts, and nobody to be recognised."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.rules.period import Facts, Period
from bot.rules.week import merge_small
from bot.texts import period as texts
from bot.texts.digest import plain

PERIOD = Period(2026, 2, date(2026, 11, 2), date(2026, 12, 18))
FULL = Facts(
    period=PERIOD,
    received=48,
    answered=45,
    in_time=41,
    within_a_day=True,
    doors_closed=17,
    relayed=8,
    meetings=6,
    follow_ups=9,
    territories=((("clas",), 22), (("pre",), 12), (("autre",), 10), (("both",), 4)),
    schools=((("Les Tilleuls",), 29), (("Le Verger",), 14), (("Les Lilas", "Les Peupliers"), 5)),
    silent=("Le Moulin",),
)
NOTHING = replace(
    FULL,
    received=0,
    answered=0,
    in_time=0,
    within_a_day=False,
    doors_closed=0,
    relayed=0,
    meetings=0,
    follow_ups=0,
    territories=(),
    schools=(),
)


def said(facts: Facts) -> list[str]:
    told = plain(texts.words(centre="centre social d'Éragny", facts=facts))
    return told.replace("\N{NO-BREAK SPACE}", " ").splitlines()


def test_a_full_period_says_what_it_brought_to_each() -> None:
    assert said(FULL) == [
        "Centre social d'Éragny, du 2 novembre au 18 décembre",
        "",
        "Reçus 48, répondus 45, dont 41 à la date promise, le plus souvent sous un jour ouvré.",
        "CLAS 22 · PRE 12 · autres 10 · CLAS et PRE 4.",
        "",
        "Ce que cela apporte",
        "· À l'école : 45 réponses ; 6 réunions avec le centre.",
        "· Au centre : 17 messages arrivés portes fermées, gardés pour la réouverture ; "
        "8 messages suivis par une collègue, sans rien à répéter.",
        "· Aux familles : 22 demandes vers le CLAS ; 12 demandes vers le PRE ; "
        "9 suites notées après les réunions.",
        "",
        "Pas de nouvelles sur cette période : Le Moulin. Un passage à la grille ?",
    ]


def test_where_the_town_has_no_pre_what_it_brought_names_none() -> None:
    told = "\n".join(said(replace(FULL, territories=((("help",), 12), (("both_help",), 4)))))
    assert "Accompagnement 12 · CLAS et accompagnement 4." in told
    assert "· Aux familles : 12 demandes d'accompagnement ; 9 suites notées" in told
    assert "PRE" not in told


def test_a_calm_period_is_a_sentence_and_no_picture() -> None:
    assert said(replace(NOTHING, silent=())) == [
        "Centre social d'Éragny, du 2 novembre au 18 décembre : une période calme, sans message d'école."
    ]
    assert not NOTHING.fit_for_a_picture


def test_many_silent_schools_are_counted() -> None:
    many = replace(FULL, silent=("A", "B", "C", "D", "E"))
    assert said(many)[-1] == (
        "Pas de nouvelles sur cette période : A, B, C et 2 autres écoles. Un passage à la grille ?"
    )


@pytest.mark.parametrize("few", [1, 2])
def test_what_is_so_small_that_somebody_could_be_recognised_is_not_said(few: int) -> None:
    counts = {"clas": 9, "pre": few, "both": few}
    small = replace(
        FULL, doors_closed=few, relayed=few, follow_ups=few, territories=tuple(merge_small(counts))
    )
    text = "\n".join(said(small))
    for gone in ("portes fermées", "collègue", "suites notées", "suite notée", "vers le PRE"):
        assert gone not in text
    figures = [figure for chart in charts(small) for _, figure in chart["bars"]]
    assert min(figures) >= 3


def test_it_fits_under_a_picture_whatever_the_names() -> None:
    long = "École élémentaire Marie-Pape-Carpantier-et-des-Longs-Champs"
    facts = replace(FULL, silent=tuple(f"{long} {n}" for n in range(12)))
    assert len(plain(texts.words(centre=f"centre social de {long}", facts=facts))) < 1024


def charts(facts: Facts) -> list[dict[str, Any]]:
    found: Any = texts.drawing(centre="centre social d'Éragny", facts=facts)["charts"]
    return list(found)


def test_the_picture_names_five_schools_and_counts_the_others() -> None:
    schools = tuple(((f"École {n}",), 20 - n) for n in range(8))
    [_, shown] = charts(replace(FULL, schools=schools))
    assert [label for label, _ in shown["bars"]] == [*(f"École {n}" for n in range(5)), "3 autres écoles"]
    assert shown["bars"][-1][1] == 15 + 14 + 13
