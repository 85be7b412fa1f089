"""Telegram's published rates, and what was counted.

« Avoid sending more than one message per second in a particular chat; short bursts are allowed; 20 messages
per minute in a group; about 30 messages per second overall » (Bots FAQ). Here each is a token bucket on
real time: the emulator's clock may jump, Telegram's does not. Messages count (each one of an album or of a
copy); edits, reactions and answers do not.
"""

import math
import time
from collections import Counter
from dataclasses import dataclass

from bot.demo.telegram.errors import too_many_requests


@dataclass(slots=True)
class Bucket:
    """`capacity` tokens at most, `rate` of them back per second."""

    capacity: float
    rate: float
    tokens: float
    at: float

    def wait(self, cost: int, now: float) -> float:
        """Return the seconds until `cost` tokens are there: 0 when they are."""
        self.tokens = min(self.capacity, self.tokens + (now - self.at) * self.rate)
        self.at = now
        # A batch larger than the bucket passes when the bucket is full, or it never would.
        return max(0.0, (min(cost, self.capacity) - self.tokens) / self.rate)


class Limits:
    """Who may send how fast. `breaches` counts each refusal by scope, so that a benchmark can assert there
    was none."""

    PRIVATE = (20.0, 1.0)
    GROUP = (20.0, 20.0 / 60.0)
    OVERALL = (30.0, 30.0)

    def __init__(self, *, on: bool) -> None:
        self.on = on
        self.breaches: Counter[str] = Counter()
        self._chats: dict[int, Bucket] = {}
        self._overall = _full(self.OVERALL, time.monotonic())

    def take(self, chat_id: int, cost: int = 1) -> None:
        """Take `cost` messages for this chat, or raise the 429 with its `retry_after` in whole seconds."""
        if not self.on:
            return
        now = time.monotonic()
        scope, shape = ("private", self.PRIVATE) if chat_id > 0 else ("group", self.GROUP)
        bucket = self._chats.get(chat_id)
        if bucket is None:
            bucket = self._chats[chat_id] = _full(shape, now)
        for name, tokens in ((scope, bucket), ("overall", self._overall)):
            if (wait := tokens.wait(cost, now)) > 0:
                self.breaches[name] += 1
                raise too_many_requests(math.ceil(wait))
        bucket.tokens -= cost
        self._overall.tokens -= cost

    def reset(self) -> None:
        """Start afresh: full buckets, nothing counted."""
        self.breaches.clear()
        self._chats.clear()
        self._overall = _full(self.OVERALL, time.monotonic())


def _full(shape: tuple[float, float], now: float) -> Bucket:
    capacity, rate = shape
    return Bucket(capacity, rate, capacity, now)
