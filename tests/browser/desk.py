"""What somebody does on the page of phones, by the words that she reads there."""

import json
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from bot.demo.web import PAGE
from tests.demo.running import RunningDemo

SCRIPT = json.loads((PAGE / "chapters.json").read_text(encoding="utf-8"))
TYPED: str = SCRIPT["typed"]
ANSWER: str = SCRIPT["answer"]


class PhoneOnPage:
    """One phone of the page."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.box = page.get_by_role("region", name=f"Téléphone de {name}")
        self.chat = self.box.get_by_role("log")
        self.field = self.box.get_by_role("textbox", name=f"Message de {name}")
        self.lock = self.box.get_by_role("group", name=f"Écran verrouillé de {name}")

    def sees(self, text: str) -> Locator:
        """Wait for the newest bubble of somebody else that shows this."""
        bubble = self.chat.locator(".theirs", has_text=text).last
        expect(bubble).to_be_visible()
        return bubble

    def said(self, text: str) -> Locator:
        """The newest bubble of her own that shows this, there or not."""
        return self.chat.locator(".mine", has_text=text).last

    def writes(self, text: str) -> Locator:
        """Write and send; return the bubble."""
        self.field.fill(text)
        self.box.get_by_role("button", name="Envoyer").click()
        bubble = self.said(text)
        expect(bubble).to_be_visible()
        return bubble

    def touches(self, label: str) -> None:
        """Press the newest button of this label under a bubble."""
        self.chat.get_by_role("button", name=label, exact=True).last.click()

    def joins(self, label: str) -> None:
        """Send an invented file of a kind."""
        self.box.get_by_role("button", name="Joindre").click()
        self.choose(label)

    def on(self, bubble: Locator, gesture: str) -> None:
        """A gesture of a bubble's menu."""
        bubble.hover()
        bubble.get_by_role("button", name="Autres gestes").click()
        self.choose(gesture)

    def choose(self, label: str) -> None:
        """An entry of the menu that is open."""
        self.page.get_by_role("menuitem", name=label, exact=True).click()


class Desk:
    """The page."""

    def __init__(self, page: Page, demo: RunningDemo, screenshots: Path, amiss: list[str]) -> None:
        self.page = page
        self.demo = demo
        self.amiss = amiss
        self._screenshots = screenshots
        self.diallo = self.phone("Mme Diallo")
        self.chantal = self.phone("Chantal")

    def phone(self, name: str) -> PhoneOnPage:
        """Somebody's phone."""
        return PhoneOnPage(self.page, name)

    @property
    def caption(self) -> Locator:
        """What the chapter says."""
        return self.page.locator("#caption")

    def begins_again(self) -> None:
        """« Recommencer »."""
        self.page.get_by_role("button", name="Recommencer").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Recommencer").click()
        expect(self.diallo.field).to_have_value(TYPED, timeout=30_000)
        expect(self.chantal.chat.locator(".bubble").first).to_be_visible()

    def adds(self, entry: str, name: str) -> PhoneOnPage:
        """Add a phone by its entry of the menu."""
        self.page.get_by_role("button", name="Téléphone").first.click()
        self.page.get_by_role("menuitem", name=entry).click()
        phone = self.phone(name)
        expect(phone.box).to_be_visible()
        return phone

    def moves_clock(self, entry: str) -> None:
        """Move the clock by an entry of its menu."""
        self.page.locator("#clock").click()
        self.page.get_by_role("menuitem", name=entry).click()

    def keep(self, name: str) -> None:
        """Keep a picture of the page."""
        self.page.screenshot(path=self._screenshots / f"{name}.png")
