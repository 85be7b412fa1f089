"""When a child may be in danger: fixed numbers, no promise that is not kept.

The last line of the card before its button follows the protocol of the département: to be reread
by a trainer before real use.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.texts import dates
from bot.texts.card import KINDS, hers_to_do
from bot.texts.html import bold, esc

Buttons = tuple[tuple[tuple[str, str], ...], ...]
MOST_WORDS = 2800


def card(*, crip: str | None) -> str:
    """The teacher's card: sent without the database, so nothing in it is looked up."""
    line = f"\nCRIP du Val-d'Oise : {bold(crip)}" if crip else ""
    return (
        "⚠️ <b>En danger maintenant : 17 ou 112</b>\n"
        "Blessure, malaise : <b>15</b> · Feu : <b>18</b>\n"
        "Impossible de parler : <b>114</b>, par SMS\n"
        "Idées de mort, de suicide : <b>3114</b>, jour et nuit\n"
        "<b>Danger, ou simple doute : 119</b>, gratuit, jour et nuit. Ils conseillent aussi les enseignants."
        f"{line}\n\n"
        "Prévenez votre directrice ou directeur dès que possible. Ne restez pas seul·e avec cela.\n"
        "Écoutez l'enfant sans l'interroger. Ici, ni détails ni photo.\n\n"
        "Je ne suis pas un service d'urgence. Je n'envoie aucune information préoccupante : "
        "c'est à vous et à votre école de le faire."
    )


def card_buttons() -> Buttons:
    """The tap that rings."""
    return ((("Prévenir le centre maintenant", "alarm"),),)


def staff_card() -> str:
    """When somebody of the team writes the words."""
    return (
        "⚠️ Ce que vous écrivez ressemble à un danger.\n"
        "<b>En danger maintenant : 17 ou 112.</b> Doute : <b>119</b>, pour vous aussi.\n"
        "Prévenez la coordinatrice tout de suite. N'attendez pas que l'école le fasse.\n"
        "Rien n'a été envoyé à d'autres services."
    )


def staff_card_buttons() -> Buttons:
    """She may know that it is none."""
    return ((("Ce n'est pas un danger", "staff-no-danger"),),)


def strangers_numbers() -> str:
    """For anyone: a child or a parent may be writing."""
    return (
        "Personne n'a lu votre message : ce service est réservé aux écoles invitées.\n"
        "<b>En danger maintenant : 17 ou 112.</b>\n"
        "Un enfant en danger, ou un doute : <b>119</b>, gratuit, jour et nuit, pour tout le monde.\n"
        "Idées de mort, de suicide : <b>3114</b>, jour et nuit."
    )


def calling(*, people: Sequence[str]) -> str:
    """The second message: only once the alert is stored."""
    names = esc(people[0]) if len(people) == 1 else f"{esc(people[0])}, puis {esc(people[1])}"
    return f"J'appelle {names}. Personne n'a encore confirmé : n'attendez pas pour agir."


def nobody_now(*, reader: str, opens_at: datetime, now: datetime) -> str:
    """At night or on a day off, with nobody who agreed to be rung."""
    return (
        "À cette heure, personne du centre n'est joignable. "
        f"{esc(reader)} sera appelée à l'ouverture, {dates.moment(opens_at, now)}. "
        "N'attendez pas : 119, ou 17."
    )


def nobody_at_all() -> str:
    """The chain is empty."""
    return "Personne du centre n'est joignable. N'attendez pas : 119, ou 17 si c'est maintenant."


def read_by(*, reader: str, at: datetime) -> str:
    """Somebody has read."""
    return f"{esc(reader)} a lu votre message à {dates.hour(at)}."


def confirmed_by(*, reader: str, at: datetime) -> str:
    """Somebody has it."""
    return f"{esc(reader)} s'en occupe, depuis {dates.hour(at)}. Danger maintenant : 17. Doute : 119."


def nobody_confirmed() -> str:
    """After ten minutes, or when the chain is exhausted: audible."""
    return "Personne du centre n'a confirmé. N'attendez pas : 119, ou 17 si c'est maintenant."


def not_a_danger(*, reader: str) -> str:
    """She says it is none; her message stays where it is."""
    return f"Entendu. Votre message reste chez {esc(reader)}. Si le doute revient : 119."


def calling_buttons() -> Buttons:
    """Under the second message."""
    return ((("Rappelez-moi", "call-me"), ("Ce n'est pas un danger", "no-danger")),)


def alert() -> str:
    """What the référente's phone shows: no content."""
    return "⚠️ Message grave d'une école. À lire maintenant."


def alert_buttons() -> Buttons:
    """Read, or pass it on."""
    return ((("Lire", "read-alert"), ("Je ne peux pas", "cannot-alert")),)


def alert_opened(
    *,
    teacher: str,
    school: str,
    classes: str,
    at: datetime,
    words: str,
    number: str | None,
    coordinatrice: str | None,
    now: datetime,
) -> str:
    """After « Lire »; of very long words, the end: the card holds them all."""
    who = ", ".join([bold(teacher), *([esc(classes)] if classes else []), esc(school), dates.recent(at, now)])
    who += f"\n{bold(number)}" if number else ""
    return f"{who}\n{_end(words)}\n\n{hers_to_do(coordinatrice=coordinatrice)}"


def _end(words: str) -> str:
    if len(words) <= MOST_WORDS:
        return esc(words)
    return f"<i>Le début s'ouvre avec « Je m'en occupe ».</i>\n… {esc(words[-MOST_WORDS:])}"


def said(*, words: str, kind: str) -> str:
    """One of her messages in an opened alert."""
    if kind == "text":
        return words
    what = f"({KINDS.get(kind, 'un message')}, sous la fiche)"
    return f"{what} {words}" if words else what


def opened_buttons() -> Buttons:
    """Only the first stops the ringing."""
    return ((("Je m'en occupe", "handle-alert"), ("Je ne peux pas", "cannot-alert")),)


def passed_on(*, to: str | None) -> str:
    """After « Je ne peux pas »."""
    return (
        f"{to} est appelée à votre place."
        if to
        else "Personne d'autre n'est joignable : prévenez la coordinatrice."
    )


def declined(*, to: str | None) -> str:
    """What stays of the alert in her chat."""
    return esc(passed_on(to=to))


def rings_already(*, later: bool) -> str:
    """Toast: she presses again. ``later``: it rings when the centre opens."""
    called = "sera appelé à l'ouverture" if later else "est déjà appelé"
    return f"Le centre {called}. N'attendez pas : 119, ou 17."


def doubt(*, teacher: str, school: str) -> str:
    """Under the card, when the teacher pressed « Danger ou doute »."""
    return f"⚠️ {bold(teacher)} ({esc(school)}) a touché « Danger ou doute »."


def alert_over() -> str:
    """A ring whose alert has ended meanwhile."""
    return "Cet appel est terminé."


def handled_elsewhere(*, by: str) -> str:
    """Somebody else has confirmed."""
    return f"{esc(by)} s'en occupe."


def teacher_says_no_danger(*, teacher: str) -> str:
    """To those who were rung: the ringing stops, the mark stays."""
    return f"{esc(teacher)} dit que ce n'est pas un danger. À vous de juger : son message reste marqué."


def tapped() -> str:
    """The message of somebody who rings before having written anything."""
    return "(a touché « Prévenir le centre maintenant », sans écrire)"
