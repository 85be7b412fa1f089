"""What people do on their phones: start, write, edit, delete, press, react, vote, forward, block."""

from collections.abc import Sequence
from copy import deepcopy
from datetime import timedelta
from typing import Any

from bot.demo.telegram import wire
from bot.demo.telegram.entities import Entity, formatted, utf16_length
from bot.demo.telegram.methods.copies import new_album, origin
from bot.demo.telegram.methods.messages import MAX_CAPTION, MAX_TEXT
from bot.demo.telegram.methods.reactions import EMOJI, reacted
from bot.demo.telegram.models import CAPTIONED, Chat, Json, Message, Person, Press
from bot.demo.telegram.refused import Refused
from bot.demo.telegram.views import person_view
from bot.demo.telegram.world import World
from bot.texts import emulator as texts

_EDITABLE = timedelta(hours=48)


def arrive(
    world: World,
    first_name: str,
    *,
    last_name: str = "",
    username: str = "",
    language_code: str = "fr",
    phone_number: str = "",
) -> Person:
    """Give somebody a phone; the bot does not know her before she starts it."""
    number = phone_number or f"+3363998{world.next_person % 10_000:04d}"  # a range kept for fiction
    person = Person(world.next_person, first_name, last_name, username, language_code, number)
    world.next_person += 1
    world.add_person(person)
    world.events.publish("person", person_view(person))
    return person


def leave(world: World, person: Person) -> None:
    """Take the phone away: the account is deleted, the bot is not told."""
    person.gone = True
    for chat in world.chats.values():
        if chat.id < 0 and person.id in chat.members:
            chat.members.remove(person.id)
            world.touch("chat", chat.id)
    world.touch("person", person.id)
    world.events.publish("person_gone", {"id": person.id})


def start(world: World, person: Person, link: str = "") -> Message:
    """Press « Démarrer » on a link, a code or nothing: `/start <code>`. It unblocks a blocked bot."""
    unblock(world, person)
    person.started = True
    world.touch("person", person.id)
    world.events.publish("person", person_view(person))
    code = start_code(link)
    return write(world, person, world.chats[person.id], f"/start {code}" if code else "/start")[0]


def start_code(link: str) -> str:
    """Return the code of a t.me link, or the code itself."""
    link = link.strip()
    if "start=" in link:
        return link.split("start=", 1)[1].split("&", 1)[0]
    return "" if "/" in link or link.startswith("@") else link


def write(
    world: World,
    person: Person,
    chat: Chat,
    text: str,
    *,
    entities: list[Entity] | None = None,
    reply_to: int | None = None,
    quote: str | None = None,
    topic: int | None = None,
) -> list[Message]:
    """Write a text, perhaps as a reply. As Telegram's apps do, a text too long becomes several messages."""
    pieces = [formatted(text, None, entities)] if utf16_length(text) <= MAX_TEXT else _pieces(text)
    if not any(piece for piece, _ in pieces):
        raise Refused(400, texts.nothing_to_send())
    sent = []
    for piece, found in pieces:
        content: Json = {"text": piece} | ({"entities": found} if found else {})
        sent += send(world, person, chat, [content], reply_to=reply_to, quote=quote, topic=topic)
        reply_to = quote = None  # the first one answers, the others go on
    return sent


def send(
    world: World,
    person: Person,
    chat: Chat,
    contents: Sequence[Json],
    *,
    reply_to: int | None = None,
    quote: str | None = None,
    topic: int | None = None,
    forward_origin: Json | None = None,
) -> list[Message]:
    """Send contents of any kind; several are an album."""
    _may_write(person, chat)
    replied = chat.messages.get(reply_to) if reply_to else None
    if reply_to and replied is None:
        raise Refused(404, texts.no_such_bubble())
    album = new_album() if len(contents) > 1 else None
    sent = []
    for content in contents:
        message = Message(
            id=world.new_message_id(chat),
            chat_id=chat.id,
            sender_id=person.id,
            date=world.clock.unix(),
            content=content,
            reply_to=reply_to or None,
            quote=_quote(replied, quote),
            thread=topic or (replied.thread if replied else None),
            album=album,
            forward_origin=forward_origin,
        )
        sent.append(world.post(message))
    return sent


def captioned(content: Json, caption: str) -> Json:
    """Add a caption to a media, for the kinds that have one."""
    text, found = formatted(caption, None, None)
    if utf16_length(text) > MAX_CAPTION:
        raise Refused(400, texts.too_long(longest=MAX_CAPTION))
    if not text or not any(kind in content for kind in CAPTIONED):
        return content
    return content | {"caption": text} | ({"caption_entities": found} if found else {})


