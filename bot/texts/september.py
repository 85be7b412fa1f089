"""At the return: is she still there?"""

from bot.texts.html import bold, esc
from bot.texts.typography import french

Buttons = tuple[tuple[tuple[str, str], ...], ...]


def question(*, name: str, school: str, classes: str) -> str:
    """Asked in September, in a teacher's hours."""
    where = f"en {esc(classes)}, {bold(school)}" if classes else bold(school)
    return french(
        f"Bonne rentrée, {esc(name)}. Toujours {where} ?\nSans réponse, votre accès se ferme le 30 septembre."
    )


def buttons() -> Buttons:
    """Three ways to spend a year."""
    return (
        (("Oui", "still:yes"), ("J'ai changé", "still:changed")),
        (("Je ne suis plus à l'école", "still:left"),),
    )


def stays(*, school: str, classes: str) -> str:
    """For another year."""
    where = f"{esc(classes)}, {bold(school)}" if classes else bold(school)
    return french(f"C'est noté : {where}. Bonne année.")


def changed(*, school: str) -> str:
    """The picker follows."""
    return french(
        f"Encore à l'école {bold(school)} : touchez votre classe ci-dessous.\n"
        "Dans une autre école : ouvrez le lien qu'elle vous donnera."
    )


def left() -> str:
    """She is of that school no more."""
    return french("C'est noté. Merci pour ce bout de chemin.")
