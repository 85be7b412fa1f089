"""For everybody: by keyboard, by screen reader, small and large, light and dark, and when things go wrong."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.desk import TYPED, Desk

HERE = Path(__file__).parent
CONTRAST = (HERE / "contrast.js").read_text(encoding="utf-8")
NAMELESS = (HERE / "nameless.js").read_text(encoding="utf-8")
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
PROJECTOR = {"viewport": {"width": 1920, "height": 1080}}
DARK = {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"}
LIGHT = {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"}


def test_a_page_that_opens_shows_the_newest_bubble_of_each(desk: Desk) -> None:
    """To somebody who has never been there: the message already typed makes its field grow."""
    desk.demo.post("demo/scene", {"chapter": "soir"})
    desk.page.evaluate("localStorage.clear(), sessionStorage.clear()")
    desk.page.reload()
    desk.page.locator("body.ready").wait_for()
    expect(desk.diallo.field).to_have_value(TYPED)
    for phone in (desk.diallo, desk.chantal):
        expect(phone.chat.locator(".bubble").last).to_be_in_viewport(ratio=1)


@pytest.fixture
def full(desk: Desk) -> Desk:
    """A page with a little of everything on it."""
    desk.demo.post("demo/scene", {"chapter": "danger"})
    desk.page.reload()
    desk.page.locator("body.ready").wait_for()
    desk.demo.post(
        f"people/{desk.demo.person('diallo')}/send",
        {"text": "Noé M. a des bleus. Il dit que son père le frappe."},
    )
    for kind in ("photo", "voice", "document", "poll", "venue"):
        more: dict[str, object] = {
            "question": "Quand ?",
            "options": ["Mardi", "Jeudi"],
            "title": "École",
            "address": "1 rue",
        }
        more |= {"latitude": 49.0, "longitude": 2.1, "kind": kind}
        desk.demo.post(f"people/{desk.demo.person('diallo')}/send", more)
    desk.demo.sees("chantal", "Message grave")
    return desk


@pytest.mark.parametrize("look", [LIGHT, DARK, PHONE], ids=["light", "dark", "phone"])
def test_words_stand_out_and_everything_has_a_name(full: Desk, look: object) -> None:
    full.page.locator("#under").click()
    expect(full.page.locator("#drawer .life li").first).to_be_visible()
    full.page.wait_for_timeout(400)  # what comes in has finished fading in
    assert full.page.evaluate(CONTRAST) == []
    assert full.page.evaluate(NAMELESS) == []
    full.keep("sombre" if look is DARK else "telephone" if look is PHONE else "clair")


@pytest.mark.parametrize("look", [PHONE, PROJECTOR], ids=["phone", "projector"])
def test_nothing_overflows(full: Desk, look: object) -> None:
    assert full.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert full.page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    if look is PHONE:
        full.page.get_by_role("navigation", name="Téléphones").get_by_role("button", name="Chantal").click()
        expect(full.chantal.field).to_be_in_viewport()
    else:
        expect(full.diallo.field).to_be_in_viewport()
        expect(full.chantal.field).to_be_in_viewport()
        full.keep("projecteur")


def test_the_first_tab_leads_to_the_phones(desk: Desk) -> None:
    desk.page.keyboard.press("Tab")
    expect(desk.page.get_by_role("link", name="Aller aux téléphones")).to_be_focused()
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_role("main")).to_be_focused()


def test_a_message_is_sent_and_answered_by_keyboard_alone(desk: Desk) -> None:
    desk.begins_again()
    keyboard = desk.page.keyboard
    for _ in range(60):
        keyboard.press("Tab")
        if desk.diallo.field.evaluate("one => one === document.activeElement"):
            break
    keyboard.press("Enter")
    desk.chantal.sees("· mardi 19 h 42")
    for _ in range(60):
        keyboard.press("Tab")
        if desk.chantal.chat.evaluate("one => one === document.activeElement"):
            break
    card = desk.chantal.sees("· mardi 19 h 42")
    for _ in range(5):  # a question may stand under the card
        keyboard.press("ArrowUp")
        if card.evaluate("one => one === document.activeElement"):
            break
    expect(card).to_be_focused()
    keyboard.press("Enter")
    expect(desk.page.get_by_role("menu")).to_be_visible()
    keyboard.press("Escape")
    expect(desk.page.get_by_role("menu")).to_be_hidden()
    desk.chantal.sees("· mardi 19 h 42").focus()
    keyboard.press("r")
    keyboard.type("Demain midi ?")
    keyboard.press("Enter")
    desk.diallo.sees("Chantal : Demain midi ?")


def test_words_with_signs_stay_words(desk: Desk) -> None:
    odd = "<img src=x onerror=alert(1)> & « \N{RIGHT-TO-LEFT OVERRIDE}😀 » </p>"
    desk.diallo.writes(odd)
    expect(desk.diallo.said("onerror")).to_contain_text("<img src=x onerror=alert(1)> &")


def test_a_long_text_leaves_in_several_bubbles_as_in_the_app(desk: Desk) -> None:
    desk.diallo.field.fill("long " * 1500)
    desk.diallo.box.get_by_role("button", name="Envoyer").click()
    expect(desk.diallo.chat.locator(".mine", has_text="long long")).to_have_count(2)


def test_what_cannot_be_done_is_a_sentence_and_nothing_typed_is_lost(desk: Desk) -> None:
    desk.diallo.on(desk.diallo.writes("Trop court."), "Modifier")
    desk.diallo.field.fill("a" * 5000)
    desk.diallo.box.get_by_role("button", name="Envoyer").click()
    expect(desk.page.get_by_role("alert")).to_contain_text("Message trop long")
    assert any("status of 400" in said for said in desk.amiss)
    desk.amiss.clear()  # the browser writes every refused call to its console
    expect(desk.diallo.field).not_to_be_empty()
