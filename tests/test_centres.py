"""`centres.toml`: the sample is read whole; a contradiction is refused with the line at fault."""

from datetime import date, time
from pathlib import Path

import pytest

from bot.centres import DEFAULT_KINDS, CentresError, Period, parse, read

SAMPLE = Path(__file__).parent.parent / "centres.toml"
SOURCE = SAMPLE.read_text(encoding="utf-8")


def test_the_sample_is_the_invented_field() -> None:
    file = read(SAMPLE)
    assert [school.name for school in file.schools] == ["Les Tilleuls", "Le Verger", "Les Peupliers"]
    assert file.schools[0].referente == file.staff[0].name == "Chantal"
    assert file.staff[0].role == "référente"
    assert {one.name: one.role for one in file.staff if one.role == "coordinatrice"} == {
        "Farida": "coordinatrice",
        "Solène": "coordinatrice",
    }
    eragny = file.centres[0]
    assert eragny.opening["lundi"] == (Period(time(9), time(12)), Period(time(14), time(19)))
    assert eragny.sessions["mardi"].person == "Esmaman"
    assert (eragny.closures[0].first, eragny.closures[0].last) == (date(2026, 12, 25), date(2027, 1, 3))
    assert eragny.kept_days == 60
    assert {"photo", "video"} <= set(eragny.accepts)
    assert file.schools[1].actions == {"velo": "Chantal", "jardin": "Chantal"}
    assert {town.name: town.pre for town in file.towns} == {"Éragny-sur-Oise": True, "Ermont": False}
    assert all(town.crip is None for town in file.towns), "the CRIP's telephone has no default"


def test_every_telephone_of_the_sample_is_reserved_for_fiction() -> None:
    file = read(SAMPLE)
    said = [centre.telephone for centre in file.centres]
    said += [one.telephone for one in file.staff if one.telephone]
    said += [
        text
        for town in file.towns
        for text in (town.pre_contact, town.alternative, town.nursery_help)
        if text
    ]
    assert all("01 99 00 " in text for text in said)


MINIMAL = """
[[centres]]
name = "Petit centre"
telephone = "01 99 00 00 00"
opening = { lundi = ["9h-12h", "14 h 30 – 18 h"] }

[[towns]]
name = "Ville"
pre = false

[[schools]]
name = "École"
town = "Ville"
centre = "Petit centre"
referente = "Zoé"

[[staff]]
name = "Zoé"
role = "référente"
centre = ["Petit centre"]
"""


def test_what_is_not_said_has_a_cautious_default() -> None:
    file = parse(MINIMAL)
    assert file.centres[0].accepts == DEFAULT_KINDS
    assert "photo" not in DEFAULT_KINDS
    assert "video" not in DEFAULT_KINDS
    assert file.centres[0].opening["lundi"] == (Period(time(9), time(12)), Period(time(14, 30), time(18)))
    assert file.schools[0].midday == Period(time(11, 45), time(13, 30))
    assert file.staff[0].cover == ()


def test_two_people_may_cover_each_other() -> None:
    covers = {one.name: one.cover for one in read(SAMPLE).staff}
    assert covers["Chantal"] == ("Esmaman",)
    assert covers["Esmaman"] == ("Chantal",)


