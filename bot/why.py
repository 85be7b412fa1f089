"""« Pourquoi ? »: the words that weighed in a proposal, for the référente who asks."""

from bot import cards, whose
from bot.incoming import Press
from bot.rules.tagger import weighed
from bot.texts import card as texts
from bot.which_matter import SAID
from storage import centres, conversations
from storage.store import Work


async def shown(work: Work, press: Press) -> str | None:
    """On the card: her words that pulled towards what is proposed; towards both sides when it is not sure."""
    found = await whose.hers(work, press)
    if found is None:
        return await whose.refusal(work, press)
    conversation, desk = found
    if conversation.danger_at is not None:
        return texts.danger_first()
    if conversation.territory_by_id is not None or conversation.reason in SAID:
        return texts.why_said()
    words = " \n".join(await conversations.pieces_of_teacher(work.session, conversation.id))
    sides = ("clas", "pre") if conversation.unsure else (conversation.territory,)
    town = await centres.town_of(work.session, desk.school)
    await cards.refresh(
        work,
        desk,
        conversation,
        buttons=texts.tag_buttons(pre_in_town=town.pre),
        weighed=[(one, weighed(words, one)) for one in sides],
    )
    return None
