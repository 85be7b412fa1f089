"""The week, told by itself: to each of the team hers, to the coordinatrice the centre's (E28).

One row per person and week: told once, late if it must be, and then it says so. Nothing of a child, nothing
about a danger, ever.
"""

from datetime import date, datetime, time, timedelta

from bot import digest_centre, digest_person, joining, owe, period, team
from bot.incoming import Press
from bot.rules.paris import at, local_date
from bot.rules.week import (
    FRIDAY,
    FRIDAY_AFTERNOON,
    Span,
    Week,
    digest_moment,
    is_late,
    read_week,
    week_of,
)
from bot.texts import digest as texts
from storage import digests, due
from storage.centres import all_centres
from storage.digests import Digest, DigestChoice
from storage.due import Due
from storage.people import Membership, Person
from storage.store import Work

KIND, PLANNING = "digest", "digest-plan"
NIGHT = time(0, 10)
"""When the week's digests are planned, on Mondays; who comes later in the week is planned as she comes."""
A_WEEK = timedelta(days=7)
LOOKS_BACK = 8
"""Weeks without a digest (a closed summer) that the next one still counts."""


# ── Planning ─────────────────────────────────────────────────────────────────────────────────


async def begin(work: Work) -> None:
    """Plan this week's, and the planning of the next; at each start and change of team."""
    week = week_of(work.now)
    await plan_week(work, week)
    monday = week.monday + A_WEEK
    await due.plan(work.session, PLANNING, 0, at(monday, NIGHT), monday.isoformat())


async def plan_night(work: Work, row: Due) -> None:
    """A week begins: it is planned, with those the service slept through."""
    monday = date.fromisoformat(row.slot)
    while monday <= local_date(work.now):
        await plan_week(work, week_of(at(monday, NIGHT)))
        monday += A_WEEK
    await begin(work)


async def plan_week(work: Work, week: Week) -> None:
    """One occurrence for each person of each team, and for the period that ends, if one does."""
    moments: dict[int, datetime] = {}
    crew = await _crew(work)
    for person_id, memberships in crew.items():
        moment = await planned_for(work, person_id, memberships[0].centre_id, week)
        if moment is not None and memberships[0].first < local_date(moment):
            moments[person_id] = moment
    await due.plan_all(work.session, KIND, str(week), moments)
    await period.plan_week(work, week, crew.values())


async def _crew(work: Work) -> dict[int, list[Membership]]:
    found: dict[int, list[Membership]] = {}
    for one in await digests.crew(work.session, local_date(work.now)):
        found.setdefault(one.person_id, []).append(one)
    return found


async def planned_for(work: Work, person_id: int, centre_id: int, week: Week) -> datetime | None:
    """When hers leaves that week; None in a week her centre is closed."""
    weekday, clock = await chosen(work, person_id)
    return digest_moment(week, await team.hours_of(work, centre_id), weekday, clock)


async def chosen(work: Work, person_id: int) -> tuple[int, time]:
    """The weekday and hour she wants."""
    choices = await digests.choices(work.session)
    return choices.get(person_id, (FRIDAY, FRIDAY_AFTERNOON))


# ── Telling ──────────────────────────────────────────────────────────────────────────────────


async def tell(work: Work, row: Due) -> None:
    """It is her hour. When the next week's is due as well, this one is over and says nothing."""
    week, person_id = read_week(row.slot), row.subject_id
    memberships = (await _crew(work)).get(person_id)
    if memberships is None or await digests.told(work.session, person_id, row.slot) is not None:
        return
    following = week_of(at(week.monday + A_WEEK, NIGHT))
    after = await planned_for(work, person_id, memberships[0].centre_id, following)
    kept = Digest(person_id=person_id, week=row.slot, planned_at=row.at)
    if after is None or after > work.now:
        await _send(work, kept, memberships, week)
    work.add(kept)


async def _send(work: Work, kept: Digest, memberships: list[Membership], week: Week) -> bool:
    address = await team.address_of(work, kept.person_id)
    if address is None:
        return False
    words = await compose(work, kept.person_id, memberships, week, kept.planned_at)
    if is_late(kept.planned_at, work.now):
        words = texts.late(words=words, planned=kept.planned_at, now=work.now)
    owe.send(
        work,
        address,
        words,
        part="digest",
        buttons=texts.buttons(),
        silent=True,
        dedup=f"{KIND}:{kept.person_id}:{week}",
    )
    kept.sent_at = work.now
    return True


