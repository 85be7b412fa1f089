"""A lost phone, or an access that must end: cut at once, and nothing left to read on it."""

from bot import handover, invitations, meeting_leavers
from bot.erase import erase
from storage import dialogues, feeds, joining, revocation
from storage.conversations import Bubble
from storage.people import Person
from storage.store import Work
from storage.trace import Access


async def revoke(work: Work, person: Person, by: int | None) -> str:
    """End the access of somebody of a team wherever she is; return a new single-use code for her.

    ``by``: the coordinatrice who asks, None from the command line.
    Raises InvitationError for somebody who is of no team any more.
    """
    _, membership = await invitations.staff_named(work, person.name)
    await cut(work, person)
    await meeting_leavers.gone(work, person.id)
    access = Access(centre_id=membership.centre_id, person_id=by, what=f"revoked:{person.id}", at=work.now)
    work.add(access)
    return await invitations.invite_staff(work, person.name)


async def cut(work: Work, person: Person, *, keep: Bubble | None = None) -> None:
    """End her accounts and her agenda, empty her phones (``keep`` excepted), hand over what waits for her."""
    await feeds.revoke(work.session, person.id, work.now)
    for account in await joining.open_accounts(work.session, person.id):
        account.ended_at = work.now
        await dialogues.close(work.session, account.address)
        for bubble, kind in await revocation.standing(work.session, account.address):
            if keep is None or bubble.id != keep.id:
                await erase(work, bubble, kind)
    work.news.add("people")
    await work.flush()
    await handover.pass_on_absent(work, person.id)
