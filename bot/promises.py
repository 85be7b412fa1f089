"""A promise is made when something waits for an answer; bot/nudges.py sees to it that it is kept."""

from datetime import datetime

from bot import cards, owe
from bot.rules.deadlines import checkpoints
from bot.rules.hours import Hours
from bot.team import Desk
from bot.texts import promises as texts
from storage import due, promises
from storage.conversations import Bubble, Conversation
from storage.store import Work

NUDGE, PASS_ON, OVERDUE = "nudge", "pass-on", "overdue"
"""What is due about a conversation: each plans the next, so that one row at most waits."""


def halfway(hours: Hours, now: datetime, moment: datetime) -> datetime:
    """Half of the opening time that is left: half of the whole from its start, three quarters from there."""
    return checkpoints(hours, now, moment)[0]


async def make(work: Work, desk: Desk, conversation: Conversation) -> None:
    """Promise that whoever has it answers what came in now; an earlier promise no longer counts."""
    await until(work, desk, conversation, desk.promised(conversation.reader_id, work.now))


async def until(work: Work, desk: Desk, conversation: Conversation, moment: datetime | None) -> None:
    """Promise an answer by this moment; None: nothing may be promised.

    The conversation has its id already.
    """
    had_one, conversation.promised_at = conversation.promised_at is not None, moment
    if had_one:
        for kind in (NUDGE, PASS_ON, OVERDUE):
            await due.cancel(work.session, kind, conversation.id, work.now)
    await watch(work, desk, conversation, again=had_one)


async def watch(work: Work, desk: Desk, conversation: Conversation, *, again: bool = True) -> None:
    """See to it that what is promised is kept; ``again``: something may be planned for it already."""
    moment = conversation.promised_at
    if moment is None or moment <= work.now:
        return
    at = halfway(desk.hours, work.now, moment)
    if again:
        await due.move(work.session, NUDGE, conversation.id, at)
    else:
        await due.plan(work.session, NUDGE, conversation.id, at)


async def settle(work: Work, conversation: Conversation, by: int, *, answered: bool) -> None:
    """``by`` has it, or has answered: nothing is asked any more, and the others are told who."""
    for ask in await promises.asks_of(work.session, conversation.id):
        if ask.over_at is not None:
            continue
        ask.over_at = work.now
        bubble = await work.session.get(Bubble, ask.bubble_id) if ask.bubble_id is not None else None
        if bubble is None or bubble.removed_at is not None:
            continue
        if ask.person_id == by:
            await owe.set_buttons(work, bubble)
        else:
            teacher = await cards.name_of(work, conversation.teacher_id)
            name = await cards.name_of(work, by)
            await owe.edit(work, bubble, texts.settled(teacher=teacher, by=name, answered=answered))