def forward(
    world: World, person: Person, chat: Chat, message: Message, *, hidden_name: str | None = None
) -> Message:
    """Forward a bubble to the bot or a group. `hidden_name`: its author hides the account behind this
    name."""
    if message.protected:
        raise Refused(409, texts.protected())
    if message.kind == "service":
        raise Refused(409, texts.not_editable())
    shown = origin(world, message)
    if hidden_name:
        shown = {"type": "hidden_user", "date": message.date, "sender_user_name": hidden_name}
    return send(world, person, chat, [deepcopy(message.content)], forward_origin=shown)[0]


def edit(world: World, person: Person, chat: Chat, message_id: int, text: str) -> Message:
    """Change one's own text or caption; people have 48 hours for it."""
    message = _bubble(chat, message_id)
    if message.sender_id != person.id:
        raise Refused(409, texts.not_yours())
    if message.forward_origin is not None or not (message.kind == "text" or message.kind in CAPTIONED):
        raise Refused(409, texts.not_editable())
    if world.clock.unix() - message.date > _EDITABLE.total_seconds():
        raise Refused(409, texts.too_late_to_edit())
    _may_write(person, chat)
    if message.kind == "text":
        clean, found = formatted(text, None, None)
        if not clean:
            raise Refused(400, texts.nothing_to_send())
        if utf16_length(clean) > MAX_TEXT:
            raise Refused(400, texts.too_long(longest=MAX_TEXT))
        content: Json = {"text": clean} | ({"entities": found} if found else {})
    else:
        kept = {name: value for name, value in message.content.items() if not name.startswith("caption")}
        content = captioned(kept, text)
    if content != message.content:
        message.content = content
        message.edited = world.clock.unix()
        world.edited(message, by_person=True)
    return message


def delete(world: World, person: Person, chat: Chat, message_ids: list[int]) -> int:
    """Delete for everyone; the bot never learns of it. In a group, one's own only."""
    for message_id in message_ids:
        message = chat.messages.get(message_id)
        if message is not None and chat.type != "private" and message.sender_id != person.id:
            raise Refused(409, texts.not_yours())
    return world.delete(chat, message_ids)


def react(world: World, person: Person, chat: Chat, message_id: int, emoji: str | None) -> Message:
    """Put one reaction on a bubble, or take it away (None)."""
    message = reacted(chat, _bubble(chat, message_id))
    if emoji is not None and emoji.replace("\ufe0f", "") not in EMOJI:
        raise Refused(400, texts.unknown_reaction())
    old = message.reactions.pop(person.id, [])
    new: list[Json] = [{"type": "emoji", "emoji": emoji.replace("\ufe0f", "")}] if emoji else []
    if new:
        message.reactions[person.id] = new
    world.edited(message)
    # In groups a bot learns of reactions only as an administrator.
    if old != new and (chat.type == "private" or chat.bot == "administrator"):
        change: Json = {
            "chat": wire.chat(world, chat),
            "message_id": message.id,
            "user": wire.user(person),
            "date": world.clock.unix(),
            "old_reaction": old,
            "new_reaction": new,
        }
        world.updates.emit("message_reaction", chat.id, change)
    return message


def vote(world: World, person: Person, chat: Chat, message_id: int, options: list[int]) -> Message:
    """Vote in a poll; an empty list takes the vote back. The bot learns of votes in its own polls."""
    message = _bubble(chat, message_id)
    poll = message.content.get("poll")
    if poll is None or poll["is_closed"] or not all(0 <= index < len(poll["options"]) for index in options):
        raise Refused(409, texts.poll_is_closed())
    if len(options) > 1 and not poll["allows_multiple_answers"]:
        raise Refused(409, texts.poll_is_closed())
    votes = world.votes.setdefault(poll["id"], {})
    votes.pop(person.id, None)
    if options:
        votes[person.id] = options
    counted = [
        option | {"voter_count": sum(index in chosen for chosen in votes.values())}
        for index, option in enumerate(poll["options"])
    ]
    poll = poll | {"options": counted, "total_voter_count": len(votes)}
    message.content = message.content | {"poll": poll}
    world.edited(message)
    if message.sender_id == world.bot.id:
        world.updates.emit("poll", chat.id, poll)
        if not poll["is_anonymous"]:
            answer: Json = {"poll_id": poll["id"], "user": wire.user(person), "option_ids": options}
            answer["option_persistent_ids"] = [poll["options"][index]["persistent_id"] for index in options]
            world.updates.emit("poll_answer", chat.id, answer)
    return message


