"""What the demo offers besides the phones: scenes, codes, a bot that can be killed, the drawer."""

import json
from http.client import HTTPConnection

import pytest

from bot.demo.cast import CHAPTERS, ROLES
from bot.demo.web import PAGE
from tests.demo.running import RunningDemo, until

WORDS = "Bonsoir, Lina T. n'a plus ses lunettes."


@pytest.fixture
def afresh(demo: RunningDemo) -> RunningDemo:
    demo.post("demo/scene", {"chapter": "soir"})
    return demo


def test_it_opens_on_a_tuesday_evening_with_two_phones(afresh: RunningDemo) -> None:
    scene = afresh.get("demo")
    assert scene["fresh"] is True
    assert [one["role"] for one in scene["people"].values()] == ["diallo", "chantal"]
    assert afresh.get("clock")["iso"].startswith("2026-11-24T18:4")
    assert afresh.get("state")["polling"] is True


def test_the_chapters_of_the_page_are_those_that_can_be_prepared() -> None:
    script = json.loads((PAGE / "chapters.json").read_text(encoding="utf-8"))
    assert [chapter["key"] for chapter in script["chapters"]] == list(CHAPTERS)


def test_captions_have_eight_words_at_most() -> None:
    script = json.loads((PAGE / "chapters.json").read_text(encoding="utf-8"))
    for chapter in script["chapters"]:
        for step, *given in chapter["steps"]:
            if step == "say":
                words = [word for word in given[0].split() if any(letter.isalnum() for letter in word)]
                assert len(words) <= 8, given[0]


@pytest.mark.parametrize("role", [role for role in ROLES if role not in ("diallo", "chantal")])
def test_anybody_may_join_with_the_code_of_her_phone(demo: RunningDemo, role: str) -> None:
    person = demo.post("demo/phones", {"role": role})["person"]
    code = demo.get("demo")["people"][str(person)]["code"]
    demo.post(f"people/{person}/open", {"link": code or ""})
    demo.sees(role, "Bonjour" if code else "réservé aux écoles invitées")


def test_a_killed_bot_comes_back_and_has_lost_nothing(afresh: RunningDemo) -> None:
    afresh.post("demo/kill")
    until(lambda: afresh.get("demo")["bot"] != "up", "the end of the bot")
    afresh.post(f"people/{afresh.person('diallo')}/send", {"text": WORDS})
    life = afresh.get("demo/life")
    assert life["waiting"] == 1
    afresh.sees("chantal", WORDS)
    assert len([one for one in afresh.bubbles("chantal") if WORDS in one["text"]]) == 1


@pytest.mark.parametrize("seconds", [0.05, 0.3, 0.8])
def test_who_leaves_while_a_scene_is_prepared_keeps_nobody_waiting(
    afresh: RunningDemo, seconds: float
) -> None:
    page = HTTPConnection(afresh.address.removeprefix("http://").rstrip("/"), timeout=seconds)
    asked = json.dumps({"chapter": "vendredi"})
    page.request("POST", "/control/demo/scene", asked, {"Content-Type": "application/json"})
    with pytest.raises(TimeoutError):
        page.getresponse()
    page.close()
    assert afresh.post("demo/scene", {"chapter": "soir"})["fresh"] is True
    assert afresh.get("state")["polling"] is True


def test_the_life_of_a_message_says_when_and_never_what(afresh: RunningDemo) -> None:
    afresh.post(f"people/{afresh.person('diallo')}/send", {"text": WORDS})
    afresh.sees("chantal", WORDS)

    def done() -> dict[str, object] | None:
        life: dict[str, object] = afresh.get("demo/life")
        outbox = life["outbox"]
        assert isinstance(outbox, list)
        return life if outbox and all(row["done_at"] for row in outbox) else None

    life = until(done, "the end of the message's life")
    assert life["inbox"]["from"] == "Mme Diallo"
    assert life["inbox"]["received_at"] <= life["inbox"]["handled_at"]
    assert {row["to"] for row in life["outbox"]} >= {"Mme Diallo", "Chantal"}
    assert "Lina" not in json.dumps(life)


def test_the_bot_follows_the_clock_of_the_page(afresh: RunningDemo) -> None:
    afresh.post("clock", {"set": "2026-11-26T10:00:00+01:00"})
    afresh.post(f"people/{afresh.person('diallo')}/send", {"text": WORDS})
    assert "ce soir" not in afresh.sees("diallo", "Bien reçu")["text"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("demo/scene", {"chapter": "nowhere"}, 404),
        ("demo/scene", {"chapter": 7}, 400),
        ("demo/phones", {"role": "nobody"}, 404),
    ],
)
def test_a_wrong_call_is_a_sentence(
    demo: RunningDemo, path: str, body: dict[str, object], status: int
) -> None:
    refused, _, said = demo.call("POST", f"/control/{path}", body)
    assert refused == status
    assert json.loads(said)["error"].endswith(".")


@pytest.mark.parametrize("path", ["/control/demo/kill", "/control/demo/scene"])
def test_a_page_of_another_origin_cannot_drive_the_demo(demo: RunningDemo, path: str) -> None:
    status, _, _ = demo.call("POST", path, {}, {"Origin": "https://ailleurs.example"})
    assert status == 403
    assert demo.get("demo")["bot"] == "up"


def test_the_page_asks_nothing_of_anybody_else(demo: RunningDemo) -> None:
    _, headers, _ = demo.call("GET", "/")
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for path in PAGE.iterdir():
        words = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http://" not in words, path.name
        assert "https://" not in words, path.name


def test_the_page_has_fifty_kilobytes_of_script_at_most() -> None:
    assert sum(path.stat().st_size for path in PAGE.glob("*.js")) <= 50_000
