"""The buttons by which people come and go: verb, use case, whose it is."""

from collections.abc import Awaitable, Callable

from bot import absences, classes, confirming, joining, leaving, rhythm, september, staff
from bot.incoming import Press
from bot.rights import Who
from storage.store import Work

UseCase = Callable[[Work, Press], Awaitable[str | None]]

VERBS: dict[str, tuple[UseCase, Who]] = {
    "read-notice": (joining.read_notice, Who.KNOWN),
    "more-notice": (joining.more_notice, Who.KNOWN),
    "class": (classes.pick, Who.TEACHER),
    "classes": (classes.several, Who.TEACHER),
    "class-pick": (classes.pick_more, Who.TEACHER),
    "classes-done": (classes.pick_done, Who.TEACHER),
    "class-other": (classes.other, Who.TEACHER),
    "school-role": (classes.pick_role, Who.TEACHER),
    "class-back": (classes.back, Who.TEACHER),
    "write-name": (classes.write_name, Who.TEACHER),
    "change-class": (classes.change, Who.TEACHER),
    "know": (confirming.answer, Who.STAFF),
    "still": (september.answer, Who.TEACHER),
    "ring": (rhythm.choose_hours, Who.STAFF),
    "night": (rhythm.choose_night, Who.STAFF),
    "night-away": (rhythm.choose_while_away, Who.STAFF),
    "morning": (rhythm.choose_morning, Who.STAFF),
    "hide": (rhythm.choose_hiding, Who.STAFF),
    "away": (absences.choose, Who.STAFF),
    "away-day": (absences.pick_day, Who.STAFF),
    "away-month": (absences.turn_month, Who.STAFF),
    "away-back": (absences.back, Who.STAFF),
    "away-blank": (absences.blank, Who.STAFF),
    "away-half": (absences.choose_half, Who.STAFF),
    "away-cancel": (absences.cancel, Who.STAFF),
    "away-cover": (absences.choose_cover, Who.STAFF),
    "away-by": (absences.set_cover, Who.STAFF),
    "away-noted": (absences.show_noted, Who.STAFF),
    "absent": (absences.declare_other, Who.STAFF),
    "staff-all": (staff.everybody, Who.COORDINATRICE),
    "staff-one": (staff.one, Who.COORDINATRICE),
    "staff-lost": (staff.lost, Who.COORDINATRICE),
    "staff-cut": (staff.cut, Who.COORDINATRICE),
    "staff-link": (staff.new_link, Who.COORDINATRICE),
    "leave-yes": (leaving.leave, Who.KNOWN),
    "leave-no": (leaving.stay, Who.KNOWN),
}
