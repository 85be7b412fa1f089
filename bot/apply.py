"""`apply`: make the database say what `centres.toml` says, and tell what that changed.

Applied twice, the same file changes nothing the second time. Nothing that people's words hang on is ever
removed: a centre, town or school that left the file is kept and said, and somebody who left it keeps her
access until `staff revoke`, which also hands her conversations over.
"""

from collections.abc import Iterable, Sequence
from datetime import time
from typing import Any

from bot import calendars, digest, handover, meeting_calendars
from bot.centres import WEEKDAYS, CentreEntry, CentresFile, SchoolEntry, StaffEntry, TownEntry
from bot.rules.paris import local_date
from storage import apply as stored
from storage.absences import Cover
from storage.base import Base
from storage.calendars import LocalDay
from storage.centres import EVERY_ACTION, Centre, Closure, Coverage, OpeningPeriod, School, Session, Town
from storage.people import Membership, Person, account_of
from storage.store import Work

FIELDS = {
    "telephone": "téléphone",
    "accepts": "ce qui est accepté",
    "kept_days": "jours de conservation",
    "pre": "PRE",
    "pre_contact": "contact du PRE",
    "alternative": "autre aide",
    "nursery_help": "aide en maternelle",
    "crip": "téléphone de la CRIP",
    "zone": "zone scolaire",
    "centre_id": "centre",
    "town_id": "ville",
    "midday_starts": "début de la pause de midi",
    "midday_ends": "fin de la pause de midi",
    "wednesdays": "classe le mercredi",
    "role": "rôle",
}


async def apply(work: Work, file: CentresFile) -> list[str]:
    """Bring the database to what the file says; return what changed, in plain sentences.

    The work must end well for anything to be kept.
    """
    return await _Apply(work).run(file)


