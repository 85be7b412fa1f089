"""French spaces: a colon, a question mark or a guillemet never begins or ends a line alone."""

import re

_BEFORE = re.compile(r" (?=[:;?»])")
_AFTER = re.compile(r"(?<=«) ")
NBSP = "\N{NO-BREAK SPACE}"


def french(text: str) -> str:
    """The same sentence with its non-breaking spaces."""
    return _AFTER.sub(NBSP, _BEFORE.sub(NBSP, text))


def of(name: str) -> str:
    """« de Chantal », « d'Esmaman »."""
    return f"d'{name}" if name[:1].lower() in "aeiouhàâäéèêëîïôöùûü" else f"de {name}"
