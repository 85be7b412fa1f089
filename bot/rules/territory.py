"""CLAS, PRE, both, or another matter: the proposal a référente sees, with its reason.

The order of evaluation of the field: level first (nursery is never CLAS), then the nature of the
need, read by the model from the whole text; without a model, by the topics below.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

TERRITORIES = ("clas", "pre", "both", "autre")
NO_SHIFT: Mapping[str, float] = MappingProxyType(dict.fromkeys(TERRITORIES, 0.0))
ACTIONS = (
    "clas",
    "pre",
    "jardin",
    "velo",
    "lecture",
    "projet",
    "parents",
    "promo",
    "reunion",
    "ecole",
    "aucune",
)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a message can be about: the key of its reason, its side, the words that tell it."""

    key: str
    territory: str
    pattern: re.Pattern[str]
    action: str


def _topic(key: str, territory: str, pattern: str, action: str | None = None) -> Topic:
    return Topic(key, territory, re.compile(rf"\b(?:{pattern})"), action or territory)


# The first topic of the proposed territory that is found gives the reason: most telling first.
TOPICS = (
    _topic(
        "absences",
        "pre",
        r"absenteis|absences?\b|(?:\d+|deux|trois|quatre|dix) (?:demi )?jours? (?:d absence"
        r"|sans (?:venir|nouvelle))|ne vient plus (?:a l ecole|en classe|du tout)|manque (?:l"
        r" ecole|la classe|un jour|deux jours)|seche\b|plus (?:a l ecole|en classe)|decroch",
    ),
    _topic(
        "school_refusal",
        "pre",
        r"phobie scolaire|refus(?:e|e de venir)? (?:scolaire|l ecole|d entrer|de venir a l"
        r" ecole)|refuse (?:\w+ )?(?:la grille|le portail|d aller a l ecole)",
    ),
    _topic(
        "lateness",
        "pre",
        r"(?:en|de|les|ses) retards?\b(?! (?:en|sur|de|scolaire))|retards? (?:repet|quotidien)",
    ),
    _topic(
        "care",
        "pre",
        r"orthophon|ortho\b|orthoptiste|lunettes|ophtalmo|opticien|cmpp?\b|dentiste|dents\b"
        r"|psycholog|psy\b|pedopsy|medecin|caries?|audi(?:o|tion)|appareil auditif|soins?\b"
        r"|hopital|maladie|medical|sante\b|mutuelle|mdph",
    ),
    _topic(
        "sleep_hunger",
        "pre",
        r"dort (?:en classe|sur)|s endort|sommeil|fatigue\w* (?:chronique|tous)|epuise|faim\b"
        r"|mange (?:pas|plus|rien)|ventre vide|poux|hygiene|sent (?:mauvais|l urine|fort)|pipi"
        r"|memes (?:habits|vetements)|froid\b|manteau",
    ),
    _topic(
        "behaviour",
        "pre",
        r"ingerable|comportement|violent|agress|insult|frappe|tape\b|mord\b|crache|colere"
        r"|crise[sn]?\b|explos|hurle|renverse|jette|exclu|provoqu|ne tient pas en place",
    ),
    _topic(
        "grief_separation",
        "pre",
        r"deuil|deces|decede|mort\b|morte\b|enterrement|separation|separe|divorc|garde"
        r" alternee|prison|detention|incarcer",
    ),
    _topic(
        "housing_papers",
        "pre",
        r"logement|loges?\b|expuls|hotel\b|115\b|hebergement|heberg|papiers|titre de sejour"
        r"|prefecture|loyer|dettes?|factures?|caf\b|chomage|electricite|chauffage|assistante?"
        r" sociale?",
    ),
    _topic(
        "newly_arrived",
        "pre",
        r"allophone|vient d arriver|arrivee? (?:d |de |du |en france)|ne parle(?:nt)? pas"
        r" (?:un mot|francais|encore)|interprete|syrie|ukrain|afghan",
    ),
    _topic(
        "carer_child",
        "pre",
        r"(?:garde|s occupe|leve|habille|couche|nourrit) (?:de )?(?:ses|son|sa|les)"
        r" (?:petit\w* )?(?:freres?|soeurs?|petits)|fait tout a la maison",
    ),
    _topic(
        "distress",
        "pre",
        r"pleure|triste|angoiss|anxi|mutique|ne parle plus|s isole|isolee?\b|replie|mal["
        r" -]etre|souffr|s effondre|dessins? noirs?|seule? (?:a|dans|pendant) (?:la )?(?:recre"
        r"|cour)",
    ),
    _topic(
        "parent_overwhelmed",
        "pre",
        r"(?:maman|mere|papa|pere|parents?|famille|grand[ -]mere) (?:\w+ ){0,6}(?:deborde"
        r"|epuise|depass|n en peut plus|perdue?|a bout|baisse les bras|craque|depressi|malade"
        r"|alite|hospitalise|seule)|n en peut plus|depassee?s?",
    ),
    _topic(
        "asks_pre",
        "pre",
        r"(?<!p)pre\b(?! (?:et|ni))|reussite educative|fiche de sollicitation|parcours individ"
        r"|referent\w* (?:de parcours|pre|famille)",
    ),
    _topic(
        "homework_undone",
        "clas",
        r"(?:devoirs?|lecons?) (?:\w+ ){0,4}(?:pas|jamais|plus)|(?:pas|jamais|plus) (?:\w+"
        r" ){0,3}(?:devoirs?|lecons?)|rend(?:s|re)? (?:plus )?rien",
    ),
    _topic(
        "place_asked",
        "clas",
        r"(?<!en )(?<!sur )place\b|places\b|inscri|liste d attente|admission|dossier d inscription|creneau"
        r"|rejoindre|integrer le groupe|dispo\b",
    ),
    _topic(
        "attendance_group",
        "clas",
        r"(?:absente?s?|malade|(?<!du )retard|viendra|vient|attendez|(?<!y )arrive|recuper|dispense"
        r"|sera la|pas la)\b",
    ),
    _topic("liaison", "clas", r"cahier de liaison|carnet de liaison|outil de liaison|fiche de liaison"),
    _topic(
        "group_news",
        "clas",
        r"progres|bilan|retour sur|seance|votre groupe|au groupe|du groupe|animat\w+|benevole"
        r"|accompagnat",
    ),
    _topic(
        "method", "clas", r"methode|organis|s y prendre|agenda|cartable|apprendre ses lecons|autonom|concentr"
    ),
    _topic(
        "reading_writing",
        "clas",
        r"lecture|lire\b|(?<!au )(?<!du )(?<!son )lit\b|dechiffr|syllabe|dictee|ecri(?:t|re|ture)"
        r"|conjug|grammaire|orthographe|poesie|redaction|compr(?:end|ehension)",
    ),
    _topic(
        "maths",
        "clas",
        r"math|calcul|tables? de|(?:ses|les) tables\b|multiplication|division|problemes? (?:de math"
        r"|a resoudre)|resou\w+ (?:\w+ )?problemes?|fractions?|soustraction|geometrie|compter(?! sur)",
    ),
    _topic("confidence", "clas", r"confiance|timide|n ose|oser|effac|reserve"),
    _topic(
        "homework_help",
        "clas",
        r"devoirs?|lecons?|aide aux devoirs|soutien|clas\b|etude\b|revis|exercices?|apres l"
        r" ecole|16 ?h ?30",
    ),
    _topic("bullying", "autre", r"harcel|phare\b|brimade|souffre[ -]douleur", "ecole"),
    _topic(
        "reading_action",
        "autre",
        r"en route vers la lecture|histoires? (?:au lit|du soir)|albums?|sac(?:s)? (?:a|de)"
        r" (?:histoires|livres)|conteus|raconte[- ]?tapis|bibliotheque",
        "lecture",
    ),
    _topic(
        "garden",
        "autre",
        r"jardin|potager|semis|graines?|tomates|radis|compost|arros|plant(?:er|ation|s)"
        r"|recolte|serre\b|bac a",
        "jardin",
    ),
    _topic("bike", "autre", r"velos?\b|casques?|pneus?|freins?|rustine|trottinette|pedal", "velo"),
    _topic(
        "class_project",
        "autre",
        r"projet|theatre|danse|spectacle|intervenant|cirque|chorale|percussion|fresque"
        r"|kermesse|exposition|expo\b|costumes?",
        "projet",
    ),
    _topic(
        "families_news",
        "autre",
        r"flyers?|affiches?|plaquettes?|depliants?|prospectus|tract|communiquer|diffus",
        "promo",
    ),
    _topic(
        "mediation",
        "autre",
        r"mediation|ne (?:se )?parlent plus|conflit|ne veut plus (?:me|nous) (?:parler|voir)"
        r"|malentendu|fache",
        "parents",
    ),
    _topic(
        "parents",
        "autre",
        r"cafe des parents|parents d eleves|les parents|delegues|familles|question (?:des|de"
        r" plusieurs) parents",
        "parents",
    ),
    _topic(
        "meeting",
        "autre",
        r"reunion|rdv\b|rendez[ -]vous|conseil (?:de cycle|des maitres|d ecole)|creneau|ordre"
        r" du jour",
        "reunion",
    ),
    _topic(
        "school_tools",
        "autre",
        r"ppre\b|pap\b|pai\b|pps\b|rased|psy[ -]?en|aesh|avs\b|equipe educative|upe2a|ulis"
        r"|maintien|inspect|greve|conseil d ecole",
        "ecole",
    ),
    _topic(
        "thanks_greetings",
        "autre",
        r"merci|bravo|bonne|bonnes|belle|felicit|joyeux|ok\b|super\b|bienvenue",
        "aucune",
    ),
    _topic(
        "logistics",
        "autre",
        r"salle|cle[fs]?\b|code\b|parking|numero|telephone|mail|adresse|horaires?|ouvert|ferme"
        r"|photocop|chaises|materiel",
        "aucune",
    ),
)


