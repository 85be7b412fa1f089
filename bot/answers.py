"""The référente answers by replying; what replies to nothing is never guessed (bot/to_whom.py)."""

from collections.abc import Sequence
from dataclasses import replace

from bot import accepted, alert, cards, carry, danger, nudges, owe, promises, to_whom, today
from bot.incoming import Incoming
from bot.rules.soliciting import answer_is_silent
from bot.team import address_of, desk_for, hides_content
from bot.texts import answers as texts
from bot.texts import receipt as receipt_texts
from bot.whose import answers_for
from storage import conversations
from storage.centres import Centre
from storage.conversations import Bubble, Conversation, Message
from storage.people import Known
from storage.store import Work


async def receive(work: Work, known: Known, incoming: Incoming) -> None:
    """Take in what somebody of the team wrote."""
    replied = await _replied(work, incoming)
    conversation = await _conversation_of(work, replied)
    await danger.warn_team(work, incoming, conversation)
    if not accepted.by(await _centres(work, known, conversation), incoming):
        await accepted.refuse(work, incoming, texts.refused_kind(kind=incoming.kind))
        return
    if replied is None or conversation is None:
        if not incoming.carried:
            owe.send(work, incoming.address, texts.kind_not_carried(), part="note")
        else:
            await to_whom.ask(work, known, incoming)
        return
    if not await _may_answer(work, known, conversation, replied):
        await _refuse(work, known, conversation, incoming)
    elif not await reaches(work, conversation):
        await _say_not_here(work, conversation, incoming)
    elif not incoming.carried:
        await _not_carried(work, known, conversation, incoming)
    else:
        await send(work, known, conversation, incoming)


async def _replied(work: Work, incoming: Incoming) -> Bubble | None:
    if incoming.reply_to is None:
        return None
    return await conversations.bubble_at(work.session, incoming.address, incoming.reply_to)


async def _conversation_of(work: Work, bubble: Bubble | None) -> Conversation | None:
    if bubble is None or bubble.conversation_id is None:
        return None
    return await work.session.get_one(Conversation, bubble.conversation_id)


async def _centres(work: Work, known: Known, conversation: Conversation | None) -> Sequence[Centre]:
    """Whose rules hold: the conversation's centre; all of hers before she says for whom."""
    ids = {one.centre_id for one in known.staff} if conversation is None else {conversation.centre_id}
    return [await work.session.get_one(Centre, one) for one in ids]


async def _may_answer(work: Work, known: Known, conversation: Conversation, replied: Bubble) -> bool:
    """She answers what is hers and open; what she was rung for, too."""
    if answers_for(known, conversation):
        return conversation.opens
    if conversation.centre_id not in {one.centre_id for one in known.staff}:
        return False
    if await today.rung_for(work, replied, known.person.id):
        return True
    if await nudges.take_by_reply(work, known, replied):
        return True
    return await alert.was_opened_by(work, conversation, known.person.id)


async def reaches(work: Work, conversation: Conversation) -> bool:
    """Whether the teacher is still of that school, and reads here what she is answered."""
    if await cards.membership_of(work, conversation) is None:
        return False
    return await address_of(work, conversation.teacher_id) is not None


async def _say_not_here(work: Work, conversation: Conversation, incoming: Incoming) -> None:
    teacher = await cards.name_of(work, conversation.teacher_id)
    owe.send(work, incoming.address, texts.not_here(teacher=teacher), part="note", conversation=conversation)


async def _refuse(work: Work, known: Known, conversation: Conversation, incoming: Incoming) -> None:
    """Nothing leaves, and she is told who has it."""
    if conversation.reader_id == known.person.id:
        said = texts.closed_to_you()
    else:
        said = texts.somebody_elses(by=await cards.name_of(work, conversation.reader_id))
    owe.send(work, incoming.address, said, part="note")


async def _not_carried(work: Work, known: Known, conversation: Conversation, incoming: Incoming) -> None:
    """A kind that Telegram does not let us copy: said to both."""
    owe.send(work, incoming.address, texts.kind_not_carried(), part="note", conversation=conversation)
    address = await address_of(work, conversation.teacher_id)
    if address is not None:
        said = texts.something_not_carried(name=known.person.name)
        owe.send(work, address, said, part="note", conversation=conversation, silent=True)


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
    await _leaves(work, known, conversation, message, own)
    return message


async def send_ready(
    work: Work, known: Known, conversation: Conversation, words: str, own: Bubble
) -> Message:
    """A ready message leaves for the teacher as she has read it; ``own``: the bubble in which she did."""
    message = work.add(
        Message(
            centre_id=conversation.centre_id,
            conversation=conversation,
            author_id=known.person.id,
            from_teacher=False,
            text=words,
            said_at=work.now,
        )
    )
    own.message, own.part = message, carry.READY_SENT
    await _leaves(work, known, conversation, message, own)
    return message


