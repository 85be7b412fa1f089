"""Sending everything that is not text: files, albums, places, contacts, polls, dice; and giving files
back."""

import secrets

from bot.demo.telegram import files, wire
from bot.demo.telegram.entities import formatted
from bot.demo.telegram.errors import Refusal, bad_request
from bot.demo.telegram.methods.copies import new_album
from bot.demo.telegram.methods.messages import Draft, caption_content, open_chat
from bot.demo.telegram.methods.registry import Function, method, one
from bot.demo.telegram.models import CAPTIONED, Json, StoredFile
from bot.demo.telegram.params import Args, Upload
from bot.demo.telegram.world import World

_METHODS = {
    "sendPhoto": "photo", "sendDocument": "document", "sendVoice": "voice", "sendAudio": "audio",
    "sendVideo": "video", "sendAnimation": "animation", "sendVideoNote": "video_note",
    "sendSticker": "sticker",
}  # fmt: skip
_DICE = {"🎲": 6, "🎯": 6, "🏀": 5, "⚽": 5, "🎳": 6, "🎰": 64}
_DETAILS = ("duration", "width", "height", "length", "title", "performer", "emoji")


def _sender(kind: str) -> Function:
    def send(world: World, args: Args) -> Json:
        chat = open_chat(world, args)
        content = _file_content(
            world, args, kind, args.values.get(kind), upload=args.files.get(kind), details=dict(args.values)
        )
        if kind in CAPTIONED:
            content |= caption_content(args)
        if args.flag("has_spoiler") and kind in ("photo", "video", "animation"):
            content["has_media_spoiler"] = True
        return wire.message(world, Draft(world, chat, args).post(content))

    return send


for _name, _kind in _METHODS.items():
    method(_name, cost=one)(_sender(_kind))


def _items(args: Args) -> int:
    return len(args.items("media") or []) or 1


@method("sendMediaGroup", cost=_items)
def send_media_group(world: World, args: Args) -> list[Json]:
    """Send an album: 2 to 10 photos and videos, or documents only, or audios only."""
    chat = open_chat(world, args)
    items = args.items("media") or []
    if not 2 <= len(items) <= 10:
        raise bad_request("group send failed" if items else "media must be non-empty")
    if not all(isinstance(item, dict) for item in items):
        raise bad_request("can't parse InputMedia: expected an Object")
    kinds = {item.get("type") for item in items}
    if not (kinds <= {"photo", "video"} or kinds in ({"document"}, {"audio"})):
        raise bad_request("can't use the media of the specified type in the album")
    contents = [described(world, args, item) for item in items]
    draft, album = Draft(world, chat, args), new_album()
    return [wire.message(world, draft.post(content, album=album)) for content in contents]


def described(world: World, args: Args, item: Json) -> Json:
    """Return the content of an InputMedia: its file (attach://, file_id) and its caption."""
    kind = str(item.get("type"))
    if kind not in CAPTIONED:
        raise bad_request("can't parse InputMedia: type of the media is invalid")
    given = str(item.get("media", ""))
    upload = args.files.get(given.removeprefix("attach://")) if given.startswith("attach://") else None
    content = _file_content(world, args, kind, given, upload=upload, details=item) | caption_content(
        Args(item)
    )
    if item.get("has_spoiler"):
        content["has_media_spoiler"] = True
    return content


def _file_content(
    world: World, args: Args, kind: str, given: object, *, upload: Upload | None, details: Json
) -> Json:
    if upload is None and isinstance(given, str) and given.startswith("attach://"):
        upload = args.files.get(given.removeprefix("attach://"))
    if upload is not None:
        stored = store(world, kind, upload)
    else:
        stored = _known(world, kind, given)
    return files.described(kind, stored, {name: details.get(name) for name in _DETAILS})


def store(world: World, kind: str, upload: Upload) -> StoredFile:
    """Keep an uploaded file, within Telegram's sizes."""
    if not upload.data:
        raise bad_request("file must be non-empty")
    size = len(upload.data)
    if size > files.MAX_UPLOAD:
        raise Refusal(413, "Request Entity Too Large")
    if kind == "photo" and size > files.MAX_PHOTO:
        raise bad_request(
            f"file of size {size} bytes is too big for a photo; the maximum size is {files.MAX_PHOTO} bytes"
        )
    name = upload.name or files.default_name(kind)
    return world.store_file(kind, name, files.mime_type(kind, name, upload.mime_type), upload.data)


