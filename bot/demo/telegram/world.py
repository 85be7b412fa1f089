"""The emulator's world: who is there, who wrote what, and what each phone and the bot learn of it."""

import secrets
from collections import deque
from collections.abc import Iterator

from bot.demo.telegram import errors, wire
from bot.demo.telegram.clock import MovableClock
from bot.demo.telegram.events import Events
from bot.demo.telegram.models import (
    BotStatus,
    Chat,
    Json,
    Message,
    Notification,
    Person,
    Press,
    Profile,
    StoredFile,
    Topic,
)
from bot.demo.telegram.updates import Updates
from bot.demo.telegram.views import bubble, group_view, keyboard_view, lock_screen, notification_view

# Beyond 32 bits, as many real ids are: a column too narrow shows here first.
_FIRST_PERSON = 5_000_000_001
_FIRST_GROUP = -4_000_000_001
_FIRST_SUPERGROUP = -1_002_000_000_001
_PRESSES_KEPT = 10_000
CALLBACK_LIFETIME_S = 15.0  # after that Telegram's servers no longer take the answer to a button


class World:
    """Everything the emulator knows. Methods of the Bot API and acts of people change it only through
    here."""

    def __init__(self, bot: Profile, clock: MovableClock) -> None:
        self.bot = bot
        self.clock = clock
        self.events = Events()
        self.updates = Updates()
        # Counters outlive a reset, so that the bot never meets an id twice.
        self.next_person = _FIRST_PERSON
        self.next_group = _FIRST_GROUP
        self.next_supergroup = _FIRST_SUPERGROUP
        self.next_message = 1
        self.kept = False  # whether a state file follows
        self.clear()

    def clear(self) -> None:
        """Forget all people, chats, files and presses; nothing is pending for the bot any more."""
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.presses: dict[str, Press] = {}
        self.notifications: dict[int, deque[Notification]] = {}
        self.votes: dict[str, dict[int, list[int]]] = {}  # poll id → person → options
        self.actions: dict[tuple[int, int], tuple[str, float]] = {}  # (chat, thread) → action, until
        self.sends = 0
        self.changed: set[tuple[str, int | str, int]] = set()  # what a state file has not seen yet
        self.updates.pending.clear()

    # ── who and where ────────────────────────────────────────────────────────

    def add_person(self, person: Person) -> None:
        """Give a new person her phone and her private chat."""
        self.people[person.id] = person
        self.chats[person.id] = Chat(person.id, "private")
        self.notifications[person.id] = self.new_notifications()
        self.touch("person", person.id)
        self.touch("chat", person.id)

    @staticmethod
    def new_notifications() -> deque[Notification]:
        """Return the empty memory of a lock screen: its last 500 lines."""
        return deque(maxlen=500)

    def viewers(self, chat: Chat) -> Iterator[Person]:
        """Yield the people who see this chat on their phones."""
        for member in (chat.id,) if chat.type == "private" else chat.members:
            person = self.people.get(member)
            if person is not None and not person.gone:
                yield person

    def chat_for_bot(self, chat_id: int) -> Chat:
        """Return a chat the bot may write to, or raise Telegram's reason why not."""
        chat = self.chats.get(chat_id)
        if chat is None:
            raise errors.chat_not_found()
        if chat.type == "private":
            self._private_for_bot(self.people[chat_id])
        elif chat.migrated_to is not None:
            raise errors.upgraded(chat.migrated_to)
        elif chat.bot == "kicked":
            raise errors.bot_was_kicked(chat.type)
        elif chat.bot == "left":
            raise errors.bot_is_not_a_member(chat.type)
        return chat

    def _private_for_bot(self, person: Person) -> None:
        if person.gone:
            raise errors.user_is_deactivated()
        if person.blocked:
            raise errors.bot_was_blocked()
        if not person.started:
            known = any(
                person.id in chat.members and chat.bot in ("member", "administrator")
                for chat in self.chats.values()
            )
            raise errors.cannot_initiate() if known else errors.chat_not_found()

    # ── messages ─────────────────────────────────────────────────────────────

    def new_message_id(self, chat: Chat) -> int:
        """Return the next id: supergroups count their own, all other chats of an account share one count."""
        if chat.type == "supergroup":
            chat.last_message_id += 1
            return chat.last_message_id
        self.next_message += 1
        return self.next_message - 1

    def post(self, message: Message) -> Message:
        """Put a message in its chat; phones show it and ring, and the bot learns of it if it is not its
        own."""
        chat = self.chats[message.chat_id]
        chat.messages[message.id] = message
        self.touch("message", message.chat_id, message.id)
        own = message.sender_id == self.bot.id
        if own and message.kind != "service":
            self.sends += 1
            self.actions.pop((chat.id, message.thread or 0), None)
        for person in self.viewers(chat):
            if self.events.listeners:
                self.events.publish(
                    "message", {"person": person.id, "bubble": bubble(self, message, person.id)}
                )
            if person.id != message.sender_id and message.kind != "service":
                self._notify(person, message)
        if not own and self._bot_reads(chat, message):
            self.updates.emit("message", chat.id, wire.message(self, message))
        self.events.pulse()
        return message

    def _bot_reads(self, chat: Chat, message: Message) -> bool:
        """Privacy mode: in a group where it is no administrator, a bot sees commands, replies to it and
        service messages."""
        if chat.type == "private" or chat.bot == "administrator":
            return True
        if chat.bot != "member":
            return False
        replied = chat.messages.get(message.reply_to or 0)
        text = message.content.get("text", "")
        addressed = text.startswith("/") or f"@{self.bot.username}" in text
        return (
            message.kind == "service"
            or addressed
            or (replied is not None and replied.sender_id == self.bot.id)
        )

    def _notify(self, person: Person, message: Message) -> None:
        shown = Notification(
            person=person.id,
            chat_id=message.chat_id,
            message_id=message.id,
            title=self.chats[message.chat_id].title or self.bot.name,
            text=lock_screen(message),
            sound=not message.silent,
            date=message.date,
        )
        person.unread += 1
        self.notifications[person.id].append(shown)
        self.touch("person", person.id)
        if self.events.listeners:
            self.events.publish("notification", notification_view(shown))

    def edited(self, message: Message, *, by_person: bool = False) -> None:
        """Tell phones that a message looks different, and the bot when a person edited it."""
        self.touch("message", message.chat_id, message.id)
        chat = self.chats[message.chat_id]
        if self.events.listeners:
            for person in self.viewers(chat):
                self.events.publish(
                    "edited", {"person": person.id, "bubble": bubble(self, message, person.id)}
                )
        if by_person and self._bot_reads(chat, message):
            self.updates.emit("edited_message", chat.id, wire.message(self, message))
        self.events.pulse()

    def delete(self, chat: Chat, message_ids: list[int]) -> int:
        """Take messages out of a chat, for everyone; return how many were there."""
        gone = [message_id for message_id in message_ids if chat.messages.pop(message_id, None) is not None]
        for message_id in gone:
            self.touch("message", chat.id, message_id)
        if gone and self.events.listeners:
            for person in self.viewers(chat):
                self.events.publish("deleted", {"person": person.id, "chat_id": chat.id, "message_ids": gone})
        self.events.pulse()
        return len(gone)

    def set_keyboard(self, chat: Chat, keyboard: Json | None) -> None:
        """Show a reply keyboard under the writing field, or take it away."""
        if chat.keyboard == keyboard:
            return
        chat.keyboard = keyboard
        self.touch("chat", chat.id)
        for person in self.viewers(chat):
            self.events.publish(
                "keyboard", {"person": person.id, "chat_id": chat.id, "keyboard": keyboard_view(keyboard)}
            )

    # ── files and buttons ────────────────────────────────────────────────────

    def store_file(self, kind: str, name: str, mime_type: str, data: bytes) -> StoredFile:
        """Keep an uploaded file under new ids."""
        token = secrets.token_urlsafe(24)
        stored = StoredFile(f"demo-{kind}-{token}", token[:16], kind, name, mime_type, data)
        self.files[stored.id] = stored
        self.touch("file", stored.id)
        return stored

    def press(self, person: Person, message: Message, data: str) -> Press:
        """A person presses an inline button: the bot gets a callback query."""
        pressed = Press(
            str(secrets.randbits(62)), person.id, message.chat_id, message.id, self.clock.now().timestamp()
        )
        if len(self.presses) >= _PRESSES_KEPT:
            del self.presses[next(iter(self.presses))]
        self.presses[pressed.id] = pressed
        query: Json = {
            "id": pressed.id,
            "from": wire.user(person),
            "message": wire.message(self, message),
            "chat_instance": str(message.chat_id * 7919),
            "data": data,
        }
        self.updates.emit("callback_query", message.chat_id, query)
        return pressed

    def answer(self, press_id: str, text: str | None, alert: bool, url: str | None) -> None:
        """The bot answers a button: once, and in time."""
        pressed = self.presses.get(press_id)
        if (
            pressed is None
            or pressed.answered
            or self.clock.now().timestamp() - pressed.at > CALLBACK_LIFETIME_S
        ):
            raise errors.query_too_old()
        pressed.answered, pressed.text, pressed.alert, pressed.url = True, text, alert, url
        shown = {"person": pressed.person_id, "chat_id": pressed.chat_id, "message_id": pressed.message_id}
        self.events.publish("answer", shown | {"text": text, "alert": alert, "url": url})
        self.events.pulse()

    def topic(self, chat: Chat, thread: int) -> Topic:
        """Return an open topic of this chat, or raise Telegram's reason."""
        found = chat.topics.get(thread)
        if found is None:
            raise errors.bad_request("message thread not found")
        return found

    def bot_becomes(self, chat: Chat, status: BotStatus, *, by: int) -> None:
        """Change what the bot is in a group: it is told, and so are the members' phones. `by`: the user who
        did it."""
        before, chat.bot = chat.bot, status
        self.touch("chat", chat.id)
        self.my_chat_member(chat, before, status, by=by)
        self.events.publish("group", group_view(chat))

    def my_chat_member(self, chat: Chat, before: str, after: str, *, by: int) -> None:
        """Tell the bot that what it is in this chat has changed (a private chat: blocked or unblocked)."""
        change: Json = {
            "chat": wire.chat(self, chat),
            "from": wire.sender(self, by),
            "date": self.clock.unix(),
            "old_chat_member": wire.member(self, self.bot.id, before),
            "new_chat_member": wire.member(self, self.bot.id, after),
        }
        self.updates.emit("my_chat_member", chat.id, change)

    def touch(self, kind: str, key: int | str, part: int = 0) -> None:
        """Remember that this thing changed, for the state file."""
        if self.kept:
            self.changed.add((kind, key, part))
