"""Time between updates: the clock stands still until somebody moves it."""

import asyncio
from datetime import timedelta

from storage import inbox, outbox
from tests.cast import Scene

PATIENCE = 600.0
"""Seconds of real time after which something is stuck."""


async def nothing_is_due(scene: Scene) -> None:
    """Wait until all is done that can be done at this moment; what is to be tried again later may wait.

    Raises:
        TimeoutError: something is stuck.
    """
    service, now = scene.service, scene.clock.now()
    async with asyncio.timeout(PATIENCE):
        while True:
            async with service.store.work(now) as work:
                waiting = await inbox.due(work.session, service.config.bot_id, now, 1)
                owed = await outbox.next_moment(work.session)
            pending = scene.api.world.updates.pending or waiting or (owed is not None and owed <= now)
            if not pending and service.delivery.idle:
                return
            await asyncio.sleep(0.01)


async def time_passes(scene: Scene, pause: timedelta) -> None:
    """Move the clock, and let what falls due happen."""
    await nothing_is_due(scene)
    scene.clock.set(scene.clock.now() + pause)
    await scene.service.scheduler.tick()
    scene.service.handling.wake()
    scene.service.delivery.wake()
    await nothing_is_due(scene)
