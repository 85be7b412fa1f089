"""What a référente does with a card, and a teacher with a receipt, in one tap."""

from bot import cards, handover, owe
from bot.incoming import Press
from bot.team import Desk, desk_for
from bot.texts import card as card_texts
from bot.texts import receipt as receipt_texts
from storage import conversations
from storage.conversations import Conversation, Message
from storage.store import Work
from storage.trace import Access, Correction

TERRITORIES = ("clas", "pre", "both", "autre")


async def hers(work: Work, press: Press) -> tuple[Conversation, Desk] | None:
    """The conversation of the card a member of the team pressed, if it is hers to act on."""
    if press.bubble is None or press.bubble.conversation_id is None or press.known is None:
        return None
    conversation = await work.session.get_one(Conversation, press.bubble.conversation_id)
    if conversation.reader_id != press.known.person.id:
        return None
    return conversation, await desk_for(work, conversation.school_id, conversation.referente_id)


async def refusal(work: Work, press: Press) -> str:
    """Why a press changes nothing: somebody else has it, or the button is old."""
    if press.bubble is None or press.bubble.conversation_id is None:
        return card_texts.too_old()
    conversation = await work.session.get_one(Conversation, press.bubble.conversation_id)
    if press.bubble.part in ("card", "closed-card", "passed"):
        return card_texts.already_taken(by=await cards.name_of(work, conversation.reader_id))
    return card_texts.not_yours()


async def take_over(work: Work, conversation: Conversation) -> None:
    """It is hers from now on: replying and calling both say so."""
    if conversation.state == "waiting":
        conversation.state, conversation.taken_at = "taken", work.now


async def call(work: Work, press: Press) -> str | None:
    """« Je l'appelle »."""
    found = await hers(work, press)
    if found is None:
        return await refusal(work, press)
    conversation, desk = found
    await take_over(work, conversation)
    name = await cards.name_of(work, conversation.reader_id)
    await cards.refresh(work, desk, conversation)
    await cards.receipt_says(work, conversation, receipt_texts.taken(reader=name, calls=True))
    return card_texts.yours()


async def take(work: Work, press: Press) -> str | None:
    """« Prendre »: the coordinatrice opens the content, and it is written down that she did."""
    found = await hers(work, press)
    if found is None or press.bubble is None:
        return await refusal(work, press)
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
    found = await hers(work, press)
    if found is None or press.bubble is None:
        return await refusal(work, press)
    if press.argument not in TERRITORIES:
        await owe.set_buttons(work, press.bubble, card_texts.tag_buttons())
        return None
    conversation, desk = found
    first = await conversations.latest_from_teacher(work.session, conversation.id)
    work.add(
        Correction(
            centre_id=conversation.centre_id,
            conversation_id=conversation.id,
            person_id=conversation.reader_id,
            was=conversation.territory,
            becomes=press.argument,
            text=(first.text if first else None) or "",
            at=work.now,
        )
    )
    conversation.territory, conversation.unsure = press.argument, False
    conversation.territory_by_id = conversation.reader_id
    await cards.refresh(work, desk, conversation)
    return card_texts.noted()


async def more(work: Work, press: Press) -> str | None:
    """« Plus… »."""
    if await hers(work, press) is None or press.bubble is None:
        return await refusal(work, press)
    await owe.set_buttons(work, press.bubble, card_texts.more_buttons())
    return None


async def back(work: Work, press: Press) -> str | None:
    """« ‹ Retour »."""
    found = await hers(work, press)
    if found is None or press.bubble is None:
        return await refusal(work, press)
    conversation, desk = found
    if conversation.opens:
        await cards.refresh(work, desk, conversation)
    else:
        await owe.set_buttons(work, press.bubble, card_texts.closed_buttons())
    return None


async def close(work: Work, press: Press) -> str | None:
    """« Clore »: never by itself."""
    found = await hers(work, press)
    if found is None:
        return await refusal(work, press)
    conversation, desk = found
    conversation.state, conversation.closed_at, conversation.current = "closed", work.now, False
    work.news.add("danger")
    await cards.refresh(work, desk, conversation)
    await cards.receipt_says(work, conversation, receipt_texts.closed(), buttons=False)
    return card_texts.noted()


async def wait(work: Work, press: Press) -> str | None:
    """« J'attends sa réponse »: nothing is owed until she writes."""
    found = await hers(work, press)
    if found is None or press.bubble is None:
        return await refusal(work, press)
    await owe.set_buttons(work, press.bubble, card_texts.wait_buttons())
    return card_texts.noted()


async def split(work: Work, press: Press) -> str | None:
    """« Autre enfant », from the référente: the teacher's latest bubble becomes a thread of its own."""
    found = await hers(work, press)
    if found is None:
        return await refusal(work, press)
    conversation, desk = found
    latest = await conversations.latest_from_teacher(work.session, conversation.id)
    said = [one for one in await conversations.messages_of(work.session, conversation.id) if one.from_teacher]
    if latest is None or len(said) < 2:
        return card_texts.nothing_to_split()
    conversation.current = False
    await work.flush()
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
            promised_at=conversation.promised_at,
            level=conversation.level,
            territory=conversation.territory,
            action=conversation.action,
            reason=conversation.reason,
            unsure=True,
            danger_at=conversation.danger_at,
        )
    )
    await work.flush()
    await _move_message(work, latest, other)
    await handover.lay_open(work, desk, other)
    await cards.refresh(work, desk, conversation)
    return card_texts.noted()


async def _move_message(work: Work, message: Message, to: Conversation) -> None:
    message.conversation_id = to.id
    for bubble in await conversations.bubbles_of_message(work.session, message.id):
        if bubble.part == "copy":
            await owe.remove(work, bubble)
        else:
            bubble.conversation_id = to.id
    await work.flush()


# ── The teacher's ────────────────────────────────────────────────────────────────────────────


async def _teachers(work: Work, press: Press) -> Conversation | None:
    if press.bubble is None or press.bubble.conversation_id is None or press.known is None:
        return None
    conversation = await work.session.get_one(Conversation, press.bubble.conversation_id)
    return conversation if conversation.teacher_id == press.known.person.id else None


async def other_child(work: Work, press: Press) -> str | None:
    """« Autre enfant »: her next words open another thread."""
    conversation = await _teachers(work, press)
    if conversation is None or press.bubble is None:
        return card_texts.too_old()
    conversation.current = False
    return receipt_texts.other_child()


async def wait_for(work: Work, press: Press) -> str | None:
    """« Attendre Chantal »: it goes back to her; not in danger."""
    conversation = await _teachers(work, press)
    if conversation is None or press.bubble is None:
        return card_texts.too_old()
    if conversation.danger_at is not None or conversation.reader_id == conversation.referente_id:
        return card_texts.too_old()
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    referente = conversation.referente_id
    conversation.promised_at = desk.promised(referente, work.now)
    await handover.move(work, desk, conversation, referente)
    name = await cards.name_of(work, referente)
    text = receipt_texts.waits_for(reader=name, answer_by=conversation.promised_at, now=work.now)
    await owe.edit(work, press.bubble, text, buttons=receipt_texts.buttons())
    return None
