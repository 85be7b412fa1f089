"""Hands on the phones of a scene: they write, reply and press as a person would, and wait as she would."""

import asyncio

from bot.demo.telegram import people
from bot.demo.telegram.acts import answered
from bot.demo.telegram.models import Json, Message, Person
from bot.demo.telegram.refused import Refused
from bot.demo.telegram.world import World

PATIENCE_S = 15.0
A_MOMENT_S = 3.0


class NothingToTouch(Exception):
    """A button never came, or nobody answered it; the message is its label."""


async def tap(world: World, person: Person, label: str) -> None:
    """Press the newest button of this label as soon as it is there, and wait until it is answered.

    Raises NothingToTouch.
    """
    message, key = await _button(world, person, label)
    before = (message.content, message.markup)
    if not await answered(world, people.press(world, person, message, key), PATIENCE_S):
        raise NothingToTouch(label)
    # What she touched changes under her finger: a button of that bubble must not be taken for a newer one.
    end = asyncio.get_running_loop().time() + A_MOMENT_S
    while (message.content, message.markup) == before and (
        left := end - asyncio.get_running_loop().time()
    ) > 0:
        await world.events.change(left)


def write(world: World, person: Person, text: str) -> None:
    """Write a message."""
    people.write(world, person, world.chats[person.id], text)


async def reply(world: World, person: Person, label: str, text: str) -> None:
    """Reply to the newest message that has this button, once it is there.

    Raises NothingToTouch.
    """
    message, _ = await _button(world, person, label)
    people.write(world, person, world.chats[person.id], text, reply_to=message.id)


async def _button(world: World, person: Person, label: str) -> tuple[Message, Json]:
    end = asyncio.get_running_loop().time() + PATIENCE_S
    while True:
        try:
            message, key = people.find_button(world, person, world.chats[person.id], label, None)
            if message is not None:
                return message, key
        except Refused:
            pass  # not there yet
        left = end - asyncio.get_running_loop().time()
        if left <= 0:
            raise NothingToTouch(label)
        await world.events.change(left)
