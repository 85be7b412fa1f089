"""(c) A million stored messages: a few real ones, relayed by the service, multiplied in the database."""

from collections.abc import Callable, Sequence

from storage.tables import metadata
from tools.stage.database import Look
from tools.stage.stage import Stage

STRIDE = 10_000
"""Between the ids of one copy and the next; no table holds that many rows before."""
TABLES = ("conversations", "messages", "bubbles", "inbox", "outbox")
SHIFTED = ("id", "conversation_id", "message_id", "bubble_id", "reply_to_id", "copies_id", "tell_id")
SAID = ("Lina ne fait pas ses devoirs.", "Il lui manque ses lunettes.", "La maman voudrait vous rencontrer.")


async def grow(scene: Stage, messages: int) -> int:
    """Let every teacher write a few messages, then copy all that is stored until there are so many."""
    child = await scene.service(paced=False)
    try:
        await child.polled()
        for words in SAID:
            for teacher in scene.town.teachers:
                await scene.telegram.writes(teacher, words)
    finally:
        await child.drained(scene.look)
        await child.stops()
    look = scene.look
    await look.run("UPDATE conversations SET state = 'closed', current = false")
    (stored,) = (await look.rows("SELECT count(*) FROM messages"))[0]
    copies = messages // stored
    await multiply(look, TABLES, copies, lambda column: _value(look, column))
    (grown,) = (await look.rows("SELECT count(*) FROM messages"))[0]
    return int(grown)


async def multiply(look: Look, tables: Sequence[str], copies: int, value: Callable[[str], str]) -> None:
    """Copy every row of these tables so many times; ``value``: a column's SQL in the copy numbered ``k``."""
    for table in tables:
        await look.run(_copy(table, copies, value))
    if not look.sqlite:
        for table in tables:
            await look.run(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608 -- one of our own names
            )
    await look.run("ANALYZE")


def _copy(table: str, copies: int, value: Callable[[str], str]) -> str:
    columns = [column.name for column in metadata.tables[table].columns]
    values = ", ".join(value(name) for name in columns)
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) "  # noqa: S608 -- our own names
        f"WITH RECURSIVE copies(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM copies WHERE k < {copies}) "
        f"SELECT {values} FROM {table} CROSS JOIN copies"
    )


def _value(look: Look, column: str) -> str:
    if column in SHIFTED:
        return f"{column} + k * {STRIDE}"
    if column == "update_id":
        return f"update_id - k * {STRIDE}"
    if column == "ref":
        return f"CAST(CAST(ref AS BIGINT) + k * {STRIDE} AS VARCHAR)"
    if column == "dedup":
        return "dedup || ':' || k"
    if column == "opened_at":
        earlier = "strftime('%Y-%m-%d %H:%M:%f', opened_at, '-' || k || ' minutes')"
        return earlier if look.sqlite else "opened_at - k * interval '1 minute'"
    return column
