"""The routes by which people act: phones, groups, what a phone shows, and everything one does on it."""

import asyncio
from itertools import islice
from typing import TYPE_CHECKING

from aiohttp import web

from bot.demo.telegram import files, groups, people
from bot.demo.telegram.control_args import Asked, arguments
from bot.demo.telegram.errors import Refusal
from bot.demo.telegram.methods.media import make_poll, store, throw
from bot.demo.telegram.methods.profile import commands_shown
from bot.demo.telegram.models import FILED, Chat, Json, Message, Person, Press
from bot.demo.telegram.params import Upload
from bot.demo.telegram.refused import Refused
from bot.demo.telegram.samples import sample
from bot.demo.telegram.views import bubble, group_view, keyboard_view, notification_view, person_view
from bot.demo.telegram.world import World
from bot.texts import emulator as texts

if TYPE_CHECKING:
    from bot.demo.telegram.api import LocalBotApi

_LONGEST_WAIT_S = 30.0
LONGEST_ALBUM = 10


def routes(api: "LocalBotApi") -> list[web.RouteDef]:
    """Return the routes of people and groups."""
    acts = _Acts(api.world)
    one = "/control/people/{person}"
    return [
        web.get("/control/people", acts.people),
        web.post("/control/people", acts.arrive),
        web.delete(one, acts.leave),
        web.get("/control/groups", acts.groups),
        web.post("/control/groups", acts.new_group),
        web.post("/control/groups/{chat}/upgrade", acts.upgrade),
        web.post("/control/groups/{chat}/bot", acts.bot_in_group),
        web.post("/control/topics", acts.topics),
        web.get("/control/files/{file}", acts.file),
        web.get(one + "/chat", acts.chat),
        web.get(one + "/notifications", acts.notifications),
        *(
            web.post(f"{one}/{name}", getattr(acts, name))
            for name in (
                "read",
                "open",
                "send",
                "forward",
                "edit",
                "delete",
                "press",
                "react",
                "vote",
                "block",
                "unblock",
            )
        ),
    ]


def in_french(refusal: Refusal) -> str:
    """Say Telegram's refusal of something a person sends."""
    description = refusal.description
    if refusal.code == 413:
        return texts.too_big(megabytes=50)
    if "too big for a photo" in description:
        return texts.too_big(megabytes=10)
    if "IMAGE_PROCESS_FAILED" in description or "PHOTO_INVALID" in description:
        return texts.not_an_image()
    if "poll" in description:
        return texts.bad_poll()
    return texts.nothing_to_send()


def contents(world: World, person: Person, asked: Asked) -> list[Json]:
    """Return what a person sends, as contents: one, or the several of an album. Files are kept."""
    kind = asked.text("kind", "document" if asked.files else "text")
    if kind in FILED:
        given = asked.files or _invented(kind, asked)
        if not 1 <= len(given) <= LONGEST_ALBUM:
            raise Refused(400, texts.album_size())
        details = {"duration": asked.integer("duration", 0), "emoji": asked.text("emoji")}
        shown = [files.described(kind, store(world, kind, upload), details) for upload in given]
        return [people.captioned(shown[0], asked.text("caption")), *shown[1:]]
    if kind in ("location", "venue"):
        place = {"latitude": asked.number("latitude", 48.99), "longitude": asked.number("longitude", 2.26)}
        if kind == "location":
            return [{"location": place}]
        venue = {"location": place, "title": asked.text("title"), "address": asked.text("address")}
        return [{"venue": venue, "location": place}]
    if kind == "contact":
        if not asked.text("phone_number"):
            return [people.own_contact(person)]
        names = {name: asked.text(name) for name in ("last_name",) if asked.text(name)}
        first = {"phone_number": asked.text("phone_number"), "first_name": asked.text("first_name") or "?"}
        return [{"contact": first | names}]
    if kind == "poll":
        return [
            {"poll": make_poll(asked.text("question"), [str(option) for option in asked.items("options")])}
        ]
    if kind == "dice":
        return [{"dice": throw(asked.text("emoji", "🎲"))}]
    raise Refused(400, texts.bad_value(name="kind"))


def _invented(kind: str, asked: Asked) -> list[Upload]:
    name, mime_type = asked.text("file_name"), asked.text("mime_type")
    several = range(min(asked.integer("count", 1), LONGEST_ALBUM + 1))
    return [sample(kind, name=name, mime_type=mime_type, number=number) for number in several]


