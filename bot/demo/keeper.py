"""Keeps the bot's process alive: starts it, asks it, kills it for those who want to see, starts it again."""

import asyncio
import json
import os
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any, Literal

from bot.demo.telegram import LocalBotApi

Json = dict[str, Any]
State = Literal["starting", "up", "down"]

PAUSE_S = 1.5
"""How long a dead bot stays dead, so that it can be seen."""
PATIENCE_S = 60.0
"""A first start makes the database; a busy machine has taken more than 20 s for it."""
KEPT = frozenset({"PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "VIRTUAL_ENV"})
"""Of the environment: the settings of a real service must not reach the demo's."""
_LOOK_S = 0.02
MORE_OUTPUT = 1024 * 1024


class BotAway(Exception):
    """The bot's process is not there to answer: it is being started again."""


class BotRefuses(Exception):
    """The bot cannot start as things are; the sentence says why."""


class Keeper:
    """The bot's process, on this emulator. `config` is what it is asked to start with."""

    def __init__(self, api: LocalBotApi, config: Callable[[], Json], log: Path) -> None:
        self.state: State = "starting"
        self.changed: Callable[[], None] = lambda: None
        self._config = config
        self._api = api
        self._log = log
        self._process: asyncio.subprocess.Process | None = None
        self._waiting: dict[int, asyncio.Future[Json]] = {}
        self._ids = count(1)
        self._task: asyncio.Task[None] | None = None
        self._serving = True
        """Whether the process is to serve as soon as it is there, or to wait for `resume`."""

    async def start(self) -> None:
        """Start the bot; returns after its first poll.

        Raises BotRefuses.
        """
        await self._spawn()
        await self._begin()
        self._task = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """End it, letting what is in flight land."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        process = self._process
        if process is None or process.returncode is not None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), 5.0)
        except TimeoutError:
            process.kill()
            await process.wait()

    def kill(self) -> None:
        """kill -9: it has no time to put anything away."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()

    def tell_time(self) -> None:
        """Put its clock in step."""
        clock = self._api.clock
        self._write({"do": "clock", "now": clock.now().timestamp(), "running": clock.running})

    async def ask(self, do: str, **more: Any) -> Json:
        """Ask the process and return what it answers.

        Raises BotAway, or BotRefuses with its sentence.
        """
        number = next(self._ids)
        self._waiting[number] = answer = asyncio.get_running_loop().create_future()
        try:
            if not self._write({"id": number, "do": do, **more}):
                raise BotAway
            said: Json = await asyncio.wait_for(answer, PATIENCE_S)
        except TimeoutError:
            raise BotAway from None
        finally:
            self._waiting.pop(number, None)
        if "error" in said:
            raise BotRefuses(said["error"])
        return said

    async def pause(self) -> None:
        """Let the service go, and keep the process: the database may be replaced.

        Raises BotAway.
        """
        self._serving = False
        self._say("starting")
        await self.ask("stop")

    async def resume(self) -> None:
        """Serve again.

        Raises BotAway, BotRefuses.
        """
        self._serving = True
        await self._begin()

    async def _begin(self) -> None:
        self.tell_time()
        await self.ask("start", **self._config())
        for _ in range(int(PATIENCE_S / _LOOK_S)):
            if self._api.world.updates.polling:
                self._say("up")
                return
            await asyncio.sleep(_LOOK_S)
        raise BotAway

    async def _spawn(self) -> None:
        self._say("starting")
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot.demo.child",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                limit=MORE_OUTPUT,
                cwd=Path(__file__).parents[2],
                env={name: value for name, value in os.environ.items() if name in KEPT},
                start_new_session=True,  # Ctrl-C is for the demo, which then ends the bot properly
            )
        self._reading = asyncio.create_task(self._read(self._process))

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        while line := await process.stdout.readline():
            said = json.loads(line)
            answer = self._waiting.get(said.pop("id"))
            if answer is not None and not answer.done():
                answer.set_result(said)
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(BotAway())

    async def _watch(self) -> None:
        """Start it again whenever it has died."""
        while True:
            assert self._process is not None
            await self._process.wait()
            self._say("down")
            await asyncio.sleep(PAUSE_S)
            await self._spawn()
            if not self._serving:
                continue
            try:
                await self._begin()
            except (BotAway, BotRefuses):
                self.kill()  # tried again after the pause

    def _write(self, said: Json) -> bool:
        process = self._process
        if (
            process is None
            or process.returncode is not None
            or process.stdin is None
            or process.stdin.is_closing()
        ):
            return False
        process.stdin.write(json.dumps(said).encode() + b"\n")
        return True

    def _say(self, state: State) -> None:
        self.state = state
        self.changed()
