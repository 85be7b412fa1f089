"""Coming in by a code, in a few touches; and the closed door for everybody else.

Rights begin with the code, before « J'ai lu » is touched: whatever she writes meanwhile is a
message for the centre, and is not lost.
"""

import re
from datetime import timedelta

from bot import classes, handover, meeting_leavers, owe, september, team
from bot.incoming import Incoming, Press
from bot.rules.paris import local_date
from bot.rules.school_year import rights_end
from bot.rules.shown_name import clean
from bot.texts import welcome as texts
from storage import absences, dialogues, due, invitations, joining, people
from storage.centres import EVERY_ACTION, Centre, School
from storage.conversations import Bubble
from storage.dialogues import Dialogue
from storage.invitations import Guess, Invitation
from storage.people import Account, Known, Membership, Person
from storage.store import Work

GUESSES = 5
SLOWED = timedelta(hours=1)
"""After so many wrong codes within this time, a chat's codes are not even looked up."""
REPEATED = timedelta(minutes=10)
"""A stranger who writes on is answered again after this time."""
UNCONFIRMED = timedelta(days=30)
"""How long somebody may stay « à confirmer » before the centre is asked again."""

_CODE = re.compile(r"(?:https?://)?t\.me/\w+\?start=([\w-]{8,64})|([\w-]{20,64})", re.ASCII)


def code_in(said: str) -> str | None:
    """The code of a text that is nothing but a code or its link."""
    found = _CODE.fullmatch(said.strip())
    return (found[1] or found[2]) if found else None


async def start(work: Work, address: str, code: str, shown_name: str) -> None:
    """Somebody opens a link (``code``), or only touches « Démarrer » (no code)."""
    known = await people.known(work.session, address, local_date(work.now))
    code = code.strip()
    if not code:
        await (_again(work, known) if known else close_door(work, address))
        return
    since = work.now - SLOWED
    if await invitations.guesses_since(work.session, address, since) >= GUESSES:
        owe.send(work, address, texts.too_many_codes(), part="note")
        return
    invitation = await invitations.by_code(work.session, code)
    if invitation is not None and known is not None and _is_hers(invitation, known):
        if invitation.person_id is not None:
            invitation.uses_left = 0  # made for her alone: nobody else may find it later
        await _again(work, known)
    elif invitation is None or not await _opens(work, invitation, address):
        work.add(Guess(address=address, at=work.now))
        owe.send(work, address, texts.wrong_code_inside() if known else texts.wrong_code(), part="note")
    elif invitation.person_id is not None:
        await _join_team(work, address, invitation, invitation.person_id, known)
    elif invitation.school_id is not None:
        await _join_school(work, address, invitation, invitation.school_id, known, shown_name)


def _is_hers(invitation: Invitation, known: Known) -> bool:
    """A link she has no more use for: hers already, or of a school she is in."""
    if invitation.person_id is not None:
        return invitation.person_id == known.person.id
    return invitation.school_id in {one.school_id for one in known.teaching}


async def _opens(work: Work, invitation: Invitation, address: str) -> bool:
    """Whether this invitation still lets anybody in, and this chat in particular."""
    if not invitation.stands(work.now):
        return False
    if invitation.person_id is not None:
        return bool(await people.memberships_of(work.session, invitation.person_id, local_date(work.now)))
    account = await people.account_at(work.session, address)
    if account is None or invitation.school_id is None:
        return True
    before = await joining.latest_at_school(work.session, account.person_id, invitation.school_id)
    # Somebody the centre has refused needs a code made after that: the poster stays on the wall.
    return before is None or before.ended_at is None or invitation.created_at > before.ended_at


async def _join_team(
    work: Work, address: str, invitation: Invitation, person_id: int, known: Known | None
) -> None:
    if known is not None:  # of a school, or somebody else of the team: nobody is two people in one chat
        owe.send(work, address, texts.leave_first(), part="note")
        return
    invitation.uses_left -= 1
    last = await people.account_at(work.session, address)
    if last is not None:
        last.ended_at = work.now
    for other in await joining.open_accounts(work.session, person_id):
        other.ended_at = work.now
        owe.send(work, other.address, texts.moved(), part="note")
    await work.flush()  # the old accounts end before the new one opens: a chat has one
    person = await work.session.get_one(Person, person_id)
    work.add(Account(person=person, address=address, joined_at=work.now))
    work.news.add("people")
    await _show_notice(work, person, address, None)