async def send_now(work: Work, week: Week) -> int:
    """The operator asks for it: whoever has not had that week's gets it; how many did."""
    sent = 0
    for person_id, memberships in (await _crew(work)).items():
        if await digests.told(work.session, person_id, str(week)) is not None:
            continue
        # It counts until now, wherever her own hour was: the next one goes on from here.
        kept = Digest(person_id=person_id, week=str(week), planned_at=work.now)
        if await _send(work, kept, memberships, week):
            work.add(kept)
            sent += 1
    return sent


async def compose(
    work: Work, person_id: int, memberships: list[Membership], week: Week, moment: datetime
) -> str:
    """Her week's words: the centre's for who heads it, her own for the others."""
    centre_id = memberships[0].centre_id
    span = Span(week, await _since(work, person_id, centre_id, week), moment, work.now)
    heads = [one for one in memberships if one.role == "coordinatrice"]
    if heads:
        told = [await digest_centre.words(work, one.centre_id, span) for one in heads]
        return "\n\n".join(told)
    return await digest_person.words(work, person_id, [one.centre_id for one in memberships], span)


async def _since(work: Work, person_id: int, centre_id: int, week: Week) -> datetime:
    """The moment of the digest before, so that nothing is counted twice or never.

    The last she had, whatever hour she wanted then; when she had none for long, the week before's.
    """
    had = await digests.last_sent(work.session, person_id, str(week))
    if had is not None and had > at(week.monday - A_WEEK * LOOKS_BACK, NIGHT):
        return had
    for back in range(1, LOOKS_BACK + 1):
        before = week_of(at(week.monday - A_WEEK * back, NIGHT))
        moment = await planned_for(work, person_id, centre_id, before)
        if moment is not None:
            return moment
    return at(week.monday - A_WEEK * LOOKS_BACK, NIGHT)


async def printed(work: Work, week: Week) -> list[str]:
    """Every centre's and every person's week, to read on a terminal; nothing is sent or kept."""
    people_of = await _crew(work)
    lines: list[str] = []
    for centre in await all_centres(work.session):
        moment = min(await _moment_of(work, centre.id, week), work.now)
        span = Span(week, await _since(work, 0, centre.id, week), moment, moment)
        lines += [texts.plain(await digest_centre.words(work, centre.id, span)), ""]
        for person_id, memberships in people_of.items():
            if memberships[0].centre_id == centre.id and memberships[0].role != "coordinatrice":
                own = await digest_person.words(work, person_id, [one.centre_id for one in memberships], span)
                name = (await work.session.get_one(Person, person_id)).name
                lines += [texts.plain(texts.of_somebody(name=name, words=own)), ""]
    return lines[:-1]


async def _moment_of(work: Work, centre_id: int, week: Week) -> datetime:
    moment = await planned_for(work, 0, centre_id, week)
    return moment or at(week.monday + timedelta(days=FRIDAY), FRIDAY_AFTERNOON)


# ── When she wants it ────────────────────────────────────────────────────────────────────────

HOURS = {
    "fri-14": (FRIDAY, FRIDAY_AFTERNOON),
    "fri-9": (FRIDAY, time(9)),
    "thu-17": (FRIDAY - 1, time(17)),
    "mon-9": (0, time(9)),
}


async def show(work: Work, address: str) -> None:
    """`/semaine`: her week as it is now, and when she wants it."""
    known = await joining.of_the_team(work, address, texts.staff_only())
    if known is None:
        return
    week = week_of(work.now)
    words = await compose(work, known.person.id, list(known.staff), week, work.now)
    owe.send(work, address, words, part="digest", buttons=await _choices(work, known.person.id), silent=True)


async def _choices(work: Work, person_id: int) -> texts.Buttons:
    now = await chosen(work, person_id)
    name = next((name for name, one in HOURS.items() if one == now), "")
    return (*texts.buttons(), *texts.choice_buttons(chosen=name))


async def choose(work: Work, press: Press) -> str | None:
    """Another hour: from this week on, if it is still ahead."""
    if press.known is None or press.bubble is None or press.argument not in HOURS:
        return texts.stale()
    person_id = press.known.person.id
    choice = await digests.choice(work.session, person_id)
    if choice is None:
        choice = work.add(DigestChoice(person_id=person_id))
    choice.weekday, choice.clock = HOURS[press.argument]
    await work.flush()
    week = week_of(work.now)
    moment = await planned_for(work, person_id, press.known.staff[0].centre_id, week)
    if moment is not None and moment > work.now:
        await digests.postpone(work.session, KIND, person_id, str(week), moment)
    await owe.set_buttons(work, press.bubble, await _choices(work, person_id))
    return texts.noted()
