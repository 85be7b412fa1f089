"""A demo as a process of its own, and its control calls."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPMessage
from itertools import count
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE_S = 90.0
NBSP = "\N{NO-BREAK SPACE}"
_COUNT = count()
START = (
    "import sys; from pathlib import Path; from bot.demo.run import run_demo;"
    " sys.exit(run_demo({port}, Path({folder!r})))"
)

Json = dict[str, Any]


class RunningDemo:
    """`run_demo` in a folder of the test's own; `address` once it has said it."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._said = folder / f"said-{next(_COUNT)}.txt"
        code = START.format(port=port, folder=str(folder))
        with self._said.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-c", code], cwd=ROOT, stdout=said, stderr=subprocess.STDOUT
            )
        self.address = ""

    def said(self) -> str:
        """All it has printed."""
        return self._said.read_text(encoding="utf-8")

    def ready(self) -> "RunningDemo":
        """Wait until it has printed its address."""
        until(lambda: "http://" in self.said() or self.process.poll() is not None, "the demo's address")
        assert "http://" in self.said(), self.said()
        self.address = next(word for word in self.said().split() if word.startswith("http://"))
        return self

    def ended(self) -> int:
        """Wait until it has ended; return its code."""
        return self.process.wait(PATIENCE_S)

    def interrupt(self) -> int:
        """Ctrl-C; return its code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.ended()

    def call(
        self, method: str, path: str, body: Json | None = None, headers: Json | None = None
    ) -> tuple[int, HTTPMessage, bytes]:
        """Make an HTTP call: status, headers, body."""
        connection = HTTPConnection(self.address.removeprefix("http://").rstrip("/"), timeout=60)
        sent = {"Content-Type": "application/json"} | (headers or {})
        connection.request(method, path, None if body is None else json.dumps(body).encode(), sent)
        answer = connection.getresponse()
        said = answer.read()
        connection.close()
        return answer.status, answer.headers, said

    def get(self, path: str) -> Any:
        """Make a control call that reads."""
        status, _, said = self.call("GET", f"/control/{path}")
        assert status == 200, said
        return json.loads(said)

    def post(self, path: str, body: Json | None = None) -> Any:
        """Make a control call that does something."""
        status, _, said = self.call("POST", f"/control/{path}", body or {})
        assert status == 200, said
        return json.loads(said)

    def person(self, role: str) -> int:
        """The id of somebody of the scene."""
        return next(int(person) for person, one in self.get("demo")["people"].items() if one["role"] == role)

    def bubbles(self, role: str) -> list[Json]:
        """What somebody's phone shows."""
        found: list[Json] = self.get(f"people/{self.person(role)}/chat")["bubbles"]
        return found

    def sees(self, role: str, fragment: str) -> Json:
        """Wait until somebody else's bubble shows this on her phone, whatever its spaces; return it."""

        def find() -> Json | None:
            heard = (one for one in self.bubbles(role) if not one["mine"])
            return next((one for one in heard if fragment in one["text"].replace(NBSP, " ")), None)

        found: Json = until(find, f"{fragment!r} at {role}'s")
        return found


def until(look: Callable[[], Any], what: str) -> Any:
    """Look again and again until there is something, for a minute at most."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what} never came")