class _Apply:
    """One application: the unit of work, what is known so far by name, and what was changed."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.said: list[str] = []
        self.centres: dict[str, Centre] = {}
        self.towns: dict[str, Town] = {}
        self.people: dict[str, Person] = {}

    async def run(self, file: CentresFile) -> list[str]:
        session = self.work.session
        self.centres = {row.name: row for row in await stored.all_of(session, Centre)}
        self.towns = {row.name: row for row in await stored.all_of(session, Town)}
        schools = {row.name: row for row in await stored.all_of(session, School)}
        self._left("centre", self.centres, [entry.name for entry in file.centres])
        self._left("ville", self.towns, [entry.name for entry in file.towns])
        self._left("école", schools, [entry.name for entry in file.schools])
        for centre in file.centres:
            self._centre(centre)
        for town in file.towns:
            self._town(town)
        await self.work.flush()
        await self._staff(file.staff)
        for centre in file.centres:
            await self._week(centre)
        for school in file.schools:
            await self._school(school, schools.get(school.name))
        await self.work.flush()
        await calendars.seed(self.work)
        await digest.begin(self.work)
        for row in self.centres.values():  # somebody may have left the team with things to answer
            await handover.take_in_unread(self.work, row.id)
        if self.said:
            await meeting_calendars.changed(self.work)
        return self.said

    def _left(self, what: str, known: Iterable[str], named: Sequence[str]) -> None:
        for name in known:
            if name not in named:
                self.said.append(f"{what} « {name} » : plus dans le fichier, gardé tel quel")

    def _centre(self, entry: CentreEntry) -> None:
        values = {
            "telephone": entry.telephone,
            "accepts": list(entry.accepts),
            "kept_days": entry.kept_days,
            "clas": entry.clas,
        }
        row = self.centres.get(entry.name)
        if row is None:
            self.centres[entry.name] = self.work.add(Centre(name=entry.name, **values))
            self.said.append(f"{entry.name} : ajouté")
        else:
            self._update(row, entry.name, values)

    def _town(self, entry: TownEntry) -> None:
        values = entry.model_dump(exclude={"name"})
        row = self.towns.get(entry.name)
        if row is None:
            self.towns[entry.name] = self.work.add(Town(name=entry.name, **values))
            self.said.append(f"ville {entry.name} : ajoutée")
        else:
            self._update(row, f"ville {entry.name}", values)

    async def _week(self, entry: CentreEntry) -> None:
        """Opening hours, closures and sessions: rewritten when they are not what the file says."""
        centre = self.centres[entry.name].id
        opening = {
            (centre, WEEKDAYS.index(day), *period)
            for day, periods in entry.opening.items()
            for period in periods
        }
        closures = {(centre, closure.first, closure.last) for closure in entry.closures}
        sessions = {
            (centre, WEEKDAYS.index(day), *session.hours, self.people[session.person].id)
            for day, session in entry.sessions.items()
        }
        hours = "horaires d'ouverture mis à jour"
        for table, columns, wanted, said in (
            (OpeningPeriod, ("centre_id", "weekday", "starts", "ends"), opening, hours),
            (Closure, ("centre_id", "first", "last"), closures, "fermetures mises à jour"),
            (
                Session,
                ("centre_id", "weekday", "starts", "ends", "person_id"),
                sessions,
                "séances mises à jour",
            ),
        ):
            if await self._rewrite(table, columns, centre, wanted):
                self.said.append(f"{entry.name} : {said}")

    async def _staff(self, entries: Sequence[StaffEntry]) -> None:
        team = await stored.team(self.work.session)
        self.people = {person.name: person for person, _ in team}
        in_force = [(person, one) for person, one in team if one.ended_at is None]
        for entry in entries:
            person = self.people.get(entry.name)
            if person is None:
                person = self.work.add(Person(name=entry.name, telephone=entry.telephone))
                self.people[entry.name] = person
                self.said.append(f"{entry.name}, {entry.role} : dans l'équipe")
            else:
                self._update(person, entry.name, {"telephone": entry.telephone})
            await self.work.flush()
            await self._memberships(entry, person, [one for who, one in in_force if who is person])
        named = {entry.name for entry in entries}
        await self._gone([(person, one) for person, one in in_force if person.name not in named])
        await self._covers(entries)

    async def _memberships(self, entry: StaffEntry, person: Person, held: Sequence[Membership]) -> None:
        wanted = {self.centres[name].id: name for name in entry.centre}
        for membership in held:
            if name := wanted.pop(membership.centre_id, None):
                self._update(membership, f"{entry.name}, {name}", {"role": entry.role})
            else:
                membership.ended_at = self.work.now
                self.said.append(f"{entry.name} : plus dans l'équipe du {self._centre_name(membership)}")
        for centre_id, name in wanted.items():
            self.work.add(
                Membership(
                    person_id=person.id,
                    centre_id=centre_id,
                    role=entry.role,
                    first=local_date(self.work.now),
                    confirmed_at=self.work.now,
                )
            )
            if held:
                self.said.append(f"{entry.name} : dans l'équipe du {name}")

    async def _gone(self, left: Sequence[tuple[Person, Membership]]) -> None:
        for person, membership in left:
            if await account_of(self.work.session, person.id):
                self.said.append(
                    f"{person.name} n'est plus dans le fichier mais garde son accès :"
                    f" « python -m bot staff revoke {person.name} » le ferme"
                )
            else:
                membership.ended_at = self.work.now
                self.said.append(f"{person.name} : plus dans l'équipe du {self._centre_name(membership)}")

    async def _covers(self, entries: Sequence[StaffEntry]) -> None:
        for entry in entries:
            person = self.people[entry.name].id
            wanted = {(person, place, self.people[name].id) for place, name in enumerate(entry.cover)}
            if await self._rewrite(Cover, ("person_id", "position", "cover_id"), person, wanted):
                self.said.append(f"{entry.name} : remplacée par {', puis '.join(entry.cover) or 'personne'}")

    async def _school(self, entry: SchoolEntry, row: School | None) -> None:
        centre, town = self.centres[entry.centre], self.towns[entry.town]
        values = {
            "centre_id": centre.id,
            "town_id": town.id,
            "midday_starts": entry.midday.starts,
            "midday_ends": entry.midday.ends,
            "wednesdays": entry.wednesdays,
        }
        if row is None:
            row = self.work.add(School(name=entry.name, **values))
            await self.work.flush()
            self.said.append(f"école {entry.name} : ajoutée, référente {entry.referente}")
            self._cover_actions(entry, row, held=[])
            await self._local_days(entry, row)
            return
        if row.centre_id != centre.id:
            await stored.move_teachers(self.work.session, row.id, centre.id)
        self._update(row, f"école {entry.name}", values)
        held = [one for one in await stored.all_of(self.work.session, Coverage) if one.school_id == row.id]
        for coverage in self._cover_actions(entry, row, held):
            await stored.remove(self.work.session, coverage)
            self.said.append(f"école {entry.name} : {coverage.action} revient à la référente")
        if await self._local_days(entry, row):
            self.said.append(f"école {entry.name} : jours particuliers mis à jour")

    async def _local_days(self, entry: SchoolEntry, school: School) -> bool:
        wanted = {(school.id, local.day, local.has_class, local.reason) for local in entry.days}
        return await self._rewrite(LocalDay, ("school_id", "day", "has_class", "reason"), school.id, wanted)

    def _cover_actions(self, entry: SchoolEntry, school: School, held: Sequence[Coverage]) -> list[Coverage]:
        """Give each action to its person; return what nobody is named for any more."""
        rows = {row.action: row for row in held}
        names = {person.id: name for name, person in self.people.items()}
        for action, name in ({EVERY_ACTION: entry.referente} | dict(entry.actions)).items():
            person, row = self.people[name], rows.pop(action, None)
            what = "référente" if action == EVERY_ACTION else action
            if row is None:
                self.work.add(
                    Coverage(
                        centre_id=school.centre_id, school_id=school.id, action=action, person_id=person.id
                    )
                )
                if action != EVERY_ACTION:
                    self.said.append(f"école {entry.name} : {what}, c'est {name}")
            elif row.person_id != person.id or row.centre_id != school.centre_id:
                self.said.append(f"école {entry.name} : {what}, {names.get(row.person_id)} devient {name}")
                row.person_id, row.centre_id = person.id, school.centre_id
        return list(rows.values())

    async def _rewrite(
        self, table: type[Base], columns: Sequence[str], owner: int, wanted: set[tuple[Any, ...]]
    ) -> bool:
        """Make the rows of `owner` (the first column) be what is wanted; whether anything had to change."""
        rows = {
            tuple(getattr(row, c) for c in columns): row
            for row in await stored.all_of(self.work.session, table)
        }
        held = {values: row for values, row in rows.items() if values[0] == owner}
        for values, row in held.items():
            if values not in wanted:
                await stored.remove(self.work.session, row)
        for values in sorted(wanted - held.keys()):
            self.work.add(table(**dict(zip(columns, values, strict=True))))
        return held.keys() != wanted

    def _update(self, row: Base, called: str, values: dict[str, Any]) -> None:
        for field, value in values.items():
            before = getattr(row, field)
            if before != value:
                setattr(row, field, value)
                change = f"{self._shown(field, before)} devient {self._shown(field, value)}"
                self.said.append(f"{called} : {FIELDS[field]}, {change}")

    def _shown(self, field: str, value: Any) -> str:
        if field == "centre_id":
            return next(name for name, row in self.centres.items() if row.id == value)
        if field == "town_id":
            return next(name for name, row in self.towns.items() if row.id == value)
        match value:
            case None:
                return "rien"
            case bool():
                return "oui" if value else "non"
            case list():
                return ", ".join(value) or "rien"
            case time():
                return f"{value:%H:%M}"
        return str(value)

    def _centre_name(self, membership: Membership) -> str:
        return self._shown("centre_id", membership.centre_id)
