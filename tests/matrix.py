"""The stage of the authorisation table: everybody who may press something, and one bubble of each kind.

Awa has written to Chantal about a child; nothing of it may move, or be shown, by anybody else's touch.
A press goes through the real handler on a real database and is rolled back.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from telegram import Bot

from bot.apply import apply
from bot.centres import parse
from storage import centres, people
from storage.absences import Absence
from storage.alerts import Alert, Ring
from storage.conversations import Bubble, Conversation, Message
from storage.dialogues import Dialogue
from storage.encryption import unlock
from storage.people import Account, Membership, Person
from storage.promises import OFFER, Ask
from storage.store import Store, Work
from tests.databases import KEY

NOW = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)
"""A Tuesday morning, 10:05 in Paris: Léa runs today's session, Maud Thursday's."""
SECRET = "Yanis"
CENTRES = (Path(__file__).parent.parent / "centres.toml").read_text(encoding="utf-8")

ROLES = {
    "unknown": 100,
    "revoked": 101,
    "to confirm": 102,
    "teacher elsewhere": 103,
    "teacher": 104,
    "directrice": 105,
    "past substitute": 106,
    "referente elsewhere": 107,
    "referente": 108,
    "cover": 109,
    "session today": 110,
    "session another day": 111,
    "coordinatrice": 112,
}
"""Each role and its chat; « teacher » is Awa, « referente » Chantal, « cover » Esmaman."""
TEACHERS = frozenset({"to confirm", "teacher elsewhere", "teacher", "directrice"})
TEAM = frozenset({"referente", "cover", "session today", "session another day", "coordinatrice"})
STAFF = TEAM | {"referente elsewhere"}
KNOWN = TEACHERS | STAFF
NAMED = {
    "referente elsewhere": "Nadia",
    "referente": "Chantal",
    "cover": "Esmaman",
    "session today": "Léa",
    "session another day": "Maud",
    "coordinatrice": "Farida",
}


@dataclass
class Stage:
    """Ids of what stands there, and where each kind of bubble stands: its chat and its ref."""

    store: Store
    bot: Bot
    persons: dict[str, int] = field(default_factory=dict)
    bubbles: dict[str, tuple[str, str]] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    before: dict[str, Counter[str]] = field(default_factory=dict)
    """Every row as it stands: the same for each cell, since nothing is kept."""

    def data(self, template: str) -> str:
        """``tag:{T}`` with the ids filled in."""
        return template.format(**self.ids)

    async def close(self) -> None:
        """Let go of the database and of Telegram."""
        await self.bot.shutdown()
        await self.store.close()

    def own(self, role: str) -> list[str]:
        """The refs of the bubbles in this role's chat."""
        return [ref for chat, ref in self.bubbles.values() if chat == str(ROLES[role])]


async def build(url: str, bot: Bot) -> Stage:
    """Everybody and everything, committed."""
    unlock(KEY)
    store = Store(url)
    await bot.initialize()
    stage = Stage(store, bot)
    async with store.work(NOW) as work:
        await apply(work, parse(CENTRES))
    async with store.work(NOW) as work:
        await _people(work, stage)
    async with store.work(NOW) as work:
        await _bubbles(work, stage)
    return stage


async def _people(work: Work, stage: Stage) -> None:
    tilleuls = await centres.school_named(work.session, "Les Tilleuls")
    verger = await centres.school_named(work.session, "Le Verger")
    assert tilleuls is not None
    assert verger is not None
    stage.ids |= {"tilleuls": tilleuls.id, "verger": verger.id, "centre": tilleuls.centre_id}
    for role, name in NAMED.items():
        person = await people.staff_named(work.session, name)
        if person is None:
            person = work.add(Person(name=name))
            await work.flush()
            work.add(
                Membership(
                    person_id=person.id,
                    centre_id=tilleuls.centre_id,
                    role="référente",
                    first=date(2026, 9, 1),
                )
            )
        stage.persons[role] = person.id
        stage.ids[name] = person.id
    for session in await centres.sessions(work.session, tilleuls.centre_id):
        session.person_id = stage.ids["Léa" if session.weekday == NOW.weekday() else "Maud"]
    for role in ("revoked", "to confirm", "teacher elsewhere", "teacher", "directrice", "past substitute"):
        person = work.add(Person(name=f"Mme {role}"))
        await work.flush()
        stage.persons[role] = person.id
        work.add(
            Membership(
                person_id=person.id,
                centre_id=tilleuls.centre_id,
                school_id=verger.id if role == "teacher elsewhere" else tilleuls.id,
                role={"directrice": "directrice", "past substitute": "remplaçante"}.get(role, "enseignante"),
                classes="CE1",
                first=date(2026, 9, 1),
                last=date(2026, 11, 23) if role == "past substitute" else None,
                confirmed_at=None if role == "to confirm" else NOW,
                ended_at=NOW - timedelta(days=1) if role == "revoked" else None,
            )
        )
    for role, person_id in stage.persons.items():
        work.add(Account(person_id=person_id, address=str(ROLES[role]), joined_at=NOW - timedelta(days=30)))


