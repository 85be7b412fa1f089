"""A child may be in danger: the mark on the conversation, what the teacher reads and presses, and the
card of the team for its own words.

The card with the numbers has already left by itself (bot/heed.py); what rings is bot/alert.py. Here
is only what needs the database: nothing is promised before it is stored.
"""

from bot import alert, alert_plan, cards, carry, owe, promises, which_matter
from bot.incoming import Incoming, Press
from bot.rules.danger import Danger, hear
from bot.team import Desk, address_of, desk_for, desk_of, rings_now
from bot.texts import card as card_texts
from bot.texts import danger as texts
from storage import alerts, centres, conversations
from storage.centres import School
from storage.conversations import Bubble, Conversation, Message
from storage.store import Work


async def notice(
    work: Work, desk: Desk, conversation: Conversation, message: Message, heard: Danger, card_ref: str | None
) -> bool:
    """Mark a conversation in which danger was heard, and ring on clear words. Whether it rings."""
    if heard is Danger.NONE:
        return False
    source = await _source_of(work, message)
    first_time = await _mark(work, conversation)
    if card_ref is not None and source is not None:
        _remember_card(work, conversation, message, source, card_ref)
    elif first_time:
        # It could not leave by itself, or we cannot tell.
        await show_card(work, conversation, message, source)
    if heard is not Danger.CLEAR:
        return False
    return await alert.raise_alert(work, desk, conversation, message)


async def _mark(work: Work, conversation: Conversation) -> bool:
    """⚠️, for good: nothing else is asked or proposed in it any more. Whether it is new."""
    if conversation.danger_at is not None:
        return False
    await which_matter.withdraw(work, conversation)
    await carry.drop_ready(work, conversation)
    conversation.danger_at = work.now
    work.news.add("danger")
    return True


async def _source_of(work: Work, message: Message) -> Bubble | None:
    """Where she wrote it; None when the tap itself was the message."""
    found = await conversations.bubbles_of_message(work.session, message.id)
    return next((one for one in found if one.part == "source"), None)


def _remember_card(
    work: Work, conversation: Conversation, message: Message, source: Bubble, card_ref: str
) -> None:
    """Know the card that left by itself, so that its button is understood."""
    work.add(
        Bubble(
            centre_id=conversation.centre_id,
            conversation=conversation,
            message=message,
            address=source.address,
            ref=card_ref,
            part="danger-card",
            made_at=work.now,
        )
    )


async def show_card(work: Work, conversation: Conversation, message: Message, source: Bubble | None) -> None:
    """Owe the teacher the card through the outbox, before whatever else waits for her."""
    address = source.address if source is not None else await address_of(work, conversation.teacher_id)
    if address is None:
        return
    owe.send(
        work,
        address,
        texts.card(crip=await centres.only_crip(work.session)),
        part="danger-card",
        conversation=conversation,
        message=message,
        buttons=texts.card_buttons(),
        reply_to=source,
        urgent=True,
    )


# ── What the teacher presses ─────────────────────────────────────────────────────────────────


async def _hers(work: Work, press: Press) -> tuple[Conversation, Message] | None:
    """The teacher's own conversation behind the receipt or the card she pressed."""
    if press.known is None:
        return None
    conversation = None
    if press.bubble is not None and press.bubble.conversation_id is not None:
        conversation = await work.session.get_one(Conversation, press.bubble.conversation_id)
    elif press.under is not None:
        # The card left by itself while the database was away: it replies to her message.
        source = await conversations.bubble_at(work.session, press.address, press.under)
        if source is not None and source.conversation_id is not None:
            conversation = await work.session.get_one(Conversation, source.conversation_id)
    if conversation is None:
        conversation = await conversations.latest_of_teacher(work.session, press.known.person.id)
    if conversation is None or conversation.teacher_id != press.known.person.id:
        return None
    if conversation.school_id not in {one.school_id for one in press.known.teaching}:
        return None
    message = await conversations.latest_from_teacher(work.session, conversation.id)
    return None if message is None else (conversation, message)


async def doubt(work: Work, press: Press) -> str | None:
    """« ⚠️ Danger ou doute »: the card, the mark, and the second button."""
    found = await _hers(work, press)
    if found is None:
        owe.send(
            work,
            press.address,
            texts.card(crip=await centres.only_crip(work.session)),
            part="danger-card",
            buttons=texts.card_buttons(),
            urgent=True,
        )
        return None
    conversation, message = found
    await show_card(work, conversation, message, await _source_of(work, message))
    if await _mark(work, conversation):
        desk = await desk_for(work, conversation.school_id, conversation.referente_id)
        await cards.refresh(work, desk, conversation)
        await _say_doubt(work, desk, conversation)
    return None