async def _join_school(
    work: Work, address: str, invitation: Invitation, school_id: int, known: Known | None, shown_name: str
) -> None:
    if known is not None and known.staff:
        owe.send(work, address, texts.schools_only(), part="note")
        return
    invitation.uses_left -= 1
    account = await people.account_at(work.session, address)
    if account is None:
        person = work.add(Person(name=clean(shown_name) or texts.unnamed()))
        work.add(Account(person=person, address=address, joined_at=work.now))
    else:
        person = await work.session.get_one(Person, account.person_id)
        account.unreachable_at = None
    school = await work.session.get_one(School, school_id)
    today = local_date(work.now)
    membership = work.add(
        Membership(
            person=person,
            centre_id=school.centre_id,
            school_id=school_id,
            role="enseignante",
            first=today,
            last=rights_end(today),
        )
    )
    await work.flush()
    await due.plan(work.session, "unconfirmed", membership.id, work.now + UNCONFIRMED)
    await september.plan(work, membership)
    work.news.add("people")
    if known is not None and school.centre_id in {one.centre_id for one in known.teaching}:
        reader, cover = await _readers(work, school_id)
        before = texts.another_school(school=school.name, reader=reader, cover=cover)
        await classes.ask(work, address, membership, before=before)
    else:
        await _show_notice(work, person, address, membership)


async def _show_notice(work: Work, person: Person, address: str, membership: Membership | None) -> None:
    """The notice, with its button; ``membership`` is None for the team."""
    await _forget_last(work, address)
    if membership is None:
        words = await _staff_notice(work, person)
    else:
        words = await _school_notice(work, membership)
    bubble = owe.send(work, address, words, part="welcome", buttons=texts.notice_buttons())
    about = {} if membership is None else {"membership": membership.id}
    await dialogues.ask(work.session, address, "notice", work.now, bubble=bubble, about=about)


async def _forget_last(work: Work, address: str) -> None:
    """A joining begun twice is finished once: the earlier buttons disappear."""
    for kind in ("notice", "classes"):
        asked = await dialogues.open_in(work.session, address, kind)
        if asked is not None and asked.bubble_id is not None:
            await owe.set_buttons(work, await work.session.get_one(Bubble, asked.bubble_id))
    await dialogues.close(work.session, address, "notice", "classes", "name")


async def _school_notice(work: Work, membership: Membership) -> str:
    school = await work.session.get_one(School, membership.school_id)
    centre = await work.session.get_one(Centre, membership.centre_id)
    reader, cover = await _readers(work, school.id)
    return texts.notice(
        centre=centre.name,
        telephone=centre.telephone,
        kept_days=centre.kept_days,
        school=school.name,
        reader=reader,
        cover=cover,
    )


async def _staff_notice(work: Work, person: Person) -> str:
    today = local_date(work.now)
    centre_id = (await people.memberships_of(work.session, person.id, today))[0].centre_id
    centre = await work.session.get_one(Centre, centre_id)
    heads = [one for one in await people.coordinatrices(work.session, centre_id, today) if one != person.id]
    head = await work.session.get_one(Person, heads[0]) if heads else None
    return texts.staff_notice(
        name=person.name,
        centre=centre.name,
        kept_days=centre.kept_days,
        coordinatrice=head.name if head else None,
    )


async def _readers(work: Work, school_id: int) -> tuple[str, str | None]:
    """The names of who reads for a school, and of her first cover."""
    referente_id = await team.referente_of(work, school_id, EVERY_ACTION)
    referente = await work.session.get_one(Person, referente_id)
    usual = await absences.covers(work.session, [referente.id])
    cover = await work.session.get_one(Person, usual[0].cover_id) if usual else None
    return referente.name, cover.name if cover else None


async def _again(work: Work, known: Known) -> None:
    """She is in already: where she stopped in joining, or a kind word."""
    address = known.account.address
    asked = await dialogues.open_in(work.session, address, "notice")
    if asked is not None:
        membership_id = asked.about.get("membership")
        membership = await work.session.get_one(Membership, membership_id) if membership_id else None
        await _show_notice(work, known.person, address, membership)
    elif known.teaching and (picking := await dialogues.open_in(work.session, address, "classes")):
        membership_id = picking.about["membership"]
        await _forget_last(work, address)
        await classes.ask(work, address, await work.session.get_one(Membership, membership_id))
    elif known.teaching:
        words = texts.already_in(name=known.person.name, places=await places(work, known))
        owe.send(work, address, words, part="note", buttons=texts.already_in_buttons())
    else:
        owe.send(work, address, texts.staff_already_in(name=known.person.name), part="note")


