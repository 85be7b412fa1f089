"""Everything that is not text, both ways: files up and down, albums, places, contacts, polls, dice."""

import io
import json
from typing import Any

import aiohttp
import pytest

from bot.demo.telegram import LocalBotApi
from bot.demo.telegram.files import MAX_DOWNLOAD, MAX_PHOTO, image_size
from bot.demo.telegram.samples import sample
from tests.emulator.conftest import Call
from tests.phones import Bubble, Phone

FILE_METHODS = {
    "photo": "sendPhoto",
    "document": "sendDocument",
    "voice": "sendVoice",
    "audio": "sendAudio",
    "video": "sendVideo",
    "animation": "sendAnimation",
    "video_note": "sendVideoNote",
    "sticker": "sendSticker",
}
CAPTIONED = sorted(set(FILE_METHODS) - {"video_note", "sticker"})


async def upload(
    api: LocalBotApi, http: aiohttp.ClientSession, method: str, files: dict[str, bytes], **fields: Any
) -> dict[str, Any]:
    form = aiohttp.FormData()
    for name, value in fields.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    for name, data in files.items():
        form.add_field(name, io.BytesIO(data), filename=f"{name}.bin", content_type="image/png")
    async with http.post(f"{api.base_url}/bot{api.token}/{method}", data=form) as answer:
        body: dict[str, Any] = await answer.json()
        return body


@pytest.mark.parametrize("kind", sorted(FILE_METHODS))
async def test_a_file_goes_out_comes_back_and_goes_out_again_by_its_id(
    api: LocalBotApi, http: aiohttp.ClientSession, call: Call, awa: Phone, kind: str
) -> None:
    data = sample(kind).data
    sent = await upload(api, http, FILE_METHODS[kind], {kind: data}, chat_id=awa.id)
    held = sent["result"][kind]
    file_id = (held[-1] if isinstance(held, list) else held)["file_id"]
    shown = awa.received[-1]
    assert shown.kind == kind
    file = (await call("getFile", file_id=file_id))["result"]
    async with http.get(f"{api.base_url}/file/bot{api.token}/{file['file_path']}") as answer:
        assert await answer.read() == data
    assert (await call(FILE_METHODS[kind], **{"chat_id": awa.id, kind: file_id}))["ok"]
    wrong = "sendVoice" if kind != "voice" else "sendPhoto"
    refused = await call(wrong, **{"chat_id": awa.id, wrong.removeprefix("send").lower(): file_id})
    assert refused["description"].startswith("Bad Request: can't use file of type ")


@pytest.mark.parametrize("kind", CAPTIONED)
async def test_captions_are_formatted_and_edited(
    api: LocalBotApi, http: aiohttp.ClientSession, call: Call, awa: Phone, kind: str
) -> None:
    sent = await upload(
        api,
        http,
        FILE_METHODS[kind],
        {kind: sample(kind).data},
        chat_id=awa.id,
        caption="<b>Voici</b>",
        parse_mode="HTML",
    )
    assert sent["result"]["caption_entities"] == [{"type": "bold", "offset": 0, "length": 5}]
    place = {"chat_id": awa.id, "message_id": sent["result"]["message_id"]}
    await call("editMessageCaption", **place, caption="Voilà")
    shown = await awa.sees("Voilà")
    assert (shown.kind, shown.edited, shown.entities) == (kind, True, ())
    assert (await call("editMessageCaption", **place))["ok"]
    assert awa.received[-1].text == ""


SENDERS = [
    "sends_photo",
    "sends_voice",
    "sends_document",
    "sends_audio",
    "sends_video",
    "sends_animation",
    "sends_video_note",
    "sends_sticker",
    "sends_place",
    "sends_venue",
    "sends_contact",
    "sends_dice",
]


@pytest.mark.parametrize("sender", SENDERS)
async def test_what_a_person_sends_arrives_and_is_copied_as_it_is(
    api: LocalBotApi, call: Call, awa: Phone, sender: str
) -> None:
    chantal = Phone(api, "Chantal")
    await chantal.opens()
    asked = await awa.writes("avant")
    shown: Bubble = await getattr(awa, sender)(reply_to=asked)
    update = (await call("getUpdates"))["result"][-1]["message"]
    assert update["reply_to_message"]["message_id"] == asked.id
    assert shown.kind in update
    await call("copyMessage", chat_id=chantal.id, from_chat_id=awa.id, message_id=shown.id)
    copy = chantal.received[-1]
    assert (copy.kind, copy.media, copy.location, copy.contact) == (
        shown.kind,
        shown.media,
        shown.location,
        shown.contact,
    )


async def test_an_album_goes_out_with_its_captions(
    api: LocalBotApi, http: aiohttp.ClientSession, awa: Phone
) -> None:
    media = [
        {"type": "photo", "media": "attach://one", "caption": "<i>un</i>", "parse_mode": "HTML"},
        {"type": "photo", "media": "attach://two"},
    ]
    picture = sample("photo").data
    files = {"one": picture, "two": picture}
    sent = await upload(api, http, "sendMediaGroup", files, chat_id=awa.id, media=media)
    assert len({message["media_group_id"] for message in sent["result"]}) == 1
    assert [shown.text for shown in awa.received] == ["un", ""]


