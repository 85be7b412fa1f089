"""`apply`, `invite`, `staff revoke`, `calendar import`: what is done for the centres and the people."""

import re
from pathlib import Path

import pytest

from bot.cli import main
from tests.databases import KEY
from tests.terminal import SAMPLE, USERNAME, passerelle


async def test_apply_says_what_it_changed_and_the_second_time_nothing(
    tmp_path: Path, on_both: dict[str, str]
) -> None:
    first = await passerelle(tmp_path, "apply", str(SAMPLE), settings=on_both)
    assert first.code == 0
    assert "école Les Tilleuls : ajoutée, référente Chantal" in first.out.splitlines()
    again = await passerelle(tmp_path, "apply", str(SAMPLE), settings=on_both)
    assert (again.code, again.out, again.err) == (0, "Rien à changer.\n", "")


def test_a_refused_file_is_named_with_its_line_and_nothing_is_applied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = SAMPLE.read_text(encoding="utf-8").replace('town = "Ermont"', 'town = "Ermond"')
    (tmp_path / "centres.toml").write_text(source, encoding="utf-8")
    line = source.splitlines().index('town = "Ermond"') + 1
    monkeypatch.setenv("PASSERELLE_KEY", KEY)
    monkeypatch.chdir(tmp_path)
    assert main(["apply", "centres.toml"]) == 2
    said = capsys.readouterr().err
    assert said == f"centres.toml, ligne {line} : ville inconnue : « Ermond » ; peut-être « Ermont » ?\n"
    assert not (tmp_path / "passerelle.db").exists()


async def test_invite_prints_the_link_alone_and_asks_the_bots_name_once(
    tmp_path: Path, on_both: dict[str, str]
) -> None:
    await passerelle(tmp_path, "apply", str(SAMPLE), settings=on_both)
    for words in (("teacher", "--school", "Les Tilleuls"), ("staff", "--name", "Chantal")):
        done = await passerelle(tmp_path, "invite", *words, settings=on_both)
        assert done.code == 0
        assert re.fullmatch(rf"https://t\.me/{USERNAME}\?start=[\w-]{{20,64}}", done.last_line)
        assert not any(tmp_path.rglob("*.pdf")), "without --poster no file is written"
    # The name is remembered: a Telegram that has gone away does not matter any more.
    away = on_both | {"TELEGRAM_API_BASE_URL": "http://127.0.0.1:9"}
    done = await passerelle(tmp_path, "invite", "staff", "--name", "Nadia", settings=away)
    assert done.code == 0


async def test_the_poster_is_written_where_it_is_asked(tmp_path: Path, applied: dict[str, str]) -> None:
    done = await passerelle(
        tmp_path,
        "invite",
        "teacher",
        "--school",
        "Les Tilleuls",
        "--poster",
        "affiches/école",
        settings=applied,
    )
    assert done.code == 0
    folder = tmp_path / "affiches" / "école"
    assert {path.name for path in folder.iterdir()} == {
        "passerelle-les-tilleuls.svg",
        "passerelle-les-tilleuls.pdf",
    }
    assert done.last_line in (folder / "passerelle-les-tilleuls.svg").read_text(encoding="utf-8")


REFUSED = [
    (("invite", "teacher", "--school", "Les Tilleul"), "Les Tilleuls"),
    (("invite", "teacher", "--school", "Les Tilleuls", "--until", "2001-01-01"), "01/01/2001"),
    (("staff", "revoke", "Esmamane"), "Esmaman"),
    (("invite", "revoke", "x" * 22), "Ce code n'existe pas"),
]


async def test_an_invitation_that_makes_no_sense_is_a_sentence_and_exit_2(
    tmp_path: Path, applied: dict[str, str]
) -> None:
    for words, said in REFUSED:
        done = await passerelle(tmp_path, *words, settings=applied)
        assert (done.code, done.out) == (2, ""), words
        assert said in done.err
        assert done.err.count("\n") == 1


