"""« C'est pour ce soir »: a word about today rings whoever is with the children now."""

from datetime import datetime

from bot.texts import dates
from bot.texts.html import bold, esc, hidden

Buttons = tuple[tuple[tuple[str, str], ...], ...]


def receipt(*, telephone: str) -> str:
    """With the telephone, in case nobody looks."""
    return f"Envoyé à l'équipe de ce soir. Sans « vu » dans dix minutes, appelez le {esc(telephone)}."


def receipt_outside(*, telephone: str, then: str) -> str:
    """Outside sessions: the telephone at once."""
    return f"Pour aujourd'hui, appelez le {esc(telephone)} : c'est le plus sûr.\n{then}"


def seen(*, by: str, at: datetime) -> str:
    """Somebody has seen it."""
    return f"{esc(by)} l'a vu à {dates.hour(at)}."


def calls(*, by: str) -> str:
    """Somebody calls her."""
    return f"{esc(by)} vous appelle."


def unseen(*, telephone: str) -> str:
    """Ten minutes without anybody: audible."""
    return f"Personne ne l'a encore vu. Appelez le {esc(telephone)}."


def ring(
    *, teacher: str, school: str, classes: str, at: datetime, words: str, hide: bool, now: datetime
) -> str:
    """To whoever runs today's session: that message only."""
    who = " · ".join([bold(teacher), *([esc(classes)] if classes else []), esc(school), dates.hour(at)])
    return f"Pour aujourd'hui · {who}\n{hidden(words, hide=hide)}"


def ring_buttons() -> Buttons:
    """Two."""
    return ((("Vu", "seen"), ("Je l'appelle", "seen:call")),)


def ring_seen(*, text: str, by: str) -> str:
    """The same bubble, once somebody has seen it."""
    return f"{text}\n\nVu par {esc(by)}."
