"""`apply`: the database says what the file says; twice changes nothing; what changed is said."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from bot.apply import apply
from bot.centres import parse
from storage import absences, calendars, centres, people
from storage.encryption import unlock
from storage.people import Account, Membership, Person
from storage.store import Store
from tests.databases import KEY

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 9, tzinfo=UTC)
SAMPLE = (Path(__file__).parent.parent / "centres.toml").read_text(encoding="utf-8")


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    unlock(KEY)
    opened = Store(database_url)
    yield opened
    await opened.close()


async def applied(store: Store, source: str, now: datetime = NOW) -> list[str]:
    async with store.work(now) as work:
        return await apply(work, parse(source))


async def test_an_empty_database_gets_everything(store: Store) -> None:
    said = await applied(store, SAMPLE)
    assert "centre social d'Éragny : ajouté" in said
    assert "école Les Tilleuls : ajoutée, référente Chantal" in said
    assert "Farida, coordinatrice : dans l'équipe" in said
    assert "école Le Verger : velo, c'est Chantal" in said
    async with store.work(LATER) as work:
        session = work.session
        school = await centres.school_named(session, "Le Verger")
        chantal = await people.staff_named(session, "Chantal")
        esmaman = await people.staff_named(session, "Esmaman")
        assert school
        assert chantal
        assert esmaman
        assert {row.action: row.person_id for row in await centres.coverages(session, school.id)} == {
            "*": esmaman.id,
            "velo": chantal.id,
            "jardin": chantal.id,
        }
        centre = await centres.centre_of(session, school)
        week = (await calendars.opening(session, centre.id)).periods
        assert [(starts, ends) for weekday, starts, ends in week if weekday == 0] == [
            (time(9), time(12)),
            (time(14), time(19)),
        ]
        assert {row.weekday: row.person_id for row in await centres.sessions(session, centre.id)} == {
            0: chantal.id,
            1: esmaman.id,
            3: chantal.id,
            4: esmaman.id,
        }
        assert [row.cover_id for row in await absences.covers(session, [chantal.id])] == [esmaman.id]
        assert len(await people.coordinatrices(session, centre.id, LATER.date())) == 1


async def test_the_same_file_again_changes_nothing(store: Store) -> None:
    await applied(store, SAMPLE)
    assert await applied(store, SAMPLE, LATER) == []


CHANGES = [
    (
        'telephone = "01 99 00 56 78"',
        'telephone = "01 99 00 56 00"',
        ["centre social d'Ermont : téléphone, 01 99 00 56 78 devient 01 99 00 56 00"],
    ),
    ('mercredi = ["9:00-18:00"]', "", ["centre social d'Éragny : horaires d'ouverture mis à jour"]),
    ("last = 2027-08-22", "last = 2027-08-29", ["centre social d'Éragny : fermetures mises à jour"]),
    ("pre = false", "pre = true", ["ville Ermont : PRE, non devient oui"]),
    ('midday = "11:45-13:35"', "", ["école Le Verger : fin de la pause de midi, 13:35 devient 13:30"]),
    (
        'referente = "Esmaman"',
        'referente = "Farida"',
        ["école Le Verger : référente, Esmaman devient Farida"],
    ),
    ('velo = "Chantal"', "", ["école Le Verger : velo revient à la référente"]),
    ('cover = ["Chantal"]', "", ["Esmaman : remplacée par personne"]),
    (
        'cover = ["Esmaman"]',
        'cover = ["Farida", "Esmaman"]',
        ["Chantal : remplacée par Farida, puis Esmaman"],
    ),
    (
        'name = "Farida"\nrole = "coordinatrice"',
        'name = "Farida"\nrole = "référente"',
        ["Farida, centre social d'Éragny : rôle, coordinatrice devient référente"],
    ),
    (
        'name = "Solène"\nrole = "coordinatrice"\ncentre = "centre social d\'Ermont"',
        'name = "Solène"\nrole = "coordinatrice"\n'
        'centre = ["centre social d\'Ermont", "centre social d\'Éragny"]',
        ["Solène : dans l'équipe du centre social d'Éragny"],
    ),
    (
        'name = "Les Peupliers"\ntown = "Ermont"\ncentre = "centre social d\'Ermont"\nreferente = "Nadia"',
        'name = "Les Peupliers"\ntown = "Ermont"\ncentre = "centre social d\'Éragny"\nreferente = "Chantal"',
        [
            "école Les Peupliers : centre, centre social d'Ermont devient centre social d'Éragny",
            "école Les Peupliers : référente, Nadia devient Chantal",
        ],
    ),
]


@pytest.mark.parametrize(("before", "after", "said"), CHANGES, ids=[said[0] for _, _, said in CHANGES])
async def test_what_changes_is_said_and_can_be_changed_back(
    store: Store, before: str, after: str, said: list[str]
) -> None:
    await applied(store, SAMPLE)
    assert before in SAMPLE
    changed = SAMPLE.replace(before, after, 1)
    assert await applied(store, changed, LATER) == said
    assert await applied(store, changed, LATER) == []
    assert len(await applied(store, SAMPLE, LATER)) == len(said)
    assert await applied(store, SAMPLE, LATER) == []


async def test_a_school_that_changes_centre_takes_its_teachers_along(store: Store) -> None:
    await applied(store, SAMPLE)
    async with store.work(NOW) as work:
        school = await centres.school_named(work.session, "Les Peupliers")
        assert school
        teacher = work.add(Person(name="Mme Petit"))
        await work.flush()
        work.add(
            Membership(
                person_id=teacher.id,
                centre_id=school.centre_id,
                school_id=school.id,
                role="enseignante",
                first=NOW.date(),
            )
        )
    before, after, _ = CHANGES[-1]
    await applied(store, SAMPLE.replace(before, after), LATER)
    async with store.work(LATER) as work:
        moved = await centres.school_named(work.session, "Les Peupliers")
        [hers] = await people.memberships_of(work.session, teacher.id, LATER.date())
        assert moved
        assert hers.centre_id == moved.centre_id
        assert moved.centre_id != school.centre_id


WITHOUT_SOLENE = SAMPLE.partition('[[staff]]\nname = "Solène"')[0]


async def test_somebody_who_left_the_file_and_never_joined_is_out_of_the_team(store: Store) -> None:
    await applied(store, SAMPLE)
    assert await applied(store, WITHOUT_SOLENE, LATER) == [
        "Solène : plus dans l'équipe du centre social d'Ermont"
    ]
    assert await applied(store, WITHOUT_SOLENE, LATER) == []


async def test_somebody_who_left_the_file_but_has_a_phone_keeps_her_conversations_until_revoked(
    store: Store,
) -> None:
    await applied(store, SAMPLE)
    async with store.work(NOW) as work:
        solene = await people.staff_named(work.session, "Solène")
        assert solene
        work.add(Account(person_id=solene.id, address="1001", joined_at=NOW))
    [said] = await applied(store, WITHOUT_SOLENE, LATER)
    assert "« python -m bot staff revoke Solène »" in said
    async with store.work(LATER) as work:
        assert await people.known(work.session, "1001", LATER.date())


async def test_a_school_that_left_the_file_is_kept_and_said(store: Store) -> None:
    await applied(store, SAMPLE)
    school = SAMPLE[SAMPLE.index('[[schools]]\nname = "Les Peupliers"') : SAMPLE.index("# ── Les équipes")]
    assert await applied(store, SAMPLE.replace(school, ""), LATER) == [
        "école « Les Peupliers » : plus dans le fichier, gardé tel quel"
    ]
