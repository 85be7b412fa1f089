"""`python -m tools.pictures`: the pictures of the README and of the guides, taken while the chapters play."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import chromium
from tests.demo.running import RunningDemo

FOLDER = Path(__file__).parents[1] / "docs" / "images"
MOMENTS = (
    ("un-soir", "Un soir", "Chantal : aucune sonnerie"),
    ("les-vacances", "Les vacances", "Celui de Chantal"),
    ("vendredi", "Vendredi 14 h", "Ce qui attend"),
    ("danger", "Danger ou doute", "L'écran verrouillé"),
)
"""File, chapter, and the caption under which the picture is taken."""
A_CHAPTER_MS = 60_000
A_BREATH_MS = 700
"""So that what appears has finished appearing."""


def main() -> int:
    """Take them all."""
    path = chromium()
    if path is None:
        sys.exit("no chromium: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as player:
        demo = RunningDemo(Path(folder)).ready()
        browser = player.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="fr-FR", color_scheme="light")
        page.set_default_timeout(A_CHAPTER_MS)
        page.goto(demo.address)
        for name, chapter, caption in MOMENTS:
            _take(page, FOLDER / f"{name}.jpg", chapter, caption)
        browser.close()
        demo.interrupt()
    return 0


def _take(page: Page, file: Path, chapter: str, caption: str) -> None:
    page.get_by_role("button", name=chapter, exact=True).click()
    page.locator("#caption", has_text=caption).wait_for()
    page.wait_for_timeout(A_BREATH_MS)
    page.screenshot(path=file, type="jpeg", quality=80)
    page.get_by_role("button", name=f"Arrêter « {chapter} »").click()


if __name__ == "__main__":
    sys.exit(main())
