"""The printed poster of an invitation: one A4 page, as SVG and as PDF, with the link as a big QR code."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from pathlib import Path

import segno

from bot.filenames import stem
from bot.pdf_page import HEIGHT, WIDTH, Page, width
from bot.rules.paris import local_date
from bot.texts.html import esc
from bot.texts.poster import Poster, for_school, for_staff
from storage import invitations
from storage.centres import Centre, School
from storage.people import Person
from storage.store import Work

MARGIN = 50.0
CODE = 300.0
"""Side of the QR code without its quiet zone, in points: read from two metres away."""
CODE_TOP = 330.0
"""From the top of the page; the quiet zone of four modules is the white around it."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A centred line; `y` is its baseline, from the top of the page."""

    text: str
    y: float
    size: float
    bold: bool = False

    @property
    def fitted(self) -> float:
        """The size at which the line fits between the margins."""
        wide = width(self.text, self.size, bold=self.bold)
        return self.size * min(1.0, (WIDTH - 2 * MARGIN) / wide)


async def words(work: Work, code: str, link: str) -> Poster:
    """What the poster of this invitation says."""
    invitation = await invitations.by_code(work.session, code)
    assert invitation is not None, "the code was made in this work"
    centre = await work.session.get_one(Centre, invitation.centre_id)
    last_day = local_date(invitation.expires_at - timedelta(minutes=1))
    if invitation.school_id is not None:
        school = await work.session.get_one(School, invitation.school_id)
        return for_school(centre=centre.name, school=school.name, link=link, last_day=last_day, now=work.now)
    person = await work.session.get_one(Person, invitation.person_id)
    return for_staff(centre=centre.name, name=person.name, link=link, last_day=last_day, now=work.now)


def svg(poster: Poster) -> str:
    """The page as SVG."""
    lines = "\n".join(
        f'<text x="{WIDTH / 2}" y="{line.y}" font-size="{line.fitted:.2f}"'
        f' font-weight="{"bold" if line.bold else "normal"}">{esc(line.text)}</text>'
        for line in _lines(poster)
    )
    squares = "".join(f"M{x:.2f} {y:.2f}h{w:.2f}v{h:.2f}h-{w:.2f}z" for x, y, w, h in _squares(poster.link))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm"'
        f' viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}"'
        f' lang="fr" font-family="Helvetica, Arial, sans-serif" text-anchor="middle">\n'
        f"<title>{esc(poster.title)}</title>\n"
        f'<rect width="100%" height="100%" fill="#fff"/>\n'
        f'{lines}\n<path d="{squares}" shape-rendering="crispEdges"/>\n</svg>\n'
    )


def pdf(poster: Poster) -> bytes:
    """The page as PDF."""
    page = Page(title=poster.title)
    for line in _lines(poster):
        x = (WIDTH - width(line.text, line.fitted, bold=line.bold)) / 2
        page.text(line.text, x=x, y=HEIGHT - line.y, size=line.fitted, bold=line.bold)
    page.boxes([(x, HEIGHT - y - h, w, h) for x, y, w, h in _squares(poster.link)])
    return page.render()


def write(poster: Poster, folder: Path, name: str) -> list[Path]:
    """Write both files, named after the school or the person; the folder is made if need be.

    Raises OSError when they cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    named = stem("passerelle", name, "invitation")
    as_svg, as_pdf = folder / f"{named}.svg", folder / f"{named}.pdf"
    as_svg.write_text(svg(poster), encoding="utf-8")
    as_pdf.write_bytes(pdf(poster))
    return [as_svg, as_pdf]


def _lines(poster: Poster) -> Iterator[_Line]:
    yield _Line(poster.title, 90, 34, bold=True)
    yield _Line(poster.whom, 130, 26)
    y = 175.0
    for text in poster.what:
        yield _Line(text, y, 15)
        y += 22
    y = 240.0
    for text in poster.how:
        yield _Line(text, y, 15, bold=True)
        y += 23
    below = CODE_TOP + CODE
    yield _Line(poster.link, below + 50, 12)
    yield _Line(poster.until, below + 78, 15, bold=True)
    for number, text in enumerate(poster.danger):
        yield _Line(text, below + 125 + 20 * number, 13)


def _squares(link: str) -> Iterator[tuple[float, float, float, float]]:
    """The dark runs of the code: left, top, width, height."""
    rows = segno.make_qr(link, error="m").matrix
    module = CODE / len(rows)
    left = (WIDTH - CODE) / 2
    for number, row in enumerate(rows):
        column = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                yield left + column * module, CODE_TOP + number * module, length * module, module
            column += length
