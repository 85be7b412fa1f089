"""The référente's card: who, what, a proposal, the promise; four actions at most."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.texts import callbacks, dates
from bot.texts.html import CAPTION, bold, esc, fits, hidden
from bot.texts.reasons import clause
from bot.texts.typography import of

Buttons = tuple[tuple[tuple[str, str], ...], ...]
Weighed = Sequence[tuple[str, Sequence[str]]]
"""The words that pulled towards each territory that was thought of."""

TERRITORIES = {"clas": "CLAS", "pre": "PRE", "both": "CLAS et PRE", "autre": "autre"}
WITHOUT_PRE = TERRITORIES | {"pre": "accompagnement", "both": "CLAS et accompagnement"}
"""Where the town has none, none is named."""
KINDS = {
    "photo": "une photo",
    "video": "une vidéo",
    "video_note": "une vidéo",
    "animation": "une image animée",
    "voice": "un vocal",
    "audio": "un son",
    "document": "un document",
    "sticker": "un autocollant",
    "place": "un lieu",
    "venue": "un lieu",
    "contact": "un contact",
    "poll": "un sondage",
    "dice": "un dé",
}


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows."""

    teacher: str
    school: str
    classes: str
    said_at: datetime
    words: str
    kind: str
    territory: str
    reason: str
    unsure: bool
    pre_in_town: bool
    alternative: str | None
    nursery: bool
    nursery_help: str | None
    promised: datetime | None
    danger: bool
    today: bool
    confirmed: bool
    """False: she joined by a poster and nobody has said that she is known."""
    hide: bool
    instead_of: str | None = None
    corrected: bool = False
    taken_by: str | None = None
    state: str = "waiting"
    hint: bool = False
    edited: bool = False
    withdrawn_at: datetime | None = None
    call_at: datetime | None = None
    call_number: str | None = None
    coordinatrice: str | None = None
    """Whom to tell of a danger; None: the reader is the coordinatrice, or there is none."""
    left: bool = False
    """She is of this school no more: nothing reaches her here."""
    weighed: Weighed | None = None
    """None: she has not asked why."""


def who(*, teacher: str, school: str, classes: str) -> str:
    """« Mme Diallo · CE1 · Les Tilleuls »."""
    parts = [bold(teacher), *([esc(classes.replace(",", "-"))] if classes else []), esc(school)]
    return " · ".join(parts)


def card(*, card: Card, now: datetime) -> str:
    """The whole card. Its first line says nothing of the child: phones show it when locked."""
    mark = "⚠️ " if card.danger else ""
    lines = [
        f"{mark}{who(teacher=card.teacher, school=card.school, classes=card.classes)} · "
        f"{dates.recent(card.said_at, now)}"
    ]
    if card.instead_of:
        lines.append(f"À la place {of(esc(card.instead_of))}.")
    lines.append(body(card=card, now=now))
    lines.append("")
    if card.danger:
        # Never a proposal beside a danger: what is hers to do, until it is closed.
        lines.extend([] if card.state == "closed" else [hers_to_do(coordinatrice=card.coordinatrice)])
    else:
        lines.extend(_proposal(card))
        if card.weighed is not None:
            lines.append(weighed(sides=card.weighed, pre_in_town=card.pre_in_town, hide=card.hide))
    lines.extend(_state(card, now))
    if card.hint:
        lines.append("Pour répondre, glissez ce message.")
    return "\n".join(lines)


def body(*, card: Card, now: datetime) -> str:
    """Her words, or what came instead."""
    if card.withdrawn_at is not None:
        return f"<i>a retiré un message à {dates.hour(card.withdrawn_at)}</i>"
    edited = " <i>(modifié)</i>" if card.edited else ""
    words = hidden(card.words, hide=card.hide) if card.words else ""
    if card.kind == "text":
        return words + edited
    return (
        f"<i>{KINDS.get(card.kind, 'un message')}, ci-dessous</i>" + (f"\n{words}" if words else "") + edited
    )


def hers_to_do(*, coordinatrice: str | None) -> str:
    """A child may be in danger: each must not believe that the other calls 119."""
    tell = f"Dites-le à {esc(coordinatrice)}. " if coordinatrice else ""
    return (
        "L'urgence, c'est le 17, le 15 ou le 119 — pas nous.\n"
        "Rien n'a été envoyé à d'autres services. Convenez avec elle de qui prévient. "
        "Vous ne la joignez pas, ou vous doutez : appelez le 119 vous-même.\n"
        f"{tell}Pas d'appel aux parents avant d'avoir pris conseil (119). N'interrogez pas l'enfant."
    )


