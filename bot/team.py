"""Who is there to read: the rules' values (bot/rules/routing.py), filled from what we remember."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.rules import absences as rules_absences
from bot.rules.deadlines import promised
from bot.rules.hours import Hours, is_open, openings
from bot.rules.paris import local, local_date
from bot.rules.ringing import rings
from bot.rules.routing import Call, Cover, Reader, Team, danger_call, reader
from storage import absences, calendars, centres, people
from storage.centres import EVERY_ACTION, Centre, School, Session
from storage.people import Account
from storage.store import Work

ALWAYS = rules_absences.Absence(date.min, date.max)


@dataclass(frozen=True, slots=True)
class Desk:
    """A school's people at the centre, for one action, at this moment."""

    centre: Centre
    school: School
    hours: Hours
    team: Team
    referente_id: int
    """Whom the school and the action name."""

    def reader(self, now: datetime) -> Reader:
        """Who reads now: the référente, her cover, the cover's cover, the coordinatrice."""
        return reader(self.team, now)

    def promised(self, reader_id: int, now: datetime) -> datetime | None:
        """By when she answers what comes in now."""
        return promised(self.hours, tuple(self.team.absences.get(reader_id, ())), now)


async def hours_of(work: Work, centre_id: int) -> Hours:
    """When the centre is open."""
    opening = await calendars.opening(work.session, centre_id)
    return Hours(opening.periods, opening.closures)


async def referente_of(work: Work, school_id: int, action: str) -> int | None:
    """Whom a school × action names; whoever covers all the rest when the action is nobody's own."""
    named = {one.action: one.person_id for one in await centres.coverages(work.session, school_id)}
    return named.get(action, named.get(EVERY_ACTION))


async def desk_of(work: Work, school: School, action: str) -> Desk:
    """The desk a message of this school about this action is laid on."""
    return await _desk(work, school, await referente_of(work, school.id, action))


async def desk_for(work: Work, school_id: int, referente_id: int) -> Desk:
    """The desk of a conversation that already has its référente; hers who follows, once she has left."""
    school = await work.session.get_one(School, school_id)
    crew = await people.staff_of(work.session, school.centre_id, local_date(work.now))
    if referente_id not in [one.id for one in crew]:
        referente_id = await referente_of(work, school_id, EVERY_ACTION) or referente_id
    return await _desk(work, school, referente_id)


async def _desk(work: Work, school: School, referente_id: int | None) -> Desk:
    centre = await centres.centre_of(work.session, school)
    today = local_date(work.now)
    heads = await people.coordinatrices(work.session, centre.id, today)
    crew = [one.id for one in await people.staff_of(work.session, centre.id, today)]
    team = await _team(work, referente_id, heads[0] if heads else None, crew)
    return Desk(centre, school, await hours_of(work, centre.id), team, referente_id or heads[0])


async def _team(work: Work, referente_id: int | None, coordinatrice_id: int | None, crew: list[int]) -> Team:
    everybody = {*crew, *(one for one in (referente_id, coordinatrice_id) if one is not None)}
    away: dict[int, list[rules_absences.Absence]] = {}
    chosen: list[Cover] = []
    for row in await absences.absences(work.session, sorted(everybody), local_date(work.now)):
        away.setdefault(row.person_id, []).append(
            rules_absences.Absence(row.first, row.last, row.from_midday, row.until_midday)
        )
        if row.cover_id is not None:
            chosen.append(Cover(row.person_id, row.cover_id, row.first, row.last))
    usual = [
        Cover(one.person_id, one.cover_id) for one in await absences.covers(work.session, sorted(everybody))
    ]
    # Without a chat, with one that refuses us, or no longer of the team: the same as being away.
    without = await people.without_chat(work.session, sorted(everybody))
    for person_id in {*without, *everybody.difference(crew)}:
        away.setdefault(person_id, []).append(ALWAYS)
    return Team(referente_id, coordinatrice_id, (*chosen, *usual), away)


async def session_now(work: Work, centre_id: int, hours: Hours) -> Session | None:
    """The session that runs today and is not over: who answers for the children present."""
    wall = local(work.now)
    if not openings(hours, wall.date()):
        return None  # closed for the day: nobody is with the children
    running = [
        one
        for one in await centres.sessions(work.session, centre_id)
        if one.weekday == wall.weekday() and wall.time() <= one.ends
    ]
    return min(running, key=lambda one: one.starts) if running else None


async def rings_now(work: Work, desk: Desk, person_id: int, *, danger: bool = False) -> bool:
    """Whether her phone may make a sound now: the rhythm she chose, else the opening hours.

    Never while she is away. A conversation marked ``danger`` is heard whenever the centre is open.
    """
    away = desk.team.absences.get(person_id, ())
    if danger and is_open(desk.hours, work.now) and not desk.team.is_away(person_id, work.now):
        return True
    return await _by_rhythm(work, person_id, desk.hours, away)


async def rings_in(work: Work, centre_id: int, person_id: int) -> bool:
    """The same for what lies on no desk: a reminder of a meeting."""
    rows = await absences.absences(work.session, [person_id], local_date(work.now))
    away = [rules_absences.Absence(one.first, one.last, one.from_midday, one.until_midday) for one in rows]
    return await _by_rhythm(work, person_id, await hours_of(work, centre_id), away)


async def _by_rhythm(
    work: Work, person_id: int, hours: Hours, away: Sequence[rules_absences.Absence]
) -> bool:
    rhythm = await absences.rhythm(work.session, person_id)
    if rhythm is None or rhythm.rings_from is None or rhythm.rings_until is None:
        return rings(hours, away, None, work.now)
    return rings(hours, away, (rhythm.rings_from, rhythm.rings_until), work.now)


async def who_may_be_rung(work: Work, desk: Desk) -> Call | None:
    """Whose phone rings for a danger, and from when: here, at night only if they agreed (E2)."""
    crew = await people.staff_of(work.session, desk.centre.id, local_date(work.now))
    without = await people.without_chat(work.session, [one.id for one in crew])
    chosen = {one.id: await absences.rhythm(work.session, one.id) for one in crew if one.id not in without}
    return danger_call(
        desk.team,
        desk.hours,
        work.now,
        at_night=frozenset(one for one, how in chosen.items() if how is not None and how.danger_at_night),
        while_absent=frozenset(
            one for one, how in chosen.items() if how is not None and how.danger_while_away
        ),
    )


async def hides_content(work: Work, person_id: int) -> bool:
    """Whether her cards show people's words as a spoiler."""
    rhythm = await absences.rhythm(work.session, person_id)
    return True if rhythm is None else rhythm.hides_content


async def address_of(work: Work, person_id: int) -> str | None:
    """The chat in which a person is reached, if she has one."""
    account: Account | None = await people.account_of(work.session, person_id)
    return None if account is None else account.address
