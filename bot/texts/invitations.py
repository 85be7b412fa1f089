"""What is said to whoever makes or takes back a code."""

from collections.abc import Sequence
from datetime import date

from bot.texts.typography import french


def _near(names: Sequence[str]) -> str:
    return f" Peut-être {' ou '.join(f'« {one} »' for one in names)} ?" if names else ""


def no_school(*, name: str, near: Sequence[str]) -> str:
    """No school has exactly that name."""
    return french(f"Aucune école ne s'appelle « {name} ».{_near(near)}")


def no_staff(*, name: str, near: Sequence[str]) -> str:
    """Nobody of a team has exactly that name."""
    return french(f"Personne de l'équipe ne s'appelle « {name} ».{_near(near)}")


def left_team(*, name: str) -> str:
    """She is no longer of any team."""
    return french(
        f"« {name} » n'est plus dans l'équipe : remettez son nom dans centres.toml, puis « apply »."
    )


def uses(*, least: int, most: int) -> str:
    """A number of uses that makes no sense."""
    return french(f"Le nombre d'usages va de {least} à {most}.")


def past(*, until: date) -> str:
    """The last day of validity is over."""
    return french(f"Le {until:%d/%m/%Y} est passé : le lien serait mort avant d'être lu.")


def too_far(*, until: date, most: int) -> str:
    """The last day of validity is too far away."""
    return french(f"Le {until:%d/%m/%Y} est trop loin : un lien vaut {most} jours au plus.")


def no_code() -> str:
    """Nothing was ever made under that code, or that number."""
    return french("Ce code n'existe pas : « invite list » montre ceux qui ouvrent encore.")


def code_closed(*, name: str) -> str:
    """The code of a school, or of somebody of a team, opens nothing any more."""
    return french(
        f"Le code fait pour « {name} » n'ouvre plus rien ; qui s'en est déjà servi garde son accès."
    )


def code_closed_already(*, name: str) -> str:
    """It had expired, was used up, or was closed before."""
    return french(f"Le code fait pour « {name} » n'ouvrait déjà plus rien.")


def open_code(*, number: int, name: str, uses: int, made: date, until: date) -> str:
    """A line of the list of codes."""
    return french(f"{number} · {name} · encore {uses} fois · du {made:%d/%m/%Y} au {until:%d/%m/%Y}")


def no_open_code() -> str:
    """The list is empty."""
    return french("Aucun code n'ouvre : « invite teacher » et « invite staff » en font.")
