"""A town big enough to load the service: centres, a school for each référente, teachers, all invented."""

from dataclasses import dataclass
from datetime import timedelta

from bot.apply import apply
from bot.centres import parse
from bot.clock import SystemClock
from storage import people
from storage.centres import school_named
from storage.people import Account, Membership, Person
from storage.store import Store, Work
from tools.stage.telegram import Telegram

CREW = 3
"""Référentes of a centre."""
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@dataclass(frozen=True, slots=True)
class Town:
    """Telegram ids. ``referentes[n]`` has school n; the teachers are dealt out to the schools in turn."""

    referentes: tuple[int, ...]
    teachers: tuple[int, ...]

    def referente_of(self, teacher: int) -> int:
        """The phone on which this teacher's words belong."""
        return self.referentes[self.teachers.index(teacher) % len(self.referentes)]


def _centres(referentes: int) -> str:
    lines = ['[[towns]]\nname = "Ville-Neuve"\npre = true\n']
    for centre in range((referentes + CREW - 1) // CREW):
        lines.append(
            f'[[centres]]\nname = "centre {centre}"\ntelephone = "01 99 00 00 00"\n[centres.opening]'
        )
        lines += [f'{day} = ["0:30-23:30"]' for day in DAYS]
        lines.append(
            f'[[staff]]\nname = "Farida {centre}"\nrole = "coordinatrice"\ncentre = "centre {centre}"'
        )
    for number in range(referentes):
        hers = f"centre {number // CREW}"
        lines.append(f'[[staff]]\nname = "Chantal {number}"\nrole = "référente"\ncentre = "{hers}"')
        lines.append(
            f'[[schools]]\nname = "École {number}"\ntown = "Ville-Neuve"\n'
            f'centre = "{hers}"\nreferente = "Chantal {number}"'
        )
    return "\n".join(lines)


async def settle(url: str, telegram: Telegram, *, teachers: int, referentes: int) -> Town:
    """Everybody has a phone and has joined; nothing has been said."""
    chats = await telegram.arrive([f"Chantal {number}" for number in range(referentes)])
    classes = await telegram.arrive([f"Awa Maîtresse-{number}" for number in range(teachers)])
    store = Store(url)
    try:
        async with store.work(SystemClock().now()) as work:
            await apply(work, parse(_centres(referentes)))
            for number, chat in enumerate(chats):
                person = await people.staff_named(work.session, f"Chantal {number}")
                assert person is not None
                _joins(work, person, chat)
            for number, chat in enumerate(classes):
                await _teaches(work, f"Awa Maîtresse-{number}", chat, f"École {number % referentes}")
    finally:
        await store.close()
    return Town(tuple(chats), tuple(classes))


def _joins(work: Work, person: Person, chat: int) -> None:
    person.notice_read_at = work.now
    work.add(Account(person=person, address=str(chat), joined_at=work.now))


async def _teaches(work: Work, name: str, chat: int, school_name: str) -> None:
    school = await school_named(work.session, school_name)
    assert school is not None
    person = work.add(Person(name=name))
    _joins(work, person, chat)
    work.add(
        Membership(
            person=person,
            centre_id=school.centre_id,
            school=school,
            role="enseignante",
            classes="CE1",
            first=(work.now - timedelta(days=30)).date(),
            confirmed_at=work.now,
        )
    )
