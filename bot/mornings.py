"""The morning word, if she wants it: what came in silently, no content, at her first ringing hour."""

from bot import owe
from bot.rules import absences as rules_absences
from bot.rules.hours import Hours
from bot.rules.mornings import Rhythm, next_morning, silent_since
from bot.rules.paris import local_date
from bot.team import address_of, hours_of
from bot.texts import rhythm as texts
from storage import absences, conversations, due, people
from storage.centres import School
from storage.due import Due
from storage.store import Work

KIND = "morning"
"""The kind of its due rows; their subject is a person, and each plans the next."""


async def plan(work: Work, person_id: int) -> None:
    """Plan the next one, or none if she does not want it (any more)."""
    chosen = await absences.rhythm(work.session, person_id)
    if chosen is None or not chosen.morning:
        await due.cancel(work.session, KIND, person_id, work.now)
        return
    read = await _of(work, person_id)
    moment = next_morning(*read, work.now) if read is not None else None
    if moment is not None:
        await due.move(work.session, KIND, person_id, moment)


async def _of(work: Work, person_id: int) -> tuple[Hours, tuple[rules_absences.Absence, ...], Rhythm] | None:
    """When her centre is open, when she is away, and what she chose; None when she is of no team now."""
    today = local_date(work.now)
    staff = [one for one in await people.memberships_of(work.session, person_id, today) if one.is_staff]
    if not staff:
        return None
    chosen = await absences.rhythm(work.session, person_id)
    hours: Rhythm = None
    if chosen is not None and chosen.rings_from is not None and chosen.rings_until is not None:
        hours = (chosen.rings_from, chosen.rings_until)
    rows = await absences.absences(work.session, [person_id], today)
    away = tuple(
        rules_absences.Absence(one.first, one.last, one.from_midday, one.until_midday) for one in rows
    )
    return await hours_of(work, staff[0].centre_id), away, hours


async def comes(work: Work, row: Due) -> None:
    """Her phone may ring again: one bubble, if anything came in."""
    person_id = row.subject_id
    chosen = await absences.rhythm(work.session, person_id)
    if chosen is None or not chosen.morning:
        return
    read = await _of(work, person_id)
    address = await address_of(work, person_id)
    if read is not None and address is not None:
        since = silent_since(*read, work.now)
        waiting = [
            one
            for one in await conversations.open_of_reader(work.session, person_id)
            if one.state == "waiting" and one.last_teacher_at >= since
        ]
        if waiting and not rules_absences.away(read[1], work.now):
            schools = {(await work.session.get_one(School, one.school_id)).name for one in waiting}
            text = texts.morning(number=len(waiting), schools=sorted(schools), since=since, now=work.now)
            owe.send(work, address, text, part="note")
    await plan(work, person_id)
