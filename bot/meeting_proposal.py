"""Proposing a meeting, or moving one: a line is understood, the rest asked, all confirmed before it is kept.

The dialogue's state is a row: choices in ``about``, what was typed in ``words`` (encrypted). A line that
was meant as a message becomes one: in one tap, or by itself when nobody decides.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot import joining, meetings, owe, team
from bot.incoming import Incoming, Press
from bot.meeting_days import Day, month, obstacles, why_not
from bot.rights import Who, may
from bot.rules import meetings as rules
from bot.rules.danger import Danger, hear
from bot.rules.paris import local, local_date
from bot.rules.said_dates import Ask, SaidHour
from bot.rules.said_meeting import SaidMeeting, understand_meeting
from bot.texts import meeting_proposal as texts
from bot.texts import meetings as kept_texts
from storage import dialogues, due, people
from storage import meetings as stored
from storage.centres import EVERY_ACTION, School
from storage.conversations import Bubble
from storage.dialogues import Dialogue
from storage.meetings import Meeting
from storage.people import Known
from storage.store import Work

KIND = "meeting"
LEFT = "meeting-left"
PATIENCE = timedelta(hours=1)
"""After so long a line nobody decided about goes to the centre as the message it may have been."""


@dataclass
class Plan:
    """What is chosen so far."""

    school: int | None = None
    kind: str = rules.CYCLE
    cycles: list[str] = field(default_factory=list)
    cycles_open: bool = True
    """Whether cycles are still being ticked."""
    day: str | None = None
    candidates: list[str] = field(default_factory=list)
    problem: str | None = None
    """What must be asked about the day (an `Ask`)."""
    start: str | None = None
    end: str | None = None
    arrives: float | None = None
    contact: int | None = None
    month: str | None = None
    view: str = ""
    """What is being changed: day, hour, arrival, contact, place, or the list of these."""
    moves: int | None = None
    """The meeting that is being moved."""
    from_words: bool = False


@dataclass
class Typed:
    """What was typed, kept encrypted."""

    place: str = ""
    incoming: dict[str, Any] | None = None
    """The line as it came, to be carried if it was a message."""


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
    said = incoming.words.partition(" ")[2]
    await _begin(work, known, incoming.address, _read(work, said, schools), Typed())


async def heard(work: Work, known: Known | None, incoming: Incoming) -> bool:
    """« réunion » followed by words: taken when it says a meeting and nothing else, else left as it is."""
    if known is None or incoming.reply_to is not None or hear(incoming.words) is not Danger.NONE:
        return False
    schools = await schools_for(work, known)
    if not schools or not rules.is_only_a_meeting(incoming.words, schools.values()):
        return False
    plan = _read(work, incoming.words, schools)
    plan.from_words = bool(known.teaching) and not known.staff
    typed = Typed(incoming=asdict(incoming) if plan.from_words else None)
    dialogue = await _begin(work, known, incoming.address, plan, typed)
    if plan.from_words:
        await due.plan(work.session, LEFT, dialogue.id, work.now + PATIENCE, incoming.ref)
    return True


async def move(work: Work, press: Press) -> str | None:
    """« Déplacer », « Choisir une autre date »: the same grid, for a meeting that is known."""
    answer = await meetings.found(work, press)
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
        moves=meeting.id,
    )
    await _begin(work, press.known, press.address, plan, Typed(place=meeting.place))
    return None


async def schools_for(work: Work, known: Known) -> dict[int, str]:
    """The schools she may plan for: those she covers, all of her centre's for who heads it, her own."""
    if known.staff:
        if may(Who.COORDINATRICE, known):
            found = await stored.schools_of_centres(work.session, [one.centre_id for one in known.staff])
        else:
            found = await stored.schools_of(work.session, known.person.id)
        return {one.id: one.name for one in found}
    hers = [one for one in known.teaching if one.confirmed_at is not None and one.school_id is not None]
    schools = [await work.session.get_one(School, one.school_id) for one in hers]
    return {one.id: one.name for one in schools}


def _read(work: Work, text: str, schools: dict[int, str]) -> Plan:
    said: SaidMeeting = understand_meeting(text, work.now, schools)
    kind = rules.kind_of(text)
    plan = Plan(school=said.school_id, kind=kind, cycles=[str(one) for one in said.cycles])
    plan.cycles_open = kind == rules.CYCLE and not said.cycles
    if said.day.day is not None:
        plan.day = said.day.day.isoformat()
    plan.candidates = [one.isoformat() for one in said.day.candidates]
    plan.problem = said.day.ask if said.day.ask not in (None, Ask.DAY_MISSING) else None
    if said.hour.start is not None and not (said.hour.midday and said.hour.start == time(12)):
        plan.start = f"{said.hour.start:%H:%M}"
        plan.end = f"{said.hour.end:%H:%M}" if said.hour.end else None
    if said.hour.ask is Ask.HOUR_UNCLEAR:
        plan.view = "hour"
    return plan


