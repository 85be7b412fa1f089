"""Who may do what: each button and each command × each role, one test a cell.

A press can only come from the presser's own chat, but its data may be forged and its bubble may be any of
hers, or one that stands in somebody else's chat. What is allowed changes something; what is not changes
nothing beyond her own chat and shows nobody's words.
"""

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.demo.telegram import LocalBotApi
from bot.sender import make_bot
from handlers.buttons import VERBS
from tests.matrix import KNOWN, ROLES, SECRET, STAFF, TEACHERS, TEAM, Stage, build
from tests.touches import pressed, tried, written

pytestmark = pytest.mark.asyncio(loop_scope="module")  # one stage for all: nothing on it is ever kept

READERS = {"teacher", "referente"}
"""Who may have the child's words on her phone, whatever is pressed; a line may add somebody."""


@dataclass(frozen=True)
class Line:
    """One verb: what is sent, on which bubble it belongs, who may, and who reads words because of it.

    ``on`` None: it belongs to a moment that is not on this stage (a joining, a meeting…): nobody may here.
    """

    data: str
    on: str | None
    may: frozenset[str] = frozenset()
    reads: frozenset[str] = frozenset()


def who(*roles: str) -> frozenset[str]:
    return frozenset(roles)


TEACHER, REFERENTE, COVER = who("teacher"), who("referente"), who("cover")
NOBODY: frozenset[str] = frozenset()

TABLE = (
    # the teacher's receipt and danger card
    Line("danger", "receipt", TEACHERS),
    Line("alarm", "danger card", TEACHERS, reads=TEAM),
    Line("no-danger", "alert receipt", TEACHER),
    Line("other-child", "receipt", TEACHER),
    Line("wait-for", "receipt while away", TEACHER, reads=who("session another day")),
    Line("withdraw", "receipt", TEACHER),
    Line("withdraw-old", "receipt", TEACHER),
    Line("school:{tilleuls}", "which school?", TEACHER),
    Line("matter:child", "asking receipt", TEACHER, reads=COVER),
    Line("call-me", "receipt", TEACHER),
    Line("call-slot:1", "receipt", NOBODY),
    Line("call-back", "receipt", TEACHER),
    # the référente's card
    Line("call", "card", REFERENTE),
    Line("tag:pre", "card", REFERENTE),
    Line("why", "card", REFERENTE),
    Line("more", "card", REFERENTE),
    Line("ready", "card", REFERENTE),
    Line("ready:pre", "card", REFERENTE),
    Line("ready-send", "ready message", REFERENTE),
    Line("ready-drop", "ready message", REFERENTE),
    Line("back", "card", REFERENTE),
    Line("close", "card", REFERENTE),
    Line("wait", "card", REFERENTE),
    Line("split", "card", REFERENTE),
    Line("take", "closed card", who("coordinatrice"), reads=who("coordinatrice")),
    Line("give", "card", who("referente", "coordinatrice")),
    Line("give-to:{Esmaman}", "card", who("referente", "coordinatrice")),
    Line("accept", "proposal", COVER, reads=COVER),
    Line("decline", "proposal", COVER),
    Line("done", "card", REFERENTE),
    Line("later", "card", REFERENTE),
    Line("later-at:tomorrow", "card", NOBODY),
    Line("later-back", "card", REFERENTE),
    # an offer, before a promise passes
    Line("take-offer", "offer", who("session another day"), reads=who("session another day")),
    Line("refuse-offer", "offer", who("session another day"), reads=TEAM),
    Line("cannot", "card", NOBODY),
    Line("is-away", "offer", NOBODY),
    Line("offer-back", "offer", NOBODY),
    # « À qui ? »
    Line("to:{T}", "to whom?", REFERENTE),
    Line("to-more", "to whom?", REFERENTE),
    Line("unsend", "sent", REFERENTE),
    # alerts
    Line("read-alert", "alert", REFERENTE),
    Line("handle-alert", "opened alert", COVER, reads=COVER),
    Line("cannot-alert", "alert", who("referente", "cover")),
    Line("staff-no-danger", "team's danger card", REFERENTE),
    Line("seen", "today's ring", who("session today"), reads=who("session today")),
    Line("seen:call", "today's ring", who("session today"), reads=who("session today")),
    # people
    Line("know:no", "known?", REFERENTE),
    Line("leave-yes", "receipt", KNOWN, reads=TEAM),
    Line("leave-no", "receipt", TEAM | TEACHER),
    Line("ring:always", None, STAFF),
    Line("night:yes", None, STAFF),
    Line("hide:no", None, STAFF),
    Line("night-away:yes", None, STAFF),
    Line("morning:yes", None, STAFF),
    Line("absent:{Chantal}.today", None, who("referente", "cover", "coordinatrice"), reads=TEAM),
    Line("staff-cut:{Chantal}", None, who("coordinatrice"), reads=TEAM),
    Line("staff-link:{Chantal}", None, who("coordinatrice")),
    # what has no open question on this stage
    *(
        Line(data, None)
        for data in (
            "read-notice", "more-notice", "class:CE1", "classes", "class-pick:CE1", "classes-done",
            "class-other", "school-role:head", "class-back", "write-name", "change-class", "still:yes",
            "away:today", "away-half:1", "away-day:2026-11-25", "away-month:2026-12", "away-back",
            "away-blank", "away-cancel:1", "away-cover:1", "away-by:1.1", "away-noted:1", "staff-all",
            "staff-one:{Chantal}", "staff-lost:{Chantal}", "noted-start", "noted-who:1", "noted-other",
            "noted-school:1", "noted-what:clas", "noted-owes:nothing", "plan:1", "plan-keep",
            "plan-drop", "plan-message", "meet-yes", "meet-move", "meet-cancel", "meet-cannot",
            "meet-show:1", "meet-contact:1",
            "series-yes", "series-one", "series-cancel", "series-off", "series-back", "series-agenda",
            "meet-agenda", "meet-crib", "meet-topic", "meet-follow", "meet-nothing", "digest-open",
            "digest-card:{T}", "digest-at:fri14", "feed-close",
        )
    ),
)  # fmt: skip

