"""When her phone rings, as she chooses it."""

from bot.texts.typography import french

Buttons = tuple[tuple[tuple[str, str], ...], ...]

CHOICES = {
    "centre": "Heures du centre",
    "day": "8 h – 19 h",
    "always": "À toute heure",
    "never": "Jamais",
}
_WHEN = {
    "centre": "aux heures d'ouverture du centre",
    "day": "de 8 h à 19 h, tous les jours",
    "always": "à toute heure",
    "never": "jamais",
}


def rhythm(*, choice: str, danger_at_night: bool, hides_content: bool) -> str:
    """What she has chosen. Whatever it is, messages arrive at once."""
    night = "oui" if danger_at_night else "non"
    hidden = "caché jusqu'au toucher" if hides_content else "montré"
    return french(
        f"<b>Votre téléphone sonne</b> : {_WHEN[choice]}. "
        "Le reste du temps, les messages arrivent en silence.\n"
        f"<b>La nuit et les jours de fermeture, si un enfant est en danger</b> : {night}.\n"
        f"<b>Le contenu des messages</b> : {hidden}."
    )


def buttons(*, choice: str, danger_at_night: bool, hides_content: bool) -> Buttons:
    """A chooser: the choice in force is ticked, the two others say what a touch does."""
    hours = [(f"✓ {label}" if one == choice else label, f"ring:{one}") for one, label in CHOICES.items()]
    night = ("Danger la nuit : non", "night:no") if danger_at_night else ("Danger la nuit : oui", "night:yes")
    hide = ("Montrer le contenu", "hide:no") if hides_content else ("Cacher le contenu", "hide:yes")
    return (tuple(hours[:2]), tuple(hours[2:]), (night,), (hide,))


def staff_only() -> str:
    """A teacher's phone is hers to silence."""
    return french(
        "Cette commande est pour l'équipe du centre. Ici, rien ne vous est demandé le soir ni en vacances."
    )