async def places(work: Work, known: Known) -> str:
    """Her schools and classes: « Les Tilleuls (CE1), Le Verger »."""
    named = []
    for one in known.teaching:
        school = await work.session.get_one(School, one.school_id)
        named.append(f"{school.name} ({one.classes.replace(',', ', ')})" if one.classes else school.name)
    return ", ".join(named)


async def read_notice(work: Work, press: Press) -> str | None:
    """« J'ai lu »: ends joining for the team, opens the class picker for a school's person."""
    asked = await _standing(work, press)
    if asked is None or press.known is None:
        return texts.stale()
    press.known.person.notice_read_at = work.now
    if asked.bubble_id is not None:
        await owe.set_buttons(work, await work.session.get_one(Bubble, asked.bubble_id))
    membership_id = asked.about.get("membership")
    await dialogues.close(work.session, press.address, "notice")
    if membership_id is None:
        owe.send(work, press.address, texts.night_question(), part="question", buttons=texts.night_buttons())
        await handover.catch_up(work, press.known.person.id)
        await meeting_leavers.is_back(work, press.known.person.id)
    else:
        membership = await work.session.get_one(Membership, membership_id)
        await classes.ask(work, press.address, membership)
    return None


async def more_notice(work: Work, press: Press) -> str | None:
    """« En savoir plus »: the same bubble, longer; « J'ai lu » stays."""
    asked = await _standing(work, press)
    if asked is None or press.known is None or asked.bubble_id is None:
        return texts.stale()
    membership_id = asked.about.get("membership")
    if membership_id is None:
        centre_id = press.known.staff[0].centre_id
        short = await _staff_notice(work, press.known.person)
    else:
        membership = await work.session.get_one(Membership, membership_id)
        centre_id = membership.centre_id
        short = await _school_notice(work, membership)
    centre = await work.session.get_one(Centre, centre_id)
    long = (
        texts.staff_more(kept_days=centre.kept_days)
        if membership_id is None
        else texts.more(telephone=centre.telephone, kept_days=centre.kept_days)
    )
    bubble = await work.session.get_one(Bubble, asked.bubble_id)
    await owe.edit(work, bubble, f"{short}\n\n{long}", buttons=texts.notice_buttons(more=False))
    return None


async def _standing(work: Work, press: Press) -> Dialogue | None:
    """The open joining this press belongs to; an earlier one's button disappears."""
    asked = await dialogues.open_in(work.session, press.address, "notice")
    if press.bubble is None or (asked is not None and asked.bubble_id == press.bubble.id):
        return asked
    await owe.set_buttons(work, press.bubble)
    return None


async def stranger(work: Work, incoming: Incoming) -> None:
    """Somebody we do not know writes: a pasted code opens, anything else meets the closed door."""
    code = code_in(incoming.words) if incoming.kind == "text" else None
    if code is not None:
        await start(work, incoming.address, code, incoming.shown_name)
    elif incoming.danger_card is None:  # that card has just said the same, with the numbers
        await close_door(work, incoming.address, "stranger")


async def close_door(work: Work, address: str, asked: str = "door") -> None:
    """Say that nobody has read, and the numbers that are for everybody; not at every word.

    ``asked``: « stranger » for words, « door » for a command. Words are answered even right after
    the command that opened the chat.
    """
    last = await dialogues.open_in(work.session, address, asked)
    if last is not None and work.now - last.asked_at < REPEATED:
        return
    await dialogues.ask(work.session, address, asked, work.now)
    owe.send(work, address, texts.closed_door(), part="note")


async def takes_words(work: Work, known: Known | None, incoming: Incoming) -> bool:
    """Whether a joining still open has taken these words: they are then no message for the centre."""
    if known is None or incoming.kind != "text":
        return False
    if incoming.reply_to is not None or incoming.danger_card is not None:
        return False
    code = code_in(incoming.words)
    if code is not None and await invitations.by_code(work.session, code) is not None:
        await start(work, incoming.address, code, incoming.shown_name)
        return True
    return await classes.takes_name(work, known, incoming)


async def of_the_team(work: Work, address: str, refusal: str) -> Known | None:
    """Whoever of the team asks for what is the team's; None once anybody else has been told."""
    known = await people.known(work.session, address, local_date(work.now))
    if known is None:
        await close_door(work, address)
        return None
    if not known.staff:
        owe.send(work, address, refusal, part="note")
        return None
    return known
