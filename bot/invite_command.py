"""`python -m bot invite …`: the codes by which people join, made, listed, closed.

Like bot/cli.py, it loads what it needs only when called.
"""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.operate import FAILED, Stop, opened, settings_of, wait_for

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.store import Store, Work

invite_app = typer.Typer(help="Les codes d'invitation ; le lien d'un nouveau est seul sur la dernière ligne.")

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

    wait_for(_invite(make, school, poster))


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

    wait_for(_invite(make, name, poster))


@invite_app.command("list")
def list_codes() -> None:
    """Les codes qui ouvrent encore : numéro, pour qui, combien de fois, de quand à quand."""

    async def listed() -> list[str]:
        from bot.clock import SystemClock
        from bot.invitations import open_codes
        from bot.settings import StorageSettings

        async with opened(settings_of(StorageSettings)) as store, store.work(SystemClock().now()) as work:
            return await open_codes(work)

    for line in wait_for(listed()):
        typer.echo(line)


@invite_app.command("revoke")
def revoke(
    code: Annotated[
        str, typer.Argument(metavar="CODE", help="Le code, son lien, ou son numéro dans « invite list ».")
    ],
) -> None:
    """Fermer un code égaré ou fait par erreur : il n'ouvre plus rien."""

    async def revoked() -> str:
        from bot.clock import SystemClock
        from bot.invitations import revoke_code
        from bot.settings import StorageSettings

        async with opened(settings_of(StorageSettings)) as store, store.work(SystemClock().now()) as work:
            return await revoke_code(work, code)

    typer.echo(wait_for(revoked()))


async def _invite(make: Callable[["Work"], Awaitable[str]], name: str, folder: Path | None) -> None:
    """Make a code, the poster if one is wanted, and print the link: all of it or nothing."""
    from bot import poster
    from bot.clock import SystemClock
    from bot.invitations import link
    from bot.settings import Settings

    settings = settings_of(Settings)
    async with opened(settings) as store:
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
