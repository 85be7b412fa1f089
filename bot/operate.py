"""What the operator's commands share: settings, the database, the running service, and refusals as sentences.

Heavy modules are imported where they are used, so that `key`, `tag` and `--help` answer at once.
"""

import asyncio
import errno
import gc
import signal
import socket
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from bot.settings import DemoSettings, Settings, StorageSettings
    from storage.store import Store

WRONG, FAILED, INTERRUPTED = 2, 1, 130
"""Exit codes: wrong use or setting, failure, Ctrl-C."""


class Stop(Exception):
    """The command ends here: the sentence goes to stderr, the code to the shell."""

    def __init__(self, sentence: str, code: int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


Result = TypeVar("Result")
AnySettings = TypeVar("AnySettings", bound="StorageSettings | DemoSettings")


def wait_for(work: Coroutine[Any, Any, Result]) -> Result:
    """Run it to its end, and turn what an operator can mend into a sentence."""
    from bot.calendars import CalendarRefused
    from bot.child import ChildFailed
    from bot.identity import NotTelegram, TelegramAway, TokenRefused, WebhookRefused
    from bot.invitations import InvitationError
    from bot.tagger_command import UnknownCentre
    from storage.store import DatabaseAway, DatabaseUnusable

    try:
        return asyncio.run(work)
    except (DatabaseUnusable, InvitationError, CalendarRefused) as error:
        raise Stop(str(error), WRONG) from None
    except UnknownCentre as error:
        raise Stop(
            f"Aucun centre ne s'appelle {error} ; « python -m bot tagger » les nomme.", WRONG
        ) from None
    except ChildFailed as error:
        raise Stop(f"L'apprentissage n'a pas abouti ({error}) : rien n'a été changé.", FAILED) from None
    except TokenRefused:
        raise Stop("TELEGRAM_BOT_TOKEN : Telegram ne connaît pas ce jeton.", WRONG) from None
    except WebhookRefused as error:
        raise Stop(f"WEBHOOK_URL : Telegram refuse cette adresse ({error}).", WRONG) from None
    except NotTelegram:
        raise Stop("TELEGRAM_API_BASE_URL : ce qui répond là n'est pas une Bot API.", WRONG) from None
    except TelegramAway as error:
        raise Stop(f"Telegram ne répond pas ({error}).", FAILED) from None
    except DatabaseAway as error:
        raise Stop(f"La base de données ne répond plus ({error}) : rien n'a été changé.", FAILED) from None


def settings_of(kind: type[AnySettings]) -> AnySettings:
    """The settings, or the sentence about the first one that is wrong."""
    from bot.settings import SettingsError, load

    try:
        return load(kind)
    except SettingsError as error:
        raise Stop(str(error), WRONG) from None


@asynccontextmanager
async def opened(settings: "StorageSettings") -> AsyncIterator["Store"]:
    """The database, brought to the current schema."""
    from bot import logs
    from bot.clock import SystemClock
    from storage.encryption import unlock
    from storage.store import Store

    logs.configure()
    unlock(settings.key)
    store = Store(settings.database_url)
    try:
        await store.prepare(SystemClock().now())
        yield store
    finally:
        await store.close()


def set_apart_what_stays() -> None:
    """Spare the garbage collector what was loaded for good: each look through it stopped all for 0.1 s."""
    gc.collect()
    gc.freeze()


async def serve(settings: "Settings") -> None:
    """The service, until a signal asks it to stop."""
    from bot import logs
    from bot.app import Config, Service
    from bot.clock import SystemClock

    logs.configure()
    secret = settings.webhook_secret
    service = Service(
        Config(
            token=settings.token,
            api_root=settings.telegram_api_base_url,
            database_url=settings.database_url,
            key=settings.key,
            listen=settings.http_listen,
            webhook_url=settings.webhook_url,
            public_url=settings.public_url,
            webhook_secret=secret.get_secret_value() if secret else None,
        ),
        SystemClock(),
    )
    asked_to_stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, asked_to_stop.set)
    starting = asyncio.create_task(service.start())
    stopping = asyncio.create_task(asked_to_stop.wait())
    try:
        await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            starting.result()
            set_apart_what_stays()
            await stopping
    except OSError as error:
        unknown = isinstance(error, socket.gaierror)
        if not unknown and error.errno not in (errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES):
            raise
        raise Stop(f"HTTP_LISTEN : impossible d'écouter sur {settings.http_listen}.", WRONG) from None
    finally:
        starting.cancel()
        stopping.cancel()
        await asyncio.gather(starting, stopping, return_exceptions=True)  # it lets go before all is closed
        await service.stop()
