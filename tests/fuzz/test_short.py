"""The fuzz of `python -m tools.fuzz`, with fewer updates."""

import subprocess
import sys


def test_odd_updates_harm_nobody() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tools.fuzz", "--updates", "500", "--seed", "11"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
