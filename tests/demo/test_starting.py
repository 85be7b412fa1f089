"""Starting, stopping and starting again."""

import socket
import sqlite3
from pathlib import Path

from tests.demo.running import RunningDemo

TYPED = "Bonsoir Chantal, on peut se parler de Yanis B. ?"


def test_a_port_in_use_is_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        demo = RunningDemo(tmp_path / "demo", taken.getsockname()[1])
        assert demo.ended() == 1
    assert "est déjà pris" in demo.said()
    assert "Traceback" not in demo.said()


def test_a_second_demo_in_one_folder_is_a_sentence(tmp_path: Path) -> None:
    first = RunningDemo(tmp_path).ready()
    second = RunningDemo(tmp_path)
    assert second.ended() == 1
    assert "tourne déjà" in second.said()
    assert first.interrupt() == 0


def test_what_was_said_survives_a_restart(tmp_path: Path) -> None:
    first = RunningDemo(tmp_path).ready()
    first.post(f"people/{first.person('diallo')}/send", {"text": TYPED})
    first.sees("chantal", TYPED)
    before = [bubble["text"] for bubble in first.bubbles("chantal")]
    now = first.get("clock")["now"]
    assert first.interrupt() == 0
    assert "Traceback" not in first.said()

    again = RunningDemo(tmp_path).ready()
    assert [bubble["text"] for bubble in again.bubbles("chantal")] == before
    assert again.get("clock")["now"] >= now - 2
    card = again.sees("chantal", TYPED)
    again.post(f"people/{again.person('chantal')}/send", {"text": "Demain midi.", "reply_to": card["id"]})
    again.sees("diallo", "Demain midi.")
    assert again.interrupt() == 0


def test_phones_of_another_version_start_afresh(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "telegram.db") as old:
        old.execute("CREATE TABLE things (kind TEXT)")
    old.close()
    demo = RunningDemo(tmp_path).ready()
    assert demo.get("demo")["fresh"] is True
    assert demo.interrupt() == 0


def test_interrupted_while_it_starts_it_ends_at_once(tmp_path: Path) -> None:
    demo = RunningDemo(tmp_path)
    while not (tmp_path / "bot.log").exists():
        assert demo.process.poll() is None
    assert demo.interrupt() == 0
    assert "Traceback" not in demo.said()