MATTERS_ELSEWHERE = ("away-cancel", "away-noted", "away-cover", "away-by")
"""Verbs whose argument names one of somebody's own absences: their own table of forged touches has them."""


async def test_every_button_has_its_line() -> None:
    assert {line.data.partition(":")[0] for line in TABLE} == set(VERBS)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(prepared_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    path = tmp_path_factory.mktemp("authorisation") / "stage.db"
    shutil.copy(prepared_sqlite, path)
    telegram = LocalBotApi()
    await telegram.start()
    built = await build(f"sqlite+aiosqlite:///{path}", make_bot(telegram.token, telegram.base_url))
    yield built
    await built.close()
    await telegram.stop()


def refs(stage: Stage, role: str, line: Line) -> list[str]:
    """The bubble it belongs on, if it is in her chat; else one of another chat, and each of hers."""
    if line.on is not None and stage.bubbles[line.on][0] == str(ROLES[role]):
        return [stage.bubbles[line.on][1]]
    foreign = stage.bubbles[line.on or "card"][1]
    return [foreign, *stage.own(role)]


def words_shown(said: list[tuple[str, str]], allowed: frozenset[str] | set[str]) -> list[str]:
    """The chats, beyond those that may, to which the child's words would go."""
    chats = {str(ROLES[role]) for role in allowed if role}
    return [address for address, text in said if SECRET in text and address not in chats]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("line", TABLE, ids=lambda line: line.data)
async def test_a_button(stage: Stage, line: Line, role: str) -> None:
    outcomes = [
        await tried(stage, role, pressed(role, ref, stage.data(line.data))) for ref in refs(stage, role, line)
    ]
    for outcome in outcomes:
        assert SECRET not in outcome.toast
        assert words_shown(outcome.said, READERS | line.reads | {role if role in line.may else ""}) == []
    if role in line.may:
        assert any(outcome.changed or outcome.own for outcome in outcomes), "what is allowed does something"
    elif line.data.partition(":")[0] not in MATTERS_ELSEWHERE:
        assert [outcome.changed for outcome in outcomes if not outcome.nothing] == []
        assert all(SECRET not in text for outcome in outcomes for _, text in outcome.said)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "data",
    [
        "",
        "nonsense",
        "tag:" + "x" * 50,
        "to:999999999999999999999",
        "school:99999999999999999999999",
        "give-to:-1",
    ],
)
async def test_nonsense_changes_nothing(stage: Stage, data: str, role: str) -> None:
    for ref in (*stage.own(role), "501", "99999"):
        outcome = await tried(stage, role, pressed(role, ref, data))
        assert outcome.nothing
        assert SECRET not in outcome.toast


