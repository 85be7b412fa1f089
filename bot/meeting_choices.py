"""The buttons of a proposal: each choice is written down, and the bubble shows what is asked next."""

import json
import re
from dataclasses import asdict
from datetime import date, timedelta

from bot import meetings, owe, relay
from bot.incoming import Incoming, Press
from bot.meeting_days import touched
from bot.meeting_proposal import KIND, Plan, Typed, agreed_on, contacts_of, draw, schools_for, twice
from bot.rules import meetings as rules
from bot.rules.paris import local_date
from bot.texts import meeting_proposal as texts
from bot.texts import welcome
from storage import dialogues, people
from storage.centres import School
from storage.conversations import Bubble
from storage.dialogues import Dialogue
from storage.due import Due
from storage.meetings import Meeting
from storage.people import Known
from storage.store import Work

LONGEST_PLACE = 80
"""Characters."""
TYPING = timedelta(minutes=30)
"""For so long after a question, words that reply to nothing answer it."""
VIEWS = ("", "day", "hour", "arrival", "contact", "place")


async def choose(work: Work, press: Press) -> str | None:
    """One button of the proposal: ``plan:<what>=<value>``."""
    dialogue = await _standing(work, press)
    if dialogue is None or press.known is None:
        return welcome.stale()
    plan, typed = Plan(**dialogue.about), _typed(dialogue)
    what, _, value = press.argument.partition("=")
    toast = await _write_down(work, press.known, plan, what, value)
    if toast is None and what != "none":
        await _redraw(work, press.known, dialogue, plan, typed)
    return toast


async def _write_down(work: Work, known: Known, plan: Plan, what: str, value: str) -> str | None:
    """Put the choice into the plan; a toast when it cannot be."""
    plan.view = plan.view if what == "month" else ""
    if what == "school" and _number(value) in await schools_for(work, known):
        plan.school = _number(value)
    elif what == "cycle" and value in ("1", "2", "3"):
        plan.cycles = sorted(set(plan.cycles) ^ {value})
    elif what == "cycles" and plan.cycles:
        plan.cycles_open = False
    elif what == "kind" and value in (rules.PRE, rules.LIAISON):
        plan.kind, plan.cycles, plan.cycles_open = value, [], False
    elif what == "day" and (day := _date(value)) is not None:
        return await _pick_day(work, plan, day)
    elif what == "month" and (shown := _date(f"{value}-01")) is not None:
        plan.month = shown.isoformat()
    elif what == "hour" and re.fullmatch(r"(?:[01]\d|2[0-3]):[0-5]\d", value):
        plan.start, plan.end, plan.arrives = value, None, None
    elif what == "arrives" and _number(value) is not None:
        plan.arrives = float(value)
    elif what == "contact" and known.staff and plan.school is not None:
        named = _number(value)
        if named in [one for one, _ in await contacts_of(work, plan.school)]:
            plan.contact = named
    elif what == "change" and value in VIEWS:
        plan.view = value or "change"
        plan.month = None
    elif what not in ("back", "none"):
        return welcome.stale()
    return None


async def _pick_day(work: Work, plan: Plan, day: date) -> str | None:
    if day < local_date(work.now):
        return texts.past_day()
    if plan.school is not None:
        refused = await touched(work, await work.session.get_one(School, plan.school), day)
        if refused is not None:
            return refused
    plan.day, plan.problem, plan.candidates, plan.month, plan.arrives = day.isoformat(), None, [], None, None
    return None


async def keep(work: Work, press: Press) -> str | None:
    """« C'est bon »: everything is looked at again, for time has passed since it was shown."""
    dialogue = await _standing(work, press)
    if dialogue is None or press.known is None or press.bubble is None:
        return welcome.stale()
    plan, typed = Plan(**dialogue.about), _typed(dialogue)
    words, buttons = await draw(work, press.known, plan, typed)
    if ("C'est bon", "plan-keep") not in [one for row in buttons for one in row] or plan.school is None:
        await owe.edit(work, press.bubble, words, buttons=buttons)
        return texts.look_again()
    school = await work.session.get_one(School, plan.school)
    agreed = await agreed_on(work, press.known, plan, typed, school)
    if agreed is None or await twice(work, plan, agreed):
        return texts.look_again()
    await dialogues.close(work.session, press.address, KIND)
    if plan.moves is None:
        await meetings.keep(work, agreed, press.known, press.bubble)
        return texts.kept_toast()
    meeting = await work.session.get_one(Meeting, plan.moves)
    if meetings.side_of(meeting, press.known) is None:
        return welcome.stale()
    await meetings.change(work, meeting, agreed, press.known, press.bubble)
    return texts.kept_toast()


