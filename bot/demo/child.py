"""`python -m bot.demo.child`: the service of the demo, as a process of its own that can really be killed.

It is asked on its standard input and answers on its standard output, one JSON line each:
``{"id", "do", …}``, then ``{"id", …}`` or ``{"id", "error"}``. When the input closes, the demo has gone
and so does it.
"""

import asyncio
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog

from bot import apply, centres, logs, poster
from bot.app import Config, Service
from bot.demo.clock import DemoClock
from bot.invitations import invite_staff, invite_teacher
from bot.rules.paris import local_date
from storage import glance
from storage.encryption import WrongKey
from storage.store import DatabaseAway, DatabaseUnusable

log = structlog.get_logger(__name__)

Json = dict[str, Any]

MANY_USES = 200


class Child:
    """The service and what the demo may ask of it."""

    def __init__(self) -> None:
        self._clock = DemoClock()
        self._service: Service | None = None
        self._acts = {
            "start": self._start,
            "stop": self._stop,
            "code": self._code,
            "poster": self._poster,
            "life": self._life,
            "settle": self._settle,
        }

    async def serve(self) -> None:
        """Answer until the input closes."""
        reader = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
        )
        answering: set[asyncio.Task[None]] = set()
        while line := await reader.readline():
            asked = json.loads(line)
            if asked["do"] == "clock":
                self._clock.follow(asked["now"], asked["running"])
                continue
            task = asyncio.create_task(self._answer(asked))
            answering.add(task)
            task.add_done_callback(answering.discard)
        await self._stop({})

    async def _answer(self, asked: Json) -> None:
        try:
            said = await self._acts[asked["do"]](asked)
        except (DatabaseUnusable, DatabaseAway, WrongKey) as error:
            said = {"error": str(error)}
        except Exception as error:  # unanswered, the demo would wait for a minute
            log.error("the demo's bot stumbled", asked=asked["do"], exc_info=error)
            said = {"error": "Le bot a trébuché."}
        sys.stdout.write(json.dumps({"id": asked["id"], **said}) + "\n")
        sys.stdout.flush()

    async def _start(self, asked: Json) -> Json:
        """Begin to serve: `token`, `api_root`, `database`, `key`, `centres`."""
        config = Config(asked["token"], asked["api_root"], asked["database"], asked["key"])
        self._service = service = Service(config, self._clock)
        await service.store.prepare(self._clock.now())
        async with service.store.work(self._clock.now()) as work:
            await apply.apply(work, centres.read(Path(asked["centres"])))
        self._clock.moved = self._clock_moved
        await service.start()
        return {}

    async def _stop(self, _: Json) -> Json:
        service, self._service = self._service, None
        if service is not None:
            await service.stop()
        return {}

    async def _settle(self, _: Json) -> Json:
        """Wait until the bot has nothing left to do now."""
        await self._running.settle()
        return {}

    async def _code(self, asked: Json) -> Json:
        """Make an invitation for a `school` or for somebody of the `staff`, good to the end of the year."""
        async with self._running.store.work(self._clock.now()) as work:
            last = local_date(work.now).replace(month=12, day=31)
            if asked["staff"]:
                return {"code": await invite_staff(work, asked["staff"], last)}
            return {"code": await invite_teacher(work, asked["school"], MANY_USES, last)}

    async def _poster(self, asked: Json) -> Json:
        """Print the invitation of a `code` that `link` opens."""
        async with self._running.store.work(self._clock.now()) as work:
            return {"svg": poster.svg(await poster.words(work, asked["code"], asked["link"]))}

    async def _life(self, _: Json) -> Json:
        """The latest update and what it owed: moments as unix seconds."""
        async with self._running.store.work(self._clock.now()) as work:
            found = await glance.latest(work.session)
        if found is None:
            return {"inbox": None, "outbox": []}
        received, owed = found
        return {
            "inbox": {
                "from": received.lane,
                "state": received.state,
                "attempts": received.attempts,
                "received_at": received.received_at.timestamp(),
                "handled_at": _unix(received.handled_at),
            },
            "outbox": [
                {
                    "to": row.address,
                    "call": row.call,
                    "state": row.state,
                    "attempts": row.attempts,
                    "created_at": row.created_at.timestamp(),
                    "done_at": _unix(row.done_at),
                }
                for row in owed
            ],
        }

    @property
    def _running(self) -> Service:
        if self._service is None:
            raise DatabaseAway
        return self._service

    def _clock_moved(self) -> None:
        """What waited for a moment looks at the clock again."""
        if self._service is not None:
            self._service.handling.wake()
            self._service.delivery.wake()


def _unix(moment: datetime | None) -> float | None:
    return None if moment is None else moment.timestamp()


if __name__ == "__main__":
    logs.configure(json=True)
    asyncio.run(Child().serve())
