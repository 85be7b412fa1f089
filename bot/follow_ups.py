"""What a teacher's next words add to the proposal on the card."""

from bot import corrections, which_matter
from bot.incoming import Incoming
from bot.rules.level import eldest
from bot.rules.tagger import Tag, tag
from bot.rules.thread import Proposal, joined
from bot.rules.words import fold
from storage import centres, conversations
from storage.centres import School
from storage.conversations import Conversation
from storage.people import Membership
from storage.store import Work

PIECES = 4
"""A worry comes in a few bubbles; a longer thread would say no more, and cost more each time it is read."""


async def propose(
    work: Work, conversation: Conversation, read: Tag, membership: Membership, incoming: Incoming
) -> bool:
    """Write down what a follow-up, kept already, adds. Whether the card changes.

    A référente's correction is never overwritten, and a word for tonight is about tonight. Said in
    pieces, none of which is sure, the whole is read again.
    """
    if conversation.territory_by_id is not None or read.today or read.closing:
        return False
    if read.ask and conversation.unsure:
        read = await _whole(work, conversation, membership) or read
    conversation.level = eldest(fold(incoming.words)) or conversation.level
    before = Proposal(conversation.territory, conversation.action, conversation.reason, conversation.unsure)
    after = joined(before, Proposal(read.territory, read.action, read.reason, read.ask))
    if after == before:
        return False
    if not after.unsure:
        await which_matter.withdraw(work, conversation)
    conversation.territory, conversation.action = after.territory, after.action
    conversation.reason, conversation.unsure = after.reason, after.unsure
    return True


async def said_no_more(work: Work, conversation: Conversation) -> bool:
    """Whether the proposal stands on one message alone, and on nobody's choice."""
    said = [one for one in await conversations.messages_of(work.session, conversation.id) if one.from_teacher]
    chosen = conversation.territory_by_id is not None or conversation.reason in which_matter.SAID
    return len(said) == 1 and not chosen


async def _whole(work: Work, conversation: Conversation, membership: Membership) -> Tag | None:
    """All its pieces as one; None when there are too many."""
    pieces = await conversations.pieces_of_teacher(work.session, conversation.id)
    if len(pieces) > PIECES:
        return None
    school = await work.session.get_one(School, conversation.school_id)
    town = await centres.town_of(work.session, school)
    return tag(
        " \n".join(pieces),
        level=membership.level,
        pre_in_town=town.pre,
        layer=await corrections.layer_of(work, conversation.centre_id),
    )
