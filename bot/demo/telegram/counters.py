"""What was counted and noted of the bot's calls, for benchmarks, the torture and the drawer of the page."""

from collections import Counter, deque
from dataclasses import dataclass

from bot.demo.telegram.models import Json

_KEPT = 100_000


@dataclass(slots=True)
class Call:
    """One call: `at` unix seconds of real time, `ms` until it was answered, `sent` messages it delivered."""

    seq: int
    method: str
    chat_id: int | None
    at: float
    ms: float | None = None
    status: int | None = None
    fault: str | None = None
    message_id: int | None = None
    sent: int = 0

    def view(self) -> Json:
        """Return the call as the control API shows it."""
        return {name: getattr(self, name) for name in self.__slots__}


class Counters:
    """Requests, answers, calls in flight. Polls are counted as requests, not as calls in flight."""

    def __init__(self) -> None:
        self.seq = 0
        self.reset()

    def reset(self) -> None:
        """Count from zero; calls still in flight stay counted as such by their end."""
        self.requests: Counter[str] = Counter()
        self.answers: Counter[int] = Counter()
        self.abandoned = 0
        self.in_flight_max = 0
        self.in_flight: set[int] = set()
        self.calls: deque[Call] = deque(maxlen=_KEPT)

    def begin(self, method: str, chat_id: int | None, at: float) -> Call:
        """Note a call that has come."""
        self.seq += 1
        call = Call(self.seq, method, chat_id, at)
        self.requests[method] += 1
        if method != "getUpdates":
            self.calls.append(call)
            self.in_flight.add(call.seq)
            self.in_flight_max = max(self.in_flight_max, len(self.in_flight))
        return call

    def end(self, call: Call, status: int | None, ms: float) -> None:
        """Note how a call ended: its status, or None when no answer went out."""
        self.in_flight.discard(call.seq)
        call.status, call.ms = status, ms
        if status is not None:
            self.answers[status] += 1

    def since(self, after: int, limit: int) -> list[Json]:
        """Return the calls after this one, oldest first."""
        found = [call.view() for call in self.calls if call.seq > after]
        return found[:limit]
