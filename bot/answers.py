"""The référente answers by replying; what replies to nothing is never guessed."""

import json
from dataclasses import asdict
from datetime import timedelta

from bot import cards, danger, owe
from bot.incoming import Incoming, Press
from bot.rules.danger import Danger, hear
from bot.rules.soliciting import answer_is_silent
from bot.team import address_of, desk_for
from bot.texts import answers as texts
from bot.texts import card as card_texts
from bot.texts import danger as danger_texts
from bot.texts import receipt as receipt_texts
from storage import conversations, dialogues
from storage.conversations import Bubble, Conversation, Message
from storage.dialogues import Dialogue
from storage.people import Known
from storage.store import Work

TO_WHOM = "to-whom"
FIRST_CHOICES = 2
MORE_CHOICES = 8
UNSEND = timedelta(seconds=60)
HOLD_CAPTION = ("photo", "video", "animation", "audio", "document", "voice")


async def receive(work: Work, known: Known, incoming: Incoming) -> None:
    """Take in what somebody of the team wrote."""
    conversation = await _replied(work, incoming)
    await _warn_of_danger(work, incoming, conversation)
    if not incoming.carried:
        owe.send(work, incoming.address, texts.kind_not_carried(), part="note")
        return
    if conversation is None:
        await _ask_to_whom(work, known, incoming)
        return
    if not await _may_answer(work, known, conversation, incoming):
        return
    await send(work, known, conversation, incoming)


async def _warn_of_danger(work: Work, incoming: Incoming, conversation: Conversation | None) -> None:
    """The words raise the staff's card, and hold nothing back; the card may have left already."""
    heard = hear(f"{incoming.words} {incoming.other_words}")
    if heard is Danger.NONE or incoming.danger_card is not None:
        return
    if conversation is not None and conversation.danger_at is not None:
        return
    owe.send(
        work,
        incoming.address,
        danger_texts.staff_card(),
        part="danger-card",
        buttons=danger_texts.staff_card_buttons(),
        urgent=True,
    )


async def _replied(work: Work, incoming: Incoming) -> Conversation | None:
    if incoming.reply_to is None:
        return None
    bubble = await conversations.bubble_at(work.session, incoming.address, incoming.reply_to)
    if bubble is None or bubble.conversation_id is None:
        return None
    return await work.session.get_one(Conversation, bubble.conversation_id)


async def _may_answer(work: Work, known: Known, conversation: Conversation, incoming: Incoming) -> bool:
    """She answers what is hers; otherwise nothing leaves, and she is told who has it."""
    if conversation.reader_id != known.person.id and not await danger.was_rung(
        work, conversation, known.person.id
    ):
        name = await cards.name_of(work, conversation.reader_id)
        owe.send(work, incoming.address, texts.somebody_elses(by=name), part="note")
        return False
    if not conversation.opens and conversation.reader_id == known.person.id:
        owe.send(work, incoming.address, texts.closed_to_you(), part="note")
        return False
    return True


async def send(work: Work, known: Known, conversation: Conversation, incoming: Incoming) -> Message:
    """Her words leave for the teacher; on her own bubble is said whether they arrived."""
    message = work.add(
        Message(
            centre_id=conversation.centre_id,
            conversation=conversation,
            author_id=known.person.id,
            from_teacher=False,
            kind=incoming.kind,
            text=incoming.words or None,
            said_at=work.now,
            album=incoming.album,
        )
    )
    own = work.add(
        Bubble(
            centre_id=conversation.centre_id,
            conversation=conversation,
            message=message,
            address=incoming.address,
            ref=incoming.ref,
            part="source",
            made_at=work.now,
        )
    )
    await work.flush()
    await _carry(work, known, conversation, incoming, message, own)
    conversation.state, conversation.answered_at = "answered", work.now
    conversation.taken_at = conversation.taken_at or work.now
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    await cards.refresh(work, desk, conversation)
    await cards.receipt_says(work, conversation, receipt_texts.answered(reader=known.person.name))
    return message


