"""`/aide`, « CLAS ou PRE », and what the bot says of itself before anybody writes."""

from collections.abc import Sequence

from bot.texts.html import bold, esc
from bot.texts.typography import french

Buttons = tuple[tuple[tuple[str, str], ...], ...]

COMMANDS = (
    ("aide", "Ce qu'on peut faire ici"),
    ("clas_ou_pre", "CLAS ou PRE, en cinq lignes"),
    ("reunion", "Prévoir une réunion"),
    ("retirer", "Retirer un message (en y répondant)"),
    ("quitter", "Quitter Passerelle"),
)
"""The same for everybody: those of the team are in its `/aide`."""


def description() -> str:
    """In an empty chat, before « Démarrer »; 512 characters at most."""
    return french(
        "Passerelle, la ligne directe entre une école et son centre social.\n"
        "Réservé aux écoles invitées : ouvrez le lien ou le code donné par le centre.\n\n"
        "Ce n'est pas un service d'urgence. En danger maintenant : 17 ou 112. "
        "Un enfant en danger, ou un doute : 119, gratuit, jour et nuit."
    )


def short_description() -> str:
    """On the bot's profile; 120 characters at most."""
    return french("La ligne directe entre une école et son centre social. Danger : 17 ou 112. Doute : 119.")


def teacher(*, readers: Sequence[tuple[str, str]], telephone: str) -> str:
    """For somebody of a school; ``readers``: each school and who reads for it now."""
    lines = "\n".join(f"{bold(school)} : {esc(reader)} vous lit." for school, reader in readers)
    return french(
        f"{lines}\n\n"
        "Écrivez comme vous parlez, quand vous voulez : un message, un vocal, un document.\n"
        "Le prénom et l'initiale de l'enfant suffisent.\n"
        "/retirer, en réponse à un message : le reprendre.\n"
        "/reunion : proposer une réunion de cycle.\n"
        "/clas_ou_pre : les deux en cinq lignes.\n"
        "/quitter : partir.\n"
        f"Appeler le centre : {esc(telephone)}.\n"
        "Danger : <b>17</b> ou <b>112</b>. Doute : <b>119</b>, jour et nuit."
    )


def teacher_buttons() -> Buttons:
    """What needs more than words."""
    return ((("Mon nom, mes classes", "change-class"),), (("⚠️ Danger ou doute", "danger"),))


def staff(*, coordinates: bool) -> str:
    """For somebody of the team."""
    team = "/equipe : qui est là, absences, téléphone perdu.\n" if coordinates else ""
    return french(
        "Pour répondre : glissez le message de l'école, écrivez. Un texte qui ne répond à rien ne part pas "
        "tout seul : je demande à qui.\n"
        "/appel : noter un appel reçu, en trois gestes.\n"
        "/reunion, ou « réunion cycle 2 mardi 12/01 11h45 » : prévoir une réunion.\n"
        "/semaine : votre semaine, et quand elle vous vient. /agenda : vos réunions dans votre calendrier.\n"
        "/absence : dire vos jours, et qui vous remplace.\n"
        "/rythme : quand votre téléphone sonne.\n"
        f"{team}"
        "/retirer, en réponse à votre message : le reprendre.\n"
        "/clas_ou_pre : les deux en cinq lignes, à partager.\n"
        "/quitter : partir, ou changer de téléphone.\n"
        "Danger : <b>17</b> ou <b>112</b>. Doute : <b>119</b>, pour vous aussi."
    )


def clas_or_pre(*, pre: bool, without: Sequence[tuple[str, str | None]]) -> str:
    """Five lines to share in September.

    ``pre``: whether one of her towns has a PRE; ``without``: those that have none, and who helps there.
    """
    needs = "Santé, absences, comportement, difficultés à la maison."
    lines = [
        "<b>CLAS</b> : en groupe, après l'école, du CP au lycée. Méthode, confiance, ouverture, lien avec "
        "les parents.",
    ]
    if pre:
        lines.append(f"<b>PRE</b> : un enfant, de 2 à 16 ans, et sa famille. {needs}")
    for town, alternative in without:
        who = f" : {esc(alternative)}" if alternative else " : le centre cherche avec vous"
        lines.append(
            f"À {esc(town)}, pas de PRE{who}."
            if pre
            else f"<b>Un enfant et sa famille</b>, à {esc(town)}{who}. {needs} Il n'y a pas de PRE ici."
        )
    lines += [
        "Toujours avec l'accord des parents. Le PPRE, lui, est le plan de l'école.",
        "Un danger n'est ni l'un ni l'autre : <b>119</b>, jour et nuit.",
        "Vous hésitez ? Écrivez, on regarde ensemble.",
    ]
    return french("\n".join(lines))
