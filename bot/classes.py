"""Which classes she has and under which name she is read: one picker, one touch is enough."""

from datetime import timedelta

from bot import owe
from bot.incoming import Incoming, Press
from bot.rules.level import LEVELS
from bot.rules.shown_name import clean, is_a_name
from bot.texts import classes as texts
from bot.texts import welcome
from storage import dialogues
from storage.centres import School
from storage.conversations import Bubble
from storage.dialogues import Dialogue
from storage.people import Known, Membership, Person
from storage.store import Work

NAME_WAITS = timedelta(minutes=15)
"""Later, what she writes is a message again."""


async def ask(work: Work, address: str, membership: Membership, *, before: str = "") -> None:
    """Show the picker for what she is at one school; ``before`` is a text ready to be read."""
    words = await _question(work, membership, before)
    bubble = owe.send(work, address, words, part="welcome", buttons=texts.buttons())
    about = {"membership": membership.id, "picked": []}
    await dialogues.ask(work.session, address, "classes", work.now, bubble=bubble, about=about)


async def _question(work: Work, membership: Membership, before: str = "") -> str:
    school = await work.session.get_one(School, membership.school_id)
    person = await work.session.get_one(Person, membership.person_id)
    return texts.question(school=school.name, name=person.name, before=before)


async def change(work: Work, press: Press) -> str | None:
    """« Mon nom, mes classes »: the picker again, for the school she joined last."""
    if press.known is None:
        return welcome.stale()
    if press.bubble is not None:
        await owe.set_buttons(work, press.bubble)
    await ask(work, press.address, press.known.teaching[-1])
    return None


async def pick(work: Work, press: Press) -> str | None:
    """One class: that is all, and the name shown is confirmed."""
    asked = await _standing(work, press)
    if asked is None or press.argument not in LEVELS:
        return welcome.stale()
    await _end(work, asked, role="enseignante", levels=[press.argument])
    return None


async def several(work: Work, press: Press) -> str | None:
    """« Plusieurs classes »: each touch picks or lets go."""
    asked = await _standing(work, press)
    if asked is None:
        return welcome.stale()
    await _redraw(work, asked, texts.several_buttons(picked=asked.about["picked"]))
    return None


async def pick_more(work: Work, press: Press) -> str | None:
    """One of several classes, touched."""
    asked = await _standing(work, press)
    if asked is None or press.argument not in LEVELS:
        return welcome.stale()
    picked = {*asked.about["picked"]} ^ {press.argument}
    asked.about = asked.about | {"picked": [one for one in LEVELS if one in picked]}
    await _redraw(work, asked, texts.several_buttons(picked=asked.about["picked"]))
    return None


async def pick_done(work: Work, press: Press) -> str | None:
    """« C'est tout »."""
    asked = await _standing(work, press)
    if asked is None:
        return welcome.stale()
    if not asked.about["picked"]:
        return texts.pick_one()
    await _end(work, asked, role="enseignante", levels=asked.about["picked"])
    return None


async def other(work: Work, press: Press) -> str | None:
    """« Direction, RASED, remplacement »: which of them."""
    asked = await _standing(work, press)
    if asked is None:
        return welcome.stale()
    await _redraw(work, asked, texts.other_buttons())
    return None


async def pick_role(work: Work, press: Press) -> str | None:
    """One of those who have no class of their own."""
    asked = await _standing(work, press)
    role = texts.ROLE_OF.get(press.argument)
    if asked is None or role is None:
        return welcome.stale()
    await _end(work, asked, role=role, levels=[])
    return None


async def back(work: Work, press: Press) -> str | None:
    """The way back to the first picker."""
    asked = await _standing(work, press)
    if asked is None:
        return welcome.stale()
    await _redraw(work, asked, texts.buttons())
    return None


async def write_name(work: Work, press: Press) -> str | None:
    """« Écrire mon nom »: her next words, if they look like one, are her name."""
    asked = await _standing(work, press)
    if asked is None:
        return welcome.stale()
    last = await dialogues.open_in(work.session, press.address, "name")
    if last is None:
        bubble = owe.send(work, press.address, texts.name_question(), part="question")
        await dialogues.ask(work.session, press.address, "name", work.now, bubble=bubble)
    else:
        last.asked_at = work.now
    return None


async def takes_name(work: Work, known: Known, incoming: Incoming) -> bool:
    """Take her words as her name, if she was asked for it and they look like one."""
    if not is_a_name(incoming.words):
        return False
    asked = await dialogues.open_in(work.session, incoming.address, "name")
    if asked is None or work.now - asked.asked_at > NAME_WAITS:
        return False
    known.person.name = clean(incoming.words)
    if asked.bubble_id is not None:
        await owe.remove(work, await work.session.get_one(Bubble, asked.bubble_id))
    await dialogues.close(work.session, incoming.address, "name")
    picker = await dialogues.open_in(work.session, incoming.address, "classes")
    if picker is not None:
        await _redraw(work, picker, texts.buttons())
    work.news.add("people")
    return True


async def _standing(work: Work, press: Press) -> Dialogue | None:
    """The open picker this press belongs to; an earlier one's buttons disappear."""
    asked = await dialogues.open_in(work.session, press.address, "classes")
    if press.bubble is None or (asked is not None and asked.bubble_id == press.bubble.id):
        return asked
    await owe.set_buttons(work, press.bubble)
    return None


async def _redraw(work: Work, asked: Dialogue, buttons: texts.Buttons) -> None:
    membership = await work.session.get_one(Membership, asked.about["membership"])
    bubble = await work.session.get_one(Bubble, asked.bubble_id)
    await owe.edit(work, bubble, await _question(work, membership), buttons=buttons)


async def _end(work: Work, asked: Dialogue, *, role: str, levels: list[str]) -> None:
    membership = await work.session.get_one(Membership, asked.about["membership"])
    membership.role, membership.classes = role, ",".join(levels)
    school = await work.session.get_one(School, membership.school_id)
    person = await work.session.get_one(Person, membership.person_id)
    what = ", ".join(levels) or texts.ROLES[role]
    bubble = await work.session.get_one(Bubble, asked.bubble_id)
    await owe.edit(work, bubble, texts.chosen(school=school.name, name=person.name, what=what))
    naming = await dialogues.open_in(work.session, asked.address, "name")
    if naming is not None and naming.bubble_id is not None:
        await owe.remove(work, await work.session.get_one(Bubble, naming.bubble_id))
    await dialogues.close(work.session, asked.address, "classes", "name")
    owe.send(
        work, asked.address, welcome.ready(name=person.name), part="welcome", buttons=welcome.ready_buttons()
    )
    work.news.add("people")
