"""The words of danger, as patterns on a folded text (``bot/rules/words.py``).

Kept broad on purpose: a card too many is cheap, silence is not. Gaps between words are bounded, so
that reading stays linear in the length of the text.
"""

from __future__ import annotations

_ADULT = (
    r"(?:papa|pere|daron|maman|mere|beau[ -]?pere|belle[ -]?mere|beaux[ -]parents|parents?"
    r"|tonton|tonon|oncle"
    r"|tante|tata|grand[ -]?(?:pere|mere|frere)|papy|mamie|papi|cousin|frere aine"
    r"|compagnon|copain de sa mere|mari"
    r"|conjoint|nounou|voisin|beau pere)"
)
_HITS = (
    r"(?:frapp|tap(?:e|ait|er|ee?s?)\b|cogn|gifl|fouett|secou|etrangl|corrig|batt|bat\b"
    r"|claqu|mord|brul|pince|savat|rou(?:e|er|ait) de coup"
    r"|enferm|attach|seque?str|humili|insult|touch|caress|viol|menac|tabass|rosse|casse la"
    r"|jet(?:e|er) (?:contre|par))"
)
_BODY = (
    r"(?:bras|avant[ -]bras|dos|jambes?|cuisses?|cou|joues?|visage|poignets?|ventre|mains?"
    r"|oreilles?|epaules?|fesses?|pieds?"
    r"|front|levres?|doigts?|omoplates?|mollets?|cotes|tempe|nuque|gorge|oeil|yeux|corps)"
)

# Words taken out before listening: idioms, shows, sport, and what was looked into and explained.
HARMLESS = (
    r"coups? (?:de|d) (?:main|fil|pouce|tel|telephone|barre|coeur|oeil|chapeau|pompe|mou"
    r"|peinture|jus|gueule|soleil|boost|blues|theatre"
    r"|envoi|crayon|tampon|vent|frein|stress|projecteur|genie|poker|patte"
    r"|collier|rouge|vieux|aiguille|pedale|semonce|klaxon|sifflet|epaule|ballon|guidon"
    r"|accelerateur|massue)",
    r"(?:un|petit|bon) coup de balai\b|sur un coup de tete"
    r"|coups? de pied (?:au ballon|dans (?:le|un|la|son) (?:ballon|balle|but|caillou|porte|poteau))",
    r"(?:mort|morte|morts|mortes|mourir|creve|crevee|crevees|creves|meurs) de"
    r" (?:rire|faim|fatigue|trouille|trac|honte|soif|froid|chaud|curiosite|jalousie|envie"
    r"|peur de (?:l eau|parler|lire))",
    r"meurt de (?:rire|fatigue|trouille|trac|honte|chaud|curiosite|jalousie|envie)",
    r"(?:se|nous|me|s|on) (?:se )?(?:tue|tuent|crever?|creve) (?:a|au|pour) ",
    r"a (?:mourir|en mourir|tomber|se tordre) de rire",
    r"(?:ca|cela|temps|journee|bruit|chaleur) (?:me|nous|m|qui) tue",
    r"tuer? le temps",
    r"mal au (?:foot|ventre|coeur)",
    r"(?:piece|scene|film|expose|debat|conference|formation|affiche|livre|album|projet"
    r"|spectacle)s? (?:\w+ ){0,4}"
    r"(?:sur|contre) (?:la |les |le |l )?\w+",
    r"piece de theatre|theatre|saynete|conte|film|histoire lue",
    r"tout (?:a|d un) coup\b|du coup\b|d un (?:seul )?coup\b(?! d)"
    r"|un coup (?:il|elle|ils|elles|on|oui|non|c est|sur deux)\b",
    r"beaucoup",
    r"couteau suisse",
    r"main d oeuvre",
    r"appareil photo",
    r"suicidaire de|fleur au fusil|fugue de (?:bach|chopin)|carabine a bouchons|pris une"
    r" raclee|droits de l enfant|debat",
    r"bleus? (?:marine|ciel|de travail|blanc rouge)",
    r"coin bleu|stylo bleu|cahier bleu|velo bleu|groupe bleu|feuille bleue|carte bleue"
    r"|fiche bleue|classeur bleu",
    r"(?:le|ce|un) petit bobo",
    r"petits? bobos?",
    r"arme[er]?s? de (?:patience|courage)",
    r"ceinture de (?:judo|securite)|ceintures? (?:jaune|orange|verte|noire|blanche|bleue|marron|rouge)",
    r"(?:mett|attach|boucl|detach)\w+ (?:bien )?(?:la|leurs?|sa|vos|votre|les) ceintures?"
    r"|ceintures? (?:est |sont )?obligatoires?",
    r"pistolets? a (?:colle|eau|peinture|bouchons)",
    r"battue?s? (?:au|aux|a la) (?:scrabble|echecs|dames|foot\w*|hand\w*|basket|cartes|uno|ping pong"
    r"|memory|tennis|course|belote)",
    r"se deshabiller (?:toute? )?seule?s?|se deshabiller (?:et|ou) se rhabiller"
    r"|se deshabiller (?:pour|avant|a) (?:la (?:piscine|sieste|gym)|le (?:sport|judo|bain))",
)

