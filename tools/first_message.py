"""`python -m tools.first_message`: from `make demo` in a fresh checkout to the first answered message, nobody
touching it, in seconds. Issue: under 60 s with a warm package cache."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
TOO_LONG_S = 60.0
QUESTION = "Bonsoir, Yanis B. ne rend plus rien."
ANSWER = "On se voit demain midi."


def main() -> int:
    """Measure; 1 when it took too long or never came."""
    with tempfile.TemporaryDirectory() as folder:
        checkout = _fresh_checkout(Path(folder))
        port = _free_port()
        began = time.monotonic()
        demo = subprocess.Popen(
            ["make", "demo"],
            cwd=checkout,
            env=os.environ | {"PASSERELLE_DEMO_PORT": str(port)},
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            took = _first_answer(demo, port, began)
        finally:
            os.killpg(demo.pid, signal.SIGINT)
            demo.wait(30)
    print(f"from make demo to the first answered message: {took:.1f} s (at most {TOO_LONG_S:.0f})")
    return int(took > TOO_LONG_S)


def _first_answer(demo: "subprocess.Popen[str]", port: int, began: float) -> float:
    assert demo.stdout is not None
    for line in demo.stdout:
        if f":{port}" in line:
            break
    print(f"from make demo to the address: {time.monotonic() - began:.1f} s")
    people = {one["role"]: person for person, one in _call(port, "demo")["people"].items()}
    _call(port, f"people/{people['diallo']}/send", {"text": QUESTION})
    card = _shown(port, people["chantal"], QUESTION)
    _call(port, f"people/{people['chantal']}/send", {"text": ANSWER, "reply_to": card["id"]})
    _shown(port, people["diallo"], ANSWER)
    return time.monotonic() - began


def _shown(port: int, person: str, text: str) -> Any:
    """Wait for somebody else's bubble on this phone."""
    end = time.monotonic() + TOO_LONG_S
    while time.monotonic() < end:
        for bubble in _call(port, f"people/{person}/chat")["bubbles"]:
            if text in bubble["text"] and not bubble["mine"]:
                return bubble
        time.sleep(0.05)
    sys.exit(f"the bubble {text!r} never came")


def _call(port: int, path: str, body: dict[str, Any] | None = None) -> Any:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    sent = None if body is None else json.dumps(body)
    connection.request(
        "GET" if body is None else "POST", f"/control/{path}", sent, {"Content-Type": "application/json"}
    )
    answer = connection.getresponse()
    said = json.loads(answer.read())
    connection.close()
    if answer.status != 200:
        sys.exit(f"{path}: {answer.status}")
    return said


def _fresh_checkout(folder: Path) -> Path:
    """The files that git knows, and nothing that was built or said here."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    for name in listed.stdout.split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


if __name__ == "__main__":
    sys.exit(main())
