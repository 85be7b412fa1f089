"""What the bot has to learn: the queue of updates, long polling with true offsets, and webhooks.

Updates stay until they are confirmed. Telegram drops them after 24 hours; here the clock jumps by whole
days, so none is dropped.
"""

import asyncio
import json
import time
from collections import deque
from dataclasses import dataclass

import aiohttp

from bot.demo.telegram import errors
from bot.demo.telegram.models import Json

# Left out unless asked for by name, as the specification says of allowed_updates.
_ASKED_FOR = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_AHEAD = 10  # TQueue.cpp of the Bot API server, 2026: further ahead, an offset is « in the future »
MAX_POLL_S = 50
WEBHOOK_TIMEOUT_S = 60.0
_LONGEST_PAUSE_S = 8.0  # Telegram waits longer and longer, up to minutes; a test has no minutes


@dataclass(frozen=True, slots=True)
class Update:
    """One update, already written as JSON: `id`, and `chat` whose order a webhook keeps."""

    id: int
    chat: int
    body: str


class Updates:
    """The updates not yet confirmed, and whoever waits for them."""

    def __init__(self) -> None:
        self.pending: deque[Update] = deque()
        # Counted from the time, so that a new emulator does not repeat the ids of one that is gone.
        self.next_id = int(time.time())
        self.made = 0
        self.confirmed = 0
        self.allowed: frozenset[str] | None = None  # None: all but the ones to be asked for
        self.webhook: Webhook | None = None
        self._waiting: asyncio.Future[None] | None = None

    @property
    def polling(self) -> bool:
        """Whether a long poll is open."""
        return self._waiting is not None

    def emit(self, kind: str, chat: int, payload: Json) -> None:
        """Queue an update of this kind, unless the bot asked not to have it."""
        if kind in _ASKED_FOR if self.allowed is None else kind not in self.allowed:
            return
        body = json.dumps({"update_id": self.next_id, kind: payload}, ensure_ascii=False)
        self.pending.append(Update(self.next_id, chat, body))
        self.next_id += 1
        self.made += 1
        self._wake()

    def allow(self, kinds: list[str] | None) -> None:
        """Remember the kinds asked for; None changes nothing, an empty list is the default again."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    async def poll(self, offset: int, limit: int, timeout: int, kinds: list[str] | None) -> str:
        """Answer getUpdates: a JSON list. `offset` confirms what stands before it; negative counts from the
        end."""
        if self.webhook is not None:
            raise errors.webhook_is_active()
        self._end_waiting(errors.terminated_by_other_poll())
        self.allow(kinds)
        self._confirm(offset)
        if not self.pending and timeout > 0:
            await self._wait(min(timeout, MAX_POLL_S))
        count = min(max(limit, 1), 100)
        return (
            "[" + ",".join(update.body for update, _ in zip(self.pending, range(count), strict=False)) + "]"
        )

    def _confirm(self, offset: int) -> None:
        if offset > self.next_id + _AHEAD:
            return  # an offset from before the numbers began anew: the server ignores it
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
                self.confirmed += 1
        while self.pending and self.pending[0].id < offset:
            self.pending.popleft()
            self.confirmed += 1

    async def _wait(self, seconds: int) -> None:
        waiting = self._waiting = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(waiting, seconds)
        except TimeoutError:
            pass  # nothing came: an empty answer
        finally:
            if self._waiting is waiting:
                self._waiting = None

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)
        if self.webhook is not None:
            self.webhook.wake()

    def _end_waiting(self, why: errors.Refusal) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(why)
        self._waiting = None

    async def set_webhook(self, webhook: "Webhook | None", *, drop: bool) -> None:
        """Put a webhook in place, or take it away (None). `drop` forgets what is pending."""
        if webhook is not None:
            self._end_waiting(errors.terminated_by_webhook())
        await self.close()
        if drop:
            self.pending.clear()
        self.webhook = webhook
        if webhook is not None:
            webhook.start(self)

    async def close(self) -> None:
        """Stop posting to the webhook."""
        if self.webhook is not None:
            await self.webhook.stop()
            self.webhook = None


class Webhook:
    """Posts updates to the bot's address: in order within a chat, side by side across chats, again until a
    2xx."""

    def __init__(self, url: str, *, secret: str | None, max_connections: int) -> None:
        self.url = url
        self.max_connections = max_connections
        self.last_error: tuple[int, str] | None = None
        self._headers = {"Content-Type": "application/json"}
        if secret:
            self._headers["X-Telegram-Bot-Api-Secret-Token"] = secret
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """There is something to post."""
        self._news.set()

    def start(self, updates: Updates) -> None:
        """Begin to post."""
        self._task = asyncio.create_task(self._run(updates))
        self.wake()

    async def stop(self) -> None:
        """Stop posting; what was not answered 2xx stays pending."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self, updates: Updates) -> None:
        busy: dict[int, asyncio.Task[None]] = {}
        timeout = aiohttp.ClientTimeout(total=WEBHOOK_TIMEOUT_S)
        async with aiohttp.ClientSession(timeout=timeout, headers=self._headers) as session:
            try:
                while True:
                    await self._news.wait()
                    self._news.clear()
                    for chat in [chat for chat, task in busy.items() if task.done()]:
                        del busy[chat]
                    for update in updates.pending:
                        if len(busy) >= self.max_connections:
                            break
                        if update.chat not in busy:
                            busy[update.chat] = asyncio.create_task(self._deliver(session, updates, update))
            finally:
                for task in busy.values():
                    task.cancel()
                await asyncio.gather(*busy.values(), return_exceptions=True)

    async def _deliver(self, session: aiohttp.ClientSession, updates: Updates, update: Update) -> None:
        pause = 0.25
        while (error := await self._post(session, update)) is not None:
            self.last_error = (int(time.time()), error)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE_S)
        if update in updates.pending:
            updates.pending.remove(update)
            updates.confirmed += 1
        # Wake the loop once this task is done, so that it takes the chat's next update.
        asyncio.get_running_loop().call_soon(self.wake)

    async def _post(self, session: aiohttp.ClientSession, update: Update) -> str | None:
        """Post one update; return None, or what getWebhookInfo says of the failure."""
        try:
            async with session.post(self.url, data=update.body.encode()) as answer:
                if 200 <= answer.status < 300:
                    return None
                return f"Wrong response from the webhook: {answer.status} {answer.reason or ''}".rstrip()
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientConnectorError:
            return "Connection refused"
        except aiohttp.ClientError:
            return "Connection reset by peer"
