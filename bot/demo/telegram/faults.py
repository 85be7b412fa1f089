"""What goes wrong on purpose: refusals, failures, dropped, hanging and slow connections, lost answers."""

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

Kind = Literal["too_many_requests", "server_error", "drop", "lose_answer", "hang", "slow"]
KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}


@dataclass(slots=True)
class Fault:
    """One fault: its kind, which calls it touches, and how many or how often.

    `times` calls to come, or each with `probability` (drawn from `seed`); only those of `methods` and
    `chat_id` if given. `retry_after` (seconds) belongs to too_many_requests, `seconds` to hang and slow.
    """

    id: int
    kind: Kind
    times: int | None = 1
    probability: float | None = None
    methods: frozenset[str] = frozenset()
    chat_id: int | None = None
    retry_after: int = 1
    seconds: float = 30.0
    draw: random.Random = field(default_factory=random.Random)

    def strikes(self, method: str, chat_id: int | None) -> bool:
        """Say whether this call is struck, and count it."""
        if (self.methods and method not in self.methods) or (
            self.chat_id is not None and self.chat_id != chat_id
        ):
            return False
        if self.probability is not None:
            return self.draw.random() < self.probability
        if not self.times:
            return False
        self.times -= 1
        return True

    def view(self) -> dict[str, Any]:
        """Return the fault as the control API shows it."""
        shown: dict[str, Any] = {
            "id": self.id,
            "kind": self.kind,
            "methods": sorted(self.methods),
            "chat_id": self.chat_id,
        }
        if self.probability is None:
            shown["left"] = self.times
        else:
            shown["probability"] = self.probability
        if self.kind == "too_many_requests":
            shown["retry_after"] = self.retry_after
        if self.kind in ("hang", "slow"):
            shown["seconds"] = self.seconds
        return shown


class Faults:
    """The faults in force, in the order in which they were asked for."""

    def __init__(self) -> None:
        self.active: list[Fault] = []
        self.struck: Counter[str] = Counter()
        self._next = 1

    def add(
        self,
        kind: Kind,
        *,
        times: int = 1,
        probability: float | None = None,
        seed: int = 0,
        methods: frozenset[str] = frozenset(),
        chat_id: int | None = None,
        retry_after: int = 1,
        seconds: float = 30.0,
    ) -> Fault:
        """Put a fault in force. `methods` in any case; empty means all of them."""
        fault = Fault(
            id=self._next,
            kind=kind,
            times=None if probability is not None else times,
            probability=probability,
            methods=frozenset(method.lower() for method in methods),
            chat_id=chat_id,
            retry_after=retry_after,
            seconds=seconds,
            draw=random.Random(seed),  # noqa: S311 — a repeatable draw of faults, nothing secret
        )
        self._next += 1
        self.active.append(fault)
        return fault

    def strike(self, method: str, chat_id: int | None) -> Fault | None:
        """Return the fault that this call (method in lower case) meets, or None."""
        for fault in self.active:
            if fault.strikes(method, chat_id):
                self.struck[fault.kind] += 1
                if fault.times == 0:
                    self.active.remove(fault)
                return fault
        return None

    def lift(self, fault_id: int | None = None) -> None:
        """End one fault, or all of them."""
        self.active = [fault for fault in self.active if fault_id is not None and fault.id != fault_id]
