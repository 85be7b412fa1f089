"""Does a message speak of a child in danger? Heard before anything else, with or without a model.

Two thresholds (``DOUBT`` shows the card, ``CLEAR`` also rings) and two ears: the lexicon below,
which needs nothing but this file, and the model's « danger » and « ring » outputs when the weights
can be read. Either ear is enough. Idioms and playground bumps are taken out of the text first.
"""

from __future__ import annotations

import re
from enum import IntEnum

from bot.rules import closing, model, words


class Danger(IntEnum):
    """What the words allow: nothing, the card alone, the card and the ringing."""

    NONE = 0
    DOUBT = 1
    CLEAR = 2


_ADULT = (
    r"(?:papa|pere|daron|maman|mere|beau[ -]?pere|belle[ -]?mere|beaux[ -]parents|parents?|tonton|tonon|oncle"
    r"|tante|tata|grand[ -]?(?:pere|mere|frere)|papy|mamie|papi|cousin|frere aine|compagnon|copain de sa mere|mari"
    r"|conjoint|nounou|voisin|beau pere)"
)
_HITS = (
    r"(?:frapp|tap(?:e|ait|er|ee?s?)\b|cogn|gifl|fouett|secou|etrangl|corrig|batt|bat\b|claqu|mord|brul|pince|savat|rou(?:e|er|ait) de coup"
    r"|enferm|attach|seque?str|humili|insult|touch|caress|viol|menac|tabass|rosse|casse la|jet(?:e|er) (?:contre|par))"
)
_BODY = (
    r"(?:bras|avant[ -]bras|dos|jambes?|cuisses?|cou|joues?|visage|poignets?|ventre|mains?|oreilles?|epaules?|fesses?|pieds?"
    r"|front|levres?|doigts?|omoplates?|mollets?|cotes|tempe|nuque|gorge|oeil|yeux|corps)"
)

# Words taken out before listening: idioms, shows, sport, and what was looked into and explained.
_HARMLESS = (
    r"coups? (?:de|d) (?:main|fil|pouce|tel|telephone|barre|coeur|oeil|chapeau|pompe|mou|balai|peinture|pied|jus|gueule|soleil|boost|blues|theatre"
    r"|envoi|tete|crayon|tampon|vent|frein|stress|projecteur|genie|poker|fouet|patte|collier|rouge|vieux|aiguille|pedale|semonce|klaxon|sifflet)",
    r"(?:mort|morte|morts|mortes|mourir|creve|crevee|crevees|creves|meurt|meurs) de (?:rire|faim|fatigue|trouille|trac|honte|soif|froid|chaud|curiosite|jalousie|envie|peur de (?:l eau|parler|lire))",
    r"(?:se|nous|me|s|on) (?:se )?(?:tue|tuent|crever?|creve) (?:a|au|pour) ",
    r"a (?:mourir|en mourir|tomber|se tordre) de rire", r"(?:ca|cela|temps|journee|bruit|chaleur) (?:me|nous|m|qui) tue",
    r"tuer? le temps", r"mal au (?:foot|ventre|coeur)", r"piece de theatre|theatre|saynete|conte|film|histoire lue",
    r"(?:tout|un|du) (?:a )?coup\b", r"beaucoup", r"couteau suisse", r"main d oeuvre", r"appareil photo",
    r"suicidaire de|fleur au fusil|fugue de (?:bach|chopin)|carabine a bouchons|pris une raclee|droits de l enfant|debat",
    r"bleus? (?:marine|ciel|de travail|blanc rouge)", r"coin bleu|stylo bleu|cahier bleu|velo bleu|groupe bleu|feuille bleue|carte bleue|fiche bleue|classeur bleu",
    r"(?:le|ce|un) petit bobo", r"petits? bobos?", r"arme[er]?s? de (?:patience|courage)", r"ceinture de (?:judo|securite)|ceintures? (?:jaune|orange|verte|noire|blanche)",
)

