"""« Voir ce qui attend », under the week: the open conversations, oldest first, and the way to each card."""

from bot import cards, owe, team
from bot.digest_person import waiting_of
from bot.incoming import Press
from bot.rights import Who, may
from bot.texts import digest as texts
from storage import conversations, digests
from storage.conversations import Conversation
from storage.store import Work

CARDS = 4
"""Ways to a card under the list."""


async def show(work: Work, press: Press) -> str | None:
    """Hers; for who heads the centre, everybody's, without a word of any."""
    if press.known is None:
        return texts.stale()
    found: list[Conversation] = []
    heads = may(Who.COORDINATRICE, press.known)
    for one in press.known.staff:
        reader = None if heads and one.role == "coordinatrice" else press.known.person.id
        found += await digests.waiting(work.session, work.now, reader_id=reader, centre_id=one.centre_id)
    found.sort(key=lambda one: (one.opened_at, one.id))
    hers = [one for one in found if one.reader_id == press.known.person.id][:CARDS]
    owe.send(
        work,
        press.address,
        texts.waiting_list(waiting=[await waiting_of(work, one) for one in found], now=work.now),
        part="note",
        buttons=texts.waiting_buttons(
            waiting=[(one.id, await cards.name_of(work, one.teacher_id)) for one in hers]
        ),
        silent=True,
    )
    return None


async def to_card(work: Work, press: Press) -> str | None:
    """The way to a card of hers, which may be far up in the chat."""
    if press.known is None or not press.argument.isdecimal() or len(press.argument) > 12:
        return texts.stale()
    conversation = await work.session.get(Conversation, int(press.argument))
    if conversation is None or conversation.reader_id != press.known.person.id:
        return texts.stale()
    address = await team.address_of(work, press.known.person.id)
    found = await conversations.bubbles_of(work.session, conversation.id, "card", address=address)
    if not found or address is None:
        return texts.stale()
    owe.send(work, address, texts.here_it_is(), part="note", silent=True, reply_to=found[-1])
    return None
