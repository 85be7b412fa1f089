"""A French telephone number that somebody types, among few other words."""

import re

_NUMBER = re.compile(r"(?<!\d)(?:(?:\+|00) ?33 ?(?:\(0\) ?)?|0) ?([1-9])((?:[ .\-/]?\d{2}){4})(?!\d)")
_ANY = re.compile(r"\+?\d{8,15}")
OTHER_WORDS = 30
"""Characters beside the number: more than that is a message in which a number stands."""


def typed_number(text: str) -> str | None:
    """« 06 12 34 56 78 » out of « mon numéro : 06.12.34.56.78 »; None when it is not just a number."""
    found = list(_NUMBER.finditer(text))
    if len(found) != 1:
        return None
    rest = text[: found[0].start()] + text[found[0].end() :]
    if len(rest.strip()) > OTHER_WORDS or "?" in rest:
        return None
    return _spaced(found[0][1], found[0][2])


def shared_number(text: str) -> str | None:
    """The number of a contact, as Telegram gives it: « 33612345678 »; another country's as it is."""
    digits = text.strip().replace(" ", "")
    found = _NUMBER.fullmatch(digits if digits.startswith(("+", "0")) else f"+{digits}")
    if found is not None:
        return _spaced(found[1], found[2])
    return digits if _ANY.fullmatch(digits) else None


def _spaced(first: str, rest: str) -> str:
    digits = re.sub(r"\D", "", rest)
    return " ".join([f"0{first}", *(digits[at : at + 2] for at in range(0, len(digits), 2))])
