"""The drawer: what happens underneath, and what can be unplugged without losing anything."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk


@pytest.fixture
def drawer(desk: Desk) -> Desk:
    desk.demo.post("demo/scene", {"chapter": "soir"})
    desk.page.reload()
    desk.page.get_by_role("button", name="Ce qui se passe dessous").click()
    expect(desk.page.locator("#drawer")).to_contain_text("Le bot tourne.")
    return desk


def test_it_is_closed_at_first(desk: Desk) -> None:
    expect(desk.page.locator("#drawer")).to_be_hidden()


def test_it_tells_the_life_of_a_message_without_a_word_of_it(drawer: Desk) -> None:
    drawer.diallo.writes("Lina T. n'a plus ses lunettes.")
    drawer.chantal.sees("Mme Diallo")
    life = drawer.page.locator("#drawer .life")
    for words in (
        "1. Arrivée",
        "de Mme Diallo",
        "2. Décision",
        "message pour Chantal : parti",
        "sendMessage",
    ):
        expect(life).to_contain_text(words)
    drawer.keep("dessous")
    expect(life).not_to_contain_text("Lina")


@pytest.mark.parametrize(
    ("plug", "says"),
    [
        ("Couper le réseau", "réseau coupé"),
        ("Trop de messages (429)", "429"),
        ("Panne de Telegram (500)", "500"),
    ],
)
def test_what_is_unplugged_loses_nothing(drawer: Desk, plug: str, says: str) -> None:
    faults = drawer.page.locator("#drawer .faults")
    drawer.page.get_by_role("button", name=plug).click()
    expect(faults).to_contain_text(says)
    drawer.diallo.writes("Un message dans la panne.")
    drawer.page.wait_for_timeout(500)
    drawer.page.get_by_role("button", name="Tout rétablir").click()
    expect(faults).to_have_text("Tout est branché.")
    drawer.chantal.sees("Mme Diallo · CE1")
    drawer.diallo.sees("Bien reçu")


def test_a_killed_bot_is_seen_dead_and_comes_back(drawer: Desk) -> None:
    state = drawer.page.locator("#drawer .state")
    drawer.page.get_by_role("button", name="Tuer le bot (kill -9)").click()
    expect(state).to_contain_text("Le bot est arrêté")
    drawer.diallo.writes("Écrit pendant que le bot est mort.")
    expect(state).to_contain_text("1 geste attend")
    drawer.keep("bot-tue")
    drawer.chantal.sees("Mme Diallo · CE1")
    expect(state).to_have_text("Le bot tourne.")
