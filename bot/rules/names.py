"""Things a message should not carry: a full name, a telephone number, an address.

The text is kept as it is; the teacher is told once, kindly. Better to miss a rare name than to
scold about « Les Tilleuls », so a name needs two capitalised words that no other use explains.
"""

from __future__ import annotations

import re
from enum import Enum

from bot.rules import words


class Personal(Enum):
    """What was typed."""

    NAME = "name"
    PHONE = "phone"
    ADDRESS = "address"


_PHONE = re.compile(r"(?<!\d)(?:(?:\+|00) ?33 ?(?:\(0\) ?)?|0) ?[1-9](?:[ .\-/]?\d{2}){4}(?!\d)")
_ADDRESS = re.compile(
    r"\b\d{1,4} ?(?:bis|ter|quater)?,? ?(?:rue|avenue|av|bd|boulevard|allee|impasse|chemin"
    r"|place|square|quai|residence|sente|route|cours)\b(?! ?:)"
    r"|\b(?:rue|avenue|boulevard|allee|impasse|chemin) (?:de |du |des |d |de la |de l"
    r" )?[a-z]{3,}[^.\n]{0,20}\b(?:95\d{3}|bat(?:iment)? ?[a-z0-9]|appt?|appartement)\b"
    r"|\b95\d{3} [a-z]{4,}"
)
_CAPITAL = r"[A-ZÀÂÄÇÉÈÊËÎÏÔÖÛÜŸ]"
_GIVEN = rf"{_CAPITAL}[a-zà-öø-ÿ]+(?:-{_CAPITAL}[a-zà-öø-ÿ]+)?"
_FAMILY = (
    rf"(?:(?:de|da|dos|ben|el|El|Ben|Da|De|Le|La|N')[ ']?)?"
    rf"{_CAPITAL}(?:[a-zà-öø-ÿ]{{2,}}|[A-ZÀ-ÖØ-Þ]{{2,}})(?:-{_CAPITAL}[A-Za-zà-öø-ÿ]+)?"
)
_PAIR = re.compile(rf"(?<![\w'’.])({_GIVEN}) ({_FAMILY})(?![\w])")
# A title makes it an adult of the trade, who may be named: « Mme Diallo », « M. Roux »
_TITLE = re.compile(
    r"(?:Mme|Mlle|M\.|Mr|Mrs|Madame|Monsieur|Docteur|Dr|Maître|Maîtresse|École|école|ecole"
    r"|collège|lycée|Ville|Caf)\s*$"
)
# fmt: off
_NOT_A_GIVEN = frozenset({
    "bonjour", "bonsoir", "merci", "coucou", "salut", "hello", "madame", "monsieur", "mme", "mr",
    "cher", "chere", "chers", "le", "la", "les", "un", "une", "des", "mon", "ma", "mes", "son",
    "sa", "ses", "il", "elle", "ils", "elles", "nous", "vous", "je", "on", "ce", "cet", "cette",
    "ces", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "janvier",
    "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre",
    "novembre", "decembre", "noel", "toussaint", "paques", "ecole", "college", "lycee", "centre",
    "maison", "place", "rue", "avenue", "saint", "sainte", "val", "classe", "groupe", "cycle",
    "maternelle", "petite", "moyenne", "grande", "section", "direction", "directrice",
    "directeur", "maitresse", "maitre", "pour", "avec", "dans", "chez", "et", "ou", "mais",
    "donc", "car", "que", "qui", "quoi", "quand", "comment", "depuis", "apres", "avant", "hier",
    "demain", "aujourd", "ok", "oui", "non", "pas", "plus", "bien", "tres", "tout", "bon",
    "bonne", "belle", "super", "objet", "suite", "rappel", "urgent", "en", "route", "vers", "au",
    "aux", "du", "de", "si", "bref", "enfin", "voila", "autre", "deux", "trois", "quatre", "cinq",
    "premier", "premiere", "dernier", "maman", "papa", "mamie", "papi", "tonton", "tata",
    "parcours", "programme", "contrat", "projet", "atelier", "jardin", "cordialement",
    "amicalement", "bises", "chef", "equipe", "education", "nationale", "france", "paris",
    "eragny", "ermont", "cergy", "pontoise",
})
# fmt: on
# fmt: off
_NOT_A_FAMILY = frozenset({
    "cp", "ce", "ce1", "ce2", "cm", "cm1", "cm2", "ps", "ms", "gs", "clas", "pre", "ppre", "pap",
    "pai", "pps", "rased", "aesh", "upe2a", "ulis", "cmp", "cmpp", "mdph", "caf", "psy", "en",
    "eragny", "ermont", "cergy", "pontoise", "paris", "france", "bonjour", "bonsoir", "merci",
    "et", "est", "a", "va", "ne", "il", "elle", "vient", "lundi", "mardi", "mercredi", "jeudi",
    "vendredi", "samedi", "dimanche", "ip", "crip", "samu", "sms", "rdv", "tel", "ok", "svp",
    "stp", "ief", "asap", "vtt", "tv", "ccas", "pmi", "laep",
})
# fmt: on


def personal(text: str) -> frozenset[Personal]:
    """Which of the three a text carries; empty when none is seen."""
    found: set[Personal] = set()
    if _PHONE.search(text):
        found.add(Personal.PHONE)
    if _ADDRESS.search(words.fold(text)):
        found.add(Personal.ADDRESS)
    if any(_is_name(match, text) for match in _PAIR.finditer(text)):
        found.add(Personal.NAME)
    return frozenset(found)


def _is_name(match: re.Match[str], text: str) -> bool:
    given, family = words.fold(match[1]).strip(), words.fold(match[2]).strip()
    if given in _NOT_A_GIVEN or family in _NOT_A_FAMILY or family in _NOT_A_GIVEN:
        return False
    return not _TITLE.search(text[: match.start()][-12:])
