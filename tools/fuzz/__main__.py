"""`python -m tools.fuzz`: exit 1, and what is wrong, when something must not be."""

import argparse
import asyncio
import sys
from collections.abc import Sequence

from tests.databases import Postgres
from tools.fuzz.run import Result, fuzz
from tools.stage.database import KINDS, database, server


async def _run(postgres: Postgres | None, updates: int, seed: int) -> Result:
    async with database(postgres) as url:
        return await fuzz(url, updates, seed, lambda line: print(line, flush=True))


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz a service."""
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz", description=__doc__)
    parser.add_argument("--updates", type=int, default=20_000)
    parser.add_argument("--database", choices=KINDS, default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    with server(asked.database) as postgres:
        found = asyncio.run(_run(postgres, asked.updates, asked.seed))
    print(
        f"{found.updates} updates, {found.aside} set aside, the words of {found.shown} shown to somebody; "
        f"{len(found.wrong)} wrong"
    )
    for sentence in found.wrong:
        print(f"WRONG: {sentence}")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
