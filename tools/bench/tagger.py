"""What reading a message costs, measured in a process of its own: ``python -m tools.bench.tagger``."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path

from tools.stage import ROOT

SHORT, LONG = 500, 4096
"""Characters."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of processor time a message, seconds until the first is read, megabytes added."""

    p50: float
    p99: float
    p99_long: float
    ready: float
    megabytes: float


def cost() -> Cost:
    """Measure in a new process, in which nothing has been loaded yet."""
    said = subprocess.run(
        [sys.executable, "-m", "tools.bench.tagger"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    return Cost(**json.loads(said))


def _measure() -> Cost:
    before, began = _resident(), time.perf_counter()
    tag: Callable[[str], object] = import_module("bot.rules.tagger").tag  # loading it is part of the cost
    tag("Bonjour")
    ready, megabytes = time.perf_counter() - began, _resident() - before
    short, long = (sorted(_took(tag, characters)) for characters in (SHORT, LONG))
    return Cost(
        short[len(short) // 2], short[len(short) * 99 // 100], long[len(long) * 99 // 100], ready, megabytes
    )


def _took(tag: Callable[[str], object], characters: int) -> list[float]:
    lines = [
        json.loads(line)["text"]
        for path in sorted((ROOT / "data" / "messages").glob("w*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    everything = " ".join(lines)
    took = []
    for start in range(0, min(len(everything) - characters, 400 * characters), characters):
        began = time.process_time()
        tag(everything[start : start + characters])
        took.append((time.process_time() - began) * 1000)
    return took


def _resident() -> float:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no VmRSS in /proc/self/status")


if __name__ == "__main__":
    print(json.dumps(asdict(_measure())))
