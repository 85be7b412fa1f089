"""The emulator as a process of its own."""

import asyncio
import sys
from pathlib import Path

import aiohttp

from bot.demo.telegram import LocalBotApi

ROOT = Path(__file__).parent.parent.parent


async def started(*arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.demo.telegram",
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )


async def test_it_prints_its_address_serves_and_remembers(
    http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    for expected in (1, 2):
        process = await started("--token", "1:TEST", "--state", str(tmp_path / "demo.db"))
        assert process.stdout is not None
        address = (await process.stdout.readline()).decode().strip()
        async with http.get(f"{address}/bot1:TEST/getMe") as answer:
            assert answer.status == 200
        async with http.post(f"{address}/control/people", json={"first_name": "Awa"}) as answer:
            assert answer.status == 200
        async with http.get(f"{address}/control/people") as answer:
            assert len(await answer.json()) == expected
        process.terminate()
        assert await process.wait() == 0


async def test_a_port_in_use_is_said_in_a_sentence(api: LocalBotApi) -> None:
    port = api.base_url.rsplit(":", 1)[1]
    process = await started("--port", port)
    _, said = await process.communicate()
    assert process.returncode == 1
    assert said.decode().count("\n") == 1
    assert "--port" in said.decode()


async def test_a_real_token_is_refused(tmp_path: Path) -> None:
    process = await started("--token", "123456789:AAE-real")
    _, said = await process.communicate()
    assert process.returncode == 2
    assert "demo token only" in said.decode()
    assert "AAE-real" not in said.decode()