async def _leaves(
    work: Work, known: Known, conversation: Conversation, message: Message, own: Bubble
) -> None:
    """What an answer does, whoever wrote it: the teacher has it, and nothing more is owed to her."""
    await work.flush()
    await carry.drop_ready(work, conversation)
    await _carry(work, known, conversation, message, own)
    conversation.state, conversation.answered_at = "answered", work.now
    conversation.taken_at = conversation.taken_at or work.now
    if conversation.closed_at is not None:
        await _resume(work, conversation)
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    await cards.refresh(work, desk, conversation)
    await cards.receipt_says(work, conversation, receipt_texts.answered(reader=known.person.name))
    await promises.settle(work, conversation, known.person.id, answered=True)
    if conversation.reader_id != known.person.id:
        await _show_reader(work, known, conversation, message, own)


async def _resume(work: Work, conversation: Conversation) -> None:
    """She writes in a closed thread: the teacher's next words come back to it."""
    other = await conversations.current(
        work.session, conversation.teacher_id, conversation.school_id, conversation.referente_id
    )
    conversation.closed_at, conversation.current = None, other is None
    work.news.add("danger")


async def _show_reader(
    work: Work, known: Known, conversation: Conversation, message: Message, own: Bubble
) -> None:
    """Somebody rung for it has answered: whoever has the conversation reads what was said."""
    address = await address_of(work, conversation.reader_id)
    laid = await conversations.bubbles_of(work.session, conversation.id, "card", address=address)
    if laid and conversation.opens:
        await carry.under(work, conversation, message, own, laid[-1], author=known.person.name, silent=True)


async def _carry(work: Work, known: Known, conversation: Conversation, message: Message, own: Bubble) -> None:
    address = await address_of(work, conversation.teacher_id)
    assert address is not None, "asked before: see `reaches`"
    silent = answer_is_silent(work.now, conversation.last_teacher_at)
    latest = await conversations.latest_from_teacher(work.session, conversation.id)
    asked = await _where_it_stands(work, latest, address) if latest is not None else None
    name, words = known.person.name, message.text or ""
    named = texts.holds_name(name=name, words=words, kind=message.kind) and message.album is None
    if not named and not await owe.gathers(work, address, message.album):
        owe.send(
            work,
            address,
            texts.name_line(name=name),
            part="name",
            conversation=conversation,
            message=message,
            silent=True,
        )
    if message.kind == "text":
        owe.send(
            work,
            address,
            texts.answer(name=name, words=words),
            part="answer",
            conversation=conversation,
            message=message,
            silent=silent,
            protected=own.part != carry.READY_SENT,  # she may pass on whom to call
            reply_to=asked,
            tell=own,
        )
    elif message.album is not None:
        await owe.album(
            work,
            address,
            own,
            group=message.album,
            part="answer",
            conversation=conversation,
            message=message,
            silent=silent,
            protected=True,
            tell=own,
        )
    else:
        owe.copy(
            work,
            address,
            own,
            part="answer",
            conversation=conversation,
            message=message,
            caption=texts.answer(name=name, words=words) if named else None,
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
        await danger.warn_team(work, incoming, None)
        await to_whom.mend(work, incoming)
        return
    message = await work.session.get_one(Message, own.message_id)
    if message.author_id != known.person.id:
        return
    if message.withdrawn_at is not None:  # for whom these words are is not guessed from what is gone
        await conversations.leaves_its_place(work.session, own, work.now)
        await receive(work, known, replace(incoming, reply_to=None))
        return
    if (message.text or "") == incoming.words:
        return
    conversation = await work.session.get_one(Conversation, message.conversation_id)
    await danger.warn_team(work, incoming, conversation)
    if not await reaches(work, conversation):
        await _say_not_here(work, conversation, incoming)
        return
    message.text, message.edited_at = incoming.words, work.now
    name = known.person.name
    for bubble in await conversations.bubbles_of_message(work.session, message.id):
        if bubble.removed_at is not None:
            continue
        if bubble.part == "answer" and (message.kind == "text" or message.kind in carry.CAPTIONED):
            text = texts.answer_edited(name=name, words=incoming.words, kind=message.kind)
            await owe.edit(work, bubble, text, caption=message.kind != "text")
        elif bubble.part in carry.SHOWN:  # at the reader's, when she is not the reader
            hide = await hides_content(work, conversation.reader_id)
            await carry.mend(work, message, bubble, author=name, hide=hide)
