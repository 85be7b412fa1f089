"""Two processes on one database: a command beside the service, or a second service that waits its turn."""

import asyncio
from dataclasses import replace

from aiohttp.test_utils import unused_port

from bot import invitations, revocation
from bot.app import Service
from bot.demo.telegram import LocalBotApi
from storage.encryption import unlock
from storage.outbox import OutboxRow
from storage.store import Store
from tests.cast import TUESDAY_MORNING, Scene, StageClock
from tests.databases import KEY, Postgres

GRAVE = "Yanis B. a des marques de ceinture, il dit que son père le frappe."


async def test_a_command_beside_the_service_is_felt_by_it_in_seconds(scene: Scene) -> None:
    """`staff revoke`, as another process does it: nothing tells the service."""
    chantal = await scene.staff("Chantal")
    await scene.settles()
    unlock(KEY)
    beside = Store(scene.database_url)
    async with beside.work(scene.clock.now()) as work:
        person, _ = await invitations.staff_named(work, "Chantal")
        await revocation.revoke(work, person, by=None)
    await beside.close()
    async with asyncio.timeout(20):
        while str(chantal.id) in scene.service.heed.knows.staff:  # noqa: ASYNC110 -- felt by a timer of the service: no event says so
            await asyncio.sleep(0.1)
    await chantal.writes(GRAVE)
    numbers = await chantal.sees("119")
    assert "Prévenez Farida" not in numbers.text
    assert numbers.labels == (), "a stranger's numbers, and nobody is alerted by her"


async def test_a_service_that_lost_its_turn_has_it_again_with_what_was_in_flight(
    api: LocalBotApi, postgres: Postgres
) -> None:
    """PostgreSQL restarts, another process takes over, and dies while a message is on its way."""
    scene = Scene(api, postgres.copy(), StageClock(TUESDAY_MORNING))
    await scene.opens()
    chantal, awa = await scene.staff("Chantal"), await scene.teacher("Awa", "Diallo")
    await scene.settles()
    first, second = scene.service, scene.make_service()
    taking_over = asyncio.create_task(second.start())
    postgres.shut(scene.database_url)
    postgres.reopen(scene.database_url)
    await asyncio.wait_for(taking_over, 20)
    scene.service = second
    await awa.writes("Yanis B. ne rend plus ses devoirs.")
    await chantal.sees("Yanis B.")
    await scene.settles()
    async with second.store.work(scene.clock.now()) as work:
        address = str(chantal.id)
        work.add(
            OutboxRow(
                address=address,
                lane=address,
                call="send",
                text="Encore un mot.",
                state="sending",
                not_before=work.now,
                created_at=work.now,
            )
        )
    await second.stop()
    scene.service = first
    await chantal.sees("Encore un mot.")
    await awa.writes("Lina C. non plus.")
    await chantal.sees("Lina C.")
    await first.stop()


async def test_a_process_that_waits_its_turn_keeps_what_a_balancer_gives_it_and_the_card_comes_once(
    api: LocalBotApi, database_url: str
) -> None:
    scene = Scene(api, database_url, StageClock(TUESDAY_MORNING))
    active = scene.service = brought_updates(scene)
    await scene.opens()
    chantal, awa = await scene.staff("Chantal"), await scene.teacher("Awa", "Diallo")
    waiting = brought_updates(scene)
    starting = asyncio.create_task(waiting.start())
    await opened(waiting.config.listen or "")
    await active.bot.set_webhook(
        f"{waiting.config.webhook_url}/telegram", secret_token=waiting.config.webhook_secret
    )
    await awa.writes(GRAVE)
    await awa.sees("En danger maintenant : 17 ou 112")
    await chantal.sees("Message grave d'une école")
    await scene.settles()
    assert sum("En danger maintenant" in one.text for one in awa.received) == 1
    starting.cancel()
    await waiting.stop()
    await active.stop()


def brought_updates(scene: Scene) -> Service:
    """A service that polls nothing: Telegram posts to it."""
    where = f"127.0.0.1:{unused_port()}"
    webhook = replace(
        scene.service.config, listen=where, webhook_url=f"http://{where}", webhook_secret="the-secret"
    )
    return Service(webhook, scene.clock)


async def opened(where: str) -> None:
    """Wait until somebody listens there."""
    host, _, port = where.partition(":")
    async with asyncio.timeout(20):
        while True:
            try:
                _, writer = await asyncio.open_connection(host, int(port))
            except ConnectionRefusedError:
                await asyncio.sleep(0.02)
                continue
            writer.close()
            return
