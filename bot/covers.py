"""Who reads while somebody is away, and what else falls on those days."""

from datetime import datetime, time

from bot.rules import absences as rules
from bot.rules.paris import at, local_date
from storage import absences, meetings, people
from storage.absences import Absence
from storage.centres import School
from storage.people import Person
from storage.store import Work


def plain(absence: Absence) -> rules.Absence:
    """The same, for the rules."""
    return rules.Absence(absence.first, absence.last, absence.from_midday, absence.until_midday)


async def _order(work: Work, absence: Absence) -> list[int]:
    """The cover chosen, her usual ones, then theirs."""
    order = [absence.person_id]
    for person_id in order:  # grows as covers are found
        usual = [one.cover_id for one in await absences.covers(work.session, [person_id])]
        if person_id == absence.person_id and absence.cover_id is not None:
            usual.insert(0, absence.cover_id)
        order += [one for one in usual if one not in order]
    return order[1:]


async def _away(work: Work, absence: Absence, order: list[int]) -> set[int]:
    """Those who are away on her first day away, or cannot be reached at all."""
    day = max(absence.first, local_date(work.now))
    away = {one.person_id for one in await absences.absences(work.session, order, day) if one.first <= day}
    return {*away, *await people.without_chat(work.session, order)}


async def who_reads(work: Work, absence: Absence) -> str | None:
    """Who reads on her first day away."""
    order = await _order(work, absence)
    away = await _away(work, absence, order)
    found = next((one for one in order if one not in away), None)
    return None if found is None else (await work.session.get_one(Person, found)).name


async def away_too(work: Work, absence: Absence) -> str | None:
    """Her cover, when it is the cover's cover who reads."""
    order = await _order(work, absence)
    if not order or order[0] not in await _away(work, absence, order):
        return None
    return (await work.session.get_one(Person, order[0])).name


async def head_name(work: Work, absence: Absence) -> str | None:
    """The coordinatrice to whom what nobody covers is laid, if she can be reached."""
    today = local_date(work.now)
    for membership in await people.memberships_of(work.session, absence.person_id, today):
        heads = list(await people.coordinatrices(work.session, membership.centre_id, today))
        without = await people.without_chat(work.session, heads)
        for head in heads:
            if head not in without and head != absence.person_id:
                return (await work.session.get_one(Person, head)).name
    return None


async def meetings_during(work: Work, absence: Absence) -> list[tuple[datetime, str]]:
    """The meetings she goes to on those days: when she was to arrive, and at which school."""
    since = max(work.now, at(absence.first, time.min))
    found = []
    for one in await meetings.of_person(work.session, absence.person_id, since):
        if one.referente_id == absence.person_id and rules.away([plain(absence)], one.arrives):
            found.append((one.arrives, (await work.session.get_one(School, one.school_id)).name))
    return found
