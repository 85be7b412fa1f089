"""The HTTP edge of the Bot API: /bot<token>/<method> and /file/bot<token>/<path>."""

import asyncio
import inspect
import json
import logging
import time
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.demo.telegram import errors, requests
from bot.demo.telegram.counters import Call
from bot.demo.telegram.errors import Refusal
from bot.demo.telegram.faults import Fault
from bot.demo.telegram.methods import METHODS, Method
from bot.demo.telegram.methods.receiving import RawJson
from bot.demo.telegram.params import Args

if TYPE_CHECKING:
    from bot.demo.telegram.api import LocalBotApi

_log = logging.getLogger(__name__)

MAX_BODY = 60 * 1024 * 1024  # a file of 50 MB and its fields


def routes(api: "LocalBotApi") -> list[web.RouteDef]:
    """Return the routes of the Bot API."""
    edge = _Edge(api)
    return [
        web.post("/bot{token}/{method}", edge.call),
        web.get("/bot{token}/{method}", edge.call, allow_head=False),
        web.get("/file/bot{token}/{path:.+}", edge.download, allow_head=False),
    ]


class _Dropped(Exception):
    """The connection was closed on purpose: nothing is answered."""


class _Edge:
    """Answers calls: token, arguments, faults, rates, then the method."""

    def __init__(self, api: "LocalBotApi") -> None:
        self._api = api

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Answer one call of a method."""
        api = self._api
        began = time.monotonic()
        method = METHODS.get(request.match_info["method"].lower())
        if request.match_info["token"] != api.token:
            return _refused(errors.unauthorized())
        if method is None:
            return _refused(errors.method_not_found())
        try:
            args = await requests.read(request)
        except Refusal as refusal:
            return _refused(refusal)
        except web.HTTPRequestEntityTooLarge:
            return _refused(Refusal(413, "Request Entity Too Large"))
        call = api.counters.begin(method.name, _chat_id(args), time.time())
        status: int | None = None
        try:
            answer = await self._answer(request, method, args, call)
            await answer.prepare(request)
            await answer.write_eof()
            status = answer.status
            return answer
        except _Dropped:
            return web.Response()  # goes nowhere: the transport is closed
        except (ConnectionError, asyncio.CancelledError):
            api.counters.abandoned += method.name != "getUpdates"
            raise
        finally:
            api.counters.end(call, status, (time.monotonic() - began) * 1000)

    async def _answer(self, request: web.Request, method: Method, args: Args, call: Call) -> web.Response:
        api = self._api
        fault = api.faults.strike(method.name.lower(), call.chat_id) if api.faults.active else None
        if fault is not None:
            call.fault = fault.kind
            if (answer := await _before(request, fault)) is not None:
                return answer
        try:
            cost = method.cost(args)
            if cost and call.chat_id is not None:
                api.limits.take(call.chat_id, cost)
            sent = api.world.sends
            result = method.run(api.world, args)
            if inspect.isawaitable(result):
                result = await result
            call.sent = api.world.sends - sent
            if call.sent:
                call.message_id = _message_id(result)
            if api.observer is not None:
                api.observer(method.name, args, result)
        except Refusal as refusal:
            return _refused(refusal)
        except Exception:
            _log.exception("%s failed", method.name)
            return _refused(errors.internal_error())
        if fault is not None:
            await _after(request, fault)
        return _done(result)

    async def download(self, request: web.Request) -> web.Response:
        """Give a file's bytes."""
        if request.match_info["token"] != self._api.token:
            return _refused(errors.unauthorized())
        path = request.match_info["path"]
        for stored in self._api.world.files.values():
            if stored.path == path:
                return web.Response(body=stored.data, content_type="application/octet-stream")
        return _refused(Refusal(404, "Not Found"))


async def _before(request: web.Request, fault: Fault) -> web.Response | None:
    """Let a fault happen before the call is handled; None when the call is to be handled all the same."""
    if fault.kind == "too_many_requests":
        return _refused(errors.too_many_requests(fault.retry_after))
    if fault.kind == "server_error":
        return _refused(errors.internal_error())
    if fault.kind == "hang":
        await asyncio.sleep(fault.seconds)
    if fault.kind in ("drop", "hang"):
        _drop(request)
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds / 2)
    return None


async def _after(request: web.Request, fault: Fault) -> None:
    """Let a fault happen once the call is done: the answer is lost, or late."""
    if fault.kind == "lose_answer":
        _drop(request)
    await asyncio.sleep(fault.seconds / 2)


def _drop(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
    raise _Dropped


def _chat_id(args: Args) -> int | None:
    try:
        return int(args.values["chat_id"])
    except (KeyError, TypeError, ValueError):
        return None


def _message_id(result: Any) -> int | None:
    first = result[0] if isinstance(result, list) and result else result
    return first.get("message_id") if isinstance(first, dict) else None


def _done(result: Any) -> web.Response:
    text = result if isinstance(result, RawJson) else json.dumps(result, ensure_ascii=False)
    return web.Response(body=f'{{"ok":true,"result":{text}}}'.encode(), content_type="application/json")


def _refused(refusal: Refusal) -> web.Response:
    headers = (
        {"Retry-After": str(refusal.parameters["retry_after"])}
        if "retry_after" in refusal.parameters
        else None
    )
    body = json.dumps(refusal.body(), ensure_ascii=False).encode()
    return web.Response(body=body, status=refusal.code, content_type="application/json", headers=headers)
