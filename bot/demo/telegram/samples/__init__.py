"""Small invented files of each kind, for people who send one without choosing it.

The pictures and the second of film show a footbridge; they were drawn and recorded in a browser for this.
"""

import io
import math
import struct
import wave
from pathlib import Path

from bot.demo.telegram.params import Upload

_FOLDER = Path(__file__).parent
_PHOTOS = 3


def sample(kind: str, *, name: str = "", mime_type: str = "", number: int = 0) -> Upload:
    """Return an invented file of this kind; `number` tells the pictures of an album apart."""
    made, ending, data = _made(kind, number)
    return Upload(name or f"{kind}.{ending}", mime_type or made, data)


def _made(kind: str, number: int) -> tuple[str, str, bytes]:
    if kind == "photo":
        return "image/jpeg", "jpg", _read(f"photo-{number % _PHOTOS + 1}.jpg")
    if kind == "sticker":
        return "image/webp", "webp", _read("sticker.webp")
    if kind in ("video", "animation", "video_note"):
        return "video/webm", "webm", _read("film.webm")
    if kind in ("voice", "audio"):
        return "audio/wav", "wav", _sound()
    return "text/plain", "txt", "Fiche inventée pour la démonstration.\n".encode()


def _read(name: str) -> bytes:
    return (_FOLDER / name).read_bytes()


def _sound() -> bytes:
    """A second of the note that tunes an orchestra."""
    rate = 8000
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        tone = (int(6000 * math.sin(2 * math.pi * 440 * n / rate)) for n in range(rate))
        sound.writeframes(b"".join(struct.pack("<h", level) for level in tone))
    return out.getvalue()
