"""What is kept of a correction, what is learned from it, what takes it back; without a network."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copy

import pytest
from sqlalchemy import select

from bot import corrections, tagger_command, withdrawal
from bot.child import ChildFailed
from bot.incoming import Incoming
from bot.learning import KIND, Learner
from bot.rules.paris import local_date
from bot.rules.tagger import tag
from bot.scheduler import Scheduler
from bot.tagger_command import ASKED, NAMES
from storage import due, learning, people
from storage.centres import Centre
from storage.conversations import Bubble
from storage.due import Due
from storage.learning import KeptLayer
from storage.store import Store
from tests.cast import PARIS, StageClock
from tests.office import Office

# « Les Hirondelles » are a name that only this centre knows.
SAID = (
    "Lina voudrait rejoindre les Hirondelles, est-ce possible ?",
    "Il reste une place aux Hirondelles pour Adam ?",
    "La maman de Noa demande quand commencent les Hirondelles.",
    "Sofiane peut-il venir aux Hirondelles le jeudi ?",
    "Deux de mes élèves aimeraient aller aux Hirondelles.",
    "Les Hirondelles ont-elles repris depuis les vacances ?",
    "Qui encadre les Hirondelles cette année ?",
    "Peut-elle aller avec les Hirondelles lundi ?",
)
NEXT = "Rose peut-elle venir avec les Hirondelles ?"
# Whatever the shipped weights make of it, Chantal says the other thing.
OTHER = "autre" if tag(NEXT).territory == "clas" else "clas"
TAUGHT = "ressemble à des messages que vous avez corrigés"

NOVEMBER, DECEMBER = (datetime(2026, month, 24, 10, 0, tzinfo=PARIS) for month in (11, 12))
TEACHERS = {f"Mme {letter}.": "Les Tilleuls" for letter in "ABCDEFGHI"}


@pytest.fixture
async def office(tmp_path: Path, prepared_sqlite: Path) -> AsyncIterator[Office]:
    path = tmp_path / "office.db"
    copy(prepared_sqlite, path)
    opened = Office(Store(f"sqlite+aiosqlite:///{path}"), StageClock(NOVEMBER))
    await opened.opens(TEACHERS)
    yield opened
    await opened.store.close()


async def judges(office: Office, teacher: str, words: str, *territories: str) -> None:
    """A teacher writes; Chantal says what it is, perhaps several times."""
    await office.writes(teacher, words)
    async with office.work() as work:
        card = await work.session.scalar(
            select(Bubble.id)
            .where(Bubble.address == office.addresses["Chantal"], Bubble.part == "card")
            .order_by(Bubble.id.desc())
            .limit(1)
        )
    assert card is not None
    for territory in territories:
        await office.touches(card, "tag", territory)


async def corrects(office: Office, words: Sequence[str] = SAID) -> None:
    for teacher, one in zip(TEACHERS, words, strict=False):
        await judges(office, teacher, one, OTHER)


async def eragny(office: Office) -> int:
    async with office.work() as work:
        found = await work.session.scalar(select(Centre.id).where(Centre.name == "centre social d'Éragny"))
    assert found is not None
    return found


async def learned(office: Office, program: str = "bot.learning_child") -> KeptLayer | None:
    office.clock.set(office.clock.now() + timedelta(hours=1))
    return await Learner(office.store, office.clock, program).learn(await eragny(office))


async def active(office: Office) -> int | None:
    centre = await eragny(office)
    async with office.work() as work:
        found = await learning.active(work.session, centre)
    return None if found is None else found.id


async def is_taught(office: Office) -> bool:
    """Whether what the centre learned changes how the next message is read."""
    centre = await eragny(office)
    async with office.work() as work:
        layer = await corrections.layer_of(work, centre)
    return tag(NEXT, layer=layer).reason == "taught"


async def test_nothing_is_learned_from_too_little_or_twice_from_the_same(office: Office) -> None:
    await corrects(office, SAID[:4])
    assert await learned(office) is None
    await judges(office, "Mme I.", NEXT, OTHER)
    assert await learned(office) is not None
    assert await learned(office) is None


async def nights(office: Office) -> list[tuple[int, datetime]]:
    """Whose corrections will be learned from, and when."""
    async with office.work() as work:
        rows = await work.session.execute(
            select(Due.subject_id, Due.at).where(Due.kind == KIND, Due.done_at.is_(None)).order_by(Due.at)
        )
        return [(centre, at.astimezone(PARIS)) for centre, at in rows]


async def test_only_a_centre_that_judged_has_nights_and_then_it_has_each(office: Office) -> None:
    centre = await eragny(office)
    async with office.work() as work:  # as an older version planned for every centre
        await due.plan(work.session, KIND, centre, work.now, "tonight")
    await Scheduler(office.store, office.clock).tick()
    assert await nights(office) == []
    await judges(office, "Mme A.", NEXT, OTHER, "pre", OTHER)
    assert await nights(office) == [(centre, datetime(2026, 11, 25, 3, 40, tzinfo=PARIS))]
    office.clock.set(datetime(2026, 11, 25, 3, 41, tzinfo=PARIS))
    await Scheduler(office.store, office.clock).tick()
    assert await nights(office) == [(centre, datetime(2026, 11, 26, 3, 40, tzinfo=PARIS))]


async def test_words_taken_back_teach_nothing_any_more(office: Office) -> None:
    await corrects(office)
    await learned(office)
    assert await is_taught(office)
    async with office.work() as work:
        for teacher in TEACHERS:
            known = await people.known(work.session, office.addresses[teacher], local_date(work.now))
            assert known is not None
            await withdrawal.replied(
                work, known, Incoming(office.addresses[teacher], "r", "text", "/retirer")
            )
    assert not await is_taught(office)
    centre = await eragny(office)
    async with office.work() as work:
        assert await learning.judged(work.session, centre, 100) == []


@pytest.mark.parametrize("program", ["tests.dies", "no.such.program", "this"])
async def test_a_process_that_dies_or_talks_nonsense_changes_nothing(office: Office, program: str) -> None:
    await corrects(office)
    await learned(office)
    before = await active(office)
    await judges(office, "Mme I.", NEXT, OTHER)
    with pytest.raises(ChildFailed):
        await learned(office, program)
    assert await active(office) == before is not None


async def test_what_was_undone_is_not_learned_again_by_itself(office: Office) -> None:
    await corrects(office)
    await learned(office)
    async with office.work() as work:
        said = await tagger_command.take_back(work, "centre social d'Éragny")
    assert "les poids livrés seuls" in said
    assert not await is_taught(office)
    await judges(office, "Mme I.", NEXT, OTHER)
    assert await learned(office) is None, "one correction is all there is to learn from"
    async with office.work() as work:
        assert "rien d'appris" in await tagger_command.take_back(work, "centre social d'Éragny")


async def test_undone_twice_it_goes_back_layer_by_layer(office: Office) -> None:
    await corrects(office, SAID[:5])
    first = await learned(office)
    for teacher, words in zip(list(TEACHERS)[5:], SAID[5:], strict=False):
        await judges(office, teacher, words, OTHER)
    second = await learned(office)
    assert first is not None
    assert second is not None
    assert second.active, "surer than the first"
    for left in (first.id, None):
        async with office.work() as work:
            await tagger_command.take_back(work, "centre social d'Éragny")
        assert await active(office) == left


async def test_the_months_and_the_table_count_what_was_said(office: Office) -> None:
    words = "Yanis B. ne rend plus ses devoirs, reste-t-il une place au CLAS ?"
    read = tag(words, level="CE1")
    other = "pre" if read.territory != "pre" else "clas"
    await judges(office, "Mme A.", words, other, read.territory)
    await judges(office, "Mme B.", words, other)
    office.clock.set(DECEMBER)
    await judges(office, "Mme C.", words, other)
    centre = await eragny(office)
    async with office.work() as work:
        lines = [line.split() for line in await tagger_command.state(work)]
        said = [(one.was, one.becomes) for one in await learning.said(work.session, centre)]
    assert said == [(read.territory, read.territory), *[(read.territory, other)] * 2], "the last word holds"
    assert ["2", "correction(s),", "1", "confirmation(s)."] in lines
    if not read.ask:
        assert ["2026-11", "2", "2", "1", "1", "50", "%"] in lines
        assert ["2026-12", "1", "1", "0", "1", "0", "%"] in lines
    row = ASKED if read.ask else NAMES[read.territory]
    counts = {read.territory: "1", other: "2"}
    assert [*row.split(), *(counts.get(name, "0") for name in NAMES)] in lines
