"""A school year, shortened: every reminder and digest comes once, through outages and restarts."""

from storage.encryption import unlock
from tests.databases import KEY
from tools.simulate import Simulation


async def test_nothing_is_missed_and_nothing_doubled_in_a_year_of_outages(database_url: str) -> None:
    unlock(KEY)
    report = await Simulation(database_url, schools=4, years=1, seed=7).run()
    assert (report.missed, report.doubled) == ([], [])
    assert report.meetings >= 16
    assert report.digests > 100
    assert report.restarts > 10
