"""The operator's commands. Each is a few lines around a use case, and loads what it needs only when called:
`key`, `tag` and `--help` answer at once, without a setting, a database or a network.

Wrong use or a wrong setting: exit 2 and a sentence; a failure: exit 1; never a traceback for a mistake.
"""

import asyncio
import errno
import io
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

if TYPE_CHECKING:
    from bot.settings import DemoSettings, Settings, StorageSettings
    from storage.store import Store, Work

WRONG, FAILED, INTERRUPTED = 2, 1, 130

DAILY, TEAM, TOOLS = "Le service", "Les centres et les personnes", "Outils"

app = typer.Typer(
    help="Passerelle : le lien direct entre une école et son centre social.",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
invite_app = typer.Typer(help="Faire un code d'invitation ; le lien est seul sur la dernière ligne.")
app.add_typer(invite_app, name="invite", rich_help_panel=TEAM)
staff_app = typer.Typer(help="L'équipe d'un centre.")
app.add_typer(staff_app, name="staff", rich_help_panel=TEAM)


class Stop(Exception):
    """The command ends here: the sentence goes to stderr, the code to the shell."""

    def __init__(self, sentence: str, code: int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code."""
    command = typer.main.get_command(app)
    try:
        code = command.main(arguments, prog_name="python -m bot", standalone_mode=False)
    except Stop as stop:
        return _say(stop.sentence, stop.code)
    except typer.Abort:
        return INTERRUPTED
    except typer.TyperException as error:
        return _say(f"Commande mal écrite : {error.format_message()} (« --help » montre comment)", WRONG)
    except BrokenPipeError:  # whoever read our output has left: `… | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    return code if isinstance(code, int) else 0


def _say(sentence: str, code: int) -> int:
    typer.echo(sentence, err=True)
    return code


# ── The service ─────────────────────────────────────────────────────────────────────────────────────


@app.command(rich_help_panel=DAILY)
def run() -> None:
    """Faire tourner le service, jusqu'à ce qu'on l'arrête."""
    from bot.settings import Settings

    _wait_for(_serve(_settings(Settings)))


@app.command(rich_help_panel=DAILY)
def demo() -> None:
    """Essayer : deux téléphones et le bot sur une page, sans jeton ni internet."""
    from bot.demo.run import run_demo
    from bot.settings import DemoSettings

    raise typer.Exit(run_demo(_settings(DemoSettings).passerelle_demo_port))


@app.command(rich_help_panel=DAILY)
def doctor() -> None:
    """Vérifier tout ce dont le service a besoin ; une phrase par chose vérifiée."""
    from bot.settings import Settings, SettingsError, load

    try:
        settings = load(Settings)
    except SettingsError as error:
        for sentence in error.sentences:
            _finding(False, f"Réglages : {sentence}")
        raise typer.Exit(FAILED) from None
    raise typer.Exit(_wait_for(_examine(settings)))


# ── Centres and people ──────────────────────────────────────────────────────────────────────────────


@app.command(rich_help_panel=TEAM)
def apply(file: Annotated[Path, typer.Argument(help="Le fichier des centres, comme centres.toml.")]) -> None:
    """Appliquer le fichier des centres, des écoles et des équipes ; dit ce qui change."""
    from bot.centres import CentresError, read
    from bot.settings import StorageSettings

    try:
        centres = read(file)
    except CentresError as error:
        raise Stop(f"{file}{',' if error.line else ' :'} {error}.", WRONG) from None

    async def applied() -> list[str]:
        from bot.apply import apply
        from bot.clock import SystemClock

        async with _opened(_settings(StorageSettings)) as store, store.work(SystemClock().now()) as work:
            return await apply(work, centres)

    for change in _wait_for(applied()) or ["Rien à changer."]:
        typer.echo(change)


Until = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d", "%d/%m/%Y"], help="Dernier jour du code, comme 2027-06-30."),
]
PosterFolder = Annotated[
    Path | None, typer.Option("--poster", help="Dossier où écrire l'affiche à imprimer (SVG et PDF).")
]


@invite_app.command("teacher")
def invite_teacher(
    school: Annotated[str, typer.Option(help="Le nom de l'école, tel que dans le fichier des centres.")],
    uses: Annotated[int | None, typer.Option(help="Combien de personnes peuvent s'en servir.")] = None,
    until: Until = None,
    poster: PosterFolder = None,
) -> None:
    """Un code pour les enseignants d'une école : 60 jours, sauf si --until dit autre chose."""

    async def make(work: "Work") -> str:
        from bot.invitations import SCHOOL_USES, invite_teacher

        return await invite_teacher(work, school, SCHOOL_USES if uses is None else uses, _day(until))

    _wait_for(_invite(make, school, poster))


@invite_app.command("staff")
def invite_staff(
    name: Annotated[str, typer.Option(help="Son nom, tel que dans le fichier des centres.")],
    until: Until = None,
    poster: PosterFolder = None,
) -> None:
    """Un code pour quelqu'un de l'équipe : 14 jours, une seule fois."""

    async def make(work: "Work") -> str:
        from bot.invitations import invite_staff

        return await invite_staff(work, name, _day(until))

    _wait_for(_invite(make, name, poster))


@staff_app.command("revoke")
def staff_revoke(
    name: Annotated[str, typer.Argument(help="Son nom, tel que dans le fichier des centres.")],
) -> None:
    """Téléphone perdu ou départ : fermer son accès tout de suite, confier ses conversations."""

    async def revoked() -> None:
        from bot.clock import SystemClock
        from bot.invitations import link, staff_named
        from bot.revocation import revoke
        from bot.settings import StorageSettings
        from storage import facts

        async with _opened(_settings(StorageSettings)) as store, store.work(SystemClock().now()) as work:
            person, _ = await staff_named(work, name)
            code = await revoke(work, person, by=None)
            username = await facts.recall(work.session, "username")
        typer.echo(f"L'accès de {name} est fermé, ses conversations sont confiées à qui la remplace.")
        if code:
            typer.echo("Pour revenir, un nouveau code, une seule fois :")
            typer.echo(link(username, code) if username else code)

    _wait_for(revoked())


# ── Tools ───────────────────────────────────────────────────────────────────────────────────────────


@app.command(rich_help_panel=TOOLS)
def key() -> None:
    """Faire une clé de chiffrement, à mettre dans .env et à garder ailleurs que la base."""
    from storage.encryption import new_key

    typer.echo(f"PASSERELLE_KEY={new_key()}")


@app.command(rich_help_panel=TOOLS)
def tag(
    explain: Annotated[bool, typer.Option("--explain", help="Ajouter les mots qui ont compté.")] = False,
) -> None:
    """Lire des messages en JSON, un par ligne, et dire ce que le service en comprend."""
    from bot import tag_command

    lines = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace", newline="\n")
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", line_buffering=True)
    try:
        raise typer.Exit(tag_command.main(lines, out, sys.stderr, explain))
    finally:
        out.detach()


# ── What the commands share ─────────────────────────────────────────────────────────────────────────

Result = TypeVar("Result")
AnySettings = TypeVar("AnySettings", bound="StorageSettings | DemoSettings")


def _wait_for(work: Coroutine[Any, Any, Result]) -> Result:
    """Run it to its end, and turn what an operator can mend into a sentence."""
    from bot.identity import NotTelegram, TelegramAway, TokenRefused
    from bot.invitations import InvitationError
    from storage.store import DatabaseAway, DatabaseUnusable

    try:
        return asyncio.run(work)
    except (DatabaseUnusable, InvitationError) as error:
        raise Stop(str(error), WRONG) from None
    except TokenRefused:
        raise Stop("TELEGRAM_BOT_TOKEN : Telegram ne connaît pas ce jeton.", WRONG) from None
    except NotTelegram:
        raise Stop("TELEGRAM_API_BASE_URL : ce qui répond là n'est pas une Bot API.", WRONG) from None
    except TelegramAway as error:
        raise Stop(f"Telegram ne répond pas ({error}).", FAILED) from None
    except DatabaseAway:
        raise Stop("La base de données ne répond plus : rien n'a été changé.", FAILED) from None


def _settings(kind: type[AnySettings]) -> AnySettings:
    from bot.settings import SettingsError, load

    try:
        return load(kind)
    except SettingsError as error:
        raise Stop(str(error), WRONG) from None


@asynccontextmanager
async def _opened(settings: "StorageSettings") -> AsyncIterator["Store"]:
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


async def _serve(settings: "Settings") -> None:
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
            await stopping
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES):
            raise
        raise Stop(f"HTTP_LISTEN : impossible d'écouter sur {settings.http_listen}.", FAILED) from None
    finally:
        starting.cancel()
        stopping.cancel()
        await service.stop()


