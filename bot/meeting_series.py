"""A series: its dates are ordinary meetings, shown whole and kept together; all that remain go in one tap."""

from datetime import datetime

from bot import cards, ical, meeting_planning, meetings, owe
from bot.incoming import Press
from bot.meeting_agenda import entry
from bot.meeting_bubbles import SERIES, link, refresh, refresh_both, say, series_lines, shown
from bot.meeting_buttons import say_yes
from bot.meeting_sides import CENTRE, SCHOOL, side_of
from bot.meetings import Agreed
from bot.rules.paris import local_date
from bot.texts import meeting_series as texts
from bot.texts import meetings as kept_texts
from storage import meetings as stored
from storage.conversations import Bubble
from storage.due import Due
from storage.meetings import Meeting
from storage.people import Known
from storage.store import Work

INVITE = "series-invite"

# ── Keeping ──────────────────────────────────────────────────────────────────────────────────


async def keep(work: Work, dates: list[Agreed], known: Known, bubble: Bubble) -> Meeting:
    """Keep every date at once, and return the first.

    ``bubble``, in which they were proposed, becomes her side's living one.
    """
    first = await meetings.made(work, dates[0], known)
    first.series_id = first.id
    for one in dates[1:]:
        await meetings.made(work, one, known, series_id=first.id)
    bubble.part = SERIES
    await link(work, first, bubble)
    told_at = None
    for person_id in await meetings.others(work, first, known):
        if person_id == first.contact_id:
            told_at = await meetings.invite_later(work, first, INVITE)
            if told_at is not None:
                continue
        await _ask(work, first, person_id, known.person.name)
    await refresh(work, first, known.person.id, told_at)
    return first


async def _ask(work: Work, next_one: Meeting, person_id: int, by: str) -> None:
    lines = series_lines(await _left(work, next_one))
    words = texts.invitation(shown=await shown(work, next_one), lines=lines, by=by, now=work.now)
    await say(work, next_one, person_id, words, part=SERIES, buttons=texts.kept_buttons(asks=True))


async def ask_contact(work: Work, next_one: Meeting, by: str) -> datetime | None:
    """Ask a contact who has just been named, at once or in her hours; when, if later."""
    assert next_one.contact_id is not None
    told_at = await meetings.invite_later(work, next_one, INVITE)
    if told_at is None:
        await _ask(work, next_one, next_one.contact_id, by)
    return told_at


async def invite(work: Work, row: Due) -> None:
    """It is an hour at which the contact may be asked about a series."""
    left = await _left(work, await work.session.get_one(Meeting, row.subject_id))
    if not left or left[0].contact_id is None:
        return
    by = await cards.name_of(work, left[0].proposed_by_id)
    await _ask(work, left[0], left[0].contact_id, by)
    await refresh(work, left[0], left[0].referente_id)


async def _left(work: Work, meeting: Meeting) -> list[Meeting]:
    """The dates of its series that are kept and to come."""
    assert meeting.series_id is not None
    whole = await stored.of_series(work.session, meeting.series_id)
    return [one for one in whole if one.kept and one.ends > work.now]


# ── Buttons ──────────────────────────────────────────────────────────────────────────────────


async def _hers(work: Work, press: Press) -> list[Meeting] | str:
    """The dates to come, of those she speaks for, of the series the bubble is of; else the toast."""
    found = None if press.bubble is None else await stored.of_bubble(work.session, press.bubble.id)
    if found is None or press.known is None or found[0].series_id is None:
        return kept_texts.not_yours()
    if await side_of(work, found[0], press.known) is None:
        return kept_texts.not_yours()
    left = [one for one in await _left(work, found[0]) if await side_of(work, one, press.known) is not None]
    return left or texts.none_to_come()


async def yes(work: Work, press: Press) -> str | None:
    """« Oui à toutes »."""
    left = await _hers(work, press)
    if isinstance(left, str) or press.known is None:
        return left if isinstance(left, str) else None
    school = [one for one in left if one.contact_id == press.known.person.id]
    await say_yes(work, school, SCHOOL, press.known.person.id)
    await say_yes(work, [one for one in left if one not in school], CENTRE, press.known.person.id)
    for one in left:
        await refresh_both(work, one)
    return kept_texts.noted()


async def choose(work: Work, press: Press) -> str | None:
    """« Une date… »: which one; it opens as a meeting of its own, to be moved or cancelled alone."""
    left = await _hers(work, press)
    if isinstance(left, str) or press.bubble is None:
        return left if isinstance(left, str) else None
    days = [(one.id, local_date(one.starts)) for one in left]
    await owe.set_buttons(work, press.bubble, texts.date_buttons(days=days, now=work.now))
    return None


async def cancel(work: Work, press: Press) -> str | None:
    """« Tout annuler »: asked once more, for it cannot be undone."""
    left = await _hers(work, press)
    if isinstance(left, str) or press.bubble is None:
        return left if isinstance(left, str) else None
    await owe.set_buttons(work, press.bubble, texts.sure_buttons(left=len(left)))
    return None


async def back(work: Work, press: Press) -> str | None:
    """« ‹ Retour »."""
    left = await _hers(work, press)
    if isinstance(left, str) or press.bubble is None or press.known is None:
        return left if isinstance(left, str) else None
    if press.bubble.part == SERIES:
        await refresh(work, left[0], press.known.person.id)
    else:
        await owe.set_buttons(work, press.bubble, kept_texts.again_buttons(more=True))
    return None


async def off(work: Work, press: Press) -> str | None:
    """All that remain are cancelled; the others are told once."""
    left = await _hers(work, press)
    if isinstance(left, str) or press.known is None or press.bubble is None:
        return left if isinstance(left, str) else None
    for one in left:
        one.state = "cancelled"
        await meeting_planning.cancel(work, one)
    words = texts.cancelled(
        shown=await shown(work, left[0]),
        days=[local_date(one.starts) for one in left],
        by=press.known.person.name,
        now=work.now,
    )
    others: dict[int, None] = {}
    for one in left:
        others |= dict.fromkeys(await meetings.others(work, one, press.known))
    told = [one for one in others if await say(work, left[0], one, words, part="note") is not None]
    if press.bubble.part != SERIES:
        await owe.set_buttons(work, press.bubble)
    for one in left:
        await refresh_both(work, one)
    return kept_texts.told(others=[await cards.name_of(work, one) for one in told])


async def agenda(work: Work, press: Press) -> str | None:
    """« Agenda »: one file that holds every date to come."""
    left = await _hers(work, press)
    if isinstance(left, str) or press.known is None:
        return left if isinstance(left, str) else None
    at_school = await side_of(work, left[0], press.known) == SCHOOL
    entries = [await entry(work, one, at_school=at_school) for one in left]
    bubble = owe.document(
        work, press.address, ical.written(entries, work.now), name=texts.file_name(), part="note"
    )
    await link(work, left[0], bubble)
    return None
