"""The local Bot API as one object: start it, give its address to a bot, drive its people, stop it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.demo.telegram import control, server, whole
from bot.demo.telegram.clock import MovableClock
from bot.demo.telegram.counters import Counters
from bot.demo.telegram.faults import Faults
from bot.demo.telegram.limits import Limits
from bot.demo.telegram.models import Profile
from bot.demo.telegram.params import Args
from bot.demo.telegram.state import StateFile
from bot.demo.telegram.world import World

DEMO_BOT_ID = 1  # no bot of Telegram has it: real ids have eight digits or more
Observer = Callable[[str, Args, Any], None]


def is_demo_token(token: str) -> bool:
    """Say whether a token can only be the demo's: `1:` and anything. The emulator refuses to run with
    another."""
    bot_id, colon, secret = token.partition(":")
    return bot_id == str(DEMO_BOT_ID) and bool(colon) and bool(secret)


class LocalBotApi:
    """A Telegram of one's own on 127.0.0.1: the Bot API for one bot, and the control API for its people.

    `token`: a demo token (`1:…`), else ValueError. `pacing`: Telegram's rates are enforced. `state`: a file
    in which the world survives a restart. `routes`: further routes served beside (the page of phones).
    `observer` is told each call and its result.
    """

    def __init__(
        self,
        token: str = "1:DEMO",  # noqa: S107 — the demo's own token opens nothing
        *,
        username: str = "passerelle_demo_bot",
        name: str = "Passerelle",
        pacing: bool = True,
        state: Path | None = None,
        routes: Sequence[web.AbstractRouteDef] = (),
    ) -> None:
        if not is_demo_token(token):
            raise ValueError("The local Bot API takes a demo token only: 1: and anything, e.g. 1:DEMO.")
        self.token = token
        self.clock = MovableClock()
        self.world = World(Profile(DEMO_BOT_ID, username, name), self.clock)
        self.limits = Limits(on=pacing)
        self.faults = Faults()
        self.counters = Counters()
        self.observer: Observer | None = None
        self.base_url = ""
        self.state = StateFile(state, self.world) if state is not None else None
        self._routes = routes
        self._runner: web.AppRunner | None = None
        whole.connect(self)

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen on the machine itself (`port` 0: any free one; after a stop, the same one again can be
        asked for).

        Raises OSError when the port is in use, ValueError for an address that others could reach.
        """
        if host not in ("127.0.0.1", "localhost"):
            raise ValueError("The local Bot API listens on 127.0.0.1 only.")
        app = web.Application(client_max_size=server.MAX_BODY, middlewares=[control.guard])
        app.add_routes([*server.routes(self), *control.routes(self), *self._routes])
        # A client that goes away (a killed bot) ends its call at once: its long poll must not linger.
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.2)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError:
            await self._runner.cleanup()
            self._runner = None
            raise
        self.base_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        if self.state is not None:
            await self.state.start()

    async def stop(self) -> None:
        """Stop listening; the world stays, and `start` may be called again."""
        self.world.events.end()
        await self.world.updates.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        if self.state is not None:
            await self.state.stop()

    def close(self) -> None:
        """Let go of the state file, once stopped for good."""
        if self.state is not None:
            self.state.close()

    def reset(self) -> None:
        """« Recommencer »: nobody, nothing said, no fault, counters at zero. The clock and the bot's
        profile stay."""
        self.world.clear()
        self.faults.lift()
        self.faults.struck.clear()
        self.limits.reset()
        self.counters.reset()
        if self.state is not None:
            self.state.forget()
