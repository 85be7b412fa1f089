"""A school year, shortened: every reminder, digest and period comes once, through outages and restarts."""

from storage.encryption import unlock
from tests.databases import KEY, Postgres
from tools.simulate.crew import Crew
from tools.simulate.world import Simulation


async def test_nothing_is_missed_and_nothing_doubled_in_a_year_of_outages(database_url: str) -> None:
    unlock(KEY)
    report = await Simulation(database_url, schools=4, years=1, seed=7).run()
    assert (report.missed, report.doubled) == ([], [])
    assert report.meetings >= 16
    assert report.digests > 100
    assert report.periods >= 4
    assert report.restarts > 10


async def test_four_processes_on_one_database_share_the_work_and_one_is_killed_now_and_then(
    postgres: Postgres,
) -> None:
    unlock(KEY)
    url = postgres.copy()
    report = await Simulation(
        url, schools=2, years=1, seed=3, hire=lambda dice: Crew(url, KEY, 4, dice)
    ).run()
    assert (report.missed, report.doubled) == ([], [])
    assert report.digests > 100
    assert report.outages > 3
