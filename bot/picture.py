"""A picture drawn in a child process: the drawing library never enters the service's memory.

What goes wrong there (a crash, a library that is missing, too long a time) costs the picture only.
"""

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path

import structlog

from bot.child import ChildFailed, ask
from bot.filenames import stem

log = structlog.get_logger(__name__)

PATIENCE = 10.0
"""Seconds; with the call that follows, well under the outbox's lease."""
PNG = b"\x89PNG\r\n"


async def drawn(what: Mapping[str, object], program: str = "bot.drawing") -> bytes | None:
    """The PNG of these figures; None when it could not be drawn. ``program``: the module that draws."""
    with contextlib.suppress(ChildFailed):
        png = await ask(program, json.dumps(what).encode(), PATIENCE)
        if png.startswith(PNG):
            return png
    log.warning("a picture could not be drawn: its words go alone")
    return None


def write(png: bytes, folder: Path, name: str) -> Path:
    """Keep a picture under the centre's name; the folder is made if need be.

    Raises OSError when it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{stem('periode', name, 'centre')}.png"
    file.write_bytes(png)
    return file