def block(world: World, person: Person) -> None:
    """Stop the bot: it is told, and may not write any more."""
    if person.started and not person.blocked:
        person.blocked = True
        _blocked_or_not(world, person, "member", "kicked")


def unblock(world: World, person: Person) -> None:
    """Let the bot write again: it is told."""
    if person.blocked:
        person.blocked = False
        _blocked_or_not(world, person, "kicked", "member")


def find_button(
    world: World, person: Person, chat: Chat, button: Any, message_id: int | None
) -> tuple[Message | None, Json]:
    """Return an inline button by its label or [row, column], in one bubble or the newest that has it; or
    the reply keyboard's.

    The message is None when the button is of the reply keyboard.
    """
    if message_id is not None:
        message = _bubble(chat, message_id)
        if (found := _in(message, button)) is not None:
            return message, found
        raise Refused(404, texts.no_such_button())
    for message in reversed(chat.messages.values()):
        if (found := _in(message, button)) is not None:
            return message, found
    for row in (chat.keyboard or {"keyboard": []})["keyboard"]:
        for key in row:
            if key["text"] == button:
                return None, key
    raise Refused(404, texts.no_such_button())


def press(world: World, person: Person, message: Message, button: Json) -> Press:
    """Press an inline callback button."""
    if world.chats[message.chat_id].type == "private" and person.blocked:
        raise Refused(409, texts.bot_is_blocked())
    return world.press(person, message, str(button["callback_data"]))


def use_key(world: World, person: Person, chat: Chat, key: Json) -> Message:
    """Press a key of the reply keyboard: it writes its label, or shares one's own contact."""
    keyboard = chat.keyboard or {}
    if key.get("request_contact"):
        sent = send(world, person, chat, [own_contact(person)])[0]
    else:
        sent = write(world, person, chat, str(key["text"]))[0]
    if keyboard.get("one_time_keyboard"):
        world.set_keyboard(chat, None)
    return sent


def own_contact(person: Person) -> Json:
    """Return one's own contact, as the share button sends it."""
    contact: Json = {
        "phone_number": person.phone_number,
        "first_name": person.first_name,
        "user_id": person.id,
    }
    return {"contact": contact | ({"last_name": person.last_name} if person.last_name else {})}


def _pieces(text: str) -> list[tuple[str, list[Entity]]]:
    """Cut a long text where a line or a word ends, if one does."""
    pieces = []
    while text:
        end, units = 0, 0
        while end < len(text) and (units := units + utf16_length(text[end])) <= MAX_TEXT:
            end += 1
        if end < len(text):
            end = max(text.rfind("\n", 0, end), text.rfind(" ", 0, end)) + 1 or end
        pieces.append(formatted(text[:end], None, None))
        text = text[end:]
    return [(piece, found) for piece, found in pieces if piece]


def _in(message: Message, button: Any) -> Json | None:
    rows: list[list[Json]] = (message.markup or {}).get("inline_keyboard", [])
    if isinstance(button, list):
        row, column = button
        return rows[row][column] if 0 <= row < len(rows) and 0 <= column < len(rows[row]) else None
    return next((key for row in rows for key in row if key["text"] == button), None)


def _bubble(chat: Chat, message_id: int) -> Message:
    message = chat.messages.get(message_id)
    if message is None:
        raise Refused(404, texts.no_such_bubble())
    return message


def _may_write(person: Person, chat: Chat) -> None:
    if person.gone:
        raise Refused(404, texts.no_such_person())
    if chat.type == "private":
        if person.blocked:
            raise Refused(409, texts.bot_is_blocked())
        if not person.started:
            raise Refused(409, texts.not_started())
    elif person.id not in chat.members:
        raise Refused(404, texts.no_such_chat())


def _blocked_or_not(world: World, person: Person, before: str, after: str) -> None:
    world.touch("person", person.id)
    world.my_chat_member(world.chats[person.id], before, after, by=person.id)
    world.events.publish("person", person_view(person))


def _quote(replied: Message | None, quote: str | None) -> Json | None:
    if replied is None or not quote:
        return None
    whole = replied.content.get("text") or replied.content.get("caption") or ""
    at = whole.find(quote)
    if at < 0:
        return None
    return {"text": quote, "position": utf16_length(whole[:at]), "is_manual": True}