def territory_named(*, territory: str, pre_in_town: bool) -> str:
    """A territory, in the middle of a sentence."""
    return (TERRITORIES if pre_in_town else WITHOUT_PRE)[territory]


def _proposal(card: Card) -> Sequence[str]:
    if card.unsure and not card.corrected and not card.nursery:
        return [f"{_question(card.pre_in_town)} Je ne sais pas."]
    named = territory_named(territory=card.territory, pre_in_town=card.pre_in_town)
    if card.corrected:
        return [f"{bold(_first_upper(named))}, vu avec vous."]
    reason = f" : {clause(key=card.reason)}" if card.reason else ""
    if card.nursery and (card.unsure or card.territory == "pre"):
        helps = f" Possible : {esc(card.nursery_help)}." if card.nursery_help else ""
        return [f"Maternelle : pas le CLAS.{helps}"]
    if card.territory in ("pre", "both") and not card.pre_in_town:
        helps = f" Pas de PRE ici : {esc(card.alternative)}." if card.alternative else " Pas de PRE ici."
        return [f"Plutôt {bold(named)}{reason}.{helps}"]
    return [f"Plutôt {bold(named)}{reason}."]


def weighed(*, sides: Weighed, pre_in_town: bool, hide: bool) -> str:
    """The teacher's words that weighed, for the référente who asks why; hidden like the rest of them."""
    lines = [
        f"Ont pesé vers {territory_named(territory=one, pre_in_town=pre_in_town)} : "
        f"{hidden(', '.join(words), hide=hide)}"
        for one, words in sides
        if words
    ]
    return "\n".join(lines) or "Aucun mot ne pèse plus qu'un autre."


def _question(pre_in_town: bool) -> str:
    return f"CLAS ou {territory_named(territory='pre', pre_in_town=pre_in_town)} ?"


def _first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _state(card: Card, now: datetime) -> Sequence[str]:
    if card.state == "closed":
        return ["Clos."]
    lines = ["N'est plus dans Passerelle : rien ne lui arrive ici. Passez par l'école."] if card.left else []
    if card.call_at is not None:
        number = card.call_number
        lines.append(callbacks.on_card(at=card.call_at, number=number, hide=card.hide, now=now))
    if card.state == "answered":
        return [*lines, f"Répondu par {esc(card.taken_by or 'le centre')}."]
    if card.state == "taken" and card.taken_by:
        lines.append(f"{esc(card.taken_by)} s'en occupe.")
    if card.promised is not None:
        lines.append(f"Promis d'ici {dates.deadline(card.promised, now)}.")
    if not card.confirmed:
        lines.append("Arrivée par le code de l'école : à confirmer.")
    return lines


def has_left(*, teacher: str, school: str) -> str:
    """Under the card, at once: she left, or her access was closed, with a thread open."""
    return (
        f"{bold(teacher)} ({esc(school)}) n'est plus dans Passerelle : rien ne lui arrive ici.\n"
        "Pour lui répondre, passez par l'école."
    )


def closed_card(*, teacher: str, school: str, since: str, instead_of: Sequence[str]) -> str:
    """The coordinatrice's: nothing of the content before she takes it."""
    away = " et ".join(esc(one) for one in instead_of) or "L'équipe"
    verb = "est absente" if len(instead_of) == 1 else "sont absentes"
    return (
        f"{bold(teacher)} · {esc(school)}\nUn message attend, reçu {since}. {away} {verb}.\n"
        "Le contenu s'ouvre si vous le prenez."
    )


def closed_buttons() -> Buttons:
    """Take it, or give it to somebody of the team."""
    return ((("Prendre", "take"), ("Donner à…", "give")),)


def buttons(
    *,
    territory: str,
    unsure: bool,
    state: str,
    nursery: bool = False,
    call_owed: bool = False,
    danger: bool = False,
    pre_in_town: bool = True,
) -> Buttons:
    """Four actions; the choosers are grids with a way back. ``call_owed``: she was promised a call.

    Where a child may be in danger (``danger``), nothing is asked of CLAS or PRE.
    """
    if state == "answered":
        called = ((("Rappelée", "done"),),) if call_owed else ()
        return (*called, (("Clore", "close"), ("J'attends sa réponse", "wait")))
    if state == "closed":
        return ()
    first = ("Rappelée", "done") if call_owed else ("Je l'appelle", "call")
    if danger:
        return ((first, ("Passer la main", "give")), (("Plus…", "more"),))
    pre = _first_upper(territory_named(territory="pre", pre_in_town=pre_in_town))
    asked = f"{pre} ou autre ?" if nursery else _question(pre_in_town)
    sure = f"{_first_upper(territory_named(territory=territory, pre_in_town=pre_in_town))} ✓"
    tag = asked if unsure else sure
    return ((first, (tag, "tag")), (("Passer la main", "give"), ("Plus…", "more")))