# Words on which people are rung: a child's or a witness's plain statement, marks with a cause, suicide.
_CLEAR = (
    rf"{_ADULT}\b[^.?!\n]{{0,28}}?\b(?:le|la|l|les|me|m|lui|nous|t)\s+(?:a\s+|ont\s+|avait\s+)?(?:encore\s+|parfois\s+|souvent\s+)?{_HITS}",
    rf"{_ADULT} (?:a |avait )?(?:frapp|cogn|gifl|tabass|batt|bat\b|viol|etrangl|tape (?:maman|papa|sa|son|ma|mon|fort|avec))\w*",
    rf"(?:frappee?s?|battue?s?|giflee?s?|tapee?s?|cognee?s?|tabassee?s?|violee?s?|maltraitee?s?|enfermee?s?|attachee?s?|agressee?s?|corrigee?s?|menacee?s?|touchee?s?) (?:\w+ ){{0,3}}par (?:\w+ ){{0,2}}{_ADULT}",
    r"(?:traces?|marques?) (?:\w+ ){0,3}(?:de |d |du )(?:coups?|ceinture|ceinturon|doigts?|main|mains|strangulation|cable|fouet|baton|morsures?|dents|brulures?|liens?|corde|chaussure|semelle)",
    r"coups? de (?:ceinture|ceinturon|baton|poing|poings|cable|martinet|fouet|chaussure|tuyau|couteau|cintre|louche|manche|balai sur|pied au ventre)",
    r"brulures? (?:\w+ ){0,4}(?:de |d une |par une )?(?:cigarettes?|clopes?|fer|megot)", r"brulee? (?:\w+ ){0,3}(?:cigarette|fer a|four|plaque)",
    r"(?:enfants?|eleve|petite?|gamine?|mere|maman|femme|garcon|fille|il est|elle est) (?:est |etait |sont )?(?:battu|maltrait|viole|abuse)",
    r"violences? (?:conjugale|familiale|intrafamiliale|physique|sexuelle|domestique)", r"maltraitances?\b",
    r"suicid", r"idees? noires?", r"en finir(?! avec (?:les?|la|l|ce|cette|ces|mon|ma|mes) )",
    r"(?:veut|voulait|voudrait|veux|envie de|voulais|voulu|prefere|prefererait|aimerait) (?:\w+ ){0,2}(?:mourir|crever|se tuer|me tuer|plus vivre|disparaitre pour|etre mort)",
    r"(?:plus|pas) (?:envie de |la force de )?vivre", r"plus etre (?:la|de ce monde)", r"(?:se|s|me) (?:est )?(?:scarifi|etrangl|pend(?:re|u)|tailla|ouvrir les veines|couper les veines|mutil|jeter (?:par|sous|du|dans le vide))",
    r"s automutil|automutil|scarifi", r"sauter (?:par la fenetre|du (?:balcon|toit|pont|\d)|sous)", r"sous (?:le|un) train", r"aval\w+ (?:\w+ ){0,3}(?:medicaments|cachets|comprimes|javel|boite)",
    r"(?:attouchement|viol\b|viols\b|agressions? sexuelle|inceste|incestueu|abus sexuel|pedophil|pedocriminel|excision|exciser|mariage force)",
    r"touch\w* (?:\w+ ){0,4}(?:zizi|zezette|sexe|culotte|parties intimes|fesses|entre les jambes|foufoune|kiki|quequette|seins)",
    rf"{_ADULT} (?:\w+ ){{0,5}}dans (?:son|mon|leur) lit", r"(?:photos?|videos?) (?:\w+ ){0,3}(?:nu|nue|nus|nues|deshabillee?|tout nu|porno|intimes?)\b", r"films? porno|porno\b",
    r"(?:va|vais|veut|voulait|menace de|menace|jure de|promis de|dit qu il allait|aurait) (?:\w+ ){0,2}(?:le|la|me|les|nous|l|te|te) (?:tuer|buter|crever|egorger|planter|noyer|finir)\b",
    r"menaces? de mort", r"(?:fusil|pistolet|machette|carabine|arme a feu)", r"(?:a|ont) fugue|fugue[er]?\b|fugues\b", r"s est (?:enfuie?|sauvee?)\b",
    r"(?:a|ont) disparu (?:depuis|hier|ce matin)|introuvable depuis|(?:n est|est) (?:toujours )?pas rentree? (?:hier|chez|de la nuit|cette nuit)",
    r"seule?s? (?:\w+ ){0,6}(?:la nuit|toute la nuit|cette nuit|jusqu a minuit|a minuit|(?:a|vers|jusqu a) 2[1-3] ?h|pendant \d jours|tout le week ?end)",
    r"(?:la nuit|toute la nuit|cette nuit) (?:\w+ ){0,6}seule?s?\b", r"(?:enferm|attach)\w+ (?:\w+ ){0,4}(?:cave|placard|balcon|chambre|toilettes|salle de bain|radiateur|lit|chaise|noir|garage|dehors)",
    r"(?:rouer?|roue|battu|bat) de coups|raclee|torgnole|derouillee|il cogne|papa cogne|la ceinture\b(?! de)", r"en danger\b", r"mise en danger",
    r"m a (?:dit|confie|avoue|raconte) (?:\w+ ){0,6}(?:frapp|tap|cogn|battu|touch|viol|mal\b)",
    rf"{_ADULT} (?:il |elle |i )?(?:le |la |me |l |m )?(?:tape|cogne|frappe|bat)\b (?:\w+ ){{0,2}}(?:avec|fort|sur|maman|ses|son|sa|mon|ma|tous|quand|encore|les)",
    r"train\w+ (?:\w+ ){0,3}par les cheveux|cheveux arraches", r"(?:s endormir|dormir) (?:\w+ ){0,2}(?:pas|plus|jamais) se reveiller|(?:ne |et )plus se reveiller",
    r"lettre d adieu|une corde (?:autour|dans|et)|noeud coulant", r"(?:ordonnance de protection|interdiction (?:de l |de les |de la |d |de s )?approcher)",
    r"(?:sort|sorte|sortir|prend|enleve|defait|coups? de|avec) (?:\w+ ){0,2}(?:sa|la|le|un) (?:ceinture|ceinturon|martinet|cable)", r"(?:prend|prendre|recoit|recevoir) (?:\w+ )?des (?:coups|claques|baffes|beignes)",
    r"(?:force|oblige)\w* (?:\w+ ){0,3}a (?:le |la |lui )?(?:faire des|toucher|regarder (?:des|ses)|dormir avec|se deshabiller|l embrasser)", r"se deshabiller|toute? nue? (?:devant|avec)",
    r"se (?:coupe|taillade|lacere|scarifie)\b(?! la parole| les cheveux| les ongles)",
)

