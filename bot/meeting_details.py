"""The details of a proposal: when the centre arrives, who is told at the school, where; and how it reads."""

from datetime import timedelta

from bot import cards
from bot.meeting_plan import Plan, contacts_of
from bot.meetings import Agreed
from bot.texts import meeting_proposal as texts
from bot.texts import meetings as kept_texts
from storage import meetings as stored
from storage.centres import School
from storage.meetings import Meeting
from storage.people import Known
from storage.store import Work

Drawn = tuple[str, kept_texts.Buttons]
"""Words and buttons."""


async def draw_detail(work: Work, known: Known, plan: Plan, agreed: Agreed) -> Drawn | None:
    """The question about the detail that is being changed; None: none is."""
    if plan.view == "arrival":
        name = await cards.name_of(work, agreed.referente_id)
        near_end = {agreed.ends - timedelta(minutes=before) for before in (30, 20, 10)}
        moments = sorted(one for one in {agreed.starts, *near_end} if agreed.starts <= one < agreed.ends)
        return texts.ask_arrival(goes=name), texts.arrival_buttons(starts=agreed.starts, moments=moments)
    if plan.view == "contact" and known.staff:
        school = await work.session.get_one(School, agreed.school_id)
        people = await contacts_of(work, agreed.school_id)
        return texts.ask_contact(school=school.name), texts.contact_buttons(people=people[:8])
    if plan.view == "place":
        return texts.ask_place(), texts.place_buttons()
    return None


async def shown_of(work: Work, agreed: Agreed) -> kept_texts.Shown:
    """What is proposed, with the names people read."""
    return kept_texts.Shown(
        kind=agreed.kind,
        cycles=agreed.cycles,
        school=(await work.session.get_one(School, agreed.school_id)).name,
        starts=agreed.starts,
        ends=agreed.ends,
        arrives=agreed.arrives,
        place=agreed.place,
        goes=await cards.name_of(work, agreed.referente_id),
        contact=await cards.name_of(work, agreed.contact_id) if agreed.contact_id else None,
    )


async def twice(work: Work, plan: Plan, agreed: Agreed) -> bool:
    """Whether this very meeting is kept already."""
    same = await stored.same(work.session, agreed.school_id, agreed.kind, agreed.cycles, agreed.starts)
    return same is not None and (same.id != plan.moves or _unchanged(same, agreed))


def _unchanged(meeting: Meeting, agreed: Agreed) -> bool:
    return (meeting.arrives, meeting.ends, meeting.place) == (agreed.arrives, agreed.ends, agreed.place)
