"""`/quitter`: she goes, alone, whenever she likes."""

from bot import departure, joining, meeting_leavers, owe, revocation
from bot.incoming import Press
from bot.rules.paris import local_date
from bot.texts import leaving as texts
from bot.texts import welcome
from storage import dialogues, people
from storage import joining as joined
from storage.centres import Centre
from storage.people import Person
from storage.store import Work


async def ask(work: Work, address: str) -> None:
    """Ask whether she means it, and say what becomes of her words."""
    known = await people.known(work.session, address, local_date(work.now))
    if known is None:
        await joining.close_door(work, address)
        return
    if known.staff:
        words = texts.staff_question()
    else:
        centre = await work.session.get_one(Centre, known.teaching[0].centre_id)
        words = texts.question(places=await joining.places(work, known), kept_days=centre.kept_days)
    owe.send(work, address, words, part="question", buttons=texts.buttons())


async def leave(work: Work, press: Press) -> str | None:
    """« Oui, je quitte »: her accounts end, and what she was in schools; a team is the centre's to say."""
    if press.known is None:
        return welcome.stale()
    person = await work.session.get_one(Person, press.known.person.id)
    if press.known.staff:
        await revocation.cut(work, person, keep=press.bubble)
    for membership in await joined.memberships_not_ended(work.session, person.id):
        if not membership.is_staff:
            membership.ended_at = work.now
    for account in await joined.open_accounts(work.session, person.id):
        account.ended_at = work.now
    await dialogues.close(work.session, press.address)
    await departure.tell(work, person.id)
    work.news.add("people")
    await meeting_leavers.gone(work, person.id)
    if press.bubble is None:
        owe.send(work, press.address, texts.gone(), part="note")
    else:
        await owe.edit(work, press.bubble, texts.gone())
    return None


async def stay(work: Work, press: Press) -> str | None:
    """« Annuler »."""
    if press.bubble is not None:
        await owe.edit(work, press.bubble, texts.stays())
    return None
