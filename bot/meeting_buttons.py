"""The buttons of a meeting: yes, off, show; either side presses, the other is told."""

from collections.abc import Sequence

from bot import cards, meeting_planning, meetings, owe
from bot.incoming import Press
from bot.meeting_bubbles import LIVING, link, living, refresh_both, retire, say, shown
from bot.meeting_sides import CENTRE, SCHOOL, goes_herself, side_of, told_at_centre
from bot.texts import meetings as texts
from storage import meetings as stored
from storage.meetings import Meeting
from storage.store import Work


async def found(work: Work, press: Press) -> tuple[Meeting, str] | str:
    """The meeting of the pressed bubble and the side she speaks for; or the toast that says why not."""
    known = None if press.bubble is None else await stored.of_bubble(work.session, press.bubble.id)
    if known is None or press.known is None:
        return texts.not_yours()
    meeting, revision = known
    side = await side_of(work, meeting, press.known)
    if side is None:
        return texts.not_yours()
    if revision != meeting.revision:
        return texts.elsewhere()
    return meeting, side


async def _standing(work: Work, press: Press) -> tuple[Meeting, str] | str:
    """The same, for what can be done only while it is kept and not over."""
    answer = await found(work, press)
    if isinstance(answer, str):
        return answer
    meeting, _ = answer
    if not meeting.kept:
        return texts.gone()
    return texts.over() if meeting.ends <= work.now else answer


async def yes(work: Work, press: Press) -> str | None:
    """« Oui », « J'y serai »."""
    answer = await _standing(work, press)
    if isinstance(answer, str) or press.bubble is None or press.known is None:
        return answer if isinstance(answer, str) else None
    meeting, side = answer
    await say_yes(work, [meeting], side, press.known.person.id)
    if press.bubble.part != LIVING:
        rest = texts.revised_buttons() if meeting.arrives > work.now else ()
        await owe.set_buttons(work, press.bubble, rest)
    await refresh_both(work, meeting)
    return texts.noted()


async def say_yes(work: Work, agreed: Sequence[Meeting], side: str, person_id: int) -> None:
    """A side agrees; whoever stands in for somebody who cannot be reached goes there from now on."""
    taken = []
    for meeting in agreed:
        if side == SCHOOL:
            meeting.contact_yes_at = work.now
            continue
        meeting.referente_yes_at = work.now
        if person_id != meeting.referente_id and not await goes_herself(work, meeting):
            meeting.referente_id = person_id
            await meeting_planning.plan(work, meeting)
            taken.append(meeting)
    for contact_id in dict.fromkeys(one.contact_id for one in taken):
        if contact_id is not None:
            await _tell_who_comes(work, [one for one in taken if one.contact_id == contact_id], contact_id)


async def _tell_who_comes(work: Work, taken: Sequence[Meeting], contact_id: int) -> None:
    words = texts.takes_over(
        shown=await shown(work, taken[0]),
        by=await cards.name_of(work, taken[0].referente_id),
        arrivals=[one.arrives for one in taken],
        now=work.now,
    )
    await say(work, taken[0], contact_id, words, part="note")


async def cancel(work: Work, press: Press) -> str | None:
    """« Annuler », from either side."""
    answer = await _standing(work, press)
    if isinstance(answer, str) or press.known is None:
        return answer if isinstance(answer, str) else None
    meeting, _ = answer
    words = texts.cancelled(shown=await shown(work, meeting), by=press.known.person.name, now=work.now)
    return await _off(work, press, meeting, words)


async def cannot(work: Work, press: Press) -> str | None:
    """« Je ne peux pas »: the school knows at once."""
    answer = await _standing(work, press)
    if isinstance(answer, str) or press.known is None:
        return answer if isinstance(answer, str) else None
    meeting, side = answer
    if side != CENTRE:
        return texts.not_yours()
    herself = await goes_herself(work, meeting)
    goes = await cards.name_of(work, meeting.referente_id) if herself else press.known.person.name
    return await _off(work, press, meeting, texts.cannot_come(goes=goes, arrives=meeting.arrives))


async def _off(work: Work, press: Press, meeting: Meeting, words: str) -> str:
    """It does not take place: nothing more falls due, the others are told."""
    assert press.known is not None
    assert press.bubble is not None
    meeting.state = "cancelled"
    await meeting_planning.cancel(work, meeting)
    again = texts.again_buttons(more=bool(await more_of(work, meeting)))
    reached = []
    for person_id in await meetings.others(work, meeting, press.known):
        if await say(work, meeting, person_id, words, part="note", buttons=again) is not None:
            centre = person_id == meeting.referente_id
            told = await told_at_centre(work, meeting) if centre else person_id
            reached.append(await cards.name_of(work, told))
    if press.bubble.part != LIVING:
        await owe.set_buttons(work, press.bubble, again)
    await refresh_both(work, meeting)
    return texts.told(others=reached)


async def more_of(work: Work, meeting: Meeting) -> list[Meeting]:
    """The other dates of its series that are kept and to come."""
    if meeting.series_id is None:
        return []
    whole = await stored.of_series(work.session, meeting.series_id)
    return [one for one in whole if one.kept and one.ends > work.now and one.id != meeting.id]


async def show(work: Work, press: Press) -> str | None:
    """One date of several, picked: the meeting as it stands, with its own buttons, in a new bubble."""
    meeting = None if press.number is None else await work.session.get(Meeting, press.number)
    if meeting is None or press.known is None or await side_of(work, meeting, press.known) is None:
        return texts.not_yours()
    if meeting.ends <= work.now:
        return texts.over()
    await retire(work, meeting, press.address)
    words, buttons = await living(work, meeting, of_school=press.known.person.id == meeting.contact_id)
    bubble = owe.send(work, press.address, words, part=LIVING, buttons=buttons, silent=True)
    await link(work, meeting, bubble)
    return None
