"""« Plus tard »: a conversation comes back as a line, at the moment she chose."""

from bot import cards, nudges, owe, whose
from bot.incoming import Press
from bot.rules.later import later
from bot.texts import card as card_texts
from bot.texts import promises as texts
from storage import due
from storage.conversations import Conversation
from storage.due import Due
from storage.store import Work

KIND = "later"
"""The kind of its due rows; the slot is who wants it back."""
PART = "nudge"
"""Its line is touched as a nudge is."""


async def ask(work: Work, press: Press) -> str | None:
    """« Plus tard »: a grid of moments, with a way back."""
    found = await whose.hers(work, press, closed_too=True)
    if found is None or press.bubble is None:
        return await whose.refusal(work, press)
    conversation, desk = found
    moments = later(desk.hours, desk.team.absences.get(conversation.reader_id, ()), work.now)
    if not moments:
        return texts.nothing_later()
    await owe.set_buttons(work, press.bubble, texts.later_buttons(moments=moments, now=work.now))
    return None


async def choose(work: Work, press: Press) -> str | None:
    """One of the moments offered; what it does to the promise is said."""
    found = await whose.hers(work, press, closed_too=True)
    if found is None or press.bubble is None:
        return await whose.refusal(work, press)
    conversation, desk = found
    offered = later(desk.hours, desk.team.absences.get(conversation.reader_id, ()), work.now)
    moment = next((one for one in offered if press.argument == texts.moment_key(moment=one)), None)
    if moment is None or conversation.state == "closed":
        return card_texts.too_old()
    await due.move(work.session, KIND, conversation.id, moment, str(conversation.reader_id))
    until = conversation.promised_at if conversation.state in nudges.WAITING else None
    said = texts.later(moment=moment, until=until, now=work.now)
    if press.bubble.part == PART:
        await owe.edit(work, press.bubble, said)
    else:
        await cards.stands_again(work, desk, conversation, press.bubble)
    return said


async def back(work: Work, press: Press) -> str | None:
    """« ‹ Retour »: to the card's buttons, or to the line's."""
    found = await whose.hers(work, press, closed_too=True)
    if found is None or press.bubble is None:
        return await whose.refusal(work, press)
    conversation, desk = found
    if press.bubble.part == PART:
        buttons = texts.nudge_buttons(taken=conversation.state == "taken", opens=conversation.opens)
        await owe.set_buttons(work, press.bubble, buttons)
    else:
        await cards.stands_again(work, desk, conversation, press.bubble)
    return None


async def comes(work: Work, row: Due) -> None:
    """The moment has come: a line, if she still has it and it is not closed."""
    conversation = await work.session.get_one(Conversation, row.subject_id)
    if str(conversation.reader_id) == row.slot and conversation.state in nudges.WAITING:
        await nudges.bring_back(work, conversation)
