"""Who is listening: pages over server-sent events, and tests that wait for something to change."""

import asyncio
import json
from typing import Any

_QUEUE = 10_000  # a page that does not read for that long is told to come back


class Events:
    """Publishes to any number of listeners; nothing is kept for those who are not there."""

    def __init__(self) -> None:
        self.listeners: set[asyncio.Queue[str | None]] = set()
        self._count = 0
        self._waiting: set[asyncio.Future[None]] = set()

    def publish(self, kind: str, data: Any) -> None:
        """Send an event, as the text of a server-sent event, to every listener."""
        if not self.listeners:
            return
        self._count += 1
        text = frame(kind, data, self._count)
        for listener in list(self.listeners):
            if listener.qsize() >= _QUEUE:
                listener.put_nowait(None)  # the end of this stream: the page reads all again
                self.listeners.discard(listener)
            else:
                listener.put_nowait(text)

    def listen(self) -> asyncio.Queue[str | None]:
        """Begin to listen; None in the queue ends it."""
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self.listeners.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[str | None]) -> None:
        """Stop listening."""
        self.listeners.discard(queue)

    def end(self) -> None:
        """End every stream."""
        for listener in self.listeners:
            listener.put_nowait(None)
        self.listeners.clear()

    def pulse(self) -> None:
        """Something changed: let those who wait look again."""
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)
        self._waiting.clear()

    async def change(self, timeout: float) -> bool:
        """Wait until something changes, `timeout` seconds at most; say whether it did."""
        waiting = asyncio.get_running_loop().create_future()
        self._waiting.add(waiting)
        try:
            await asyncio.wait_for(waiting, timeout)
        except TimeoutError:
            return False
        finally:
            self._waiting.discard(waiting)
        return True


def frame(kind: str, data: Any, count: int) -> str:
    """Return one server-sent event."""
    return f"id: {count}\nevent: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
