"""What the team reads so that a promise is kept."""

from datetime import datetime

from bot.rules.paris import local, local_date
from bot.texts import dates
from bot.texts.html import bold, esc
from bot.texts.typography import french

Buttons = tuple[tuple[tuple[str, str], ...], ...]
EVENING = 17
"""The hour from which « ce soir » is said."""
A_WEEK = 7


def _promised(until: datetime, now: datetime) -> str:
    if until <= now:
        return "Le moment promis est passé."
    return f"Promis d'ici {dates.deadline(until, now)}."


def nudge(*, teacher: str, school: str, taken: bool, until: datetime, now: datetime) -> str:
    """One line under the card of her who has it."""
    who = f"{bold(teacher)} ({esc(school)})"
    waits = f"{who} : vous vous en occupez." if taken else f"{who} attend."
    return french(f"{waits} {_promised(until, now)}")


def come_back(*, teacher: str, school: str, until: datetime | None, now: datetime) -> str:
    """« Plus tard » has come."""
    promised = f" {_promised(until, now)}" if until is not None else ""
    return french(f"Vous vouliez revoir {bold(teacher)} ({esc(school)}) maintenant.{promised}")


def nudge_buttons(*, taken: bool, opens: bool) -> Buttons:
    """Three ways out; a call already begun may be over. ``opens``: False for whoever has not taken it."""
    later = (("Plus tard", "later"), ("Je ne peux pas", "cannot"))
    if not opens:
        return (later,)
    return ((("C'est fait", "done") if taken else ("Je l'appelle", "call"), later[0]), (later[1],))


def offer_closed(
    *, teacher: str, school: str, reader: str, since: datetime, until: datetime, now: datetime
) -> str:
    """To somebody who sees the words only once she takes it."""
    return french(
        f"{bold(teacher)} · {esc(school)}\n"
        f"Elle attend depuis {dates.recent(since, now)}, {esc(reader)} n'a pas encore répondu. "
        f"{_promised(until, now)}\nLe contenu s'ouvre si vous le prenez."
    )


def offer_buttons(*, reader: str, may_declare: bool) -> Buttons:
    """She takes it, or not; she may know that the other one is away."""
    away = (((f"{reader} est absente", "is-away"),),) if may_declare else ()
    return ((("Je m'en occupe", "take-offer"), ("Je ne peux pas", "refuse-offer")), *away)


def away_buttons(*, person: int) -> Buttons:
    """For how long, with a way back."""
    return (
        (("Aujourd'hui", f"absent:{person}.today"), ("Cette semaine", f"absent:{person}.week")),
        (("‹ Retour", "offer-back"),),
    )


def offered(*, to: str, teacher: str) -> str:
    """To her who said « Je ne peux pas »: it stays hers until somebody says yes."""
    return french(f"Proposé à {esc(to)}. {esc(teacher)} reste chez vous tant qu'elle n'a pas dit oui.")


def offered_toast(*, to: str) -> str:
    """Toast: the same, shorter."""
    return f"Proposé à {to}."


def refused(*, to: str | None) -> str:
    """What stays of an offer she cannot take."""
    return french(f"C'est noté. {esc(to)} est sollicitée." if to else "C'est noté.")


def settled(*, teacher: str, by: str, answered: bool) -> str:
    """To the others who were asked: who has it."""
    if answered:
        return french(f"{esc(by)} a répondu à {esc(teacher)}.")
    return french(f"{esc(teacher)} : {esc(by)} s'en occupe.")


def passed(*, teacher: str, school: str) -> str:
    """To her who has it: the promised moment is over, and what the teacher was told."""
    return french(
        f"{bold(teacher)} ({esc(school)}) : le moment promis est passé. "
        "Elle sait que nous le savons, et elle a le téléphone du centre."
    )


def passed_untold(*, teacher: str, school: str) -> str:
    """The same, when no moment had been told to the teacher."""
    return french(f"{bold(teacher)} ({esc(school)}) : le moment prévu est passé.")


def later_buttons(*, moments: tuple[datetime, ...], now: datetime) -> Buttons:
    """When to come back to it, with a way back."""
    each = [(later_label(moment=one, now=now), f"later-at:{moment_key(moment=one)}") for one in moments]
    rows = tuple(tuple(each[at : at + 2]) for at in range(0, len(each), 2))
    return (*rows, (("‹ Retour", "later-back"),))


def moment_key(*, moment: datetime) -> str:
    """A moment in a button's data."""
    return str(int(moment.timestamp()))


def later_label(*, moment: datetime, now: datetime) -> str:
    """« Ce soir, 17 h », « Demain, 9 h », « Lundi, 9 h »."""
    ahead = (local_date(moment) - local_date(now)).days
    if ahead == 0:
        day = "Ce soir" if local(moment).hour >= EVENING else "Tout à l'heure"
    elif ahead == 1:
        day = "Demain"
    else:
        day = dates.recent_day(moment, moment) if ahead < A_WEEK else dates.full_day(local_date(moment), now)
    return f"{day[:1].upper()}{day[1:]}, {dates.hour(moment)}"


def later(*, moment: datetime, until: datetime | None, now: datetime) -> str:
    """It will come back; never beyond the promise without saying so."""
    when = dates.moment(moment, now)
    if until is not None and moment > until:
        return french(f"Noté, {when}. C'est après la promesse : d'ici {dates.deadline(until, now)}.")
    return french(f"C'est noté, {when}.")


def nothing_later() -> str:
    """Toast: the centre does not open again."""
    return "Le centre n'ouvre plus : rien à proposer."


def nobody_took(*, by: str, teacher: str) -> str:
    """To her who has it: the last one asked cannot."""
    return french(f"{esc(by)} ne peut pas non plus. {esc(teacher)} reste chez vous.")


def nobody_else() -> str:
    """Toast: everybody has been asked."""
    return "Tout le monde a déjà été sollicité."
