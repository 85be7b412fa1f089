"""A private address for her agenda: it follows her meetings, and opens nothing once it is cut."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.app import Config, Service
from bot.demo.telegram import LocalBotApi
from bot.invitations import staff_named
from bot.revocation import revoke
from tests.cast import TUESDAY_MORNING, Scene, StageClock
from tests.databases import KEY
from tests.phones import Phone
from tests.stories.test_meetings import kept, paris


class PublicScene(Scene):
    """A service that the internet reaches."""

    listen: str

    def make_service(self) -> Service:
        return Service(
            Config(
                token=self.api.token,
                api_root=self.api.base_url,
                database_url=self.database_url,
                key=KEY,
                long_poll=2,
                paced=False,
                listen=self.listen,
                public_url=f"http://{self.listen}",
            ),
            self.clock,
        )


@pytest.fixture
async def public(api: LocalBotApi, database_url: str, unused_tcp_port: int) -> AsyncIterator[PublicScene]:
    PublicScene.listen = f"127.0.0.1:{unused_tcp_port}"
    scene = PublicScene(api, database_url, StageClock(TUESDAY_MORNING))
    await scene.opens()
    yield scene
    await scene.service.stop()


async def address_of(scene: Scene, phone: Phone) -> str:
    await phone.writes("/agenda")
    await phone.sees("S'abonner par URL")
    await scene.settles()
    return next(word for word in phone.received[-1].text.split() if word.startswith("http"))


async def read(address: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as client, client.get(address) as answer:
        return answer.status, await answer.text()


async def test_the_agenda_follows_a_meeting_and_a_new_address_closes_the_old(public: PublicScene) -> None:
    chantal = await public.staff("Chantal")
    await kept(public, chantal)
    address = await address_of(public, chantal)
    status, content = await read(address)
    assert status == 200
    assert "SUMMARY:Réunion de cycle 2\\, Les Tilleuls" in content
    assert "DTSTART:20270112T121000Z" in content
    await public.jumps(paris(24, 11, 10, 30))
    await chantal.presses("Annuler")
    await public.settles()
    assert "Les Tilleuls" not in (await read(address))[1]
    other = await address_of(public, chantal)
    assert other != address
    assert (await read(address))[0] == 404
    assert (await read(other))[0] == 200
    await chantal.presses("Couper cette adresse")
    await public.settles()
    assert (await read(other))[0] == 404


async def test_the_address_of_a_lost_phones_agenda_opens_nothing_any_more(public: PublicScene) -> None:
    chantal = await public.staff("Chantal")
    address = await address_of(public, chantal)
    assert (await read(address))[0] == 200
    async with public.service.store.work(public.clock.now()) as work:
        person, _ = await staff_named(work, "Chantal")
        await revoke(work, person, by=None)
    assert (await read(address))[0] == 404


async def test_a_wrong_address_opens_nothing(public: PublicScene) -> None:
    for token in ("x", "a" * 43, "é" * 40, "a" * 400):
        assert (await read(f"http://{public.listen}/agenda/{token}.ics"))[0] == 404


async def test_without_a_public_address_none_is_offered(scene: Scene) -> None:
    chantal = await scene.staff("Chantal")
    await chantal.writes("/agenda")
    await chantal.sees("Pas d'adresse d'agenda ici")
