"""A program of ours run in a process apart: its work holds nobody's message up, its crash costs nothing else.

What it needs goes in and what it made comes out through pipes: nothing of it stands in an argument, a
file or a log line. It is given neither our token nor our key.
"""

import asyncio
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parent.parent


class ChildFailed(Exception):
    """It could not be started, died, or took too long; the words say which, never what it was given."""


async def ask(program: str, given: bytes, patience: float) -> bytes:
    """What ``program``, a module of ours, writes when it is given this; ``patience`` in seconds.

    Raises:
        ChildFailed: nothing came of it.
    """
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-m", program)
    try:
        child = await asyncio.create_subprocess_exec(
            *command, cwd=CHECKOUT, env={}, stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL
        )
    except OSError as error:
        raise ChildFailed(type(error).__name__) from None
    try:
        async with asyncio.timeout(patience):
            written, _ = await child.communicate(given)
    except TimeoutError:
        raise ChildFailed("too long") from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode != 0:
        raise ChildFailed(f"ended with {child.returncode}")
    return written
