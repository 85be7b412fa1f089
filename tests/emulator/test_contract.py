"""The judge itself: the specification refuses what it must, and the emulator has no method of its own."""

from typing import Any

import pytest

from bot.demo.telegram.methods import METHODS
from bot.demo.telegram.params import Args
from tests.emulator import contract

CHAT = {"id": 1, "type": "private", "first_name": "Awa"}
MESSAGE = {"message_id": 1, "date": 1, "chat": CHAT}


def test_every_method_is_telegrams() -> None:
    assert sorted(method.name for method in METHODS.values() if method.name not in contract.METHODS) == []


@pytest.mark.parametrize(
    ("value", "types"),
    [
        (MESSAGE | {"date": "1"}, ["Message"]),
        (MESSAGE | {"colour": "red"}, ["Message"]),
        ({"message_id": 1, "date": 1}, ["Message"]),
        (MESSAGE | {"entities": [{"type": "bold", "offset": 0}]}, ["Message"]),
        (MESSAGE | {"forward_origin": {"type": "stranger", "date": 1}}, ["Message"]),
        (True, ["Integer"]),
        ([1, "2"], ["Array of Integer"]),
    ],
)
def test_an_object_that_is_not_telegrams_is_caught(value: Any, types: list[str]) -> None:
    with pytest.raises(contract.Broken):
        contract.check("result", value, types)


@pytest.mark.parametrize(
    ("method", "values"),
    [
        ("sendMessage", {"chat_id": "1"}),
        ("sendMessage", {"chat_id": "1", "text": "x", "colour": "red"}),
        ("sendMessage", {"chat_id": "1", "text": "x", "message_thread_id": "soon"}),
        ("sendMessage", {"chat_id": "1", "text": "x", "reply_parameters": '{"id": 1}'}),
        ("sendMessage", {"chat_id": "1", "text": "x", "disable_notification": "perhaps"}),
    ],
)
def test_a_call_that_is_not_telegrams_is_caught(method: str, values: dict[str, Any]) -> None:
    with pytest.raises(contract.Broken):
        contract.observe(method, Args(values), MESSAGE)


def test_what_is_telegrams_passes() -> None:
    values = {
        "chat_id": "1",
        "text": "x",
        "disable_notification": "True",
        "reply_parameters": '{"message_id": 4}',
    }
    contract.observe("sendMessage", Args(values), MESSAGE)
