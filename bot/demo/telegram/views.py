"""What a person sees: bubbles, and the line a lock screen shows. Shapes: the docstring of `control`."""

from typing import TYPE_CHECKING

from bot.demo.telegram.entities import python_range
from bot.demo.telegram.models import FILED, Chat, Json, Message, Notification, Person

if TYPE_CHECKING:
    from bot.demo.telegram.world import World

_HIDDEN = "▒"
_PREVIEW = 200  # letters of a message that a lock screen shows at most
# What a lock screen says of a media without a caption, as a French Telegram says it.
_NAMES = {
    "photo": "Photo", "voice": "Message vocal", "audio": "Audio", "video": "Vidéo", "animation": "GIF",
    "video_note": "Message vidéo", "sticker": "Sticker", "document": "Fichier", "venue": "Lieu",
    "location": "Position", "contact": "Contact", "poll": "Sondage", "dice": "Dé", "service": "",
}  # fmt: skip


def words(message: Message) -> tuple[str, list[Json]]:
    """Return the text or the caption of a message, and its entities."""
    content = message.content
    if "text" in content:
        return content["text"], content.get("entities", [])
    return content.get("caption", ""), content.get("caption_entities", [])


def lock_screen(message: Message) -> str:
    """Return the line a lock screen shows: spoilers hidden, the kind of a media that has no caption."""
    text, entities = words(message)
    for entity in entities:
        if entity["type"] == "spoiler":
            start, end = python_range(text, entity)
            text = (
                text[:start]
                + "".join(" " if letter == " " else _HIDDEN for letter in text[start:end])
                + text[end:]
            )
    return text[:_PREVIEW] or _NAMES[message.kind]


def bubble(world: "World", message: Message, viewer: int) -> Json:
    """Return a message as a bubble on the phone of `viewer` (a person's id)."""
    text, entities = words(message)
    if message.kind == "service":
        text = service_line(world, message)
    return {
        "id": message.id,
        "chat_id": message.chat_id,
        "mine": message.sender_id == viewer,
        "from": _author(world, message.sender_id),
        "date": message.date,
        "edited": message.edited,
        "kind": message.kind,
        "text": text,
        "entities": entities,
        "buttons": _buttons(message.markup),
        "reply_to": _replied(world, message),
        "quote": message.quote["text"] if message.quote else None,
        "forwarded_from": _origin(message.forward_origin),
        "silent": message.silent,
        "protected": message.protected,
        "reactions": _reactions(world, message, viewer),
        "album": message.album,
        "topic": message.thread,
        "pinned": message.pinned,
        "media": _media(message),
        "location": _place(message),
        "contact": message.content.get("contact"),
        "poll": _poll(world, message, viewer),
        "dice": message.content.get("dice"),
    }


def notification_view(shown: Notification) -> Json:
    """Return a notification as the control API shows it."""
    return {
        "person": shown.person,
        "chat_id": shown.chat_id,
        "message_id": shown.message_id,
        "title": shown.title,
        "text": shown.text,
        "sound": shown.sound,
        "date": shown.date,
    }


def keyboard_view(keyboard: Json | None) -> Json | None:
    """Return a reply keyboard as the control API shows it."""
    if keyboard is None:
        return None
    rows = []
    for row in keyboard["keyboard"]:
        shown = []
        for button in row:
            request = (
                "contact"
                if button.get("request_contact")
                else "location"
                if button.get("request_location")
                else None
            )
            shown.append({"text": button["text"]} | ({"request": request} if request else {}))
        rows.append(shown)
    return {
        "rows": rows,
        "one_time": bool(keyboard.get("one_time_keyboard")),
        "placeholder": keyboard.get("input_field_placeholder", ""),
    }


def person_view(person: Person) -> Json:
    """Return a person as the control API shows her."""
    return {
        "id": person.id,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "username": person.username,
        "name": person.name,
        "phone_number": person.phone_number,
        "started": person.started,
        "blocked": person.blocked,
        "unread": person.unread,
    }


def group_view(chat: Chat) -> Json:
    """Return a group as the control API shows it."""
    topics = [{"id": topic.id, "name": topic.name, "closed": topic.closed} for topic in chat.topics.values()]
    return {
        "id": chat.id,
        "title": chat.title,
        "type": chat.type,
        "is_forum": chat.forum,
        "members": chat.members,
        "bot": chat.bot,
        "topics": topics,
    }


