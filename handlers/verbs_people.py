"""The buttons by which people come and go: verb, use case, whose it is."""

from collections.abc import Awaitable, Callable

from bot import classes, confirming, joining, leaving, rhythm
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
    "ring": (rhythm.choose_hours, Who.STAFF),
    "night": (rhythm.choose_night, Who.STAFF),
    "hide": (rhythm.choose_hiding, Who.STAFF),
    "leave-yes": (leaving.leave, Who.KNOWN),
    "leave-no": (leaving.stay, Who.KNOWN),
}
