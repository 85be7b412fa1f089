"""The receipt: one bubble that lives as long as the conversation."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.rules.paris import local
from bot.texts import dates
from bot.texts.html import esc
from bot.texts.typography import of

Buttons = tuple[tuple[tuple[str, str], ...], ...]

_DANGER = ("⚠️ Danger ou doute", "danger")


@dataclass(frozen=True, slots=True)
class Promise:
    """What a receipt knows when it is written."""

    reader: str
    received: datetime
    answer_by: datetime | None
    opens_at: datetime | None = None
    """Next opening; None: open now."""
    long_closed: bool = False
    absent: str | None = None
    """The référente who is away, when somebody reads in her place."""
    absent_until: date | None = None
    opens: bool = True
    """False: the coordinatrice is told, and reads once she takes it."""
    back_at: datetime | None = None
    """When she who has it is here again: everybody is away, or the teacher waits for her."""
    kind: str = "text"
    telephone: str | None = None
    """The centre's telephone, when nobody who could read it has a phone here."""


def _by(promise: Promise) -> str:
    if promise.answer_by is None:
        return "vous répond dès que possible"
    return f"vous répond d'ici {dates.deadline(promise.answer_by, promise.received)}"


def received(*, promise: Promise, full_name: bool, asks: bool = False) -> str:
    """« Bien reçu … »: the time and the person, never the mechanism.

    One question at most: ``asks`` what it is about, or else says that a ``full_name`` is too much.
    """
    lines = list(_received(promise))
    if promise.kind == "voice":
        lines.append("Moi, je n'entends pas les vocaux : en cas de danger, 17 ou 119.")
    if asks:
        lines.append("Si vous voulez préciser, c'est surtout pour :")
    elif full_name:
        lines.append(
            "Le prénom et l'initiale suffisent : évitez les noms entiers, les numéros, les adresses."
        )
    return "\n".join(lines)


def _received(promise: Promise) -> tuple[str, ...]:
    name = esc(promise.reader)
    if promise.telephone is not None:
        return (
            "Bien reçu et gardé, mais personne du centre ne peut encore le lire ici.",
            f"Appelez le centre : {esc(promise.telephone)}.",
            "Si un enfant est en danger : 17 ou 112. Un doute : 119, jour et nuit.",
        )
    if promise.back_at is not None:
        return (
            f"Bien reçu et gardé. {name} ne lira pas avant {dates.stamp(promise.back_at, promise.received)}.",
            f"Elle {_by(promise)}.",
            "Si un enfant est en danger d'ici là : 17 ou 112. Un doute : 119, jour et nuit.",
        )
    if promise.long_closed and promise.opens_at is not None:
        return (
            "Bien reçu et gardé. Le centre est fermé : il rouvre "
            f"{dates.stamp(promise.opens_at, promise.received)}.",
            f"{name} {_by(promise)}.",
            "Si un enfant est en danger d'ici là : 17 ou 112. Un doute : 119, jour et nuit.",
        )
    if not promise.opens and promise.absent is None:
        return (f"Bien reçu. {name}, qui coordonne le centre, est prévenue et {_by(promise)}.",)
    if promise.absent is not None:
        until = (
            ""
            if promise.absent_until is None
            else f" jusqu'au {dates.full_day(promise.absent_until, promise.received)}"
        )
        away = f"{esc(promise.absent)} est absente{until}."
        if not promise.opens:
            return (f"Bien reçu. {away}", f"{name}, qui coordonne le centre, est prévenue et {_by(promise)}.")
        day = dates.full_day(local(promise.received).date(), promise.received)
        return (f"Bien reçu, {day}. {away}", f"{name} lit à sa place et {_by(promise)}.")
    if promise.opens_at is not None:
        return (
            f"Bien reçu {dates.stamp(promise.received, promise.received)}. Le centre rouvre "
            f"{dates.moment(promise.opens_at, promise.received)} ; {name} {_by(promise)}.",
        )
    if promise.kind == "voice":
        return (f"Bien reçu. {name} l'écoute et {_by(promise)}.",)
    return (f"Bien reçu. {name} {_by(promise)}.",)


