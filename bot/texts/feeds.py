"""A private address for her own agenda."""

from bot.texts.html import esc
from bot.texts.typography import french

Buttons = tuple[tuple[tuple[str, str], ...], ...]


def here(*, link: str) -> str:
    """The address, and what it is."""
    return french(
        "<b>Votre agenda</b> : ajoutez cette adresse à votre calendrier (« S'abonner par URL »). "
        "Vos réunions y suivront leurs dates.\n"
        f"<code>{esc(link)}</code>\n"
        "Elle est à vous : qui l'a voit vos réunions. /agenda en fait une autre et coupe celle-ci."
    )


def buttons() -> Buttons:
    """Close it."""
    return ((("Couper cette adresse", "feed-close"),),)


def closed() -> str:
    """It opens nothing any more."""
    return "Cette adresse est coupée. /agenda en fait une autre."


def none_here() -> str:
    """The service has no address of its own on the internet."""
    return french("Pas d'adresse d'agenda ici. Sous chaque réunion, « Agenda » donne un fichier à ajouter.")


def not_confirmed_yet() -> str:
    """She came by a poster; nobody has said that she is known."""
    return "Le centre doit d'abord dire qu'il vous connaît."


def stale() -> str:
    """A toast."""
    return "Ce bouton ne sert plus."
