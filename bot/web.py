"""The service's own HTTP: Telegram's webhook, /healthz, and the agendas."""

import hmac
import json

from aiohttp import web

from bot import feeds
from bot.clock import Clock
from bot.intake import Intake
from storage import inbox, outbox
from storage.store import DatabaseAway, Store

LARGEST_UPDATE = 1024 * 1024
"""Bytes; Telegram's are some kilobytes."""
AWAY = {"ok": False, "database": "away"}


class Web:
    """Listens on HTTP_LISTEN."""

    def __init__(self, store: Store, clock: Clock, intake: Intake, webhook_secret: str | None) -> None:
        self._store = store
        self._clock = clock
        self._intake = intake
        self._secret = webhook_secret
        """None: no webhook, Telegram is polled."""
        self._runner: web.AppRunner | None = None

    async def start(self, listen: str) -> None:
        """Listen on ``host:port``.

        Raises:
            OSError: the address cannot be had.
        """
        host, _, port = listen.rpartition(":")
        app = web.Application(client_max_size=LARGEST_UPDATE)
        app.router.add_get("/healthz", self._health)
        app.router.add_get("/agenda/{token}.ics", self._agenda)
        if self._secret is not None:
            app.router.add_post("/telegram", self._update)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, host.strip("[]"), int(port)).start()

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _health(self, _request: web.Request) -> web.Response:
        try:
            async with self._store.work(self._clock.now()) as work:
                counts = await inbox.counts(work.session)
                owed = await outbox.open_count(work.session)
        except DatabaseAway:
            return web.json_response(AWAY, status=503)
        if not self._intake.keeps:
            return web.json_response(AWAY, status=503)
        return web.json_response(
            {"ok": True, "inbox": counts.get("waiting", 0), "aside": counts.get("aside", 0), "outbox": owed}
        )

    async def _agenda(self, request: web.Request) -> web.Response:
        """Somebody's meetings, for whoever has her address; the address itself is never logged."""
        try:
            async with self._store.work(self._clock.now()) as work:
                content = await feeds.content(work, request.match_info["token"])
        except DatabaseAway:
            return web.Response(status=503)
        if content is None:
            return web.Response(status=404)
        return web.Response(text=content, content_type="text/calendar", charset="utf-8")

    async def _update(self, request: web.Request) -> web.Response:
        """Telegram is answered 200 only once the update is committed; otherwise it tries again."""
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(secret.encode(), (self._secret or "").encode()):
            return web.Response(status=403)
        try:
            raw = json.loads(await request.read())
        except (ValueError, RecursionError):
            return web.Response(status=400)
        if not isinstance(raw, dict) or not _is_number(raw.get("update_id")):
            return web.Response(status=400)
        try:
            await self._intake.keep([raw])
        except DatabaseAway:
            return web.Response(status=503)
        return web.Response()


def _is_number(given: object) -> bool:
    """Whether it can be an update's: a database has no room for more than 64 bits."""
    return type(given) is int and 0 <= given < 2**63
