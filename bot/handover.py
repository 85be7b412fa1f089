"""A conversation goes from one référente to another; the teacher repeats nothing."""

from bot import alert_plan, cards, carry, owe, promises, today, whose
from bot.erase import erase
from bot.incoming import Press
from bot.rules.paris import local_date
from bot.team import Desk, address_of, desk_for
from bot.texts import answers as texts
from bot.texts import card as card_texts
from bot.texts import receipt as receipt_texts
from storage import conversations, dialogues, people, trace
from storage.conversations import Bubble, Conversation, Message
from storage.dialogues import Dialogue
from storage.people import Person
from storage.store import Work
from storage.trace import Access

PROPOSED = "proposed"


async def move(
    work: Work,
    desk: Desk,
    conversation: Conversation,
    to: int,
    *,
    opens: bool = True,
    what: str = trace.GIVEN,
) -> None:
    """Lay a conversation on somebody else's phone, with everything said so far."""
    before, conversation.reader_id = conversation.reader_id, to
    conversation.opens = opens
    if conversation.state == "taken":
        conversation.state, conversation.taken_at = "waiting", None
    if conversation.promised_at is None:
        await promises.make(work, desk, conversation)
    work.add(
        Access(
            centre_id=conversation.centre_id,
            person_id=to,
            conversation_id=conversation.id,
            what=what,
            at=work.now,
        )
    )
    await _close_old_cards(work, conversation, before)
    await work.flush()
    await lay_open(work, desk, conversation)


async def lay_open(work: Work, desk: Desk, conversation: Conversation) -> None:
    """The card, and under it what the card does not hold."""
    said = [
        one
        for one in await conversations.messages_of(work.session, conversation.id)
        if one.withdrawn_at is None
    ]
    first = next((one for one in said if one.from_teacher), None)
    if first is None:
        return
    card = await cards.show(work, desk, conversation, first)
    if card is None or not conversation.opens:
        return
    for message in said:
        if message is not first or message.kind != "text" or cards.too_long_for_card(first):
            await _retell(work, conversation, message, card)


async def _retell(work: Work, conversation: Conversation, message: Message, card: Bubble) -> None:
    found = await conversations.bubbles_of_message(work.session, message.id)
    source = next((one for one in found if one.part == "source"), None)
    author = await cards.name_of(work, message.author_id)
    await carry.under(work, conversation, message, source, card, author=author, silent=True)


async def _close_old_cards(work: Work, conversation: Conversation, before: int) -> None:
    """Who had it keeps a line, without the words."""
    await carry.drop_ready(work, conversation)
    address = await address_of(work, before)
    if address is None:
        return
    teacher = await cards.name_of(work, conversation.teacher_id)
    reader = await cards.name_of(work, conversation.reader_id)
    stale = await conversations.bubbles_of(
        work.session, conversation.id, "card", "closed-card", *carry.SHOWN, address=address
    )
    for bubble in stale:
        if bubble.part in carry.SHOWN:
            message = await work.session.get(Message, bubble.message_id or 0)
            await erase(work, bubble, message.kind if message else "text")
        else:
            bubble.part = "passed"
            await owe.edit(work, bubble, texts.passed_on(teacher=teacher, reader=reader))


async def tell_teacher(work: Work, conversation: Conversation, giver: str) -> None:
    """She reads who goes on, and repeats nothing."""
    address = await address_of(work, conversation.teacher_id)
    if address is not None:
        owe.send(
            work,
            address,
            receipt_texts.handed_over(
                giver=giver,
                reader=await cards.name_of(work, conversation.reader_id),
                answer_by=conversation.promised_at,
                now=work.now,
            ),
            part="note",
            conversation=conversation,
            silent=True,
        )


async def to_who_reads(work: Work, desk: Desk, conversation: Conversation, *, tell: bool = True) -> bool:
    """Lay it on the phone of whoever reads now, and tell the teacher. Whether it moved."""
    reader = desk.reader(work.now)
    if reader.person_id == conversation.reader_id:
        return False
    giver = await cards.name_of(work, conversation.reader_id)
    await move(work, desk, conversation, reader.person_id, opens=reader.opens)
    if tell:
        await tell_teacher(work, conversation, giver)
    return True


async def pass_on_absent(work: Work, person_id: int) -> int:
    """She is away, or her phone takes nothing more: what rings for her rings the next, and what waits
    at hers goes to whoever covers; each teacher is told once. How many conversations."""
    await alert_plan.leave_out(work, person_id)
    await today.leave_out(work, person_id)
    moved = 0
    told: set[int] = set()
    for conversation in await conversations.open_of_reader(work.session, person_id):
        desk = await desk_for(work, conversation.school_id, conversation.referente_id)
        if await to_who_reads(work, desk, conversation, tell=conversation.teacher_id not in told):
            moved += 1
            told.add(conversation.teacher_id)
    return moved


async def catch_up(work: Work, person_id: int) -> None:
    """She has just joined, or come back: what waits for her is laid open, and what nobody could read."""
    for conversation in await conversations.open_of_reader(work.session, person_id):
        address = await address_of(work, person_id)
        if not await conversations.bubbles_of(
            work.session, conversation.id, "card", "closed-card", address=address
        ):
            desk = await desk_for(work, conversation.school_id, conversation.referente_id)
            await lay_open(work, desk, conversation)
    for membership in await people.memberships_of(work.session, person_id, local_date(work.now)):
        if membership.is_staff:
            await take_in_unread(work, membership.centre_id)