async def drop(work: Work, press: Press) -> str | None:
    """« Ne pas garder »."""
    dialogue = await _standing(work, press)
    if dialogue is None or press.bubble is None:
        return welcome.stale()
    await dialogues.close(work.session, press.address, KIND)
    await owe.edit(work, press.bubble, texts.dropped())
    return None


# ── A line that was a message ────────────────────────────────────────────────────────────────


async def was_message(work: Work, press: Press) -> str | None:
    """« C'était un message »."""
    dialogue = await _standing(work, press)
    if dialogue is None or press.known is None:
        return welcome.stale()
    await _carry(work, press.known, dialogue)
    return None


async def left(work: Work, row: Due) -> None:
    """Nobody decided: the line goes to the centre as it is."""
    dialogue = await work.session.get(Dialogue, row.subject_id)
    if dialogue is None or dialogue.kind != KIND:
        return
    incoming = _typed(dialogue).incoming
    known = await people.known(work.session, dialogue.address, local_date(work.now))
    if incoming is None or incoming["ref"] != row.slot or known is None:
        return
    await _carry(work, known, dialogue)


async def _carry(work: Work, known: Known, dialogue: Dialogue) -> None:
    incoming = _typed(dialogue).incoming
    bubble = await work.session.get_one(Bubble, dialogue.bubble_id)
    await dialogues.close(work.session, dialogue.address, KIND)
    if incoming is None or not known.teaching:
        await owe.edit(work, bubble, texts.dropped())
        return
    await owe.remove(work, bubble)
    await relay.receive(work, known, Incoming(**incoming))


# ── Typed answers ────────────────────────────────────────────────────────────────────────────


async def takes_words(work: Work, known: Known | None, incoming: Incoming) -> bool:
    """Whether these words are the place that was asked for."""
    dialogue = await dialogues.open_in(work.session, incoming.address, KIND)
    if dialogue is None or known is None or dialogue.about.get("view") != "place":
        return False
    if not await answers(work, dialogue, incoming):
        return False
    plan, typed = Plan(**dialogue.about), _typed(dialogue)
    typed.place = " ".join(incoming.words.split())[:LONGEST_PLACE]
    plan.view = ""
    await _redraw(work, known, dialogue, plan, typed)
    return True


async def answers(work: Work, dialogue: Dialogue, incoming: Incoming) -> bool:
    """Whether a text answers an open question: as a reply to it or, for a while, without being one."""
    if incoming.kind != "text" or dialogue.bubble_id is None:
        return False
    if incoming.reply_to is None:
        return work.now - dialogue.asked_at <= TYPING
    bubble = await work.session.get_one(Bubble, dialogue.bubble_id)
    return bubble.ref == incoming.reply_to


# ── Inside ───────────────────────────────────────────────────────────────────────────────────


async def _standing(work: Work, press: Press) -> Dialogue | None:
    """The proposal this button stands on."""
    dialogue = await dialogues.open_in(work.session, press.address, KIND)
    if dialogue is None or press.bubble is None or dialogue.bubble_id != press.bubble.id:
        return None
    return dialogue


def _typed(dialogue: Dialogue) -> Typed:
    return Typed(**json.loads(dialogue.words or "{}"))


async def _redraw(work: Work, known: Known, dialogue: Dialogue, plan: Plan, typed: Typed) -> None:
    words, buttons = await draw(work, known, plan, typed)
    dialogue.about, dialogue.words, dialogue.asked_at = asdict(plan), json.dumps(asdict(typed)), work.now
    await owe.edit(work, await work.session.get_one(Bubble, dialogue.bubble_id), words, buttons=buttons)


def _number(value: str) -> int | None:
    return int(value) if re.fullmatch(r"\d{1,12}", value, re.ASCII) else None


def _date(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
