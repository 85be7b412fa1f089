"""The logs hold neither a token nor what somebody wrote, whoever is logging."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot import logs

TOKEN = "123456789:AAH-inventedInventedInventedInvented"
WORDS = "Yanis B. ne rend plus rien"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    stream = io.StringIO()
    logs.configure(json=True, stream=stream)
    yield stream
    root.handlers, root.level = before, level
    structlog.reset_defaults()


def logged(lines: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_an_event_is_one_line_with_its_hour_and_level(lines: io.StringIO) -> None:
    structlog.get_logger().info("started", bot="passerelle_bot", updates=3)
    [line] = logged(lines)
    assert (line["event"], line["level"], line["bot"], line["updates"]) == (
        "started",
        "info",
        "passerelle_bot",
        3,
    )
    assert str(line["timestamp"]).endswith("Z")


@pytest.mark.parametrize(
    "value",
    [
        TOKEN,
        f"https://api.telegram.org/bot{TOKEN}/getMe",
        "http://127.0.0.1:1/bot42:short/getMe",
        [TOKEN],
        {"url": TOKEN},
        ValueError(TOKEN),
    ],
)
def test_a_token_is_blanked_wherever_it_stands(lines: io.StringIO, value: object) -> None:
    structlog.get_logger().warning(f"call {value}", where=value)
    assert "<token>" in lines.getvalue()
    assert "AAH" not in lines.getvalue()
    assert "short" not in lines.getvalue()


def test_an_hour_is_not_taken_for_a_token(lines: io.StringIO) -> None:
    structlog.get_logger().info("due", at="2026-11-24T19:42:00+00:00", ratio="12:30")
    assert "<token>" not in lines.getvalue()


def test_an_exception_is_said_by_its_type_and_place_without_its_message(lines: io.StringIO) -> None:
    try:
        raise ValueError(WORDS)
    except ValueError:
        structlog.get_logger().exception("update failed")
        logging.getLogger("sqlalchemy.engine").exception("failed")
    for line in logged(lines):
        assert line["error"] == "ValueError"
        assert "test_logs.py" in str(line["at"])
    assert WORDS not in lines.getvalue()
    assert len(logged(lines)) == 2


def test_libraries_are_heard_from_warnings_up_and_on_one_line(lines: io.StringIO) -> None:
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot%s/getMe", TOKEN)
    logging.getLogger("aiohttp.access").info("GET /bot%s/", TOKEN)
    logging.getLogger("asyncio").error("Task exception was never retrieved\nfuture: <Task %r>", WORDS)
    [line] = logged(lines)
    assert line["event"] == "Task exception was never retrieved"
    assert line["logger"] == "asyncio"
