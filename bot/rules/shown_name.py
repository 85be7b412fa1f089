"""The name others read: taken from a profile, or typed by its owner.

A typed name must never swallow a message for the centre, so whatever could be a sentence is one.
"""

import re
import unicodedata

from bot.rules import words
from bot.rules.closing import closes
from bot.rules.danger import Danger, hear

LONGEST = 40
_MOST_WORDS = 4
_SPELT = re.compile(r"[^\W\d_]+(?:[ '’.-]+[^\W\d_]+)*\.?")
# Words no name has and a first sentence often does.
_OF_SENTENCES = re.compile(
    r"\b(?:bonjour|bonsoir|salut|coucou|merci|ok|oui|non|stop|aide[rz]?|svp|urgent|test|rappelez|appelez|attendez"
    r"|il|elle|on|je|tu|nous|vous|ils|elles|ce|cette|ca|est|es|a|ai|as|ont|avez|sont|etait|ne|pas|plus|que|qui"
    r"|quoi|ou|et|mais|donc|pour|avec|dans|chez|sur|sans|mon|ma|mes|son|sa|ses|notre|votre|un|une|absente?"
    r"|malade|partie?|demain|aujourd|hui|hier|ici|maintenant|rien|quand|comment|pourquoi)\b"
)


def clean(shown: str) -> str:
    """A profile's name on one line, without invisible characters; empty if nothing of it shows."""
    kept = "".join(" " if one.isspace() else one for one in shown if one.isspace() or _shows(one))
    line = " ".join(kept.split())[:LONGEST].strip()
    return line if any(one.isalnum() for one in line) else ""


def _shows(one: str) -> bool:
    return unicodedata.category(one) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} and one not in _BLANKS


_BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters that draw nothing: names made of them have been seen."""


def is_a_name(text: str) -> bool:
    """Whether somebody who was asked her name has typed one, rather than words for the centre."""
    said = text.strip()
    if len(said) > LONGEST or not _SPELT.fullmatch(said):
        return False
    folded = words.fold(said)
    if len(words.words(folded)) > _MOST_WORDS or _OF_SENTENCES.search(folded):
        return False
    return not closes(said) and hear(said) is Danger.NONE
