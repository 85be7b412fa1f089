"""Codes by which people join: made here, seen once, kept only as a hash."""

import difflib
import secrets
from datetime import date, time, timedelta

from bot.rules.paris import at, local_date
from bot.texts import invitations as texts
from storage import centres, invitations, people
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


async def revoke_code(work: Work, code: str) -> bool:
    """A code opens nothing from now on; False when there is no such code."""
    invitation = await invitations.by_code(work.session, code)
    if invitation is None:
        return False
    invitation.revoked_at = invitation.revoked_at or work.now
    return True


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
    code = secrets.token_urlsafe(16)
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
