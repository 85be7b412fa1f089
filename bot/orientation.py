"""A territory is not only a label: a message is ready for the school, which the référente reads and sends.

Nothing leaves by itself. Where a child may be in danger nothing is ready, and what was ready before
the words of danger is taken away.
"""

from bot import answers, cards, carry, owe, to_whom, whose
from bot.incoming import Press
from bot.rules.territory import TERRITORIES, topics
from bot.rules.words import fold
from bot.team import Desk
from bot.texts import answers as answer_texts
from bot.texts import card as card_texts
from bot.texts import orientation as texts
from storage import centres, conversations, dialogues
from storage.conversations import Conversation
from storage.store import Work

SCHOOL = "ecole"
"""The school's own tools and people: an action of « autre », and a ready message of its own."""
BULLYING = "bullying"
"""The key of the topic of a school's own protocol."""
SCHOOL_REASONS = ("school_tools", BULLYING)


async def offer(work: Work, desk: Desk, conversation: Conversation) -> None:
    """She has chosen a territory: the card offers its ready message, if there is one."""
    what = conversation.territory
    if what == "autre" and (conversation.action == SCHOOL or conversation.reason in SCHOOL_REASONS):
        what = SCHOOL
    if what not in await _whats(work, conversation):
        await cards.refresh(work, desk, conversation)
        return
    town = await centres.town_of(work.session, desk.school)
    buttons = texts.offer_buttons(what=what, pre_in_town=town.pre)
    await cards.refresh(work, desk, conversation, buttons=buttons)


async def _whats(work: Work, conversation: Conversation) -> tuple[str, ...]:
    """The messages that make sense here: a nursery child is never for the CLAS."""
    membership = await cards.membership_of(work, conversation)
    if cards.is_nursery(conversation, membership):
        return ("pre", SCHOOL)
    return (*TERRITORIES[:3], SCHOOL)


async def choose(work: Work, press: Press) -> str | None:
    """« Message prêt »: which one; then the words themselves, under the card."""
    found = await whose.hers(work, press)
    if found is None or press.bubble is None:
        return await whose.refusal(work, press)
    conversation, desk = found
    if conversation.danger_at is not None:
        return card_texts.danger_first()
    whats = await _whats(work, conversation)
    if press.argument not in whats:
        town = await centres.town_of(work.session, desk.school)
        buttons = texts.choice_buttons(whats=whats, pre_in_town=town.pre)
        await owe.set_buttons(work, press.bubble, buttons)
        return None
    await _show(work, press, desk, conversation, await _words(work, desk, conversation, press.argument))
    await cards.refresh(work, desk, conversation)
    return None


async def _words(work: Work, desk: Desk, conversation: Conversation, what: str) -> str:
    """The message, in the words of this centre and of this town."""
    if what == SCHOOL:
        return texts.school(bullying=await _speaks_of_bullying(work, conversation))
    town = await centres.town_of(work.session, desk.school)
    here = texts.Here(
        telephone=desk.centre.telephone,
        places=desk.centre.clas,
        pre=town.pre,
        pre_contact=town.pre_contact,
        alternative=town.alternative,
        nursery_help=town.nursery_help,
    )
    if cards.is_nursery(conversation, await cards.membership_of(work, conversation)):
        return texts.nursery(here=here)
    return {"clas": texts.clas, "pre": texts.pre, "both": texts.both}[what](here=here)


async def _speaks_of_bullying(work: Work, conversation: Conversation) -> bool:
    said = await conversations.messages_of(work.session, conversation.id)
    words = " ".join(one.text or "" for one in said if one.from_teacher)
    return any(topic.key == BULLYING for topic in topics(fold(words)))


async def _show(work: Work, press: Press, desk: Desk, conversation: Conversation, words: str) -> None:
    """Under the card, one at a time; copied by a touch, so not protected."""
    await carry.drop_ready(work, conversation)
    bubble = owe.send(
        work,
        press.address,
        texts.preview(teacher=await cards.name_of(work, conversation.teacher_id), words=words),
        part=carry.READY,
        conversation=conversation,
        buttons=texts.preview_buttons(),
        silent=True,
        reply_to=press.bubble,
    )
    await work.flush()
    kind = f"{carry.READY}:{bubble.id}"
    asked = await dialogues.ask(work.session, press.address, kind, work.now, bubble=bubble)
    asked.words = words


async def send(work: Work, press: Press) -> str | None:
    """« Envoyer »: what she has read leaves, under her name, like any answer of hers."""
    found = await whose.hers(work, press)
    if found is None or press.bubble is None or press.known is None:
        return await whose.refusal(work, press)
    conversation, _ = found
    asked = await dialogues.open_in(work.session, press.address, f"{carry.READY}:{press.bubble.id}")
    if asked is None or asked.words is None:
        return card_texts.too_old()
    if conversation.danger_at is not None:
        return card_texts.danger_first()
    teacher = await cards.name_of(work, conversation.teacher_id)
    if not await answers.reaches(work, conversation):
        return answer_texts.not_here(teacher=teacher)
    words, before = asked.words, conversation.state
    await work.session.delete(asked)
    message = await answers.send_ready(work, press.known, conversation, words, press.bubble)
    text = texts.sent(teacher=teacher, words=words)
    await owe.edit(work, press.bubble, text, buttons=answer_texts.sent_buttons())
    to_whom.keep_undo(work, press.bubble, [message], before)
    return None


async def drop(work: Work, press: Press) -> str | None:
    """« Pas maintenant »."""
    found = await whose.hers(work, press)
    if found is None or press.bubble is None or press.bubble.part != carry.READY:
        return await whose.refusal(work, press)
    await carry.drop_ready(work, found[0])
    return None
