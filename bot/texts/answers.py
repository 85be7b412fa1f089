"""The référente's words on their way to a teacher, and whether they arrived."""

from collections.abc import Sequence
from datetime import datetime

from bot.texts import dates
from bot.texts.html import CAPTION, bold, esc, fits
from bot.texts.receipt import not_taken

Buttons = tuple[tuple[tuple[str, str], ...], ...]


CAPTIONED = ("photo", "video", "animation", "audio", "voice", "document")


def holds_name(*, name: str, words: str, kind: str) -> bool:
    """Whether a bubble of this kind has room for her name before her words."""
    if kind == "text":
        return fits(f"{name} : {words}")
    return kind in CAPTIONED and fits(f"{name} : {words}", most=CAPTION)


def answer(*, name: str, words: str) -> str:
    """What the teacher reads, under the name the centre chose; words that fill a bubble stand alone."""
    return f"{bold(name)} : {esc(words)}" if fits(f"{name} : {words}") else esc(words)


def name_line(*, name: str) -> str:
    """Before a bubble that can hold no name of its own."""
    return f"{bold(name)} :"


def answer_edited(*, name: str, words: str, kind: str = "text") -> str:
    """Her words, after she mended them."""
    if not holds_name(name=name, words=f"{words} (modifié)", kind=kind):
        return esc(words)
    return f"{answer(name=name, words=words)} <i>(modifié)</i>"


def something_not_carried(*, name: str) -> str:
    """To the teacher: her référente sent what Telegram does not let us copy."""
    return f"{bold(name)} a envoyé un message qui ne peut pas être remis ici. Elle le sait."


def gone_in_danger() -> str:
    """« parti », where a reaction would jar."""
    return "Parti."


def not_arrived(*, blocked: bool) -> str:
    """« pas arrivé », a word."""
    if blocked:
        return "Pas arrivé : son téléphone ne reçoit plus nos messages. Appelez-la, ou passez par l'école."
    return "Pas arrivé : Telegram a refusé ce message. Réécrivez-le, ou appelez-la."


def not_here(*, teacher: str) -> str:
    """An answer to somebody who is of that school no more, or never joined."""
    return f"Rien n'est parti : {esc(teacher)} n'est pas dans Passerelle. Appelez-la, ou passez par l'école."


def not_understood(*, telephone: str) -> str:
    """An update that we could not handle, after several tries."""
    return (
        "Votre dernier message est gardé, mais je n'arrive pas à le remettre. "
        f"Réécrivez-le, ou appelez le centre : {esc(telephone)}."
    )


def to_whom() -> str:
    """A text that replies to nothing is never guessed."""
    return "Rien n'est parti. À qui envoyer ce message ?"


def nobody_to_answer(*, meeting: bool) -> str:
    """No conversation is open; ``meeting``: her line begins as those that ask for one, and says more."""
    said = "Rien n'est parti : aucune école ne vous a écrit. Pour répondre, glissez sur un message."
    return f"{said}\nPour prévoir une réunion : /reunion." if meeting else said


def to_whom_buttons(*, people: Sequence[tuple[int, str]], more: bool) -> Buttons:
    """One row a conversation: teacher, class, day. Never a child's first name."""
    rows = tuple(((label, f"to:{conversation}"),) for conversation, label in people)
    last = (*((("Un autre fil…", "to-more"),) if more else ()), ("À personne", "to:none"))
    return (*rows, last)


def thread_label(*, teacher: str, classes: str, at: datetime, now: datetime) -> str:
    """« Mme Diallo · CE1 · mardi »."""
    parts = [teacher, *([classes.replace(",", "-")] if classes else []), dates.recent_day(at, now)]
    return " · ".join(parts)


def sent_to(*, teacher: str) -> str:
    """It left at once; it may be undone for a minute."""
    return f"Envoyé à {esc(teacher)}."


def sent_buttons() -> Buttons:
    """For sixty seconds."""
    return ((("Annuler", "unsend"),),)


def unsent(*, teacher: str) -> str:
    """Taken back."""
    return f"Retiré : {esc(teacher)} ne l'a plus."


def too_late_to_unsend() -> str:
    """The minute has passed."""
    return "Trop tard pour annuler. Vous pouvez modifier votre message."


def to_nobody() -> str:
    """She chose nobody."""
    return "Rien n'est parti."


def closed_to_you() -> str:
    """She replies to a conversation whose content she has not taken."""
    return "Rien n'est parti. Prenez d'abord ce message : touchez « Prendre »."


def somebody_elses(*, by: str) -> str:
    """She replies to a conversation that went to a colleague."""
    return f"Rien n'est parti : {esc(by)} s'en occupe maintenant."


def kind_not_carried() -> str:
    """A kind Telegram does not let us copy."""
    return (
        "Pas arrivé : Telegram ne laisse pas copier ce type de message. Écrivez-le, ou envoyez un document."
    )


def refused_kind(*, kind: str) -> str:
    """The centre does not take this kind: it did not leave for the school either."""
    return f"Rien n'est parti : {not_taken(kind=kind)}. Écrivez-le en quelques mots."


def handed_to_receiver(
    *, giver: str, teacher: str, school: str, answer_by: datetime | None, now: datetime
) -> str:
    """To her who receives a conversation."""
    by = "" if answer_by is None else f"\nPromis d'ici {dates.deadline(answer_by, now)}."
    return f"{esc(giver)} vous confie {bold(teacher)} ({esc(school)}).{by}"


def handed_buttons() -> Buttons:
    """Accepting is what makes it hers."""
    return ((("C'est pour moi", "accept"), ("Je ne peux pas", "decline")),)


def proposed_to(*, receiver: str) -> str:
    """Before she accepts."""
    return f"Proposé à {receiver}."


def has_it(*, receiver: str, teacher: str) -> str:
    """Only once she has accepted."""
    return f"{esc(receiver)} l'a : {esc(teacher)}."


def declined(*, receiver: str, teacher: str) -> str:
    """She cannot."""
    return f"{esc(receiver)} ne peut pas. {esc(teacher)} reste chez vous."


def passed_on(*, teacher: str, reader: str) -> str:
    """What stays in the chat of somebody whose conversation went to her cover."""
    return f"{esc(teacher)} : {esc(reader)} a pris la suite."


def nobody_to_give() -> str:
    """She is alone."""
    return "Personne d'autre n'est là pour l'instant."
