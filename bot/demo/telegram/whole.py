"""The routes that concern everybody: the state, the clock, faults, counters, the stream of events."""

import asyncio
import math
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from aiohttp import web

from bot.demo.telegram.control_args import Asked, arguments
from bot.demo.telegram.events import frame
from bot.demo.telegram.faults import KINDS
from bot.demo.telegram.models import Json
from bot.demo.telegram.refused import Refused
from bot.demo.telegram.views import group_view, person_view
from bot.texts import emulator as texts

if TYPE_CHECKING:
    from bot.demo.telegram.api import LocalBotApi

_STILL_THERE_S = 15.0  # a comment on a silent stream, so that a page that is gone is noticed


def connect(api: "LocalBotApi") -> None:
    """Let listeners know when the clock is moved."""
    api.clock.moved = lambda: api.world.events.publish("clock", _clock(api))


def routes(api: "LocalBotApi") -> list[web.RouteDef]:
    """Return the routes of the people's side."""
    whole = _Whole(api)
    return [
        web.get("/control/state", whole.state),
        web.post("/control/reset", whole.reset),
        web.get("/control/clock", whole.clock),
        web.post("/control/clock", whole.set_clock),
        web.get("/control/counters", whole.counters),
        web.post("/control/counters/reset", whole.reset_counters),
        web.get("/control/calls", whole.calls),
        web.get("/control/faults", whole.faults),
        web.post("/control/faults", whole.add_fault),
        web.delete("/control/faults", whole.lift_faults),
        web.delete("/control/faults/{fault}", whole.lift_faults),
        web.post("/control/pacing", whole.pacing),
        web.post("/control/save", whole.save),
        web.get("/control/events", whole.events),
    ]


def _clock(api: "LocalBotApi") -> Json:
    now = api.clock.now()
    return {"now": now.timestamp(), "iso": now.isoformat(), "running": api.clock.running}


class _Whole:
    """What concerns everybody: the state, the clock, faults, counters, the stream of events."""

    def __init__(self, api: "LocalBotApi") -> None:
        self._api = api
        self._epoch = 0
        self._began = str(id(api))

    async def state(self, _: web.Request) -> web.Response:
        api = self._api
        world = api.world
        bot = {"id": world.bot.id, "username": world.bot.username, "first_name": world.bot.name}
        return web.json_response({
            "bot": bot | {"commands": world.bot.commands.get("default/", [])},
            "clock": _clock(api),
            "people": [person_view(person) for person in world.people.values() if not person.gone],
            "groups": [group_view(chat) for chat in world.chats.values() if chat.id < 0],
            "faults": [fault.view() for fault in api.faults.active],
            "pacing": api.limits.on,
            "webhook": world.updates.webhook is not None,
            "polling": world.updates.polling,
            "pending_updates": len(world.updates.pending),
        })  # fmt: skip

    async def reset(self, _: web.Request) -> web.Response:
        self._api.reset()
        self._epoch += 1
        self._api.world.events.publish("reset", {"epoch": self._name()})
        return web.json_response({"ok": True})

    async def clock(self, _: web.Request) -> web.Response:
        return web.json_response(_clock(self._api))

    async def set_clock(self, request: web.Request) -> web.Response:
        asked, clock = await arguments(request), self._api.clock
        if asked.flag("real"):
            clock.back_to_real_time()
        if "set" in asked.values:
            clock.set(_moment(asked))
        if "advance" in asked.values:
            clock.advance(timedelta(seconds=asked.number("advance", 0)))
        if "running" in asked.values:
            clock.run(asked.flag("running"))
        return web.json_response(_clock(self._api))

    async def counters(self, _: web.Request) -> web.Response:
        return web.json_response(self._counted())

    async def reset_counters(self, _: web.Request) -> web.Response:
        api = self._api
        api.counters.reset()
        api.limits.breaches.clear()
        api.faults.struck.clear()
        api.world.sends = 0
        api.world.updates.made = api.world.updates.confirmed = 0
        return web.json_response(self._counted())

    def _counted(self) -> Json:
        api, counters, updates = self._api, self._api.counters, self._api.world.updates
        breaches = {scope: api.limits.breaches[scope] for scope in ("private", "group", "overall")}
        return {
            "requests": dict(counters.requests),
            "answers": {str(status): count for status, count in sorted(counters.answers.items())},
            "updates": {
                "made": updates.made,
                "confirmed": updates.confirmed,
                "pending": len(updates.pending),
            },
            "sends": api.world.sends,
            "in_flight": len(counters.in_flight),
            "in_flight_max": counters.in_flight_max,
            "abandoned": counters.abandoned,
            "faults": dict(api.faults.struck),
            "limits": breaches,
        }

    async def calls(self, request: web.Request) -> web.Response:
        asked = Asked(request.query)
        limit = min(max(asked.integer("limit", 1000), 1), 1000)
        return web.json_response(self._api.counters.since(asked.integer("after", 0), limit))

    async def faults(self, _: web.Request) -> web.Response:
        return web.json_response(self._faults())

    def _faults(self) -> list[Json]:
        return [fault.view() for fault in self._api.faults.active]

    async def add_fault(self, request: web.Request) -> web.Response:
        asked = await arguments(request)
        kind = KINDS.get(asked.text("kind"))
        if kind is None:
            raise Refused(400, texts.bad_value(name="kind"))
        probability = asked.number("probability", math.nan)
        fault = self._api.faults.add(
            kind,
            times=asked.integer("times", 1),
            probability=None if math.isnan(probability) else probability,
            seed=asked.integer("seed", 0),
            methods=frozenset(str(method) for method in asked.items("methods")),
            chat_id=asked.integer("chat_id", 0) or None,
            retry_after=asked.integer("retry_after", 1),
            seconds=asked.number("seconds", 30),
        )
        self._api.world.events.publish("faults", self._faults())
        return web.json_response(fault.view())

    async def lift_faults(self, request: web.Request) -> web.Response:
        self._api.faults.lift(Asked(request.match_info).integer("fault", 0) or None)
        self._api.world.events.publish("faults", self._faults())
        return web.json_response(self._faults())

    async def pacing(self, request: web.Request) -> web.Response:
        self._api.limits.on = (await arguments(request)).flag("on")
        return web.json_response({"on": self._api.limits.on})

    async def save(self, _: web.Request) -> web.Response:
        if self._api.state is None:
            raise Refused(409, texts.no_state_file())
        self._api.state.save()
        return web.json_response({"ok": True})

    async def events(self, request: web.Request) -> web.StreamResponse:
        stream = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        queue = self._api.world.events.listen()
        try:
            await stream.prepare(request)
            await stream.write(
                frame("hello", {"epoch": self._name(), "clock": _clock(self._api)}, 0).encode()
            )
            while True:
                try:
                    text = await asyncio.wait_for(queue.get(), _STILL_THERE_S)
                except TimeoutError:
                    await stream.write(b": still here\n\n")
                    continue
                if text is None:
                    return stream
                await stream.write(text.encode())
        except ConnectionError:
            return stream  # the page is gone
        finally:
            self._api.world.events.leave(queue)

    def _name(self) -> str:
        return f"{self._began}.{self._epoch}"


def _moment(asked: Asked) -> datetime:
    value = asked.values["set"]
    try:
        moment = (
            datetime.fromtimestamp(value, UTC)
            if isinstance(value, int | float)
            else datetime.fromisoformat(value)
        )
    except (TypeError, ValueError, OverflowError):
        raise Refused(400, texts.bad_value(name="set")) from None
    if moment.tzinfo is None:
        raise Refused(400, texts.bad_value(name="set"))
    return moment
