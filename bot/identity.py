"""Who the bot is, asked of Telegram outside the running service: for `invite` and `doctor`.

One getMe over aiohttp; the URL, which holds the token, never leaves this file.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp

PATIENCE = aiohttp.ClientTimeout(total=10)


class TokenRefused(Exception):
    """Telegram answers, and does not know this token."""


class NotTelegram(Exception):
    """Something answers at the API root, but not as a Bot API does."""


class TelegramAway(Exception):
    """Nothing answers; the message is the kind of failure, without the URL."""


class WebhookRefused(Exception):
    """Telegram will not post to WEBHOOK_URL; the message is its own sentence, which quotes no secret."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The bot's username, and what time it is at the other end (None when it does not say)."""

    username: str
    its_time: datetime | None


async def ask(token: str, api_root: str) -> Identity:
    """Ask getMe.

    Raises TokenRefused, NotTelegram or TelegramAway.
    """
    try:
        async with (
            aiohttp.ClientSession(timeout=PATIENCE) as session,
            session.get(f"{api_root}/bot{token}/getMe") as answer,
        ):
            body, date = await answer.read(), answer.headers.get("Date")
    except TimeoutError:
        raise TelegramAway("aucune réponse en dix secondes") from None
    except (aiohttp.ClientError, OSError) as error:
        raise TelegramAway(type(error).__name__) from None
    try:
        told = json.loads(body)
        ok, code = bool(told["ok"]), told.get("error_code")
        username = str(told["result"]["username"]) if ok else ""
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NotTelegram from None
    if code in (401, 404):
        raise TokenRefused
    if not ok:
        raise TelegramAway(f"erreur {code}")
    return Identity(username, _moment(date))


def _moment(date: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(date).astimezone(UTC) if date else None
    except ValueError:
        return None