WRONG = {
    "unknown référente": (
        'referente = "Esmaman"',
        'referente = "Esmamane"',
        "« Esmamane » n'est pas de l'équipe du centre social d'Éragny ; peut-être « Esmaman » ?",
    ),
    "référente of another centre": (
        'referente = "Nadia"',
        'referente = "Chantal"',
        "« Chantal » n'est pas de l'équipe",
    ),
    "unknown town": (
        'town = "Ermont"',
        'town = "Ermond"',
        "ville inconnue : « Ermond » ; peut-être « Ermont » ?",
    ),
    "unknown centre of a school": (
        'centre = "centre social d\'Ermont"\nreferente',
        'centre = "centre d\'Ermont"\nreferente',
        "centre inconnu : « centre d'Ermont »",
    ),
    "unknown person of a session": (
        'mardi = { hours = "16:45-18:15", person = "Nadia" }',
        'mardi = { hours = "16:45-18:15", person = "Nadja" }',
        "« Nadja » n'est pas de l'équipe",
    ),
    "person of an action": ('velo = "Chantal"', 'velo = "Nadia"', "« Nadia » n'est pas de l'équipe"),
    "accent in a key": ('velo = "Chantal"', 'vélo = "Chantal"', "ce n'est pas du TOML bien écrit"),
    "misspelt action": (
        'velo = "Chantal"',
        'velos = "Chantal"',
        "clé inconnue : « velos » ; peut-être « velo » ?",
    ),
    "covers herself": (
        'cover = ["Chantal"]',
        'cover = ["Esmaman"]',
        "Esmaman ne peut pas se remplacer elle-même",
    ),
    "unknown cover": ('cover = ["Chantal"]', 'cover = ["Chantale"]', "personne inconnue : « Chantale »"),
    "a name used twice": ('name = "Le Verger"', 'name = "Les Tilleuls"', "« Les Tilleuls » est déjà le nom"),
    "unknown key": (
        'referente = "Nadia"',
        'referent = "Nadia"',
        "clé inconnue : « referent » ; peut-être « referente » ?",
    ),
    "unknown day": (
        'mercredi = ["9:00-18:00"]',
        'mercedi = ["9:00-18:00"]',
        "« mercedi » ; peut-être « mercredi » ?",
    ),
    "overlapping periods": (
        'lundi = ["9:00-12:00", "14:00-19:00"]',
        'lundi = ["9:00-14:30", "14:00-19:00"]',
        "deux périodes se chevauchent (09:00-14:30 et 14:00-19:00)",
    ),
    "wrong hour": ('["9:00-18:00"]', '["9:00-25:00"]', "« 9:00-25:00 » n'est pas une heure de la journée"),
    "no hour": ('["9:00-18:00"]', '["toute la journée"]', "« mercredi » : il faut deux heures"),
    "ends before it starts": ('["9:00-18:00"]', '["18:00-9:00"]', "« 18:00-9:00 » finit avant de commencer"),
    "closure ends before it starts": (
        "last = 2027-08-22",
        "last = 2027-07-22",
        "cette fermeture finit avant",
    ),
    "closure without a date": ("last = 2027-08-22", 'last = "août"', "« last » : il faut une date"),
    "unknown role": (
        'role = "coordinatrice"',
        'role = "cheffe"',
        "« cheffe » n'est pas possible pour « role »",
    ),
    "unknown kind": (
        '"document", "sticker"',
        '"document", "fax"',
        "« fax » n'est pas possible pour « accepts »",
    ),
    "kept for ever": (
        "kept_days = 60",
        "kept_days = 4000",
        "« kept_days » : il faut un nombre entier de 1 à 365",
    ),
    "no telephone": (
        'telephone = "01 99 00 56 78"',
        'telephone = "bientôt"',
        "« telephone » : ce n'est pas un numéro",
    ),
    "empty name": ('name = "Nadia"', 'name = ""', "« name » : il faut un nom"),
    "number for a name": ('name = "Nadia"', "name = 7", "« name » : il faut un texte"),
    "word for a yes or no": ("pre = true", 'pre = "peut-être"', "« pre » : il faut true ou false"),
    "contact of a PRE that is not": ("pre = true", "pre = false", "Éragny-sur-Oise n'a pas de PRE"),
    "no team": (
        'centre = "centre social d\'Éragny"\ntelephone',
        "centre = []\ntelephone",
        "« centre » est vide",
    ),
    "not TOML": ("kept_days = 60", "kept_days = = 60", "ce n'est pas du TOML bien écrit (colonne 13)"),
}


# Where the line at fault is not the line changed: a list over several lines is placed where it opens, and
# a contradiction at its second half.
AWAY_BY = {"unknown kind": -2, "contact of a PRE that is not": 1}


@pytest.mark.parametrize("case", WRONG)
def test_a_contradiction_is_refused_with_its_line(case: str) -> None:
    written, wrong, said = WRONG[case]
    source = SOURCE.replace(written, wrong, 1)
    both = zip(SOURCE.splitlines(), source.splitlines(), strict=True)
    changed = next(number for number, (before, after) in enumerate(both, 1) if before != after)
    with pytest.raises(CentresError) as refused:
        parse(source)
    assert said in refused.value.sentence
    assert "\n" not in refused.value.sentence
    assert refused.value.line == changed + AWAY_BY.get(case, 0)
    assert str(refused.value).startswith(f"ligne {refused.value.line} : ")


@pytest.mark.parametrize(
    ("table", "line_says"),
    [("role", "[[staff]]"), ("town", "[[schools]]"), ("pre", "[[towns]]"), ("opening", "[[centres]]")],
)
def test_a_missing_key_is_placed_at_its_table(table: str, line_says: str) -> None:
    source = "\n".join(line for line in MINIMAL.splitlines() if not line.startswith(f"{table} ="))
    with pytest.raises(CentresError) as refused:
        parse(source)
    assert refused.value.sentence == f"il manque « {table} »"
    assert source.splitlines()[(refused.value.line or 0) - 1] == line_says


def test_a_misspelt_table_is_named_with_the_right_one() -> None:
    with pytest.raises(CentresError) as refused:
        parse(MINIMAL.replace("[[schools]]", "[[school]]"))
    assert refused.value.sentence == "clé inconnue : « school » ; peut-être « schools » ?"
    assert refused.value.line == 11


@pytest.mark.parametrize("source", ["", "# rien\n"])
def test_an_empty_file_is_refused(source: str) -> None:
    with pytest.raises(CentresError, match=r"^ligne 1 : il manque \[\[centres\]\]$"):
        parse(source)


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CentresError, match=r"^ce fichier n'existe pas$"):
        read(tmp_path / "nowhere.toml")
    with pytest.raises(CentresError, match=r"^ce fichier ne peut pas être lu$"):
        read(tmp_path)
    latin = tmp_path / "latin.toml"
    latin.write_bytes("# un\n# \xe9cole\n".encode("latin-1"))
    with pytest.raises(CentresError, match=r"^ligne 2 : le fichier n'est pas un texte en UTF-8$"):
        read(latin)
