"""The picture of a period, drawn: figures as JSON in, a PNG out.

    python -m bot.drawing < figures.json > picture.png

A process of its own, started by bot/picture.py: the drawing library never enters the service's
memory, and a crash here costs the picture, not the words. It says nothing that it was not given.
One colour and a label on every bar: nothing is told by colour alone.
"""

import json
import sys
from collections.abc import Sequence
from importlib.resources import files
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFont

WIDTH, MARGIN = 1080, 64
"""Three times the width of a small phone: what is 45 here is 15 there."""
TALLEST = 4000
PAPER, INK, FAINT, BAR, TRACK = "#FFFFFF", "#1F2430", "#5A6070", "#0072B2", "#E4EDF3"
TITLE, FIGURE, HEAD, TEXT, SMALL = 58, 92, 46, 42, 36


class Page:
    """A sheet filled from top to bottom, cut where the drawing ends."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH, TALLEST), PAPER)
        self.pen = ImageDraw.Draw(self.image)
        self.y = MARGIN
        self.room = WIDTH - 2 * MARGIN

    def lines(self, text: str, size: int, *, weight: str = "Regular", ink: str = INK, left: int = 0) -> None:
        """Write a text, broken between words where it meets the margin."""
        font = letters(size, weight)
        for line in broken(text, font, self.room - left):
            self.pen.text((MARGIN + left, self.y), line, font=font, fill=ink)
            self.y += round(size * 1.32)

    def figures(self, figures: Sequence[tuple[str, str]]) -> None:
        """Big numbers side by side, what each is under it."""
        column = self.room // max(1, len(figures))
        top, bottom = self.y, self.y
        for place, (number, label) in enumerate(figures):
            left = MARGIN + place * column
            self.pen.text((left, top), number, font=letters(FIGURE, "Bold"), fill=BAR)
            y = top + round(FIGURE * 1.2)
            for line in broken(label, letters(SMALL), column - 20):
                self.pen.text((left, y), line, font=letters(SMALL), fill=INK)
                y += round(SMALL * 1.25)
            bottom = max(bottom, y)
        self.y = bottom

    def bars(self, bars: Sequence[tuple[str, int]]) -> None:
        """A label, its bar, its number; the longest bar is the whole width."""
        most = max(number for _, number in bars)
        font, strong = letters(TEXT), letters(TEXT, "Bold")
        for label, number in bars:
            figure = str(number)
            wide = strong.getlength(figure)
            self.pen.text(
                (MARGIN, self.y), shortened(label, font, self.room - wide - 30), font=font, fill=INK
            )
            self.pen.text((WIDTH - MARGIN - wide, self.y), figure, font=strong, fill=INK)
            self.y += round(TEXT * 1.35)
            length = max(26, round(self.room * number / most))
            self.pen.rounded_rectangle((MARGIN, self.y, WIDTH - MARGIN, self.y + 26), 13, fill=TRACK)
            self.pen.rounded_rectangle((MARGIN, self.y, MARGIN + length, self.y + 26), 13, fill=BAR)
            self.y += 26 + 26

    def rule(self) -> None:
        """A breath between two parts."""
        self.y += 22
        self.pen.line((MARGIN, self.y, WIDTH - MARGIN, self.y), fill=TRACK, width=3)
        self.y += 30

    def png(self) -> bytes:
        """The sheet, cut."""
        out = BytesIO()
        self.image.crop((0, 0, WIDTH, min(TALLEST, self.y + MARGIN - 20))).save(out, "PNG", optimize=True)
        return out.getvalue()


def letters(size: int, weight: str = "Regular") -> ImageFont.FreeTypeFont:
    """Lato, which has every French letter; Pillow's own font has no accents."""
    path = files("font_lato") / "files" / f"Lato-{weight}.ttf"
    return ImageFont.truetype(str(path), size)


def broken(text: str, font: ImageFont.FreeTypeFont, room: float) -> list[str]:
    """The lines of a text, each as wide as it may be; a word too long for any stands alone."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def shortened(text: str, font: ImageFont.FreeTypeFont, room: float) -> str:
    """A text on one line, its end left out when it is too long."""
    if font.getlength(text) <= room:
        return text
    while text and font.getlength(f"{text}…") > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def drawn(what: dict[str, Any]) -> bytes:
    """The whole picture: bot/texts/period.py says what is in it."""
    page = Page()
    page.lines(what["title"], TITLE, weight="Bold")
    page.lines(what["under"], TEXT, ink=FAINT)
    page.y += 34
    page.figures([(number, label) for number, label in what["figures"]])
    for chart in what["charts"]:
        page.rule()
        page.lines(chart["title"], HEAD, weight="Bold")
        page.y += 14
        page.bars([(label, number) for label, number in chart["bars"]])
    page.rule()
    page.lines(what["foot"], SMALL, ink=FAINT)
    return page.png()


if __name__ == "__main__":
    sys.stdout.buffer.write(drawn(json.load(sys.stdin)))