async def take_in_unread(work: Work, centre_id: int) -> None:
    """What waits where nobody reads it, or closed at the coordinatrice's, goes to who reads now."""
    crew = [one.id for one in await people.staff_of(work.session, centre_id, local_date(work.now))]
    reached = set(crew).difference(await people.without_chat(work.session, crew))
    for conversation in await conversations.open_of_centre(work.session, centre_id):
        if conversation.reader_id not in reached or not conversation.opens:
            desk = await desk_for(work, conversation.school_id, conversation.referente_id)
            await to_who_reads(work, desk, conversation)


# ── What people press ────────────────────────────────────────────────────────────────────────


async def choose(work: Work, press: Press) -> str | None:
    """« Passer la main »: a grid of colleagues, with a way back."""
    found = await whose.hers(work, press, closed_too=True)
    if found is None or press.bubble is None or press.known is None:
        return await whose.refusal(work, press)
    conversation, _ = found
    crew = await people.staff_of(work.session, conversation.centre_id, local_date(work.now))
    without = set(await people.without_chat(work.session, [one.id for one in crew]))
    others = [(one.id, one.name) for one in crew if one.id != press.known.person.id and one.id not in without]
    if not others:
        return texts.nobody_to_give()
    await owe.set_buttons(work, press.bubble, card_texts.people_buttons(people=others, verb="give-to"))
    return None


async def propose(work: Work, press: Press) -> str | None:
    """Proposed to a colleague: it stays where it is until she accepts."""
    found = await whose.hers(work, press, closed_too=True)
    if found is None or press.bubble is None or press.known is None:
        return await whose.refusal(work, press)
    conversation, desk = found
    crew = await people.staff_of(work.session, conversation.centre_id, local_date(work.now))
    receiver = next((one for one in crew if str(one.id) == press.argument), None)
    address = await address_of(work, receiver.id) if receiver is not None else None
    if receiver is None or address is None or receiver.id == press.known.person.id:
        return texts.nobody_to_give()
    bubble = owe.send(
        work,
        address,
        texts.handed_to_receiver(
            giver=press.known.person.name,
            teacher=await cards.name_of(work, conversation.teacher_id),
            school=desk.school.name,
            answer_by=conversation.promised_at,
            now=work.now,
        ),
        part="proposal",
        conversation=conversation,
        buttons=texts.handed_buttons(),
    )
    about = {"giver": press.known.person.id, "receiver": receiver.id}
    await work.flush()
    await dialogues.ask(
        work.session, address, f"{PROPOSED}:{bubble.id}", work.now, bubble=bubble, about=about
    )
    await cards.stands_again(work, desk, conversation, press.bubble)
    return texts.proposed_to(receiver=receiver.name)


async def _proposal(work: Work, press: Press) -> tuple[Conversation, Dialogue] | None:
    if press.bubble is None or press.known is None or press.bubble.conversation_id is None:
        return None
    asked = await dialogues.open_in(work.session, press.address, f"{PROPOSED}:{press.bubble.id}")
    if asked is None or asked.about["receiver"] != press.known.person.id:
        return None
    return await work.session.get_one(Conversation, press.bubble.conversation_id), asked


async def accept(work: Work, press: Press) -> str | None:
    """« C'est pour moi »: now it is hers, and everybody is told."""
    found = await _proposal(work, press)
    if found is None or press.known is None or press.bubble is None:
        return card_texts.too_old()
    conversation, asked = found
    giver = await work.session.get_one(Person, asked.about["giver"])
    await work.session.delete(asked)
    if conversation.reader_id != giver.id or conversation.state == "closed":
        # It has gone elsewhere meanwhile: she is told who has it.
        await owe.remove(work, press.bubble)
        if conversation.state == "closed":
            return card_texts.too_old()
        return card_texts.already_taken(by=await cards.name_of(work, conversation.reader_id))
    await owe.set_buttons(work, press.bubble)
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    await move(work, desk, conversation, press.known.person.id)
    conversation.state, conversation.taken_at = "taken", work.now
    await cards.refresh(work, desk, conversation)
    await tell_teacher(work, conversation, giver.name)
    address = await address_of(work, giver.id)
    if address is not None:
        teacher = await cards.name_of(work, conversation.teacher_id)
        owe.send(
            work,
            address,
            texts.has_it(receiver=press.known.person.name, teacher=teacher),
            part="note",
            conversation=conversation,
            silent=True,
        )
    return None


async def decline(work: Work, press: Press) -> str | None:
    """« Je ne peux pas »: it stays with her who proposed it."""
    found = await _proposal(work, press)
    if found is None or press.known is None or press.bubble is None:
        return card_texts.too_old()
    conversation, asked = found
    address = await address_of(work, asked.about["giver"])
    await work.session.delete(asked)
    await owe.remove(work, press.bubble)
    if address is not None:
        teacher = await cards.name_of(work, conversation.teacher_id)
        owe.send(
            work,
            address,
            texts.declined(receiver=press.known.person.name, teacher=teacher),
            part="note",
            conversation=conversation,
        )
    return None
