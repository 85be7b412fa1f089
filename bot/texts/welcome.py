"""Coming in: the notice, what follows it, and the closed door."""

from bot.texts.html import bold, esc
from bot.texts.typography import french

Buttons = tuple[tuple[tuple[str, str], ...], ...]

NUMBERS = (
    "En danger maintenant : <b>17</b> ou <b>112</b>. Un enfant en danger, ou un doute : <b>119</b>, "
    "gratuit, jour et nuit, pour tout le monde."
)


def notice(
    *, centre: str, telephone: str, kept_days: int, school: str, reader: str, cover: str | None
) -> str:
    """The one message after a school's link: who reads, what is kept, what this is not."""
    return french(
        f"Bonjour. Ici le {esc(centre)} : écrivez-nous comme vous nous appelez.\n"
        f"{_who_reads(school, reader, cover)}\n\n"
        "• Votre directrice ne lit pas vos messages. Votre numéro n'est pas montré.\n"
        "• Pour un enfant : les faits, le prénom et l'initiale. Pas de photo.\n"
        f"• Effacé ici après {kept_days} jours. Effacer chez vous n'efface pas ici : touchez « Retirer ».\n"
        f"• Telegram n'est pas une messagerie de l'État. Vous pouvez toujours appeler : {esc(telephone)}.\n"
        "• Ce n'est pas un service d'urgence. Danger : <b>17</b> ou <b>112</b>. "
        "Doute : <b>119</b>, jour et nuit."
    )


def _who_reads(school: str, reader: str, cover: str | None) -> str:
    away = f" ; {bold(cover)} quand elle est absente" if cover else ""
    return f"{bold(reader)} lit et répond pour {esc(school)}{away}."


def notice_buttons(*, more: bool = True) -> Buttons:
    """« J'ai lu » is a reading, not a consent."""
    read = ("J'ai lu", "read-notice")
    return ((read, ("En savoir plus", "more-notice")),) if more else ((read,),)


def more(*, telephone: str, kept_days: int) -> str:
    """« En savoir plus », under the notice of a school's person."""
    return french(
        "<b>Qui d'autre peut lire</b>\n"
        "Un mot du jour même (« ne l'attendez pas ce soir ») : la personne qui mène la séance, "
        "ce mot seulement.\n"
        "Si personne d'autre n'est là : la coordinatrice du centre. Elle n'ouvre un message qu'en s'en "
        "chargeant, et c'est noté.\n\n"
        "<b>Ce qui est gardé</b>\n"
        f"Votre nom affiché, votre école, vos classes, vos messages, chiffrés, {kept_days} jours au plus. "
        "Aucun service extérieur ne les lit. Une étiquette (CLAS, PRE…) est proposée par un calcul "
        "fait ici ; une personne décide.\n\n"
        "<b>Ce que vous pouvez</b>\n"
        "Voir, corriger, faire effacer ce qui vous concerne : demandez-le ici ou au "
        f"{esc(telephone)}. Partir : /quitter.\n"
        "Cacher les aperçus sur votre téléphone : Réglages de Telegram, Notifications, Aperçu du message."
    )


def staff_notice(*, name: str, centre: str, kept_days: int, coordinatrice: str | None) -> str:
    """The one message after a staff link."""
    head = (
        f"prévenez {esc(coordinatrice)} tout de suite"
        if coordinatrice
        else "faites couper l'accès tout de suite"
    )
    return french(
        f"Bonjour {bold(name)}. Ici Passerelle, le fil entre les écoles et le {esc(centre)}.\n\n"
        "• Les messages des écoles arrivent ici. Pour répondre : glissez le message, écrivez.\n"
        "• Votre téléphone ne sonne qu'aux heures d'ouverture ; /rythme pour choisir, /absence pour dire vos "
        "jours.\n"
        f"• Effacé ici après {kept_days} jours : ne recopiez rien ailleurs.\n"
        "• Cachez les aperçus : Réglages de Telegram, Notifications, Aperçu du message.\n"
        f"• Téléphone perdu : {head}, l'accès se coupe en un geste.\n"
        "• Un danger : <b>17</b> ou <b>112</b>. Un doute : <b>119</b>, jour et nuit, pour vous aussi."
    )


def staff_more(*, kept_days: int) -> str:
    """« En savoir plus », under the notice of the team."""
    return french(
        "<b>Ce qui est gardé</b>\n"
        f"Les messages, chiffrés, {kept_days} jours au plus. "
        "Qui ouvre ou prend une conversation est noté.\n\n"
        "<b>Ce que les écoles voient de vous</b>\n"
        "Votre prénom, jamais votre numéro, ni la raison d'une absence.\n\n"
        "<b>Ce que vous pouvez</b>\n"
        "Voir, corriger, faire effacer ce qui vous concerne : demandez-le à votre responsable. "
        "Partir : /quitter."
    )


