"""The people's side of the local Bot API: an HTTP control API under /control/, and its events.

It serves the page of phones, the benchmarks and the torture, which run the emulator as a process of its own.

Conventions
-----------
* Every body and every answer is JSON, except uploads (multipart/form-data), downloads and the event stream.
* A refusal is a 4xx with ``{"error": "<one French sentence>"}``: 400 bad argument, 403 foreign page,
  404 unknown person, chat, bubble or file, 409 impossible now (bot blocked, button gone, not your bubble),
  413 too big.
* Only 127.0.0.1 and localhost may stand in Host; Origin (which browsers send with every cross-origin call
  that changes something) must be the same host and port; Sec-Fetch-Site may not be cross-site: a page of
  another origin cannot drive this. The page itself is served beside, by `LocalBotApi(routes=…)`.
  Calls that change something take ``application/json`` or ``multipart/form-data``; without arguments ``{}``.
* Times are unix seconds on the emulator's clock. Entity offsets are UTF-16 units, as in JavaScript.
* ``{person}`` is a person's id, which is also the id of her private chat with the bot. Calls that act in a
  chat take an optional ``"chat_id"`` (a group); without it they act in the private chat.

The whole
---------
GET  /control/state   {"bot": {"id","username","first_name","commands": [Command]}, "clock": Clock,
                      "people": [Person], "groups": [Group], "faults": [Fault], "pacing": bool,
                      "webhook": bool, "polling": bool (a long poll is open), "pending_updates": int}
POST /control/reset   « Recommencer »: nobody, nothing said, no fault, counters at zero; the clock, the bot's
                      name, description and commands stay. → {"ok": true}
GET  /control/clock   Clock = {"now": float, "iso": "2026-11-24T18:42:00+00:00", "running": bool}
POST /control/clock   {"set": "2026-11-24T19:42:00+01:00" | unix seconds} and/or {"advance": seconds},
                      {"running": bool}, or {"real": true} (back to real time) → Clock

People and groups
-----------------
GET    /control/people            [Person]
POST   /control/people            {"first_name", "last_name"?, "username"?, "language_code"? ("fr"),
                                  "phone_number"?} → Person
DELETE /control/people/{person}   the phone leaves (the bot then gets « user is deactivated »)
GET    /control/groups            [Group]
POST   /control/groups            {"title", "members": [person…], "forum"?: bool, "supergroup"?: bool,
                                  "admin"?: bool}: the first member adds the bot → Group
POST   /control/groups/{chat}/upgrade   {} group → supergroup (new id) → Group
POST   /control/groups/{chat}/bot       {"status": "member"|"administrator"|"kicked"} → Group
POST   /control/topics            {"enabled": bool}: forum topics in the bot's private chats → {"ok": true}

Person = {"id", "first_name", "last_name", "username", "name", "phone_number", "started": bool,
          "blocked": bool, "unread": int}
Group = {"id", "title", "type", "is_forum": bool, "members": [person…],
         "bot": "member"|"administrator"|"left"|"kicked", "topics": [{"id","name","closed"}]}
Command = {"command", "description"}

What a person sees
------------------
GET  /control/people/{person}/chat?chat_id=&before=&limit=
     {"chat_id", "bubbles": [Bubble] oldest first (50 by default, 200 at most; `before`: a bubble's id, to go
     back), "more": bool, "keyboard": null|Keyboard, "typing": null|"typing"|"upload_photo"|…,
     "blocked": bool, "commands": [Command]}
GET  /control/people/{person}/notifications?limit=   [Notification] newest first
POST /control/people/{person}/read                   {} she has looked: unread → 0
GET  /control/files/{file_id}                        the file, with its Content-Type (nosniff, sandboxed)

Keyboard = {"rows": [[{"text", "request"?: "contact"|"location"}]], "one_time": bool, "placeholder"}
Bubble = {"id", "chat_id", "mine": bool, "from": {"id","name","bot"}, "date", "edited": null|date,
  "kind": "text"|"photo"|"document"|"voice"|"audio"|"video"|"animation"|"video_note"|"sticker"|"location"|
          "venue"|"contact"|"poll"|"dice"|"service",
  "text": text or caption ("" without), "entities": [MessageEntity] ("spoiler": hidden until touched),
  "buttons": [[{"text", "kind": "callback"|"url"|"copy"|"other", "url"?, "copy"?}]],
  "reply_to": null|{"id","name","text","kind"}, "quote": null|text, "forwarded_from": null|name,
  "silent": bool, "protected": bool, "reactions": [{"emoji", "count", "mine": bool, "bot": bool}],
  "album": null|id, "topic": null|thread id, "pinned": bool,
  "media": null|{"file_id","url","file_name","mime_type","size","duration","width","height","emoji",
                 "spoiler": bool},
  "location": null|{"latitude","longitude","title"?,"address"?},
  "contact": null|{"phone_number","first_name","last_name"?},
  "poll": null|{"question", "options": [{"text","voters","chosen"}], "closed", "multiple", "anonymous"},
  "dice": null|{"emoji","value"}}
Notification = {"person", "chat_id", "message_id", "title", "text" (spoilers hidden, as a lock screen shows
                them), "sound": bool, "date"}

What a person does (POST /control/people/{person}/…)
---------------------------------------------------
open      {"link": "https://t.me/<bot>?start=<code>" | "<code>" | ""}: « Démarrer »; unblocks → Bubble
send      JSON, one of
          {"text", "entities"?, "reply_to"?, "quote"?, "topic"?} (beyond 4096 units: several bubbles)
          {"kind": "location", "latitude", "longitude"}
          {"kind": "venue", "latitude", "longitude", "title", "address"}
          {"kind": "contact", "phone_number"?, "first_name"?, "last_name"?} (nothing: her own)
          {"kind": "poll", "question", "options": [text…]} · {"kind": "dice", "emoji"?}
          {"kind": a file's, "caption"?, "file_name"?, "mime_type"?, "duration"?, "emoji"?, "count"?: 1–10}:
          a small invented file of that kind, nothing to upload; several are an album
          or multipart: field "args" (the JSON above) and parts "file" (2–10: an album; 50 MB each)
          → {"bubbles": [Bubble]}
forward   {"message_id", "from_chat_id"?, "hidden_name"?: who hides the account} → {"bubbles": [Bubble]}
edit      {"message_id", "text"} (the caption of a media) → Bubble
delete    {"message_ids": [id…]} for everyone; the bot is never told → {"deleted": int}
press     {"message_id"?, "button": label | [row, column], "wait"?: seconds (0–30, default 5)}
          without message_id: the newest bubble that has this label, else the reply keyboard
          → {"kind": "callback", "answered": bool, "text": null|str, "alert": bool, "url": null|str}
          | {"kind": "url", "url"} | {"kind": "copy", "copy"} | {"kind": "sent", "bubbles": [Bubble]}
react     {"message_id", "emoji": "👍" | null} → Bubble
vote      {"message_id", "options": [index…]} → Bubble
block     {} · unblock {} → Person

Underneath
----------
GET    /control/counters       {"requests": {method: int}, "answers": {"200": int, …},
                               "updates": {"made","confirmed","pending"}, "sends": messages delivered,
                               "in_flight": int, "in_flight_max": int (polls apart), "abandoned": calls whose
                               client went away, "faults": {kind: int},
                               "limits": {"private","group","overall"}: breaches}
POST   /control/counters/reset {} → counters
GET    /control/calls?after=&limit=   [Call] oldest first, at most 1000 (of the last 100 000; no polls)
       Call = {"seq", "method", "chat_id", "at": real unix seconds when received, "ms": float until answered,
               "status": null|int, "fault": null|kind, "message_id": null|int, "sent": int}
GET    /control/faults         [Fault]
POST   /control/faults         {"kind": "too_many_requests" (429, "retry_after"?: 1) | "server_error" (500) |
                               "drop" (closed before handling) | "lose_answer" (handled, then closed) |
                               "hang" ("seconds"?: 30, then closed, not handled) |
                               "slow" ("seconds"?: 30; handled half-way, answered at the end),
                               "times"?: N next calls (1) | "probability"?: 0–1 with "seed"?: int,
                               "methods"?: [method…], "chat_id"?} → Fault = the same with "id" and "left"
DELETE /control/faults         all;  DELETE /control/faults/{id}  one → [Fault]
POST   /control/pacing         {"on": bool}: Telegram's rates enforced or not
POST   /control/save           {} writes the state file now (only with a state file)

Events
------
GET /control/events            text/event-stream; ``event:`` names the kind, ``data:`` is JSON, ``id:``
                               counts up. Nothing is replayed: after "hello" (first, and after each
                               reconnection) read again what is shown.
  hello         {"epoch": str (changes with each reset or start), "clock": Clock}
  message       {"person", "bubble": Bubble}   a new bubble on this person's phone (her own included)
  edited        {"person", "bubble": Bubble}   text, caption, buttons, reactions, poll, pin
  deleted       {"person", "chat_id", "message_ids": [id…]}
  keyboard      {"person", "chat_id", "keyboard"}   the reply keyboard changed
  action        {"person", "chat_id", "action", "seconds": 5}
  notification  Notification
  answer        {"person", "chat_id", "message_id", "text", "alert", "url"}   of a pressed button
  person        Person · person_gone {"id"} · group Group
  clock         Clock
  faults        [Fault]
  commands      [Command]
  reset         {"epoch"}
"""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.demo.telegram import acts, whole
from bot.demo.telegram.errors import Refusal
from bot.demo.telegram.refused import Refused
from bot.texts import emulator as texts

if TYPE_CHECKING:
    from bot.demo.telegram.api import LocalBotApi

_LOCAL = ("127.0.0.1", "localhost")


def routes(api: "LocalBotApi") -> list[web.RouteDef]:
    """Return all routes of the people's side."""
    return [*whole.routes(api), *acts.routes(api)]


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
    try:
        host = urlsplit(f"//{request.host}").hostname
        origin = urlsplit(request.headers.get("Origin", f"http://{request.host}")).netloc
    except ValueError:
        return False
    # A link on any site may lead to the page; only the page itself may ask for more.
    page = request.method == "GET" and not request.path.startswith("/control/")
    foreign = not page and request.headers.get("Sec-Fetch-Site") == "cross-site"
    return host in _LOCAL and origin == request.host and not foreign
