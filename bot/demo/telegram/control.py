"""The people's side of the local Bot API: an HTTP control API under /control/, and its events.

It serves the page of phones, the benchmarks and the torture, which run the emulator as a process of its own.

Conventions
-----------
* Every body and every answer is JSON, except uploads (multipart/form-data), downloads and the event stream.
* A refusal is a 4xx with ``{"error": "<one French sentence>"}``. 400 bad argument, 403 foreign Host or
  Origin,
  404 unknown person, chat, bubble or file, 409 impossible now (bot blocked, button gone, not your bubble),
  413 too big.
* Only 127.0.0.1 and localhost may stand in Host; Origin (which browsers send with every cross-origin call
  that changes something) must be the same host and port; Sec-Fetch-Site may not be cross-site: a page of
  another origin cannot drive this. The page itself is served beside, by `LocalBotApi(routes=…)`.
  Calls that change something take ``application/json`` or ``multipart/form-data``; without arguments they
  send ``{}``.
* Times are unix seconds on the emulator's clock. Entity offsets are UTF-16 units, as in Telegram and in
  JavaScript.
* ``{person}`` is a person's id, which is also the id of her private chat with the bot. Calls that act in a
  chat take
  an optional ``"chat_id"`` (a group); without it they act in the private chat.

The whole
---------
GET  /control/state            {"bot": {"id","username","first_name","commands":[{"command","description"}]},
                               "clock": Clock,
                                "people": [Person], "groups": [Group], "faults": [Fault], "pacing": bool,
                                "webhook": bool, "polling": bool (a long poll is open now), "pending_updates":
                                int}
POST /control/reset            « Recommencer »: no people, no chats, no faults, counters at zero; the clock is
                               kept.
                               The bot's name, description and commands stay. → {"ok": true}
GET  /control/clock            Clock = {"now": float, "iso": "2026-11-24T18:42:00+00:00", "running": bool}
POST /control/clock            {"set": "2026-11-24T19:42:00+01:00" | unix seconds} and/or {"advance":
                               seconds},
                               {"running": bool}, or {"real": true} (back to real time) → Clock

People and groups
-----------------
GET    /control/people                   [Person]
POST   /control/people                   {"first_name", "last_name"?, "username"?, "language_code"? ("fr"),
                                         "phone_number"?}
                                         → Person =
                                         {"id","first_name","last_name","username","name","phone_number",
                                         "started": bool, "blocked": bool, "unread": int}
DELETE /control/people/{person}          the phone leaves (the bot then gets « user is deactivated »)
GET    /control/groups                   [Group]
POST   /control/groups                   {"title", "members": [person…], "forum"?: bool, "supergroup"?: bool,
                                         "admin"?: bool}
                                         the first member adds the bot → Group =
                                         {"id","title","type","is_forum",
                                         "members":[…], "bot": "member|administrator|left|kicked",
                                         "topics":[{"id","name","closed"}]}
POST   /control/groups/{chat}/upgrade    group → supergroup (new id) → Group
POST   /control/groups/{chat}/bot        {"status": "member" | "administrator" | "kicked"} → Group
POST   /control/topics                   {"enabled": bool}: forum topic mode of the bot's private chats →
                                         {"ok": true}

What a person sees
------------------
GET /control/people/{person}/chat?chat_id=&before=&limit=
    {"chat_id", "bubbles": [Bubble] oldest first (limit 50 by default, 200 at most, `before` a bubble id to go
    back),
     "more": bool, "keyboard": null | {"rows": [[{"text","request"?: "contact"|"location"}]], "one_time",
     "placeholder"},
     "typing": null | "typing" | "upload_photo" | …, "blocked": bool, "commands": [{"command","description"}]}
GET /control/people/{person}/notifications?limit=   [Notification] newest first
POST /control/people/{person}/read       {} the person has looked: unread → 0
GET /control/files/{file_id}             the file's bytes, with its own Content-Type (nosniff, sandboxed)

Bubble = {"id", "chat_id", "mine": bool, "from": {"id","name","bot"}, "date", "edited": null|date,
  "kind": "text"|"photo"|"document"|"voice"|"audio"|"video"|"animation"|"video_note"|"sticker"|"location"|
  "venue"|"contact"|
          "poll"|"dice"|"service",
  "text": text or caption ("" without), "entities": [MessageEntity] (type "spoiler": hidden until touched),
  "buttons": [[{"text","kind":"callback"|"url"|"copy"|"other","url"?,"copy"?}]],
  "reply_to": null|{"id","name","text","kind"}, "quote": null|text, "forwarded_from": null|name,
  "silent": bool, "protected": bool, "reactions": [{"emoji","count","mine": bool,"bot": bool}], "album":
  null|id,
  "topic": null|thread id, "pinned": bool,
  "media": null|{"file_id","url","file_name","mime_type","size","duration","width","height","emoji","spoiler":
  bool},
  "location": null|{"latitude","longitude","title"?,"address"?}, "contact":
  null|{"phone_number","first_name","last_name"},
  "poll": null|{"question","options":[{"text","voters","chosen"}],"closed","multiple","anonymous"},
  "dice": null|{"emoji","value"}}
Notification = {"person","chat_id","message_id","title","text" (spoilers replaced, as a lock screen shows
  them),
                "sound": bool, "date"}

What a person does (POST /control/people/{person}/…)
---------------------------------------------------
open      {"link": "https://t.me/<bot>?start=<code>" | "<code>" | ""}   presses « Démarrer »: /start <code>;
  unblocks → Bubble
send      JSON, one of
          {"text", "entities"?, "reply_to"?, "quote"?, "topic"?} (beyond 4096 units: several bubbles)
          {"kind": "location", "latitude", "longitude"} · {"kind": "venue", "latitude", "longitude", "title",
          "address"}
          {"kind": "contact", "phone_number"?, "first_name"?, "last_name"?} (nothing: one's own)
          {"kind": "poll", "question", "options": [text…]} · {"kind": "dice", "emoji"?} · {"kind": "sticker",
          "emoji"?}
          {"kind": "photo"|"document"|"voice"|"audio"|"video"|"animation"|"video_note"|"sticker", "caption"?,
          "file_name"?,
           "mime_type"?, "duration"?}: a small invented file of that kind, nothing to upload
          or multipart: field "args" (the JSON above) and one or several parts "file" (several: an album,
          2–10; 50 MB each)
          → {"bubbles": [Bubble]}
forward   {"message_id", "from_chat_id"?, "hidden_name"?: str (a sender who hides the account)} → {"bubbles":
  [Bubble]}
edit      {"message_id", "text"} (the caption of a media) → Bubble
delete    {"message_ids": [id…]} for everyone; the bot is never told → {"deleted": int}
press     {"message_id"?, "button": label | [row, column], "wait"?: seconds (0–30, default 5)}
          without message_id: the newest bubble that has this label, else the reply keyboard
          → {"kind": "callback", "answered": bool, "text": null|str, "alert": bool, "url": null|str}
          | {"kind": "url", "url"} | {"kind": "copy", "copy"} | {"kind": "sent", "bubbles": [Bubble]} (reply
          keyboard)
react     {"message_id", "emoji": "👍" | null} → Bubble
vote      {"message_id", "options": [index…]} → Bubble
block     {} · unblock {} → Person

Underneath
----------
GET    /control/counters       {"requests": {method: int}, "answers": {"200": int, "400": int, …}, "updates":
                               {"made","confirmed","pending"},
                                "sends": int (messages delivered), "in_flight": int, "in_flight_max": int,
                                "abandoned": int (the client went away before its answer),
                                "faults": {kind: int}, "limits": {"private": int, "group": int, "overall":
                                int} breaches}
POST   /control/counters/reset {} → counters
GET    /control/calls?after=&limit=     [Call], oldest first, at most 1000 (of the last 100 000):
       Call = {"seq","method","chat_id","at": real unix seconds when received,"ms": float|null until answered,
               "status": int|null,"fault": null|kind,"message_id": null|int,"sent": int}
GET    /control/faults         [Fault]
POST   /control/faults         {"kind": "too_many_requests" (429, "retry_after"?: 1) | "server_error" (500) |
                               "drop" (connection
                               closed before handling) | "lose_answer" (handled, then closed) | "hang"
                               ("seconds"?: 30, then closed,
                               not handled), "times"?: N next calls (default 1) | "probability"?: 0–1 with
                               "seed"?: int,
                               "methods"?: [method…], "chat_id"?} → Fault = the same with "id" and "left"
DELETE /control/faults         all;  DELETE /control/faults/{id}  one
POST   /control/pacing         {"on": bool}: Telegram's rates enforced or not
POST   /control/save           {} writes the state file now (only with --state)

Events
------
GET /control/events            text/event-stream; ``event:`` names the kind, ``data:`` is JSON, ``id:`` counts
                               up. Nothing is replayed:
                               after "hello" (sent first, and after each reconnection) read what is shown
                               again.
  hello         {"epoch": str (changes with each reset or start), "clock": Clock}
  message       {"person", "bubble": Bubble}        a new bubble on this person's phone (her own included)
  edited        {"person", "bubble": Bubble}        text, caption, buttons, reactions, poll
  deleted       {"person", "chat_id", "message_ids": [id…]}
  keyboard      {"person", "chat_id", "keyboard"}   the reply keyboard changed
  action        {"person", "chat_id", "action", "seconds": 5}
  notification  Notification
  answer        {"person", "chat_id", "message_id", "text", "alert", "url"}   what the pressed button says
  (toast or alert)
  person        Person · person_gone {"id"} · group Group
  clock         Clock
  faults        [Fault]
  commands      [{"command","description"}]
  reset         {"epoch"}
"""

