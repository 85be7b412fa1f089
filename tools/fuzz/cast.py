"""The cast plays a little of everything once, and every update it causes is kept."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from bot.demo.telegram import LocalBotApi
from bot.owe import ALBUM_GATHERS
from storage.inbox import InboxRow
from tests.cast import Scene
from tests.phones import Phone
from tools.fuzz.pauses import nothing_is_due, time_passes

# Each centre's team, and who teaches in its schools.
STAFF = ("Chantal", "Esmaman", "Farida", "Nadia", "Solène")
TEACHERS = (
    ("Awa", "Diallo", "Les Tilleuls", "CE1"),
    ("Marc", "Roux", "Le Verger", "CM2"),
    ("Inès", "Petit", "Les Peupliers", "GS"),
)


@dataclass(frozen=True, slots=True)
class Recording:
    """What was played: the updates, and the phones of those who played."""

    updates: list[dict[str, Any]]
    phones: list[Phone]
    staff: list[Phone]


async def play(scene: Scene) -> Recording:
    """Join, write, send of every kind, reply, edit, press, take back."""
    staff = [await scene.staff(name) for name in STAFF]
    teachers = [
        await scene.teacher(first, last, school=school, level=level)
        for first, last, school, level in TEACHERS
    ]
    for teacher in teachers:
        await _writes(scene, teacher)
    stranger = Phone(scene.api, first_name="Paul")
    await stranger.opens("")
    await stranger.writes("Bonjour, qui êtes-vous ?")
    await nothing_is_due(scene)
    await staff[0].writes("Sans répondre à rien.")
    for phone in (*staff, *teachers):
        await _answers_and_presses(scene, phone)
    return Recording(await _kept(scene), [*staff, *teachers, stranger], staff)


async def _writes(scene: Scene, teacher: Phone) -> None:
    first = await teacher.writes("Yanis ne fait pas ses devoirs, reste-t-il une place au CLAS ?")
    await nothing_is_due(scene)
    await teacher.edits(first, "Yanis B. ne fait pas ses devoirs, reste-t-il une place ?")
    await teacher.sends_photo("Son cahier")
    await teacher.sends_voice()
    await teacher.sends_document()
    await teacher.sends_sticker()
    await teacher.sends_place()
    await teacher.sends_venue()
    await teacher.sends_contact()
    await teacher.sends_poll("Quel jour ?", ["lundi", "mardi"])
    await teacher.sends_dice()
    await teacher.sends_video()
    await teacher.sends_video_note()
    await teacher.sends_audio()
    await teacher.sends_animation()
    await teacher.sends_album(2, "Deux pages")
    await teacher.reacts(first, "👍")
    await time_passes(scene, ALBUM_GATHERS)
    await teacher.writes("Il a des bleus, son père le frappe.")
    for command in ("/aide", "/reunion", "/absence", "/retirer", "/rythme"):
        await teacher.writes(command)
    await time_passes(scene, ALBUM_GATHERS)


async def _answers_and_presses(scene: Scene, phone: Phone) -> None:
    """A reply to the newest bubbles, then one button of each."""
    for shown in phone.received[-6:]:
        await phone.writes("Bien, je vous appelle.", reply_to=shown)
        await nothing_is_due(scene)
    for shown in phone.received:
        labels = [label for row in shown.buttons for label in row if not label.startswith("http")]
        if labels:
            await phone.taps(labels[shown.id % len(labels)], on=shown)
            await nothing_is_due(scene)


async def _kept(scene: Scene) -> list[dict[str, Any]]:
    """The raw updates, as the inbox has them."""
    async with scene.service.store.work(scene.clock.now()) as work:
        found: list[dict[str, Any]] = []
        last = 0
        while (row := await work.session.get(InboxRow, last + 1)) is not None:
            found.append(json.loads(row.raw or "{}"))
            last = row.id
    return found


async def come_back(scene: Scene) -> None:
    """Whoever has left, was cut off or has blocked the bot is there again: an empty house finds nothing."""
    async with scene.service.store.work(scene.clock.now()) as work:
        await work.session.execute(
            text(
                "UPDATE accounts SET ended_at = NULL, unreachable_at = NULL "
                "WHERE id IN (SELECT max(id) FROM accounts GROUP BY address)"
            )
        )
        await work.session.execute(text("UPDATE memberships SET ended_at = NULL"))


def buttons_of(api: LocalBotApi) -> list[tuple[int, int, str]]:
    """Every button on every screen: chat, message, data."""
    return [
        (chat.id, message.id, button["callback_data"])
        for chat in api.world.chats.values()
        for message in chat.messages.values()
        for row in (message.markup or {}).get("inline_keyboard", [])
        for button in row
        if "callback_data" in button
    ]
