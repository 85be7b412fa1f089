"""What becomes of what we owed: it arrived, it never will, or it could not even be understood.

Called by the delivery and the handling, in the transaction that writes the fact down.
"""

from collections.abc import Sequence

import structlog

from bot import handover, meeting_leavers, owe
from bot.carry import SHOWN
from bot.rules.paris import local_date
from bot.sender import UNREACHABLE
from bot.texts import answers as texts
from storage import conversations, people
from storage.conversations import Bubble, Conversation, Message
from storage.outbox import OutboxRow
from storage.people import Account
from storage.store import Work

log = structlog.get_logger(__name__)

CARRIES = ("card", "closed-card", *SHOWN)
"""Parts that bring a teacher's words to somebody of the team."""
GONE = "👌"
"""« parti », on the référente's own message: one of the emoji Telegram allows."""


async def arrived(work: Work, row: OutboxRow) -> None:
    """A call succeeded: say so on the author's own bubble, where somebody answered."""
    if row.tell is None or row.tell.message_id is None or row.call not in ("send", "copy", "album"):
        return
    message = await work.session.get_one(Message, row.tell.message_id)
    conversation = await work.session.get_one(Conversation, message.conversation_id)
    message.delivered_at = work.now
    if conversation.danger_at is None:
        owe.react(work, row.tell, GONE)
    else:
        owe.send(
            work,
            row.tell.address,
            texts.gone_in_danger(),
            part="note",
            conversation=conversation,
            silent=True,
            reply_to=row.tell,
        )


async def album_landed(work: Work, row: OutboxRow, refs: Sequence[str]) -> None:
    """Each picture of an album gets its own ref, so that each can be replied to."""
    pictures = sorted(row.options["album"], key=lambda one: int(one[0]))
    for (_, bubble_id), ref in zip(pictures, refs, strict=False):
        (await work.session.get_one(Bubble, bubble_id)).ref = ref


async def refused(work: Work, row: OutboxRow, code: str) -> None:
    """A call will never succeed: the other side is told, or somebody else gets the conversation."""
    if code in UNREACHABLE:
        account = await people.account_at(work.session, row.address)
        if account is not None and account.unreachable_at is None:
            await _lost(work, account)
    if row.call not in ("send", "copy", "album"):
        return
    if row.bubble is not None:
        row.bubble.removed_at = work.now  # it stands nowhere: what it said is laid again when she is back
    if row.tell is not None:
        await _tell_author(work, row.tell, code)
    elif row.bubble is not None and row.bubble.part in CARRIES and row.bubble.conversation_id is not None:
        await _words_lost(work, row.bubble, code)


async def _tell_author(work: Work, tell: Bubble, code: str) -> None:
    conversation = (
        await work.session.get_one(Conversation, tell.conversation_id) if tell.conversation_id else None
    )
    owe.send(
        work,
        tell.address,
        texts.not_arrived(blocked=code in UNREACHABLE),
        part="note",
        conversation=conversation,
        reply_to=tell,
    )


async def _words_lost(work: Work, bubble: Bubble, code: str) -> None:
    """A phone of the team refuses a teacher's words for good: the teacher is told.

    When it refuses everything, her cover has them already (:func:`_lost`).
    """
    if code in UNREACHABLE:
        return
    conversation = await work.session.get_one(Conversation, bubble.conversation_id)
    account = await people.account_of(work.session, conversation.reader_id)
    teacher = await people.account_of(work.session, conversation.teacher_id)
    log.error("a teacher's words were refused", code=code, bubble=bubble.id)
    if teacher is not None and account is not None and account.address == bubble.address:
        telephone = await conversations.telephone_of(work.session, conversation)
        owe.send(
            work,
            teacher.address,
            texts.not_understood(telephone=telephone),
            part="note",
            conversation=conversation,
        )


async def _lost(work: Work, account: Account) -> None:
    """Her phone takes nothing from us any more: what waits for her goes to who reads."""
    account.unreachable_at = work.now
    work.news.add("people")
    await work.flush()
    await handover.pass_on_absent(work, account.person_id)
    await meeting_leavers.gone(work, account.person_id)


async def reachable(work: Work, address: str, *, yes: bool) -> None:
    """Telegram says that somebody blocked the bot, or let it in again."""
    account = await people.account_at(work.session, address)
    if account is None or (account.unreachable_at is None) == yes:
        return
    if not yes:
        await _lost(work, account)
        return
    account.unreachable_at = None
    work.news.add("people")
    await work.flush()
    await handover.catch_up(work, account.person_id)
    await meeting_leavers.is_back(work, account.person_id)


async def set_aside(work: Work, address: str) -> None:
    """An update could not be handled after several tries: its author is told, never left waiting."""
    known = await people.known(work.session, address, local_date(work.now))
    if known is not None:
        centre = known.memberships[0].centre_id
        owe.send(
            work,
            address,
            texts.not_understood(telephone=await people.telephone_of_centre(work.session, centre)),
            part="note",
        )
