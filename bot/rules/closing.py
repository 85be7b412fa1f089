"""A thank-you that starts nothing: « merci beaucoup, bonne soirée », « ok 👍 », « c'est noté ».

A message closes when every word of it belongs to the small language of closings and at least one
word truly closes; one stranger is a name, if it is written like one. Anything asked or told counts as
a message, and so does a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.rules import words

_MAX_WORDS = 24

# A phrase of several words that closes; taken whole, before single words are looked at.
_PHRASES = re.compile(
    r"\b(?:"
    r"(?:merci |mercis )?(?:pour )?tout ce que vous faites|(?:merci )?d (?:avoir"
    r" (?:repondu|appele|rappele|pris le temps|fait vite|pense a (?:nous|moi|lui|elle))"
    r"|etre (?:passee?|venue?s?|la))(?: (?:si|aussi) (?:vite|rapidement|tard|gentiment))?"
    r"|(?:je|on|j) (?:l |le |la |lui |leur |vous |en )?(?:transmets?|transmettra\w*|dis"
    r"|dirai|parle|parlerai|redis|redirai|previens|fais passer|fais suivre|ferai)(?: (?:a"
    r"|au|aux|la|le|les|maman|papa|parents|famille|mere|pere|collegues?|directrice|ca|cela"
    r"|suivre|demain|ce soir|sa))*"
    r"|(?:c est )?(?:bien )?(?:note|recu|entendu|compris) pour (?:(?:la|le|l|les|ce|cette) )?\w+"
    r"|je (?:vous )?(?:tiens|tiendrai) au courant|je regarde (?:ca|cela)(?: demain| ce"
    r" soir| lundi)?|je comprends(?: mieux)?|tout est clair|valide|vu|rien (?:d autre|a"
    r" ajouter|de plus)|je n ai rien a ajouter|tout va bien|tant pis|quand meme|mieux"
    r" comme ca"
    r"|(?:les )?(?:enfants|eleves|petits|grands|parents|cp|ce1|ce2|cm1|cm2|gs) vous"
    r" (?:remercient|disent merci|envoient (?:des|mille) (?:bisous|bises)|embrassent)|on"
    r" se (?:voit|dit|parle|retrouve) (?:\w+ )?(?:lundi|mardi|mercredi|jeudi|vendredi"
    r"|demain|bientot)"
    r"|desolee? (?:du derangement|de vous deranger|pour l heure(?: tardive)?|de l heure)"
    r"|ca (?:me|nous) (?:soulage|rassure)|ca m a fait du bien(?: d en parler)?|(?:vous"
    r" etes )?(?:des|un) (?:amours?|anges?)|meilleurs voeux|bonne annee|a plus|no souci"
    r"|message recu(?: cinq sur cinq)?|sans vous on etait \w+"
    r"|je vous sais gre de (?:votre )?\w+|(?:avec )?tous mes remerciements|vous souhaite"
    r" (?:une |un |de )?(?=bon|tres|excellent|joyeu|belle)|(?:tout est )?(?:rendu|range)\b"
    r"|rien a ajouter(?: pour l instant)?|de mon cote"
    r"|c est (?:bien )?(?:note|parfait|super|bon|top|tout|gentil|entendu|compris|bien|d"
    r" accord|adorable|recu|clair|tres (?:gentil|clair|bien|aimable))(?: pour moi| comme"
    r" ca| de votre part| de ta part)?"
    r"|(?:bien |je |j ai )?(?:bien )?(?:note|recu|compris|pris note)(?: (?:votre|ton|le"
    r"|la) (?:message|mot|reponse|retour|mail|info))?"
    r"|(?:ca|cela) (?:me |nous |leur |lui )?(?:va|marche|roule|convient|aide beaucoup"
    r"|rassure|fait (?:du bien|plaisir|chaud au coeur))(?: tres bien| parfaitement)?"
    r"|ca (?:m |nous )?a (?:bien |beaucoup )?(?:aidee?|rassuree?)"
    r"|a (?:tres |plus |tout |la )?(?:bientot|vite|plus tard|demain|lundi|mardi|mercredi|jeudi"
    r"|vendredi|samedi|tout a l heure|la prochaine|la rentree|la semaine prochaine)"
    r"|(?:bon|bonne|belle|excellente?|tres bonne?|joyeux|joyeuses?)(?:s)? (?:et belle"
    r" )?(?:fin de )?(?:soiree|journee|semaine|aprem|apres[ -]midi|week[ -]?end|we|nuit"
    r"|vacances|annee|fetes|continuation|courage|dimanche|repos|noel|reception|conges?"
    r"|reprise|rentree|debut de semaine|fin de semaine)s?(?: scolaire)?"
    r"|(?:(?:un )?(?:grand|tres grand|enorme) )?(?:merci+|mercis|remerciements)(?:"
    r" (?:beaucoup|bcp|infiniment|mille fois|encore|bien|a vous(?: deux| tous| toutes)?|a"
    r" toi|pour tout|d avance|pour eux|pour elle|pour lui|pour nous))*"
    r"(?: (?:pour|de|d) (?:(?:la|le|l|les|votre|vos|ta|ton|cette|ce|ces|avoir|m avoir|nous"
    r" avoir|tout|toute|tant de|sa|son|m) ?)*(?:(?:super|belle|rapide|gentille?|si|bonne?"
    r"|tres|tes|vraiment) )*(?:\w+)(?: (?:rapide|si rapide|precieuse?|tres claire?|claire?"
    r"|complete?|utiles?|et (?:votre|vos|le|la|l|les) \w+))*)?"
    r"|(?:je vous|je t|vous|on vous) (?:en )?(?:remercie|suis reconnaissante?)(?:"
    r" (?:beaucoup|infiniment|encore|vivement|bien|sincerement))*(?: (?:pour|de)"
    r" (?:(?:votre|vos|le|la|l|les|ton|ta) )?\w+)?"
    r"|pas de (?:souci|soucis|quoi|probleme|pb)|de rien|je vous en prie|avec plaisir|sans"
    r" souci|aucun souci|aucun probleme"
    r"|bien (?:a vous|cordialement|a toi)|(?:tres )?cordialement|(?:bien )?amicalement"
    r"|(?:bises?|bisous|bizzz?)(?: a (?:toute l equipe|tous|toutes|vous))?"
    r"|(?:on fait|faisons|on part|je fais|partons) comme (?:ca|cela|vous dites|convenu|d"
    r" habitude)|entendu|comme convenu|a l equipe|a toute l equipe|toute l equipe"
    r"|(?:vous etes|t es|tu es) (?:super|geniale?s?|top|au top|formidables?|adorables?"
    r"|une? perles?|une? ange|efficaces?)"
    r"|(?:trop|tres|vraiment) (?:bien|gentil|gentille|sympa|cool|aimable)|quelle"
    r" (?:efficacite|rapidite|reactivite)|bonne (?:nouvelle|idee)|super nouvelle|heureuse?"
    r" nouvelle"
    r"|(?:me voila|je suis) (?:rassuree?|soulagee?|ravie?|contente?)|bien vu|bien joue"
    r"|chapeau|bravo(?: a vous| a tous)?|portez vous bien|prenez soin de vous|reposez vous"
    r" bien|(?:a|au) (?:vous|revoir)"
    r"|d ?accord|dac|ok[a-z]?|okay|oki|okk*|ca roule|nickel|impec\w*|parfait\w*|super"
    r"|genial|top|excellent|tres bien|tb|entendu|noted?|recu 5 sur 5|bien reçu"
    r")\b"
)
# fmt: off
_CLOSING_WORDS = frozenset({
    "merci", "merciii", "mercii", "mrc", "mci", "thx", "thanks", "remerciements", "ok", "okok",
    "dac", "daccord", "accord", "parfait", "super", "genial", "nickel", "top", "cool",
    "impeccable", "impec", "note", "entendu", "compris", "bien", "tres", "bonne", "soiree",
    "journee", "bises", "bisous", "cordialement", "cdt", "cdlt", "bav", "bàv", "bravo", "chapeau",
    "ouf",
})
# fmt: on
# fmt: off
_FILLER = frozenset({
    "bonjour", "bjr", "bonsoir", "bsr", "coucou", "hello", "salut", "re", "rebonjour", "et", "a",
    "au", "aux", "de", "du", "des", "la", "le", "les", "l", "d", "vous", "toi", "tu", "t", "nous",
    "je", "j", "moi", "m", "alors", "donc", "oui", "ah", "oh", "eh", "ben", "bah", "hein", "euh",
    "mme", "mr", "madame", "monsieur", "mesdames", "messieurs", "chere", "cher", "chers",
    "chantal", "encore", "beaucoup", "bcp", "tout", "tous", "toutes", "toute", "pour", "tant",
    "vraiment", "aussi", "voila", "esmaman", "nadia", "equipe", "bonne", "bon", "belle", "pareil",
    "egalement", "idem", "vs", "c", "est", "ca", "mon", "ma", "votre", "vos", "cette", "ce", "si",
    "trop", "une", "un", "on", "elle", "lui", "eux", "sa", "non", "annee", "tarde", "grand",
    "hihi", "haha", "mdr", "lol", "xx", "x", "infiniment", "mille", "fois", "ainsi", "comme",
    "deux", "trois", "pareillement", "doki", "acc", "quelle", "yes", "chef", "tkt", "lu", "pris",
    "limpide", "nikel", "gentil", "clair",
})
# fmt: on
_CLOSING_SIGNS = frozenset("👍👌🙏😊🙂😀😁😃😄😍😘❤💕🧡💛💚💙💜♥🌸🌷💐🎉👏✅✔🤗☺😉💪🌙🥰🌺🍀😂😅!")
_NOT_OVER = re.compile(
    r"\?|\b(?:mais|par contre|sinon|cependant|toutefois|juste|autre chose|au fait|d"
    r" ailleurs|pouvez|pourriez|peut on|peux tu|est ce|quand(?! meme)|comment|combien|ou"
    r" en est"
    r"|rappelez|appelez|dites|envoyez|merci de (?!votre|notre|sa |son )(?:me |nous |le |la"
    r" |lui |l |ne |bien |vous |leur )*\w+(?:er|ir|re)\b|merci d (?!avoir|etre)(?:\w+"
    r" )?\w+(?:er|ir|re)\b|besoin|urgent|pas ok|pas d ?accord|pas parfait|malgre|sauf"
    r"|attend\w*|absente?s?|malade)\b"
    # somebody does something, or is asked to; or a word that nobody says in passing
    r"|(?<!\bqu )(?<!\bpour )(?<!\ba )\b(?:il|elle|ils|elles) (?!fait beau|et\b|aussi\b)\w"
    r"|(?<!\bvous )(?<!\bvous m )(?<!\bvous me )\b(?!assez|chez|avez|allez|profitez|reposez|portez"
    r"|prenez soin|soyez|passez une|assurez|embrassez|continuez)\w{2,}ez\b"
    r"|\b(?:urgen|malaise|incendie|accident|hospital|bless|saign|fievre|pleur|police|pompiers|seule?s?\b)"
)
_SKIN = frozenset("🏻🏼🏽🏾🏿")


def judge(
    text: str, scores: Mapping[str, float] | None, fixed: Mapping[str, float], *, after_answer: bool
) -> bool:
    """Whether a message closes, by its words or, where nothing is asked or told, by the model."""
    if closes(text, after_answer=after_answer):
        return True
    if scores is None or scores["closing"] < fixed["closing_from"]:
        return False
    return might_close(text)


def might_close(text: str) -> bool:
    """Short, and nothing in it asks or goes on: the model may then say that it closes."""
    folded = words.fold(text)
    return 0 < len(words.words(folded)) <= _MAX_WORDS and not _goes_on(folded)


def closes(text: str, *, after_answer: bool = False) -> bool:
    """True when the message only thanks, agrees or takes leave.

    ``after_answer``: the centre has just answered in this thread; any emoji or « oui » alone is
    then a closing word. Out of the blue only a plain one (👍, 🙏) is.
    """
    folded = words.fold(text).strip()
    spelt = words.words(folded)
    if not spelt:
        signs = set(words.tokens(folded)) - _SKIN
        return bool(signs) and "?" not in folded and (after_answer or signs <= _CLOSING_SIGNS)
    if len(spelt) > _MAX_WORDS or _goes_on(folded):
        return False
    flat = " ".join(spelt)
    if after_answer and flat in {"oui", "oui oui", "yes", "ui"}:
        return True
    left, phrases = _PHRASES.subn(" ", flat)
    rest = [word for word in left.split() if word not in _FILLER]
    strange = [word for word in rest if word not in _CLOSING_WORDS]
    closed = phrases > 0 or len(rest) > len(strange)
    return closed and (not strange or (len(strange) == 1 and strange[0] in words.capitalised(text)))


def _goes_on(folded: str) -> bool:
    return bool(_NOT_OVER.search(folded.replace("-", " ").replace(",", " ")))
