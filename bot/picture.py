"""A picture drawn in a child process: the drawing library never enters the service's memory.

What goes wrong there (a crash, a library that is missing, too long a time) costs the picture only.
"""

import asyncio
import json
import sys
from collections.abc import Mapping
from pathlib import Path

import structlog

from bot.filenames import stem

log = structlog.get_logger(__name__)

CHECKOUT = Path(__file__).parent.parent
PATIENCE = 10.0
"""Seconds; with the call that follows, well under the outbox's lease."""
PNG = b"\x89PNG\r\n"


async def drawn(what: Mapping[str, object], program: str = "bot.drawing") -> bytes | None:
    """The PNG of these figures; None when it could not be drawn. ``program``: the module that draws."""
    png = await _answer(json.dumps(what).encode(), program)
    if png.startswith(PNG):
        return png
    log.warning("a picture could not be drawn: its words go alone")
    return None


async def _answer(asked: bytes, program: str) -> bytes:
    """What the child writes; nothing when it fails. It is given neither our token nor our key."""
    pipe = asyncio.subprocess.PIPE
    try:
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", program), cwd=CHECKOUT, env={}, stdin=pipe, stdout=pipe, stderr=pipe
        )
    except OSError:
        return b""
    try:
        async with asyncio.timeout(PATIENCE):
            written, _ = await child.communicate(asked)
    except TimeoutError:
        return b""
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return written if child.returncode == 0 else b""


def write(png: bytes, folder: Path, name: str) -> Path:
    """Keep a picture under the centre's name; the folder is made if need be.

    Raises OSError when it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{stem('periode', name, 'centre')}.png"
    file.write_bytes(png)
    return file