async def _carry(  # noqa: PLR0913 -- who, where, what, and her own bubble
    work: Work, known: Known, conversation: Conversation, incoming: Incoming, message: Message, own: Bubble
) -> None:
    address = await address_of(work, conversation.teacher_id)
    if address is None:
        telephone = await conversations.telephone_of(work.session, conversation)
        owe.send(
            work,
            incoming.address,
            texts.not_arrived(blocked=True, telephone=telephone),
            part="note",
            conversation=conversation,
            reply_to=own,
        )
        return
    silent = answer_is_silent(work.now, conversation.last_teacher_at)
    latest = await conversations.latest_from_teacher(work.session, conversation.id)
    asked = await _where_it_stands(work, latest, address) if latest is not None else None
    name = known.person.name
    if incoming.kind == "text":
        owe.send(
            work,
            address,
            texts.answer(name=name, words=incoming.words),
            part="answer",
            conversation=conversation,
            message=message,
            silent=silent,
            protected=True,
            reply_to=asked,
            tell=own,
        )
        return
    named = incoming.kind in HOLD_CAPTION and incoming.album is None
    if not named:
        owe.send(
            work, address, texts.name_line(name=name), part="note", conversation=conversation, silent=True
        )
    if incoming.album is not None:
        await owe.album(
            work,
            address,
            own,
            group=incoming.album,
            part="answer",
            conversation=conversation,
            message=message,
            silent=silent,
            protected=True,
            tell=own,
        )
        return
    owe.copy(
        work,
        address,
        own,
        part="answer",
        conversation=conversation,
        message=message,
        caption=texts.answer(name=name, words=incoming.words) if named else None,
        silent=silent,
        protected=True,
        reply_to=asked,
        tell=own,
    )


async def _where_it_stands(work: Work, message: Message, address: str) -> Bubble | None:
    found = await conversations.bubbles_of_message(work.session, message.id)
    return next((one for one in found if one.address == address and one.part == "source"), None)


async def edited(work: Work, known: Known, incoming: Incoming) -> None:
    """She mended her words: the teacher's bubble follows."""
    own = await conversations.bubble_at(work.session, incoming.address, incoming.ref)
    if own is None or own.message_id is None:
        await _mend_waiting(work, incoming)
        return
    message = await work.session.get_one(Message, own.message_id)
    if message.withdrawn_at is not None or (message.text or "") == incoming.words:
        return
    await _warn_of_danger(work, incoming, await work.session.get_one(Conversation, message.conversation_id))
    message.text, message.edited_at = incoming.words, work.now
    for bubble in await conversations.bubbles_of_message(work.session, message.id):
        if bubble.part == "answer" and bubble.removed_at is None:
            text = texts.answer_edited(name=known.person.name, words=incoming.words)
            if message.kind == "text" or message.kind in HOLD_CAPTION:
                await owe.edit(work, bubble, text, caption=message.kind != "text")


# ── « À qui ? » ──────────────────────────────────────────────────────────────────────────────


async def _ask_to_whom(work: Work, known: Known, incoming: Incoming) -> None:
    """Nothing leaves before she has said for whom, even when only one thread is open."""
    choices = await conversations.open_for(work.session, known.person.id, MORE_CHOICES)
    choices = [one for one in choices if one.opens]
    if not choices:
        owe.send(work, incoming.address, texts.nobody_to_answer(), part="note")
        return
    asked = await dialogues.open_in(work.session, incoming.address, TO_WHOM)
    if asked is not None and asked.bubble_id is not None:
        # One question at a time: several bubbles written in a row share the newest one.
        await owe.remove(work, await work.session.get_one(Bubble, asked.bubble_id))
    bubble = owe.send(
        work,
        incoming.address,
        texts.to_whom(),
        part="question",
        buttons=await _choices(work, choices, FIRST_CHOICES),
    )
    if asked is None:
        asked = work.add(Dialogue(address=incoming.address, kind=TO_WHOM, asked_at=work.now))
    asked.bubble = bubble
    asked.words = json.dumps([*json.loads(asked.words or "[]"), asdict(incoming)])


