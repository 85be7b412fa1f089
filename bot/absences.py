"""Days away: said in two touches, by oneself, the coordinatrice or a cover; never why."""

from datetime import date, datetime, time, timedelta

from bot import covers, handover, joining, meeting_planning, owe, team
from bot.incoming import Press
from bot.rights import Who, may
from bot.rules import absences as rules
from bot.rules.paris import MIDDAY, at, local_date
from bot.texts import absence as texts
from bot.texts import staff as staff_texts
from bot.texts import welcome
from storage import absences, dialogues, due, people
from storage.absences import Absence
from storage.conversations import Bubble
from storage.dialogues import Dialogue
from storage.due import Due
from storage.people import Known, Person
from storage.store import Work

HORIZON = timedelta(days=366)
SATURDAY = 5
LONGEST_ID = 9
"""Digits; a forged button may name more than a database can hold."""
BEGINS, ENDS = "absence", "absence-over"
"""The kinds of its two due rows."""
ONE_DAY = timedelta(days=1)
MORNING = time(8)
"""When, on her first day away, what still waits at hers is passed on: teachers are told then."""


async def show(work: Work, address: str) -> None:
    """`/absence`: her own days."""
    known = await joining.of_the_team(work, address, texts.staff_only())
    if known is None:
        return
    words, buttons = await question(work, known.person, by=known)
    bubble = owe.send(work, address, words, part="question", buttons=buttons)
    about = {"for": known.person.id}
    await dialogues.ask(work.session, address, "absence", work.now, bubble=bubble, about=about)


async def question(work: Work, person: Person, *, by: Known) -> tuple[str, texts.Buttons]:
    """The chooser of somebody's days, as ``by`` sees it."""
    noted = await _noted(work, person.id)
    lines = [
        texts.absence_line(days=_days(work, one), cover=await covers.who_reads(work, one)) for one in noted
    ]
    cancellable = [(one.id, _days(work, one)) for one in noted]
    weekend = local_date(work.now).weekday() >= SATURDAY
    buttons = texts.question_buttons(weekend=weekend, cancellable=cancellable)
    if person.id != by.person.id:
        buttons = (*buttons, *staff_texts.one_buttons(person=person.id))
    return texts.question(name=_name_for(by, person), already=lines), buttons


async def _noted(work: Work, person_id: int) -> list[Absence]:
    found = await absences.absences(work.session, [person_id], local_date(work.now))
    return sorted(found, key=lambda one: one.first)


def _name_for(by: Known, person: Person) -> str | None:
    """None when she speaks of herself."""
    return None if person.id == by.person.id else person.name


def _days(work: Work, absence: Absence) -> str:
    return texts.when(
        first=absence.first,
        last=absence.last,
        from_midday=absence.from_midday,
        until_midday=absence.until_midday,
        now=work.now,
    )


async def may_decide(work: Work, by: Known, person_id: int) -> bool:
    """Whether these days are hers to say: her own, her team's if she heads it, hers to cover."""
    if by.person.id == person_id:
        return bool(by.staff)
    if by.person.id in [one.cover_id for one in await absences.covers(work.session, [person_id])]:
        return True
    if not may(Who.COORDINATRICE, by):
        return False
    heads = {one.centre_id for one in by.staff if one.role == "coordinatrice"}
    hers = await people.memberships_of(work.session, person_id, local_date(work.now))
    return any(one.is_staff and one.centre_id in heads for one in hers)


# ── Choosing days ────────────────────────────────────────────────────────────────────────────


async def choose(work: Work, press: Press) -> str | None:
    """« Aujourd'hui », « Demain », « Cette semaine », « Choisir… »."""
    asked = await _standing(work, press)
    if asked is None or press.known is None:
        return welcome.stale()
    if press.argument == "pick":
        asked.about = {"for": asked.about["for"]}
        await _show_month(work, asked, local_date(work.now))
        return None
    span = _span(local_date(work.now), press.argument)
    if span is None:
        return welcome.stale()
    return await _declare(work, press, asked.about["for"], span)


def _span(today: date, said: str) -> rules.Absence | None:
    """What a button means; on a Saturday or a Sunday, the week is the one that comes."""
    tomorrow = today + timedelta(days=1)
    monday = today - timedelta(days=today.weekday())
    week = (today, monday + timedelta(days=6))
    if today.weekday() >= SATURDAY:
        week = (monday + timedelta(days=7), monday + timedelta(days=13))
    return {
        "today": rules.Absence(today, today),
        "tomorrow": rules.Absence(tomorrow, tomorrow),
        "afternoon": rules.Absence(today, today, from_midday=True),
        "morning": rules.Absence(tomorrow, tomorrow, until_midday=True),
        "week": rules.Absence(*week),
    }.get(said)


