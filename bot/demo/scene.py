"""The scene: whose phones are there, joined by themselves as people would, and the moment it begins."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.demo import hands
from bot.demo.cast import ACQUAINTANCE, CHAPTERS, OPENING, ROLES, Role, Step
from bot.demo.keeper import Keeper
from bot.demo.telegram import LocalBotApi, people
from bot.demo.telegram.models import Person
from bot.demo.telegram.views import person_view

Json = dict[str, Any]


class Scene:
    """Prepares scenes, adds phones, and remembers who is who in `folder`."""

    def __init__(self, api: LocalBotApi, keeper: Keeper, folder: Path, database: Path) -> None:
        self._api = api
        self._keeper = keeper
        self._file = folder / "scene.json"
        self._database = database
        self._one_at_a_time = asyncio.Lock()
        self._preparing: set[asyncio.Task[None]] = set()
        self._roles: dict[int, str] = {}
        self._codes: dict[int, str] = {}
        self._chapter = OPENING
        self._fresh_at = 0
        self._count = 0

    def recall(self) -> bool:
        """Read who is who from the last time; False when there is no scene to go on with."""
        try:
            kept = json.loads(self._file.read_text(encoding="utf-8"))
            self._roles = {int(person): role for person, role in kept["roles"].items() if role in ROLES}
            self._codes = {int(person): code for person, code in kept["codes"].items()}
            self._chapter, self._fresh_at = str(kept["chapter"]), int(kept["fresh_at"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return False
        return all(person in self._api.world.people for person in self._roles) and bool(self._roles)

    def view(self) -> Json:
        """Return what the page needs to know of the scene."""
        ranks = {role: rank for rank, role in enumerate(ROLES)}
        return {
            "bot": self._keeper.state,
            "chapters": list(CHAPTERS),
            "chapter": self._chapter,
            "fresh": self._untouched(OPENING),
            "people": {
                str(person): {
                    "role": role,
                    "label": ROLES[role].label,
                    "rank": ranks[role],
                    "code": self._codes.get(person),
                }
                for person, role in self._roles.items()
            },
            "offers": [{"role": key, "name": role.name, "label": role.label} for key, role in ROLES.items()],
        }

    async def prepare(self, chapter: str) -> None:
        """Start afresh at the beginning of a chapter; nothing to do when that is where we are.

        Done to its end, and told, even when the page that asked has gone: half a scene would keep the next
        one waiting for a bot that serves another database.

        Raises BotAway, BotRefuses, NothingToTouch.
        """
        preparing = asyncio.create_task(self._prepare(chapter))
        self._preparing.add(preparing)
        preparing.add_done_callback(self._prepared)
        await asyncio.shield(preparing)

    def _prepared(self, task: asyncio.Task[None]) -> None:
        self._preparing.discard(task)
        if not task.cancelled() and task.exception() is None:
            self.announce()

    async def _prepare(self, chapter: str) -> None:
        async with self._one_at_a_time:
            if self._untouched(chapter):
                self._api.clock.set(CHAPTERS[chapter].moment)
                return
            self._chapter, self._fresh_at = chapter, 0
            await self._keeper.pause()
            self._empty()
            self._api.clock.set(CHAPTERS[chapter].joined)
            await self._keeper.resume()
            for role in CHAPTERS[chapter].phones:
                await self._join(await self._arrive(role), ROLES[role])
            await self._play(ACQUAINTANCE)
            await self._play(CHAPTERS[chapter].before)
            self._api.clock.set(CHAPTERS[chapter].moment)
            self._all_read()
            self._fresh_at = self._api.world.next_message
            self._keep()

    async def add(self, role: str) -> int:
        """Put somebody's phone on the page, with a code to join if she has one; return the person's id.

        Raises KeyError for an unknown role, BotAway.
        """
        person = await self._arrive(role)
        self._keep()
        return person.id

    async def poster(self, person: int) -> str:
        """Return the printed invitation of somebody's phone, as SVG.

        Raises KeyError for a phone without invitation, BotAway.
        """
        code = self._codes[person]
        link = f"https://t.me/{self._api.world.bot.username}?start={code}"
        svg: str = (await self._keeper.ask("poster", code=code, link=link))["svg"]
        return svg

    def forget_the_gone(self) -> None:
        """Phones that were taken away are not of the scene any more."""
        gone = {person.id for person in self._api.world.people.values() if person.gone}
        self._roles = {person: role for person, role in self._roles.items() if person not in gone}

    def announce(self) -> None:
        """Tell the pages."""
        self._api.world.events.publish("demo", self.view())

    def _empty(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            self._database.with_name(self._database.name + suffix).unlink(missing_ok=True)
        self._api.reset()
        self._roles, self._codes = {}, {}
        self._count += 1
        self._api.world.events.publish("reset", {"epoch": f"scene {self._count}"})

    async def _arrive(self, key: str) -> Person:
        role = ROLES[key]
        code = None
        if role.school or role.staff:
            code = (await self._keeper.ask("code", school=role.school, staff=role.staff))["code"]
        first, _, last = role.name.partition(" ")
        world = self._api.world
        self._roles[world.next_person] = key  # before the page hears of her
        if code:
            self._codes[world.next_person] = code
        self.announce()
        return people.arrive(world, first, last_name=last)

    async def _join(self, person: Person, role: Role) -> None:
        people.start(self._api.world, person, self._codes[person.id])
        for label in role.taps:
            await hands.tap(self._api.world, person, label)

    def _untouched(self, chapter: str) -> bool:
        """Whether this chapter is ready, and nobody has done anything since."""
        self.forget_the_gone()
        return (
            self._chapter == chapter
            and self._api.world.next_message == self._fresh_at
            and set(self._roles.values()) == set(CHAPTERS[chapter].phones)
        )

    async def _play(self, steps: Sequence[Step]) -> None:
        world = self._api.world
        phones = {role: world.people[person] for person, role in self._roles.items()}
        for step in steps:
            if step.tap:
                await hands.tap(world, phones[step.who], step.tap)
            elif step.to:
                await hands.reply(world, phones[step.who], step.to, step.text)
            else:
                hands.write(world, phones[step.who], step.text)
        await self._keeper.ask("settle")

    def _all_read(self) -> None:
        """Everybody has looked at her phone."""
        world = self._api.world
        for person in world.people.values():
            person.unread = 0
            world.touch("person", person.id)
            world.events.publish("person", person_view(person))

    def _keep(self) -> None:
        kept = {
            "roles": self._roles,
            "codes": self._codes,
            "chapter": self._chapter,
            "fresh_at": self._fresh_at,
        }
        self._file.write_text(json.dumps(kept), encoding="utf-8")
