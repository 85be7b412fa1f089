"""A period of school, told to who heads a centre when it ends: a picture, and what it brought (E28).

One row per coordinatrice and period: told once, late if it must be, and then it says so. Counted facts
only: no name, no child, nothing about a danger.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from bot import calendars, digest_centre, owe, team, territories
from bot.rules import period as rules
from bot.rules.hours import is_open
from bot.rules.paris import at, local_date
from bot.rules.period import Facts, Period
from bot.rules.week import FRIDAY_AFTERNOON, Week, is_late, merge_small
from bot.texts import digest as digest_texts
from bot.texts import period as texts
from storage import calendars as stored_calendars
from storage import digests, due, periods
from storage.centres import Centre, all_centres
from storage.due import Due
from storage.people import Membership
from storage.periods import PeriodTold
from storage.store import Work

KIND = "period"
A_YEAR = timedelta(days=365)
"""How far back the first period we know of counts, when no other came before."""


async def plan_week(work: Work, week: Week, crew: Iterable[list[Membership]]) -> None:
    """Plan what ends that week: one occurrence for each coordinatrice; planned twice, it is there once."""
    for memberships in crew:
        headed = _headed(memberships)
        if not headed:
            continue
        for period, moment in await _told_at(work, headed[0]):
            if rules.falls_in(moment, week) and headed[0].first < local_date(moment):
                await due.plan(work.session, KIND, headed[0].person_id, moment, str(period))


def _headed(memberships: list[Membership]) -> list[Membership]:
    return [one for one in memberships if one.role == "coordinatrice"]


async def _told_at(work: Work, membership: Membership) -> list[tuple[Period, datetime]]:
    """Every period of her centre's zone, and when she is told it: at her hour, the last day it is open."""
    choices = await digests.choices(work.session)
    _, clock = choices.get(membership.person_id, (None, FRIDAY_AFTERNOON))
    return await _moments(work, membership.centre_id, clock)


async def _moments(work: Work, centre_id: int, clock: time) -> list[tuple[Period, datetime]]:
    zones = await stored_calendars.centres_and_zones(work.session)
    zone = next((zone for centre, zone in zones if centre == centre_id), None)
    if zone is None:
        return []  # a centre without a school
    hours = await team.hours_of(work, centre_id)
    found = rules.periods(await calendars.of_zone(work, zone))
    moments = [(one, rules.told_at(one, hours, clock)) for one in found]
    return [(one, moment) for one, moment in moments if moment is not None]


# ── Telling ──────────────────────────────────────────────────────────────────────────────────


async def tell(work: Work, row: Due) -> None:
    """It is over. When the next one is as well, this one says nothing any more."""
    crew = await digests.crew(work.session, local_date(work.now))
    headed = _headed([one for one in crew if one.person_id == row.subject_id])
    if not headed or await periods.told(work.session, row.subject_id, row.slot) is not None:
        return
    kept = work.add(PeriodTold(person_id=row.subject_id, period=row.slot, planned_at=row.at))
    moments = await _told_at(work, headed[0])
    place = next((n for n, (period, _) in enumerate(moments) if str(period) == row.slot), None)
    address = await team.address_of(work, row.subject_id)
    if place is None or address is None:
        return
    if place + 1 < len(moments) and moments[place + 1][1] <= work.now:
        return
    for membership in headed:
        told, drawing = await _composed(work, membership.centre_id, moments, place, row.at)
        if is_late(row.at, work.now):
            told = digest_texts.late(words=told, planned=row.at, now=work.now)
        name = f"{KIND}:{row.subject_id}:{membership.centre_id}:{row.slot}"
        if drawing is None:
            owe.send(work, address, told, part="digest", silent=True, dedup=name)
        else:
            owe.picture(work, address, told, drawing, part="digest", dedup=name)
    kept.sent_at = work.now


async def printed(work: Work) -> list[tuple[str, str, texts.Drawing | None]]:
    """Each centre, its period as it stands now, and the picture to be drawn; nothing is sent or kept."""
    found = []
    today = local_date(work.now)
    for centre in await all_centres(work.session):
        moments = await _moments(work, centre.id, FRIDAY_AFTERNOON)
        begun = [place for place, (period, _) in enumerate(moments) if period.first <= today]
        if begun:
            until = min(moments[begun[-1]][1], work.now)
            told, drawing = await _composed(work, centre.id, moments, begun[-1], until)
            found.append((centre.name, digest_texts.plain(told), drawing))
    return found


async def _composed(
    work: Work, centre_id: int, moments: list[tuple[Period, datetime]], place: int, until: datetime
) -> tuple[str, texts.Drawing | None]:
    """Words and picture, counted from the telling before, so that nothing is counted twice or never."""
    period = moments[place][0]
    since = moments[place - 1][1] if place else at(period.first - A_YEAR, time())
    facts = await facts_of(work, centre_id, period, since, until)
    name = (await work.session.get_one(Centre, centre_id)).name
    drawing = texts.drawing(centre=name, facts=facts) if facts.fit_for_a_picture else None
    return texts.words(centre=name, facts=facts), drawing


async def facts_of(work: Work, centre_id: int, period: Period, since: datetime, until: datetime) -> Facts:
    """What is counted in a centre between two moments."""
    hours = await team.hours_of(work, centre_id)
    rows = await periods.received(work.session, since=since, until=until, centre_id=centre_id)
    named = [await territories.told(work, one.school_id, one.territory) for one in rows]
    return Facts(
        period=period,
        received=len(rows),
        answered=sum(one.answered_at is not None for one in rows),
        in_time=sum(
            one.answered_at is not None and one.promised_at is not None and one.answered_at <= one.promised_at
            for one in rows
        ),
        within_a_day=digest_centre.within_a_day(hours, [(one.opened_at, one.answered_at) for one in rows]),
        doors_closed=sum(not is_open(hours, one.opened_at) for one in rows),
        relayed=sum(one.relayed for one in rows),
        meetings=await periods.meetings_held(work.session, centre_id, since, until),
        follow_ups=await periods.follow_ups(work.session, centre_id, since, until),
        territories=tuple(merge_small(Counter(named))),
        schools=tuple(await digest_centre.by_school(work, [one.school_id for one in rows])),
        silent=tuple(await periods.silent_schools(work.session, centre_id, since, until)),
    )