DOOR = "Personne n'a lu votre message"
COMMANDS: dict[str, tuple[frozenset[str], str]] = {
    # the command, for whom it works, and what the others known to us read
    "/absence": (STAFF, "pour l'équipe"),
    "/rythme": (STAFF, "pour l'équipe"),
    "/equipe": (frozenset({"coordinatrice"}), "pour la coordinatrice"),
    "/aide": (KNOWN, ""),
    "/quitter": (KNOWN, ""),
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("command", COMMANDS)
async def test_a_command(stage: Stage, command: str, role: str) -> None:
    works_for, refusal = COMMANDS[command]
    outcome = await tried(stage, role, written(role, command))
    [(address, text)] = [(address, text) for address, text in outcome.said]
    assert address == str(ROLES[role])
    assert (DOOR in text) == (role not in KNOWN)
    if role in KNOWN and role not in works_for:
        assert refusal in text
    assert SECRET not in text
    assert set(outcome.changed) <= {"rhythms"}, "a command alone decides nothing"


@pytest.mark.parametrize("role", ROLES)
async def test_retirer_takes_back_ones_own_words_only(stage: Stage, role: str) -> None:
    for ref in (*stage.own(role), stage.bubbles["source"][1], stage.bubbles["card"][1]):
        outcome = await tried(stage, role, written(role, "/retirer", reply_to=ref))
        hers = role == "teacher" and ref in (stage.bubbles["source"][1], stage.bubbles["source too"][1])
        assert ("messages" in outcome.changed) == hers, ref
        assert words_shown(outcome.said, READERS) == []


@pytest.mark.parametrize("role", ROLES)
async def test_words_that_reply_reach_only_the_conversation_of_whoever_has_it(
    stage: Stage, role: str
) -> None:
    may = {
        "teacher": {ref for chat, ref in stage.bubbles.values() if chat == str(ROLES["teacher"])},
        "referente": {ref for chat, ref in stage.bubbles.values() if chat == str(ROLES["referente"])},
        "cover": {stage.bubbles["opened alert"][1], stage.bubbles["proposal"][1]},
        "session today": {stage.bubbles["today's ring"][1]},
        "session another day": {stage.bubbles["offer"][1]},
    }
    for ref in (*stage.own(role), stage.bubbles["card"][1], stage.bubbles["receipt"][1]):
        outcome = await tried(stage, role, written(role, "Bonjour, un mot.", reply_to=ref))
        assert words_shown(outcome.said, READERS | {role if ref in may.get(role, set()) else ""}) == []
        if role not in KNOWN:
            assert outcome.nothing
            assert all(DOOR in text for _, text in outcome.said)
        if role in STAFF and ref not in may.get(role, set()):
            assert "messages" not in outcome.changed, ref


@pytest.mark.parametrize("role", ROLES)
async def test_an_edit_changes_ones_own_words_only(stage: Stage, role: str) -> None:
    for ref in (stage.bubbles["source"][1], stage.bubbles["card"][1]):
        outcome = await tried(stage, role, written(role, "Autre chose.", edits=ref))
        assert words_shown(outcome.said, READERS) == []
        if role in STAFF or role not in KNOWN:
            assert "messages" not in outcome.changed
