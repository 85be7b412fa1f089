"""`/aide`, told to each as she is, and « CLAS ou PRE »."""

from bot import joining, owe, team
from bot.rights import Who, may
from bot.rules.paris import local_date
from bot.texts import help as texts
from storage import centres, people
from storage.centres import EVERY_ACTION, School
from storage.people import Known, Person
from storage.store import Work


async def show(work: Work, address: str) -> None:
    """What she can do here; a stranger meets the closed door."""
    known = await people.known(work.session, address, local_date(work.now))
    if known is None:
        await joining.close_door(work, address)
    elif known.staff:
        owe.send(work, address, texts.staff(coordinates=may(Who.COORDINATRICE, known)), part="note")
    else:
        telephone = await people.telephone_of_centre(work.session, known.teaching[0].centre_id)
        words = texts.teacher(readers=await _readers(work, known), telephone=telephone)
        owe.send(work, address, words, part="note", buttons=texts.teacher_buttons())


async def _readers(work: Work, known: Known) -> list[tuple[str, str]]:
    """Each of her schools, and the name of who reads for it at this moment."""
    found = []
    for membership in known.teaching:
        school = await work.session.get_one(School, membership.school_id)
        desk = await team.desk_of(work, school, EVERY_ACTION)
        reader = await work.session.get_one(Person, desk.reader(work.now).person_id)
        found.append((school.name, reader.name))
    return found


async def clas_or_pre(work: Work, address: str) -> None:
    """The five lines, for anybody, and true for the towns of whoever asks."""
    known = await people.known(work.session, address, local_date(work.now))
    towns = [] if known is None else await centres.towns_of(work.session, _schools(known), _centres(known))
    without = [(one.name, one.alternative) for one in towns if not one.pre]
    pre_somewhere = len(without) < len(towns) or not towns
    owe.send(work, address, texts.clas_or_pre(pre=pre_somewhere, without=without), part="note")


def _schools(known: Known) -> list[int]:
    return [one.school_id for one in known.teaching if one.school_id is not None]


def _centres(known: Known) -> list[int]:
    return [one.centre_id for one in known.staff]