@pytest.mark.parametrize(
    ("media", "said"),
    [
        ([], "media must be non-empty"),
        ([{"type": "photo", "media": "x"}], "group send failed"),
        (
            [{"type": "photo", "media": "x"}, {"type": "document", "media": "x"}],
            "can't use the media of the specified type in the album",
        ),
    ],
)
async def test_not_everything_makes_an_album(call: Call, awa: Phone, media: list[Any], said: str) -> None:
    refused = await call("sendMediaGroup", chat_id=awa.id, media=media)
    assert refused["description"] == f"Bad Request: {said}"


async def test_sizes_are_telegrams(
    api: LocalBotApi, http: aiohttp.ClientSession, call: Call, awa: Phone
) -> None:
    refused = await upload(api, http, "sendPhoto", {"photo": b"not a picture"}, chat_id=awa.id)
    assert refused["description"] == "Bad Request: IMAGE_PROCESS_FAILED"
    refused = await upload(api, http, "sendPhoto", {"photo": bytes(MAX_PHOTO + 1)}, chat_id=awa.id)
    assert "is too big for a photo" in refused["description"]
    refused = await upload(api, http, "sendDocument", {"document": b""}, chat_id=awa.id)
    assert refused["description"] == "Bad Request: file must be non-empty"
    shown = await awa.sends_document("film.bin", data=bytes(MAX_DOWNLOAD + 1))
    assert shown.media is not None
    refused = await call("getFile", file_id=shown.media["file_id"])
    assert refused["description"] == "Bad Request: file is too big"


async def test_the_media_of_a_message_is_replaced(
    api: LocalBotApi, http: aiohttp.ClientSession, call: Call, awa: Phone
) -> None:
    picture = sample("photo").data
    sent = (await upload(api, http, "sendPhoto", {"photo": picture}, chat_id=awa.id))["result"]
    document = await awa.sends_document("note.txt")
    assert document.media is not None
    media = {"type": "document", "media": document.media["file_id"], "caption": "la note"}
    place = {"chat_id": awa.id, "message_id": sent["message_id"]}
    assert (await call("editMessageMedia", **place, media=media))["ok"]
    assert (await awa.sees("la note")).kind == "document"


async def test_a_poll_is_asked_voted_and_told(call: Call, awa: Phone) -> None:
    options = [{"text": "lundi"}, {"text": "mardi"}]
    await call("sendPoll", chat_id=awa.id, question="Quand ?", options=options, is_anonymous=False)
    shown = awa.received[-1]
    await awa.votes(shown, 1)
    poll, answer = (await call("getUpdates"))["result"][-2:]
    assert [option["voter_count"] for option in poll["poll"]["options"]] == [0, 1]
    assert answer["poll_answer"]["option_ids"] == [1]
    assert awa.received[-1].poll == {
        "question": "Quand ?",
        "options": [
            {"text": "lundi", "voters": 0, "chosen": False},
            {"text": "mardi", "voters": 1, "chosen": True},
        ],
        "closed": False,
        "multiple": False,
        "anonymous": False,
    }


async def test_a_persons_poll_is_copied_without_its_votes(api: LocalBotApi, call: Call, awa: Phone) -> None:
    shown = await awa.sends_poll("Quand ?", ["lundi", "mardi"])
    await awa.votes(shown, 0)
    await call("copyMessage", chat_id=awa.id, from_chat_id=awa.id, message_id=shown.id)
    copy = awa.received[-1].poll
    assert copy is not None
    assert [option["voters"] for option in copy["options"]] == [0, 0]


async def test_places_contacts_and_dice_go_out(call: Call, awa: Phone) -> None:
    where = {"latitude": 48.99, "longitude": 2.26}
    await call("sendLocation", chat_id=awa.id, **where)
    await call("sendVenue", chat_id=awa.id, **where, title="Les Tilleuls", address="1 rue des Tilleuls")
    await call("sendContact", chat_id=awa.id, phone_number="+33639980000", first_name="Chantal")
    await call("sendDice", chat_id=awa.id, emoji="🎲")
    assert [shown.kind for shown in awa.received] == ["location", "venue", "contact", "dice"]
    assert awa.received[1].location == where | {"title": "Les Tilleuls", "address": "1 rue des Tilleuls"}


async def test_a_picture_hides_behind_a_spoiler(
    api: LocalBotApi, http: aiohttp.ClientSession, awa: Phone
) -> None:
    data = {"photo": sample("photo").data}
    await upload(api, http, "sendPhoto", data, chat_id=awa.id, has_spoiler=True)
    media = awa.received[-1].media
    assert media is not None
    assert media["spoiler"]


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (sample("photo").data, (480, 320)),
        (sample("sticker").data, (256, 256)),
        (b"\x89PNG\r\n\x1a\n" + bytes(8) + bytes([0, 0, 1, 64, 0, 0, 0, 240]), (320, 240)),
        (b"GIF89a" + bytes([3, 0, 4, 0]), (3, 4)),
        (
            b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x11\x08\x00\x05\x00\x06\x03" + bytes(12),
            (6, 5),
        ),
        (b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + bytes([6, 0, 0, 8, 0, 0]), (7, 9)),
        (b"%PDF-1.7", None),
        (b"", None),
    ],
)
def test_the_size_of_a_picture_is_read_from_its_head(data: bytes, size: tuple[int, int] | None) -> None:
    assert image_size(data) == size