# Words for which the card is shown and nobody is rung.
_DOUBT = (
    rf"(?:bleus?|hematomes?|ecchymoses?|traces?|marques?|brulures?|griffures?|cicatrices?|plaies?|morsures?|coupures?|entailles?|croutes|blessures?) (?:\w+ ){{0,6}}{_BODY}\b",
    r"(?:des|ses|les|de|un|gros|avec) (?:\w+ )?(?:bleus?|hematomes?)\b", r"oeil au beurre noir|oeil poche|cocard|coquard|levre (?:fendue|ouverte|eclatee|gonflee)|visage tumefie|dents? cassees? par",
    r"(?:bras|poignet|jambe|doigt|cote|clavicule)s? cassee?s? (?:pour la|encore|sans|a nouveau)|fractures?", r"(?:peur|crainte|terreur|terrorisee?|angoissee?|terrifiee?|paniquee?) (?:\w+ ){0,4}(?:de |d |a l idee de )?(?:rentrer|retourner|chez (?:lui|elle|eux)|(?:son|sa|ses|du|la) (?:pere|mere|papa|maman|beau|oncle|frere|parents|tonton))",
    r"(?:ne )?(?:veut|voulait|veux) (?:surtout )?(?:pas|plus) (?:rentrer|retourner) (?:\w+ ){0,2}(?:chez|a la maison|avec|dans (?:sa|la) (?:maison|famille))", r"(?:veut|voulait) (?:pas|plus) rentrer\b",
    r"terroris|tetanisee?|sursaute|se protege (?:la tete|le visage)|(?:bras|mains) (?:sur|devant) (?:la tete|le visage|son visage|sa tete)",
    r"(?:manches? longues?|col roule|echarpe|manteau|gilet|pull) (?:\w+ ){0,8}(?:chaleur|juin|canicule|degres|chaud|ete|enlever|retirer|quitter)", r"refuse (?:\w+ ){0,3}(?:de se (?:changer|deshabiller)|d enlever (?:son|sa|ses))",
    r"(?:fouille|cherche|mange) (?:\w+ ){0,3}poubelles?|(?:cache|planque|vole|stocke|met|glisse|emporte) (?:\w+ ){0,5}(?:pain|nourriture|gouter|restes|manger)\b[^.?!\n]{0,40}(?:poche|sac|cartable|frere|soeur|week ?end|ce soir|plus tard)",
    r"(?:rien|pas|plus) (?:mange|manger|mangee?) (?:depuis|hier|de (?:la journee|tout)|du (?:week ?end|weekend))|privee? de (?:repas|manger|nourriture|diner)|sans manger|affamee?|meurt de faim|squelettique",
    r"secret (?:avec|de|qu|entre|a ne)|c est un secret|(?:faut|doit|droit de|veut) (?:pas|rien) (?:le |en |la )?(?:dire|parler|raconter)\b", r"si je (?:parle|le dis|te le dis|raconte)",
    r"(?:ivre|alcoolisee?|saoule?|bourree?|soule?|drogue|sous emprise|tenait pas debout|defoncee?)\b", r"seringue|cannabis|shit\b|crack\b|dealers?|guetteur|faire le guet|drogu",
    r"(?:monsieur|homme|adulte|majeur|inconnu|type|mec|voiture|camionnette) (?:\w+ ){0,6}(?:suit|attend|rode|aborde|ecrit|envoie|offre|donne|propose|demande|parle|filme|photographie)\b",
    r"information preoccupante|\bip\b|\bcrip\b|\b119\b|\b3114\b|signalement|procureur|protection de l enfance|aide sociale a l enfance|\btisf\b|\baemo?\b|placement|juge des enfants|ordonnance de placement|main courante|porter? plainte|depose plainte",
    r"(?:pleure|hurle|cri[es]|crie|hurlements|cris) (?:\w+ ){0,8}(?:la nuit|toute la nuit|voisine?s?|appartement|rentrer|a l etage)", r"(?:voisine?s?|gardienne?) (?:\w+ ){0,4}(?:entend|entendu)",
    r"seule?s? (?:\w+ ){0,4}(?:a la maison|chez (?:lui|elle|eux)|dehors|dans la rue|dans l appart\w*|le soir|tous les soirs|sans adulte|garder|avec (?:son|sa|ses) (?:petite?s? )?(?:frere|soeur|bebe))", r"sans adulte|livree?s? a (?:lui|elle|eux)[ -]?memes?|personne (?:\w+ ){0,3}(?:a la maison|chez (?:lui|elle|eux))",
    r"(?:dort|dorment|vit|vivent|logent) (?:\w+ ){0,4}(?:voiture|rue|camionnette|tente|cave|gare|dehors|hall|parking|bretelle|box|squat)", r"(?:mis|mise|mettre|jete|foutue?) (?:a la porte|dehors)", r"(?:expulsee?s? (?:ce|hier|demain)|a la rue)\b",
    r"(?:mourir|la mort|mort|morte|se tuer|me tuer|tuer)\b", r"(?:donne|distribue|legue)\w* (?:\w+ ){0,4}(?:ses affaires|ses jouets|ses cartes|tout ce qu|son doudou)", r"(?:plus|pas) (?:la|besoin) (?:demain|samedi|lundi|bientot)", r"(?:me|le|la) verrez? plus|verra plus|adieu\b|disparaitre\b",
    r"se (?:fait|faire|faisait) (?:\w+ )?(?:du )?mal|se (?:mord|griffe|tape|cogne|gratte) (?:\w+ ){0,4}(?:sang|tete|bras|mur|jusqu)|jusqu au sang", r"(?:fait|faisait|faire|font) (?:\w+ )?(?:du )?mal\b|lui fait des choses|des choses (?:sexuelles|bizarres|qu on)|gestes? (?:deplaces?|sexuels?|inappropries?)|sexuel", r"guilis?|chatouilles? bizarres?|zizi|zezette|culotte|toute? nue?s?\b",
    r"(?:frapp|cogn|gifl|tabass|battue?\b|etrangl|secoue\b|tape (?:sur|dessus|maman|papa)|coups?\b|claques?\b|fessees?|baffe|poings?\b)", r"(?:pas|plus) (?:tranquille|rassuree?|dormi)\b|j ai (?:tres )?peur (?:pour|de ce|qu)|inquiete? pour (?:sa|leur) (?:securite|vie)", r"violent|violence|violences|menace|couteau|arme\b|marteau|police|gendarme|pompiers|samu\b",
    r"(?:racket|rackett|harcel\w+ (?:\w+ ){0,6}(?:mort|vivre|corde))", r"(?:de lit|insalubre|rats\b|cafards|sans chauffage|sans eau)", r"(?:met|mis|mise) (?:\w+ ){0,3}(?:douche froide|dans le noir|a genoux|au coin (?:toute|pendant))|douche froide|a genoux",
    r"(?:sent|sentait|empeste|pue)\w* (?:\w+ ){0,2}(?:l alcool|le cannabis|la vinasse|le shit)|titub|voix pateuse|bouteilles vides|empestait", r"(?:ami|amoureux|copain|homme|type|petit copain|contact) (?:\w+ ){0,4}(?:de|a|qui a) (?:[2-6]\d|vingt|trente|quarante) ?\w* ans",
    r"(?:rencontre|connu|parle|discute|ecrit|contacte)\w* (?:\w+ ){0,6}(?:en ligne|sur (?:snap|insta|tiktok|discord|internet|un jeu|une application|whatsapp))", r"(?:regardez|regarde|surveillez|vu) (?:\w+ )?(?:son cou|ses poignets|son dos|ses bras|ses cuisses|ses jambes)",
    r"(?:pars|partait|part|partir|parti|partie) (?:\w+ ){0,3}(?:cette nuit|de chez (?:lui|elle|eux)|par la fenetre)|cherchez pas", r"peur (?:des hommes|du noir et|de lui|d elle\b|de ce qu)", r"prend(?:re|s)? cher|va (?:encore )?prendre\b|va voir ce soir|tu vas voir",
    r"(?:a|ont) ete retiree?s? de|retiree? de la maison|place en foyer en urgence", r"(?:mari|compagnon|pere|il) (?:\w+ ){0,4}interdit (?:\w+ ){0,4}(?:de sortir|de parler|sortir)", r"(?:maman|mere) (?:\w+ ){0,3}(?:lunettes (?:noires|de soleil)|tremblait|chuchot|se cache|cachee)",
    r"(?:bouge|respire|reveill|repond)\w* (?:plus|pas) (?:depuis|le matin|quand)|se reveillait pas|se reveille pas", r"ne (?:grossit|grandit) plus|pas grandi|pas pris un gramme|maigri|amaigri|on voit ses cotes|squelette", r"(?:dort|dormir) (?:\w+ ){0,3}(?:par terre|palier|balcon|couloir|a l ecole|chez moi|ici)\b",
    r"changer de (?:famille|maison|parents)|(?:si je pouvais|peut|pouvait|veut|voudrait|aimerait) (?:\w+ ){0,3}(?:venir|vivre|dormir|rester) (?:\w+ )?chez (?:moi|vous|la maitresse)|habiter chez (?:moi|vous)", r"avec (?:un|son|mon) secret|notre secret|leur secret|promettre de (?:rien|ne rien) dire|faut (?:rien|pas) (?:le )?dire",
    r"(?:inconnu|exhibitionniste|rodeur|pedophile|predateur)", r"(?:appeler qui|qui appeler|qui prevenir|qui dois je (?:appeler|prevenir)|a qui (?:le|la) (?:dire|confier))", r"confidence|revelations?|s est confiee?|m a confie", r"battu|maltrait|negligence|carence|sale et affame|affame",
)

