"""Every sentence people read: approved by somebody who rereads, and kept to the rules of the house."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.test_conventions import BANNED
from tools import texts

FUNCTIONS = dict(texts.functions())
TAGS = {"b", "i", "code", "tg-spoiler"}
TUTOIEMENT = re.compile(r"\b(?:tu|toi|ton|ta|tes|t')\b(?! \d)", re.IGNORECASE)
MOST_BUTTONS = 4
CHOOSERS = {
    "absence.cover_buttons",
    "absence.days_buttons",
    "absence.question_buttons",
    "call_notes.what_buttons",
    "card.tag_buttons",
    "classes.buttons",
    "classes.several_buttons",
    "digest.choice_buttons",
    "meeting_proposal.change_buttons",
    "meeting_proposal.hour_buttons",
    "meeting_proposal.kind_buttons",
    "meeting_proposal.month_buttons",
    "meeting_series.change_buttons",
    "rhythm.buttons",
}
"""Grids in which one chooses: the exception to four buttons, each with a way back or a tick."""


def said(path: str) -> Iterator[str]:
    """The texts a function renders, and the labels of its buttons."""
    for answer in texts.renderings(path, FUNCTIONS[path]):
        if isinstance(answer, str):
            yield answer
        elif texts.is_buttons(answer):
            yield from (label for row in answer for label, _ in row)


class TelegramHtml(HTMLParser):
    """Refuses what Telegram would refuse: another tag, an attribute, a tag left open or closed twice."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, f"<{tag}>"
        assert not attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_approved_file_is_what_the_service_says() -> None:
    approved = texts.APPROVED.read_text(encoding="utf-8")
    assert texts.page() == approved, "reread what changed, then: python -m tools.texts"


@pytest.mark.parametrize("path", FUNCTIONS)
def test_a_text_is_valid_html_for_telegram_whatever_people_are_called(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("teacher", "school", "words", "name", "reader", "classes", "by", "receiver", "giver"):
        monkeypatch.setitem(texts.BY_NAME, name, "A <b>& Cie</i>")
    for text in said(path):
        parser = TelegramHtml()
        parser.feed(text if not is_label(path) else "")
        parser.close()
        assert parser.open == []


def is_label(path: str) -> bool:
    """Labels, toasts and the like: Telegram shows them as they are."""
    return (
        any(isinstance(one, tuple) for one in texts.renderings(path, FUNCTIONS[path])) or path in AS_THEY_ARE
    )


AS_THEY_ARE = {
    "answers.proposed_to",  # a toast, like the next ones
    "card.already_taken",
    "danger.passed_on",
    "meeting_proposal.short_refusal",
    "answers.thread_label",  # a label
    "call_notes.label",
    "call_notes.message",  # kept as a message, escaped when it is shown
    "danger.said",
    "orientation.both",  # kept as messages, escaped when they are shown
    "orientation.clas",
    "orientation.nursery",
    "orientation.pre",
    "orientation.school",
    "orientation.label",
    "meeting_reminders.waiting_line",
    "digest.late",  # goes around a text that is ready
    "digest.of_somebody",
    "invitations.code_closed",  # the operator's terminal
    "invitations.code_closed_already",
    "invitations.left_team",
    "invitations.no_school",
    "invitations.no_staff",
    "invitations.open_code",
}
"""What Telegram does not read as HTML, or what is escaped by the text around it."""


@pytest.mark.parametrize("path", FUNCTIONS)
def test_a_text_keeps_to_the_words_of_the_house(path: str) -> None:
    for text in said(path):
        assert not BANNED.search(text)
        assert not TUTOIEMENT.search(text), text
        assert "!" not in text


@pytest.mark.parametrize("path", [path for path in FUNCTIONS if path not in CHOOSERS])
def test_four_buttons_at_most(path: str) -> None:
    for answer in texts.renderings(path, FUNCTIONS[path]):
        if texts.is_buttons(answer):
            labels = [label for row in answer for label, _ in row if label != "‹ Retour"]
            assert len(labels) <= MOST_BUTTONS, labels


def test_a_spoiler_hides_all_of_her_words() -> None:
    card: Any = texts.renderings("card.card", FUNCTIONS["card.card"])
    hidden = [one for one in card if "<tg-spoiler>" in one]
    assert hidden
    assert all(
        texts.WORDS in one.partition("<tg-spoiler>")[2].partition("</tg-spoiler>")[0] for one in hidden
    )