def taken(*, reader: str, calls: bool = False) -> str:
    """Somebody has it."""
    return f"{esc(reader)} vous appelle bientôt." if calls else f"{esc(reader)} s'en occupe."


def answered(*, reader: str) -> str:
    """She has answered."""
    return f"{esc(reader)} vous a répondu."


def closed() -> str:
    """The conversation rests."""
    return "Clos. Écrivez ici pour reprendre."


def handed_over(*, giver: str, reader: str, answer_by: datetime | None, now: datetime) -> str:
    """Somebody else has it now; the teacher repeats nothing."""
    by = "dès que possible" if answer_by is None else f"d'ici {dates.deadline(answer_by, now)}"
    return (
        f"{esc(reader)} prend la suite {of(esc(giver))}. Elle a vos messages, rien à répéter.\n"
        f"Elle vous répond {by}."
    )


def overdue(*, telephone: str) -> str:
    """The promised moment has passed: one honest sentence, no second date."""
    return f"Vous attendez encore, et nous le savons. Vous pouvez aussi appeler le centre : {esc(telephone)}."


def not_taken(*, kind: str) -> str:
    """What the centre does not take, as the beginning of a sentence."""
    pictures = {"photo": "les photos", "video": "les vidéos", "video_note": "les vidéos"}
    return (
        f"ici, {pictures[kind]} ne passent pas"
        if kind in pictures
        else "ici, ce type de message ne passe pas"
    )


def refused_kind(*, kind: str, telephone: str, words_kept: bool = False) -> str:
    """The centre does not take this kind of message; ``words_kept``: its caption went on alone."""
    refused = not_taken(kind=kind).capitalize()
    if words_kept:
        return f"{refused} : seuls vos mots ont été gardés. Téléphone du centre : {esc(telephone)}."
    return (
        f"{refused} : rien n'a été gardé, personne n'a rien vu.\n"
        f"Écrivez-le en quelques mots, ou appelez : {esc(telephone)}."
    )


def not_carried(*, telephone: str) -> str:
    """A kind that cannot be copied: said to both sides."""
    return (
        "Ce type de message ne peut pas être remis au centre. Le centre sait que vous avez écrit.\n"
        f"Dites-le en quelques mots, ou appelez : {esc(telephone)}."
    )


def buttons(*, absent: str | None = None, other_child: bool = True, old_words: bool = False) -> Buttons:
    """At most four; « Autre enfant » gives its place to « Attendre Chantal » when she is away.

    And to « Retirer l'ancien texte » when there is one.
    """
    call, withdraw = ("Rappelez-moi", "call-me"), ("Retirer", "withdraw")
    if old_words:
        return ((call, withdraw), (("Retirer l'ancien texte", "withdraw-old"),), (_DANGER,))
    if absent:
        return ((call, (f"Attendre {absent}", "wait-for")), (withdraw, _DANGER))
    if other_child:
        return ((call, ("Autre enfant", "other-child")), (withdraw, _DANGER))
    return ((call, withdraw), (_DANGER,))


def over_buttons() -> Buttons:
    """A worry may come after the end: her way to say so stays under her hand (E5)."""
    return ((_DANGER,),)


def matter_buttons() -> Buttons:
    """What it is about, in a school's words; the others come back once she has said it."""
    return (
        (("Le travail scolaire", "matter:work"), ("L'enfant ou sa famille", "matter:child")),
        (("Autre chose", "matter:other"), _DANGER),
    )


def other_child() -> str:
    """She wants to speak of somebody else."""
    return "D'accord. Votre prochain message ouvrira un autre fil."


def waits_for(*, reader: str, answer_by: datetime | None, now: datetime) -> str:
    """She prefers to wait for her référente."""
    by = "dès son retour" if answer_by is None else f"d'ici {dates.deadline(answer_by, now)}"
    return f"Entendu. {esc(reader)} vous répond {by}. Votre message l'attend."


def which_school() -> str:
    """She teaches in two schools that have not the same référente."""
    return "C'est pour quelle école ? Votre message est gardé."
