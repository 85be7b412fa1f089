"""`/rythme`: when her phone rings, whether a danger may wake her, whether words stay hidden."""

from datetime import time

from bot import joining, mornings, owe
from bot.incoming import Press
from bot.texts import rhythm as texts
from bot.texts import welcome
from storage import absences, dialogues
from storage.absences import Rhythm
from storage.store import Work

HOURS: dict[str, tuple[time | None, time | None]] = {
    "centre": (None, None),
    "day": (time(8), time(19)),
    "always": (time.min, time.max),
    "never": (time.min, time.min),
}
"""Local times, the end not included."""


async def show(work: Work, address: str) -> None:
    """What she has chosen, and the buttons that change it."""
    known = await joining.of_the_team(work, address, texts.staff_only())
    if known is None:
        return
    words, buttons = _drawn(await _of(work, known.person.id))
    bubble = owe.send(work, address, words, part="question", buttons=buttons)
    await dialogues.ask(work.session, address, "rhythm", work.now, bubble=bubble)


async def _of(work: Work, person_id: int) -> Rhythm:
    found = await absences.rhythm(work.session, person_id)
    if found is None:
        found = work.add(
            Rhythm(
                person_id=person_id,
                danger_at_night=False,
                danger_while_away=False,
                hides_content=True,
                morning=False,
            )
        )
    return found


def _drawn(rhythm: Rhythm) -> tuple[str, texts.Buttons]:
    chosen = (rhythm.rings_from, rhythm.rings_until)
    chosen_name = next((name for name, hours in HOURS.items() if hours == chosen), "centre")
    shown = texts.Chosen(
        choice=chosen_name,
        danger_at_night=rhythm.danger_at_night,
        danger_while_away=rhythm.danger_while_away,
        hides_content=rhythm.hides_content,
        morning=rhythm.morning,
    )
    return texts.rhythm(chosen=shown), texts.buttons(chosen=shown)


async def choose_hours(work: Work, press: Press) -> str | None:
    """One of the four ways to ring."""
    if press.known is None or press.argument not in HOURS:
        return welcome.stale()
    rhythm = await _of(work, press.known.person.id)
    rhythm.rings_from, rhythm.rings_until = HOURS[press.argument]
    await work.flush()
    await mornings.plan(work, press.known.person.id)
    await _redraw(work, press, rhythm)
    return None


async def choose_night(work: Work, press: Press) -> str | None:
    """Whether a danger may wake her: from `/rythme`, or when she joins."""
    if press.known is None or press.argument not in ("yes", "no"):
        return welcome.stale()
    rhythm = await _of(work, press.known.person.id)
    rhythm.danger_at_night = press.argument == "yes"
    asked = await dialogues.open_in(work.session, press.address, "rhythm")
    if press.bubble is not None and (asked is None or asked.bubble_id != press.bubble.id):
        await owe.edit(work, press.bubble, welcome.night_answer(rings=rhythm.danger_at_night))
        return None
    await _redraw(work, press, rhythm)
    return None


async def choose_while_away(work: Work, press: Press) -> str | None:
    """Whether a danger may ring her while she is absent."""
    if press.known is None or press.argument not in ("yes", "no"):
        return welcome.stale()
    rhythm = await _of(work, press.known.person.id)
    rhythm.danger_while_away = press.argument == "yes"
    await _redraw(work, press, rhythm)
    return None


async def choose_morning(work: Work, press: Press) -> str | None:
    """Whether she wants a word in the morning."""
    if press.known is None or press.argument not in ("yes", "no"):
        return welcome.stale()
    rhythm = await _of(work, press.known.person.id)
    rhythm.morning = press.argument == "yes"
    await work.flush()
    await mornings.plan(work, press.known.person.id)
    await _redraw(work, press, rhythm)
    return None


async def choose_hiding(work: Work, press: Press) -> str | None:
    """Whether her cards show people's words as a spoiler."""
    if press.known is None or press.argument not in ("yes", "no"):
        return welcome.stale()
    rhythm = await _of(work, press.known.person.id)
    rhythm.hides_content = press.argument == "yes"
    await _redraw(work, press, rhythm)
    return None


async def _redraw(work: Work, press: Press, rhythm: Rhythm) -> None:
    if press.bubble is not None:
        words, buttons = _drawn(rhythm)
        await owe.edit(work, press.bubble, words, buttons=buttons)
