"""Small invented files of each kind, for people who send one without choosing it."""

import io
import math
import struct
import wave
import zlib

from bot.demo.telegram.files import default_name
from bot.demo.telegram.params import Upload


def sample(kind: str, *, name: str = "", mime_type: str = "") -> Upload:
    """Return an invented file of this kind: a picture, a second of sound, a page of text, or the head of a
    film."""
    made, data = _MADE[kind]()
    return Upload(name or _named(kind, made), mime_type or made, data)


def _named(kind: str, mime_type: str) -> str:
    stem = default_name(kind).split(".")[0]
    return f"{stem}.{mime_type.split('/')[1].replace('plain', 'txt')}"


def _picture(width: int = 320, height: int = 240) -> tuple[str, bytes]:
    rows = b"".join(
        b"\0" + b"".join(bytes((90 + 120 * x // width, 150, 110 + 100 * y // height)) for x in range(width))
        for y in range(height)
    )
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return "image/png", b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _sticker() -> tuple[str, bytes]:
    return _picture(128, 128)


def _sound() -> tuple[str, bytes]:
    rate = 8000
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        tone = (int(6000 * math.sin(2 * math.pi * 440 * n / rate)) for n in range(rate))
        sound.writeframes(b"".join(struct.pack("<h", level) for level in tone))
    return "audio/wav", out.getvalue()


def _film() -> tuple[str, bytes]:
    return "video/mp4", struct.pack(">I", 24) + b"ftypisom\0\0\2\0isomiso2"


def _page() -> tuple[str, bytes]:
    return "text/plain", "Fiche inventée pour la démonstration.\n".encode()


_MADE = {
    "photo": _picture, "sticker": _sticker, "voice": _sound, "audio": _sound, "video": _film,
    "animation": _film, "video_note": _film, "document": _page,
}  # fmt: skip