def topics(folded: str) -> list[Topic]:
    """Every topic found in a folded text, most telling first."""
    return [topic for topic in TOPICS if topic.pattern.search(folded)]


def reason_key(
    territory: str,
    found: list[Topic],
    *,
    nursery: bool,
    names_pre_only: bool,
    taught: bool,
    both_cycles: bool = False,
) -> str:
    """The key of the one-line reason (``bot/texts/reasons.py``) for a proposed territory.

    ``taught``: without the centre's corrections it would be another.
    """
    if taught:
        return "taught"
    if both_cycles and territory in ("clas", "both"):
        return "both_cycles"  # one of the children is not for the CLAS
    if territory == "both":
        return "both_sides"
    if names_pre_only:
        return "pre_not_in_town"
    keys = [topic.key for topic in found if topic.territory == territory]
    if nursery and territory == "pre":
        return "nursery"
    return keys[0] if keys else f"whole_{territory}"


def by_topics(found: list[Topic], nursery: bool) -> dict[str, float]:
    """Probabilities without a model: which sides the topics stand on. Never sure of itself."""
    sides = {topic.territory for topic in found}
    if nursery:
        sides.discard("clas")
    if {"clas", "pre"} <= sides:
        guess = "both"
    elif "pre" in sides:
        guess = "pre"
    elif "clas" in sides:
        guess = "clas"
    else:
        guess = "autre"
    return {name: 0.55 if name == guess else 0.15 for name in TERRITORIES}


