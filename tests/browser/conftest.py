"""A browser on the page of phones: Debian's chromium, one demo for all tests, nothing amiss in the console.

Where there is no chromium, the tests are skipped and the end of the run says so.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, expect, sync_playwright

from tests.browser.desk import Desk
from tests.demo.running import ROOT, RunningDemo

SCREENSHOTS = ROOT / "var" / "screenshots"
A_SLOW_MACHINE = 20_000  # ms
ABSENT = "Sans chromium, la page n'est pas essayée dans un navigateur (apt-get install chromium)."


def chromium() -> str | None:
    """Where the browser is, if there is one."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if chromium() is None:
        terminalreporter.write_sep("=", ABSENT, red=True)


# Of one file, not of the whole run: while playwright's synchronous door is open it holds the thread's event
# loop, and no asynchronous test of the same process could start.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip(ABSENT)
    expect.set_options(timeout=A_SLOW_MACHINE)
    with sync_playwright() as player:
        opened = player.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDemo]:
    running = RunningDemo(tmp_path_factory.mktemp("demo")).ready()
    yield running
    running.interrupt()


@pytest.fixture
def look() -> dict[str, Any]:
    """How the page is looked at; a test may ask for another size or for the dark."""
    return {"viewport": {"width": 1280, "height": 800}}


@pytest.fixture
def desk(
    browser: Browser, demo: RunningDemo, look: dict[str, Any], request: pytest.FixtureRequest
) -> Iterator[Desk]:
    """The page, open and ready, as people left it; its console is read at the end."""
    context = browser.new_context(locale="fr-FR", **look)
    page = context.new_page()
    page.set_default_timeout(A_SLOW_MACHINE)
    amiss: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            amiss.append(message.text)

    def fail(error: Error) -> None:
        amiss.append(str(error))

    page.on("console", hear)
    page.on("pageerror", fail)
    page.on("request", lambda asked: _is_ours(asked.url, demo.address, amiss))
    page.goto(demo.address)
    page.locator("body.ready").wait_for()
    yield Desk(page, demo, SCREENSHOTS, amiss)
    name = Path(request.node.name.replace("/", "-")).name
    page.screenshot(path=SCREENSHOTS / "tests" / f"{name}.png")
    context.close()
    assert amiss == []


def _is_ours(url: str, address: str, amiss: list[str]) -> None:
    if not url.startswith((address, "blob:", "data:")):
        amiss.append(f"a request elsewhere: {url}")