async def pick_day(work: Work, press: Press) -> str | None:
    """A day of the grid: the first, then the last."""
    asked = await _standing(work, press)
    day = _date(press.argument)
    today = local_date(work.now)
    if asked is None or day is None or day > today + HORIZON:
        return welcome.stale()
    if day < today:
        return texts.past()
    first = _date(asked.about.get("first", ""))
    if first is None:
        asked.about = asked.about | {"first": day.isoformat()}
        await _show_month(work, asked, day)
        return None
    if day < first:
        return texts.ends_before()
    return await _declare(work, press, asked.about["for"], rules.Absence(first, day))


async def turn_month(work: Work, press: Press) -> str | None:
    """The month beside."""
    asked = await _standing(work, press)
    shown = _date(f"{press.argument}-01")
    if asked is None or shown is None or shown > local_date(work.now) + HORIZON:
        return welcome.stale()
    await _show_month(work, asked, shown)
    return None


async def back(work: Work, press: Press) -> str | None:
    """The way back to the usual answers."""
    asked = await _standing(work, press)
    if asked is None or press.known is None:
        return welcome.stale()
    person = await work.session.get_one(Person, asked.about["for"])
    words, buttons = await question(work, person, by=press.known)
    await owe.edit(work, await work.session.get_one(Bubble, asked.bubble_id), words, buttons=buttons)
    return None


async def _show_month(work: Work, asked: Dialogue, shown: date) -> None:
    today = local_date(work.now)
    first = _date(asked.about.get("first", ""))
    words = texts.ask_first() if first is None else texts.ask_last(first=first, now=work.now)
    buttons = texts.days_buttons(shown=shown, earliest=first or today, latest=today + HORIZON)
    await owe.edit(work, await work.session.get_one(Bubble, asked.bubble_id), words, buttons=buttons)


async def _standing(work: Work, press: Press) -> Dialogue | None:
    """The chooser this press belongs to, if its days are still hers to say."""
    asked = await dialogues.open_in(work.session, press.address, "absence")
    if asked is None or press.bubble is None or asked.bubble_id != press.bubble.id or press.known is None:
        return None
    return asked if await may_decide(work, press.known, asked.about["for"]) else None


def number(said: str) -> int | None:
    """The id a button names; None for what no id of ours looks like."""
    return int(said) if said.isdecimal() and len(said) <= LONGEST_ID else None