def tag_buttons(*, pre_in_town: bool) -> Buttons:
    """One tap corrects; another asks why."""
    pre = _first_upper(territory_named(territory="pre", pre_in_town=pre_in_town))
    return (
        (("CLAS", "tag:clas"), (pre, "tag:pre")),
        (("Les deux", "tag:both"), ("Autre", "tag:autre")),
        (("‹ Retour", "back"), ("Pourquoi ?", "why")),
    )


def more_buttons(*, danger: bool) -> Buttons:
    """What is needed less often; no message is ready where a child may be in danger."""
    ready = () if danger else (("Message prêt", "ready"),)
    return (
        (("Plus tard", "later"), ("Clore", "close")),
        (("Autre enfant", "split"), *ready),
        (("‹ Retour", "back"),),
    )


def people_buttons(*, people: Sequence[tuple[int, str]], verb: str) -> Buttons:
    """A grid of colleagues."""
    rows = [
        tuple((name, f"{verb}:{person}") for person, name in people[at : at + 2])
        for at in range(0, len(people), 2)
    ]
    return (*rows, (("‹ Retour", "back"),))


def follow_up(*, teacher: str, words: str, hide: bool, edited: bool = False) -> str:
    """More from the same teacher, under the card; words that fill a bubble stand in it alone."""
    after = " (modifié)" if edited else ""
    if not fits(f"{teacher} : {words}{after}"):
        return hidden(words, hide=hide)
    return f"{bold(teacher)} : {hidden(words, hide=hide)}" + (f"<i>{after}</i>" if after else "")


def caption(*, words: str, hide: bool, edited: bool = False) -> str:
    """The caption of what she sent, under the card."""
    after = " (modifié)" if edited else ""
    if not fits(f"{words}{after}", most=CAPTION):
        return hidden(words, hide=hide)
    return hidden(words, hide=hide) + (f"<i>{after}</i>" if after else "")


def old_words(*, words: str) -> str:
    """What a late edit replaced, one tap away."""
    before = "Elle a modifié son message. Avant : "
    shown = hidden(words, hide=True)
    return f"{before}{shown}" if fits(f"{before}{words}") else shown


def withdrawn(*, teacher: str, at: datetime) -> str:
    """What stays of a message that was taken back."""
    return f"{esc(teacher)} a retiré un message à {dates.hour(at)}."


def not_carried(*, teacher: str, school: str) -> str:
    """Something came that cannot be carried."""
    return (
        f"{bold(teacher)} · {esc(school)}\nElle a envoyé quelque chose que Telegram ne laisse pas copier. "
        "Elle est prévenue ; vous pouvez lui répondre ici."
    )


def known_question(*, teacher: str, school: str) -> str:
    """She came by a shared code."""
    return f"{bold(teacher)} s'est inscrite avec le code de l'école {esc(school)}. Vous la connaissez ?"


def known_buttons() -> Buttons:
    """Yes or no."""
    return ((("Oui", "know:yes"), ("Non", "know:no")),)


# Toasts: a word at the top of the screen after a press.


def take_first() -> str:
    """The coordinatrice presses something else than « Prendre »."""
    return "Prenez d'abord ce message : touchez « Prendre »."


def already_taken(*, by: str) -> str:
    """Two pressed at once: the second is told who has it."""
    return f"{by} s'en occupe déjà."


def yours() -> str:
    """She has it."""
    return "C'est à vous."


def noted() -> str:
    """Done."""
    return "C'est noté."


def not_yours() -> str:
    """A button that is not hers to press."""
    return "Ce bouton n'est plus le vôtre."


def too_old() -> str:
    """A button whose moment has passed."""
    return "Ce bouton ne sert plus."


def danger_first() -> str:
    """A proposal or a ready message, in a conversation marked ⚠️."""
    return "Un danger est possible ici : répondez avec vos mots."


def why_said() -> str:
    """Somebody said what it is about: nothing was weighed."""
    return "C'est ce que l'école ou l'équipe a dit."


def nothing_to_split() -> str:
    """There is only one message."""
    return "Il n'y a qu'un message dans ce fil."


def wait_buttons() -> Buttons:
    """After « J'attends sa réponse »."""
    return ((("Clore", "close"),),)
