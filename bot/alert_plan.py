"""Who is rung for an alert of danger, in which order, from when; and who comes next when somebody cannot."""

from collections import Counter
from datetime import datetime

from bot.rules.hours import is_open, next_opening
from bot.rules.ringing import RINGS_EACH, danger_rings, unconfirmed_at
from bot.rules.routing import Call
from bot.team import Desk, desk_for, who_may_be_rung
from storage import alerts, due
from storage.alerts import Alert, Ring
from storage.conversations import Conversation
from storage.due import Due
from storage.store import Work

KIND = "danger"
UNANSWERED = "danger-unanswered"
OPENING = "danger-opening"


async def begin(work: Work, desk: Desk, alert: Alert, call: Call) -> None:
    """Plan the rings of an alert that has just been raised, or is raised anew."""
    await _plan(work, alert, alert.rings_at)
    opening = next_opening(desk.hours, work.now)
    if call.at <= work.now and opening is not None and not is_open(desk.hours, work.now):
        # Only those who agreed are rung at night; in the morning, everybody.
        await due.move(work.session, OPENING, alert.id, opening)


async def _plan(work: Work, alert: Alert, start: datetime) -> list[int]:
    """Plan the rings that are left, and when the teacher is told that nobody answers; whom, in order.

    Each planning has its own slots: a ring that was called off is never taken for this one.
    """
    rung = [one for one in await alerts.rings_of(work.session, alert.id) if one.rung_at >= alert.rings_at]
    out = {one.person_id for one in rung if one.declined_at is not None}
    had = Counter(one.person_id for one in rung)
    left = [one for one in alert.chain if one not in out and had[one] < RINGS_EACH]
    rings = danger_rings(left, start, already=had)
    planning = await due.how_many(work.session, KIND, alert.id)
    for number, ring in enumerate(rings):
        await due.plan(work.session, KIND, alert.id, ring.at, f"{planning}:{number}:{ring.person_id}")
    if alert.unanswered_at is None:
        tell_at = unconfirmed_at(rings, start) if rings else work.now
        await due.plan(work.session, UNANSWERED, alert.id, tell_at, str(planning))
    return left


async def pass_on(work: Work, alert: Alert, ring: Ring) -> list[int]:
    """She who was rung cannot: the next one is rung at once; who is left, in order."""
    ring.declined_at = work.now
    await work.flush()
    await due.cancel(work.session, KIND, alert.id, work.now)
    return await _plan(work, alert, max(alert.rings_at, work.now))


async def opens(work: Work, row: Due) -> None:
    """The centre opens and nobody confirmed at night: everybody of the chain is rung anew."""
    alert = await work.session.get_one(Alert, row.subject_id)
    call = None if alert.over else await _call(work, alert)
    if call is not None:
        await due.cancel(work.session, KIND, alert.id, work.now)
        alert.chain, alert.rings_at = list(call.people), call.at
        await _plan(work, alert, call.at)


async def leave_out(work: Work, person_id: int) -> None:
    """She is away from now on, or her phone takes nothing more: whoever else is there is rung.

    At once if hers was the phone that rang; otherwise when the next ring was due.
    """
    for alert, next_ring in await alerts.ringing(work.session, KIND):
        call = await _call(work, alert)
        people = call.people if call is not None else ()
        if person_id not in alert.chain or person_id in people:
            continue
        rung = await alerts.rings_of(work.session, alert.id)
        start = work.now if rung and rung[-1].person_id == person_id else max(next_ring, work.now)
        if call is not None and call.at > start:  # nobody now: whoever is there when the centre opens
            start = alert.rings_at = call.at
        alert.chain = list(people)
        await due.cancel(work.session, KIND, alert.id, work.now)
        await _plan(work, alert, start)


async def _call(work: Work, alert: Alert) -> Call | None:
    """Who may be rung now for an alert that stands."""
    conversation = await work.session.get_one(Conversation, alert.conversation_id)
    desk = await desk_for(work, conversation.school_id, conversation.referente_id)
    return await who_may_be_rung(work, desk)


async def stop(work: Work, alert: Alert) -> None:
    """Nobody is rung any more, and the teacher is told nothing more by the clock."""
    for kind in (KIND, UNANSWERED, OPENING):
        await due.cancel(work.session, kind, alert.id, work.now)
