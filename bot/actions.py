"""What a référente does with a card, and a teacher with a receipt, in one tap."""

from bot import cards, carry, corrections, handover, orientation, owe, promises, whose
from bot.incoming import Press
from bot.team import desk_for
from bot.texts import card as card_texts
from bot.texts import receipt as receipt_texts
from storage import centres, conversations, trace
from storage.conversations import Conversation, Message
from storage.store import Work
from storage.trace import Access

TERRITORIES = ("clas", "pre", "both", "autre")


async def take_over(work: Work, conversation: Conversation) -> None:
    """It is hers from now on: replying and calling both say so."""
    if conversation.state == "waiting":
        conversation.state, conversation.taken_at = "taken", work.now


async def call(work: Work, press: Press) -> str | None:
    """« Je l'appelle »."""
    found = await whose.hers(work, press)
    if found is None:
        return await whose.refusal(work, press)
    conversation, desk = found
    await take_over(work, conversation)
    await promises.settle(work, conversation, conversation.reader_id, answered=False)
    name = await cards.name_of(work, conversation.reader_id)
    await cards.refresh(work, desk, conversation)
    await cards.receipt_says(work, conversation, receipt_texts.taken(reader=name, calls=True))
    return card_texts.yours()


async def take(work: Work, press: Press) -> str | None:
    """« Prendre »: the coordinatrice opens the content, and it is written down that she did."""
    found = await whose.hers(work, press, closed_too=True)
    if found is None or press.bubble is None:
        return await whose.refusal(work, press)
    conversation, desk = found
    if not conversation.opens:
        conversation.opens = True
        await take_over(work, conversation)
        work.add(
            Access(
                centre_id=conversation.centre_id,
                person_id=conversation.reader_id,
                conversation_id=conversation.id,
                what="taken",
                at=work.now,
            )
        )
        await owe.remove(work, press.bubble)
        await handover.lay_open(work, desk, conversation)
        name = await cards.name_of(work, conversation.reader_id)
        await cards.receipt_says(work, conversation, receipt_texts.taken(reader=name))
    return card_texts.yours()


async def choose_tag(work: Work, press: Press) -> str | None:
    """« CLAS ✓ »: the grid of territories, with a way back."""
    found = await whose.hers(work, press)
    if found is None or press.bubble is None:
        return await whose.refusal(work, press)
    conversation, desk = found
    if conversation.danger_at is not None:
        return card_texts.danger_first()
    if press.argument not in TERRITORIES:
        town = await centres.town_of(work.session, desk.school)
        await owe.set_buttons(work, press.bubble, card_texts.tag_buttons(pre_in_town=town.pre))
        return None
    await corrections.keep(work, conversation, press.argument)
    conversation.territory, conversation.unsure = press.argument, False
    conversation.territory_by_id = conversation.reader_id
    await orientation.offer(work, desk, conversation)
    return card_texts.noted()


async def more(work: Work, press: Press) -> str | None:
    """« Plus… »."""
    found = await whose.hers(work, press)
    if found is None or press.bubble is None:
        return await whose.refusal(work, press)
    marked = found[0].danger_at is not None
    await owe.set_buttons(work, press.bubble, card_texts.more_buttons(danger=marked))
    return None


async def back(work: Work, press: Press) -> str | None:
    """« ‹ Retour »."""
    found = await whose.hers(work, press, closed_too=True)
    if found is None or press.bubble is None:
        return await whose.refusal(work, press)
    conversation, desk = found
    await cards.stands_again(work, desk, conversation, press.bubble)
    return None


async def close(work: Work, press: Press) -> str | None:
    """« Clore »: never by itself."""
    found = await whose.hers(work, press)
    if found is None:
        return await whose.refusal(work, press)
    conversation, desk = found
    conversation.state, conversation.closed_at, conversation.current = "closed", work.now, False
    conversation.call_at = conversation.call_number = None
    await promises.settle(work, conversation, conversation.reader_id, answered=True)
    work.news.add("danger")
    await carry.drop_ready(work, conversation)
    await cards.refresh(work, desk, conversation)
    await cards.receipt_says(work, conversation, receipt_texts.closed(), over=True)
    return card_texts.noted()


async def wait(work: Work, press: Press) -> str | None:
    """« J'attends sa réponse »: nothing is owed until she writes."""
    found = await whose.hers(work, press)
    if found is None or press.bubble is None:
        return await whose.refusal(work, press)
    await owe.set_buttons(work, press.bubble, card_texts.wait_buttons())
    return card_texts.noted()


async def split(work: Work, press: Press) -> str | None:
    """« Autre enfant », from the référente: the teacher's latest bubble becomes a thread of its own."""
    found = await whose.hers(work, press)
    if found is None:
        return await whose.refusal(work, press)
    conversation, desk = found
    latest = await conversations.latest_from_teacher(work.session, conversation.id)
    said = [one for one in await conversations.messages_of(work.session, conversation.id) if one.from_teacher]
    if latest is None or len(said) < 2:
        return card_texts.nothing_to_split()
    conversation.current = False
    await work.flush()
    elsewhere = await conversations.current(
        work.session, conversation.teacher_id, conversation.school_id, conversation.referente_id
    )
    other = work.add(
        Conversation(
            centre_id=conversation.centre_id,
            school_id=conversation.school_id,
            teacher_id=conversation.teacher_id,
            referente_id=conversation.referente_id,
            reader_id=conversation.reader_id,
            opens=True,
            opened_at=work.now,
            last_teacher_at=latest.said_at,
            level=conversation.level,
            territory=conversation.territory,
            action=conversation.action,
            reason=conversation.reason,
            unsure=True,
            current=elsewhere is None,
            danger_at=conversation.danger_at,
        )
    )
    await work.flush()
    await promises.until(work, desk, other, conversation.promised_at)
    await _move_message(work, latest, other, stays=said[0])
    await handover.lay_open(work, desk, other)
    await cards.refresh(work, desk, conversation)
    return card_texts.noted()


async def _move_message(work: Work, message: Message, to: Conversation, *, stays: Message) -> None:
    message.conversation_id = to.id
    for bubble in await conversations.bubbles_of_message(work.session, message.id):
        if bubble.part in carry.SHOWN:
            await owe.remove(work, bubble)
        elif bubble.part == "card":
            bubble.message_id = stays.id
        else:
            bubble.conversation_id = to.id
    await work.flush()


# ── The teacher's ────────────────────────────────────────────────────────────────────────────


async def other_child(work: Work, press: Press) -> str | None:
    """« Autre enfant »: her next words open another thread."""
    conversation = await whose.teachers(work, press)
    if conversation is None:
        return card_texts.too_old()
    for one in await conversations.currents_of(work.session, conversation.teacher_id, conversation.school_id):
        one.current = False
    return receipt_texts.other_child()


async def wait_for(work: Work, press: Press) -> str | None:
    """« Attendre Chantal »: it goes back to her; not in danger."""
    conversation = await whose.teachers(work, press)
    if conversation is None or press.bubble is None or press.bubble.part != "receipt":
        return card_texts.too_old()
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    away = (await cards.promise(work, desk, conversation, "text")).absent
    if conversation.danger_at is not None or away is None:
        return card_texts.too_old()
    referente = conversation.referente_id
    await promises.until(work, desk, conversation, desk.promised(referente, work.now))
    await handover.move(work, desk, conversation, referente, what=trace.WAITS)
    name = await cards.name_of(work, referente)
    text = receipt_texts.waits_for(reader=name, answer_by=conversation.promised_at, now=work.now)
    await owe.edit(work, press.bubble, text, buttons=receipt_texts.buttons())
    return None
