"""What is chosen so far of a meeting that is proposed or moved, and the meeting it would make.

It is a dialogue's state: choices in ``about``, what was typed in ``words`` (encrypted).
"""

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date, time
from typing import Any

from bot import team
from bot.meetings import Agreed
from bot.rights import Who, may
from bot.rules import meetings as rules
from bot.rules.paris import local_date
from bot.rules.said_dates import Ask, SaidHour
from bot.rules.said_meeting import SaidMeeting
from bot.rules.series import Series
from storage import meetings as stored
from storage import people
from storage.centres import School
from storage.dialogues import Dialogue
from storage.meetings import Meeting
from storage.people import Known
from storage.store import Work

KIND = "meeting"


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
    arrives: int | None = None
    """When the centre arrives, in minutes from the start."""
    contact: int | None = None
    month: str | None = None
    view: str = ""
    """What is being changed: day, hour, arrival, contact, place, repeat, or the list of these."""
    moves: int | None = None
    """The meeting that is being moved."""
    from_words: bool = False
    ref: str = ""
    """Her line: when she mends it, the proposal follows."""
    series: dict[str, Any] | None = None
    """A `Series`, when it comes back."""
    hour_problem: str | None = None
    """What must be asked about the hour (an `Ask`)."""

    @property
    def comes_back(self) -> Series | None:
        """The series it is, if it is one."""
        if self.series is None:
            return None
        since = self.series["since"]
        return Series(**self.series | {"since": date.fromisoformat(since) if since else None})

    @comes_back.setter
    def comes_back(self, series: Series | None) -> None:
        self.series = None
        if series is not None:
            self.series = asdict(series) | {"since": series.since.isoformat() if series.since else None}


@dataclass
class Typed:
    """What was typed, kept encrypted."""

    place: str = ""
    incoming: dict[str, Any] | None = None
    """The line as it came, to be carried if it was a message."""
    unknown: str = ""
    """The school she named that is none of hers."""


def load(dialogue: Dialogue) -> tuple[Plan, Typed]:
    """A dialogue's state."""
    return Plan(**dialogue.about), Typed(**json.loads(dialogue.words or "{}"))


def save(dialogue: Dialogue, plan: Plan, typed: Typed) -> None:
    """Write it down."""
    dialogue.about, dialogue.words = asdict(plan), json.dumps(asdict(typed))


def planned(said: SaidMeeting, kind: str) -> Plan:
    """What one line says, as choices."""
    plan = Plan(school=said.school_id, kind=kind, cycles=[str(one) for one in said.cycles])
    plan.cycles_open = kind == rules.CYCLE and not said.cycles
    if kind != rules.CYCLE:
        plan.cycles = []
    plan.comes_back = said.series
    if said.day.day is not None:
        plan.day = said.day.day.isoformat()
    plan.candidates = [one.isoformat() for one in said.day.candidates]
    plan.problem = said.day.ask if said.day.ask not in (None, Ask.DAY_MISSING) else None
    if said.hour.start is not None and not (said.hour.midday and said.hour.start == time(12)):
        plan.start = f"{said.hour.start:%H:%M}"
        plan.end = f"{said.hour.end:%H:%M}" if said.hour.end else None
    if said.hour.ask in (Ask.HOUR_UNCLEAR, Ask.HOUR_BACKWARDS):
        plan.hour_problem, plan.view = said.hour.ask, "hour"
    return plan


def hour(plan: Plan) -> SaidHour:
    """The hours chosen."""
    start = time.fromisoformat(plan.start) if plan.start else None
    return SaidHour(start, time.fromisoformat(plan.end) if plan.end else None)


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


async def agreed_on(
    work: Work, known: Known, plan: Plan, typed: Typed, school: School, slot: rules.Slot
) -> Agreed:
    """Everything chosen, put together."""
    return Agreed(
        school_id=school.id,
        kind=plan.kind,
        cycles=",".join(sorted(plan.cycles)),
        starts=slot.starts,
        ends=slot.ends,
        arrives=rules.chosen_arrival(slot, plan.arrives),
        place=typed.place,
        referente_id=await goes(work, plan, school, known),
        contact_id=await _contact(work, known, plan, school),
    )


def on_another_date(agreed: Agreed, plan: Plan, slot: rules.Slot) -> Agreed:
    """The same meeting on another date of its series."""
    arrives = rules.chosen_arrival(slot, plan.arrives)
    return replace(agreed, starts=slot.starts, ends=slot.ends, arrives=arrives)


async def goes(work: Work, plan: Plan, school: School, known: Known | None) -> int:
    """Who goes there for the centre: who went before, she who proposes, else the school's référente."""
    if plan.moves is not None:
        return (await work.session.get_one(Meeting, plan.moves)).referente_id
    if known is not None and known.staff:
        hers = [one.id for one in await stored.schools_of(work.session, known.person.id)]
        if school.id in hers:
            return known.person.id
    named = await team.referente_of(work, school.id, "reunion")
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
    found = [one for one, _ in await contacts_of(work, school.id)]
    if plan.contact in found:  # she may have left the school since she was chosen
        return plan.contact
    return found[0] if found else None