def _conversation(work: Work, stage: Stage, reader: str, **others: Any) -> Conversation:
    given: dict[str, Any] = {"referente_id": stage.persons["referente"], "current": False} | others
    return work.add(
        Conversation(
            centre_id=stage.ids["centre"],
            school_id=stage.ids["tilleuls"],
            teacher_id=stage.persons["teacher"],
            reader_id=stage.persons[reader],
            opened_at=NOW,
            last_teacher_at=NOW,
            promised_at=NOW + timedelta(days=2),
            territory="clas",
            reason="homework_undone",
            **given,
        )
    )


def _message(work: Work, stage: Stage, conversation: Conversation, words: str, **others: Any) -> Message:
    return work.add(
        Message(
            centre_id=stage.ids["centre"],
            conversation=conversation,
            author_id=stage.persons["teacher"],
            from_teacher=True,
            text=f"{SECRET} B. {words}",
            said_at=NOW,
            **others,
        )
    )


def _bubble(  # the bubble is found again under the name it stands by in the table
    work: Work, stage: Stage, name: str, role: str, part: str, conversation: Conversation, message: Message
) -> Bubble:
    ref = str(len(stage.bubbles) + 501)
    stage.bubbles[name] = (str(ROLES[role]), ref)
    return work.add(
        Bubble(
            centre_id=stage.ids["centre"],
            conversation=conversation,
            message=message,
            address=str(ROLES[role]),
            ref=ref,
            part=part,
            made_at=NOW,
        )
    )


async def _bubbles(work: Work, stage: Stage) -> None:
    t = _conversation(work, stage, "referente", current=True)
    first = _message(work, stage, t, "ne rend plus ses devoirs.", old_text=f"{SECRET} d'avant")
    more = _message(work, stage, t, "aime le dessin.")
    await work.flush()
    stage.ids["T"] = t.id
    _bubble(work, stage, "source", "teacher", "source", t, first)
    _bubble(work, stage, "source too", "teacher", "source", t, more)
    _bubble(work, stage, "receipt", "teacher", "receipt", t, first)
    _bubble(work, stage, "card", "referente", "card", t, first)
    _bubble(work, stage, "passed card", "cover", "passed", t, first)
    proposal = _bubble(work, stage, "proposal", "cover", "proposal", t, first)
    known = _bubble(work, stage, "known?", "referente", "question", t, first)
    ready = _bubble(work, stage, "ready message", "referente", "ready", t, first)
    offer = _bubble(work, stage, "offer", "session another day", "offer", t, first)
    await work.flush()
    about = {"giver": stage.persons["referente"], "receiver": stage.persons["cover"]}
    _dialogue(work, stage, "cover", f"proposed:{proposal.id}", proposal, about)
    _dialogue(work, stage, "referente", f"ready:{ready.id}", ready, {}, f"{SECRET} : le PRE.")
    assert known.id
    work.add(
        Ask(
            centre_id=stage.ids["centre"],
            conversation=t,
            person_id=stage.persons["session another day"],
            what=OFFER,
            opens=True,
            promised_at=NOW + timedelta(days=2),
            asked_at=NOW,
            bubble=offer,
        )
    )

    closed = _conversation(work, stage, "coordinatrice", opens=False)
    hidden = _message(work, stage, closed, "est triste.")
    await work.flush()
    stage.ids["C"] = closed.id
    _bubble(work, stage, "closed card", "coordinatrice", "closed-card", closed, hidden)

    away = _conversation(work, stage, "cover", referente_id=stage.persons["session another day"])
    waits = _message(work, stage, away, "attend.")
    await work.flush()
    work.add(
        Absence(
            person_id=stage.persons["session another day"],
            first=date(2026, 11, 24),
            last=date(2026, 11, 24),
            declared_by_id=stage.persons["session another day"],
        )
    )
    _bubble(work, stage, "receipt while away", "teacher", "receipt", away, waits)
    await _unsure(work, stage)

    await _danger(work, stage)
    await _questions(work, stage, t, first)


