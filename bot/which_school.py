"""A teacher of two schools whose référentes differ is asked which one she means.

Her words wait in the question's own row, not on anybody's phone. Silence is an answer: after ten
minutes they go to the school she wrote from last.
"""

import json
from dataclasses import asdict
from datetime import timedelta

from bot import owe, relay
from bot.incoming import Incoming, Press
from bot.rules.closing import closes
from bot.rules.danger import Danger, hear
from bot.rules.paris import local_date
from bot.team import referente_of
from bot.texts import card as card_texts
from bot.texts import receipt as texts
from storage import conversations, dialogues, due, people
from storage.centres import School
from storage.conversations import Bubble, Conversation
from storage.dialogues import Dialogue
from storage.due import Due
from storage.people import Known
from storage.store import Work

KIND = "which-school"
PATIENCE = timedelta(minutes=10)


async def must_ask(work: Work, known: Known, incoming: Incoming) -> bool:
    """Ask, and keep her words until she answers. Never in case of danger, nor for a thank-you."""
    if len(known.teaching) < 2 or not await _differ(work, known):
        return False
    asked = await dialogues.open_in(work.session, incoming.address, KIND)
    latest = await conversations.latest_of_teacher(work.session, known.person.id)
    if hear(f"{incoming.words} {incoming.other_words}") is not Danger.NONE:
        if asked is not None:  # what waits goes along: it may be about the same child
            await _leave(work, known, asked, _usual(known, latest))
        return False
    if asked is None:
        if latest is not None and (_goes_on(known, latest) or closes(incoming.words, after_answer=True)):
            return False
        asked = await _ask(work, known, incoming)
    asked.words = json.dumps([*json.loads(asked.words or "[]"), asdict(incoming)])
    return True


async def _differ(work: Work, known: Known) -> bool:
    named = {await referente_of(work, one.school_id, "") for one in known.teaching if one.school_id}
    return len(named) > 1


def _usual(known: Known, latest: Conversation | None) -> int:
    """The school she wrote from last, else the first of hers."""
    hers = [one.school_id for one in known.teaching if one.school_id is not None]
    return latest.school_id if latest is not None and latest.school_id in hers else hers[0]


def _goes_on(known: Known, latest: Conversation) -> bool:
    """An open thread takes her next words, wherever she teaches besides."""
    still = latest.school_id in {one.school_id for one in known.teaching}
    return still and latest.current and latest.state != "closed"


async def mend(work: Work, incoming: Incoming) -> bool:
    """She edits words that still wait for her choice. Whether they do."""
    asked = await dialogues.open_in(work.session, incoming.address, KIND)
    kept = json.loads(asked.words or "[]") if asked is not None else []
    waits = [one for one in kept if one["ref"] == incoming.ref]
    for one in waits:
        one["words"] = incoming.words
    if asked is not None and waits:
        asked.words = json.dumps(kept)
    return bool(waits)


async def _ask(work: Work, known: Known, incoming: Incoming) -> Dialogue:
    rows = []
    for one in known.teaching:  # all of them, be they six: one that is missing could not be meant
        school = await work.session.get_one(School, one.school_id)
        rows.append(((school.name, f"school:{school.id}"),))
    bubble = owe.send(
        work, incoming.address, texts.which_school(), part="question", buttons=rows, silent=True
    )
    asked = work.add(Dialogue(address=incoming.address, kind=KIND, bubble=bubble, asked_at=work.now))
    await work.flush()
    await due.plan(work.session, KIND, asked.id, work.now + PATIENCE)
    return asked


async def chosen(work: Work, press: Press) -> str | None:
    """« Les Tilleuls »: her words leave."""
    asked = await dialogues.open_in(work.session, press.address, KIND)
    if press.known is None or asked is None or press.bubble is None or asked.bubble_id != press.bubble.id:
        return card_texts.too_old()
    chosen_id = next(
        (one.school_id for one in press.known.teaching if str(one.school_id) == press.argument), None
    )
    if chosen_id is None:
        return card_texts.not_yours()
    await _leave(work, press.known, asked, chosen_id)
    return None


async def silence(work: Work, row: Due) -> None:
    """Nobody chose in time."""
    asked = await work.session.get(Dialogue, row.subject_id)
    if asked is None:
        return
    known = await people.known(work.session, asked.address, local_date(work.now))
    if known is None or not known.teaching:
        await work.session.delete(asked)
        return
    latest = await conversations.latest_of_teacher(work.session, known.person.id)
    await _leave(work, known, asked, _usual(known, latest))


async def _leave(work: Work, known: Known, asked: Dialogue, school_id: int) -> None:
    kept = [Incoming(**one) for one in json.loads(asked.words or "[]")]
    if asked.bubble_id is not None:
        await owe.remove(work, await work.session.get_one(Bubble, asked.bubble_id))
    await work.session.delete(asked)
    await work.flush()
    for incoming in kept:
        await relay.receive(work, known, incoming, school_id)
