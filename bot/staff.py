"""`/equipe`: what the coordinatrice does for her team, from her phone."""

from bot import absences, invitations, joining, owe, revocation
from bot.incoming import Press
from bot.rights import Who, may
from bot.rules.absences import Absence, last_day_away
from bot.rules.paris import local_date
from bot.texts import staff as texts
from bot.texts import welcome
from storage import absences as stored
from storage import dialogues, facts, people
from storage.people import Known, Person
from storage.store import Work


async def show(work: Work, address: str) -> None:
    """The team, each with what she is today."""
    known = await people.known(work.session, address, local_date(work.now))
    if known is None:
        await joining.close_door(work, address)
    elif not may(Who.COORDINATRICE, known):
        owe.send(work, address, texts.coordinatrice_only(), part="note")
    else:
        words, buttons = await _team(work, known)
        owe.send(work, address, words, part="question", buttons=buttons)


async def everybody(work: Work, press: Press) -> str | None:
    """The way back to the team."""
    if press.known is None or press.bubble is None:
        return welcome.stale()
    words, buttons = await _team(work, press.known)
    await owe.edit(work, press.bubble, words, buttons=buttons)
    return None


async def _team(work: Work, known: Known) -> tuple[str, texts.Buttons]:
    crew = await _crew(work, known)
    lines = [await _line(work, known, one) for one in crew]
    others = [(one.id, one.name) for one in crew if one.id != known.person.id]
    return texts.team(lines=lines), texts.team_buttons(people=others)


async def _crew(work: Work, known: Known) -> list[Person]:
    """Everybody of the centres she heads, herself included."""
    found: dict[int, Person] = {}
    for membership in known.staff:
        if membership.role == "coordinatrice":
            crew = await people.staff_of(work.session, membership.centre_id, local_date(work.now))
            found |= {one.id: one for one in crew}
    return list(found.values())


async def _line(work: Work, known: Known, person: Person) -> str:
    today = local_date(work.now)
    roles = [one.role for one in await people.memberships_of(work.session, person.id, today) if one.is_staff]
    account = await people.account_of(work.session, person.id)
    away = [
        Absence(one.first, one.last, one.from_midday, one.until_midday)
        for one in await stored.absences(work.session, [person.id], today)
    ]
    return texts.line(
        name=person.name,
        role=roles[0],
        joined=account is not None,
        reachable=account is not None and account.unreachable_at is None,
        away_until=last_day_away(away, work.now),
        now=work.now,
    )


async def _hers(work: Work, press: Press) -> Person | None:
    """The person a button names, if she is of a team that the presser heads, and not herself."""
    if press.known is None or press.bubble is None:
        return None
    wanted = absences.number(press.argument)
    crew = await _crew(work, press.known)
    return next((one for one in crew if one.id == wanted and one.id != press.known.person.id), None)


async def one(work: Work, press: Press) -> str | None:
    """Somebody's page: her days first."""
    person = await _hers(work, press)
    if person is None or press.known is None or press.bubble is None:
        return texts.not_your_team()
    words, buttons = await absences.question(work, person, by=press.known)
    await owe.edit(work, press.bubble, words, buttons=buttons)
    await dialogues.ask(
        work.session, press.address, "absence", work.now, bubble=press.bubble, about={"for": person.id}
    )
    return None


async def lost(work: Work, press: Press) -> str | None:
    """« Téléphone perdu »: asked once more, for it cannot be undone."""
    person = await _hers(work, press)
    if person is None or press.bubble is None:
        return texts.not_your_team()
    words = texts.lost_question(name=person.name)
    await owe.edit(work, press.bubble, words, buttons=texts.lost_buttons(person=person.id))
    return None


async def cut(work: Work, press: Press) -> str | None:
    """« Oui, couper l'accès »: at once, and a new link."""
    person = await _hers(work, press)
    if person is None or press.known is None or press.bubble is None:
        return texts.not_your_team()
    code = await revocation.revoke(work, person, by=press.known.person.id)
    words = texts.cut(name=person.name, link=await _link(work, code))
    await owe.edit(work, press.bubble, words, buttons=texts.back_buttons(person=person.id))
    return None


async def new_link(work: Work, press: Press) -> str | None:
    """« Nouveau lien »: she has none yet, has let it expire, or changes phones."""
    person = await _hers(work, press)
    if person is None or press.bubble is None:
        return texts.not_your_team()
    code = await invitations.invite_staff(work, person.name)
    words = texts.new_link(name=person.name, link=await _link(work, code))
    await owe.edit(work, press.bubble, words, buttons=texts.back_buttons(person=person.id))
    return None


async def _link(work: Work, code: str) -> str:
    # The service has met Telegram before anybody can press: the username is known.
    return invitations.link(await facts.recall(work.session, "username") or "", code)
