"""Write first, think later: what Telegram gives us is committed before it is believed.

Our own loop rather than python-telegram-bot's Updater, which confirms an update before it is
handled (measured on 22.8: kill -9 lost 45 of 50 messages). The offset moves, and the webhook
answers 200, only once the raw update is in the inbox.
"""

import asyncio
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.clock import Clock
from bot.heed import Heed
from storage import inbox
from storage.inbox import Received
from storage.store import DatabaseAway, Store

log = structlog.get_logger(__name__)

LONG_POLL = 25
"""Seconds a poll stays open when nothing comes."""
SLACK = 10
"""Seconds more than that before we call the connection hung."""
LISTENING = 1.0
"""Seconds at most between two polls while the database is away: danger is answered in less than two."""
BATCH = 100
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""The updates we ask Telegram for."""


class Intake:
    """Takes updates in, by long polling or one by one from the webhook."""

    def __init__(
        self, bot: Bot, bot_id: int, store: Store, clock: Clock, heed: Heed, long_poll: int = LONG_POLL
    ) -> None:
        self._bot = bot
        self._bot_id = bot_id
        self._store = store
        self._clock = clock
        self._heed = heed
        self._long_poll = long_poll
        self.offset: int | None = None
        """The next update to ask for; 0: the oldest Telegram still has; None: where the inbox stopped."""
        self.on_duty = False
        """Whether we are the active process. One that waits, behind a balancer, leaves the card to it."""
        self.polled = asyncio.Event()
        """Set once Telegram has answered a poll."""
        self.keeps = True
        """False while the database takes nothing in: it may still let itself be read."""

    async def run(self) -> None:
        """Poll for ever."""
        self.keeps = True
        pause = 0.0
        while True:
            try:
                if self.offset is None:
                    async with self._store.work(self._clock.now()) as work:
                        self.offset = await inbox.next_offset(work.session, self._bot_id)
                batch = await self._poll(self.offset)
                await self.keep(batch)
                if batch:
                    # The last one's, not the highest: after a silent week Telegram draws the next
                    # number at random, and it may be lower than all before.
                    self.offset = batch[-1]["update_id"] + 1
                pause = 0.0
            except RetryAfter as error:
                after = error.retry_after
                pause = float(after if isinstance(after, int) else after.total_seconds())
            except (TelegramError, DatabaseAway) as error:
                longest = LISTENING if isinstance(error, DatabaseAway) else 15.0
                pause = min(longest, max(0.1, pause * 2))
                self._say(error)
            if pause:
                await asyncio.sleep(pause)

    async def listen(self) -> None:
        """Poll for ever, hear danger and keep nothing: for as long as no database answers.

        Nothing is confirmed either: Telegram gives the same updates again, and :meth:`keep` takes them.
        """
        self.keeps = False
        while True:
            try:
                self._listen(await self._poll(self.offset or 0))
            except TelegramError as error:
                self._say(error)
            await asyncio.sleep(LISTENING)

    async def keep(self, batch: Sequence[dict[str, Any]]) -> None:
        """Commit a batch of raw updates; the danger card leaves without waiting for it.

        Raises:
            DatabaseAway: nothing is kept, Telegram still has the batch; the card has left, whoever we are.
        """
        if not batch:
            return
        if self.on_duty:
            self._listen(batch)
        received = [
            Received(raw["update_id"], lane_of(raw), json.dumps(lean(raw), ensure_ascii=False))
            for raw in batch
        ]
        now = self._clock.now()
        try:
            async with self._store.work(now) as work:
                work.news.add("inbox")
                await inbox.keep(work.session, self._bot_id, received, now)
        except DatabaseAway:
            self.keeps = False
            self._listen(batch)
            raise
        self.keeps = True

    def _listen(self, batch: Sequence[dict[str, Any]]) -> None:
        for raw in batch:
            self._heed.listen(raw)

    async def _poll(self, offset: int) -> list[dict[str, Any]]:
        question = urlencode(
            {
                "offset": offset,
                "limit": BATCH,
                "timeout": self._long_poll,
                "allowed_updates": json.dumps(KINDS),
            }
        )
        # Not Bot.get_updates: it parses, and an update it cannot parse would come back for ever.
        found: Any = await self._bot.request.post(
            f"{self._bot.base_url}/getUpdates?{question}", read_timeout=self._long_poll + SLACK
        )
        self.polled.set()
        return [raw for raw in found if isinstance(raw, dict) and isinstance(raw.get("update_id"), int)]

    def _say(self, error: Exception) -> None:
        if isinstance(error, Conflict):
            log.error("another process polls with this token, or a webhook is set")
        elif isinstance(error, InvalidToken):
            log.error("Telegram refuses the token")
        elif isinstance(error, DatabaseAway):
            log.error("database away: messages wait at Telegram", who="intake")
        else:
            log.warning("Telegram does not answer", kind=type(error).__name__)


BARE = ("message_id", "date", "chat", "from", "reply_to_message")
"""What we need of a message that an update only points at."""


def lean(raw: dict[str, Any]) -> dict[str, Any]:
    """An update without the words it repeats: what a message replies to, what a button stands on.

    Kept twice, words that somebody takes back would stay somewhere.
    """
    return {name: _lean(part) if isinstance(part, dict) else part for name, part in raw.items()}


def _lean(part: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in part.items() if name not in ("quote", "external_reply")}
    for pointed in ("reply_to_message", "message", "pinned_message"):
        if isinstance(kept.get(pointed), dict):
            kept[pointed] = _bare(kept[pointed])
    return kept


def _bare(message: dict[str, Any]) -> dict[str, Any]:
    kept = {name: message[name] for name in BARE if name in message}
    if isinstance(kept.get("reply_to_message"), dict):
        kept["reply_to_message"] = _bare(kept["reply_to_message"])
    return kept


def lane_of(raw: dict[str, Any]) -> str:
    """What an update must stay in order with: its chat, else its sender, else itself."""
    for part in raw.values():
        if not isinstance(part, dict):
            continue
        inner = part.get("message")
        for place in (part, inner if isinstance(inner, dict) else {}):
            chat = place.get("chat")
            if isinstance(chat, dict) and isinstance(chat.get("id"), int):
                return str(chat["id"])
        sender = part.get("from") or part.get("user")
        if isinstance(sender, dict) and isinstance(sender.get("id"), int):
            return str(sender["id"])
    return f"update:{raw['update_id']}"