async def _examine(settings: "Settings") -> int:
    from bot.clock import SystemClock
    from bot.doctor import examine

    code = 0
    async for finding in examine(settings, SystemClock()):
        _finding(finding.well, finding.sentence)
        code = code if finding.well else FAILED
    return code


def _finding(well: bool, sentence: str) -> None:
    mark = typer.style("✓", fg=typer.colors.GREEN) if well else typer.style("✗", fg=typer.colors.RED)
    typer.echo(f"{mark} {sentence}")


async def _invite(make: Callable[["Work"], Awaitable[str]], name: str, folder: Path | None) -> None:
    """Make a code, the poster if one is wanted, and print the link: all of it or nothing."""
    from bot import poster
    from bot.clock import SystemClock
    from bot.invitations import link
    from bot.settings import Settings

    settings = _settings(Settings)
    async with _opened(settings) as store:
        username = await _username(store, settings)
        async with store.work(SystemClock().now()) as work:
            code = await make(work)
            address = link(username, code)
            if folder:
                words = await poster.words(work, code, address)
                try:
                    files = poster.write(words, folder, name)
                except OSError:
                    raise Stop(f"L'affiche ne peut pas être écrite dans {folder}.", FAILED) from None
                for file in files:
                    typer.echo(f"Affiche : {file}")
    typer.echo(address)


async def _username(store: "Store", settings: "Settings") -> str:
    """The bot's name: known, or asked of Telegram once."""
    from bot import identity
    from bot.clock import SystemClock
    from storage import facts

    async with store.work(SystemClock().now()) as work:
        known = await facts.recall(work.session, "username")
    if known:
        return known
    username = (await identity.ask(settings.token, settings.telegram_api_base_url)).username
    async with store.work(SystemClock().now()) as work:
        await facts.remember(work.session, "username", username)
    return username


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
