"""CLAS, PRE, both or another matter: the field's decision table, row by row, and its known traps."""

import pytest

from bot import which_matter
from bot.rules import model, territory, words
from bot.rules.level import eldest, levels, nursery_only
from bot.rules.tagger import tag
from bot.texts import reasons

ROWS = [
    ("Elle n'a aucune méthode pour apprendre ses leçons", "clas", "clas"),
    ("Devoirs jamais faits, ses parents ne peuvent pas l'aider, CE1", "clas", "clas"),
    ("Yanis a fait des progrès au CLAS, merci", "clas", "clas"),
    ("Sara sera absente du CLAS jeudi", "clas", "clas"),
    ("le cahier de liaison de Noa est resté chez vous", "clas", "clas"),
    ("Un incident hier soir au groupe du mardi : il a déchiré le cahier d'un autre", "clas", "clas"),
    ("Très timide, elle n'ose pas prendre la parole, il lui faudrait de la confiance, CM1", "clas", "clas"),
    ("Il n'a toujours pas de lunettes et l'orthophonie n'a jamais commencé", "pre", "pre"),
    ("Elle arrive sans avoir mangé et s'endort en classe", "pre", "pre"),
    ("Absences répétées, retards tous les matins", "pre", "pre"),
    ("Il refuse de venir à l'école depuis un mois", "pre", "pre"),
    ("Comportement ingérable, il insulte et frappe ses camarades", "pre", "pre"),
    ("Son grand-père est mort et elle ne parle plus", "pre", "pre"),
    ("La maman est dépassée, séparation difficile", "pre", "pre"),
    ("Un enfant de moyenne section en grande difficulté de langage", "pre", "pre"),
    ("On a fait un PPRE", "autre", "ecole"),
    ("Le PAP est signé", "autre", "ecole"),
    ("Équipe éducative avec la psy-EN et le RASED mardi", "autre", "ecole"),
    ("Quand peut-on venir au jardin partagé ?", "autre", "jardin"),
    ("Il reste de la place à l'atelier vélo samedi ?", "autre", "velo"),
    ("En route vers la lecture : quand commence-t-on ?", "autre", "lecture"),
    ("Projet danse avec ma classe, qui paie l'intervenant ?", "autre", "projet"),
    ("Pouvez-vous m'envoyer des flyers", "autre", "promo"),
    ("Quels sont vos horaires ?", "autre", "aucune"),
    ("Les parents et l'école ne se parlent plus, il faudrait une médiation", "autre", "parents"),
    (
        "Trois élèves se moquent d'un autre et l'insultent, c'est du harcèlement",
        "autre",
        "ecole",
    ),
    ("réunion cycle 2 mardi 12/01 11h45", "autre", "reunion"),
]

TRAPS = [
    ("inscrire Lina au PRE pour ses tables", "clas"),
    ("il ne fait plus ses devoirs, il garde ses frères le soir", "pre"),
    ("le PRE nous a dit de voir avec vous pour une place", "clas"),
    ("Peut-on l'inscrire au CLAS ? Elle est en grande section", "pre"),
    (
        "Une place au CLAS pour ses leçons, et la famille va être expulsée : qui peut les aider ?",
        "both",
    ),
]


@pytest.mark.parametrize(("text", "side", "action"), ROWS)
def test_each_row_of_the_field_s_table_finds_its_side_and_action(text: str, side: str, action: str) -> None:
    read = tag(text)
    assert (read.territory, read.action) == (side, action)


@pytest.mark.parametrize(("text", "side"), TRAPS)
def test_the_need_is_heard_and_not_the_service_s_name(text: str, side: str) -> None:
    assert tag(text).territory == side


REASONS = [
    ("Il a du retard en maths, il lui faudrait une place au CLAS", "place_asked"),
    ("Au CLAS il a des problèmes avec les autres", "homework_help"),
    ("Vous pouvez compter sur nous pour le CLAS", "homework_help"),
    ("Il n'y arrive pas, ses devoirs le découragent", "homework_help"),
    ("Ses tables ne rentrent pas", "maths"),
    ("Il ne tient pas en place pendant les devoirs", "homework_help"),
]