async def test_a_code_that_leaked_is_listed_and_closed_without_telegram(
    tmp_path: Path, applied: dict[str, str]
) -> None:
    made = await passerelle(tmp_path, "invite", "teacher", "--school", "Les Tilleuls", settings=applied)
    without = {name: value for name, value in applied.items() if not name.startswith("TELEGRAM")}
    listed = await passerelle(tmp_path, "invite", "list", settings=without)
    assert (listed.code, listed.err) == (0, "")
    assert "Les Tilleuls · encore 30 fois" in listed.out
    closed = await passerelle(tmp_path, "invite", "revoke", made.last_line, settings=without)
    assert (closed.code, closed.err) == (0, "")
    assert closed.out.startswith(
        "Le code fait pour «\N{NO-BREAK SPACE}Les Tilleuls\N{NO-BREAK SPACE}» n'ouvre plus"
    )
    assert closed.out.count("\n") == 1


async def test_a_poster_that_cannot_be_written_makes_no_code(tmp_path: Path, applied: dict[str, str]) -> None:
    (tmp_path / "plein").write_text("")
    words = ("invite", "teacher", "--school", "Les Tilleuls", "--poster", "plein")
    done = await passerelle(tmp_path, *words, settings=applied)
    assert (done.code, done.out) == (1, "")
    assert done.err == "L'affiche ne peut pas être écrite dans plein.\n"


async def test_without_telegram_and_without_a_known_name_no_code_is_made(
    tmp_path: Path, applied: dict[str, str]
) -> None:
    away = applied | {"TELEGRAM_API_BASE_URL": "http://127.0.0.1:9"}
    done = await passerelle(tmp_path, "invite", "staff", "--name", "Chantal", settings=away)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("Telegram ne répond pas")


async def test_staff_revoke_needs_no_telegram_and_gives_a_new_code(
    tmp_path: Path, applied: dict[str, str]
) -> None:
    without = {name: value for name, value in applied.items() if not name.startswith("TELEGRAM")}
    done = await passerelle(tmp_path, "staff", "revoke", "Esmaman", settings=without)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("L'accès d'Esmaman est fermé,")
    assert re.fullmatch(r"[\w-]{20,64}", done.last_line)


ICAL = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//invented//
BEGIN:VEVENT
UID:1@invented
DTSTAMP:20260901T000000Z
DTSTART;VALUE=DATE:20991225
DTEND;VALUE=DATE:21000103
SUMMARY:Fermeture
END:VEVENT
END:VCALENDAR
"""


async def test_calendar_import_says_what_is_known_now(tmp_path: Path, applied: dict[str, str]) -> None:
    (tmp_path / "centre.ics").write_text(ICAL.replace("\n", "\r\n"))
    words = ("calendar", "import", "centre.ics")
    unsure = await passerelle(tmp_path, *words, settings=applied)
    assert (unsure.code, unsure.out) == (2, "")
    assert "--centre" in unsure.err
    done = await passerelle(tmp_path, *words, "--centre", "centre social d'Ermont", settings=applied)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("centre social d'Ermont : fermé du 25/12/2099")


async def test_a_file_that_is_no_calendar_is_refused(tmp_path: Path, applied: dict[str, str]) -> None:
    (tmp_path / "a.txt").write_text("Bonjour")
    done = await passerelle(tmp_path, "calendar", "import", "a.txt", settings=applied)
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1


async def test_digest_prints_every_centre_and_person_and_sends_nothing(
    tmp_path: Path, applied: dict[str, str]
) -> None:
    done = await passerelle(tmp_path, "digest", "--week", "2026-W47", settings=applied)
    assert (done.code, done.err) == (0, "")
    for name in ("Éragny", "Ermont", "Chantal", "Esmaman", "Nadia"):
        assert name in done.out
    assert "<" not in done.out
    sent = await passerelle(tmp_path, "digest", "--week", "2026-W47", "--send", settings=applied)
    assert (sent.code, sent.out) == (0, "Envoyée à 0 personne(s) ; le service la fait partir.\n")


async def test_digest_of_the_period_prints_every_centre_and_sends_nothing(
    tmp_path: Path, applied: dict[str, str]
) -> None:
    done = await passerelle(tmp_path, "digest", "--period", "--pictures", str(tmp_path), settings=applied)
    assert (done.code, done.err) == (0, "")
    assert "période calme" in done.out.replace("\N{NO-BREAK SPACE}", " ")
    assert "<" not in done.out
    for wrong in (("--period", "--send"), ("--pictures", "here")):
        refused = await passerelle(tmp_path, "digest", *wrong, settings=applied)
        assert refused.code == 2
        assert refused.err.count("\n") == 1