async def _begin(work: Work, known: Known, address: str, plan: Plan, typed: Typed) -> Dialogue:
    """Show what was understood and ask the rest; a proposal begun before gives way."""
    before = await dialogues.open_in(work.session, address, KIND)
    if before is not None and before.bubble_id is not None:
        await owe.edit(work, await work.session.get_one(Bubble, before.bubble_id), texts.dropped())
    words, buttons = await draw(work, known, plan, typed)
    bubble = owe.send(work, address, words, part="question", buttons=buttons)
    dialogue = await dialogues.ask(work.session, address, KIND, work.now, bubble=bubble)
    dialogue.about, dialogue.words = asdict(plan), json.dumps(asdict(typed))
    await work.flush()
    return dialogue


# ── What is asked next ───────────────────────────────────────────────────────────────────────


async def draw(work: Work, known: Known, plan: Plan, typed: Typed) -> tuple[str, kept_texts.Buttons]:
    """What is asked next: the words and the buttons; the summary when nothing is."""
    schools = await schools_for(work, known)
    if plan.school is None:
        return texts.ask_school(), texts.school_buttons(schools=list(schools.items()))
    school = await work.session.get_one(School, plan.school)
    if plan.kind == rules.CYCLE and plan.cycles_open:
        return texts.ask_kind(school=school.name), _with_way_back(
            plan, texts.kind_buttons(picked=plan.cycles)
        )
    what = kept_texts.title(kind=plan.kind, cycles=",".join(plan.cycles))
    day = None if plan.view == "day" else await _day(work, plan, school)
    if day is None or day.problem is not None:
        return await _draw_month(work, plan, school, what, day)
    if plan.view == "hour":
        return texts.ask_hour(), texts.hour_buttons(opens=school.midday_starts, closes=school.midday_ends)
    agreed = await agreed_on(work, known, plan, typed, school)
    if agreed is None:
        plan.view = "hour"
        return texts.ends_before_start(), texts.hour_buttons(
            opens=school.midday_starts, closes=school.midday_ends
        )
    return await _draw_summary(work, known, plan, agreed)


def _with_way_back(plan: Plan, buttons: kept_texts.Buttons) -> kept_texts.Buttons:
    return (*buttons, (texts.as_message(),)) if plan.from_words else (*buttons, (texts.drop(),))


async def _day(work: Work, plan: Plan, school: School) -> Day | None:
    """The day as chosen, with what is wrong with it; None when none is."""
    if plan.problem is not None:
        candidates = [date.fromisoformat(one) for one in plan.candidates]
        return Day(_said(Ask(plan.problem), candidates, work.now), tuple(candidates))
    if plan.day is None:
        return None
    day = date.fromisoformat(plan.day)
    slot = rules.slot(day, _hour(plan), (school.midday_starts, school.midday_ends), plan.kind)
    return await why_not(work, school, day, slot.starts if slot else None)


def _said(ask: Ask, candidates: Sequence[date], now: datetime) -> str:
    if ask is Ask.DAY_PAST:
        return texts.past_day()
    if ask is Ask.NO_SUCH_DAY:
        return texts.no_such_day()
    return texts.unclear_day(candidates=candidates, now=now)


def _hour(plan: Plan) -> SaidHour:
    start = time.fromisoformat(plan.start) if plan.start else None
    return SaidHour(start, time.fromisoformat(plan.end) if plan.end else None)


async def _draw_month(
    work: Work, plan: Plan, school: School, what: str, day: Day | None
) -> tuple[str, kept_texts.Buttons]:
    shown = date.fromisoformat(plan.month or plan.day or local_date(work.now).isoformat()).replace(day=1)
    proposed = day.proposed if day else ()
    if plan.month is None and proposed:
        shown = proposed[0].replace(day=1)
    shown = max(shown, local_date(work.now).replace(day=1))
    goes = await _goes(work, plan, school, None)
    marks = await month(work, school, goes, shown)
    words = texts.ask_day(what=what, school=school.name, problem=day.problem if day else None)
    buttons = texts.month_buttons(month=shown, marks=marks, proposed=proposed, now=work.now)
    return words, (*buttons, (texts.as_message(),)) if plan.from_words else buttons


