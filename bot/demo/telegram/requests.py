"""Reading a request's arguments, whatever body a client library chose: urlencoded, multipart, JSON or the
query string."""

import json
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.params import Args, Upload


async def read(request: web.Request) -> Args:
    """Return the arguments of a call. Raises `Refusal` when the body cannot be read."""
    values: dict[str, Any] = dict(request.query) if request.query_string else {}
    if not request.body_exists:
        return Args(values)
    kind = request.content_type
    if kind == "application/x-www-form-urlencoded":
        values.update(parse_qsl((await request.read()).decode(), keep_blank_values=True))
        return Args(values)
    if kind == "application/json":
        try:
            body = json.loads(await request.read() or b"{}")
        except ValueError:
            raise bad_request("can't parse JSON object") from None
        if isinstance(body, dict):
            values.update(body)
        return Args(values)
    if kind.startswith("multipart/"):
        fields, files = await read_multipart(request)
        uploads = {name: upload for name, upload in files}
        return Args(values | fields, uploads)
    return Args(values)


async def read_multipart(request: web.Request) -> tuple[dict[str, str], list[tuple[str, Upload]]]:
    """Return the fields and the files (several may share a name) of a multipart body."""
    fields: dict[str, str] = {}
    files: list[tuple[str, Upload]] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        data = bytes(await part.read(decode=True))
        if part.filename is None:
            fields[part.name] = data.decode("utf-8", "replace")
        else:
            kind = part.headers.get("Content-Type", "").partition(";")[0]
            files.append((part.name, Upload(safe_name(part.filename), kind, data)))
    return fields, files


def safe_name(name: str) -> str:
    """Return a file name without a path or control characters, as Telegram cleans it."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if letter.isprintable())[:200]