async def _say_doubt(work: Work, desk: Desk, conversation: Conversation) -> None:
    """A card that changes makes no sound: a line under it does, when the centre is open."""
    address = await address_of(work, conversation.reader_id)
    if address is None:
        return
    laid = await conversations.bubbles_of(
        work.session, conversation.id, "card", "closed-card", address=address
    )
    owe.send(
        work,
        address,
        texts.doubt(teacher=await cards.name_of(work, conversation.teacher_id), school=desk.school.name),
        part="note",
        conversation=conversation,
        silent=not await rings_now(work, desk, conversation.reader_id, danger=True),
        reply_to=laid[-1] if laid else None,
    )


async def alarm(work: Work, press: Press) -> str | None:
    """« Prévenir le centre maintenant »: her own tap rings, whatever the words."""
    found = await _hers(work, press) or await _open_without_words(work, press)
    if found is None:
        return card_texts.too_old()
    conversation, message = found
    newly = await _mark(work, conversation)
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    standing = await alerts.of_conversation(work.session, conversation.id, alert_plan.KIND)
    if standing is not None and alert.has_it(work, standing, conversation):
        return card_texts.already_taken(by=await cards.name_of(work, standing.confirmed_by_id or 0))
    rings_already = standing is not None and await alert.still_rings(work, standing)
    await alert.raise_alert(work, desk, conversation, message)
    if newly:
        await cards.refresh(work, desk, conversation)
    if press.bubble is not None:
        await owe.set_buttons(work, press.bubble)
    if not rings_already or standing is None:
        return None
    return texts.rings_already(later=standing.rings_at > work.now)


async def _open_without_words(work: Work, press: Press) -> tuple[Conversation, Message] | None:
    """She rings before having written anything: the tap itself is the message."""
    if press.known is None or not press.known.teaching:
        return None
    membership = press.known.teaching[0]
    desk = await desk_of(work, await work.session.get_one(School, membership.school_id), "")
    conversation = await conversations.current(
        work.session, press.known.person.id, desk.school.id, desk.referente_id
    )
    reader = desk.reader(work.now)
    if conversation is None:
        conversation = work.add(
            Conversation(
                centre_id=desk.centre.id,
                school_id=desk.school.id,
                teacher_id=press.known.person.id,
                referente_id=desk.referente_id,
                reader_id=reader.person_id,
                opens=reader.opens,
                opened_at=work.now,
                last_teacher_at=work.now,
                level=membership.level,
                danger_at=work.now,
            )
        )
        await work.flush()
        await promises.make(work, desk, conversation)
    message = work.add(
        Message(
            centre_id=desk.centre.id,
            conversation=conversation,
            author_id=press.known.person.id,
            from_teacher=True,
            text=texts.tapped(),
            said_at=work.now,
        )
    )
    await work.flush()
    work.news.add("danger")
    await cards.show(work, desk, conversation, message, silent=True)
    return conversation, message


async def no_danger(work: Work, press: Press) -> str | None:
    """« Ce n'est pas un danger »: the ringing stops; the mark and every trace stay."""
    found = await _hers(work, press)
    if found is None or press.bubble is None or press.bubble.part != "alert-receipt":
        return card_texts.too_old()
    conversation, _ = found
    standing = await alerts.of_conversation(work.session, conversation.id, alert_plan.KIND)
    if standing is not None and not standing.over:
        standing.not_danger_at = work.now
        await alert_plan.stop(work, standing)
        name = await cards.name_of(work, conversation.teacher_id)
        await alert.others_told(work, standing, None, texts.teacher_says_no_danger(teacher=name))
    reader = await cards.name_of(work, conversation.reader_id)
    await owe.edit(work, press.bubble, texts.not_a_danger(reader=reader))
    return None


# ── The team's own words ─────────────────────────────────────────────────────────────────────


async def warn_team(work: Work, incoming: Incoming, conversation: Conversation | None) -> None:
    """Words of somebody of the team raise the team's card, and hold nothing back.

    ``conversation``: the one they answer, if any; a marked one has had its card. It may have left already.
    """
    if incoming.danger_card is not None:
        work.add(
            Bubble(address=incoming.address, ref=incoming.danger_card, part="danger-card", made_at=work.now)
        )
        return
    if hear(f"{incoming.words} {incoming.other_words}") is Danger.NONE:
        return
    if conversation is not None and conversation.danger_at is not None:
        return
    owe.send(
        work,
        incoming.address,
        texts.staff_card(),
        part="danger-card",
        buttons=texts.staff_card_buttons(),
        urgent=True,
    )


async def staff_no_danger(work: Work, press: Press) -> str | None:
    """Somebody of the team knows that her own words were none: the card stays, its button goes."""
    if press.bubble is not None:
        await owe.set_buttons(work, press.bubble)
    return card_texts.noted()
