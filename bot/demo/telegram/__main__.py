"""`python -m bot.demo.telegram`: the local Bot API alone, as a process of its own."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from bot.demo.telegram.api import LocalBotApi


async def serve(api: LocalBotApi, port: int) -> None:
    """Serve until SIGINT or SIGTERM; the first line printed is the address."""
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await api.start(port=port)
    print(api.base_url, flush=True)
    await stop.wait()
    await api.stop()


def main() -> int:
    """Read the command line and serve. Wrong use: exit 2 and a sentence; a port in use: exit 1 and a
    sentence."""
    parser = argparse.ArgumentParser(
        prog="python -m bot.demo.telegram", description="A local Bot API for one demo bot."
    )
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (default: any free one)")
    parser.add_argument("--token", default="1:DEMO", help="a demo token: 1: and anything")
    parser.add_argument("--state", type=Path, help="file in which everything survives a restart")
    parser.add_argument("--no-pacing", action="store_true", help="do not enforce Telegram's rates")
    asked = parser.parse_args()
    try:
        api = LocalBotApi(asked.token, pacing=not asked.no_pacing, state=asked.state)
    except ValueError as refusal:
        parser.error(str(refusal))
    try:
        asyncio.run(serve(api, asked.port))
    except OSError as failure:
        print(
            f"Port {asked.port} of 127.0.0.1: {failure.strerror}. Choose another with --port.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