@pytest.mark.parametrize(("text", "key"), REASONS)
def test_a_reason_is_what_the_words_say(text: str, key: str) -> None:
    found = territory.topics(words.fold(text))
    reason = territory.reason_key("clas", found, nursery=False, names_pre_only=False, taught=False)
    assert reason == key


@pytest.mark.parametrize("level", ["PS", "MS", "GS", "gs", " ms "])
def test_a_nursery_teacher_s_child_is_never_clas(level: str) -> None:
    asked = "Pourriez-vous l'inscrire à l'aide aux devoirs ?"
    assert tag(asked).territory == "clas"
    assert tag(asked, level=level).territory not in {"clas", "both"}


def test_the_level_in_the_text_beats_the_sender_s_class() -> None:
    assert tag("Une place au CLAS pour son frère en CE2 ?", level="GS").territory == "clas"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("mes cm1 et mes CE 2", {"CM1", "CE2"}),
        ("en grande section", {"GS"}),
        ("petite section, PS", {"PS"}),
        ("PS : n'oubliez pas le goûter", set()),
        ("il est en CP", {"CP"}),
        ("les cps du cpe", set()),
    ],
)
def test_levels_are_read_as_they_are_written(text: str, named: set[str]) -> None:
    assert levels(words.fold(text)) == named


def test_two_children_of_two_cycles_do_not_exclude_the_clas() -> None:
    assert not nursery_only("un gs et son frere en cp", "GS")


def test_two_children_of_two_cycles_are_said_in_the_reason() -> None:
    read = tag("Mes deux élèves, une en GS, l'autre en CE1, une place au CLAS pour leurs leçons ?")
    assert (read.territory, read.reason) == ("clas", "both_cycles")


@pytest.mark.parametrize(
    ("text", "level"), [("un gs et son frere en cp", "CP"), ("ps et ms", "MS"), ("rien", None)]
)
def test_the_eldest_level_is_kept(text: str, level: str | None) -> None:
    assert eldest(text) == level


def test_without_a_pre_in_town_the_label_stays_and_the_reason_says_so() -> None:
    asked = "Je voudrais saisir le PRE"
    there, elsewhere = tag(asked), tag(asked, pre_in_town=False)
    assert there.territory == elsewhere.territory == "pre"
    assert (there.reason, elsewhere.reason) == ("asks_pre", "pre_not_in_town")


def test_every_reason_has_its_clause_and_no_clause_is_idle() -> None:
    reached = {topic.key for topic in territory.TOPICS} | {"both_sides", "pre_not_in_town", "nursery"}
    reached |= {"both_cycles"}
    reached |= {"taught"}  # tests/rules/test_lessons.py reaches it
    reached |= {f"whole_{side}" for side in territory.TERRITORIES if side != "both"}
    reached |= {reason for _, _, reason in which_matter.MATTERS.values()}
    assert reached == reasons.CLAUSES.keys()


@pytest.mark.parametrize("key", sorted(reasons.CLAUSES))
def test_a_reason_is_a_short_clause(key: str) -> None:
    clause = reasons.clause(key=key)
    assert clause == clause.strip()
    assert clause[0].islower()
    assert not clause.endswith(".")
    assert len(clause) <= 70


def test_the_words_that_weighed_are_words_of_the_message() -> None:
    text = "Elle n'apprend plus ses leçons et elle n'a pas de méthode"
    weighed = tag(text).evidence
    assert weighed
    assert {word for word, _ in weighed} <= set(words.tokens(words.fold(text)))


def test_the_weights_know_every_side_and_every_action() -> None:
    weights = model.shipped()
    assert weights is not None
    assert {*territory.TERRITORIES, *(f"action_{name}" for name in territory.ACTIONS)} <= set(weights.outputs)