async def _unsure(work: Work, stage: Stage) -> None:
    """The PRE of her school is Esmaman's: Awa's receipt asks what it is about."""
    work.add(
        centres.Coverage(
            centre_id=stage.ids["centre"],
            school_id=stage.ids["tilleuls"],
            action="pre",
            person_id=stage.persons["cover"],
        )
    )
    unsure = _conversation(work, stage, "referente", unsure=True)
    vague = _message(work, stage, unsure, "inquiète.")
    await work.flush()
    _bubble(work, stage, "asking receipt", "teacher", "receipt", unsure, vague)


async def _danger(work: Work, stage: Stage) -> None:
    d = _conversation(work, stage, "referente", danger_at=NOW)
    grave = _message(work, stage, d, "a peur.")
    await work.flush()
    _bubble(work, stage, "danger card", "teacher", "danger-card", d, grave)
    _bubble(work, stage, "alert receipt", "teacher", "alert-receipt", d, grave)
    rung = _bubble(work, stage, "alert", "referente", "alert", d, grave)
    opened = _bubble(work, stage, "opened alert", "cover", "alert-open", d, grave)
    _bubble(work, stage, "team's danger card", "referente", "danger-card", d, grave)
    alert = work.add(
        Alert(
            centre_id=stage.ids["centre"],
            conversation=d,
            message=grave,
            kind="danger",
            chain=[stage.persons["referente"], stage.persons["cover"]],
            raised_at=NOW,
            rings_at=NOW,
        )
    )
    s = _conversation(work, stage, "referente")
    tonight = _message(work, stage, s, "ne viendra pas ce soir.", today=True)
    await work.flush()
    seen = _bubble(work, stage, "today's ring", "session today", "today", s, tonight)
    about_today = work.add(
        Alert(
            centre_id=stage.ids["centre"],
            conversation=s,
            message=tonight,
            kind="today",
            chain=[stage.persons["session today"]],
            raised_at=NOW,
            rings_at=NOW,
        )
    )
    await work.flush()
    for one, role, bubble in (
        (alert, "referente", rung),
        (alert, "cover", opened),
        (about_today, "session today", seen),
    ):
        work.add(
            Ring(
                alert_id=one.id,
                person_id=stage.persons[role],
                number=1,
                rung_at=NOW,
                bubble_id=bubble.id,
            )
        )


def _dialogue(
    work: Work,
    stage: Stage,
    role: str,
    kind: str,
    bubble: Bubble,
    about: dict[str, Any],
    words: str | None = None,
) -> None:
    work.add(
        Dialogue(address=str(ROLES[role]), kind=kind, bubble=bubble, about=about, words=words, asked_at=NOW)
    )


async def _questions(work: Work, stage: Stage, t: Conversation, first: Message) -> None:
    waiting = {"address": str(ROLES["referente"]), "ref": "701", "kind": "text", "words": f"{SECRET} attendu"}
    asked = _bubble(work, stage, "to whom?", "referente", "question", t, first)
    sent = _bubble(work, stage, "sent", "referente", "question", t, first)
    school = _bubble(work, stage, "which school?", "teacher", "question", t, first)
    answer = work.add(
        Message(
            centre_id=stage.ids["centre"],
            conversation=t,
            author_id=stage.persons["referente"],
            from_teacher=False,
            text=f"{SECRET} : oui.",
            said_at=NOW,
        )
    )
    await work.flush()
    _dialogue(work, stage, "referente", "to-whom", asked, {}, json.dumps([waiting]))
    _dialogue(
        work, stage, "referente", f"unsend:{sent.id}", sent, {"messages": [answer.id], "before": "waiting"}
    )
    hers = waiting | {"address": str(ROLES["teacher"]), "ref": "702"}
    _dialogue(work, stage, "teacher", "which-school", school, {}, json.dumps([hers]))
