"""Proposing a meeting, or moving one: what was understood is shown, the rest asked, all confirmed."""

from collections.abc import Sequence
from datetime import date, datetime

from bot import joining, owe
from bot.incoming import Incoming, Press
from bot.meeting_buttons import found as found_on
from bot.meeting_days import Day, month, obstacles, why_not
from bot.meeting_details import Drawn, draw_detail, shown_of, twice
from bot.meeting_plan import KIND, Plan, Typed, agreed_on, goes, hour, planned, save, schools_for
from bot.meeting_series_proposal import draw_repeat, draw_series
from bot.meetings import Agreed
from bot.rules import meetings as rules
from bot.rules.paris import local, local_date
from bot.rules.said_dates import Ask
from bot.rules.said_meeting import understand_meeting
from bot.texts import meeting_proposal as texts
from bot.texts import meetings as kept_texts
from storage import dialogues
from storage.centres import School, Town
from storage.conversations import Bubble
from storage.dialogues import Dialogue
from storage.people import Known
from storage.store import Work

# ── Beginning ────────────────────────────────────────────────────────────────────────────────


async def command(work: Work, known: Known | None, incoming: Incoming) -> None:
    """`/reunion`, with or without words."""
    if known is None:
        await joining.close_door(work, incoming.address)
        return
    schools = await schools_for(work, known)
    if not schools:
        words = texts.no_school() if known.staff else texts.not_confirmed_yet()
        owe.send(work, incoming.address, words, part="note")
        return
    plan, typed = read(work, said_after(incoming.words), schools)
    plan.ref = incoming.ref
    await begin(work, known, incoming.address, plan, typed)


def said_after(words: str) -> str:
    """A line without the command it may begin with, as « réunion » would begin it."""
    return f"réunion {words.partition(' ')[2]}" if words.startswith("/") else words


async def move(work: Work, press: Press) -> str | None:
    """« Déplacer », « Choisir une autre date »: the same grid, for a meeting that is known."""
    answer = await found_on(work, press)
    if isinstance(answer, str) or press.known is None:
        return answer if isinstance(answer, str) else None
    meeting, _ = answer
    if meeting.kept and meeting.ends <= work.now:
        return kept_texts.over()
    starts, ends = local(meeting.starts), local(meeting.ends)
    plan = Plan(
        school=meeting.school_id,
        kind=meeting.kind,
        cycles=meeting.cycles.split(",") if meeting.cycles else [],
        cycles_open=False,
        start=f"{starts:%H:%M}",
        end=f"{ends:%H:%M}",
        contact=meeting.contact_id,
        month=f"{max(starts, local(work.now)):%Y-%m-01}",
        moves=meeting.id,
    )
    await begin(work, press.known, press.address, plan, Typed(place=meeting.place))
    return None


def read(work: Work, text: str, schools: dict[int, str]) -> tuple[Plan, Typed]:
    """What one line says; a school that is none of hers is never taken for the only one that is."""
    plan = planned(understand_meeting(text, work.now, schools), rules.kind_of(text))
    unknown = rules.unknown_school(text, schools.values()) or ""
    if unknown:
        plan.school = None
    return plan, Typed(unknown=unknown)


async def begin(work: Work, known: Known, address: str, plan: Plan, typed: Typed) -> Dialogue:
    """Show what was understood and ask the rest; a proposal begun before gives way."""
    before = await dialogues.open_in(work.session, address, KIND)
    if before is not None and before.bubble_id is not None:
        await owe.edit(work, await work.session.get_one(Bubble, before.bubble_id), texts.dropped())
    words, buttons = await draw(work, known, plan, typed)
    bubble = owe.send(work, address, words, part="question", buttons=buttons)
    dialogue = await dialogues.ask(work.session, address, KIND, work.now, bubble=bubble)
    save(dialogue, plan, typed)
    await work.flush()
    return dialogue


async def redraw(work: Work, known: Known, dialogue: Dialogue, plan: Plan, typed: Typed) -> None:
    """Something was chosen, or mended: the bubble shows what is asked next."""
    words, buttons = await draw(work, known, plan, typed)
    save(dialogue, plan, typed)
    dialogue.asked_at = work.now
    await owe.edit(work, await work.session.get_one(Bubble, dialogue.bubble_id), words, buttons=buttons)


# ── What is asked next ───────────────────────────────────────────────────────────────────────


