"""The buttons of a proposal: each choice is written down, and the bubble shows what is asked next."""

import re
from dataclasses import replace
from datetime import date, timedelta

from bot import meeting_lines, meeting_series, meetings, owe
from bot.incoming import Incoming, Press
from bot.meeting_days import touched
from bot.meeting_details import twice
from bot.meeting_plan import KIND, Plan, Typed, contacts_of, load, schools_for
from bot.meeting_proposal import agreed_one, draw, redraw
from bot.meeting_series_proposal import proposed, repeated
from bot.meeting_sides import side_of
from bot.rules import meetings as rules
from bot.rules.paris import local_date
from bot.rules.series import Until
from bot.texts import meeting_proposal as texts
from bot.texts import meetings as kept_texts
from bot.texts import welcome
from storage import dialogues
from storage.centres import School
from storage.conversations import Bubble
from storage.dialogues import Dialogue
from storage.meetings import Meeting
from storage.people import Known
from storage.store import Work

LONGEST_PLACE = 80
"""Characters."""
TYPING = timedelta(minutes=30)
"""For so long after a question, words that reply to nothing answer it."""
A_DAY = 24 * 60
"""Minutes."""
FURTHEST = 2100
"""A year no button of ours goes to."""
VIEWS = ("", "day", "hour", "arrival", "contact", "place", "repeat")


async def choose(work: Work, press: Press) -> str | None:
    """One button of the proposal: ``plan:<what>=<value>``."""
    dialogue = await _standing(work, press)
    if dialogue is None or press.known is None:
        return welcome.stale()
    plan, typed = load(dialogue)
    what, _, value = press.argument.partition("=")
    toast = await _write_down(work, press.known, plan, what, value)
    if toast is None and what != "none":
        await redraw(work, press.known, dialogue, plan, typed)
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
    elif what == "contact" and known.staff and plan.school is not None:
        named = _number(value)
        if named in [one for one, _ in await contacts_of(work, plan.school)]:
            plan.contact = named
    elif what == "change" and value in VIEWS:
        plan.view = value or "change"
        plan.month = None
    elif what not in ("back", "none"):
        return await _write_time(work, plan, what, value)
    return None


async def _write_time(work: Work, plan: Plan, what: str, value: str) -> str | None:
    """The same for day, hour, arrival, and how it comes back."""
    if what == "day" and (day := _date(value)) is not None:
        return await _pick_day(work, plan, day)
    if what == "month" and (shown := _date(f"{value}-01")) is not None and shown.year < FURTHEST:
        plan.month = shown.isoformat()
    elif what == "hour" and re.fullmatch(r"(?:[01]\d|2[0-3]):[0-5]\d", value):
        plan.start, plan.end, plan.arrives, plan.hour_problem = value, None, None, None
    elif what == "arrives" and (after := _number(value)) is not None and after < A_DAY:
        plan.arrives = after
    elif what == "repeat" and plan.day is not None and plan.moves is None:
        plan.comes_back = repeated(plan.day, value)
    elif what == "until" and plan.comes_back is not None and value in tuple(Until):
        plan.comes_back = replace(plan.comes_back, until=value)
    else:
        return welcome.stale()
    return None


async def _pick_day(work: Work, plan: Plan, day: date) -> str | None:
    if day < local_date(work.now):
        return texts.past_day()
    if plan.school is not None:
        refused = await touched(work, await work.session.get_one(School, plan.school), day)
        if refused is not None:
            return refused
    plan.day, plan.problem, plan.candidates = day.isoformat(), None, []
    plan.month, plan.arrives, plan.comes_back = None, None, None
    return None


async def keep(work: Work, press: Press) -> str | None:
    """« C'est bon »: everything is looked at again, for time has passed since it was shown."""
    dialogue = await _standing(work, press)
    if dialogue is None or press.known is None or press.bubble is None:
        return welcome.stale()
    plan, typed = load(dialogue)
    words, buttons = await draw(work, press.known, plan, typed)
    agreed = None
    if ("C'est bon", "plan-keep") in [one for row in buttons for one in row]:
        agreed = await _agreed(work, press.known, plan, typed)
    if not agreed:
        await owe.edit(work, press.bubble, words, buttons=buttons)
        return texts.look_again()
    await dialogues.close(work.session, press.address, KIND)
    if plan.moves is None:
        await _keep_new(work, press, press.known, plan, agreed)
        return texts.kept_toast()
    meeting = await work.session.get_one(Meeting, plan.moves)
    if meeting.kept and meeting.ends <= work.now:
        await owe.edit(work, press.bubble, texts.dropped())
        return kept_texts.over()
    if await side_of(work, meeting, press.known) is None:
        return welcome.stale()
    await meetings.change(work, meeting, agreed[0], press.known, press.bubble)
    return texts.kept_toast()


async def _agreed(work: Work, known: Known, plan: Plan, typed: Typed) -> list[meetings.Agreed]:
    """What will be kept: one date, or those of a series; nothing when it cannot be any more."""
    school = await work.session.get_one(School, plan.school)
    if plan.comes_back is not None:
        found = await proposed(work, known, plan, typed, school, plan.comes_back)
        return [] if found is None else found.dates
    agreed = await agreed_one(work, known, plan, typed, school)
    return [] if agreed is None or await twice(work, plan, agreed) else [agreed]


async def _keep_new(
    work: Work, press: Press, known: Known, plan: Plan, agreed: list[meetings.Agreed]
) -> None:
    assert press.bubble is not None
    if len(agreed) > 1:
        first = await meeting_series.keep(work, agreed, known, press.bubble)
    else:
        first = await meetings.keep(work, agreed[0], known, press.bubble)
    await meeting_lines.remember(work, press.address, plan.ref, first)


async def drop(work: Work, press: Press) -> str | None:
    """« Ne pas garder »."""
    dialogue = await _standing(work, press)
    if dialogue is None or press.bubble is None:
        return welcome.stale()
    await dialogues.close(work.session, press.address, KIND)
    await owe.edit(work, press.bubble, texts.dropped())
    return None


# ── Typed answers ────────────────────────────────────────────────────────────────────────────


async def takes_words(work: Work, known: Known | None, incoming: Incoming) -> bool:
    """Whether these words are the place that was asked for."""
    dialogue = await dialogues.open_in(work.session, incoming.address, KIND)
    if dialogue is None or known is None or dialogue.about.get("view") != "place":
        return False
    if not await answers(work, dialogue, incoming):
        return False
    plan, typed = load(dialogue)
    typed.place = " ".join(incoming.words.split())[:LONGEST_PLACE]
    plan.view = ""
    await redraw(work, known, dialogue, plan, typed)
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


def _number(value: str) -> int | None:
    return int(value) if re.fullmatch(r"\d{1,12}", value, re.ASCII) else None


def _date(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