def service_line(world: "World", message: Message) -> str:
    """Return the grey line of a service message, as a French Telegram says it."""
    content = message.content
    author = _author(world, message.sender_id)["name"]
    if "new_chat_members" in content:
        return (
            f"{author} a ajouté {', '.join(member['first_name'] for member in content['new_chat_members'])}"
        )
    if "left_chat_member" in content:
        return f"{content['left_chat_member']['first_name']} a quitté le groupe"
    if "forum_topic_created" in content:
        return f"Sujet « {content['forum_topic_created']['name']} » créé"
    if "pinned_message" in content:
        return f"{author} a épinglé un message"
    if "migrate_to_chat_id" in content or "migrate_from_chat_id" in content:
        return "Le groupe est devenu un supergroupe"
    if "group_chat_created" in content or "supergroup_chat_created" in content:
        return f"{author} a créé le groupe"
    if "forum_topic_closed" in content:
        return "Sujet fermé"
    if "forum_topic_reopened" in content:
        return "Sujet rouvert"
    return ""


def _author(world: "World", user_id: int) -> Json:
    if user_id == world.bot.id:
        return {"id": user_id, "name": world.bot.name, "bot": True}
    return {"id": user_id, "name": world.people[user_id].name, "bot": False}


def _buttons(markup: Json | None) -> list[list[Json]]:
    if markup is None or "inline_keyboard" not in markup:
        return []
    return [[_button(button) for button in row] for row in markup["inline_keyboard"]]


def _button(button: Json) -> Json:
    if "callback_data" in button:
        return {"text": button["text"], "kind": "callback"}
    if "url" in button:
        return {"text": button["text"], "kind": "url", "url": button["url"]}
    if "copy_text" in button:
        return {"text": button["text"], "kind": "copy", "copy": button["copy_text"]["text"]}
    return {"text": button["text"], "kind": "other"}


def _replied(world: "World", message: Message) -> Json | None:
    if message.reply_to is None:
        return None
    target = world.chats[message.chat_id].messages.get(message.reply_to)
    if target is None:
        return None
    return {
        "id": target.id,
        "name": _author(world, target.sender_id)["name"],
        "text": lock_screen(target),
        "kind": target.kind,
    }


def _origin(origin: Json | None) -> str | None:
    if origin is None:
        return None
    if origin["type"] == "user":
        user = origin["sender_user"]
        return f"{user['first_name']} {user.get('last_name', '')}".strip()
    return str(origin.get("sender_user_name", ""))


def _reactions(world: "World", message: Message, viewer: int) -> list[Json]:
    shown: dict[str, Json] = {}
    for user_id, reactions in message.reactions.items():
        for reaction in reactions:
            emoji = reaction.get("emoji", "")
            row = shown.setdefault(emoji, {"emoji": emoji, "count": 0, "mine": False, "bot": False})
            row["count"] += 1
            row["mine"] |= user_id == viewer
            row["bot"] |= user_id == world.bot.id
    return list(shown.values())


def _media(message: Message) -> Json | None:
    if message.kind not in FILED:
        return None
    held = message.content[message.kind]
    body = held[-1] if isinstance(held, list) else held  # the largest size of a photo
    return {
        "file_id": body["file_id"],
        "url": f"/control/files/{body['file_id']}",
        "file_name": body.get("file_name"),
        "mime_type": body.get("mime_type"),
        "size": body.get("file_size"),
        "duration": body.get("duration"),
        "width": body.get("width", body.get("length")),
        "height": body.get("height", body.get("length")),
        "emoji": body.get("emoji"),
        "spoiler": bool(message.content.get("has_media_spoiler")),
    }


def _place(message: Message) -> Json | None:
    if "venue" in message.content:
        venue = message.content["venue"]
        return {**venue["location"], "title": venue["title"], "address": venue["address"]}
    place: Json | None = message.content.get("location")
    return place


def _poll(world: "World", message: Message, viewer: int) -> Json | None:
    poll = message.content.get("poll")
    if poll is None:
        return None
    chosen = world.votes.get(poll["id"], {}).get(viewer, [])
    return {
        "question": poll["question"],
        "options": [
            {"text": option["text"], "voters": option["voter_count"], "chosen": index in chosen}
            for index, option in enumerate(poll["options"])
        ],
        "closed": poll["is_closed"],
        "multiple": poll["allows_multiple_answers"],
        "anonymous": poll["is_anonymous"],
    }
