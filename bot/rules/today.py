"""Is this word for tonight's session? « Ne l'attendez pas », « est-il bien arrivé ? ».

A same-day message is one that is lost if whoever runs today's session does not read it before the
session ends: who comes, who left, who is late, who waits at the gate, what to do or watch tonight.
Its usual words lower the model's bar; where only another day or an errand is named, it says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_SOON = (
    r"(?:ce soir|aujourd hui|tout a l heure|cet(?:te)? (?:apres midi|am)|ce jour|a l"
    r" instant|(?:la|des) maintenant|ce midi)"
)
_WHO_AND_WHERE = (
    r"(?:vien(?:t|nent|dra|dront|drait)|sera|seront|absente?s?|malade|fievre|vomi\w*"
    r"|gastro|angine|parti\w*|part\b|partent|repart\w*|arriv\w*|retard|recuper\w*|chercher"
    r"|rentr\w+|sort\w*|oubli\w*|rendez vous|dentiste|medecin|amen\w*|depos\w*|garde\w*"
    r"|attend\w*|prend\w*|passe\w*|laiss\w*|rester?\b|reste\b|commence\w*|sechent?|seche\b"
    r"|devoirs?|lecons?|lecture|lire|lisent|exo\w*|exercices?|dictee|reciter|revis\w*"
    r"|punition|gouter|mange\w*|donn\w*|regard\w*|verifi\w*|ecri\w*|fini\w*|termin\w*"
    r"|annul\w*|c est (?:donc )?(?:lui|elle|la|le)|qui est|est la\b|fatigue\w*|creves?"
    r"|separer?|surveill\w*|mettez|placez|clas\b|groupe|seance|soutien|doux|calme)"
)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_STRONG = re.compile(
    r"\b(?:"
    r"(?:ne )?l(?:es)? attend(?:ez|ons|re|s) (?:donc )?(?:pas|plus)(?! (?:le|les|l|un"
    r"|avant|la semaine|mardi|jeudi|lundi|demain))"
    r"|pas la peine de l(?:es|)? ?attendre|ne (?:le|la|les) cherchez pas|inutile de"
    r" l(?:es)? ?attendre|rayez l[ea]s?(?: pour ce soir)?"
    r"|(?:est|sont)[ -](?:il|elle|ils|elles)[ -](?:bien |deja )?(?:arrivee?s?|chez vous|avec vous|la\b)"
    r"|(?:il|elle|ils|elles|\w+) (?:est|sont|serait)(?:[ -](?:il|elle|ils|elles))? (?:bien"
    r" )?(?:arrivee?s?|la|chez vous) ?\?"
    r"|(?:pas|jamais) (?:encore )?arrivee?s? ?\?|vous l(?:es)? avez vue? ?\?|vous l auriez"
    r" vue?|vous etes ou\b(?! \w)|vous arrivez ?\?|finalement (?:il|elle|ils|elles|\w+)"
    r" (?:ne )?vien|(?:grille|portail|porte)[^.\n]{0,20}chez vous ?\?|descends (?:le |la "
    r"|vous |les )?(?:porter|apporter)"
    rf"|(?:absente?s?|abs|malades?)\b[^.\n]{{0,40}}\b(?:{_SOON})|{_SOON}\b[^.\n]{{0,40}}\babsente?s?"
    r"|pas de (?:clas|groupe|soutien|seance|devoirs|lecture|jeux|\w+ chez"
    r" vous)\b[^.\n]{0,60}\b(?:ce soir|aujourd hui|tout a l heure)|ce soir (?:\w+"
    r" ){0,3}pas de\b"
    r"|il est 1[6-9] ?h ?\d{0,2}\b|1[67] ?h ?\d{2},|(?:retour|rentre\w*|arriv\w+|la)"
    r" (?:\w+ ){0,3}(?:a|vers) (?:1[678] ?h|dix sept|dix huit)"
    r"|(?:\d+|dix|quinze|vingt|cinq) (?:min|minutes?|mn) de retard|dans (?:\d+|dix|cinq"
    r"|quinze) (?:min|minutes?|mn)\b"
    r"|je (?:vous )?l(?:es|e|a)? ?(?:amene|garde avec|descends|envoie quand meme|monte)"
    r"|(?:il|elle|ils) (?:est|sont|reste|restent|attend|attendent) avec (?:moi|l atsem|le"
    r" gardien)"
    r"|(?:parti|partie|sauvee?|repartie?|monte|descendu)e?s? (?:seule?|sans vous|sans vous"
    r" attendre|avec (?:moi|sa|son|la|le))\b"
    r"|ne (?:le |la |les )?(?:laissez|donnez) pas (?:\w+ )?(?:sortir|partir|repartir)"
    r"|prevenez l(?: |es? |a )animat"
    r"|personne (?:n est |est |ne vient |vient |n etait )?(?:venue?s? |la )?(?:pour )?(?:l"
    r"|le|la|les)? ?(?:chercher|recuperer)|(?:maman|mere|papa|pere) (?:\w+ ){0,2}(?:n est"
    r" pas venue?|ne vient pas|vient pas|pas venue?) (?:l[ea]s? )?chercher"
    r"|(?:bien|pas) arrivee?s? (?:au centre|chez vous|au groupe|a destination)|(?:il|elle"
    r"|ils) (?:est|sont) (?:bien|pas|toujours) (?:chez|avec) vous|pas la (?:ce soir"
    r"|aujourd hui)"
    r"|(?:venir|passer) l(?:e|a|es) (?:chercher|prendre) ?\?|animat\w+ (?:n )?est"
    r" (?:toujours )?pas la|(?:clas|groupe|seance) (?:est[ -]il |est )?(?:maintenue? |bien"
    r" )?ce soir|ce soir (?:\w+ ){0,4}(?:clas|groupe)"
    r"|les enfants (?:\w+ ){0,4}attendent (?:devant|dehors|a la grille|sous)|on (?:vous"
    r"|les) attend (?:la|a la|devant|depuis)"
    r")"
)
_TONIGHT = re.compile(
    rf"\b{_SOON}\b[^\n]{{0,70}}?\b{_WHO_AND_WHERE}"
    rf"|\b{_WHO_AND_WHERE}\b[^\n]{{0,70}}?\b{_SOON}\b"
)
# Habits, the past, other days, adults' errands, the school day itself: not for tonight's session.
_NOT_TONIGHT = re.compile(
    r"\b(?:hier|avant hier|demain|la semaine (?:prochaine|derniere)|(?:lundi|mardi"
    r"|mercredi|jeudi|vendredi|samedi) (?:dernier|prochain)|d habitude|en general|tous les"
    r"|chaque (?:soir|jour|matin|lundi|mardi|jeudi)"
    r"|toujours en retard|\d+e? fois|(?:deuxieme|troisieme|quatrieme|cinquieme|enieme)"
    r" fois|deux fois|trois fois|encore (?:personne|en retard|absente?)|vendredi|a partir"
    r" d|la prochaine fois|l an dernier|depuis (?:septembre|octobre|novembre|decembre"
    r"|janvier|\d+ (?:jours|semaines|mois)|deux|trois)"
    r"|\d+e jour|reunion|cafe des parents|flyers?|plaquettes?|papiers|fiche|affiches?"
    r"|documents?|garde a vue|ivre|alcoolise\w*|cles?|parapluie|repetition|exercice"
    r" incendie|conseil|a t il (?:ete )?|est ce que ce que|comment (?:s est passe|ca s"
    r" est)|normalement a"
    r"|je (?:vous|te|t) (?:r ?)?appelle\w* (?:ce soir|tout a l heure|plus tard|dans))\b"
)
_A_DAY = re.compile(r"(?<!\bce )(?<!\bdu )\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi)\b")
_NOW = re.compile(rf"\b{_SOON}\b")


def said(folded: str) -> bool:
    """Whether a sentence of a folded text has the words of a same-day message."""
    return any(not _another_day(sentence) for sentence in _sentences(folded))


def _sentences(folded: str) -> list[str]:
    """Those that have the words, whatever their day."""
    found = _SENTENCE.findall(folded)
    return [one for one in found if _STRONG.search(one) or _TONIGHT.search(one)]


def _another_day(sentence: str) -> bool:
    return bool(_NOT_TONIGHT.search(sentence) or (_A_DAY.search(sentence) and not _NOW.search(sentence)))


def judge(scores: Mapping[str, float] | None, fixed: Mapping[str, float], folded: str) -> bool:
    """Words confirmed by the model, or the model alone from a higher bar; words alone without it."""
    spoken = said(folded)
    if scores is None or (not spoken and (_sentences(folded) or _NOT_TONIGHT.search(folded))):
        return spoken
    return scores["today"] >= fixed["today_from_words" if spoken else "today_from"]
