"""The one door to Telegram.

A call goes in as data; out comes where it landed (:class:`Sent`), or :class:`Passing` (try again
later) or :class:`Refused` (never try again, and why). Nothing else in the service looks at
Telegram's errors.
"""

import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

os.environ.setdefault("PTB_TIMEDELTA", "true")  # else each 429 warns of the change this asks for now

CONNECTIONS = 16
"""More at once made every one of them slower (measured on two cores)."""
CALL_TIMEOUT = 10.0
"""Seconds; well under the outbox's lease."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call: ``kind`` is an outbox row's ``call``; refs are Telegram's message ids as text."""

    kind: str
    address: str
    text: str | None = None
    options: dict[str, Any] = field(default_factory=dict)
    ref: str | None = None
    reply_to: str | None = None
    copies_from: str | None = None
    copies: tuple[str, ...] = ()
    picture: bytes | None = None
    """What was drawn for it; None: the words go alone."""


@dataclass(frozen=True, slots=True)
class Sent:
    """It arrived; ``refs`` are the new message ids, in order (none for an edit)."""

    refs: tuple[str, ...] = ()


class Passing(Exception):
    """Telegram or the network cannot now. ``after``: seconds it asked us to wait, if it did.

    ``uncertain``: no answer came, so it may have arrived all the same.
    """

    def __init__(self, kind: str, after: float | None = None, uncertain: bool = False) -> None:
        super().__init__(kind)
        self.after = after
        self.uncertain = uncertain


