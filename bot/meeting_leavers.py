"""Somebody of a meeting leaves, or loses her phone: no meeting is left without anybody who is told of it.

For the centre, whoever reads in her place has her reminders, and goes there once she says so; when she is
back, they are hers again. For the school, she who goes there names another contact.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from bot import cards, meeting_planning, meeting_series, meetings, owe, team
from bot.incoming import Press
from bot.meeting_bubbles import refresh, say
from bot.meeting_plan import contacts_of
from bot.meeting_sides import CENTRE, contact_is_there, side_of, told_at_centre
from bot.rules.paris import local_date
from bot.texts import meeting_leavers as texts
from bot.texts import meetings as kept_texts
from storage import meetings as stored
from storage.centres import School
from storage.meetings import Meeting
from storage.store import Work

CONTACT = "contact-left"
"""The part of the bubble that asks who is told instead."""


async def gone(work: Work, person_id: int) -> None:
    """She has left, lost her phone or blocked us: whoever must know of her meetings is told."""
    await _stand_ins(work, person_id)
    await contact_gone(work, person_id)


# ── She who goes there ───────────────────────────────────────────────────────────────────────


async def _stand_ins(work: Work, person_id: int) -> None:
    """Whoever stands in for her is told which meetings are hers to look after."""
    await work.flush()
    coming = await _goes_to(work, person_id)
    stand_ins = {one.id: await told_at_centre(work, one) for one in coming}
    for stand_in in dict.fromkeys(stand_ins.values()):
        address = await team.address_of(work, stand_in)
        if stand_in == person_id or address is None:
            continue
        hers = [one for one in coming if stand_ins[one.id] == stand_in]
        listed = await _listed(work, hers)
        words = texts.stands_in(name=await cards.name_of(work, person_id), coming=listed, now=work.now)
        silent = not await team.rings_in(work, hers[0].centre_id, stand_in)
        buttons = texts.coming_buttons(coming=listed, now=work.now)
        owe.send(work, address, words, part="note", buttons=buttons, silent=silent)


async def is_back(work: Work, person_id: int) -> None:
    """She has joined on a new phone, which shows none of her meetings yet."""
    address = await team.address_of(work, person_id)
    coming = await _goes_to(work, person_id)
    if address is None or not coming:
        return
    listed = await _listed(work, coming)
    buttons = texts.coming_buttons(coming=listed, now=work.now)
    words = texts.back(coming=listed, now=work.now)
    owe.send(work, address, words, part="note", buttons=buttons, silent=True)


async def _goes_to(work: Work, person_id: int) -> list[Meeting]:
    found = await stored.of_person(work.session, person_id, work.now)
    return [one for one in found if one.referente_id == person_id]


async def _listed(work: Work, coming: Iterable[Meeting]) -> list[texts.Coming]:
    return [(one.id, (await work.session.get_one(School, one.school_id)).name, one.arrives) for one in coming]


# ── The contact ──────────────────────────────────────────────────────────────────────────────


async def contact_gone(work: Work, person_id: int) -> None:
    """She is told of no meeting of a school she has left; those who go there are asked who is instead."""
    await work.flush()
    left = [
        one
        for one in await stored.of_person(work.session, person_id, work.now)
        if one.contact_id == person_id and not await contact_is_there(work, one)
    ]
    name = await cards.name_of(work, person_id)
    for one in left:
        one.contact_id = one.contact_yes_at = None
        await meeting_planning.plan(work, one)
    left.sort(key=_whose)
    for _, alike in groupby(left, key=_whose):
        await _ask_who(work, name, list(alike))


def _whose(meeting: Meeting) -> tuple[int, int]:
    return meeting.school_id, meeting.referente_id


async def _ask_who(work: Work, name: str, hers: Sequence[Meeting]) -> None:
    school = await work.session.get_one(School, hers[0].school_id)
    others = await contacts_of(work, school.id)
    words = texts.contact_left(
        name=name,
        school=school.name,
        days=[local_date(one.starts) for one in hers],
        others=bool(others),
        now=work.now,
    )
    buttons = texts.contact_buttons(people=others)
    await say(work, hers[0], hers[0].referente_id, words, part=CONTACT, buttons=buttons)
    for one in hers:
        await refresh(work, one, one.referente_id)


async def choose_contact(work: Work, press: Press) -> str | None:
    """Whom to tell from now on: of every meeting of hers at that school that tells nobody."""
    found = None if press.bubble is None else await stored.of_bubble(work.session, press.bubble.id)
    if found is None or press.bubble is None or press.known is None:
        return kept_texts.not_yours()
    meeting, _ = found
    names = dict(await contacts_of(work, meeting.school_id))
    if await side_of(work, meeting, press.known) != CENTRE or press.number not in names:
        return kept_texts.not_yours()
    orphans = await stored.without_contact(work.session, meeting.school_id, meeting.referente_id, work.now)
    if not orphans:
        return kept_texts.noted()
    for one in orphans:
        one.contact_id = press.number
        await meeting_planning.plan(work, one)
    told_at = await _ask(work, orphans, press.known.person.name)
    for one in orphans:
        await refresh(work, one, press.known.person.id, told_at)
    words = texts.contact_chosen(name=names[press.number], told_at=told_at, now=work.now)
    await owe.edit(work, press.bubble, words)
    return None


async def _ask(work: Work, orphans: Sequence[Meeting], by: str) -> datetime | None:
    """Ask the contact just named, once for a whole series; when she knows, if later."""
    told_at = None
    series: set[int] = set()
    for one in orphans:
        if one.series_id is None:
            told_at = await meetings.ask_contact(work, one, by)
        elif one.series_id not in series:
            series.add(one.series_id)
            told_at = await meeting_series.ask_contact(work, one, by)
    return told_at
