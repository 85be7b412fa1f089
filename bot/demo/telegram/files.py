"""Files and the objects that describe them: photo, document, voice, audio, video, animation, video note,
sticker."""

import mimetypes
import struct

from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.models import Json, StoredFile

MAX_UPLOAD = 50 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
MAX_DOWNLOAD = 20 * 1024 * 1024

_MIME = {
    "photo": "image/jpeg", "voice": "audio/ogg", "audio": "audio/mpeg", "video": "video/mp4",
    "animation": "video/mp4", "video_note": "video/mp4", "sticker": "image/webp",
    "document": "application/octet-stream",
}  # fmt: skip
_NAMES = {
    "photo": "photo.jpg", "voice": "voice.oga", "audio": "audio.mp3", "video": "video.mp4",
    "animation": "animation.mp4", "video_note": "video_note.mp4", "sticker": "sticker.webp",
    "document": "document",
}  # fmt: skip


def default_name(kind: str) -> str:
    """Return the name of a file that came without one."""
    return _NAMES[kind]


def mime_type(kind: str, name: str, said: str = "") -> str:
    """Return the media type of a file: its name's for a document, else what was said, else the kind's."""
    if kind in ("document", "audio"):
        return mimetypes.guess_type(name)[0] or said or _MIME[kind]
    return said or _MIME[kind]


def described(kind: str, stored: StoredFile, details: Json) -> Json:
    """Return the content that shows this file as `kind`; `details` may hold duration, width, height, emoji,
    title, performer.

    Raises `Refusal` for a photo that is no image.
    """
    base: Json = {"file_id": stored.id, "file_unique_id": stored.unique_id, "file_size": len(stored.data)}
    named = {"file_name": stored.name, "mime_type": stored.mime_type}
    duration = {"duration": int(details.get("duration") or 0)}
    if kind == "photo":
        width, height = _checked_image(stored.data)
        return {"photo": [base | {"width": width, "height": height}]}
    if kind == "voice":
        return {"voice": base | duration | {"mime_type": stored.mime_type}}
    if kind == "audio":
        words = {name: details[name] for name in ("title", "performer") if details.get(name)}
        return {"audio": base | duration | named | words}
    if kind == "video_note":
        return {"video_note": base | duration | {"length": int(details.get("length") or 240)}}
    size = {"width": int(details.get("width") or 640), "height": int(details.get("height") or 360)}
    if kind == "video":
        return {"video": base | duration | named | size}
    if kind == "animation":
        # Telegram shows an animation as a document too, for older bots.
        return {"animation": base | duration | named | size, "document": base | named}
    if kind == "sticker":
        width, height = image_size(stored.data) or (512, 512)
        flags = {"type": "regular", "width": width, "height": height, "is_animated": False, "is_video": False}
        emoji = {"emoji": details["emoji"]} if details.get("emoji") else {}
        return {"sticker": base | flags | emoji}
    return {"document": base | named}


def _checked_image(data: bytes) -> tuple[int, int]:
    size = image_size(data)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > 10_000 or max(size) > 20 * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return size


def image_size(data: bytes) -> tuple[int, int] | None:
    """Return the width and height of a PNG, JPEG, GIF or WebP, or None for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data.startswith((b"GIF87a", b"GIF89a")) and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return width, height
    if data.startswith(b"\xff\xd8"):
        return _jpeg_size(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp_size(data)
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None


def _webp_size(data: bytes) -> tuple[int, int] | None:
    form = data[12:16]
    if form == b"VP8X" and len(data) >= 30:
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if form == b"VP8 " and len(data) >= 30:
        width, height = struct.unpack("<HH", data[26:30])
        return width & 0x3FFF, height & 0x3FFF
    if form == b"VP8L" and len(data) >= 25:
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None
