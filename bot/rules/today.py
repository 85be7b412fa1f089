"""Is this word for tonight's session? « Ne l'attendez pas », « est-il bien arrivé ? ».

A same-day message is one that is lost if whoever runs today's session does not read it before the
session ends: who comes, who left, who is late, who waits at the gate, what to watch tonight.
"""

from __future__ import annotations

import re

_NOW = (
    r"(?:ce soir|ce midi|aujourd hui|auj\b|ajd|tout a l heure|cet(?:te)? (?:apres[ -]?midi|aprem|am)\b|maintenant|tt a l heure"
    r"|ce jour|a l instant|dans (?:\d+|cinq|dix|un quart d|une demi) ?(?:min|minutes?|h|heure)|a? ?1[5-9] ?h ?\d{0,2}|18 ?h|\d+ ?min)"
)
_COMES = (
    r"(?:vien\w*|viendra|attend\w*|absent\w*|malade|fievre|parti\w*|reparti\w*|arriv\w*|retard|recuper\w*|cherch\w*|rentr\w*|sort\w*|oubli\w*|dentiste|medecin|present\w*"
    r"|amen\w*|depos\w*|accompagn\w*|sera\b|seront|seul\w*|pas la\b|retour\w*|envoi\w*|dispens\w*|garde\w*|repart\w*|quitt\w*|bus|car\b)"
)
_SAME_DAY = re.compile(
    rf"\b{_NOW}[^\n]{{0,60}}?\b{_COMES}|\b{_COMES}[^\n]{{0,60}}?\b{_NOW}"
    r"|\b(?:ne )?l(?:es)? attendez pas|ne (?:l|les) attend\w* (?:pas|plus)|pas la peine de l(?:es)? attendre"
    r"|personne n est (?:venue?|la|passee?)|(?:est|sont)[ -](?:il|elle|ils|elles) (?:bien )?(?:arrive|la\b|rentre|parti|chez vous|avec vous)|\b(?:bien|pas) arrivee?s? (?:chez vous|au centre|au groupe|au clas)\b"
)


def said(folded: str) -> bool:
    """Whether the words of a same-day message stand in a folded text."""
    return bool(_SAME_DAY.search(folded))


def judge(scores: dict[str, float] | None, fixed: dict[str, float], folded: str) -> bool:
    """The model's answer, with a lower bar where the words above stand; those alone without it."""
    spoken = said(folded)
    if scores is None:
        return spoken
    return scores["today"] >= fixed["today_from_words" if spoken else "today_from"]
