"""What corrections teach: similar messages, within bounds that no message and no person passes alone."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.learning_child import learn, read
from bot.rules import layer, lessons, model
from bot.rules.layer import Layer
from bot.rules.lessons import Figures, Lesson, Lessons
from bot.rules.tagger import Tag, tag
from bot.rules.territory import TERRITORIES, likeliest

weights = model.load()

HERON = (
    "Lina voudrait rejoindre les Hérons, est-ce possible ?",
    "Il reste une place aux Hérons pour Adam ?",
    "La maman de Noa demande quand commencent les Hérons.",
    "Sofiane peut-il venir avec les Hérons le jeudi ?",
    "Deux de mes élèves aimeraient aller aux Hérons.",
    "Les Hérons ont-ils repris depuis les vacances ?",
    "Qui encadre les Hérons cette année ?",
    "Peut-elle aller avec les Hérons lundi ?",
)
NEXT = "Rose peut-elle venir avec les Hérons ?"
OTHER = "autre" if tag(NEXT).territory == "clas" else "clas"

AWAY = (
    "Il a encore manqué trois jours cette semaine, sans nouvelles des parents",
    "Absences répétées depuis la rentrée, la maman ne répond plus",
    "Elle ne vient plus à l'école le lundi, la famille ne justifie pas",
    "Encore absent, dix demi-journées ce mois-ci",
    "Retards tous les matins et absences non justifiées",
    "Il refuse de venir à l'école, la maman n'y arrive plus",
)
AWAY_AGAIN = "Absences répétées et retards, nous sommes sans nouvelles de la famille"


def judged(words: Sequence[str], said: str, *, by: int = 1, first: int = 1) -> list[Lesson]:
    return [Lesson(first + at, by, said, read(weights, one)) for at, one in enumerate(words)]


def taught(given: Sequence[Lesson]) -> Layer:
    known = Lessons(given, weights.fixed)
    return known.layer(known.learn())


def territory_alone_differs(one: Tag, other: Tag) -> bool:
    moving = ("territory", "action", "confidence", "ask", "reason", "evidence")
    kept = {name: getattr(one, name) for name in moving}
    return replace(other, **kept) == one


def test_what_several_messages_say_holds_for_the_next_that_resembles_them() -> None:
    learned = taught(judged(HERON, OTHER))
    assert tag(NEXT, layer=learned).territory == OTHER
    assert tag(NEXT, layer=learned).reason == "taught"


def test_one_correction_changes_no_message_but_its_like() -> None:
    learned = taught(judged(HERON[:1], OTHER))
    assert [tag(one, layer=learned).territory for one in AWAY] == [tag(one).territory for one in AWAY]
    assert max(map(abs, learned.shift(read(weights, NEXT).vector).values())) < lessons.MESSAGE_MOST


def test_nobody_pulls_further_than_her_bound_however_often_she_says_it() -> None:
    learned = taught(judged(HERON * 20, OTHER))
    for one in (*HERON, NEXT, ""):
        assert max(map(abs, learned.shift(read(weights, one).vector).values())) <= layer.PERSON_MOST


def test_one_person_s_wrong_corrections_do_not_spoil_what_others_confirm() -> None:
    others = [*judged(AWAY[:3], "pre", by=1), *judged(AWAY[3:5], "pre", by=2, first=11)]
    wrong = judged((AWAY[5], *AWAY[:2]), "clas", by=3, first=21)
    learned = taught([*others, *wrong])
    assert tag(AWAY_AGAIN, layer=learned).territory == tag(AWAY_AGAIN).territory == "pre"


DANGEROUS = (
    "Elle a des bleus partout, son père la frappe",
    "Ne l'attendez pas ce soir, il est malade",
    "Merci beaucoup, bonne soirée",
)


@pytest.mark.parametrize("text", DANGEROUS)
@pytest.mark.parametrize("said", TERRITORIES)
def test_danger_today_and_closings_are_never_learned(text: str, said: str) -> None:
    learned = taught(judged([text] * 8, said))
    assert territory_alone_differs(tag(text), tag(text, layer=learned))


@pytest.mark.parametrize("said", ["clas", "both"])
def test_a_nursery_child_is_never_made_clas(said: str) -> None:
    text = "Une place au CLAS pour une enfant de grande section ?"
    learned = taught(judged([text] * 8, said))
    assert tag(text, layer=learned).territory not in {"clas", "both"}


def test_the_same_lessons_teach_the_same() -> None:
    sent = [as_sent(one, words) for one, words in zip(judged(HERON, OTHER), HERON, strict=True)]
    given = {"lessons": sent, "pulls": {}}
    once, again = learn(json.loads(json.dumps(given))), learn(json.loads(json.dumps(given)))
    assert once == again
    assert Figures(**once["figures"]).better


def as_sent(one: Lesson, words: str) -> dict[str, object]:
    return {"id": one.id, "by": one.by, "said": one.said, "words": words, "level": "CE1"}


SAME = Figures(
    own=20, own_frozen=10, own_before=12, own_after=12, loss_before=9.0, loss_after=9.0,
    general=1000, general_frozen=900, general_after=900,
)  # fmt: skip
WORTH = [
    (SAME, False),
    (replace(SAME, own_after=13), True),
    (replace(SAME, loss_after=8.0), True),
    (replace(SAME, own_after=11, loss_after=1.0), False),
    (replace(SAME, own_after=20, general_after=895), True),
    (replace(SAME, own_after=20, general_after=894), False),
]


@pytest.mark.parametrize(("figures", "better"), WORTH)
def test_it_replaces_what_is_in_use_only_if_it_is_better_and_harms_nobody(
    figures: Figures, better: bool
) -> None:
    assert figures.better is better


def test_a_layer_adds_nothing_to_what_resembles_nothing() -> None:
    nothing = Layer.of([])
    assert tag(NEXT, layer=nothing) == tag(NEXT)
    shares = lessons.shares_of(read(weights, NEXT), nothing.shift({}), weights.fixed)
    assert likeliest(shares) == tag(NEXT).territory
