"""People's words are stored encrypted, with a key that lives outside the database.

The keyring is the one piece of the process that is set once at start: a column type has no
other way to reach it. Several keys may be given, separated by commas: the first encrypts, all
decrypt, which is how a key is changed.
"""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class WrongKey(Exception):
    """The key is malformed, or is not the one this database was written with."""


class _Keyring:
    cipher: MultiFernet | None = None


def new_key() -> str:
    """Make a key for ``PASSERELLE_KEY``."""
    return Fernet.generate_key().decode()


def unlock(keys: str) -> None:
    """Take the key, or several separated by commas, for this process.

    Raises:
        WrongKey: a key is not 32 bytes of URL-safe base64.
    """
    try:
        _Keyring.cipher = MultiFernet([Fernet(key.strip()) for key in keys.split(",") if key.strip()])
    except ValueError:
        raise WrongKey(
            "PASSERELLE_KEY n'est pas une clé valable : `python -m bot key` en fabrique une."
        ) from None


def _cipher() -> MultiFernet:
    if _Keyring.cipher is None:
        raise WrongKey("la clé de chiffrement n'a pas été donnée")
    return _Keyring.cipher


def encrypt(text: str) -> bytes:
    """Encrypt; lone surrogates, which a broken client may send, survive."""
    return _cipher().encrypt(text.encode("utf-8", "surrogatepass"))


def decrypt(token: bytes) -> str:
    """Decrypt.

    Raises:
        WrongKey: the bytes were written with another key.
    """
    try:
        return _cipher().decrypt(token).decode("utf-8", "surrogatepass")
    except InvalidToken:
        raise WrongKey("PASSERELLE_KEY n'est pas la clé avec laquelle cette base a été écrite.") from None
