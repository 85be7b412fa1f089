"""What a touch, a command or a word would do on the stage of the authorisation table: tried, and undone."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, event, select
from telegram import Update

from handlers import buttons, handle
from storage import tables
from storage.outbox import OutboxRow
from storage.store import Store, Work
from tests.matrix import NOW, ROLES, Stage


class Undone(Exception):
    """Ends a work without keeping it."""


@dataclass
class Outcome:
    """What a press, a command or a word did: what changed beyond her own chat, what was said to whom."""

    changed: dict[str, int]
    own: int
    toast: str
    said: list[tuple[str, str]]

    @property
    def nothing(self) -> bool:
        """No row changed but those of her own chat."""
        return not self.changed


async def _picture(work: Work) -> dict[str, Counter[str]]:
    """Every row of every table, as text."""
    await work.flush()
    return await (await work.session.connection()).run_sync(_rows)


def _rows(connection: Connection) -> dict[str, Counter[str]]:
    seen: dict[str, Counter[str]] = {}
    for table in tables.metadata.sorted_tables:
        if table.name != "outbox":
            rows = connection.execute(select(table)).mappings()
            seen[table.name] = Counter(repr(sorted(dict(row).items())) for row in rows)
    return seen


async def tried(stage: Stage, role: str, raw: dict[str, Any]) -> Outcome:
    """What an update from this role's chat would do; nothing is kept."""
    address = str(ROLES[role])
    outcome: Outcome | None = None
    try:
        async with stage.store.work(NOW) as work:
            stage.before = stage.before or await _picture(work)
            with _writes(stage.store) as written_tables:
                await _handled(stage, work, raw)
                await work.flush()
            after = await _picture(work) if written_tables - {"outbox"} else stage.before
            owed = list(await work.session.scalars(select(OutboxRow).order_by(OutboxRow.id)))
            outcome = _outcome(address, stage.before, after, owed)
            raise Undone
    except Undone:
        pass
    assert outcome is not None
    return outcome


async def _handled(stage: Stage, work: Work, raw: dict[str, Any]) -> None:
    update = Update.de_json(raw, stage.bot)
    if update.callback_query is not None:
        await buttons.pressed(update, work, None)
    else:
        await handle(raw, work, stage.bot)


@contextmanager
def _writes(store: Store) -> Iterator[set[str]]:
    """The tables written meanwhile: where there is none, there is nothing to compare."""
    seen: set[str] = set()

    def watch(_connection: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        words = statement.split(maxsplit=3)
        if words[0] in ("INSERT", "DELETE"):
            seen.add(words[2].strip('"'))
        elif words[0] == "UPDATE":
            seen.add(words[1].strip('"'))

    event.listen(store.engine.sync_engine, "before_cursor_execute", watch)
    try:
        yield seen
    finally:
        event.remove(store.engine.sync_engine, "before_cursor_execute", watch)


def _outcome(
    address: str, before: dict[str, Counter[str]], after: dict[str, Counter[str]], owed: list[OutboxRow]
) -> Outcome:
    changed: dict[str, int] = {}
    own = 0
    for name, rows in after.items():
        different = list(((rows - before[name]) + (before[name] - rows)).elements())
        elsewhere = [row for row in different if f"('address', '{address}')" not in row]
        own += len(different) - len(elsewhere)
        if elsewhere:
            changed[name] = len(elsewhere)
    foreign = [row for row in owed if row.address != address]
    if foreign:
        changed["outbox"] = len(foreign)
    own += sum(row.call != "toast" and row.address == address for row in owed)
    toast = next((row.text or "" for row in owed if row.call == "toast"), "")
    return Outcome(changed, own, toast, [(row.address, row.text or "") for row in owed])


def pressed(role: str, ref: str, data: str) -> dict[str, Any]:
    """A press as Telegram tells it: the presser can only be in her own chat."""
    chat = {"id": ROLES[role], "type": "private", "first_name": role}
    person = {"id": ROLES[role], "is_bot": False, "first_name": role}
    bubble = {"message_id": int(ref), "date": 1, "chat": chat}
    query = {"id": "1", "from": person, "chat_instance": "1", "data": data, "message": bubble}
    return {"update_id": 1, "callback_query": query}


def written(
    role: str, words: str, *, reply_to: str | None = None, edits: str | None = None
) -> dict[str, Any]:
    """Words as Telegram tells them; ``edits``: the ref of the message they replace."""
    chat = {"id": ROLES[role], "type": "private", "first_name": role}
    message: dict[str, Any] = {
        "message_id": int(edits or 900),
        "date": 1,
        "chat": chat,
        "from": {"id": ROLES[role], "is_bot": False, "first_name": role},
        "text": words,
    }
    if words.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(words.partition(" ")[0])}]
    if reply_to is not None:
        message["reply_to_message"] = {"message_id": int(reply_to), "date": 1, "chat": chat}
    return {"update_id": 1, ("edited_message" if edits else "message"): message}
