"""The table of methods, by name in lower case: Telegram's names are case-insensitive."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from bot.demo.telegram.params import Args
from bot.demo.telegram.world import World

Function = Callable[[World, Args], Any]
Cost = Callable[[Args], int]


@dataclass(frozen=True, slots=True)
class Method:
    """A method: its official name, what does it, and how many messages a call of it sends (0: it sends
    none)."""

    name: str
    run: Callable[[World, Args], Any | Coroutine[Any, Any, Any]]
    cost: Cost


METHODS: dict[str, Method] = {}


def nothing(_: Args) -> int:
    """The call sends no message."""
    return 0


def one(_: Args) -> int:
    """The call sends one message."""
    return 1


def method(name: str, *, cost: Cost = nothing) -> Callable[[Function], Function]:
    """Register a function as the method `name`."""

    def register(function: Function) -> Function:
        METHODS[name.lower()] = Method(name, function, cost)
        return function

    return register
