"""The demo's clock, as the bot's process sees it: kept in step with the one people move on the page."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class DemoClock:
    """Follows the clock of the local Bot API; the machine's time until it has been told."""

    def __init__(self) -> None:
        self._start: datetime | None = None
        self._since = 0.0
        self._running = True
        self.moved: Callable[[], None] = lambda: None

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        if self._start is None:
            return datetime.now(UTC)
        if not self._running:
            return self._start
        return self._start + timedelta(seconds=time.monotonic() - self._since)

    def follow(self, now: float, running: bool) -> None:
        """Show `now` (unix seconds), running on from there or stopped."""
        self._start, self._since = datetime.fromtimestamp(now, UTC), time.monotonic()
        self._running = running
        self.moved()
