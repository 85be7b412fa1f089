"""In a group: a word, then the bot leaves."""

from bot.texts.typography import french


def only_alone() -> str:
    """What is written of a child is not for a group."""
    return french(
        "Bonjour. Je ne parle qu'en tête-à-tête : ce qu'on écrit d'un enfant n'est pas pour un groupe.\n"
        "Si votre école est invitée, écrivez-moi en privé. Je quitte ce groupe."
    )
