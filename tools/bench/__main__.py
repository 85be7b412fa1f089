"""`python -m tools.bench`: a table of figures, exit 1 when one misses its bound."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from rich.console import Console
from rich.table import Table

from tests.databases import Postgres
from tools.bench.due import office
from tools.bench.latency import REFERENTES, TEACHERS, latency
from tools.bench.million import grow
from tools.bench.tagger import LONG, SHORT, cost
from tools.bench.throughput import throughput
from tools.stage.database import KINDS, server
from tools.stage.stage import stage
from tools.stage.telegram import telegram

DUE_ROWS, TALKING = 10_000, 500
DIGEST_BASE = 100_000
"""Messages."""
PARTS = ("throughput", "latency", "million", "start", "due", "tagger")


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the table; ``well`` None: nothing was promised."""

    what: str
    value: str
    bound: str = ""
    well: bool | None = None


async def throughput_part(postgres: Postgres | None, rounds: int, messages: int) -> list[Figure]:
    """(a) against a bare application."""
    async with telegram(pacing=False) as local:
        found = await throughput(
            local, postgres, ("passerelle", "httpx", "aiohttp"), rounds=rounds, messages=messages
        )
    ours = found["passerelle"]
    return [
        Figure("messages relayed a second: Passerelle", f"{ours:.0f}"),
        Figure("… a bare application (httpx, its default)", f"{found['httpx']:.0f}"),
        Figure("… a bare application (aiohttp, as ours)", f"{found['aiohttp']:.0f}"),
        _bounded("ratio to the bare application", ours / found["httpx"], 0.5, "", least=True),
        Figure("ratio to the bare one over aiohttp", f"{ours / found['aiohttp']:.2f}"),
    ]


async def latency_part(postgres: Postgres | None, seconds: float) -> list[Figure]:
    """(b) and the memory of (d)."""
    figures: list[Figure] = []
    for rate, paced in ((10, True), (20, False)):
        async with (
            telegram(pacing=paced) as local,
            stage(local, postgres, teachers=TEACHERS, referentes=REFERENTES) as scene,
        ):
            found = await latency(scene, rate=rate, seconds=seconds, paced=paced)
        name = f"update → both sends, {rate}/s, {'paced' if paced else 'unpaced'}"
        figures += [
            Figure(f"{name}: p50", f"{found.p50:.0f} ms"),
            _bounded(f"{name}: p95", found.p95, 250, " ms"),
            Figure("… measured on", f"{found.counted} of {found.messages} messages"),
            _bounded("memory under it", found.megabytes, 150, " MB"),
        ]
        if paced:
            figures.append(_bounded("Telegram's limits passed", found.breaches, 0, ""))
    return figures


async def million_part(postgres: Postgres | None, seconds: float, messages: int) -> list[Figure]:
    """(c) the same latency on an empty and on a full database."""
    p95 = []
    stored = 0
    for full in (False, True):
        async with (
            telegram(pacing=True) as local,
            stage(local, postgres, teachers=TEACHERS, referentes=REFERENTES) as scene,
        ):
            if full:
                await local.post("pacing", on=False)
                stored = await grow(scene, messages)
                await local.post("counters/reset")
                await local.post("pacing", on=True)
            p95.append((await latency(scene, rate=10, seconds=seconds, paced=True)).p95)
    return [
        Figure("p95 with nothing stored", f"{p95[0]:.0f} ms"),
        Figure(f"p95 with {stored:,} messages stored", f"{p95[1]:.0f} ms"),
        _bounded("… times that with none", p95[1] / p95[0], 1.5, ""),
    ]


async def start_part(postgres: Postgres | None, times: int) -> list[Figure]:
    """(d) from the command to the first poll, the slowest of a few."""
    starts = []
    async with (
        telegram(pacing=True) as local,
        stage(local, postgres, teachers=TEACHERS, referentes=REFERENTES) as scene,
    ):
        for _ in range(times):
            child = await scene.service()
            starts.append(await child.polled())
            await child.stops()
    return [_bounded(f"start to first poll, the slowest of {times}", max(starts), 3, " s")]


