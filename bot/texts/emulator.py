"""What the page of phones says when something cannot be done there: one sentence, and a way on."""


def foreign_page() -> str:
    """Another site tried to drive the phones."""
    return "Cette page ne peut pas commander les téléphones."


def unreadable() -> str:
    """The page sent something that is not understood."""
    return "Cette demande n'est pas comprise. Rechargez la page."


def no_such_person() -> str:
    """The phone is gone."""
    return "Ce téléphone n'est plus là. Rechargez la page."


def no_such_chat() -> str:
    """The chat is gone, or not hers."""
    return "Cette conversation n'existe pas sur ce téléphone."


def no_such_bubble() -> str:
    """The bubble was deleted meanwhile."""
    return "Ce message n'est plus là."


def no_such_file() -> str:
    """The file is not known."""
    return "Ce fichier n'est plus là."


def no_such_button() -> str:
    """The button went away meanwhile."""
    return "Ce bouton n'est plus là."


def bot_is_blocked() -> str:
    """She blocked the bot and writes."""
    return "Ce téléphone a bloqué le bot. Débloquez-le pour écrire."


def not_started() -> str:
    """She never pressed Start."""
    return "Touchez d'abord « Démarrer »."


def not_yours() -> str:
    """She edits somebody else's bubble."""
    return "On ne modifie que ses propres messages."


def not_editable() -> str:
    """The bubble's kind cannot be edited."""
    return "Ce message ne peut pas être modifié."


def protected() -> str:
    """The bubble may not be passed on."""
    return "Ce message est protégé : il ne peut pas être transféré."


def nothing_to_send() -> str:
    """An empty message."""
    return "Rien à envoyer : écrivez d'abord."


def too_long(*, longest: int) -> str:
    """A text longer than Telegram takes."""
    return f"Message trop long : {longest} signes au plus."


def too_big(*, megabytes: int) -> str:
    """A file bigger than Telegram takes from a bot's side."""
    return f"Fichier trop lourd : {megabytes} Mo au plus."


def album_size() -> str:
    """An album of one, or of more than ten."""
    return "Un album contient de 2 à 10 fichiers."


def not_an_image() -> str:
    """The file sent as a photo is none."""
    return "Ce fichier n'est pas une photo. Envoyez-le comme document."


def unknown_reaction() -> str:
    """The reaction is not on Telegram's list."""
    return "Telegram n'accepte pas cette réaction."


def poll_is_closed() -> str:
    """She votes in a closed poll, or for nothing."""
    return "Ce vote n'est pas possible."


def bad_poll() -> str:
    """A poll without a question, or with too few answers."""
    return "Un sondage demande une question et de 2 à 12 réponses."


def bad_value(*, name: str) -> str:
    """An argument that cannot be used."""
    return f"La valeur de « {name} » n'est pas valable."


def too_late_to_edit() -> str:
    """Telegram lets people edit for 48 hours."""
    return "On ne modifie un message que pendant 48 heures."


def no_state_file() -> str:
    """The emulator was started without a state file."""
    return "Cette démonstration n'est pas enregistrée sur le disque."
