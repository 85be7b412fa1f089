"""Logs: one line an event, to stderr, JSON for a service manager and colours for a person.

A line never holds a message's content or a token. Ours are written with care; what other libraries say is
cut to what can be trusted: warnings only (httpx and aiohttp put the URL, hence the token, in their INFO
lines), the first line only (asyncio quotes whole objects below it), and of an exception its type and where
it was raised, never its message, which may quote what somebody wrote.
"""

import logging
import re
import sys
import traceback
from pathlib import PurePath
from types import TracebackType
from typing import TextIO, cast

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

type_and_trace = tuple[type[BaseException], BaseException, TracebackType | None]

_TOKEN = re.compile(r"\b(bot)?\d{5,}:[A-Za-z0-9_-]{20,}|\bbot\d+:[A-Za-z0-9_-]+")
_FRAMES_KEPT = 6


def configure(*, json: bool | None = None, stream: TextIO | None = None) -> None:
    """Send all logs to `stream` (stderr unless said otherwise), as JSON unless a person is looking at it."""
    out = sys.stderr if stream is None else stream
    if json is None:
        json = not out.isatty()
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(colors=out.isatty())
    )
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        describe_exception,
        redact_tokens,
    ]
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[first_line_only, structlog.stdlib.add_logger_name, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for talkative in ("httpx", "httpcore", "aiohttp.access", "telegram"):
        logging.getLogger(talkative).setLevel(logging.WARNING)


def redact_tokens(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Blank whatever looks like a bot token, in any value of the event."""
    return cast(EventDict, {name: _redacted(value) for name, value in event.items()})


def describe_exception(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace `exc_info` by the exception's type and the places it went through, without its message."""
    found = _exception_of(event.pop("exc_info", None))
    if found is not None:
        event["error"] = type(found).__name__
        event["at"] = places(found)
    return event


def first_line_only(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Keep the first line of what another library says."""
    event["event"] = str(event["event"]).partition("\n")[0]
    return event


def _redacted(value: object) -> object:
    if isinstance(value, str):
        return _TOKEN.sub("<token>", value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dict):
        return {key: _redacted(inside) for key, inside in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_redacted(inside) for inside in value]
    if isinstance(value, logging.LogRecord):  # structlog's own bookkeeping, removed before rendering
        return value
    return _TOKEN.sub("<token>", str(value))


def _exception_of(exc_info: object) -> BaseException | None:
    if isinstance(exc_info, BaseException):
        return exc_info
    if isinstance(exc_info, tuple):
        return cast(type_and_trace, exc_info)[1]
    return sys.exc_info()[1] if exc_info else None


def places(error: BaseException) -> str:
    """The last places an exception went through: « file:line function > … »."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES_KEPT:]
    return " > ".join(f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
