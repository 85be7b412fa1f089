"""The poster: a real A4 page with its words and the link's code, in both formats."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import segno

from bot import poster
from bot.pdf_page import HEIGHT, WIDTH, Page, width
from bot.texts.poster import Poster, for_school, for_staff

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
LAST_DAY = date(2027, 1, 23)
LINK = "https://t.me/passerelle_demo_bot?start=Ab3dEfGh1jKlMnOpQrStUv"


def school_poster(school: str = "Les Tilleuls", centre: str = "centre social d'Éragny") -> Poster:
    return for_school(centre=centre, school=school, link=LINK, last_day=LAST_DAY, now=NOW)


def words_of_pdf(file: bytes) -> list[str]:
    found = re.findall(rb"Td \((.*)\) Tj ET", file)
    return [re.sub(r"\\(.)", r"\1", one.decode("cp1252")) for one in found]


def words_of_svg(file: str) -> list[str]:
    root = ET.fromstring(file)  # noqa: S314 - the poster we have just drawn, nobody else's
    return [node.text or "" for node in root.iter("{http://www.w3.org/2000/svg}text")]


def code_in(boxes: list[tuple[float, float, float, float]]) -> set[tuple[int, int]]:
    """The dark modules (row, column) that boxes, given from the top left, draw."""
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    module = min(box[3] for box in boxes)
    return {
        (round((y - top) / module), round((x - left) / module) + step)
        for x, y, w, _ in boxes
        for step in range(round(w / module))
    }


CODE = {
    (row, column)
    for row, line in enumerate(segno.make_qr(LINK, error="m").matrix)
    for column, dark in enumerate(line)
    if dark
}


def test_both_formats_say_the_same_and_everything() -> None:
    words = words_of_pdf(poster.pdf(school_poster()))
    assert words == words_of_svg(poster.svg(school_poster()))
    assert "Écrivez au centre social d'Éragny" in words
    assert "Les Tilleuls" in words
    assert LINK in words
    assert any("23" in text and "janvier" in text for text in words)
    assert "119" in words[-1]


def test_both_formats_carry_the_code_of_the_link() -> None:
    pdf = poster.pdf(school_poster()).decode("latin-1")
    boxes = [tuple(map(float, row.split())) for row in re.findall(r"^([\d.]+(?: [\d.]+){3}) re$", pdf, re.M)]
    assert code_in([(x, HEIGHT - y - h, w, h) for x, y, w, h in boxes]) == CODE
    drawn = re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)h", poster.svg(school_poster()))
    assert code_in([(float(x), float(y), float(w), float(h)) for x, y, w, h in drawn]) == CODE


def test_the_code_has_its_quiet_zone() -> None:
    pdf = poster.pdf(school_poster()).decode("latin-1")
    boxes = [tuple(map(float, row.split())) for row in re.findall(r"^([\d.]+(?: [\d.]+){3}) re$", pdf, re.M)]
    bottom, top = min(y for _, y, _, _ in boxes), max(y + h for _, y, _, h in boxes)
    quiet = 4 * min(h for *_, h in boxes)
    baselines = [float(y) for y in re.findall(r"Tf [\d.]+ ([\d.]+) Td", pdf)]
    assert not any(bottom - quiet < y < top + quiet for y in baselines)


def test_the_pdf_is_one_a4_page_whose_table_is_true() -> None:
    file = poster.pdf(school_poster())
    assert file.startswith(b"%PDF-1.4\n")
    assert file.count(b"/Type /Page ") == 1
    assert b"/MediaBox [0 0 595 842]" in file
    start = int(re.findall(rb"startxref\n(\d+)\n%%EOF", file)[0])
    assert file[start:].startswith(b"xref\n")
    for number, place in enumerate(re.findall(rb"(\d{10}) 00000 n", file), 1):
        assert file[int(place) :].startswith(b"%d 0 obj" % number)
    length, content = re.findall(rb"/Length (\d+) >>\nstream\n(.*)\nendstream", file, re.S)[0]
    assert int(length) == len(content)


@pytest.mark.parametrize(
    "school",
    [
        "École élémentaire publique d'application du Docteur-Schweitzer, groupe scolaire des Peupliers",
        "Œuvre (1) \\ Łódź & <b> “é”",
        "学校",
    ],
)
def test_any_name_stays_on_the_page(school: str) -> None:
    made = school_poster(school=school)
    file = poster.pdf(made)
    for size, x, text in re.findall(rb"/F\d ([\d.]+) Tf ([\d.]+) [\d.]+ Td \((.*)\) Tj", file):
        said = re.sub(r"\\(.)", r"\1", text.decode("cp1252"))
        bold = said in (made.title, made.until, *made.how)
        assert float(x) >= poster.MARGIN - 1
        assert float(x) + width(said, float(size), bold=bold) <= WIDTH - poster.MARGIN + 1
    assert school in words_of_svg(poster.svg(made))


def test_a_letter_the_pdf_font_lacks_becomes_its_plain_letter() -> None:
    page = Page(title="t")
    page.text("Noël à Ștefănești – 5 €", x=0, y=0, size=10)
    assert words_of_pdf(page.render()) == ["Noël à Stefanesti – 5 €"]


def test_the_sheet_of_the_team_says_that_it_is_personal() -> None:
    sheet = for_staff(centre="centre social d'Éragny", name="Chantal", link=LINK, last_day=LAST_DAY, now=NOW)
    words = words_of_pdf(poster.pdf(sheet))
    assert "Chantal, centre social d'Éragny" in words
    assert any("Ne l'affichez pas" in text for text in words)


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Les Tilleuls", "les-tilleuls"),
        ("Éragny / nº 2", "eragny-no-2"),
        ("../../etc", "etc"),
        ("学校", "invitation"),
    ],
)
def test_the_files_are_named_plainly_in_the_folder(tmp_path: Path, name: str, stem: str) -> None:
    files = poster.write(school_poster(), tmp_path / "new" / "folder", name)
    folder = tmp_path / "new" / "folder"
    assert files == [folder / f"passerelle-{stem}.svg", folder / f"passerelle-{stem}.pdf"]
    assert sorted(folder.iterdir()) == sorted(files)
