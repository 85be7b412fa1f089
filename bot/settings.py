"""Every environment variable of the service, read once: from the environment first, then from `.env`.

What is wrong is refused with one sentence that names the variable and never shows its value: the token, the
key and the database's password stay out of every repr, message and traceback.
"""

import base64
import binascii
import re
from pathlib import Path
from typing import Annotated, Any, Self, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

TELEGRAM = "https://api.telegram.org"


class SettingsError(Exception):
    """Settings are missing or wrong: a sentence for each, the first of them as the message."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(sentences[0])
        self.sentences = sentences


def _telegram_token(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]{3,}", value.get_secret_value()):
        raise ValueError("ce n'est pas un jeton de bot (un nombre, deux-points, une suite de lettres)")
    return value


def _fernet_keys(value: SecretStr) -> SecretStr:
    for key in value.get_secret_value().split(","):
        try:
            size = len(base64.b64decode(key.strip(), altchars=b"-_", validate=True))
        except (binascii.Error, ValueError):
            size = 0
        if size != 32:
            raise ValueError("ce n'est pas une clé ; « python -m bot key » en fait une")
    return value


def _http_url(value: str) -> str:
    try:
        parts = urlsplit(value)
        _ = parts.port  # a port that is no number is only noticed when it is asked for
    except ValueError:
        raise ValueError("cette adresse est mal écrite") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("une adresse commence par http:// ou https:// et nomme une machine")
    return value.rstrip("/")


def _webhook_secret(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
        raise ValueError("de 1 à 256 lettres sans accent, chiffres, tirets ou soulignés")
    return value


def _listen(value: str) -> str:
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or not 0 <= int(port) <= 65535:
        raise ValueError("il faut une adresse et un port, comme 127.0.0.1:8080")
    if (":" in host) != (host.startswith("[") and host.endswith("]")):
        raise ValueError("une adresse IPv6 s'écrit entre crochets, comme [::1]:8080")
    return value


def _database_url(value: str) -> str:
    scheme, separator, rest = value.partition("://")
    if not separator:
        raise ValueError("il faut une adresse comme sqlite:///passerelle.db ou postgresql://…")
    if scheme in ("sqlite", "sqlite+aiosqlite"):
        return f"sqlite+aiosqlite://{_sqlite_file(rest)}"
    if scheme in ("postgresql", "postgresql+asyncpg"):
        return _postgresql_url(rest)
    raise ValueError("seules les bases sqlite:// et postgresql:// sont connues")


def _sqlite_file(rest: str) -> str:
    path = rest.removeprefix("/").partition("?")[0]
    if not rest.startswith("/") or not path or ":memory:" in path:
        raise ValueError("une base SQLite est un fichier : sqlite:///passerelle.db, trois barres obliques")
    folder = Path(path).parent
    if not folder.is_dir():
        raise ValueError(f"le dossier {folder} n'existe pas")
    if Path(path).is_dir():
        raise ValueError(f"{path} est un dossier, pas un fichier")
    return rest


def _postgresql_url(rest: str) -> str:
    try:
        parts = urlsplit(f"postgresql://{rest}")
        _ = parts.port
    except ValueError:
        raise ValueError("cette adresse PostgreSQL est mal écrite") from None
    if not parts.path.strip("/"):
        raise ValueError("il faut le nom de la base à la fin : postgresql://machine/passerelle")
    for name, text in parse_qsl(parts.query):
        _postgresql_parameter(name, text)
    # asyncpg says `ssl` where libpq, hence most hosting companies' URLs, says `sslmode`.
    query = [("ssl" if name == "sslmode" else name, text) for name, text in parse_qsl(parts.query)]
    return f"postgresql+asyncpg://{rest.partition('?')[0]}" + (
        f"?{urlencode(query, safe='/')}" if query else ""
    )


PARAMETERS = ("host", "port", "sslmode", "ssl", "passfile", "target_session_attrs")
"""What may follow the `?`: what both PostgreSQL's own addresses and asyncpg know."""
SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")


