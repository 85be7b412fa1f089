"""The emulator's clock, which people move: a start of their own, then running; the real time unless told."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class MovableClock:
    """A clock that can be set, moved forward and stopped. Until then it is the machine's."""

    def __init__(self) -> None:
        self._start: datetime | None = None  # None: the real time
        self._since = 0.0  # the monotonic second at which `_start` was true
        self.running = True
        self.moved: Callable[[], None] = lambda: None

    @property
    def real(self) -> bool:
        """Whether this is the machine's own time."""
        return self._start is None

    def now(self) -> datetime:
        """Return the present moment on this clock, aware, in UTC."""
        if self._start is None:
            return datetime.now(UTC)
        if not self.running:
            return self._start
        return self._start + timedelta(seconds=time.monotonic() - self._since)

    def unix(self) -> int:
        """Return the present moment as Telegram writes dates: whole unix seconds."""
        return int(time.time()) if self._start is None else int(self.now().timestamp())

    def set(self, moment: datetime) -> None:
        """Put the clock on `moment` (aware); it runs on from there unless stopped."""
        self._put(moment)
        self.moved()

    def advance(self, by: timedelta) -> None:
        """Move the clock by `by`."""
        self.set(self.now() + by)

    def run(self, running: bool) -> None:
        """Let the clock run, or stop it where it is."""
        self._put(self.now())
        self.running = running
        self.moved()

    def back_to_real_time(self) -> None:
        """Follow the machine's clock again."""
        self._start, self.running = None, True
        self.moved()

    def _put(self, moment: datetime) -> None:
        self._start, self._since = moment.astimezone(UTC), time.monotonic()
