"""Waiting for a state of the emulator that announces itself to nobody."""

import asyncio
from collections.abc import Callable


async def until(holds: Callable[[], bool], *, timeout: float = 5.0) -> None:
    """Return once `holds()` is true; TimeoutError when it is not within `timeout` seconds."""
    async with asyncio.timeout(timeout):
        while not holds():  # noqa: ASYNC110 — there is no event to wait for
            await asyncio.sleep(0.002)