async def agreed_on(
    work: Work, known: Known, plan: Plan, typed: Typed, school: School
) -> meetings.Agreed | None:
    """Everything chosen, put together; None when it would end before it starts."""
    assert plan.day is not None
    day = date.fromisoformat(plan.day)
    slot = rules.slot(day, _hour(plan), (school.midday_starts, school.midday_ends), plan.kind)
    if slot is None:
        return None
    arrives = slot.arrives
    if plan.arrives is not None:
        chosen = datetime.fromtimestamp(plan.arrives, UTC)
        arrives = chosen if slot.starts <= chosen < slot.ends else slot.arrives
    return meetings.Agreed(
        school_id=school.id,
        kind=plan.kind,
        cycles=",".join(sorted(plan.cycles)),
        starts=slot.starts,
        ends=slot.ends,
        arrives=arrives,
        place=typed.place,
        referente_id=await _goes(work, plan, school, known),
        contact_id=await _contact(work, known, plan, school),
    )


async def _goes(work: Work, plan: Plan, school: School, known: Known | None) -> int:
    """Who goes there for the centre: who went before, she who proposes, else the school's référente."""
    if plan.moves is not None:
        return (await work.session.get_one(Meeting, plan.moves)).referente_id
    if known is not None and known.staff:
        hers = [one.id for one in await stored.schools_of(work.session, known.person.id)]
        if school.id in hers:
            return known.person.id
    named = await team.referente_of(work, school.id, "reunion")
    if named is None:
        named = await team.referente_of(work, school.id, EVERY_ACTION)
    if named is None:
        named = (await people.coordinatrices(work.session, school.centre_id, local_date(work.now)))[0]
    return named


async def contacts_of(work: Work, school_id: int) -> list[tuple[int, str]]:
    """Those of a school the centre knows, its direction first."""
    found = await stored.people_of_school(work.session, school_id, local_date(work.now))
    found = sorted(found, key=lambda one: one[0].role != "directrice")
    return list({person.id: person.name for _, person in found}.items())


async def _contact(work: Work, known: Known, plan: Plan, school: School) -> int | None:
    if not known.staff:
        return plan.contact or known.person.id
    if plan.contact is not None:
        return plan.contact
    found = await contacts_of(work, school.id)
    return found[0][0] if found else None


async def _draw_summary(
    work: Work, known: Known, plan: Plan, agreed: meetings.Agreed
) -> tuple[str, kept_texts.Buttons]:
    staff = bool(known.staff)
    if plan.view == "change":
        words, _ = await _summary(work, known, plan, agreed)
        return words, texts.change_buttons(contacts=staff)
    if plan.view == "arrival":
        name = await _name(work, agreed.referente_id)
        moments = sorted(
            {agreed.starts, *(agreed.ends - timedelta(minutes=n) for n in (30, 20, 10))} - {agreed.ends}
        )
        moments = [one for one in moments if agreed.starts <= one]
        return texts.ask_arrival(goes=name), texts.arrival_buttons(moments=moments)
    if plan.view == "contact" and staff:
        school = await work.session.get_one(School, agreed.school_id)
        found = await contacts_of(work, agreed.school_id)
        return texts.ask_contact(school=school.name), texts.contact_buttons(people=found[:8])
    if plan.view == "place":
        return texts.ask_place(), texts.place_buttons()
    return await _summary(work, known, plan, agreed)


async def _summary(
    work: Work, known: Known, plan: Plan, agreed: meetings.Agreed
) -> tuple[str, kept_texts.Buttons]:
    shown = kept_texts.Shown(
        kind=agreed.kind,
        cycles=agreed.cycles,
        school=(await work.session.get_one(School, agreed.school_id)).name,
        starts=agreed.starts,
        ends=agreed.ends,
        arrives=agreed.arrives,
        place=agreed.place,
        goes=await _name(work, agreed.referente_id),
        contact=await _name(work, agreed.contact_id) if agreed.contact_id else None,
    )
    kept_already = await twice(work, plan, agreed)
    if kept_already:
        return texts.already_kept(shown=shown, now=work.now), ((texts.other_day(),), (texts.drop(),))
    warnings = await obstacles(work, agreed, to_staff=bool(known.staff), besides=plan.moves)
    words = texts.summary(shown=shown, warnings=warnings, moves=plan.moves is not None, now=work.now)
    return words, texts.summary_buttons(from_words=plan.from_words, moves=plan.moves is not None)


async def twice(work: Work, plan: Plan, agreed: meetings.Agreed) -> bool:
    """Whether this very meeting is kept already."""
    same = await stored.same(work.session, agreed.school_id, agreed.kind, agreed.cycles, agreed.starts)
    return same is not None and (same.id != plan.moves or _unchanged(same, agreed))


def _unchanged(meeting: Meeting, agreed: meetings.Agreed) -> bool:
    return (meeting.arrives, meeting.ends, meeting.place) == (agreed.arrives, agreed.ends, agreed.place)


async def _name(work: Work, person_id: int) -> str:
    return (await work.session.get_one(people.Person, person_id)).name