# Words on which people are rung: a child's or a witness's plain statement, marks with a cause, suicide.
CLEAR = (
    rf"{_ADULT}\b[^.?!\n]{{0,28}}?\b(?:le|la|l|les|me|m|lui|nous|t)\s+(?:a\s+|ont\s+"
    rf"|avait\s+)?(?:encore\s+|parfois\s+|souvent\s+)?{_HITS}",
    rf"{_ADULT}\b[^.?!\n]{{0,28}}?\b(?:donn|met|mis|flanqu|fich)\w* (?:\w+ ){{0,2}}coups?\b",
    rf"{_ADULT} (?:a |avait )?(?:frapp|cogn|gifl|tabass|batt|bat\b|viol|etrangl|tape"
    rf" (?:maman|papa|sa|son|ma|mon|fort|avec))\w*",
    rf"(?:frappee?s?|battue?s?|giflee?s?|tapee?s?|cognee?s?|tabassee?s?|violee?s?"
    rf"|maltraitee?s?|enfermee?s?|attachee?s?|agressee?s?|corrigee?s?|menacee?s?"
    rf"|touchee?s?) (?:\w+ ){{0,3}}par (?:\w+ ){{0,2}}{_ADULT}",
    r"(?:traces?|marques?) (?:\w+ ){0,3}(?:de |d |du )(?:coups?|ceinture|ceinturon|doigts?"
    r"|main|mains|strangulation|cable|fouet|baton|morsures?|dents|brulures?|liens?|corde"
    r"|chaussure|semelle)",
    r"coups? de (?:ceinture|ceinturon|baton|poing|poings|cable|martinet|fouet|chaussure"
    r"|tuyau|couteau|cintre|louche|manche|balai sur|pied au ventre)",
    r"brulures? (?:\w+ ){0,4}(?:de |d une |par une )?(?:cigarettes?|clopes?|fer|megot)",
    r"brulee? (?:\w+ ){0,3}(?:cigarette|fer a|four|plaque)",
    r"(?:enfants?|eleve|petite?|gamine?|mere|maman|femme|garcon|fille|il est|elle est)"
    r" (?:est |etait |sont )?(?:battu|maltrait|viole|abuse)",
    r"violences? (?:conjugale|familiale|intrafamiliale|physique|sexuelle|domestique)",
    r"maltraitances?\b",
    r"suicid",
    r"idees? noires?",
    r"en finir(?! avec (?:les?|la|l|ce|cette|ces|mon|ma|mes) )",
    r"(?:veut|voulait|voudrait|veux|envie de|voulais|voulu|prefere|prefererait|aimerait)"
    r" (?:\w+ ){0,2}(?:mourir|crever|se tuer|me tuer|plus vivre|disparaitre pour|etre"
    r" mort)",
    r"(?:plus|pas) (?:envie de |la force de )?vivre",
    r"plus etre (?:la|de ce monde)",
    r"(?:se|s|me) (?:est )?(?:scarifi|etrangl|pend(?:re|u)|taillad|ouvrir les veines|couper"
    r" les veines|mutil|jeter (?:par|sous|du|dans le vide))",
    r"s automutil|automutil|scarifi",
    r"sauter (?:par la fenetre|du (?:balcon|toit|pont|\d)|sous)",
    r"sous (?:le|un) train",
    r"aval\w+ (?:\w+ ){0,3}(?:medicaments|cachets|comprimes|javel|boite)",
    r"(?:attouchement|viol\b|viols\b|agressions? sexuelle|inceste|incestueu|abus sexuel"
    r"|pedophil|pedocriminel|excision|exciser|mariage force)",
    r"touch\w* (?:\w+ ){0,4}(?:zizi|zezette|sexe|culotte|parties intimes|fesses|entre les"
    r" jambes|foufoune|kiki|quequette|seins)",
    rf"{_ADULT} (?:\w+ ){{0,5}}dans (?:son|mon|leur) lit",
    r"(?:photos?|videos?) (?:\w+ ){0,3}(?:nu|nue|nus|nues|deshabillee?|tout nu|porno"
    r"|intimes?)\b",
    r"films? porno|porno\b",
    r"(?:va|vais|veut|voulait|menace de|menace|jure de|promis de|dit qu il allait|aurait)"
    r" (?:\w+ ){0,2}(?:le|la|me|les|nous|l|te|te) (?:tuer|buter|crever|egorger|planter"
    r"|noyer|finir)\b",
    r"menaces? de mort",
    r"(?:fusil|pistolet|machette|carabine|arme a feu)",
    r"(?:a|ont) fugue|fugue[er]?\b|fugues\b",
    r"s est (?:enfuie?|sauvee?)\b",
    r"(?:a|ont) disparu (?:depuis|hier|ce matin)|introuvable depuis|(?:n est|est)"
    r" (?:toujours )?pas rentree? (?:hier|chez|de la nuit|cette nuit)",
    r"seule?s? (?:\w+ ){0,6}(?:la nuit|toute la nuit|cette nuit|jusqu a minuit|a minuit"
    r"|(?:a|vers|jusqu a) 2[1-3] ?h|pendant \d jours|tout le week ?end)",
    r"(?:la nuit|toute la nuit|cette nuit) (?:\w+ ){0,6}seule?s?\b",
    r"(?:enferm|attach)\w+ (?:\w+ ){0,4}(?:cave|placard|balcon|chambre|toilettes|salle de"
    r" bain|radiateur|lit|chaise|noir|garage|dehors)",
    r"(?:rouer?|roue|battu|bat) de coups|raclee|torgnole|derouillee|il cogne|papa cogne|la"
    r" ceinture\b(?! de)",
    r"(?<!pas )en danger\b",
    r"mise en danger",
    r"m a (?:dit|confie|avoue|raconte) (?:\w+ ){0,6}(?:frapp|tap|cogn|battu|touch|viol|mal\b)",
    rf"{_ADULT} (?:il |elle |i )?(?:le |la |me |l |m )?(?:tape|cogne|frappe|bat)\b (?:\w+"
    rf" ){{0,2}}(?:avec|fort|sur|maman|ses|son|sa|mon|ma|tous|quand|encore|les)",
    r"train\w+ (?:\w+ ){0,3}par les cheveux|cheveux arraches",
    r"(?:s endormir|dormir) (?:\w+ ){0,2}(?:pas|plus|jamais) se reveiller|(?:ne |et )plus"
    r" se reveiller",
    r"lettre d adieu|une corde (?:autour|dans|et)|noeud coulant",
    r"(?:ordonnance de protection|interdiction (?:de l |de les |de la |d |de s"
    r" )?approcher)",
    r"(?:sort|sorte|sortir|prend|enleve|defait|coups? de|avec) (?:\w+ ){0,2}(?:sa|la|le"
    r"|un) (?:ceinture|ceinturon|martinet|cable)",
    r"(?:prend|prendre|recoit|recevoir) (?:\w+ )?des (?:coups|claques|baffes|beignes)",
    r"(?:force|oblige)\w* (?:\w+ ){0,3}a (?:le |la |lui )?(?:faire des|toucher|regarder"
    r" (?:des|ses)|dormir avec|se deshabiller|l embrasser)",
    r"(?:force|oblige|demande)\w* (?:\w+ ){0,3}(?:a|de) (?:me|m|se|s) deshabiller|toute? nue?"
    r" (?:devant|avec)",
    r"se (?:coupe|taillade|lacere|scarifie)\b(?! la parole| les cheveux| la frange| les ongles"
    r"| en (?:deux|quatre)| du | des autres)",
)

