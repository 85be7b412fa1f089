"""One A4 page of PDF with text and black squares: all that a poster needs, without a library.

PDF 1.4 with the reader's own Helvetica (nothing embedded), texts in Windows-1252, which has every French
letter. Lengths are points (1/72 inch), y grows upwards from the bottom of the page.
"""

import unicodedata
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595.0, 842.0
"""A4."""

# Adobe's published widths of Helvetica and Helvetica-Bold, thousandths of the size, for the codes 32 to 126.
_DIGITS = "556 " * 10
_PLAIN = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 "
    + _DIGITS
    + "278 278 584 584 584 556 1015 "
    "667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 "
    "278 278 278 469 556 333 "
    "556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 "
    "334 260 334 584"
)
_BOLD = (
    "278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 "
    + _DIGITS
    + "333 333 584 584 584 611 975 "
    "722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944 667 667 611 "
    "333 278 333 584 556 333 "
    "556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 "
    "389 280 389 584"
)
_WIDTHS = {bold: [int(width) for width in table.split()] for bold, table in ((False, _PLAIN), (True, _BOLD))}


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide the text is; an accented letter is as wide as its letter."""
    letters = (unicodedata.normalize("NFKD", letter)[0] for letter in text)
    widths = _WIDTHS[bold]
    return size / 1000 * sum(widths[ord(one) - 32] if " " <= one <= "~" else 556 for one in letters)


@dataclass(slots=True)
class Page:
    """A page being drawn; `title` and `language` are for screen readers."""

    title: str
    language: str = "fr-FR"
    _drawn: list[bytes] = field(default_factory=list)

    def text(self, text: str, *, x: float, y: float, size: float, bold: bool = False) -> None:
        """Write a line whose left end stands at x, on the baseline y."""
        font = b"/F2" if bold else b"/F1"
        self._drawn.append(
            b"BT %s %s Tf %s %s Td %s Tj ET" % (font, _number(size), _number(x), _number(y), _string(text))
        )

    def boxes(self, boxes: list[tuple[float, float, float, float]]) -> None:
        """Fill black boxes: left, bottom, width, height."""
        self._drawn += [b" ".join(_number(one) for one in box) + b" re" for box in boxes]
        self._drawn.append(b"f")

    def render(self) -> bytes:
        """The file."""
        content = b"\n".join(self._drawn)
        font = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
        objects = [
            b"<< /Type /Catalog /Pages 2 0 R /Lang %s >>" % _string(self.language),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %s %s] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>" % (_number(WIDTH), _number(HEIGHT)),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
            font % b"Helvetica",
            font % b"Helvetica-Bold",
            b"<< /Title %s >>" % _string(self.title),
        ]
        file = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")  # four high bytes: transports take it for binary
        places = []
        for number, body in enumerate(objects, 1):
            places.append(len(file))
            file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        table = len(file)
        file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        file += b"".join(b"%010d 00000 n \n" % place for place in places)
        file += b"trailer\n<< /Size %d /Root 1 0 R /Info 7 0 R >>\n" % (len(objects) + 1)
        file += b"startxref\n%d\n%%%%EOF\n" % table
        return bytes(file)


def _number(value: float) -> bytes:
    return f"{value:.2f}".rstrip("0").rstrip(".").encode("ascii")


def _string(text: str) -> bytes:
    known = "".join(letter if _has(letter) else unicodedata.normalize("NFKD", letter)[0] for letter in text)
    escaped = known.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return b"(" + escaped.encode("cp1252", "replace") + b")"


def _has(letter: str) -> bool:
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True