async def due_part(postgres: Postgres | None, conversations: int) -> list[Figure]:
    """(e) the clockwork and the digests."""
    async with office(postgres, DIGEST_BASE // 2) as here:
        week = await here.week()
        grown = await here.grown_by_digests()
        here.clock.moment += timedelta(hours=1)
        friday = await here.drain()
        await here.fall_due(DUE_ROWS)
        drained = await here.drain()
        await here.wait(TALKING)
        talking = await here.drain()
    async with office(postgres, conversations, with_words=False) as here:
        nothing = await here.nothing()
    return [
        _bounded(f"{DUE_ROWS:,} due rows drained", drained.seconds, 5, " s"),
        _bounded("… its longest transaction", drained.longest, 50, " ms"),
        Figure(f"{TALKING} due rows with words to say, drained", f"{talking.seconds:.2f} s"),
        _bounded("… its longest transaction", talking.longest, 50, " ms"),
        _bounded(f"nothing due over {conversations:,} conversations", nothing.milliseconds, 5, " ms"),
        _bounded("… queries", len(nothing.queries), 1, ""),
        _bounded(f"a week's digests in a base of {DIGEST_BASE:,} messages", week, 1, " s"),
        Figure("… all sent, at the hour", f"{friday.seconds:.2f} s"),
        _bounded("… its longest transaction", friday.longest, 50, " ms"),
        _bounded("memory after ten digests, more than before", grown, 5, " MB"),
    ]


def tagger_part() -> list[Figure]:
    """What reading a message costs."""
    found = cost()
    return [
        _bounded(f"a message of {SHORT} characters read, p99 (processor)", found.p99, 5, " ms"),
        Figure(f"… of {LONG:,} characters, p99", f"{found.p99_long:.1f} ms"),
        _bounded("… ready, weights loaded", found.ready, 1, " s"),
        _bounded("… memory it adds", found.megabytes, 40, " MB"),
    ]


def _bounded(what: str, value: float, bound: float, unit: str, *, least: bool = False) -> Figure:
    digits = 2 if unit in ("", " s") else int(value < 10)
    shown = f"{value:.{digits}f}"
    well = value >= bound if least else value <= bound
    return Figure(what, shown + unit, f"{'≥' if least else '≤'} {bound:g}{unit}", well)


async def _part(name: str, asked: argparse.Namespace, postgres: Postgres | None) -> list[Figure]:
    match name:
        case "throughput":
            return await throughput_part(postgres, asked.rounds, asked.messages)
        case "latency":
            return await latency_part(postgres, asked.seconds)
        case "million":
            return await million_part(postgres, asked.seconds, asked.stored)
        case "start":
            return await start_part(postgres, 5)
        case "due":
            return await due_part(postgres, asked.stored)
        case _:
            return tagger_part()


def asked_for(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What was asked for on the command line; every part when none was named."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    # Not argparse's own choices: before Python 3.12 they refuse an empty list.
    parser.add_argument("part", nargs="*", help=f"{', '.join(PARTS)}; all of them by default")
    parser.add_argument("--database", choices=KINDS, default="sqlite")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of the throughput, of each bot")
    parser.add_argument("--messages", type=int, default=600, help="messages of a round")
    parser.add_argument("--seconds", type=float, default=45, help="of each latency")
    parser.add_argument("--stored", type=int, default=1_000_000, help="messages of the full database")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.part).difference(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    asked.part = asked.part or list(PARTS)
    return asked


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for, and show each part as soon as it is known."""
    asked = asked_for(arguments)
    missed = False
    with server(asked.database) as postgres:
        for name in PARTS:
            if name in asked.part:
                figures = asyncio.run(_part(name, asked, postgres))
                _show(f"{name}, on {asked.database}", figures)
                missed |= any(one.well is False for one in figures)
    return 1 if missed else 0


def _show(title: str, figures: Sequence[Figure]) -> None:
    table = Table("figure", "measured", "bound", "", title=title, title_justify="left")
    for one in figures:
        mark = "" if one.well is None else "[green]✓[/]" if one.well else "[red]✗[/]"
        table.add_row(one.what, one.value, one.bound, mark)
    Console(width=100).print(table)


if __name__ == "__main__":
    sys.exit(main())
