"""Whose conversation a pressed bubble is about, and what somebody reads when it is not hers.

A bubble stands in one chat, so a forged press can only name conversations that this chat has seen;
what it may still do with them is decided here.
"""

from bot import cards
from bot.incoming import Press
from bot.team import Desk, desk_for
from bot.texts import card as texts
from storage.conversations import Conversation
from storage.people import Known
from storage.store import Work

LAID = ("card", "closed-card", "passed")
"""Parts that are, or were, somebody's card."""


def answers_for(known: Known | None, conversation: Conversation) -> bool:
    """Whether she is of this conversation's centre today, and has it."""
    return (
        known is not None
        and conversation.reader_id == known.person.id
        and conversation.centre_id in {one.centre_id for one in known.staff}
    )


async def hers(work: Work, press: Press, *, closed_too: bool = False) -> tuple[Conversation, Desk] | None:
    """The conversation of the card she pressed, if she has it.

    ``closed_too``: also one whose content she has not opened by taking it.
    """
    if press.bubble is None or press.bubble.conversation_id is None:
        return None
    conversation = await work.session.get_one(Conversation, press.bubble.conversation_id)
    if not answers_for(press.known, conversation) or not (conversation.opens or closed_too):
        return None
    return conversation, await desk_for(work, conversation.school_id, conversation.referente_id)


async def teachers(work: Work, press: Press) -> Conversation | None:
    """The teacher's own conversation behind the bubble she pressed, at a school where she still is."""
    if press.bubble is None or press.bubble.conversation_id is None or press.known is None:
        return None
    conversation = await work.session.get_one(Conversation, press.bubble.conversation_id)
    hers = conversation.teacher_id == press.known.person.id
    still = conversation.school_id in {one.school_id for one in press.known.teaching}
    return conversation if hers and still else None


async def refusal(work: Work, press: Press) -> str:
    """Why a press changes nothing: somebody else has it, or the button is old."""
    if press.bubble is None or press.bubble.conversation_id is None or press.known is None:
        return texts.too_old()
    conversation = await work.session.get_one(Conversation, press.bubble.conversation_id)
    if press.bubble.part not in LAID:
        return texts.not_yours()
    if conversation.reader_id == press.known.person.id:
        return texts.take_first() if not conversation.opens else texts.not_yours()
    return texts.already_taken(by=await cards.name_of(work, conversation.reader_id))
