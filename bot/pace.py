"""How fast Telegram may be called: its published limits, a little under.

30 messages a second in all, one a second in a private chat with short bursts, 20 a minute in a
group (core.telegram.org/bots/faq, 2026). Edits, reactions and answers to buttons are not counted
there, nor here.
"""

from dataclasses import dataclass, field

OVERALL = 28.0
"""Messages a second."""
OVERALL_BURST = 28.0
PRIVATE = 1.0
PRIVATE_BURST = 8.0
GROUP = 19 / 60
GROUP_BURST = 10.0

COUNTED = ("send", "copy", "album", "document", "picture")
"""Calls that make a message."""


@dataclass(slots=True)
class Bucket:
    """A leaky bucket: ``level`` falls by ``rate`` a second; one more fits while it stays under ``size``."""

    rate: float
    size: float
    level: float = 0.0
    at: float = 0.0

    def wait(self, now: float) -> float:
        """Seconds until one more fits."""
        level = max(0.0, self.level - (now - self.at) * self.rate)
        return max(0.0, (level + 1 - self.size) / self.rate)

    def take(self, now: float) -> None:
        """Put one in."""
        self.level = max(0.0, self.level - (now - self.at) * self.rate) + 1
        self.at = now


@dataclass(slots=True)
class Pace:
    """The buckets of every chat, in memory: after a restart they are half full, to be safe."""

    on: bool = True
    _overall: Bucket = field(default_factory=lambda: Bucket(OVERALL, OVERALL_BURST, OVERALL_BURST / 2))
    _chats: dict[str, Bucket] = field(default_factory=dict)

    def wait(self, address: str, now: float) -> float:
        """Seconds before one more message may go to this chat (monotonic ``now``)."""
        if not self.on:
            return 0.0
        return max(self._overall.wait(now), self._chat(address, now).wait(now))

    def take(self, address: str, now: float) -> None:
        """A message goes to this chat."""
        if self.on:
            self._overall.take(now)
            self._chat(address, now).take(now)

    def _chat(self, address: str, now: float) -> Bucket:
        bucket = self._chats.get(address)
        if bucket is None:
            self._forget_quiet_chats(now)
            group = address.startswith("-")
            bucket = Bucket(GROUP, GROUP_BURST) if group else Bucket(PRIVATE, PRIVATE_BURST)
            bucket.level, bucket.at = bucket.size / 2, now
            self._chats[address] = bucket
        return bucket

    def _forget_quiet_chats(self, now: float) -> None:
        if len(self._chats) >= 10_000:
            self._chats = {
                key: one for key, one in self._chats.items() if one.wait(now) > 0 or now - one.at < 60
            }
