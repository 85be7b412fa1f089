"""What no rule can place: « rappelez-moi », « je voulais vous parler de Lina C. », another language.

The label is then worth nothing, whatever the model makes of a greeting or of a first name: the
référente's card asks.
"""

from __future__ import annotations

import re
from collections.abc import Container

from bot.rules import words

KNOWN_LEAST = 0.6
"""Share of a text's words that the model must have met; one message in three hundred has fewer."""

# fmt: off
_SAYS_NOTHING = frozenset({
    "bonjour", "bonsoir", "coucou", "salut", "hello", "re", "rebonjour", "allo", "madame",
    "monsieur", "merci", "svp", "stp", "plait", "oui", "bien", "sur", "encore", "toujours", "ici",
    "a", "au", "aux", "ai", "avec", "avez", "c", "ce", "cela", "ca", "d", "de", "des", "du", "en", "est",
    "et", "etes", "etre", "faire", "faut", "il", "elle", "j", "je", "l", "la", "le", "les", "leur",
    "lui", "m", "ma", "me", "mes", "moi", "mon", "n", "nos", "notre", "nous", "on", "ou", "pour", "que",
    "qu", "s", "se", "si", "suis", "t", "te", "toi", "tu", "un", "une", "votre", "vos", "vous", "vs",
    "y", "peut", "peux", "pouvez", "pourriez", "pourrait", "pourrions", "voudrais", "voulais",
    "veux", "aimerais", "souhaite", "souhaiterais", "faudrait", "besoin", "envie",
    "appeler", "appelez", "appelle", "rappeler", "rappelez", "rappelle", "rappel", "joindre",
    "joignable", "contacter", "contactez", "recontacter", "parler", "parle", "parlez", "reparler",
    "discuter", "echanger", "voir", "dire", "demander", "question", "questions", "quelque",
    "chose", "quand", "possible", "dispo", "disponible", "libre", "moment", "minute", "minutes",
    "temps", "urgent", "vite", "rapidement", "soir", "demain", "aujourd", "hui", "midi",
    "matin", "apres", "cette", "semaine", "sujet", "propos", "concernant", "eleve", "enfant",
    "classe", "situation", "cas", "avis", "conseil", "petit", "petite",
})
# fmt: on


# « de Lina C. », « bonjour Chantal »: a capital, then small letters, where a name stands
_NAMED = re.compile(
    r"(?i:\b(?:de|d['’]|pour|avec|à|a|bonjour|bonsoir|et))\s*[^\W\d_a-zà-ÿ][a-zà-ÿ]+\b(?:\s+[A-Z]\b\.?)?"
)


def says_nothing(text: str) -> bool:
    """Whether it only greets, or asks to talk, perhaps of somebody it names."""
    spelt = words.words(words.fold(_NAMED.sub(" ", text)))
    return all(one in _SAYS_NOTHING for one in spelt)


def is_strange(parts: list[str], known: Container[str]) -> bool:
    """Whether most of a text's words were never met: another language, or a key held down."""
    spelt = [one for one in parts if one.isascii() and one.isalnum()]
    return sum(one in known for one in spelt) < KNOWN_LEAST * len(spelt)