def _date(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


# ── What was decided ─────────────────────────────────────────────────────────────────────────


async def declare_other(work: Work, press: Press) -> str | None:
    """« Chantal absente [Aujourd'hui] [Cette semaine] », from a nudge: ``<person id>.today|week``."""
    named, _, said = press.argument.partition(".")
    person_id, span = number(named), _span(local_date(work.now), said)
    if person_id is None or span is None or press.known is None:
        return welcome.stale()
    if not await may_decide(work, press.known, person_id):
        return texts.not_yours()
    return await _declare(work, press, person_id, span)


async def _declare(work: Work, press: Press, person_id: int, span: rules.Absence) -> str | None:
    if press.known is None or press.bubble is None:
        return welcome.stale()
    clash = await _clash(work, person_id, span)
    if clash is not None:
        return clash
    by = press.known.person
    absence = work.add(
        Absence(
            person_id=person_id,
            first=span.first,
            last=span.last,
            from_midday=span.from_midday,
            until_midday=span.until_midday,
            declared_by_id=by.id,
        )
    )
    await work.flush()
    await dialogues.close(work.session, press.address, "absence")
    await meeting_planning.replan_of(work, person_id)
    passed = 0
    if _begins(absence) <= work.now or (span.first <= local_date(work.now) and not span.from_midday):
        passed = await handover.pass_on_absent(work, person_id)
    else:
        await due.move(work.session, BEGINS, absence.id, _begins(absence))
    await due.move(work.session, ENDS, absence.id, _ends(absence))
    await _show_noted(work, press, absence, passed)
    if by.id != person_id:
        await _tell_her(work, absence, by)
    return None


async def _clash(work: Work, person_id: int, span: rules.Absence, besides: int = 0) -> str | None:
    """The toast, when she is away already on one of these half-days; ``besides``: but for that absence."""
    for one in await _noted(work, person_id):
        if one.id != besides and rules.overlap(covers.plain(one), span):
            return texts.overlaps(days=_days(work, one))
    return None


def _begins(absence: Absence) -> datetime:
    """When what still waits at hers is passed on."""
    return at(absence.first, MIDDAY if absence.from_midday else MORNING)


def _ends(absence: Absence) -> datetime:
    """When she is here again."""
    return at(absence.last, MIDDAY) if absence.until_midday else at(absence.last + ONE_DAY, MORNING)


async def choose_half(work: Work, press: Press) -> str | None:
    """From midday on, until midday: ``<absence id>.first|last``; a second touch takes it back."""
    absence_id, _, half = press.argument.partition(".")
    absence = await _hers(work, press, absence_id)
    if absence is None or absence.first <= local_date(work.now) or half not in ("first", "last"):
        return welcome.stale()
    span = rules.toggled(covers.plain(absence), half)
    clash = await _clash(work, absence.person_id, span, besides=absence.id)
    if clash is not None:
        return clash
    absence.from_midday, absence.until_midday = span.from_midday, span.until_midday
    await work.flush()
    await due.move(work.session, BEGINS, absence.id, _begins(absence))
    await due.move(work.session, ENDS, absence.id, _ends(absence))
    await meeting_planning.replan_of(work, absence.person_id)
    await _show_noted(work, press, absence)
    return None


async def _show_noted(work: Work, press: Press, absence: Absence, passed: int = 0) -> None:
    if press.known is None or press.bubble is None:
        return
    person = await work.session.get_one(Person, absence.person_id)
    words = texts.noted(
        name=_name_for(press.known, person),
        days=_days(work, absence),
        cover=await covers.who_reads(work, absence),
        instead_of=await covers.away_too(work, absence),
        head=await covers.head_name(work, absence),
        passed=passed,
    )
    missed = await covers.meetings_during(work, absence)
    if missed:
        words = f"{words}\n{texts.meetings(meetings=missed, now=work.now)}"
    halves = absence.first > local_date(work.now)
    alone = absence.first == absence.last
    buttons = texts.noted_buttons(absence=absence.id, halves=halves, one_day=alone)
    await owe.edit(work, press.bubble, words, buttons=buttons)


async def _tell_her(work: Work, absence: Absence, by: Person) -> None:
    address = await team.address_of(work, absence.person_id)
    if address is not None:
        cover = await covers.who_reads(work, absence)
        owe.send(
            work,
            address,
            texts.declared_by(by=by.name, days=_days(work, absence), cover=cover),
            part="note",
            buttons=texts.declared_buttons(absence=absence.id),
            silent=True,
        )


async def cancel(work: Work, press: Press) -> str | None:
    """« Annuler l'absence ». What was passed on stays with who has it, unless nobody reads it."""
    absence = await _hers(work, press, press.argument)
    if absence is None or press.known is None or press.bubble is None:
        return welcome.stale()
    absence.cancelled_at = work.now
    for kind in (BEGINS, ENDS):
        await due.cancel(work.session, kind, absence.id, work.now)
    await work.flush()
    await meeting_planning.replan_of(work, absence.person_id)
    await handover.catch_up(work, absence.person_id)
    person = await work.session.get_one(Person, absence.person_id)
    name = _name_for(press.known, person)
    await owe.edit(work, press.bubble, texts.cancelled(name=name, days=_days(work, absence)))
    return None


async def choose_cover(work: Work, press: Press) -> str | None:
    """« Changer de relais »: a grid of colleagues."""
    absence = await _hers(work, press, press.argument)
    if absence is None or press.bubble is None:
        return welcome.stale()
    colleagues = [(one.id, one.name) for one in await _colleagues(work, absence)]
    buttons = texts.cover_buttons(absence=absence.id, colleagues=colleagues)
    await owe.edit(work, press.bubble, texts.cover_question(days=_days(work, absence)), buttons=buttons)
    return None


async def set_cover(work: Work, press: Press) -> str | None:
    """A colleague of the grid: ``<absence id>.<person id>``."""
    absence_id, _, person_id = press.argument.partition(".")
    absence = await _hers(work, press, absence_id)
    if absence is None:
        return welcome.stale()
    chosen = next((one for one in await _colleagues(work, absence) if str(one.id) == person_id), None)
    if chosen is None:
        return welcome.stale()
    absence.cover_id = chosen.id
    await _show_noted(work, press, absence)
    return None


async def show_noted(work: Work, press: Press) -> str | None:
    """The way back from the grid of colleagues."""
    absence = await _hers(work, press, press.argument)
    if absence is None:
        return welcome.stale()
    await _show_noted(work, press, absence)
    return None


async def _colleagues(work: Work, absence: Absence) -> list[Person]:
    today = local_date(work.now)
    found: dict[int, Person] = {}
    for membership in await people.memberships_of(work.session, absence.person_id, today):
        if membership.is_staff:
            crew = await people.staff_of(work.session, membership.centre_id, today)
            found |= {one.id: one for one in crew if one.id != absence.person_id}
    return list(found.values())


async def _hers(work: Work, press: Press, absence_id: str) -> Absence | None:
    """The absence a button names, if it still stands and is hers to change."""
    wanted = number(absence_id)
    if wanted is None or press.known is None or press.bubble is None:
        return None
    absence = await work.session.get(Absence, wanted)
    if absence is None or absence.cancelled_at is not None:
        return None
    return absence if await may_decide(work, press.known, absence.person_id) else None


async def blank(work: Work, press: Press) -> str | None:
    """A cell of the grid that is no day."""
    return None


async def ends(work: Work, row: Due) -> None:
    """She is here again: what nobody could read meanwhile is hers."""
    absence = await work.session.get_one(Absence, row.subject_id)
    await handover.catch_up(work, absence.person_id)


async def begins(work: Work, row: Due) -> None:
    """Her first morning away: what waits at hers is passed on."""
    absence = await work.session.get_one(Absence, row.subject_id)
    if absence.cancelled_at is None and absence.last >= local_date(work.now):
        await handover.pass_on_absent(work, absence.person_id)
