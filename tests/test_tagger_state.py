"""`tagger`, once référentes have judged: counts, agreement by month, what was proposed by what they chose."""

from datetime import datetime
from pathlib import Path
from shutil import copy

from sqlalchemy import select

from bot import tagger_command
from bot.rules.tagger import tag
from bot.tagger_command import ASKED, NAMES
from storage import learning
from storage.centres import all_centres
from storage.conversations import Bubble
from storage.store import Store
from tests.cast import PARIS, StageClock
from tests.office import Office

NOVEMBER, DECEMBER = (datetime(2026, month, 24, 10, 0, tzinfo=PARIS) for month in (11, 12))
TEACHERS = {name: "Les Tilleuls" for name in ("Mme Diallo", "M. Ba", "Mme Cho")}
WORDS = "Yanis B. ne rend plus ses devoirs, reste-t-il une place au CLAS ?"


async def judges(office: Office, teacher: str, *territories: str) -> None:
    """A teacher writes; Chantal says what it is, perhaps several times."""
    await office.writes(teacher, WORDS)
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


async def test_the_months_and_the_table_count_what_was_said(tmp_path: Path, prepared_sqlite: Path) -> None:
    copy(prepared_sqlite, tmp_path / "office.db")
    clock = StageClock(NOVEMBER)
    office = Office(Store(f"sqlite+aiosqlite:///{tmp_path / 'office.db'}"), clock)
    await office.opens(TEACHERS)
    read = tag(WORDS, level="CE1")
    other = "pre" if read.territory != "pre" else "clas"
    await judges(office, "Mme Diallo", other, read.territory)
    await judges(office, "M. Ba", other)
    clock.set(DECEMBER)
    await judges(office, "Mme Cho", other)
    async with office.work() as work:
        lines = [line.split() for line in await tagger_command.state(work)]
        eragny = next(one for one in await all_centres(work.session) if "Éragny" in one.name)
        said = await learning.said(work.session, eragny.id)
    await office.store.close()
    assert [(one.was, one.becomes) for one in said] == [
        (read.territory, read.territory),
        (read.territory, other),
        (read.territory, other),
    ]
    assert ["2", "correction(s),", "1", "confirmation(s)."] in lines
    if not read.ask:
        assert ["2026-11", "2", "2", "1", "1", "50", "%"] in lines
        assert ["2026-12", "1", "1", "0", "1", "0", "%"] in lines
    row = ASKED if read.ask else NAMES[read.territory]
    counts = {read.territory: "1", other: "2"}
    assert [*row.split(), *(counts.get(name, "0") for name in NAMES)] in lines
