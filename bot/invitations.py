"""Codes by which people join: made here, seen once, kept only as a hash, closed again when one leaks."""

import difflib
import re
import secrets
from datetime import date, time, timedelta

from bot.rules.paris import at, local_date
from bot.texts import invitations as texts
from storage import centres, invitations, people
from storage.centres import School
from storage.invitations import Invitation, hash_of
from storage.people import Membership, Person
from storage.store import Work

SCHOOL_LASTS = timedelta(days=60)
STAFF_LASTS = timedelta(days=14)
LONGEST = timedelta(days=366)
"""No code outlives a school year."""
SCHOOL_USES = 30
"""A poster's: the teachers of a school and their substitutes."""
MOST_USES = 200
NUMBER = r"[0-9]{1,9}"
"""Of a code in the list; a code itself is longer."""


class InvitationError(Exception):
    """No code can be made of that; the message is the sentence to show."""


async def invite_teacher(
    work: Work, school_name: str, uses: int = SCHOOL_USES, until: date | None = None
) -> str:
    """Make a code for the teachers of a school; return it. ``until``: its last day, 60 days by default.

    Raises InvitationError.
    """
    school = await centres.school_named(work.session, school_name)
    if school is None:
        near = _near(school_name, await invitations.school_names(work.session))
        raise InvitationError(texts.no_school(name=school_name, near=near))
    if not 1 <= uses <= MOST_USES:
        raise InvitationError(texts.uses(least=1, most=MOST_USES))
    expires = _last_day(work, until or local_date(work.now) + SCHOOL_LASTS)
    return _make(work, expires, uses, centre_id=school.centre_id, school_id=school.id)


async def invite_staff(work: Work, name: str, until: date | None = None) -> str:
    """Make a single-use code for somebody of a team; return it. ``until``: 14 days by default.

    An earlier code of hers, still unused, opens nothing any more. Raises InvitationError.
    """
    person, membership = await staff_named(work, name)
    expires = _last_day(work, until or local_date(work.now) + STAFF_LASTS)
    await invitations.revoke_of_person(work.session, person.id, work.now)
    return _make(work, expires, 1, centre_id=membership.centre_id, person_id=person.id)


async def staff_named(work: Work, name: str) -> tuple[Person, Membership]:
    """Who of a team bears exactly this name, and what she is today.

    Raises InvitationError, with the nearest names.
    """
    person = await people.staff_named(work.session, name)
    if person is None:
        near = _near(name, await invitations.staff_names(work.session))
        raise InvitationError(texts.no_staff(name=name, near=near))
    memberships = await people.memberships_of(work.session, person.id, local_date(work.now))
    staff = [one for one in memberships if one.is_staff]
    if not staff:
        raise InvitationError(texts.left_team(name=name))
    return person, staff[0]


async def revoke_code(work: Work, said: str) -> str:
    """A code opens nothing from now on; return the sentence that says so. Who has joined with it stays.

    ``said``: the code, its link, or its number among the open codes.
    Raises InvitationError when there is no such code.
    """
    if re.fullmatch(NUMBER, said):
        invitation = await invitations.by_number(work.session, int(said))
    else:
        invitation = await invitations.by_code(work.session, said.rpartition("start=")[2])
    if invitation is None:
        raise InvitationError(texts.no_code())
    stood, invitation.revoked_at = invitation.stands(work.now), invitation.revoked_at or work.now
    name = await _made_for(work, invitation)
    return texts.code_closed(name=name) if stood else texts.code_closed_already(name=name)


async def open_codes(work: Work) -> list[str]:
    """The codes that still open, a line each, with the number `revoke_code` takes; else a sentence."""
    return [
        texts.open_code(
            number=one.id,
            name=await _made_for(work, one),
            uses=one.uses_left,
            made=local_date(one.created_at),
            until=local_date(one.expires_at) - timedelta(days=1),
        )
        for one in await invitations.standing(work.session, work.now)
    ] or [texts.no_open_code()]


async def _made_for(work: Work, invitation: Invitation) -> str:
    if invitation.school_id is not None:
        return (await work.session.get_one(School, invitation.school_id)).name
    return (await work.session.get_one(Person, invitation.person_id)).name


def link(username: str, code: str) -> str:
    """The address that opens the chat with this code."""
    return f"https://t.me/{username}?start={code}"


def _make(
    work: Work,
    expires: date,
    uses: int,
    *,
    centre_id: int,
    school_id: int | None = None,
    person_id: int | None = None,
) -> str:
    code = secrets.token_urlsafe(16).lstrip("-")  # a terminal would take it for an option
    work.add(
        Invitation(
            code_hash=hash_of(code),
            centre_id=centre_id,
            school_id=school_id,
            person_id=person_id,
            uses_left=uses,
            # Its last day is whole, on the clocks of Paris.
            expires_at=at(expires + timedelta(days=1), time(0)),
            created_at=work.now,
        )
    )
    return code


def _last_day(work: Work, until: date) -> date:
    today = local_date(work.now)
    if until < today:
        raise InvitationError(texts.past(until=until))
    if until - today > LONGEST:
        raise InvitationError(texts.too_far(until=until, most=LONGEST.days))
    return until


def _near(name: str, known: list[str]) -> list[str]:
    folded = {one.casefold(): one for one in known}
    found = difflib.get_close_matches(name.casefold(), folded, n=2, cutoff=0.5)
    return [folded[one] for one in found]
