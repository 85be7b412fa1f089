"""Whose phone, action by action, in a school where each action is somebody's own."""

from collections.abc import AsyncIterator
from pathlib import Path
from shutil import copy

import pytest

from storage.centres import Coverage, school_named
from storage.store import Store
from tests.bubbles import plain
from tests.cast import TUESDAY_MORNING, StageClock
from tests.office import Office

SAID = {
    "clas": "Yanis B. ne rend plus ses devoirs, reste-t-il une place au CLAS ?",
    "pre": "Absences répétées de Rose P. depuis un mois, la famille ne répond plus.",
    "jardin": "On voudrait revenir au jardin partagé avec la classe pour semer des radis.",
    "velo": "L'atelier vélo reprend-il bientôt ?",
    "lecture": "Peut-on inscrire ma classe à « En route vers la lecture » ?",
    "projet": "Pour notre projet de danse, l'intervenante vient quel jour ?",
    "parents": "Les parents demandent s'ils peuvent venir au café des parents vendredi.",
    "promo": "Avez-vous des flyers du centre à distribuer aux familles ?",
    "reunion": "On fixe une date pour la réunion du conseil de cycle ?",
    "ecole": "Avez-vous un modèle de demande d'aide au RASED ? Le psy-EN nous le réclame.",
}


@pytest.fixture
async def office(prepared_sqlite: Path, tmp_path: Path) -> AsyncIterator[Office]:
    copy(prepared_sqlite, tmp_path / "office.db")
    there = Office(Store(f"sqlite+aiosqlite:///{tmp_path / 'office.db'}"), StageClock(TUESDAY_MORNING))
    await there.opens({"Mme Diallo": "Les Tilleuls"})
    yield there
    await there.store.close()


async def gives(office: Office, action: str, name: str) -> None:
    async with office.work() as work:
        school = await school_named(work.session, "Les Tilleuls")
        assert school is not None
        work.add(
            Coverage(
                centre_id=school.centre_id, school_id=school.id, action=action, person_id=office.ids[name]
            )
        )


async def card_of(office: Office, name: str) -> str:
    """The card she was owed, with ordinary spaces; nothing when there is none."""
    return plain(await office.latest(name, "card") or "")


@pytest.mark.parametrize("action", SAID)
async def test_an_action_is_read_by_its_own_referente_and_by_nobody_else(office: Office, action: str) -> None:
    await gives(office, action, "Esmaman")
    await office.writes("Mme Diallo", SAID[action])
    assert SAID[action] in await card_of(office, "Esmaman")
    assert await card_of(office, "Chantal") == ""


@pytest.mark.parametrize("action", SAID)
async def test_what_is_somebody_elses_action_does_not_draw_the_others(office: Office, action: str) -> None:
    for other in SAID:
        if other != action:
            await gives(office, other, "Esmaman")
    await office.writes("Mme Diallo", SAID[action])
    assert SAID[action] in await card_of(office, "Chantal")
    assert await card_of(office, "Esmaman") == ""


async def test_what_is_unsure_goes_to_her_who_has_the_rest_and_her_card_asks(office: Office) -> None:
    for action in SAID:
        await gives(office, action, "Esmaman")
    await office.writes("Mme Diallo", "Bonjour, je voulais vous parler de Yanis B.")
    assert "CLAS ou PRE ? Je ne sais pas." in await card_of(office, "Chantal")
    assert await card_of(office, "Esmaman") == ""
