"""When things go wrong on the page: a sentence and a way on, never a blank page."""

import socket
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.desk import Desk
from tests.demo.running import RunningDemo

MEGABYTE = 1024 * 1024
ELSEWHERE = "http://ailleurs.example"
FETCH = "([url, options]) => fetch(url, options).then((answer) => answer.status, () => 'refused')"
SUBMIT = """action => {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", enctype: "text/plain", action });
  document.body.append(form);
  form.submit();
}"""


def said(desk: Desk, words: str) -> None:
    expect(desk.page.get_by_role("alert").filter(has_text=words)).to_be_visible()
    desk.amiss.clear()  # the browser writes every refused call to its console


@pytest.mark.parametrize(
    ("name", "megabytes", "most"), [("a.bin", 51, 50), ("b.bin", 90, 50), ("c.jpg", 11, 10)]
)
def test_a_file_too_big_is_a_sentence(
    desk: Desk, tmp_path: Path, name: str, megabytes: int, most: int
) -> None:
    file = tmp_path / name
    with file.open("wb") as made:
        made.truncate(megabytes * MEGABYTE)
    desk.diallo.box.locator("input[type=file]").set_input_files(file)
    said(desk, f"Fichier trop lourd : {most} Mo au plus.")
    desk.diallo.writes("Et après ?")


def test_eleven_pictures_are_a_sentence(desk: Desk, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.txt" for number in range(11)]
    for file in files:
        file.write_text("Bonjour", encoding="utf-8")
    desk.diallo.box.locator("input[type=file]").set_input_files(files)
    said(desk, "Un album contient de 2 à 10 fichiers.")


def test_control_characters_do_no_harm(desk: Desk) -> None:
    desk.diallo.field.evaluate("one => { one.value = 'a\\u0000b\\u001b[31m\\u202ec\\ufeff' }")
    desk.diallo.box.get_by_role("button", name="Envoyer").click()
    expect(desk.diallo.said("[31m")).to_be_visible()
    desk.diallo.writes("La suite.")


def test_a_button_that_went_away_meanwhile_is_a_sentence(desk: Desk, browser: Browser) -> None:
    desk.demo.post("demo/scene", {"chapter": "soir"})
    person = desk.demo.person("diallo")
    page = desk.page
    page.reload()
    desk.diallo.writes("Lina T. n'a plus ses lunettes.")
    desk.diallo.sees("Bien reçu")
    message = desk.demo.sees("diallo", "Bien reçu")["id"]
    page.route(
        "**/press", lambda route: route.continue_(post_data='{"message_id": 999999, "button": [0, 0]}')
    )
    desk.diallo.touches("Rappelez-moi")
    said(desk, "Ce message n'est plus là.")
    page.unroute("**/press")
    assert any(one["id"] == message for one in desk.demo.get(f"people/{person}/chat")["bubbles"])


def test_a_phone_that_goes_away_while_one_writes_is_a_sentence(desk: Desk) -> None:
    desk.begins_again()

    def go_first(route: Route) -> None:
        desk.demo.call("DELETE", f"/control/people/{desk.demo.person('chantal')}")
        route.continue_()

    desk.page.route("**/send", go_first)
    desk.chantal.field.fill("Bonjour")
    desk.chantal.box.get_by_role("button", name="Envoyer").click()
    said(desk, "Ce téléphone n'est plus là. Rechargez la page.")
    expect(desk.chantal.box).to_be_hidden()
    expect(desk.diallo.field).to_be_visible()


def test_a_killed_demo_is_said_and_the_page_comes_back_with_it(browser: Browser, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    demo = RunningDemo(tmp_path, port).ready()
    page = browser.new_page()
    page.goto(demo.address)
    desk = Desk(page, demo, tmp_path, [])
    desk.diallo.writes("Bonsoir, une question.")
    desk.diallo.sees("Bien reçu")
    demo.post("save")
    desk.diallo.field.fill("Je n'ai pas fini")
    demo.process.kill()
    demo.ended()
    stopped = page.get_by_role("alert").filter(
        has_text="La démonstration s'est arrêtée. Relancez « make demo »"
    )
    expect(stopped).to_be_visible()
    desk.diallo.box.get_by_role("button", name="Envoyer").click()
    expect(page.locator("#toast")).to_contain_text("La démonstration ne répond plus.")
    again = RunningDemo(tmp_path, port).ready()
    expect(stopped).to_be_hidden()
    expect(desk.diallo.said("Bonsoir, une question.")).to_be_visible()
    expect(desk.diallo.field).to_have_value("Je n'ai pas fini")
    desk.diallo.box.get_by_role("button", name="Envoyer").click()
    expect(desk.diallo.said("Je n'ai pas fini")).to_be_visible()
    page.close()
    assert again.interrupt() == 0


def test_a_page_of_another_origin_changes_nothing(desk: Desk) -> None:
    before = desk.demo.get("state")["people"]
    desk.page.context.route(f"{ELSEWHERE}/**", _their_page)
    theirs = desk.page.context.new_page()
    theirs.goto(f"{ELSEWHERE}/")
    body = '{"chapter": "soir"}'
    for mode in ("no-cors", "cors"):
        for path in ("demo/kill", "demo/scene", "reset", "people"):
            asked = [f"{desk.demo.address}control/{path}", {"method": "POST", "mode": mode, "body": body}]
            assert theirs.evaluate(FETCH, asked) in (0, "refused"), "nothing can be read either"
    assert theirs.evaluate(FETCH, [f"{desk.demo.address}control/state", {}]) == "refused"
    with theirs.expect_navigation():
        theirs.evaluate(SUBMIT, f"{desk.demo.address}control/reset")
    expect(theirs.get_by_text("Cette page ne peut pas commander")).to_be_visible()
    theirs.close()
    assert desk.demo.get("state")["people"] == before
    assert desk.demo.get("demo")["bot"] == "up"


def _their_page(route: Route) -> None:
    route.fulfill(body="<!doctype html><title>Ailleurs</title>", content_type="text/html")
