"""« À qui ? »: what replies to nothing leaves only once she has said for whom."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta

from bot import answers, cards, owe, promises
from bot.incoming import Incoming, Press
from bot.rules.meetings import opens_as_a_meeting
from bot.team import desk_for
from bot.texts import answers as texts
from bot.texts import card as card_texts
from bot.texts import receipt as receipt_texts
from bot.whose import answers_for
from storage import conversations, dialogues
from storage.conversations import Bubble, Conversation, Message
from storage.dialogues import Dialogue
from storage.people import Known
from storage.store import Work

TO_WHOM = "to-whom"
FIRST_CHOICES = 2
MORE_CHOICES = 8
UNSEND = timedelta(seconds=60)


async def ask(work: Work, known: Known, incoming: Incoming) -> None:
    """Nothing leaves before she has said for whom, even when only one thread is open."""
    choices = await conversations.open_for(work.session, known.person.id, MORE_CHOICES)
    if not choices:
        owe.send(
            work,
            incoming.address,
            texts.nobody_to_answer(meeting=opens_as_a_meeting(incoming.words)),
            part="note",
        )
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


async def mend(work: Work, incoming: Incoming) -> None:
    """She edits a text that still waits for its « À qui ? »."""
    asked = await dialogues.open_in(work.session, incoming.address, TO_WHOM)
    if asked is None:
        return
    kept = json.loads(asked.words or "[]")
    for one in kept:
        if one["ref"] == incoming.ref:
            one["words"] = incoming.words
    asked.words = json.dumps(kept)


async def _choices(work: Work, choices: Sequence[Conversation], at_most: int) -> card_texts.Buttons:
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
    choices = await conversations.open_for(work.session, press.known.person.id, MORE_CHOICES)
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
    named = press.number
    conversation = await work.session.get(Conversation, named) if named is not None else None
    if conversation is None or not answers_for(press.known, conversation) or not conversation.opens:
        return card_texts.not_yours()
    teacher = await cards.name_of(work, conversation.teacher_id)
    if not await answers.reaches(work, conversation):
        return texts.not_here(teacher=teacher)
    before, sent = conversation.state, []
    for one in json.loads(asked.words or "[]"):
        sent.append(await answers.send(work, press.known, conversation, Incoming(**one)))
    await work.session.delete(asked)
    press.bubble.conversation_id = conversation.id
    await owe.edit(work, press.bubble, texts.sent_to(teacher=teacher), buttons=texts.sent_buttons())
    keep_undo(work, press.bubble, sent, before)
    return None


def keep_undo(work: Work, bubble: Bubble, sent: Sequence[Message], before: str) -> None:
    """« Annuler », on the bubble that says what has left; ``before``: the conversation's state until then."""
    work.add(
        Dialogue(
            address=bubble.address,
            kind=f"unsend:{bubble.id}",
            bubble=bubble,
            about={"messages": [one.id for one in sent], "before": before},
            asked_at=work.now,
        )
    )


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
            if bubble.part in ("answer", "name") and bubble.removed_at is None:
                await owe.remove(work, bubble)
    await work.session.delete(asked)
    if conversation is not None:
        if asked.about["before"] != "answered":
            await unanswered(work, conversation)
        else:
            desk = await desk_for(work, conversation.school_id, conversation.referente_id)
            await cards.refresh(work, desk, conversation)
        teacher = await cards.name_of(work, conversation.teacher_id)
        await owe.edit(work, press.bubble, texts.unsent(teacher=teacher))
    return None


async def unanswered(work: Work, conversation: Conversation) -> None:
    """Taken back, an answer has answered nothing; she has the conversation all the same."""
    conversation.state, conversation.answered_at = "taken", None
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    await promises.watch(work, desk, conversation)
    await cards.refresh(work, desk, conversation)
    name = await cards.name_of(work, conversation.reader_id)
    await cards.receipt_says(work, conversation, receipt_texts.taken(reader=name))
