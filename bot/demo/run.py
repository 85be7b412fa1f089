"""`python -m bot demo`: the local Bot API, the page of phones and the bot, with nothing to set."""

import asyncio
import base64
import fcntl
import os
import secrets
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.demo.cast import CHAPTERS, OPENING
from bot.demo.hands import NothingToTouch
from bot.demo.keeper import BotAway, BotRefuses, Keeper
from bot.demo.scene import Scene
from bot.demo.telegram import LocalBotApi
from bot.demo.web import DemoWeb

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "var" / "demo"
FAILED = 1


class CannotStart(Exception):
    """The demo cannot start; the sentence says why."""


def run_demo(port: int, folder: Path = FOLDER) -> int:
    """Serve the demo on 127.0.0.1 until Ctrl-C; return the exit code. `port` 0: any free one."""
    try:
        with _alone(folder):
            return asyncio.run(_serve(port, folder))
    except CannotStart as error:
        print(error, file=sys.stderr)
        return FAILED


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One demo at a time in a folder: two would write to the same files."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart("Une démonstration tourne déjà ici : arrêtez-la d'abord (Ctrl-C).") from None
        yield


async def _serve(port: int, folder: Path) -> int:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    demo = Demo(folder)
    stopping = asyncio.create_task(stop.wait())
    starting = asyncio.create_task(demo.start(port))
    try:
        await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not stop.is_set():
            starting.result()
            print(f"La démonstration est là : {demo.address}", flush=True)
            print("Tout y est inventé. Ctrl-C l'arrête ; elle reprend où elle en était.", flush=True)
            await stopping
    finally:
        stopping.cancel()
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        await demo.stop()
    return 0


class Demo:
    """The emulator with the page, the bot's process and the scene, in one folder of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = _key(folder)
        self._web = DemoWeb()
        self._token = f"1:{secrets.token_urlsafe(24)}"
        self.api = self._emulator()
        self._keeper = Keeper(self.api, self._config, folder / "bot.log")
        self._scene = Scene(self.api, self._keeper, folder, self._database)
        self._web.connect(self.api, self._keeper, self._scene)

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"{self.api.base_url}/"

    @property
    def _database(self) -> Path:
        return self._folder / "passerelle.db"

    async def start(self, port: int) -> None:
        """Start everything; returns once the scene is ready.

        Raises CannotStart.
        """
        try:
            await self.api.start(port=port)
        except OSError:
            raise CannotStart(
                f"Le port {port} est déjà pris : PASSERELLE_DEMO_PORT=8766 make demo en prend un autre."
            ) from None
        self._follow_the_clock()
        goes_on = self._scene.recall()
        if not goes_on:
            self.api.clock.set(CHAPTERS[OPENING].moment)
        try:
            await self._keeper.start()
            if not goes_on:
                await self._scene.prepare(OPENING)
        except (BotAway, BotRefuses, NothingToTouch) as error:
            reason = str(error) or "il ne répond pas"
            raise CannotStart(
                f"Le bot ne démarre pas ({reason}) : voyez {self._folder / 'bot.log'},"
                f" ou effacez le dossier {self._folder} pour recommencer."
            ) from None
        self._keeper.changed = self._scene.announce
        self._scene.announce()

    async def stop(self) -> None:
        """Stop everything; what was said stays in the folder."""
        self._keeper.changed = lambda: None
        await self._keeper.stop()
        await self.api.stop()

    def _emulator(self) -> LocalBotApi:
        state = self._folder / "telegram.db"
        try:
            return LocalBotApi(self._token, state=state, routes=self._web.routes())
        except ValueError:  # the phones of another version: start afresh
            for path in (state, self._database, self._folder / "scene.json"):
                path.unlink(missing_ok=True)
            return LocalBotApi(self._token, state=state, routes=self._web.routes())

    def _follow_the_clock(self) -> None:
        """The bot's clock moves with the one of the page."""
        tell_pages = self.api.clock.moved

        def moved() -> None:
            tell_pages()
            self._keeper.tell_time()

        self.api.clock.moved = moved

    def _config(self) -> dict[str, Any]:
        return {
            "token": self._token,
            "api_root": self.api.base_url,
            "database": f"sqlite+aiosqlite:///{self._database}",
            "key": self._key,
            "centres": str(ROOT / "centres.toml"),
        }


def _key(folder: Path) -> str:
    """The key of the demo's database: made once, kept beside it, since nothing here is anybody's."""
    path = folder / "key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(base64.urlsafe_b64encode(os.urandom(32)).decode(), encoding="ascii")
    return path.read_text(encoding="ascii").strip()
