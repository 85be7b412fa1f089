"""A centre's week, for who heads it: what is to be decided, what comes, who came, and exact totals."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot import team, territories
from bot.digest_person import cover_of, holidays_of
from bot.rules.absences import Absence, away
from bot.rules.hours import Hours, open_time_between
from bot.rules.paris import at, local_date
from bot.rules.week import MEETINGS_AHEAD, SMALLEST_GROUP, Span, merge_small
from bot.texts import digest as texts
from storage import absences, digests, meetings, people
from storage.centres import Centre, School
from storage.conversations import Conversation
from storage.people import Person
from storage.store import Work

A_WORKING_DAY = timedelta(hours=8)


async def words(work: Work, centre_id: int, span: Span) -> str:
    """The centre's week, ready to be read."""
    hours = await team.hours_of(work, centre_id)
    rows = await digests.received(
        work.session, since=span.since, until=span.until, reader_id=None, centre_id=centre_id
    )
    waiting = await digests.waiting(work.session, span.seen, reader_id=None, centre_id=centre_id)
    coming = await meetings.of_centre(work.session, centre_id, work.now, work.now + MEETINGS_AHEAD)
    came = await digests.newcomers(work.session, centre_id, local_date(span.since), local_date(span.until))
    named = [await territories.told(work, one.school_id, one.territory) for one in rows]
    centre = texts.Centre(
        name=(await work.session.get_one(Centre, centre_id)).name,
        week=span.week,
        late=tuple(await _late(work, waiting, span.seen)),
        alone=tuple(await _alone(work, centre_id, coming)),
        uncovered=tuple(await _uncovered(work, centre_id)),
        waiting=len(waiting),
        meetings=len(coming),
        calls=sum(one.call_at is not None and one.call_at > span.seen for one in waiting),
        came=len(came),
        unconfirmed=sum(one.confirmed_at is None for one in came),
        received=len(rows),
        answered=sum(one.answered_at is not None for one in rows),
        within_a_day=within_a_day(hours, [(one.opened_at, one.answered_at) for one in rows]),
        territories=tuple(Counter(named).items()),
        schools=tuple(await by_school(work, [one.school_id for one in rows])),
    )
    holidays = await holidays_of(work, centre_id, span, None)
    return texts.centre(centre=centre, holidays=holidays, now=work.now)


async def _late(
    work: Work, waiting: Sequence[Conversation], moment: datetime
) -> list[tuple[str, int, datetime]]:
    """Answers past their promised moment, by school, with the oldest promise."""
    late: dict[int, list[datetime]] = defaultdict(list)
    for one in waiting:
        if one.promised_at is not None and one.promised_at < moment:
            late[one.school_id].append(one.promised_at)
    return [
        ((await work.session.get_one(School, school_id)).name, len(promises), min(promises))
        for school_id, promises in late.items()
    ]


async def _alone(
    work: Work, centre_id: int, coming: Sequence[meetings.Meeting]
) -> list[tuple[datetime, str, str]]:
    """Meetings at which nobody will be: arrival, school, who is away."""
    crew = [one.id for one in await people.staff_of(work.session, centre_id, local_date(work.now))]
    rows = await absences.absences(work.session, crew, local_date(work.now))
    found = []
    for one in coming:
        hers = [
            Absence(row.first, row.last, row.from_midday, row.until_midday)
            for row in rows
            if row.person_id == one.referente_id
        ]
        if away(hers, one.arrives):
            school = await work.session.get_one(School, one.school_id)
            who = await work.session.get_one(Person, one.referente_id)
            found.append((one.arrives, school.name, who.name))
    return found


async def _uncovered(work: Work, centre_id: int) -> list[tuple[str, datetime]]:
    """Who is away in the coming two weeks without anybody to read for her."""
    today = local_date(work.now)
    crew = [one.id for one in await people.staff_of(work.session, centre_id, today)]
    found = []
    for row in await absences.absences(work.session, crew, today):
        if await cover_of(work, row) is None and row.first <= local_date(work.now + MEETINGS_AHEAD):
            name = (await work.session.get_one(Person, row.person_id)).name
            found.append((name, at(max(row.first, today), datetime.min.time())))
    return found


def within_a_day(hours: Hours, answers: Sequence[tuple[datetime, datetime | None]]) -> bool:
    """Whether most of what was answered was within one working day of the centre."""
    delays = [open_time_between(hours, opened, answered) for opened, answered in answers if answered]
    return len(delays) >= SMALLEST_GROUP and 2 * sum(one <= A_WORKING_DAY for one in delays) > len(delays)


async def by_school(work: Work, schools: Sequence[int]) -> list[tuple[tuple[str, ...], int]]:
    """How many of each school, small figures merged; empty when there is only one school."""
    names = {one: (await work.session.get_one(School, one)).name for one in set(schools)}
    counts = Counter(names[one] for one in schools)
    return merge_small(counts) if len(counts) > 1 else []
