"""`python -m bot …` run as an operator runs it: what it prints, where, and its exit code."""

import asyncio
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "centres.toml"
PATIENCE = 30

Settings = Mapping[str, str]
NONE: Settings = {}
USERNAME = "passerelle_demo_bot"


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def last_line(self) -> str:
        return self.out.splitlines()[-1]


def environment(given: Settings) -> dict[str, str]:
    bare = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return bare | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "COLUMNS": "100"} | dict(given)


async def started(folder: Path, *words: str, settings: Settings) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words,
        cwd=folder, env=environment(settings),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def passerelle(folder: Path, *words: str, given: bytes = b"", settings: Settings = NONE) -> Done:
    """Run `python -m bot …` in a folder, with these settings and no other."""
    process = await started(folder, *words, settings=settings)
    out, err = await asyncio.wait_for(process.communicate(given), PATIENCE)
    assert process.returncode is not None
    done = Done(process.returncode, out.decode(), err.decode())
    assert "Traceback" not in done.err
    for secret in ("TELEGRAM_BOT_TOKEN", "PASSERELLE_KEY"):
        if value := settings.get(secret):
            assert value not in done.out + done.err
    return done