async def answered(world: World, pressed: Press, wait: float) -> bool:
    """Wait until the bot answers a pressed button, `wait` seconds at most; say whether it did."""
    end = asyncio.get_running_loop().time() + min(wait, _LONGEST_WAIT_S)
    while not pressed.answered:
        left = end - asyncio.get_running_loop().time()
        if left <= 0:
            return False
        await world.events.change(left)
    return True


class _Acts:
    """One method a route. Shapes: the docstring of `control`."""

    def __init__(self, world: World) -> None:
        self._world = world

    # ── who is there ─────────────────────────────────────────────────────────

    async def people(self, _: web.Request) -> web.Response:
        return web.json_response(
            [person_view(person) for person in self._world.people.values() if not person.gone]
        )

    async def arrive(self, request: web.Request) -> web.Response:
        asked = await arguments(request)
        if not asked.text("first_name").strip():
            raise Refused(400, texts.bad_value(name="first_name"))
        person = people.arrive(
            self._world,
            asked.text("first_name").strip(),
            last_name=asked.text("last_name").strip(),
            username=asked.text("username"),
            language_code=asked.text("language_code", "fr"),
            phone_number=asked.text("phone_number"),
        )
        return web.json_response(person_view(person))

    async def leave(self, request: web.Request) -> web.Response:
        people.leave(self._world, self._person(request))
        return web.json_response({"ok": True})

    async def groups(self, _: web.Request) -> web.Response:
        return web.json_response([group_view(chat) for chat in self._world.chats.values() if chat.id < 0])

    async def new_group(self, request: web.Request) -> web.Response:
        asked = await arguments(request)
        members = asked.integers("members")
        if not members or any(member not in self._world.people for member in members):
            raise Refused(404, texts.no_such_person())
        chat = groups.create(
            self._world,
            asked.text("title", "Groupe"),
            members,
            forum=asked.flag("forum"),
            supergroup=asked.flag("supergroup"),
            admin=asked.flag("admin"),
        )
        return web.json_response(group_view(chat))

    async def upgrade(self, request: web.Request) -> web.Response:
        return web.json_response(group_view(groups.upgrade(self._world, self._group(request))))

    async def bot_in_group(self, request: web.Request) -> web.Response:
        asked, chat = await arguments(request), self._group(request)
        groups.set_bot(self._world, chat, asked.text("status"))
        return web.json_response(group_view(chat))

    async def topics(self, request: web.Request) -> web.Response:
        self._world.bot.topics_enabled = (await arguments(request)).flag("enabled")
        return web.json_response({"ok": True})

    # ── what a phone shows ───────────────────────────────────────────────────

    async def chat(self, request: web.Request) -> web.Response:
        world, asked, person = self._world, Asked(request.query), self._person(request)
        chat = self._chat(person, asked)
        before = asked.integer("before", 0)
        limit = min(max(asked.integer("limit", 50), 1), 200)
        newest_first = (m for m in reversed(chat.messages.values()) if not before or m.id < before)
        found = list(islice(newest_first, limit + 1))
        action, until = world.actions.get((chat.id, asked.integer("topic", 0)), ("", 0.0))
        return web.json_response({
            "chat_id": chat.id,
            "bubbles": [bubble(world, message, person.id) for message in reversed(found[:limit])],
            "more": len(found) > limit,
            "keyboard": keyboard_view(chat.keyboard),
            "typing": action if until > world.clock.now().timestamp() else None,
            "blocked": person.blocked,
            "commands": commands_shown(world, chat, person.language_code),
        })  # fmt: skip

    async def notifications(self, request: web.Request) -> web.Response:
        shown = self._world.notifications[self._person(request).id]
        limit = max(Asked(request.query).integer("limit", 50), 0)
        return web.json_response([notification_view(line) for line in islice(reversed(shown), limit)])

    async def read(self, request: web.Request) -> web.Response:
        person = self._person(request)
        await arguments(request)
        person.unread = 0
        self._world.touch("person", person.id)
        return web.json_response(person_view(person))

    async def file(self, request: web.Request) -> web.Response:
        stored = self._world.files.get(request.match_info["file"])
        if stored is None:
            raise Refused(404, texts.no_such_file())
        # The bytes are somebody's: never run as a page of this origin.
        guards = {
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        }
        return web.Response(body=stored.data, headers=guards | {"Content-Type": stored.mime_type})

    # ── what one does ────────────────────────────────────────────────────────

    async def open(self, request: web.Request) -> web.Response:
        person, asked = self._person(request), await arguments(request)
        return self._shown(person, people.start(self._world, person, asked.text("link")))

    async def send(self, request: web.Request) -> web.Response:
        person, asked = self._person(request), await arguments(request)
        chat = self._chat(person, asked)
        reply_to, topic = asked.integer("reply_to", 0) or None, asked.integer("topic", 0) or None
        quote = asked.text("quote") or None
        if not asked.files and asked.text("kind", "text") == "text":
            entities = asked.items("entities")
            text = asked.text("text")
            sent = people.write(
                self._world,
                person,
                chat,
                text,
                entities=entities,
                reply_to=reply_to,
                quote=quote,
                topic=topic,
            )
        else:
            made = contents(self._world, person, asked)
            sent = people.send(self._world, person, chat, made, reply_to=reply_to, quote=quote, topic=topic)
        return self._all_shown(person, sent)

    async def forward(self, request: web.Request) -> web.Response:
        person, asked = self._person(request), await arguments(request)
        source = self._chat(person, Asked({"chat_id": asked.values.get("from_chat_id")}))
        message = source.messages.get(asked.integer("message_id", 0))
        if message is None:
            raise Refused(404, texts.no_such_bubble())
        hidden = asked.text("hidden_name") or None
        return self._all_shown(
            person,
            [people.forward(self._world, person, self._chat(person, asked), message, hidden_name=hidden)],
        )

    async def edit(self, request: web.Request) -> web.Response:
        person, asked = self._person(request), await arguments(request)
        chat, message_id = self._chat(person, asked), asked.integer("message_id", 0)
        return self._shown(person, people.edit(self._world, person, chat, message_id, asked.text("text")))

    async def delete(self, request: web.Request) -> web.Response:
        person, asked = self._person(request), await arguments(request)
        ids = asked.integers("message_ids")
        return web.json_response(
            {"deleted": people.delete(self._world, person, self._chat(person, asked), ids)}
        )

    async def press(self, request: web.Request) -> web.Response:
        person, asked = self._person(request), await arguments(request)
        chat = self._chat(person, asked)
        wanted = asked.integer("message_id", 0) or None
        message, key = people.find_button(self._world, person, chat, asked.values.get("button"), wanted)
        if message is None:
            return self._all_shown(person, [people.use_key(self._world, person, chat, key)], kind="sent")
        if "callback_data" in key:
            pressed = people.press(self._world, person, message, key)
            done = await answered(self._world, pressed, asked.number("wait", 5))
            said = {"text": pressed.text, "alert": pressed.alert, "url": pressed.url}
            return web.json_response({"kind": "callback", "answered": done, **said})
        if "url" in key:
            return web.json_response({"kind": "url", "url": key["url"]})
        return web.json_response({"kind": "copy", "copy": key.get("copy_text", {}).get("text", "")})

    async def react(self, request: web.Request) -> web.Response:
        person, asked = self._person(request), await arguments(request)
        chat, message_id = self._chat(person, asked), asked.integer("message_id", 0)
        return self._shown(
            person, people.react(self._world, person, chat, message_id, asked.text("emoji") or None)
        )

    async def vote(self, request: web.Request) -> web.Response:
        person, asked = self._person(request), await arguments(request)
        chat, message_id = self._chat(person, asked), asked.integer("message_id", 0)
        return self._shown(
            person, people.vote(self._world, person, chat, message_id, asked.integers("options"))
        )

    async def block(self, request: web.Request) -> web.Response:
        person = self._person(request)
        await arguments(request)
        people.block(self._world, person)
        return web.json_response(person_view(person))

    async def unblock(self, request: web.Request) -> web.Response:
        person = self._person(request)
        await arguments(request)
        people.unblock(self._world, person)
        return web.json_response(person_view(person))

    # ── finding ──────────────────────────────────────────────────────────────

    def _person(self, request: web.Request) -> Person:
        person = self._world.people.get(Asked(request.match_info).integer("person", 0))
        if person is None or person.gone:
            raise Refused(404, texts.no_such_person())
        return person

    def _chat(self, person: Person, asked: Asked) -> Chat:
        chat = self._world.chats.get(asked.integer("chat_id", 0) or person.id)
        if chat is None or (chat.id != person.id and person.id not in chat.members):
            raise Refused(404, texts.no_such_chat())
        return chat

    def _group(self, request: web.Request) -> Chat:
        chat = self._world.chats.get(Asked(request.match_info).integer("chat", 0))
        if chat is None or chat.type == "private" or chat.migrated_to is not None:
            raise Refused(404, texts.no_such_chat())
        return chat

    def _shown(self, person: Person, message: Message) -> web.Response:
        return web.json_response(bubble(self._world, message, person.id))

    def _all_shown(self, person: Person, sent: list[Message], **more: str) -> web.Response:
        return web.json_response(
            {**more, "bubbles": [bubble(self._world, message, person.id) for message in sent]}
        )