_harmless = re.compile("|".join(_HARMLESS))
_clear = re.compile(r"\b(?:" + "|".join(_CLEAR) + ")")
_doubt = re.compile(r"\b(?:" + "|".join(_DOUBT) + ")")


def model_available() -> bool:
    """False when only the lexicon is listening; the operator is told."""
    return model.shipped() is not None


def hear(text: str) -> Danger:
    """The stronger of what the lexicon and the model hear in a text. Never fails."""
    folded = words.fold(text)
    weights = model.shipped()
    if weights is None:
        return listen(folded)
    return weigh(folded, weights.scores(words.tokens(folded)), weights.fixed)


def weigh(folded: str, scores: dict[str, float] | None, fixed: dict[str, float]) -> Danger:
    """Lexicon and model together; ``scores`` None when there is no model.

    The model's bars (fixed at training) depend on what the lexicon heard: low where its words
    stand, high where it heard nothing. Clear words always show the card; a bare « merci » never does.
    """
    words_say = listen(folded)
    if scores is None or (words_say is Danger.NONE and closing.closes(folded)):
        return words_say
    level = words_say.name.lower()
    if scores["ring"] >= fixed[f"ring_from_{level}"]:
        return Danger.CLEAR
    if words_say is Danger.CLEAR or scores["danger"] >= fixed[f"card_from_{level}"]:
        return Danger.DOUBT
    return Danger.NONE


def listen(folded: str) -> Danger:
    """What the lexicon alone hears in a folded text."""
    left = _harmless.sub(" ", folded)
    if _clear.search(left):
        return Danger.CLEAR
    return Danger.DOUBT if _doubt.search(left) else Danger.NONE
