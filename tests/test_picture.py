"""The picture is drawn by another process; whatever happens there, the words leave."""

import asyncio
import sys

from bot import child, owe, picture
from bot.texts.period import drawing
from tests.cast import Scene
from tests.test_period_text import FULL


async def test_figures_become_a_png_three_phones_wide() -> None:
    png = await picture.drawn(drawing(centre="centre social d'Éragny", facts=FULL))
    assert png is not None
    width, height = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    assert width == 1080
    assert 1000 < height < 2000, "Telegram shrinks what is taller than it is wide twice"


async def test_a_drawing_that_crashes_or_is_not_there_is_no_picture() -> None:
    assert await picture.drawn({}) is None
    assert await picture.drawn({}, program="bot.no_such_drawing") is None
    assert await picture.drawn({}, program="this") is None, "it speaks, but draws nothing"


async def test_without_a_picture_the_words_leave_alone(scene: Scene) -> None:
    farida = await scene.staff("Farida")
    async with scene.service.store.work(scene.clock.now()) as work:
        owe.picture(work, str(farida.id), "Centre social d'Éragny", {}, part="digest", dedup="once")
    await scene.settles()
    assert (await farida.sees("Centre social d'Éragny")).kind == "text"


async def test_the_service_never_loads_the_drawing_library() -> None:
    loaded = "import sys, bot.app, bot.cli, bot.operate; sys.exit('PIL' in sys.modules)"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", loaded, cwd=child.CHECKOUT)
    assert await process.wait() == 0
