"""What whoever goes to a meeting has in hand: the crib before, three lines after. Hers alone."""

import re
from datetime import timedelta

from bot import cards, danger, owe, territories
from bot.incoming import Incoming, Press
from bot.meeting_bubbles import link, shown
from bot.meeting_buttons import found
from bot.meeting_choices import answers
from bot.meeting_planning import AFTER
from bot.meeting_sides import told_at_centre
from bot.texts import meeting_reminders as texts
from bot.texts import meetings as kept_texts
from bot.texts.card import territory_named
from storage import dialogues, due
from storage import meetings as stored
from storage.conversations import Bubble
from storage.dialogues import Dialogue
from storage.meetings import NOTE_LINES, Meeting, MeetingNote
from storage.people import Known
from storage.store import Work

KIND = "meeting-note"
TOPIC, FOLLOW_UP = "topic", "follow-up"
LOOKS_BACK = timedelta(days=60)
"""Conversations older than this are no news at a meeting."""
LONGEST_LINE = 200
"""Characters."""
_CHILD = re.compile(r"(?<![\w'’.-])([A-ZÀ-Ý][a-zà-ÿ]+(?:-[A-ZÀ-Ý][a-zà-ÿ]+)? [A-ZÀ-Ý])\.?(?![\w'’])")
"""« Yanis B. »: a first name and an initial, as teachers are asked to write."""


async def children(work: Work, meeting: Meeting, reader_id: int) -> list[str]:
    """The children named (first name and initial) in this school's CLAS conversations that she reads."""
    texts_said = await stored.clas_words(work.session, meeting.school_id, reader_id, work.now - LOOKS_BACK)
    found = [f"{name}." for words in texts_said for name in _CHILD.findall(words)]
    return list(dict.fromkeys(found))


async def crib(work: Work, press: Press) -> str | None:
    """« Pense-bête »: for the person who goes there, nobody else."""
    meeting = await _hers(work, press)
    if isinstance(meeting, str) or press.known is None:
        return meeting if isinstance(meeting, str) else None
    bubble = owe.send(
        work,
        press.address,
        await _crib(work, meeting, press.known.person.id),
        part="crib",
        buttons=texts.crib_buttons(),
        silent=True,
        protected=True,
    )
    await link(work, meeting, bubble)
    return None


async def _crib(work: Work, meeting: Meeting, reader_id: int) -> str:
    waiting = []
    pre = await territories.pre_at(work, meeting.school_id)
    for one in await stored.waiting_of_school(work.session, meeting.school_id, reader_id):
        waiting.append(
            texts.waiting_line(
                teacher=await cards.name_of(work, one.teacher_id),
                level=one.level or "",
                territory=territory_named(territory=one.territory, pre_in_town=pre),
                opened=one.opened_at,
                now=work.now,
            )
        )
    topics = await stored.notes(work.session, TOPIC, meeting_id=meeting.id)
    ever = await stored.notes(work.session, FOLLOW_UP, school_id=meeting.school_id)
    before = [one for one in ever if one.meeting_id != meeting.id]
    latest = [one for one in before if one.meeting_id == before[-1].meeting_id]
    return texts.crib(
        shown=await shown(work, meeting),
        topics=[one.words for one in topics],
        children=await children(work, meeting, reader_id),
        waiting=waiting,
        follow_ups=[one.words for one in latest],
        now=work.now,
    )


async def add_topic(work: Work, press: Press) -> str | None:
    """« Ajouter », under the crib."""
    meeting = await _hers(work, press)
    if isinstance(meeting, str):
        return meeting
    bubble = owe.send(work, press.address, texts.ask_topics(), part="question")
    await _ask(work, press.address, meeting, bubble, TOPIC)
    return None


async def write_follow_up(work: Work, press: Press) -> str | None:
    """« Écrire trois lignes »."""
    meeting = await _hers(work, press)
    if isinstance(meeting, str) or press.bubble is None:
        return meeting if isinstance(meeting, str) else None
    await owe.edit(work, press.bubble, texts.write_follow_up())
    await _ask(work, press.address, meeting, press.bubble, FOLLOW_UP)
    return None


async def nothing(work: Work, press: Press) -> str | None:
    """« Rien »."""
    meeting = await _hers(work, press)
    if isinstance(meeting, str) or press.bubble is None:
        return meeting if isinstance(meeting, str) else None
    await owe.edit(work, press.bubble, texts.nothing_to_note())
    await due.cancel(work.session, AFTER, meeting.id, work.now)
    return None


async def _ask(work: Work, address: str, meeting: Meeting, bubble: Bubble, kind: str) -> None:
    about = {"meeting": meeting.id, "kind": kind}
    await dialogues.ask(work.session, address, KIND, work.now, bubble=bubble, about=about)


async def takes_words(work: Work, known: Known | None, incoming: Incoming) -> bool:
    """Whether these words are the lines that were asked for."""
    dialogue = await dialogues.open_in(work.session, incoming.address, KIND)
    if dialogue is None or known is None or not await answers(work, dialogue, incoming):
        return False
    await danger.warn_team(work, incoming, None)
    lines = [line.strip()[:LONGEST_LINE] for line in incoming.words.splitlines() if line.strip()]
    if len(lines) > NOTE_LINES:
        owe.send(work, incoming.address, texts.too_many_lines(most=NOTE_LINES), part="note")
        return True
    await _keep(work, known, dialogue, lines)
    return True


async def _keep(work: Work, known: Known, dialogue: Dialogue, lines: list[str]) -> None:
    meeting = await work.session.get_one(Meeting, dialogue.about["meeting"])
    for line in lines:
        work.add(
            MeetingNote(
                meeting_id=meeting.id,
                school_id=meeting.school_id,
                author_id=known.person.id,
                kind=dialogue.about["kind"],
                words=line,
                at=work.now,
            )
        )
    if dialogue.about["kind"] == FOLLOW_UP:
        await due.cancel(work.session, AFTER, meeting.id, work.now)
    await dialogues.close(work.session, dialogue.address, KIND)
    owe.send(work, dialogue.address, texts.kept_lines(lines=lines), part="note", silent=True, protected=True)


async def _hers(work: Work, press: Press) -> Meeting | str:
    """The meeting, when she is the one who goes there, or stands in for her; else the toast."""
    answer = await found(work, press)
    if isinstance(answer, str):
        return answer
    meeting, _ = answer
    if press.known is None or press.known.person.id != await told_at_centre(work, meeting):
        return kept_texts.not_yours()
    return meeting