def _known(world: World, kind: str, given: object) -> StoredFile:
    if not isinstance(given, str) or not given:
        raise bad_request(f"there is no {kind.replace('_', ' ')} in the request")
    if given.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")  # the emulator fetches nothing from outside
    stored = world.files.get(given)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return stored


@method("getFile")
def get_file(world: World, args: Args) -> Json:
    """Say where a file is to be downloaded; up to 20 MB."""
    stored = world.files.get(args.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.data) > files.MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return wire.file(stored)


@method("sendLocation", cost=one)
def send_location(world: World, args: Args) -> Json:
    """Send a place on the map."""
    chat = open_chat(world, args)
    return wire.message(world, Draft(world, chat, args).post({"location": _location(args)}))


@method("sendVenue", cost=one)
def send_venue(world: World, args: Args) -> Json:
    """Send a place with its name and address."""
    chat = open_chat(world, args)
    place = _location(args)
    venue = {"location": place, "title": _required(args, "title"), "address": _required(args, "address")}
    return wire.message(world, Draft(world, chat, args).post({"venue": venue, "location": place}))


@method("sendContact", cost=one)
def send_contact(world: World, args: Args) -> Json:
    """Send somebody's name and number."""
    chat = open_chat(world, args)
    contact = {"phone_number": _required(args, "phone_number"), "first_name": _required(args, "first_name")}
    contact |= {name: args.text(name) for name in ("last_name", "vcard") if args.text(name)}
    return wire.message(world, Draft(world, chat, args).post({"contact": contact}))


@method("sendPoll", cost=one)
def send_poll(world: World, args: Args) -> Json:
    """Ask a question with 2 to 12 answers."""
    chat = open_chat(world, args)
    question, entities = formatted(
        args.text("question"), args.optional("question_parse_mode"), args.items("question_entities")
    )
    options = [
        str(option.get("text", "") if isinstance(option, dict) else option)
        for option in args.items("options") or []
    ]
    poll = make_poll(question, options, multiple=args.flag("allows_multiple_answers"),
                     anonymous="is_anonymous" not in args.values or args.flag("is_anonymous"))  # fmt: skip
    if entities:
        poll["question_entities"] = entities
    return wire.message(world, Draft(world, chat, args).post({"poll": poll}))


def make_poll(question: str, options: list[str], *, multiple: bool = False, anonymous: bool = True) -> Json:
    """Return a new regular Poll without votes, or raise Telegram's refusal."""
    if not 1 <= len(question) <= 300:
        raise bad_request(
            "poll question must be non-empty" if not question else "poll question length must not exceed 300"
        )
    if len(options) < 2:
        raise bad_request("poll must have at least 2 option")
    if len(options) > 12:
        raise bad_request("poll can't have more than 12 options")
    if not all(1 <= len(option) <= 100 for option in options):
        raise bad_request("poll options length must not exceed 100")
    return {
        "id": str(secrets.randbits(62)),
        "question": question,
        "options": [
            {"persistent_id": str(index), "text": option, "voter_count": 0}
            for index, option in enumerate(options)
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": anonymous,
        "type": "regular",
        "allows_multiple_answers": multiple,
        "allows_revoting": True,
        "members_only": False,
    }


@method("sendDice", cost=one)
def send_dice(world: World, args: Args) -> Json:
    """Throw a dice."""
    chat = open_chat(world, args)
    return wire.message(world, Draft(world, chat, args).post({"dice": throw(args.text("emoji", "🎲"))}))


def throw(emoji: str) -> Json:
    """Return a Dice of this emoji."""
    emoji = emoji.replace("\ufe0f", "")
    if emoji not in _DICE:
        raise bad_request("EMOTICON_INVALID")
    return {"emoji": emoji, "value": secrets.randbelow(_DICE[emoji]) + 1}


def _location(args: Args) -> Json:
    latitude, longitude = args.number("latitude"), args.number("longitude")
    if latitude is None or longitude is None or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad_request(
            "wrong location coordinates specified" if latitude is not None else "latitude is empty"
        )
    place: Json = {"latitude": latitude, "longitude": longitude}
    if (accuracy := args.number("horizontal_accuracy")) is not None:
        place["horizontal_accuracy"] = accuracy
    return place


def _required(args: Args, name: str) -> str:
    value = args.text(name)
    if not value:
        raise bad_request(f'parameter "{name}" is required')
    return value
