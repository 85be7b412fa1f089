"""French words for days and hours, as people say them, always relative to `now`.

Moments are aware datetimes, read on the clocks of Paris. No word such as « le » or « d'ici » is
put before: the sentence around does it.
"""

from datetime import date, datetime, time, timedelta

from bot.rules.paris import MIDDAY, local, local_date

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
NBSP = "\N{NO-BREAK SPACE}"
SATURDAY = 5
A_WEEK = 7
YEAR_IS_PLAIN = timedelta(days=300)  # beyond, « 12 janvier » could be read as another year's


def hour(clock: time | datetime) -> str:
    """« 19 h 42 », « 9 h »."""
    if isinstance(clock, datetime):
        clock = local(clock).time()
    minutes = f"{NBSP}{clock.minute:02}" if clock.minute else ""
    return f"{clock.hour}{NBSP}h{minutes}"


def full_day(day: date, now: datetime) -> str:
    """« mardi 12 janvier », « mardi 1er décembre », with the year when it is far away."""
    far = abs(day - local_date(now)) > YEAR_IS_PLAIN
    year = f" {day.year}" if far else ""
    return f"{WEEKDAYS[day.weekday()]} {_number(day)} {MONTHS[day.month - 1]}{year}"


def day(day: date, now: datetime) -> str:
    """« aujourd'hui », « demain », « hier », else the full day."""
    near = {-1: "hier", 0: "aujourd'hui", 1: "demain"}
    return near.get((day - local_date(now)).days) or full_day(day, now)


def list_day(day: date, now: datetime) -> str:
    """For lists: « mardi 24 », and « mardi 1er décembre » when the month is another."""
    today = local_date(now)
    if (day.year, day.month) != (today.year, today.month):
        return full_day(day, now)
    return f"{WEEKDAYS[day.weekday()]} {_number(day)}"


def span(first: date, last: date) -> str:
    """« du 21 au 24 décembre », « du 25 décembre au 3 janvier »."""
    if first == last:
        return f"le {_number(first)} {MONTHS[first.month - 1]}"
    same = (first.year, first.month) == (last.year, last.month)
    month = "" if same else f" {MONTHS[first.month - 1]}"
    return f"du {_number(first)}{month} au {_number(last)} {MONTHS[last.month - 1]}"


def moment(then: datetime, now: datetime) -> str:
    """« demain à 9 h », « mardi 12 janvier à 11 h 45 »."""
    return f"{day(local_date(then), now)} à {hour(then)}"


def stamp(then: datetime, now: datetime) -> str:
    """« ce soir, 21 h 40 », « lundi 4 janvier, 9 h »."""
    wall = local(then)
    if wall.date() == local_date(now):
        return f"{_part_of_day(wall.time())}, {hour(then)}"
    return f"{day(wall.date(), now)}, {hour(then)}"


def recent(then: datetime, now: datetime) -> str:
    """When somebody wrote: « mardi 19 h 42 » within the week, else « mardi 3 novembre, 19 h 42 »."""
    wall = local(then)
    if 0 <= (local_date(now) - wall.date()).days < A_WEEK:
        return f"{WEEKDAYS[wall.weekday()]} {hour(then)}"
    return f"{full_day(wall.date(), now)}, {hour(then)}"


def deadline(due: datetime, now: datetime) -> str:
    """By when, after « d'ici » or « promis »: « jeudi midi », « demain 18 h », « mardi 5 janvier ».

    Within the coming week the weekday is enough, except when it is said on a Saturday or a
    Sunday, when « mardi » alone leaves a doubt. Further away only the day is said: it is not
    earlier than what we hold ourselves to.
    """
    wall, today = local(due), local_date(now)
    clock = "midi" if wall.time() == MIDDAY else hour(due)
    ahead = (wall.date() - today).days
    if ahead == 0:
        return f"ce {clock}" if clock == "midi" else f"aujourd'hui {clock}"
    if ahead == 1:
        return f"demain {clock}"
    if 1 < ahead < A_WEEK and today.weekday() < SATURDAY:
        return f"{WEEKDAYS[wall.weekday()]} {clock}"
    return full_day(wall.date(), now)


def _number(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)


def _part_of_day(clock: time) -> str:
    if clock.hour < 5:
        return "cette nuit"
    if clock.hour < 12:
        return "ce matin"
    if clock.hour < 14:
        return "ce midi"
    return "cet après-midi" if clock.hour < 18 else "ce soir"


def recent_day(then: datetime, now: datetime) -> str:
    """« mardi » within the week, else « mardi 3 novembre »: enough to tell threads apart."""
    wall = local(then)
    if 0 <= (local_date(now) - wall.date()).days < A_WEEK:
        return WEEKDAYS[wall.weekday()]
    return full_day(wall.date(), now)
