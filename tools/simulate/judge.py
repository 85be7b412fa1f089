"""What must have come, reckoned beside from the rules and the outages alone, and what did."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from sqlalchemy import select

from bot.centres import CentresFile
from bot.rules.calendar import SchoolCalendar
from bot.rules.paris import at
from bot.rules.period import periods, told_at
from bot.rules.reminders import Kind, To, meeting_reminders
from bot.rules.soliciting import next_soliciting
from bot.rules.week import digest_moment, week_of
from storage.conversations import Bubble
from storage.meetings import MeetingBubble
from storage.outbox import OutboxRow
from storage.store import Work
from tools.invented import HOURS

A_WEEK = timedelta(days=7)
Key = TypeVar("Key")


@dataclass
class Report:
    """What came of it."""

    meetings: int = 0
    reminders: int = 0
    too_late: int = 0
    digests: int = 0
    periods: int = 0
    restarts: int = 0
    outages: int = 0
    seconds: float = 0.0
    missed: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)

    def said(self) -> str:
        """In a few lines."""
        return (
            f"{self.meetings} meetings, {self.reminders} reminders, {self.too_late} too late (said), "
            f"{self.digests} digests, {self.periods} periods, "
            f"{self.restarts} restarts, {self.outages} outages, {self.seconds:.0f} s\n"
            f"missed {len(self.missed)}, doubled {len(self.doubled)}"
            + "".join(f"\n  {one}" for one in (*self.missed, *self.doubled)[:10])
        )


@dataclass(frozen=True)
class Wish:
    """A meeting somebody will propose at a moment."""

    made: datetime
    school: str
    day: date
    start: time
    confirmed: bool


@dataclass
class Kept:
    """A meeting that was proposed, with what it was reckoned from."""

    id: int
    wish: Wish
    made: datetime
    arrives: datetime
    referente: str
    contact: str


@dataclass
class Expected:
    """What must come: from the file, the calendars, the outages, and the meetings that were proposed.

    ``address``: the chat of each name.
    """

    file: CentresFile
    calendars: Mapping[str, SchoolCalendar]
    outages: Sequence[tuple[datetime, datetime]]
    kept: Sequence[Kept]
    address: Mapping[str, str]
    begins: date
    ends: datetime

    def __post_init__(self) -> None:
        zones = {one.name: one.zone for one in self.file.towns}
        self.zone = {one.name: zones[one.town] for one in self.file.schools}

    def _up(self, moment: datetime) -> datetime:
        """When the service first runs from that moment on."""
        return next((end for start, end in self.outages if start <= moment < end), moment)

    def reminders(self) -> Counter[tuple[int, str, datetime]]:
        """Meeting, chat and moment of each."""
        found: Counter[tuple[int, str, datetime]] = Counter()
        for kept in self.kept:
            calendar = self.calendars[self.zone[kept.wish.school]]
            planned = [
                one for one in meeting_reminders(kept.arrives, calendar, HOURS, []) if one.at > kept.made
            ]
            for to, address in ((To.REFERENTE, kept.referente), (To.CONTACT, kept.contact)):
                # Of those that an outage brings to the same moment, the last says more.
                last = {self._up(one.at): one for one in planned if one.to is to}
                for moment, reminder in last.items():
                    asked = self._asked(moment, calendar) if to is To.CONTACT else moment
                    unneeded = to is To.CONTACT and reminder.kind is Kind.J1 and kept.wish.confirmed
                    if asked is not None and asked < kept.arrives and not unneeded:
                        found[kept.id, address, asked] += 1
        return found

    def _asked(self, moment: datetime, calendar: SchoolCalendar) -> datetime | None:
        """A contact's late reminder waits for her hours, and again if the service is down then."""
        when = next_soliciting(moment, calendar)
        while when is not None and self._up(when) != when:
            when = next_soliciting(self._up(when), calendar)
        return when

    def digests(self) -> Counter[tuple[str, str]]:
        """Chat and week of each."""
        found: Counter[tuple[str, str]] = Counter()
        monday = self.begins
        while at(monday, time(0)) < self.ends:
            week, after = week_of(at(monday, time(12))), week_of(at(monday + A_WEEK, time(12)))
            moment, following = digest_moment(week, HOURS), digest_moment(after, HOURS)
            if moment is not None and moment < self.ends:
                told = self._up(moment)
                if following is None or following > told:
                    found.update((self.address[one.name], str(week)) for one in self.file.staff)
            monday += A_WEEK
        return found

    def periods(self) -> Counter[tuple[str, str]]:
        """Each coordinatrice and each period that ends, unless it was slept through until the next."""
        found: Counter[tuple[str, str]] = Counter()
        zone_of_centre = {one.centre: self.zone[one.name] for one in self.file.schools}
        heads = [one for one in self.file.staff if one.role == "coordinatrice"]
        for head in heads:
            moments = [
                (str(one), told_at(one, HOURS))
                for one in periods(self.calendars[zone_of_centre[head.centre[0]]])
            ]
            told = [(name, moment) for name, moment in moments if moment is not None]
            for place, (name, moment) in enumerate(told):
                following = told[place + 1][1] if place + 1 < len(told) else self.ends
                if at(self.begins, time()) <= moment < self.ends and self._up(moment) < following:
                    found[self.address[head.name], name] += 1
        return found


async def judge(work: Work, expected: Expected, report: Report) -> None:
    """Compare with what is there: bubbles with one outbox row each."""
    there = list(
        await work.session.execute(
            select(MeetingBubble.meeting_id, Bubble.address, Bubble.made_at, Bubble.part)
            .join(Bubble, Bubble.id == MeetingBubble.bubble_id)
            .join(OutboxRow, (OutboxRow.bubble_id == Bubble.id) & (OutboxRow.call == "send"))
            .where(Bubble.part.in_(("reminder", "too-late")))
        )
    )
    reminders = Counter((one[0], one[1], one[2]) for one in there if one[3] == "reminder")
    report.too_late = sum(one[3] == "too-late" for one in there)
    wanted = Counter({key: n for key, n in expected.reminders().items() if key[2] <= work.now})
    digests = await _told(work, "digest")
    told = await _told(work, "period")
    report.reminders, report.digests, report.periods = reminders.total(), digests.total(), told.total()
    _compare("reminder", reminders, wanted, report)
    _compare("digest", digests, expected.digests(), report)
    _compare("period", told, expected.periods(), report)


def _compare(what: str, seen: Counter[Key], meant: Counter[Key], report: Report) -> None:
    report.missed += [f"{what} {key}" for key in meant - seen]
    report.doubled += [f"{what} {key}" for key in seen - meant]


async def _told(work: Work, kind: str) -> Counter[tuple[str, str]]:
    """To which chat what was told, by the names of the outbox."""
    rows = await work.session.execute(
        select(OutboxRow.address, OutboxRow.dedup).where(OutboxRow.dedup.like(f"{kind}:%"))
    )
    return Counter((address, dedup.rpartition(":")[2]) for address, dedup in rows if dedup)
