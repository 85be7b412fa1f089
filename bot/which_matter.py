"""A teacher is asked what it is about only when another référente would read it, and in her own words.

Her message has left already, for the référente who has the rest: silence is an answer, and the card
asks. Never where a child may be in danger.
"""

from bot import cards, handover, whose
from bot.incoming import Press
from bot.team import desk_for, referente_of
from bot.texts import card as card_texts
from storage import conversations
from storage.centres import EVERY_ACTION
from storage.conversations import Conversation
from storage.store import Work

MATTERS = {
    # what she touches: the territory, the action that names its référente, the reason on the card
    "work": ("clas", "clas", "said_work"),
    "child": ("pre", "pre", "said_child"),
    "other": ("autre", "aucune", "said_other"),
}

SAID = frozenset(reason for _, _, reason in MATTERS.values())
"""Reasons of what a teacher touched herself."""


async def asks(work: Work, conversation: Conversation) -> bool:
    """Whether what it is about is unsure, nobody has it yet, and its référente depends on it."""
    if not conversation.unsure or conversation.danger_at is not None:
        return False
    await work.flush()  # a new one gets its state
    if conversation.state != "waiting":
        return False
    matters = ["pre", EVERY_ACTION]
    if not await _nursery(work, conversation):
        matters.append("clas")
    return len({await referente_of(work, conversation.school_id, one) for one in matters}) > 1


async def _nursery(work: Work, conversation: Conversation) -> bool:
    return cards.is_nursery(conversation, await cards.membership_of(work, conversation))


async def chosen(work: Work, press: Press) -> str | None:
    """« Le travail scolaire »: whoever answers for it has it, and the receipt says who."""
    conversation = await whose.teachers(work, press)
    matter = MATTERS.get(press.argument)
    if conversation is None or matter is None or press.bubble is None or press.bubble.part != "receipt":
        return card_texts.too_old()
    if not await asks(work, conversation):
        return card_texts.too_old()
    territory, action, reason = matter
    if territory == "clas" and await _nursery(work, conversation):
        territory, action = "pre", "pre"  # a nursery child is never for the CLAS
    conversation.territory, conversation.action, conversation.reason = territory, action, reason
    conversation.unsure = False
    await _route(work, conversation, action)
    return card_texts.noted()


async def _route(work: Work, conversation: Conversation, action: str) -> None:
    named = await referente_of(work, conversation.school_id, action)
    if named is not None and named != conversation.referente_id:
        elsewhere = await conversations.current(
            work.session, conversation.teacher_id, conversation.school_id, named
        )
        conversation.current = conversation.current and elsewhere is None
        conversation.referente_id = named
        await work.flush()
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    if not await handover.to_who_reads(work, desk, conversation, tell=False):
        await cards.refresh(work, desk, conversation)
    await cards.receipt_anew(work, desk, conversation)


async def withdraw(work: Work, conversation: Conversation) -> None:
    """Words of danger have come: the question leaves her receipt."""
    if await asks(work, conversation):
        desk = await desk_for(work, conversation.school_id, conversation.referente_id)
        await cards.receipt_anew(work, desk, conversation)
