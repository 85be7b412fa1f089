"""« Rappelez-moi »: what the teacher reads, and her who calls."""

from datetime import datetime, time

from bot.rules.call_slots import BREAK, EVENING
from bot.rules.paris import local, local_date
from bot.texts import dates
from bot.texts.html import bold, esc, hidden
from bot.texts.typography import french

Buttons = tuple[tuple[tuple[str, str], ...], ...]
MIDDAY = (time(11), time(14))


def _when(moment: datetime, now: datetime) -> str:
    """« demain à la récréation », « jeudi midi », « lundi à 16 h 30 »."""
    ahead = (local_date(moment) - local_date(now)).days
    day = dates.day(local_date(moment), now) if not 1 < ahead < 7 else dates.recent_day(moment, moment)
    clock = local(moment).time()
    if clock == BREAK:
        return f"{day} à la récréation"
    if MIDDAY[0] <= clock < MIDDAY[1] and clock != EVENING:
        return f"{day} midi" if ahead else "ce midi"
    return f"{day} à {dates.hour(moment)}"


def slot_key(*, moment: datetime) -> str:
    """A moment in a button's data."""
    return str(int(moment.timestamp()))


def slot_buttons(*, slots: tuple[datetime, ...], now: datetime) -> Buttons:
    """When, in her own day; with a way back."""
    labels = [(_when(one, now), f"call-slot:{slot_key(moment=one)}") for one in slots]
    each = [(f"{label[:1].upper()}{label[1:]}", data) for label, data in labels]
    return (*(tuple(each[at : at + 2]) for at in range(0, len(each), 2)), (("‹ Retour", "call-back"),))


def no_slot(*, telephone: str) -> str:
    """Toast: nobody can call her in the coming months."""
    return f"Le centre ne peut pas vous rappeler : {telephone}."


def promised(*, caller: str, at: datetime, now: datetime) -> str:
    """The receipt, once she has chosen."""
    return french(f"{esc(caller)} vous appelle {_when(at, now)}.")


def ask_number() -> str:
    """The second and last question."""
    return french(
        "À quel numéro ? Touchez le bouton, ou écrivez-le. "
        "Il est montré à qui vous appelle, puis effacé. Sinon, le centre passe par l'école."
    )


def share_label() -> str:
    """The key of the reply keyboard."""
    return "Donner mon numéro"


def number_kept(*, caller: str, number: str, at: datetime, now: datetime) -> str:
    """She has said where."""
    return french(f"C'est noté : {esc(caller)} vous appelle {_when(at, now)}, au {esc(number)}.")


def number_kept_in_danger(*, number: str) -> str:
    """The same when a child may be in danger: nothing is promised."""
    return french(f"Noté pour qui vous appelle : {esc(number)}. N'attendez pas pour agir : 119, ou 17.")


def asked(*, teacher: str, at: datetime, now: datetime) -> str:
    """A line to the caller, when it was asked."""
    return french(f"{bold(teacher)} demande qu'on l'appelle {_when(at, now)}.")


def on_card(*, at: datetime, number: str | None, hide: bool, now: datetime) -> str:
    """A line of the card."""
    where = f", au {hidden(number, hide=hide)}" if number else ", par l'école"
    when = _when(at, now) if at > now else "dès que possible"
    return french(f"À appeler {when}{where}.")


def comes(*, teacher: str, school: str, at: datetime, number: str | None, hide: bool, now: datetime) -> str:
    """A line to the caller, a little before."""
    where = (
        f"\nAu {hidden(number, hide=hide)}." if number else "\nElle n'a pas laissé de numéro : par l'école."
    )
    return french(f"{bold(teacher)} ({esc(school)}) attend votre appel, {_when(at, now)}.{where}")


def comes_closed(*, teacher: str, school: str, at: datetime, now: datetime) -> str:
    """The same to somebody who has not taken it: the number opens with it."""
    return french(f"{bold(teacher)} ({esc(school)}) attend un appel, {_when(at, now)}.")


def comes_buttons(*, opens: bool) -> Buttons:
    """What becomes of it."""
    later = (("Plus tard", "later"), ("Je ne peux pas", "cannot"))
    return ((("Rappelée", "done"),), later) if opens else (later,)
