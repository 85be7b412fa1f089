"""Who may press what: the first question of every button, asked in one place."""

from enum import Enum

from storage.people import Known


class Who(Enum):
    """Whose button it is. A use case may ask for more (whose conversation, whose centre)."""

    ANYONE = "anyone"
    KNOWN = "known"
    """Somebody of a school or of a centre, today."""
    TEACHER = "teacher"
    STAFF = "staff"
    COORDINATRICE = "coordinatrice"


def may(who: Who, known: Known | None) -> bool:
    """Whether somebody (None: a stranger, or somebody whose rights have ended) is among them."""
    if who is Who.ANYONE:
        return True
    if known is None:
        return False
    if who is Who.TEACHER:
        return bool(known.teaching)
    if who is Who.STAFF:
        return bool(known.staff)
    if who is Who.COORDINATRICE:
        return any(one.role == "coordinatrice" for one in known.staff)
    return True