import asyncio
import math
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.demo.telegram import acts
from bot.demo.telegram.control_args import Asked, arguments
from bot.demo.telegram.errors import Refusal
from bot.demo.telegram.events import frame
from bot.demo.telegram.faults import KINDS
from bot.demo.telegram.models import Json
from bot.demo.telegram.refused import Refused
from bot.demo.telegram.views import group_view, person_view
from bot.texts import emulator as texts

if TYPE_CHECKING:
    from bot.demo.telegram.api import LocalBotApi

_LOCAL = ("127.0.0.1", "localhost")
_STILL_THERE_S = 15.0  # a comment on a silent stream, so that a page that is gone is noticed


@web.middleware
async def guard(request: web.Request, handler: Any) -> web.StreamResponse:
    """Keep other origins away from the people's side, and turn refusals into sentences."""
    if "token" in request.match_info:
        answer: web.StreamResponse = await handler(request)  # the bot's side has its token
        return answer
    if not _local(request):
        return web.json_response({"error": texts.foreign_page()}, status=403)
    try:
        shown: web.StreamResponse = await handler(request)
        return shown
    except Refused as refused:
        return web.json_response({"error": refused.sentence}, status=refused.status)
    except Refusal as refusal:  # Telegram's own word about what a person sends
        return web.json_response({"error": acts.in_french(refusal)}, status=refusal.code)
    except web.HTTPRequestEntityTooLarge:
        return web.json_response({"error": texts.too_big(megabytes=50)}, status=413)


def _local(request: web.Request) -> bool:
    if urlsplit(f"//{request.host}").hostname not in _LOCAL:
        return False
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return False
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


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
        *acts.routes(api),
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
