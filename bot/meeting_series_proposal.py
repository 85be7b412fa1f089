"""Proposing a series: every date is shown before any is kept, those that cannot be and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot import calendars
from bot.meeting_days import obstacles
from bot.meeting_details import Drawn, draw_detail, shown_of, twice
from bot.meeting_plan import Plan, Typed, agreed_on, hour, on_another_date
from bot.meetings import Agreed
from bot.rules import meetings as rules
from bot.rules.calendar import NoClass
from bot.rules.series import Series, Until, days_of, rank_in_month
from bot.texts import meeting_series as texts
from bot.texts import meetings as kept_texts
from storage.centres import School
from storage.people import Known
from storage.store import Work

REPEATS = (("week", "period"), ("week", "year"), ("month", "year"))
"""How often, and how far, buttons let a day come back."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What becomes of each day of a series."""

    dates: list[Agreed]
    already: list[date]
    """Kept before: not kept twice."""
    skipped: list[tuple[date, NoClass]]
    """Days on which no meeting can be, and why."""


async def proposed(
    work: Work, known: Known, plan: Plan, typed: Typed, school: School, series: Series
) -> Proposed | None:
    """Its days to come; None when a meeting at that hour would end before it starts."""
    calendar = await calendars.of_school(work, school.id)
    midday = (school.midday_starts, school.midday_ends)
    found = Proposed([], [], [])
    model: Agreed | None = None
    for day in days_of(series, calendar, work.now):
        slot = rules.slot(day, hour(plan), midday, plan.kind)
        if slot is None:
            return None
        refused = rules.refused(calendar, day, wednesdays=school.wednesdays)
        if refused is not None:
            found.skipped.append((day, refused))
        elif slot.starts > work.now:
            model = model or await agreed_on(work, known, plan, typed, school, slot)
            agreed = on_another_date(model, plan, slot)
            if await twice(work, plan, agreed):
                found.already.append(day)
            else:
                found.dates.append(agreed)
    return found


async def draw_series(
    work: Work, known: Known, plan: Plan, typed: Typed, school: School, series: Series
) -> Drawn | None:
    """The whole series, or what is being changed of it; None when it would end before it starts."""
    found = await proposed(work, known, plan, typed, school, series)
    if found is None:
        return None
    skipped = _grouped(found.skipped)
    if not found.dates:
        what = kept_texts.title(kind=plan.kind, cycles=",".join(plan.cycles))
        words = texts.none_left(
            what=what, school=school.name, skipped=skipped, already=found.already, now=work.now
        )
        return words, texts.none_left_buttons(longer=series.until == Until.PERIOD)
    asked = await draw_detail(work, known, plan, found.dates[0])
    if asked is not None:
        return asked
    lines, everywhere = await _lines(work, known, found.dates)
    words = texts.summary(
        first=await shown_of(work, found.dates[0]),
        lines=lines,
        skipped=skipped,
        already=found.already,
        warnings=everywhere,
        now=work.now,
    )
    if plan.view == "change":
        whole_year = series.until == Until.YEAR
        return words, texts.change_buttons(contacts=bool(known.staff), whole_year=whole_year)
    return words, texts.summary_buttons(from_words=plan.from_words)


def _grouped(skipped: Sequence[tuple[date, NoClass]]) -> list[texts.Skipped]:
    """Days that follow each other and are left out for one reason, together."""
    return [
        texts.Skipped(tuple(day for day, _ in alike), why.cause, why.name)
        for why, alike in groupby(skipped, key=lambda one: one[1])
    ]


async def _lines(work: Work, known: Known, dates: Sequence[Agreed]) -> tuple[list[texts.Line], list[str]]:
    """Each date with what may be in its way, and what is in the way of all of them, said once."""
    found = [await obstacles(work, one, to_staff=bool(known.staff), besides=None) for one in dates]
    everywhere = [one for one in found[0] if len(dates) > 1 and all(one in others for others in found)]
    return [
        texts.Line(
            agreed.starts, agreed.ends, warnings=tuple(one for one in warnings if one not in everywhere)
        )
        for agreed, warnings in zip(dates, found, strict=True)
    ], everywhere


def draw_repeat(work: Work, day: str) -> Drawn:
    """« Plusieurs dates… »: how often the chosen day comes back."""
    first = date.fromisoformat(day)
    buttons = texts.repeat_buttons(weekday=first.weekday(), rank=rank_in_month(first))
    return texts.ask_repeat(day=first, now=work.now), buttons


def repeated(day: str, value: str) -> Series | None:
    """The series a button means, from the chosen day on; None for no button of ours."""
    per, _, until = value.partition(".")
    if (per, until) not in REPEATS:
        return None
    first = date.fromisoformat(day)
    rank = rank_in_month(first) if per == "month" else 1
    return Series(weekday=first.weekday(), per=per, until=until, rank=rank, since=first)
