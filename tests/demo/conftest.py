"""A demo for the tests that only use it, started once."""

from collections.abc import Iterator

import pytest

from tests.demo.running import RunningDemo


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDemo]:
    running = RunningDemo(tmp_path_factory.mktemp("demo")).ready()
    yield running
    running.interrupt()
