"""Somebody is of a school no more: whoever has her words knows it at once, and promises her nothing."""

from bot import cards, owe, promises
from bot.team import address_of, desk_for, rings_now
from bot.texts import card as texts
from storage import conversations
from storage.due import Due
from storage.people import Membership
from storage.store import Work

KIND = "year-over"
"""The kind of the due row of the first morning after her rights."""


async def tell(work: Work, person_id: int) -> None:
    """The card of each thing she has open at a school where she is no more says so; a line under it, too,
    if an answer was owed."""
    await work.flush()
    for conversation in await conversations.open_of_teacher(work.session, person_id):
        if await cards.membership_of(work, conversation) is not None:
            continue
        desk = await desk_for(work, conversation.school_id, conversation.referente_id)
        await promises.until(work, desk, conversation, None)
        await cards.refresh(work, desk, conversation)
        address = await address_of(work, conversation.reader_id)
        if conversation.state == "answered" or address is None:
            continue
        laid = await conversations.bubbles_of(
            work.session, conversation.id, "card", "closed-card", address=address
        )
        owe.send(
            work,
            address,
            texts.has_left(teacher=await cards.name_of(work, person_id), school=desk.school.name),
            part="note",
            conversation=conversation,
            silent=not await rings_now(work, desk, conversation.reader_id),
            reply_to=laid[-1] if laid else None,
        )


async def year_over(work: Work, row: Due) -> None:
    """The school year for which she had rights is over; she may have said meanwhile that she stays."""
    membership = await work.session.get_one(Membership, row.subject_id)
    await tell(work, membership.person_id)
