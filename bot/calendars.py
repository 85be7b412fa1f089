"""The two calendars: when a school has class, when a centre is closed; kept in the database.

The years we ship (data/zone_*.json) are there from the first start; a published file that is imported
corrects and prolongs them. Every refusal keeps what was known.
"""

from datetime import date, time
from pathlib import Path

from bot import ical, owe
from bot.rules.calendar import Break, LocalDay, SchoolCalendar, merged, warn_from
from bot.rules.calendar_import import ZONES, NotWhole, read_export, read_zone_file, zones_in
from bot.rules.hours import next_opening
from bot.rules.paris import at, local_date
from bot.team import address_of, hours_of
from bot.texts import calendars as texts
from storage import calendars, due, people
from storage.calendars import ImportedClosure, Zone
from storage.centres import Centre, all_centres
from storage.due import Due
from storage.store import Work

SHIPPED = Path(__file__).parent.parent / "data"
LARGEST = 8 * 1024 * 1024
"""Bytes; the whole official export has about one million."""
MORNING = time(9)
ENDS = "calendar-ends"
"""The due row that warns the coordinatrice: its subject is a centre, its slot the zone and the last day."""


class CalendarRefused(Exception):
    """A file that is not imported: one sentence says why. What was known is kept."""


async def seed(work: Work) -> None:
    """Know at least the years we ship; what was imported since corrects them."""
    for name in ZONES:
        shipped = read_zone_file((SHIPPED / f"zone_{name.lower()}.json").read_text(encoding="utf-8"))
        known = await calendars.zone(work.session, name)
        if known is None:
            await _keep(work, shipped)
        elif known[0].known_until < shipped.known_until:
            await _keep(work, merged(shipped, await of_zone(work, name)))
    await plan_warnings(work)


async def of_zone(work: Work, name: str) -> SchoolCalendar:
    """A zone's calendar; one that knows no day when the zone was never published here."""
    known = await calendars.zone(work.session, name)
    if known is None:
        return SchoolCalendar(name, (), date.max, date.min)
    row, breaks = known
    return SchoolCalendar(
        zone=name,
        breaks=tuple(Break(*one) for one in breaks),
        known_from=row.known_from,
        known_until=row.known_until,
    )


async def of_school(work: Work, school_id: int) -> SchoolCalendar:
    """A school's calendar: its zone's, with its own days."""
    calendar = await of_zone(work, await calendars.zone_of_school(work.session, school_id))
    own = await calendars.local_days(work.session, school_id)
    return calendar.with_local_days(tuple(LocalDay(one.day, one.has_class, one.reason) for one in own))


async def _keep(work: Work, calendar: SchoolCalendar) -> None:
    await calendars.forget_breaks(work.session, calendar.zone)
    known = await calendars.zone(work.session, calendar.zone)
    row = known[0] if known is not None else work.add(Zone(name=calendar.zone))
    row.known_from, row.known_until = calendar.known_from, calendar.known_until
    await work.flush()
    for one in calendar.breaks:
        work.add(calendars.Break(zone=calendar.zone, name=one.name, first=one.first, last=one.last))
    await work.flush()


# ── Importing ────────────────────────────────────────────────────────────────────────────────


async def import_file(
    work: Work, content: bytes, *, zone: str | None = None, centre: str | None = None
) -> list[str]:
    """Take in the official export (JSON or CSV) or a centre's iCal; return what is known now, in sentences.

    ``zone``: only this one of the export's; ``centre``: whose iCal it is, when there are several centres.

    Raises:
        CalendarRefused: with the sentence for the operator; nothing was changed.
    """
    if len(content) > LARGEST:
        raise CalendarRefused("Ce fichier est trop gros pour un calendrier.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CalendarRefused("Ce fichier n'est pas un texte en UTF-8.") from None
    try:
        if text.lstrip()[:15].upper() == "BEGIN:VCALENDAR":
            return await _import_closures(work, text, centre)
        return await _import_zones(work, text, zone)
    except ValueError as error:
        raise CalendarRefused(f"Rien n'est changé : {error}.") from None


async def _import_zones(work: Work, text: str, only: str | None) -> list[str]:
    names = zones_in(text) if only is None else [only]
    if not names:
        raise ValueError("ce fichier ne parle d'aucune des zones A, B et C")
    # All are read before any is kept: a file that contradicts itself somewhere is not half taken.
    read, said = [], []
    for name in names:
        try:
            read.append(read_export(text, zone=name, today=local_date(work.now)))
        except NotWhole as error:
            if name == names[-1] and not read:
                raise
            said.append(f"Zone {name} inchangée : {error}.")
    for fresh in read:
        known = await of_zone(work, fresh.zone)
        whole = merged(known, fresh) if known.known_from <= known.known_until else fresh
        await _keep(work, whole)
        said.append(
            f"Zone {whole.zone} : vacances connues du {whole.known_from:%d/%m/%Y}"
            f" au {whole.known_until:%d/%m/%Y}."
        )
    await plan_warnings(work)
    return said


async def _import_closures(work: Work, text: str, name: str | None) -> list[str]:
    found = ical.closures(text, local_date(work.now))
    centre = await _centre(work, name)
    await calendars.forget_imported(work.session, centre.id)
    for first, last in found:
        work.add(ImportedClosure(centre_id=centre.id, first=first, last=last))
    await work.flush()
    days = ", ".join(f"du {first:%d/%m/%Y} au {last:%d/%m/%Y}" for first, last in found)
    return [f"{centre.name} : fermé {days}."]


async def _centre(work: Work, name: str | None) -> Centre:
    known = await all_centres(work.session)
    if name is None and len(known) == 1:
        return known[0]
    found = next((one for one in known if one.name == name), None)
    if found is None:
        names = ", ".join(f"« {one.name} »" for one in known) or "aucun centre n'est connu"
        asked = (
            "à quel centre est ce calendrier ? Dites-le avec --centre" if name is None else "centre inconnu"
        )
        raise ValueError(f"{asked} ({names})")
    return found


# ── The end of what is known ─────────────────────────────────────────────────────────────────


async def plan_warnings(work: Work) -> None:
    """Each coordinatrice is to be told, six months before, that the published years end."""
    for centre_id, zone in await calendars.centres_and_zones(work.session):
        calendar = await of_zone(work, zone)
        if calendar.known_until < calendar.known_from:
            continue
        day = at(warn_from(calendar), MORNING)
        when = next_opening(await hours_of(work, centre_id), max(day, work.now)) or day
        slot = f"{zone}:{calendar.known_until}"
        await due.plan(work.session, ENDS, centre_id, when, slot)


async def ends(work: Work, row: Due) -> None:
    """The known years end in six months, unless they were prolonged since."""
    zone, _, written = row.slot.partition(":")
    calendar = await of_zone(work, zone)
    if calendar.known_until != date.fromisoformat(written):
        return
    for person_id in await people.coordinatrices(work.session, row.subject_id, local_date(work.now)):
        address = await address_of(work, person_id)
        if address is not None:
            words = texts.ends(zone=zone, last=calendar.known_until, now=work.now)
            owe.send(work, address, words, part="note", dedup=f"{ENDS}:{row.id}:{person_id}")