async def _mend_waiting(work: Work, incoming: Incoming) -> None:
    """She edits a text that still waits for its « À qui ? »."""
    asked = await dialogues.open_in(work.session, incoming.address, TO_WHOM)
    if asked is None:
        return
    kept = json.loads(asked.words or "[]")
    for one in kept:
        if one["ref"] == incoming.ref:
            one["words"] = incoming.words
    asked.words = json.dumps(kept)


async def _choices(work: Work, choices: list[Conversation], at_most: int) -> card_texts.Buttons:
    labelled = []
    for one in choices[:at_most]:
        membership = await cards.membership_of(work, one)
        labelled.append(
            (
                one.id,
                texts.thread_label(
                    teacher=await cards.name_of(work, one.teacher_id),
                    classes=membership.classes if membership else "",
                    at=one.last_teacher_at,
                    now=work.now,
                ),
            )
        )
    return texts.to_whom_buttons(people=labelled, more=len(choices) > at_most)


async def more_choices(work: Work, press: Press) -> str | None:
    """« Un autre fil… »."""
    if press.known is None or press.bubble is None:
        return card_texts.too_old()
    choices = [
        one for one in await conversations.open_for(work.session, press.known.person.id, 8) if one.opens
    ]
    await owe.set_buttons(work, press.bubble, await _choices(work, choices, MORE_CHOICES))
    return None


async def chosen(work: Work, press: Press) -> str | None:
    """She says for whom: it leaves at once, and may be undone for a minute."""
    asked = await dialogues.open_in(work.session, press.address, TO_WHOM)
    if asked is None or press.known is None or press.bubble is None or asked.bubble_id != press.bubble.id:
        return card_texts.too_old()
    if press.argument == "none":
        await work.session.delete(asked)
        await owe.edit(work, press.bubble, texts.to_nobody())
        return None
    conversation = (
        await work.session.get(Conversation, int(press.argument)) if press.argument.isdecimal() else None
    )
    if conversation is None or conversation.reader_id != press.known.person.id or not conversation.opens:
        return card_texts.not_yours()
    sent = []
    for one in json.loads(asked.words or "[]"):
        sent.append((await send(work, press.known, conversation, Incoming(**one))).id)
    await work.session.delete(asked)
    press.bubble.conversation_id = conversation.id
    teacher = await cards.name_of(work, conversation.teacher_id)
    await owe.edit(work, press.bubble, texts.sent_to(teacher=teacher), buttons=texts.sent_buttons())
    work.add(
        Dialogue(
            address=press.address,
            kind=f"unsend:{press.bubble.id}",
            bubble=press.bubble,
            about={"messages": sent},
            asked_at=work.now,
        )
    )
    return None


async def unsend(work: Work, press: Press) -> str | None:
    """« Annuler », within sixty seconds."""
    if press.bubble is None or press.known is None:
        return card_texts.too_old()
    asked = await dialogues.open_in(work.session, press.address, f"unsend:{press.bubble.id}")
    if asked is None or work.now - asked.asked_at > UNSEND:
        await owe.set_buttons(work, press.bubble)
        return texts.too_late_to_unsend()
    conversation = None
    for message_id in asked.about["messages"]:
        message = await work.session.get_one(Message, message_id)
        message.withdrawn_at, message.text, message.old_text = work.now, None, None
        conversation = await work.session.get_one(Conversation, message.conversation_id)
        for bubble in await conversations.bubbles_of_message(work.session, message.id):
            if bubble.part == "answer":
                await owe.remove(work, bubble)
    await work.session.delete(asked)
    if conversation is not None:
        conversation.state, conversation.answered_at = "taken", None
        desk = await desk_for(work, conversation.school_id, conversation.referente_id)
        await cards.refresh(work, desk, conversation)
        await cards.receipt_says(work, conversation, receipt_texts.taken(reader=press.known.person.name))
        teacher = await cards.name_of(work, conversation.teacher_id)
        await owe.edit(work, press.bubble, texts.unsent(teacher=teacher))
    return None