class Refused(Exception):
    """Telegram will never do this. ``code``: blocked, gone, moved, stale, too_long, forbidden, bad."""

    def __init__(self, code: str, moved_to: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.moved_to = moved_to


ALREADY_SO = ("message is not modified", "message to delete not found", "message to react not found")
"""Refusals that mean the call has nothing left to do."""

REFUSALS = (
    # Telegram gives no codes, only sentences; seen in the Bot API server's source, 2026.
    ("bot was blocked", "blocked"),
    ("user is deactivated", "gone"),
    ("chat not found", "gone"),
    ("bot can't initiate conversation", "gone"),
    ("bot was kicked", "gone"),
    ("group chat was deactivated", "gone"),
    ("not enough rights", "forbidden"),
    ("have no rights", "forbidden"),
    ("message to edit not found", "stale"),
    ("message to copy not found", "stale"),
    ("message can't be edited", "stale"),
    ("message can't be deleted", "stale"),
    ("message can't be copied", "uncopiable"),
    ("query is too old", "stale"),
    ("message is too long", "too_long"),
    ("message caption is too long", "too_long"),
)

NO_PREVIEW = {"is_disabled": True}

UNREACHABLE = ("blocked", "gone")
"""Refusals that say the person cannot be reached in this chat at all."""


def refusal_of(sentence: str) -> str | None:
    """The code of a refusal; None when the call has simply nothing left to do."""
    lowered = sentence.lower()
    if any(known in lowered for known in ALREADY_SO):
        return None
    return next((code for known, code in REFUSALS if known in lowered), "bad")


class AiohttpRequest(BaseRequest):
    """python-telegram-bot's transport over aiohttp: twice the calls a second of its httpx one."""

    def __init__(self, connections: int = CONNECTIONS) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds."""
        return CALL_TIMEOUT

    async def initialize(self) -> None:
        """Open the pool of connections."""
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=self._connections))

    async def shutdown(self) -> None:
        """Close it."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One request; a failure becomes TimedOut or NetworkError, without the URL: it holds the token."""
        if self._session is None:
            await self.initialize()
        assert self._session is not None
        seconds = read_timeout if isinstance(read_timeout, int | float) else CALL_TIMEOUT
        try:
            async with self._session.request(
                method,
                url,
                data=_body(request_data),
                timeout=aiohttp.ClientTimeout(total=seconds),
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut from None
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from None


def _body(request_data: RequestData | None) -> Any:
    if request_data is None:
        return None
    if not request_data.multipart_data:
        return request_data.json_parameters
    form = aiohttp.FormData(request_data.json_parameters)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form


def make_bot(token: str, api_root: str) -> Bot:
    """A bot on this API root, with one connection of its own for the long poll."""
    return Bot(
        token,
        base_url=f"{api_root}/bot",
        base_file_url=f"{api_root}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(connections=1),
    )


class Sender:
    """Makes the calls of the outbox."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._calls: dict[str, Callable[[Call], Awaitable[Sequence[int]]]] = {
            "send": self._send,
            "edit": self._edit,
            "buttons": self._buttons,
            "copy": self._copy,
            "album": self._album,
            "document": self._document,
            "picture": self._picture,
            "delete": self._delete,
            "react": self._react,
            "toast": self._toast,
            "leave": self._leave,
        }

    async def make(self, call: Call) -> Sent:
        """Make a call.

        Raises:
            Passing: try again later.
            Refused: never again.
        """
        try:
            refs = await self._calls[call.kind](call)
        except RetryAfter as error:
            after = error.retry_after
            raise Passing(
                "flood", float(after if isinstance(after, int) else after.total_seconds())
            ) from None
        except ChatMigrated as error:
            raise Refused("moved", str(error.new_chat_id)) from None
        except (BadRequest, Forbidden) as error:
            code = refusal_of(str(error))
            if code is None:
                return Sent()
            raise Refused(code) from None
        except TimedOut:
            raise Passing("timeout", uncertain=True) from None
        except (InvalidToken, EndPointNotFound) as error:
            # Somebody is changing the token: what is owed must wait for the new one.
            raise Passing(type(error).__name__, after=30.0) from None
        except NetworkError as error:
            raise Passing("network", uncertain="Bad Gateway" not in str(error)) from None
        except TelegramError as error:
            raise Passing(type(error).__name__) from None
        return Sent(tuple(str(ref) for ref in refs))

    async def _post(self, method: str, **parameters: Any) -> Any:
        """One method, its answer as it comes.

        python-telegram-bot's own methods build an object for each button and parse whole messages:
        half of a call's time (measured), and an answer they cannot parse would look like a failure.
        """
        given = [RequestParameter(name, one, None) for name, one in parameters.items() if one is not None]
        return await self.bot.request.post(f"{self.bot.base_url}/{method}", RequestData(given))

    async def _send(self, call: Call) -> Sequence[int]:
        message = await self._post(
            "sendMessage",
            chat_id=_chat(call.address),
            text=call.text or "",
            parse_mode=ParseMode.HTML,
            reply_markup=_markup(call.options),
            reply_parameters=_reply(call),
            disable_notification=call.options.get("silent"),
            protect_content=call.options.get("protected"),
            link_preview_options=NO_PREVIEW,
        )
        return [message["message_id"]]

    async def _edit(self, call: Call) -> Sequence[int]:
        where = {"chat_id": _chat(call.address), "message_id": _ref(call)}
        looks = {"parse_mode": ParseMode.HTML, "reply_markup": _inline(call.options)}
        if call.options.get("caption"):
            await self._post("editMessageCaption", **where, **looks, caption=call.text)
        else:
            await self._post(
                "editMessageText", **where, **looks, text=call.text or "", link_preview_options=NO_PREVIEW
            )
        return []

    async def _buttons(self, call: Call) -> Sequence[int]:
        await self._post(
            "editMessageReplyMarkup",
            chat_id=_chat(call.address),
            message_id=_ref(call),
            reply_markup=_inline(call.options),
        )
        return []

    async def _copy(self, call: Call) -> Sequence[int]:
        message = await self._post(
            "copyMessage",
            chat_id=_chat(call.address),
            from_chat_id=_chat(call.copies_from or ""),
            message_id=int(call.copies[0]),
            caption=call.text,
            parse_mode=ParseMode.HTML,
            reply_parameters=_reply(call),
            disable_notification=call.options.get("silent"),
            protect_content=call.options.get("protected"),
            reply_markup=_inline(call.options),
        )
        return [message["message_id"]]

    async def _album(self, call: Call) -> Sequence[int]:
        messages = await self._post(
            "copyMessages",
            chat_id=_chat(call.address),
            from_chat_id=_chat(call.copies_from or ""),
            message_ids=[int(ref) for ref in call.copies],
            disable_notification=call.options.get("silent"),
            protect_content=call.options.get("protected"),
            remove_caption=call.options.get("bare"),
        )
        return [message["message_id"] for message in messages]

    async def _document(self, call: Call) -> Sequence[int]:
        message = await self.bot.send_document(
            _chat(call.address),
            (call.text or "").encode(),
            filename=call.options["name"],
            disable_notification=call.options.get("silent"),
        )
        return [message.message_id]

    async def _picture(self, call: Call) -> Sequence[int]:
        if call.picture is None:
            return await self._send(call)
        message = await self.bot.send_photo(
            _chat(call.address),
            call.picture,
            caption=call.text,
            parse_mode=ParseMode.HTML,
            disable_notification=call.options.get("silent"),
        )
        return [message.message_id]

    async def _delete(self, call: Call) -> Sequence[int]:
        await self._post("deleteMessage", chat_id=_chat(call.address), message_id=_ref(call))
        return []

    async def _react(self, call: Call) -> Sequence[int]:
        await self._post(
            "setMessageReaction",
            chat_id=_chat(call.address),
            message_id=_ref(call),
            reaction=[{"type": "emoji", "emoji": call.options["emoji"]}],
        )
        return []

    async def _toast(self, call: Call) -> Sequence[int]:
        await self._post(
            "answerCallbackQuery",
            callback_query_id=call.options["query"],
            text=call.text,
            show_alert=call.options.get("alert"),
        )
        return []

    async def _leave(self, call: Call) -> Sequence[int]:
        await self._post("leaveChat", chat_id=_chat(call.address))
        return []


def _chat(address: str) -> int:
    try:
        return int(address)
    except ValueError:  # an update may come from a chat that is none
        raise Refused("gone") from None


def _ref(call: Call) -> int:
    if call.ref is None:
        raise Refused("stale")
    return int(call.ref)


def _reply(call: Call) -> dict[str, Any] | None:
    if call.reply_to is None:
        return None
    return {"message_id": int(call.reply_to), "allow_sending_without_reply": True}


def _inline(options: dict[str, Any]) -> dict[str, Any] | None:
    rows: list[list[list[str]]] = options.get("buttons") or []
    return {"inline_keyboard": [[_button(*one) for one in row] for row in rows]} if rows else None


def _button(label: str, data: str) -> dict[str, str]:
    return {"text": label, "url" if data.startswith("https://") else "callback_data": data}


def _markup(options: dict[str, Any]) -> dict[str, Any] | None:
    if label := options.get("asks_contact"):
        key = {"text": label, "request_contact": True}
        return {"keyboard": [[key]], "resize_keyboard": True, "one_time_keyboard": True}
    if options.get("keyboard_off"):
        return {"remove_keyboard": True}
    return _inline(options)
