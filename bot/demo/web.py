"""What the page of phones needs besides the control API: its own files, scenes, the drawer.

GET  /                      the page; its scripts and style beside it
GET  /control/demo          {"bot": "starting|up|down", "chapter", "chapters": [key], "fresh": bool,
                             "people": {id: {"role","label","rank","code"}},
                             "offers": [{"role","name","label"}]}
POST /control/demo/scene    {"chapter"}: start afresh at its beginning → the same
POST /control/demo/phones   {"role"}: one more phone, with a code to join → {"person": id}
GET  /control/demo/poster/{person}   the poster of her invitation, to scan: SVG
POST /control/demo/kill     {}: kill -9 on the bot, which comes back by itself → {"ok": true}
GET  /control/demo/life     {"bot", "waiting": updates the bot has not taken,
                             "inbox": null|{"from","state","attempts","received_at","handled_at"},
                             "outbox": [{"to","call","state","attempts","created_at","done_at"}],
                             "calls": [{"method","to","ms","status","fault"}]}: never what was said
Event: demo, with what GET /control/demo says.
"""

from pathlib import Path
from typing import Any

from aiohttp import web

from bot.demo.cast import CHAPTERS, ROLES
from bot.demo.hands import NothingToTouch
from bot.demo.keeper import BotAway, BotRefuses, Keeper
from bot.demo.scene import Scene
from bot.demo.telegram import LocalBotApi
from bot.demo.telegram.control_args import Asked, arguments
from bot.demo.telegram.refused import Refused

Json = dict[str, Any]

PAGE = Path(__file__).parent / "page"
TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}
GUARDS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
        " media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
AWAY = "Le bot redémarre : réessayez dans un instant."
CALLS_SHOWN = 6


class DemoWeb:
    """The demo's own routes. `connect` gives what they stand on, once it exists."""

    def __init__(self) -> None:
        self._files = {path.name: path for path in PAGE.iterdir() if path.suffix in TYPES}
        self._last_life: Json = {"inbox": None, "outbox": []}

    def connect(self, api: LocalBotApi, keeper: Keeper, scene: Scene) -> None:
        """Give the emulator, the bot and the scene."""
        self._api, self._keeper, self._scene = api, keeper, scene

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.get("/", self.page),
            web.get("/{name:[a-z]+\\.(?:js|json|css|svg)}", self.page),
            web.get("/control/demo", self.demo),
            web.post("/control/demo/scene", self.scene),
            web.post("/control/demo/phones", self.phones),
            web.get("/control/demo/poster/{person}", self.poster),
            web.post("/control/demo/kill", self.kill),
            web.get("/control/demo/life", self.life),
        ]

    async def page(self, request: web.Request) -> web.Response:
        path = self._files.get(request.match_info.get("name", "index.html"))
        if path is None:
            raise web.HTTPNotFound
        headers = GUARDS | {"Content-Type": f"{TYPES[path.suffix]}; charset=utf-8"}
        answer = web.Response(body=path.read_bytes(), headers=headers)
        answer.enable_compression()
        return answer

    async def demo(self, _: web.Request) -> web.Response:
        self._scene.forget_the_gone()
        return web.json_response(self._scene.view())

    async def scene(self, request: web.Request) -> web.Response:
        chapter = (await arguments(request)).text("chapter")
        if chapter not in CHAPTERS:
            raise Refused(404, "Ce chapitre n'existe pas.")
        try:
            await self._scene.prepare(chapter)
        except (BotAway, BotRefuses):
            raise Refused(409, AWAY) from None
        except NothingToTouch:
            raise Refused(409, "La scène n'a pas pu se préparer. Réessayez.") from None
        return web.json_response(self._scene.view())

    async def phones(self, request: web.Request) -> web.Response:
        role = (await arguments(request)).text("role")
        if role not in ROLES:
            raise Refused(404, "Ce rôle n'existe pas.")
        try:
            return web.json_response({"person": await self._scene.add(role)})
        except (BotAway, BotRefuses):
            raise Refused(409, AWAY) from None

    async def poster(self, request: web.Request) -> web.Response:
        try:
            svg = await self._scene.poster(Asked(request.match_info).integer("person", 0))
        except KeyError:
            raise Refused(404, "Ce téléphone n'a pas d'affiche.") from None
        except (BotAway, BotRefuses):
            raise Refused(409, AWAY) from None
        return web.Response(text=svg, headers=GUARDS | {"Content-Type": "image/svg+xml; charset=utf-8"})

    async def kill(self, request: web.Request) -> web.Response:
        await arguments(request)
        self._keeper.kill()
        return web.json_response({"ok": True})

    async def life(self, _: web.Request) -> web.Response:
        if self._keeper.state == "up":
            try:
                self._last_life = await self._keeper.ask("life")
            except (BotAway, BotRefuses):
                pass  # it has just died: what was last seen is still what the database says
        inbox = self._last_life["inbox"]
        return web.json_response({
            "bot": self._keeper.state,
            "waiting": len(self._api.world.updates.pending),
            "inbox": inbox and inbox | {"from": self._named(inbox["from"])},
            "outbox": [row | {"to": self._named(row["to"])} for row in self._last_life["outbox"]],
            "calls": [
                {
                    "method": call.method,
                    "to": self._named(str(call.chat_id or "")),
                    "ms": call.ms,
                    "status": call.status,
                    "fault": call.fault,
                }
                for call in list(self._api.counters.calls)[-CALLS_SHOWN:]
            ],
        })  # fmt: skip

    def _named(self, address: str) -> str:
        person = self._api.world.people.get(int(address)) if address.lstrip("-").isdecimal() else None
        return person.name if person is not None else "le bot"