async def draw(work: Work, known: Known, plan: Plan, typed: Typed) -> Drawn:
    """What is asked next: the words and the buttons; the summary when nothing is."""
    schools = await schools_for(work, known)
    if plan.school is None:
        return texts.ask_school(unknown=typed.unknown), texts.school_buttons(schools=list(schools.items()))
    school = await work.session.get_one(School, plan.school)
    kinds = await _draw_kinds(work, plan, school)
    if kinds is not None:
        return kinds
    if plan.view == "hour":
        return _draw_hour(plan, school)
    series = plan.comes_back
    if series is not None and plan.view != "day":
        drawn = await draw_series(work, known, plan, typed, school, series)
        return _draw_backwards(plan, school) if drawn is None else drawn
    day = None if plan.view == "day" else await _day(work, plan, school)
    if day is None or day.problem is not None:
        what = kept_texts.title(kind=plan.kind, cycles=",".join(plan.cycles))
        return await _draw_month(work, plan, school, what, day)
    assert plan.day is not None
    if plan.view == "repeat" and plan.moves is None:
        return draw_repeat(work, plan.day)
    agreed = await agreed_one(work, known, plan, typed, school)
    if agreed is None:
        return _draw_backwards(plan, school)
    return await _draw_one(work, known, plan, agreed)


async def _draw_kinds(work: Work, plan: Plan, school: School) -> Drawn | None:
    """Which meeting it is, while that is open; no town is asked about a PRE it does not have."""
    town = await work.session.get_one(Town, school.town_id)
    no_pre_in = None
    if plan.kind == rules.PRE and not town.pre:
        plan.kind, plan.cycles, plan.cycles_open, no_pre_in = rules.CYCLE, [], True, town.name
    if plan.kind != rules.CYCLE or not plan.cycles_open:
        return None
    buttons = texts.kind_buttons(picked=plan.cycles, pre=town.pre)
    back = texts.as_message() if plan.from_words else texts.drop()
    return texts.ask_kind(school=school.name, no_pre_in=no_pre_in), (*buttons, (back,))


def _draw_hour(plan: Plan, school: School) -> Drawn:
    buttons = texts.hour_buttons(opens=school.midday_starts, closes=school.midday_ends)
    return texts.ask_hour(problem=plan.hour_problem), buttons


def _draw_backwards(plan: Plan, school: School) -> Drawn:
    plan.view, plan.hour_problem = "hour", Ask.HOUR_BACKWARDS
    return _draw_hour(plan, school)


async def _day(work: Work, plan: Plan, school: School) -> Day | None:
    """The day as chosen, with what is wrong with it; None when none is."""
    if plan.problem is not None:
        candidates = [date.fromisoformat(one) for one in plan.candidates]
        return Day(_said(Ask(plan.problem), candidates, work.now), tuple(candidates))
    if plan.day is None:
        return None
    slot = _slot(plan, school)
    return await why_not(work, school, date.fromisoformat(plan.day), slot.starts if slot else None)


def _slot(plan: Plan, school: School) -> rules.Slot | None:
    assert plan.day is not None
    midday = (school.midday_starts, school.midday_ends)
    return rules.slot(date.fromisoformat(plan.day), hour(plan), midday, plan.kind)


def _said(ask: Ask, candidates: Sequence[date], now: datetime) -> str:
    if ask is Ask.DAY_PAST:
        return texts.past_day()
    if ask is Ask.NO_SUCH_DAY:
        return texts.no_such_day()
    return texts.unclear_day(candidates=candidates, now=now)


async def _draw_month(work: Work, plan: Plan, school: School, what: str, day: Day | None) -> Drawn:
    shown = date.fromisoformat(plan.month or plan.day or local_date(work.now).isoformat()).replace(day=1)
    proposed = day.proposed if day else ()
    if plan.month is None and day is not None and day.problem is not None:
        # Not the month she named: there may be no possible day for years.
        shown = (proposed or (local_date(work.now),))[0].replace(day=1)
    shown = max(shown, local_date(work.now).replace(day=1))
    marks = await month(work, school, await goes(work, plan, school, None), shown)
    words = texts.ask_day(what=what, school=school.name, problem=day.problem if day else None)
    buttons = texts.month_buttons(month=shown, marks=marks, proposed=proposed, now=work.now)
    return words, (*buttons, (texts.as_message(),)) if plan.from_words else buttons


async def agreed_one(work: Work, known: Known, plan: Plan, typed: Typed, school: School) -> Agreed | None:
    """Everything chosen for one day, put together; None when it would end before it starts."""
    slot = _slot(plan, school)
    return None if slot is None else await agreed_on(work, known, plan, typed, school, slot)


async def _draw_one(work: Work, known: Known, plan: Plan, agreed: Agreed) -> Drawn:
    """The summary, or what is being changed of it."""
    asked = await draw_detail(work, known, plan, agreed)
    if asked is not None:
        return asked
    shown = await shown_of(work, agreed)
    if await twice(work, plan, agreed):
        return texts.already_kept(shown=shown, now=work.now), ((texts.other_day(),), (texts.drop(),))
    warnings = await obstacles(work, agreed, to_staff=bool(known.staff), besides=plan.moves)
    moves = plan.moves is not None
    words = texts.summary(shown=shown, warnings=warnings, moves=moves, now=work.now)
    if plan.view == "change":
        return words, texts.change_buttons(contacts=bool(known.staff), repeats=not moves)
    return words, texts.summary_buttons(from_words=plan.from_words, moves=moves)