# Words for which the card is shown and nobody is rung.
DOUBT = (
    rf"(?:bleus?|hematomes?|ecchymoses?|traces?|marques?|brulures?|griffures?|cicatrices?"
    rf"|plaies?|morsures?|coupures?|entailles?|croutes|blessures?) (?:\w+ ){{0,6}}{_BODY}\b",
    r"(?:des|ses|les|de|un|gros|avec) (?:\w+ )?(?:bleus?|hematomes?)\b",
    r"oeil au beurre noir|oeil poche|cocard|coquard|levre (?:fendue|ouverte|eclatee"
    r"|gonflee)|visage tumefie|dents? cassees? par",
    r"(?:bras|poignet|jambe|doigt|cote|clavicule)s? cassee?s? (?:pour la|encore|sans|a"
    r" nouveau)|fractures?",
    r"(?:peur|crainte|terreur|terrorisee?|angoissee?|terrifiee?|paniquee?) (?:\w+"
    r" ){0,4}(?:de |d |a l idee de )?(?:rentrer|retourner|chez (?:lui|elle|eux)|(?:son|sa"
    r"|ses|du|la) (?:pere|mere|papa|maman|beau|oncle|frere|parents|tonton))",
    r"(?:ne )?(?:veut?|voulait|veux) (?:surtout )?(?:pas|plus) (?:rentrer?|retourner?) (?:\w+"
    r" ){0,2}(?:chez|che|a la maison|avec|dans (?:sa|la) (?:maison|famille))",
    r"(?:veut?|voulait) (?:pas|plus) rentrer\b(?! (?:de (?:la )?recreation|en classe|dans))",
    r"dessin\w* (?:\w+ ){0,3}cercueil",
    r"(?:peut|peux|pouvez|pourrait|voulez|veux) (?:\w+ )?(?:l|m) adopter",
    r"terroris|tetanisee?|sursaute|se protege (?:la tete|le visage)|(?:bras|mains) (?:sur"
    r"|devant) (?:la tete|le visage|son visage|sa tete)",
    r"(?:manches? longues?|col roule|echarpe|manteau|gilet|pull) (?:\w+ ){0,8}(?:chaleur"
    r"|juin|canicule|degres|chaud|ete|enlever|retirer|quitter)",
    r"refuse (?:\w+ ){0,3}(?:de se (?:changer|deshabiller)|d enlever (?:son|sa|ses))",
    r"(?:fouille|cherche|mange) (?:\w+ ){0,3}poubelles?|(?:cache|planque|vole|stocke|met"
    r"|glisse|emporte) (?:\w+ ){0,5}(?:pain|nourriture|gouter|restes"
    r"|manger)\b[^.?!\n]{0,40}(?:poche|sac|cartable|frere|soeur|week ?end|ce soir|plus"
    r" tard)",
    r"(?:rien|pas|plus) (?:mange|manger|mangee?) (?:depuis|hier|de (?:la journee|tout)|du"
    r" (?:week ?end|weekend))|privee? de (?:repas|manger|nourriture|diner)|sans manger"
    r"|affamee?|meurt de faim|squelettique",
    r"secret (?:avec|de|qu|entre|a ne)|c est un secret|(?:faut|doit|droit de|veut) (?:pas"
    r"|rien) (?:le |en |la )?(?:dire|parler|raconter)\b",
    r"si je (?:parle|le dis|te le dis|raconte)",
    r"(?:ivre|alcoolisee?|saoule?|bourree?|soule?|drogue|sous emprise|tenait pas debout"
    r"|defoncee?)\b",
    r"en danger\b|se deshabiller",
    r"seringue|cannabis|shit\b|crack\b|dealers?|guetteur|faire le guet|drogu",
    r"(?:monsieur|homme|adulte|majeur|inconnu|type|mec|voiture|camionnette) (?:\w+"
    r" ){0,6}(?:suit|attend|rode|aborde|ecrit|envoie|offre|donne|propose|demande|parle"
    r"|filme|photographie)\b",
    r"(?:ai|avons|a|ont) (?:deja )?signale|signale\w* (?:hier )?(?:au|a la|a l) (?:pre"
    r"|procureur|parquet|justice|ase)\b",
    r"information preoccupante|\bip\b|\bcrip\b|\b119\b|\b3114\b|signalement|procureur"
    r"|protection de l enfance|aide sociale a l enfance|\btisf\b|\baemo?\b|placement|juge"
    r" des enfants|ordonnance de placement|main courante|porter? plainte|depose plainte",
    r"(?:pleure|hurle|cri[es]|crie|hurlements|cris) (?:\w+ ){0,8}(?:la nuit|toute la nuit"
    r"|voisine?s?|appartement|rentrer|a l etage)",
    r"(?:voisine?s?|gardienne?) (?:\w+ ){0,4}(?:entend|entendu)",
    r"seule?s? (?:\w+ ){0,4}(?:a la maison|chez (?:lui|elle|eux)|dehors|dans la rue|dans l"
    r" appart\w*|le soir|tous les soirs|sans adulte|garder|avec (?:son|sa|ses)"
    r" (?:petite?s? )?(?:frere|soeur|bebe))",
    r"sans adulte|livree?s? a (?:lui|elle|eux)[ -]?memes?|personne (?:\w+ ){0,3}(?:a la"
    r" maison|chez (?:lui|elle|eux))",
    r"(?:dort|dorment|vit|vivent|logent) (?:\w+ ){0,4}(?:voiture|rue|camionnette|tente"
    r"|cave|gare|dehors|hall|parking|bretelle|box|squat)",
    r"(?:mis|mise|mettre|jete|foutue?) (?:a la porte|dehors)",
    r"(?:expulsee?s? (?:ce|hier|demain)|a la rue)\b",
    r"(?:mourir|la mort|mort|morte|se tuer|me tuer|tuer)\b",
    r"(?:donne|distribue|legue)\w* (?:\w+ ){0,4}(?:ses affaires|ses jouets|ses cartes|tout"
    r" ce qu|son doudou)",
    r"(?:plus|pas) (?:la|besoin) (?:demain|samedi|lundi|bientot)",
    r"(?:me|le|la) verrez? plus|verra plus|adieu\b|disparaitre\b",
    r"se (?:fait|faire|faisait) (?:\w+ )?(?:du )?mal|se (?:mord|griffe|tape|cogne|gratte)"
    r" (?:\w+ ){0,4}(?:sang|tete|bras|mur|jusqu)|jusqu au sang",
    r"(?:fait|faisait|faire|font) (?:\w+ )?(?:du )?mal\b|lui fait des choses|des choses"
    r" (?:sexuelles|bizarres|qu on)|gestes? (?:deplaces?|sexuels?|inappropries?)|sexuel",
    r"guilis?|chatouilles? bizarres?|zizi|zezette|culotte|toute? nue?s?\b",
    r"(?:frapp|cogn|gifl|tabass|battue?\b|etrangl|secoue\b|tape (?:sur|dessus|maman|papa)"
    r"|coups?\b|claques?\b|fessees?|baffe|poings?\b)",
    r"(?:pas|plus) (?:tranquille|rassuree?|dormi)\b|j ai (?:tres )?peur (?:pour|de ce|qu)"
    r"|inquiete? pour (?:sa|leur) (?:securite|vie)",
    r"violent|violence|violences|menace|couteau|arme\b|marteau|police|gendarme|pompiers"
    r"|samu\b",
    r"(?:racket|rackett|harcel\w+ (?:\w+ ){0,6}(?:mort|vivre|corde))",
    r"(?:de lit|insalubre|rats\b|cafards|sans chauffage|sans eau)",
    r"(?:met|mis|mise) (?:\w+ ){0,3}(?:douche froide|dans le noir|a genoux|au coin"
    r" (?:toute|pendant))|douche froide|a genoux",
    r"(?:sent|sentait|empeste|pue)\w* (?:\w+ ){0,2}(?:l alcool|le cannabis|la vinasse|le"
    r" shit)|titub|voix pateuse|bouteilles vides|empestait",
    r"(?:ami|amoureux|copain|homme|type|petit copain|contact) (?:\w+ ){0,4}(?:de|a|qui a)"
    r" (?:[2-6]\d|vingt|trente|quarante) ?\w* ans",
    r"(?:rencontre|connu|parle|discute|ecrit|contacte)\w* (?:\w+ ){0,6}(?:en ligne|sur"
    r" (?:snap|insta|tiktok|discord|internet|un jeu|une application|whatsapp))",
    r"(?:regardez|regarde|surveillez|vu) (?:\w+ )?(?:son cou|ses poignets|son dos|ses bras"
    r"|ses cuisses|ses jambes)",
    r"(?:pars|partait|part|partir|parti|partie) (?:\w+ ){0,3}(?:cette nuit|de chez (?:lui"
    r"|elle|eux)|par la fenetre)|cherchez pas",
    r"peur (?:des hommes|du noir et|de lui|d elle\b|de ce qu)",
    r"prend(?:re|s)? cher|va (?:encore )?prendre\b|va voir ce soir|tu vas voir",
    r"(?:a|ont) ete retiree?s? de|retiree? de la maison|place en foyer en urgence",
    r"(?:mari|compagnon|pere|il) (?:\w+ ){0,4}interdit (?:\w+ ){0,4}(?:de sortir|de parler"
    r"|sortir)",
    r"(?:maman|mere) (?:\w+ ){0,3}(?:lunettes (?:noires|de soleil)|tremblait|chuchot|se"
    r" cache|cachee)",
    r"(?:bouge|respire|reveill|repond)\w* (?:plus|pas) (?:depuis|le matin|quand)|se"
    r" reveillait pas|se reveille pas",
    r"ne (?:grossit|grandit) plus|pas grandi|pas pris un gramme|maigri|amaigri|on voit ses"
    r" cotes|squelette",
    r"(?:dort|dormir) (?:\w+ ){0,3}(?:par terre|palier|balcon|couloir|a l ecole|chez moi"
    r"|ici)\b",
    r"changer de (?:famille|maison|parents)|(?:si je pouvais|peut|pouvait|veut|voudrait"
    r"|aimerait) (?:\w+ ){0,3}(?:venir|vivre|dormir|rester) (?:\w+ )?chez (?:moi|vous|la"
    r" maitresse)|habiter chez (?:moi|vous)",
    r"avec (?:un|son|mon) secret|notre secret|leur secret|promettre de (?:rien|ne rien)"
    r" dire|faut (?:rien|pas) (?:le )?dire",
    r"(?:inconnu|exhibitionniste|rodeur|pedophile|predateur)",
    r"(?:appeler qui|qui appeler|qui prevenir|qui dois je (?:appeler|prevenir)|a qui (?:le"
    r"|la) (?:dire|confier))",
    r"confidence|revelations?|s est confiee?|m a confie",
    r"battu|maltrait|negligence|carence|sale et affame|affame",
)
