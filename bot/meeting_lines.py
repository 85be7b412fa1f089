"""A line that begins with « réunion »: heard as a meeting, mended by its author, or the message it was."""

from dataclasses import asdict, replace
from datetime import timedelta

from bot import owe, relay
from bot.incoming import Incoming, Press
from bot.meeting_bubbles import say, shown
from bot.meeting_plan import KIND, load, schools_for
from bot.meeting_proposal import begin, read, redraw, said_after
from bot.rules import meetings as rules
from bot.rules.danger import Danger, hear
from bot.rules.paris import local_date
from bot.texts import meeting_proposal as texts
from bot.texts import meeting_series as series_texts
from bot.texts import meetings as kept_texts
from bot.texts import welcome
from storage import conversations, dialogues, due, people
from storage import meetings as stored
from storage.conversations import Bubble
from storage.dialogues import Dialogue
from storage.due import Due
from storage.meetings import Meeting, MeetingBubble
from storage.people import Known
from storage.store import Work

LEFT = "meeting-left"
PATIENCE = timedelta(hours=1)
"""After so long a line nobody decided about goes to the centre as the message it may have been."""
LINE = "source"
"""The part of her own line, once the meeting it asked for is kept."""


async def heard(work: Work, known: Known | None, incoming: Incoming) -> bool:
    """« réunion » followed by words: taken when it says a meeting and nothing else, else left as it is."""
    if known is None or incoming.reply_to is not None:
        return False
    schools = await schools_for(work, known)
    if not schools or not _asks(known, incoming.words, schools):
        return False
    plan, typed = read(work, incoming.words, schools)
    plan.ref, plan.from_words = incoming.ref, bool(known.teaching) and not known.staff
    if plan.from_words:
        typed.incoming = asdict(incoming)
    dialogue = await begin(work, known, incoming.address, plan, typed)
    if plan.from_words:
        await due.move(work.session, LEFT, dialogue.id, work.now + PATIENCE, incoming.ref)
    return True


def _asks(known: Known, words: str, schools: dict[int, str]) -> bool:
    """Whether a line asks for a meeting. A teacher's that names a school that is not hers may be a message;
    the team's would be nobody's."""
    if hear(words) is not Danger.NONE:
        return False
    if rules.is_only_a_meeting(words, schools.values()):
        return True
    return bool(known.staff) and rules.unknown_school(words, schools.values()) is not None


# ── Mended ───────────────────────────────────────────────────────────────────────────────────


async def edited(work: Work, known: Known, incoming: Incoming) -> bool:
    """She mended her line: what is proposed follows, what is kept does not and she is told so.

    False when it is no line of a meeting, or no longer one: then it is words like any others.
    """
    dialogue = await dialogues.open_in(work.session, incoming.address, KIND)
    if dialogue is not None and dialogue.about.get("ref") == incoming.ref:
        return await _follow(work, known, dialogue, incoming)
    line = await conversations.bubble_at(work.session, incoming.address, incoming.ref)
    found = None if line is None else await stored.of_bubble(work.session, line.id)
    if line is None or found is None:
        return False
    words = said_after(incoming.words)
    if found[0].kept and _asks(known, words, await schools_for(work, known)):
        await _says_kept(work, known, found[0])
        return True
    await stored.forget_line(work.session, line)
    return await heard(work, known, replace(incoming, words=words))


async def _follow(work: Work, known: Known, dialogue: Dialogue, incoming: Incoming) -> bool:
    schools = await schools_for(work, known)
    words = said_after(incoming.words)
    if not _asks(known, words, schools):
        bubble = await work.session.get_one(Bubble, dialogue.bubble_id)
        await dialogues.close(work.session, dialogue.address, KIND)
        await owe.edit(work, bubble, texts.dropped())
        return False
    before, typed = load(dialogue)
    plan, mended = read(work, words, schools)
    plan.ref, plan.from_words = before.ref, before.from_words
    typed.unknown = mended.unknown
    if typed.incoming is not None:
        typed.incoming = asdict(incoming)
    await redraw(work, known, dialogue, plan, typed)
    return True


async def _says_kept(work: Work, known: Known, meeting: Meeting) -> None:
    if meeting.series_id is not None:
        owe.send(work, known.account.address, series_texts.kept_already(), part="note")
        return
    ahead = meeting.arrives > work.now
    words = kept_texts.kept_already(shown=await shown(work, meeting), ahead=ahead, now=work.now)
    buttons = kept_texts.revised_buttons() if ahead else ()
    await say(work, meeting, known.person.id, words, part="note", buttons=buttons)


async def remember(work: Work, address: str, ref: str, meeting: Meeting) -> None:
    """Which meeting her line became."""
    if not ref or await conversations.bubble_at(work.session, address, ref) is not None:
        return
    line = work.add(
        Bubble(centre_id=meeting.centre_id, address=address, ref=ref, part=LINE, made_at=work.now)
    )
    await work.flush()
    work.add(MeetingBubble(bubble_id=line.id, meeting_id=meeting.id, revision=meeting.revision))


# ── A message after all ──────────────────────────────────────────────────────────────────────


async def was_message(work: Work, press: Press) -> str | None:
    """« C'était un message »."""
    dialogue = await dialogues.open_in(work.session, press.address, KIND)
    if dialogue is None or press.bubble is None or dialogue.bubble_id != press.bubble.id:
        return welcome.stale()
    if press.known is None:
        return welcome.stale()
    await _carry(work, press.known, dialogue)
    return None


async def left(work: Work, row: Due) -> None:
    """Nobody decided: the line goes to the centre as it is."""
    dialogue = await work.session.get(Dialogue, row.subject_id)
    if dialogue is None or dialogue.kind != KIND:
        return
    _, typed = load(dialogue)
    known = await people.known(work.session, dialogue.address, local_date(work.now))
    if typed.incoming is None or typed.incoming["ref"] != row.slot or known is None:
        return
    await _carry(work, known, dialogue)


async def _carry(work: Work, known: Known, dialogue: Dialogue) -> None:
    _, typed = load(dialogue)
    bubble = await work.session.get_one(Bubble, dialogue.bubble_id)
    await dialogues.close(work.session, dialogue.address, KIND)
    if typed.incoming is None or not known.teaching:
        await owe.edit(work, bubble, texts.dropped())
        return
    await owe.remove(work, bubble)
    await relay.receive(work, known, Incoming(**typed.incoming))
