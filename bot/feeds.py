"""`/agenda`: a private address at which her own calendar reads her meetings, where PUBLIC_URL is set.

Whoever has the address reads them: asking again makes another and closes the one before.
"""

import re
import secrets
from datetime import timedelta

from bot import ical, joining, meeting_agenda, owe
from bot.incoming import Press
from bot.rules.paris import local_date
from bot.texts import feeds as texts
from storage import facts, feeds, people
from storage import meetings as stored
from storage.feeds import Feed
from storage.store import Work

PUBLIC_URL = "public-url"
LOOKS_BACK = timedelta(days=31)
"""An agenda shows last month's meetings too."""
TOKEN = re.compile(r"[\w-]{32,64}", re.ASCII)


async def known_at(work: Work, public_url: str | None) -> None:
    """Where this service is reached from outside, if it is; said at each start."""
    if (await facts.recall(work.session, PUBLIC_URL) or None) != public_url:
        await facts.remember(work.session, PUBLIC_URL, public_url or "")


async def open(work: Work, address: str) -> None:
    """Her address, a new one each time."""
    known = await people.known(work.session, address, local_date(work.now))
    if known is None:
        await joining.close_door(work, address)
        return
    public_url = await facts.recall(work.session, PUBLIC_URL)
    if not public_url:
        owe.send(work, address, texts.none_here(), part="note")
        return
    if not any(one.confirmed_at is not None for one in known.memberships):
        owe.send(work, address, texts.not_confirmed_yet(), part="note")
        return
    await feeds.revoke(work.session, known.person.id, work.now)
    token = secrets.token_urlsafe(32)
    work.add(Feed(person_id=known.person.id, fingerprint=feeds.fingerprint(token), made_at=work.now))
    words = texts.here(link=f"{public_url}/agenda/{token}.ics")
    owe.send(work, address, words, part="note", buttons=texts.buttons(), protected=True)


async def close(work: Work, press: Press) -> str | None:
    """« Couper cette adresse »."""
    if press.known is None or press.bubble is None:
        return texts.stale()
    await feeds.revoke(work.session, press.known.person.id, work.now)
    await owe.edit(work, press.bubble, texts.closed())
    return None


async def content(work: Work, token: str) -> str | None:
    """What an agenda reads at this address; None when it opens nothing (any more)."""
    if not TOKEN.fullmatch(token):
        return None
    person_id = await feeds.owner(work.session, token)
    if person_id is None:
        return None
    hers = await people.memberships_of(work.session, person_id, local_date(work.now))
    if not any(one.confirmed_at is not None for one in hers):
        return None
    found = await stored.of_person(work.session, person_id, work.now - LOOKS_BACK)
    entries = [await meeting_agenda.entry(work, one, at_school=one.contact_id == person_id) for one in found]
    return ical.written(entries, work.now)
