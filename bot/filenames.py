"""Names of files made for people, after the school, the person or the centre they are for."""

import re
import unicodedata


def stem(kind: str, name: str, otherwise: str) -> str:
    """« Les Tilleuls », of a kind → ``kind-les-tilleuls``; ``otherwise`` for a name in other letters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return f"{kind}-{re.sub(r'[^a-z0-9]+', '-', plain).strip('-') or otherwise}"