def by_model(
    scores: Mapping[str, float],
    fixed: Mapping[str, float],
    nursery: bool,
    shift: Mapping[str, float] = NO_SHIFT,
) -> dict[str, float]:
    """Calibrated probabilities; a nursery child's CLAS share goes to PRE (« maternelle : jamais »).

    ``shift``: what the centre's corrections add to each territory's log-odds.
    """
    heat = fixed["territory_slope"]
    odds = {name: heat * scores[name] + shift[name] for name in TERRITORIES}
    raw = {name: math.exp(max(-30.0, min(30.0, odd))) for name, odd in odds.items()}
    total = sum(raw.values())
    shares = {name: value / total for name, value in raw.items()}
    if nursery:
        shares["pre"] += shares["clas"] + shares["both"]
        shares["clas"] = shares["both"] = 0.0
    return shares


def likeliest(shares: Mapping[str, float]) -> str:
    """The territory with the largest share; the first of equals."""
    return max(shares, key=lambda name: shares[name])


def best_action(scores: Mapping[str, float] | None, territory: str, found: list[Topic]) -> str:
    """The action meant: the territory's own, else the likeliest of the centre's other matters."""
    if scores is not None:
        allowed = {"clas": ("clas",), "pre": ("pre",), "both": ("clas", "pre")}.get(territory, ACTIONS[2:])
        return max(allowed, key=lambda name: scores[f"action_{name}"])
    if territory == "both":
        return "clas"
    return next((topic.action for topic in found if topic.territory == territory), "aucune")
