"""What the emulator remembers: people, chats, messages, files, buttons pressed."""

from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]

# What the bot may be in a group; "kicked" is also what a private chat says when the person blocks the bot.
BotStatus = Literal["member", "administrator", "left", "kicked"]


@dataclass(slots=True)
class Person:
    """Someone with a phone. Her id is also the id of her private chat with the bot."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "fr"
    phone_number: str = ""
    started: bool = False
    blocked: bool = False
    gone: bool = False
    unread: int = 0

    @property
    def name(self) -> str:
        """The name Telegram displays."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(slots=True)
class Topic:
    """A forum topic: its id is the id of the service message that made it."""

    id: int
    name: str
    icon_color: int = 0x6FB9F0
    closed: bool = False


@dataclass(slots=True)
class Message:
    """One message of one chat. `content` holds the fields of its kind under their Bot API names (text,
    photo, caption, …)."""

    id: int
    chat_id: int
    sender_id: int
    date: int
    content: Json
    edited: int | None = None
    thread: int | None = None
    reply_to: int | None = None
    external_reply: Json | None = None
    quote: Json | None = None
    forward_origin: Json | None = None
    album: str | None = None
    markup: Json | None = None
    preview: Json | None = None
    silent: bool = False
    protected: bool = False
    pinned: bool = False
    reactions: dict[int, list[Json]] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The kind of content, e.g. "text", "photo", "venue"; "service" for what no one wrote."""
        return next((kind for kind in KINDS if kind in self.content), "service")


# "venue" and "animation" stand before "location" and "document", which Telegram adds beside them.
KINDS = (
    "text", "photo", "voice", "audio", "video", "animation", "video_note", "sticker", "document",
    "venue", "location", "contact", "poll", "dice",
)  # fmt: skip
CAPTIONED = frozenset({"photo", "voice", "audio", "video", "animation", "document"})
FILED = CAPTIONED | {"video_note", "sticker"}


@dataclass(slots=True)
class Chat:
    """A private chat (id = the person's) or a group (negative id)."""

    id: int
    type: Literal["private", "group", "supergroup"]
    title: str = ""
    members: list[int] = field(default_factory=list)
    forum: bool = False
    bot: BotStatus = "member"
    migrated_to: int | None = None
    topics: dict[int, Topic] = field(default_factory=dict)
    keyboard: Json | None = None
    last_message_id: int = 0  # supergroups count their own messages
    messages: dict[int, Message] = field(default_factory=dict)  # by id, which is also their order


@dataclass(slots=True)
class StoredFile:
    """A file that somebody uploaded, kept whole."""

    id: str
    unique_id: str
    kind: str
    name: str
    mime_type: str
    data: bytes

    @property
    def path(self) -> str:
        """The file_path that getFile gives."""
        return f"{self.kind}s/{self.unique_id}/{self.name}"


@dataclass(slots=True)
class Press:
    """A button pressed and not answered yet, or answered: what the person then sees."""

    id: str
    person_id: int
    chat_id: int
    message_id: int
    at: float  # on the emulator's clock
    answered: bool = False
    text: str | None = None
    alert: bool = False
    url: str | None = None


@dataclass(slots=True)
class Notification:
    """What a lock screen showed when a message came. `sound`: it rang, or it came silently."""

    person: int
    chat_id: int
    message_id: int
    title: str
    text: str
    sound: bool
    date: int


@dataclass(slots=True)
class Profile:
    """The bot itself: who it is, what it says of itself per language, its commands per scope and language."""

    id: int
    username: str
    name: str
    topics_enabled: bool = False
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[str, list[Json]] = field(default_factory=dict)  # key: see `methods.profile`
