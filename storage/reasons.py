"""Why a database does not open or does not take writes: words for the operator, never what it was asked."""

import socket
from sqlite3 import Error as SQLiteError

from sqlalchemy.exc import DBAPIError

SQLITE = {
    "SQLITE_NOTADB": "ce fichier n'est pas une base SQLite",
    "SQLITE_CORRUPT": "ce fichier est abîmé, il faut reprendre une sauvegarde",
    "SQLITE_READONLY": "le fichier ou son dossier ne se laisse pas écrire",
    "SQLITE_CANTOPEN": "le fichier ou son dossier ne se laisse pas ouvrir",
    "SQLITE_FULL": "le disque est plein",
    "SQLITE_IOERR": "le disque ne suit pas",
    "SQLITE_BUSY": "un autre programme la tient",
}
POSTGRESQL = {
    "28": "le serveur refuse ce nom ou ce mot de passe",
    "3D": "le serveur n'a pas de base de ce nom",
    "42501": "ce nom n'y a pas tous les droits",
    "25006": "elle est en lecture seule",
    "53": "le serveur n'a plus de place",
    "57": "le serveur démarre ou s'arrête",
}
SYSTEM: tuple[tuple[type[OSError], str], ...] = (
    (ConnectionRefusedError, "rien n'écoute à cette adresse"),
    (socket.gaierror, "cette machine est inconnue"),
    (FileNotFoundError, "il n'y a pas de socket dans ce dossier"),
    (PermissionError, "l'accès est refusé"),
    (TimeoutError, "rien n'a répondu à temps"),
)
NO_FILE_THERE = "aucun fichier ne peut être créé dans son dossier"


def why(error: BaseException) -> str:
    """The reason; for one that nobody expects, the kind of error."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    if isinstance(cause, SQLiteError):
        return _of(SQLITE, getattr(cause, "sqlite_errorname", "")) or type(cause).__name__
    if state := getattr(cause, "sqlstate", None):
        return _of(POSTGRESQL, state) or f"{type(cause).__name__} {state}"
    return next((said for kind, said in SYSTEM if isinstance(cause, kind)), type(cause).__name__)


def _of(reasons: dict[str, str], code: str) -> str | None:
    return next((said for begins, said in reasons.items() if code.startswith(begins)), None)