def _postgresql_parameter(name: str, text: str) -> None:
    if name not in PARAMETERS:
        raise ValueError(f"« {name} » n'y est pas connu ; après le « ? » : {', '.join(PARAMETERS)}")
    if name in ("ssl", "sslmode") and text not in SSL_MODES:
        raise ValueError(f"{name} est l'un de : {', '.join(SSL_MODES)}")


Url = Annotated[str, AfterValidator(_http_url)]


class StorageSettings(BaseSettings):
    """What reaching the database needs; enough for `apply` and whatever else sends nothing itself."""

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", env_ignore_empty=True, hide_input_in_errors=True
    )

    database_url: Annotated[str, AfterValidator(_database_url)] = Field(
        default="sqlite:///passerelle.db", validate_default=True, repr=False
    )
    """With its asynchronous driver, whatever form it was given in."""
    passerelle_key: Annotated[SecretStr, AfterValidator(_fernet_keys)]

    @property
    def key(self) -> str:
        """The Fernet key, or several with commas: the first encrypts, all of them decrypt."""
        return self.passerelle_key.get_secret_value()


class Settings(StorageSettings):
    """Everything the running service needs."""

    telegram_bot_token: Annotated[SecretStr, AfterValidator(_telegram_token)]
    telegram_api_base_url: Url = TELEGRAM
    webhook_url: Url | None = None
    webhook_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] | None = None
    http_listen: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:8080"
    public_url: Url | None = None

    @model_validator(mode="after")
    def _webhook_is_safe(self) -> Self:
        if self.webhook_url and self.webhook_secret is None:
            raise ValueError(
                "WEBHOOK_SECRET : il en faut un avec WEBHOOK_URL, sinon chacun peut écrire au bot"
            )
        if (
            self.webhook_url
            and self.telegram_api_base_url == TELEGRAM
            and self.webhook_url.startswith("http:")
        ):
            raise ValueError("WEBHOOK_URL : Telegram ne connaît que les adresses https://")
        return self

    @property
    def token(self) -> str:
        """The bot's token. Do not log it, do not put it in a message."""
        return self.telegram_bot_token.get_secret_value()

    @property
    def bot_id(self) -> int:
        """The bot's identity at Telegram: the number before the token's colon."""
        return int(self.token.partition(":")[0])


class DemoSettings(BaseSettings):
    """What the demo takes from outside: its port. It makes its own token, key and database."""

    model_config = SettingsConfigDict(env_ignore_empty=True, hide_input_in_errors=True)

    passerelle_demo_port: int = Field(default=8765, ge=0, le=65535)


AnySettings = TypeVar("AnySettings", bound=BaseSettings)


def load(kind: type[AnySettings], **given: Any) -> AnySettings:
    """Read the settings of `kind`; `given` (field=value) comes before the environment.

    Raises SettingsError with the sentences to show.
    """
    try:
        return kind(**given)
    except ValidationError as error:
        # The original would quote the values.
        raise SettingsError(*(_sentence(dict(one)) for one in error.errors(include_url=False))) from None
    except UnicodeDecodeError:
        raise SettingsError("Le fichier .env n'est pas un texte en UTF-8.") from None
    except OSError:
        raise SettingsError("Le fichier .env ne peut pas être lu.") from None


def _sentence(error: dict[str, Any]) -> str:
    reason = error["msg"].removeprefix("Value error, ")
    if not error["loc"]:  # a contradiction between two settings, which names them itself
        return f"{reason}."
    name = str(error["loc"][0]).upper()
    if error["type"] == "missing":
        return f"{name} manque : à mettre dans l'environnement ou dans .env (voir .env.example)."
    if error["type"] in ("int_parsing", "greater_than_equal", "less_than_equal"):
        reason = "il faut un nombre de 0 à 65535"
    return f"{name} : {reason}."
