"""What must be true after the torture: each check returns the sentences of what is not."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storage.encryption import decrypt
from tools.stage.database import Look
from tools.stage.telegram import TOKEN, Telegram
from tools.torture.lives import Life, Said

MARKER = re.compile(r"\b[ma]\d{5}\b")
STUMBLED = ("a loop stumbled", "a call could not be made", "could not be handled", "Traceback")
"""What the service's log never says when only Telegram and the power fail."""

Phones = dict[int, list[dict[str, Any]]]
"""What each person's phone shows."""


@dataclass(frozen=True, slots=True)
class Doubled:
    """A message shown twice: where, in which life, and whether its first answer was lost on purpose."""

    chat: int
    life: int
    lost_answer: bool


def phones_check(phones: Phones, said: Sequence[Said]) -> list[str]:
    """Nothing lost, nothing at the wrong person's, in the order in which it was written."""
    seen: dict[int, list[str]] = {
        person: [found for one in shown if not one["mine"] for found in MARKER.findall(one["text"])]
        for person, shown in phones.items()
    }
    wrong = [
        f"{one.marker} of {one.writer} never reached {one.reader}"
        for one in said
        if one.marker not in seen[one.reader]
    ]
    reader_of = {one.marker: one.reader for one in said}
    writer_of = {one.marker: one.writer for one in said}
    for person, markers in seen.items():
        wrong += [f"{marker} stands on {person}'s phone" for marker in markers if reader_of[marker] != person]
        by_writer: dict[int, list[str]] = defaultdict(list)
        for marker in markers:
            by_writer[writer_of[marker]].append(marker)
        wrong += [
            f"out of order on {person}'s phone: {found}"
            for found in by_writer.values()
            if found != sorted(found)
        ]
    return wrong


async def database_check(look: Look, said: Sequence[Said], updates: int) -> list[str]:
    """Each message once, each update once, each call owed once, none given up."""
    wrong = []
    texts = [decrypt(bytes(text)) for (text,) in await look.rows("SELECT text FROM messages")]
    stored = Counter(MARKER.findall(" ".join(texts)))
    wrong += [f"{one.marker} is stored {stored[one.marker]} times" for one in said if stored[one.marker] != 1]
    states = dict(await look.rows("SELECT state, count(*) FROM inbox GROUP BY state"))
    if states != {"done": updates}:
        wrong.append(f"the inbox holds {states}, Telegram gave {updates}")
    for what, sql in {
        "calls refused": "SELECT call, refusal, count(*) FROM outbox WHERE state = 'refused'"
        " GROUP BY call, refusal",
        "bubbles owed twice": "SELECT bubble_id FROM outbox WHERE call IN ('send', 'copy')"
        " GROUP BY bubble_id HAVING count(*) > 1",
        "messages shown twice": "SELECT message_id, address FROM bubbles"
        " WHERE message_id IS NOT NULL AND part IN ('source', 'card', 'copy', 'answer')"
        " GROUP BY message_id, address HAVING count(*) > 1",
    }.items():
        found = await look.rows(sql)
        if found:
            wrong.append(f"{what}: {found}")
    return wrong


async def doubled_at_telegram(
    telegram: Telegram, look: Look, phones: Phones, lives: Sequence[Life]
) -> list[Doubled]:
    """The bubbles of ours that no row knows: a call that arrived, whose answer we never wrote down."""
    known = {
        (int(chat), int(ref))
        for chat, ref in await look.rows("SELECT address, ref FROM bubbles WHERE ref IS NOT NULL")
    }
    calls = {(call["chat_id"], call["message_id"]): call for call in await telegram.calls() if call["sent"]}
    found = []
    for person, shown in phones.items():
        for one in shown:
            if one["mine"] or (person, one["id"]) in known:
                continue
            call = calls[person, one["id"]]
            life = sum(1 for life in lives if life.born <= call["at"]) - 1
            found.append(Doubled(person, life, call["fault"] == "lose_answer"))
    return found


def bound_check(doubled: Sequence[Doubled], lives: Sequence[Life]) -> list[str]:
    """No more doubles than sends in flight at each kill, chat by chat; none when nothing was in flight."""
    wrong = []
    for number, life in enumerate(lives):
        twice = Counter(str(one.chat) for one in doubled if one.life == number and not one.lost_answer)
        in_flight = Counter(life.sending)
        wrong += [
            f"life {number}: {count} doubled in chat {chat}, {in_flight[chat]} in flight"
            for chat, count in twice.items()
            if count > in_flight[chat]
        ]
    late = [one for one in doubled if one.life >= len(lives) and not one.lost_answer]
    return wrong + ([f"{len(late)} doubled after the last kill"] if late else [])


def log_check(log: Path) -> list[str]:
    """Nothing anybody said, no token, and no stumbling."""
    said = log.read_text(encoding="utf-8")
    wrong = [f"the log holds {what}" for what in (TOKEN, TOKEN.partition(":")[2]) if what in said]
    wrong += [f"the log holds {found}" for found in set(MARKER.findall(said))]
    return wrong + [f"the log says {what!r} {said.count(what)} times" for what in STUMBLED if what in said]