def night_question() -> str:
    """Asked once « J'ai lu » is touched; unanswered is no, and nothing waits for it."""
    return french(
        "C'est prêt.\n"
        "Si un enfant est en danger la nuit ou un jour de fermeture, votre téléphone peut-il sonner ? "
        "Sans réponse, c'est non ; /rythme pour changer d'avis."
    )


def night_buttons() -> Buttons:
    """Yes or no."""
    return ((("Oui", "night:yes"), ("Non", "night:no")),)


def night_answer(*, rings: bool) -> str:
    """What stays of the question."""
    if rings:
        chosen = "Votre téléphone pourra sonner la nuit si un enfant est en danger."
    else:
        chosen = "Votre téléphone ne sonnera pas la nuit, même pour un danger."
    return french(f"{chosen} /rythme pour changer d'avis.")


def another_school(*, school: str, reader: str, cover: str | None) -> str:
    """She already knows the centre and joins one more of its schools."""
    return french(f"Une école de plus. {_who_reads(school, reader, cover)}")


def ready(*, name: str) -> str:
    """The closing message of joining."""
    return french(
        f"C'est prêt, {esc(name)}. Écrivez quand vous voulez, même le soir ou en vacances : "
        "je vous dis toujours qui répond, et quand."
    )


def ready_buttons() -> Buttons:
    """At most this one."""
    return ((("⚠️ Danger ou doute", "danger"),),)


def already_in(*, name: str, places: str) -> str:
    """She opens a link she no longer needs."""
    return french(f"Vous êtes déjà là, {esc(name)} : {esc(places)}. Écrivez quand vous voulez.")


def already_in_buttons() -> Buttons:
    """For somebody of a school."""
    return ((("Mon nom, mes classes", "change-class"),),)


def staff_already_in(*, name: str) -> str:
    """The same, for the team."""
    return french(f"Vous êtes déjà là, {esc(name)}. /aide dit ce qu'on peut faire ici.")


def closed_door() -> str:
    """For anyone we do not know: a child or a parent may be writing."""
    return french(f"Personne n'a lu votre message : ce service est réservé aux écoles invitées.\n{NUMBERS}")


def wrong_code() -> str:
    """A link that is unknown, too old, used up or taken back: which one is not said."""
    return french(
        "Ce lien n'ouvre rien, ou plus : demandez-en un autre au centre social.\n"
        f"Personne n'a lu votre message : ce service est réservé aux écoles invitées.\n{NUMBERS}"
    )


def too_many_codes() -> str:
    """After several wrong links within an hour."""
    return french(
        f"Trop de liens qui n'ouvrent rien : réessayez dans une heure, avec celui du centre.\n{NUMBERS}"
    )


def wrong_code_inside() -> str:
    """The same for somebody who is already in."""
    return french("Ce lien n'ouvre rien, ou plus. Votre accès, lui, n'a pas changé.")


def schools_only() -> str:
    """Somebody of the team opens a school's link."""
    return french("Ce lien est pour les écoles. Vous êtes de l'équipe : rien n'a changé.")


def leave_first() -> str:
    """Somebody of a school opens a link of the team."""
    return french(
        "Ce lien est pour l'équipe du centre, et ce téléphone est déjà celui d'une école. "
        "Touchez /quitter, puis rouvrez le lien."
    )


def moved() -> str:
    """On the phone she no longer uses."""
    return french(
        "Votre accès est passé sur un autre téléphone. Ce n'est pas vous ? Dites-le au centre tout de suite."
    )


def unnamed() -> str:
    """For a profile whose name shows nothing."""
    return "Sans nom"


def known_answer(*, teacher: str, known: bool) -> str:
    """What stays of « Vous la connaissez ? »."""
    if known:
        return french(f"{bold(teacher)} : vous la connaissez.")
    return french(f"{bold(teacher)} : son accès est fermé. Ce qu'elle a déjà écrit reste chez vous.")


def never_confirmed(*, telephone: str) -> str:
    """To somebody whom nobody of the centre has confirmed in time."""
    return french(
        "Personne du centre n'a confirmé votre inscription : elle se ferme. "
        f"Une erreur ? Appelez le centre : {esc(telephone)}.\n{NUMBERS}"
    )


def stale() -> str:
    """Toast: a button of an earlier day."""
    return "Ce bouton ne sert plus."
