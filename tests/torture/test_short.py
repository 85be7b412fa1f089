"""The torture of `python -m tools.torture`, some minutes shorter."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_kill_9_while_teachers_write_loses_nothing(database: str) -> None:
    run = subprocess.run(
        [
            *(sys.executable, "-m", "tools.torture", "--database", database),
            *("--kills", "4", "--messages", "60", "--seed", "7"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "0 lost, 0 doubled in the database, order kept" in run.stdout
