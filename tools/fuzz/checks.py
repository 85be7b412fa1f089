"""What must hold whatever comes in: who saw what, what the log says, what waits."""

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, text

from bot.demo.telegram.params import Args
from storage.encryption import decrypt
from storage.inbox import InboxRow
from tests.cast import Scene
from tests.emulator import contract
from tools.fuzz.words import MARK, SENTINEL

SHOWS = ("sendMessage", "editMessageText", "editMessageCaption", "copyMessage", "copyMessages")
STUMBLED = re.compile("a loop stumbled|a call could not be made|what was due failed|Traceback")
NOT_THE_SAME = re.compile(r'"timestamp": "[^"]*"|"row": \d+')
FAILED = re.compile(r'"row": (\d+), "error": "(\w+)", "where": "([\w.]+:\d+)"')


@dataclass(slots=True)
class Witness:
    """Notes whose words each chat was shown. An observer of the local Bot API."""

    scene: Scene
    shown: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    """Update number → chats in which its words stood."""

    def __call__(self, method: str, args: Args, result: Any) -> None:
        """See one call that Telegram has carried out."""
        if method not in SHOWS:
            return
        chat = args.integer("chat_id")
        words = f"{args.text('text')} {args.text('caption')}"
        landed = result if isinstance(result, list) else [result]
        for one in landed if method.startswith("copy") else ():
            content = self.scene.api.world.chats[chat].messages[one["message_id"]].content
            words += f" {content.get('text', '')} {content.get('caption', '')}"
        for number in MARK.findall(words):
            self.shown[int(number)].add(chat)


async def wrong_persons(witness: Witness, author: dict[int, int]) -> list[str]:
    """Words seen by somebody who is neither their author, nor of her centre's team, nor whom they answer.

    ``author``: the chat each marked update came from.
    """
    async with witness.scene.service.store.work(witness.scene.clock.now()) as work:
        roles = await work.session.execute(
            text(
                "SELECT accounts.address, memberships.role, memberships.centre_id FROM memberships "
                "JOIN accounts ON accounts.person_id = memberships.person_id"
            )
        )
        centres: dict[int, set[int]] = defaultdict(set)
        staff: dict[int, set[int]] = defaultdict(set)
        for address, role, centre in roles:
            centres[int(address)].add(centre)
            if role in ("référente", "coordinatrice"):
                staff[centre].add(int(address))
        answered: dict[int, set[int]] = defaultdict(set)
        said = await work.session.execute(
            text(
                "SELECT messages.text, accounts.address FROM messages "
                "JOIN conversations ON conversations.id = messages.conversation_id "
                "JOIN accounts ON accounts.person_id = conversations.teacher_id "
                "WHERE messages.text IS NOT NULL AND NOT messages.from_teacher"
            )
        )
        for words, teacher in said:
            for number in MARK.findall(decrypt(bytes(words))):
                answered[int(number)].add(int(teacher))
    wrong = []
    for number, chats in witness.shown.items():
        hers = author.get(number)
        team = {one for centre in centres.get(hers or 0, ()) for one in staff[centre]}
        wrong += [
            f"update {number} of {hers} was shown to {chat}"
            for chat in chats - team - answered[number] - {hers}
        ]
    return wrong


def log_check(log: str, token: str) -> list[str]:
    """No content, no token, nothing that stumbled."""
    wrong = [f"the log holds {what!r}" for what in (SENTINEL, token, token.partition(":")[2]) if what in log]
    lines = Counter(NOT_THE_SAME.sub("", line) for line in log.splitlines() if STUMBLED.search(line))
    return wrong + [f"{count} times in the log: {line}" for line, count in lines.most_common()]


async def refused(scene: Scene, log: str) -> tuple[int, list[str]]:
    """How many updates were set aside, and those of them that the specification allows."""
    where = {int(row): f"{error} at {place}" for row, error, place in FAILED.findall(log)}
    async with scene.service.store.work(scene.clock.now()) as work:
        aside = (await work.session.scalars(select(InboxRow).where(InboxRow.state == "aside"))).all()
    valid: Counter[str] = Counter()
    for row in aside:
        raw = json.loads(row.raw or "{}")
        try:
            contract.check("update", raw, ["Update"])
        except contract.Broken:
            continue
        valid[where.get(row.id, row.error or "?")] += 1
    return len(aside), [f"{count} good updates failed: {why}" for why, count in valid.most_common()]


async def stuck(scene: Scene) -> list[str]:
    """Updates and calls that still wait when everything has had its time."""
    async with scene.service.store.work(scene.clock.now()) as work:
        states = await work.session.execute(text("SELECT state, count(*) FROM inbox GROUP BY state"))
        inbox: dict[str, int] = {state: count for state, count in states}
        outbox = (
            await work.session.execute(
                text(
                    "SELECT call, state, count(*) FROM outbox "
                    "WHERE state IN ('waiting', 'sending') GROUP BY call, state"
                )
            )
        ).all()
    wrong = [f"{inbox['waiting']} updates still wait"] if inbox.get("waiting") else []
    return [*wrong, f"calls still owed: {outbox}"] if outbox else wrong
