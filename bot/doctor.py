"""`doctor`: is everything the service stands on in order? One sentence for each thing looked at."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot import identity
from bot.clock import Clock
from bot.rules import model
from bot.settings import Settings
from storage import doctor as database
from storage.encryption import unlock
from storage.schema import Schema
from storage.store import Store

WRITTEN_IN = datetime(2026, 11, 1, tzinfo=UTC)
"""A clock that shows less than this was never set."""
DRIFT = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `sentence` says it to the operator."""

    well: bool
    sentence: str


async def examine(settings: Settings, clock: Clock) -> AsyncIterator[Finding]:
    """Look at everything in turn; nothing is changed, nothing is sent to anybody."""
    yield Finding(True, "Réglages : complets, le jeton et la clé sont bien formés.")
    yield _zone()
    yield _tagger()
    async for finding in _database(settings):
        yield finding
    async for finding in _telegram(settings, clock.now()):
        yield finding


def _zone() -> Finding:
    try:
        ZoneInfo("Europe/Paris")
    except ZoneInfoNotFoundError:
        return Finding(False, "Fuseau horaire : Europe/Paris est inconnu ; installez le paquet tzdata.")
    return Finding(True, "Fuseau horaire : Europe/Paris est connu.")


def _tagger() -> Finding:
    """The model's own sentence is in English, for engineers; without weights the service still goes on."""
    missing = model.why_missing()
    if missing is not None:
        alone = "les règles et les mots de danger répondent seuls ; remettez le fichier de cette version"
        return Finding(False, f"Étiqueteur : {alone} ({missing}).")
    return Finding(True, "Étiqueteur : ses poids se lisent.")


async def _database(settings: Settings) -> AsyncIterator[Finding]:
    unlock(settings.key)
    store = Store(settings.database_url)
    try:
        schema = await database.schema_of(store)
        if schema is Schema.NEWER:
            yield Finding(True, "Base de données : elle répond.")
            yield Finding(False, "Schéma : plus récent que cette version de Passerelle ; mettez-la à jour.")
            return
        yield await _writing(store, schema)
        if schema is Schema.ABSENT:
            return
        older = "d'une version précédente ; « run » ou « apply » le met à jour."
        yield Finding(True, f"Schéma : {'à jour.' if schema is Schema.CURRENT else older}")
        if await database.key_fits(store):
            yield Finding(True, "Clé : c'est celle de cette base.")
        else:
            yield Finding(
                False, "Clé : PASSERELLE_KEY n'est pas la clé avec laquelle cette base a été écrite."
            )
    except database.Unreachable as error:
        yield Finding(False, f"Base de données : elle ne s'ouvre pas, {error} ; voyez DATABASE_URL.")
    finally:
        await store.close()


async def _writing(store: Store, schema: Schema) -> Finding:
    refused = await database.why_not_written(store)
    if refused is not None:
        return Finding(False, f"Base de données : {refused} ; voyez DATABASE_URL.")
    empty = "encore vide ; « python -m bot apply centres.toml » la prépare."
    return Finding(True, f"Base de données : {empty if schema is Schema.ABSENT else 'elle répond.'}")


async def _telegram(settings: Settings, now: datetime) -> AsyncIterator[Finding]:
    root = settings.telegram_api_base_url
    its_time: datetime | None = None
    try:
        found = await identity.ask(settings.token, root)
    except identity.TelegramAway as error:
        yield Finding(False, f"Telegram : {root} ne répond pas ({error}) ; vérifiez le réseau.")
    except identity.NotTelegram:
        yield Finding(
            False, f"Telegram : ce qui répond à {root} n'est pas une Bot API ; voyez TELEGRAM_API_BASE_URL."
        )
    except identity.TokenRefused:
        yield Finding(True, f"Telegram : {root} répond.")
        yield Finding(False, "Jeton : Telegram ne connaît pas TELEGRAM_BOT_TOKEN ; @BotFather le redonne.")
    else:
        its_time = found.its_time
        yield Finding(True, f"Telegram : {root} répond.")
        yield Finding(True, f"Jeton : c'est celui de @{found.username}.")
    yield _clock(now, its_time)


def _clock(now: datetime, its_time: datetime | None) -> Finding:
    if now < WRITTEN_IN:
        return Finding(False, f"Horloge : elle indique {now:%d/%m/%Y} ; mettez la machine à l'heure.")
    if its_time is None:
        return Finding(True, f"Horloge : {now:%d/%m/%Y %H:%M} UTC, sans rien pour la comparer.")
    if abs(now - its_time) > DRIFT:
        return Finding(
            False,
            f"Horloge : {now:%H:%M:%S} UTC ici, {its_time:%H:%M:%S} chez Telegram ; mettez-la à l'heure.",
        )
    return Finding(True, "Horloge : la même que chez Telegram.")
