"""Phones for stories: what somebody does on hers, what it shows, what it rang for. In-process, on a
`LocalBotApi`.

awa = Phone(api, first_name="Awa", last_name="Diallo")
await awa.opens("https://t.me/passerelle_demo_bot?start=abc")
await awa.presses("J'ai lu")
receipt = await awa.sees("Bien reçu")
"""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Self

from bot.demo.telegram import LocalBotApi, groups, people
from bot.demo.telegram.acts import answered, contents
from bot.demo.telegram.control_args import Asked
from bot.demo.telegram.models import Chat, Json, Message, Notification
from bot.demo.telegram.params import Upload
from bot.demo.telegram.refused import Refused
from tests.bubbles import Answer, Bubble, as_seen, plain

__all__ = ["Answer", "Bubble", "Phone", "new_group"]

PATIENCE_S = 20.0


class Phone:
    """Somebody's phone, on her private chat with the bot (or on a group: `in_group`)."""

    def __init__(
        self,
        api: LocalBotApi,
        first_name: str = "Awa",
        last_name: str = "",
        *,
        username: str = "",
        phone_number: str = "",
        language_code: str = "fr",
    ) -> None:
        self.api = api
        self.person = people.arrive(
            api.world,
            first_name,
            last_name=last_name,
            username=username,
            phone_number=phone_number,
            language_code=language_code,
        )
        self.chat = api.world.chats[self.person.id]

    def in_group(self, chat: Chat) -> Self:
        """Return the same phone, showing this group."""
        other = object.__new__(type(self))
        other.api, other.person, other.chat = self.api, self.person, chat
        return other

    @property
    def id(self) -> int:
        """The person's id, which is also the id of her private chat."""
        return self.person.id

    # ── what it shows ────────────────────────────────────────────────────────

    @property
    def bubbles(self) -> list[Bubble]:
        """All bubbles, oldest first."""
        return [self._bubble(message) for message in self.chat.messages.values()]

    @property
    def received(self) -> list[Bubble]:
        """The bubbles of others, oldest first."""
        return [shown for shown in self.bubbles if not shown.mine]

    @property
    def notifications(self) -> list[Notification]:
        """What the lock screen showed, oldest first: `text` with spoilers hidden, `sound` or silent."""
        return list(self.api.world.notifications[self.person.id])

    @property
    def rang(self) -> list[Notification]:
        """The notifications that made a sound, oldest first."""
        return [shown for shown in self.notifications if shown.sound]

    @property
    def keyboard(self) -> list[list[str]]:
        """The reply keyboard's labels, row by row; empty when there is none."""
        rows = (self.chat.keyboard or {"keyboard": []})["keyboard"]
        return [[key["text"] for key in row] for row in rows]

    def now(self, shown: Bubble) -> Bubble:
        """Return a bubble as it is now; AssertionError when it is gone."""
        message = self.chat.messages.get(shown.id)
        assert message is not None, f"the bubble is gone: {shown.text!r}"
        return self._bubble(message)

    def shows(self, fragment: str) -> bool:
        """Say whether any bubble of somebody else shows this now."""
        return any(True for _ in self._showing(fragment))

    async def sees(
        self, fragment: str, *, after: Bubble | None = None, timeout: float = PATIENCE_S
    ) -> Bubble:
        """Wait until a bubble of somebody else shows this text, and return the newest; `after`: newer than
        this one."""
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        while True:
            for shown in self._showing(fragment):
                if after is None or shown.id > after.id:
                    return shown
            left = end - loop.time()
            if left <= 0:
                shown_now = "\n".join(
                    f"  {shown.author}: {shown.text!r} {shown.labels}" for shown in self.bubbles
                )
                raise AssertionError(
                    f"{self.person.name} never saw {fragment!r}. Her phone shows:\n{shown_now}"
                )
            await self.api.world.events.change(left)

    async def quiet(self, seconds: float = 0.2) -> None:
        """Wait a little, and be sure that nothing new came meanwhile."""
        before = [shown.id for shown in self.received]
        await asyncio.sleep(seconds)
        new = [shown.text for shown in self.received if shown.id not in before]
        assert new == [], f"{self.person.name} was to be left in peace and got {new}"

    # ── what she does ────────────────────────────────────────────────────────

    async def opens(self, link_or_code: str = "") -> Bubble:
        """Press « Démarrer » on a t.me link or a code: `/start <code>`."""
        return self._bubble(people.start(self.api.world, self.person, link_or_code))

    async def writes(self, text: str, *, reply_to: Bubble | None = None, quote: str | None = None) -> Bubble:
        """Write a text, perhaps as a reply to a bubble, perhaps quoting a part of it.

        One too long for a message leaves as several, as Telegram's apps do; the first is returned.
        """
        target = reply_to.id if reply_to else None
        sent = people.write(self.api.world, self.person, self.chat, text, reply_to=target, quote=quote)
        return self._bubble(sent[0])

    async def edits(self, shown: Bubble, text: str) -> Bubble:
        """Change one's own text or caption."""
        return self._bubble(people.edit(self.api.world, self.person, self.chat, shown.id, text))

    async def deletes(self, *shown: Bubble) -> None:
        """Delete bubbles for everyone. The bot never learns of it."""
        people.delete(self.api.world, self.person, self.chat, [one.id for one in shown])

    async def presses(self, label: str, *, on: Bubble | None = None, timeout: float = PATIENCE_S) -> Answer:
        """Press the button of this label, once it is there, and wait for the bot's answer.

        The newest bubble that has it, unless `on` says which.

        A key of the reply keyboard writes its label, or shares the number; an address or a text to copy is
        only returned.
        """
        target, key = await self._button(label, on, timeout)
        if target is None:
            people.use_key(self.api.world, self.person, self.chat, key)
            return Answer(None, alert=False, url=None)
        if "callback_data" not in key:
            return Answer(key.get("copy_text", {}).get("text"), alert=False, url=key.get("url"))
        pressed = people.press(self.api.world, self.person, target, key)
        assert await answered(self.api.world, pressed, timeout), f"nobody answered the button {label!r}"
        return Answer(plain(pressed.text) if pressed.text else pressed.text, pressed.alert, pressed.url)

    async def taps(self, label: str, *, on: Bubble | None = None) -> str:
        """Press an inline button and wait for nothing; return the callback query's id."""
        target, key = await self._button(label, on, PATIENCE_S)
        assert target is not None, f"{label!r} is a key of the reply keyboard"
        return people.press(self.api.world, self.person, target, key).id

    async def forges(self, data: str, *, on: Bubble) -> Answer:
        """Send callback data that no button of the bubble carries, as a modified client can; wait for the
        answer."""
        target = self.api.world.chats[on.chat_id].messages[on.id]
        pressed = self.api.world.press(self.person, target, data)
        assert await answered(self.api.world, pressed, PATIENCE_S), "nobody answered the forged button"
        return Answer(plain(pressed.text) if pressed.text else pressed.text, pressed.alert, pressed.url)

    async def reacts(self, shown: Bubble, emoji: str | None) -> Bubble:
        """Put a reaction on a bubble, or take it away (None)."""
        return self._bubble(people.react(self.api.world, self.person, self.chat, shown.id, emoji))

    async def votes(self, shown: Bubble, *options: int) -> Bubble:
        """Vote in a poll, by the options' numbers from 0."""
        return self._bubble(people.vote(self.api.world, self.person, self.chat, shown.id, list(options)))

    async def forwards(self, shown: Bubble, *, hidden_name: str | None = None) -> Bubble:
        """Forward a bubble of any of her chats here. `hidden_name`: its author hides the account."""
        message = self.api.world.chats[shown.chat_id].messages[shown.id]
        sent = people.forward(self.api.world, self.person, self.chat, message, hidden_name=hidden_name)
        return self._bubble(sent)

    async def blocks_bot(self) -> None:
        """Stop the bot."""
        people.block(self.api.world, self.person)

    async def unblocks_bot(self) -> None:
        """Let the bot write again."""
        people.unblock(self.api.world, self.person)

    async def leaves(self) -> None:
        """Delete the account."""
        people.leave(self.api.world, self.person)

    # ── what she sends ───────────────────────────────────────────────────────

    async def sends_photo(self, caption: str = "", *, reply_to: Bubble | None = None) -> Bubble:
        """Send an invented photo."""
        return self._sent({"kind": "photo", "caption": caption}, reply_to)

    async def sends_voice(
        self, caption: str = "", *, seconds: int = 3, reply_to: Bubble | None = None
    ) -> Bubble:
        """Send a voice message."""
        return self._sent({"kind": "voice", "caption": caption, "duration": seconds}, reply_to)

    async def sends_document(
        self,
        name: str = "fiche.txt",
        caption: str = "",
        *,
        data: bytes | None = None,
        reply_to: Bubble | None = None,
    ) -> Bubble:
        """Send a file of this name, invented or with these bytes."""
        asked: Json = {"kind": "document", "file_name": name, "caption": caption}
        return self._sent(asked, reply_to, [Upload(name, "", data)] if data is not None else [])

    async def sends_audio(self, caption: str = "", *, reply_to: Bubble | None = None) -> Bubble:
        """Send a piece of music."""
        return self._sent({"kind": "audio", "caption": caption, "duration": 1}, reply_to)

    async def sends_video(self, caption: str = "", *, reply_to: Bubble | None = None) -> Bubble:
        """Send a video."""
        return self._sent({"kind": "video", "caption": caption, "duration": 4}, reply_to)

    async def sends_animation(self, caption: str = "", *, reply_to: Bubble | None = None) -> Bubble:
        """Send a GIF."""
        return self._sent({"kind": "animation", "caption": caption, "duration": 2}, reply_to)

    async def sends_video_note(self, *, reply_to: Bubble | None = None) -> Bubble:
        """Send a round video."""
        return self._sent({"kind": "video_note", "duration": 5}, reply_to)

    async def sends_sticker(self, emoji: str = "👍", *, reply_to: Bubble | None = None) -> Bubble:
        """Send a sticker that stands for this emoji."""
        return self._sent({"kind": "sticker", "emoji": emoji}, reply_to)

    async def sends_place(
        self, latitude: float = 48.99, longitude: float = 2.26, *, reply_to: Bubble | None = None
    ) -> Bubble:
        """Send a point on the map."""
        return self._sent({"kind": "location", "latitude": latitude, "longitude": longitude}, reply_to)

    async def sends_venue(
        self,
        title: str = "Les Tilleuls",
        address: str = "1 rue des Tilleuls",
        *,
        reply_to: Bubble | None = None,
    ) -> Bubble:
        """Send a place with its name and address."""
        return self._sent({"kind": "venue", "title": title, "address": address}, reply_to)

    async def sends_contact(
        self, phone_number: str = "", first_name: str = "", *, reply_to: Bubble | None = None
    ) -> Bubble:
        """Send a contact; without a number, her own."""
        asked = {"kind": "contact", "phone_number": phone_number, "first_name": first_name}
        return self._sent(asked, reply_to)

    async def sends_poll(
        self, question: str, options: Sequence[str], *, reply_to: Bubble | None = None
    ) -> Bubble:
        """Send a poll."""
        return self._sent({"kind": "poll", "question": question, "options": list(options)}, reply_to)

    async def sends_dice(self, emoji: str = "🎲", *, reply_to: Bubble | None = None) -> Bubble:
        """Throw a dice."""
        return self._sent({"kind": "dice", "emoji": emoji}, reply_to)

    async def sends_album(
        self, count: int = 2, caption: str = "", *, kind: str = "photo", reply_to: Bubble | None = None
    ) -> list[Bubble]:
        """Send an album of 2 to 10 photos (or of another kind); the caption is the first one's."""
        asked = Asked({"kind": kind, "count": count, "caption": caption})
        made = contents(self.api.world, self.person, asked)
        target = reply_to.id if reply_to else None
        sent = people.send(self.api.world, self.person, self.chat, made, reply_to=target)
        return [self._bubble(message) for message in sent]

    # ── inside ───────────────────────────────────────────────────────────────

    async def _button(self, label: str, on: Bubble | None, timeout: float) -> tuple[Message | None, Json]:
        """The button of this label, as soon as her phone shows it."""
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        while True:
            spelt = next((raw for raw in self._labels(on) if plain(raw) == plain(label)), label)
            try:
                return people.find_button(
                    self.api.world, self.person, self.chat, spelt, on.id if on else None
                )
            except Refused:
                if loop.time() >= end:
                    raise
            await self.api.world.events.change(max(0.0, end - loop.time()))

    def _labels(self, on: Bubble | None) -> list[str]:
        """Every label her phone shows, as the bot spelt it."""
        shown = [self.chat.messages.get(on.id)] if on else list(self.chat.messages.values())
        return [
            button["text"]
            for message in shown
            if message is not None
            for row in (message.markup or {}).get("inline_keyboard", [])
            for button in row
        ]

    def _sent(self, asked: Json, reply_to: Bubble | None, files: Sequence[Upload] = ()) -> Bubble:
        world = self.api.world
        made = contents(world, self.person, Asked(asked, files))
        target = reply_to.id if reply_to else None
        return self._bubble(people.send(world, self.person, self.chat, made, reply_to=target)[0])

    def _showing(self, fragment: str) -> Iterator[Bubble]:
        for message in reversed(self.chat.messages.values()):
            if message.sender_id != self.person.id:
                shown = self._bubble(message)
                if plain(fragment) in shown.text:
                    yield shown

    def _bubble(self, message: Message) -> Bubble:
        return as_seen(self.api.world, message, self.person.id)


def new_group(
    api: LocalBotApi,
    title: str,
    *phones: Phone,
    forum: bool = False,
    supergroup: bool = False,
    admin: bool = False,
) -> Chat:
    """Make a group of these people, the first of whom adds the bot."""
    members = [phone.id for phone in phones]
    return groups.create(api.world, title, members, forum=forum, supergroup=supergroup, admin=admin)
