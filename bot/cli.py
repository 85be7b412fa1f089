"""The operator's commands. Each is a few lines around a use case, and loads what it needs only when called:
`key`, `tag` and `--help` answer at once, without a setting, a database or a network.

Wrong use or a wrong setting: exit 2 and a sentence; a failure: exit 1; never a traceback for a mistake.
"""

import io
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.invite_command import invite_app
from bot.operate import FAILED, INTERRUPTED, WRONG, Stop, opened, serve, settings_of, wait_for
from bot.wrong_use import in_french

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.store import Store

DAILY, TEAM, TOOLS = "Le service", "Les centres et les personnes", "Outils"

app = typer.Typer(
    help="Passerelle : le lien direct entre une école et son centre social.",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(invite_app, name="invite", rich_help_panel=TEAM)
staff_app = typer.Typer(help="L'équipe d'un centre.")
app.add_typer(staff_app, name="staff", rich_help_panel=TEAM)
calendar_app = typer.Typer(help="Les vacances scolaires et les fermetures du centre.")
app.add_typer(calendar_app, name="calendar", rich_help_panel=TEAM)


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
        return _say(
            f"Commande mal écrite : {in_french(error.format_message())} (« --help » montre comment).", WRONG
        )
    except BrokenPipeError:  # whoever read our output has left: `… | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:  # a bug; the usual traceback could quote the token or somebody's words
        from bot.logs import places

        return _say(f"Défaut de Passerelle : {type(error).__name__} ({places(error)})", FAILED)
    return code if isinstance(code, int) else 0


def _say(sentence: str, code: int) -> int:
    typer.echo(sentence, err=True)
    return code


# ── The service ─────────────────────────────────────────────────────────────────────────────────────


@app.command(rich_help_panel=DAILY)
def run() -> None:
    """Faire tourner le service, jusqu'à ce qu'on l'arrête."""
    from bot.settings import Settings

    wait_for(serve(settings_of(Settings)))


@app.command(rich_help_panel=DAILY)
def demo() -> None:
    """Essayer : deux téléphones et le bot sur une page, sans jeton ni internet."""
    from bot.demo.run import run_demo
    from bot.settings import DemoSettings

    raise typer.Exit(run_demo(settings_of(DemoSettings).passerelle_demo_port))


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
    raise typer.Exit(wait_for(_examine(settings)))


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


# ── Centres and people ──────────────────────────────────────────────────────────────────────────────


@app.command(rich_help_panel=TEAM)
def apply(
    file: Annotated[
        Path, typer.Argument(metavar="FICHIER", help="Le fichier des centres, comme centres.toml.")
    ],
) -> None:
    """Appliquer le fichier des centres, des écoles et des équipes ; dit ce qui change."""
    from bot.centres import CentresError, read
    from bot.settings import StorageSettings

    try:
        centres = read(file)
    except CentresError as error:
        end = "" if str(error).endswith("?") else "."
        raise Stop(f"{file}{',' if error.line else ' :'} {error}{end}", WRONG) from None

    async def applied() -> list[str]:
        from bot.apply import apply
        from bot.clock import SystemClock

        async with opened(settings_of(StorageSettings)) as store, store.work(SystemClock().now()) as work:
            return await apply(work, centres)

    for change in wait_for(applied()) or ["Rien à changer."]:
        typer.echo(change)


@staff_app.command("revoke")
def staff_revoke(
    name: Annotated[str, typer.Argument(metavar="NOM", help="Son nom, tel que dans le fichier des centres.")],
) -> None:
    """Téléphone perdu ou départ : fermer son accès tout de suite, confier ses conversations."""

    async def revoked() -> None:
        from bot.clock import SystemClock
        from bot.invitations import link, staff_named
        from bot.revocation import revoke
        from bot.settings import StorageSettings
        from bot.texts.typography import of
        from storage import facts

        async with opened(settings_of(StorageSettings)) as store, store.work(SystemClock().now()) as work:
            person, _ = await staff_named(work, name)
            code = await revoke(work, person, by=None)
            username = await facts.recall(work.session, "username")
        typer.echo(f"L'accès {of(name)} est fermé, ses conversations sont confiées à qui la remplace.")
        if code:
            typer.echo("Pour revenir, un nouveau code, une seule fois :")
            typer.echo(link(username, code) if username else code)

    wait_for(revoked())


@calendar_app.command("import")
def calendar_import(
    file: Annotated[
        Path, typer.Argument(metavar="FICHIER", help="L'export officiel (JSON ou CSV), ou l'iCal du centre.")
    ],
    zone: Annotated[Literal["A", "B", "C"] | None, typer.Option(help="Cette zone seulement.")] = None,
    centre: Annotated[str | None, typer.Option(help="Le centre de cet iCal, s'il y en a plusieurs.")] = None,
) -> None:
    """Prendre le calendrier officiel des vacances, ou les fermetures d'un centre."""
    from bot.settings import StorageSettings

    try:
        content = file.read_bytes()
    except OSError:
        raise Stop(f"{file} : ce fichier ne peut pas être lu.", WRONG) from None

    async def imported() -> list[str]:
        from bot.calendars import import_file
        from bot.clock import SystemClock
        from bot.meeting_calendars import changed

        async with opened(settings_of(StorageSettings)) as store, store.work(SystemClock().now()) as work:
            said = await import_file(work, content, zone=zone, centre=centre)
            await changed(work)
            return said

    for sentence in wait_for(imported()):
        typer.echo(sentence)


@app.command(rich_help_panel=TEAM)
def digest(
    week: Annotated[str | None, typer.Option(help="La semaine, comme 2026-W47 ; sinon, celle-ci.")] = None,
    send: Annotated[bool, typer.Option("--send", help="L'envoyer à qui ne l'a pas encore eue.")] = False,
    period: Annotated[
        bool, typer.Option("--period", help="Plutôt la période entre deux vacances, telle qu'elle est.")
    ] = False,
    pictures: Annotated[
        Path | None, typer.Option(help="Avec --period : le dossier où garder l'image de chaque centre.")
    ] = None,
) -> None:
    """La semaine de chaque centre et de chaque personne ; n'envoie rien sans --send."""
    from bot.clock import SystemClock
    from bot.rules.week import read_week, week_of
    from bot.settings import StorageSettings

    if period and (week or send):
        raise Stop("--period montre la période d'aujourd'hui et n'envoie rien : ni --week ni --send.", WRONG)
    if pictures and not period:
        raise Stop("--pictures va avec --period.", WRONG)
    now = SystemClock().now()
    try:
        which = read_week(week) if week else week_of(now)
    except ValueError as error:
        raise Stop(f"--week : {error}.", WRONG) from None
    if send and which.monday > week_of(now).monday:
        raise Stop(f"--send : la semaine {which} n'a pas commencé.", WRONG)

    async def told() -> list[str]:
        from bot.digest import printed, send_now

        async with opened(settings_of(StorageSettings)) as store:
            if period:
                return await _periods(store, now, pictures)
            async with store.work(now) as work:
                if not send:
                    return await printed(work, which)
                return [f"Envoyée à {await send_now(work, which)} personne(s) ; le service la fait partir."]

    for line in wait_for(told()):
        typer.echo(line)


async def _periods(store: "Store", now: datetime, folder: Path | None) -> list[str]:
    """Each centre's period, and where its picture is."""
    from bot import picture
    from bot.period import printed

    async with store.work(now) as work:
        told = await printed(work)
    lines: list[str] = []
    for name, words, drawing in told:
        lines += [words, ""]
        png = await picture.drawn(drawing) if folder and drawing is not None else None
        if folder and png:
            try:
                lines[-1:] = [f"Image : {picture.write(png, folder, name)}", ""]
            except OSError:
                raise Stop(f"L'image ne peut pas être écrite dans {folder}.", FAILED) from None
    return lines[:-1]


@app.command(rich_help_panel=TEAM)
def tagger(
    learn: Annotated[
        bool, typer.Option("--learn", help="Apprendre maintenant des corrections, sans attendre la nuit.")
    ] = False,
    undo: Annotated[
        str | None,
        typer.Option(metavar="CENTRE", help="Défaire ce qui a été appris en dernier pour ce centre."),
    ] = None,
) -> None:
    """Ce que l'étiqueteur a appris dans chaque centre, et l'accord des référentes avec lui."""
    from bot import tagger_command
    from bot.clock import SystemClock
    from bot.settings import StorageSettings

    if learn and undo is not None:
        raise Stop("--learn apprend, --undo défait : l'un ou l'autre.", WRONG)

    async def told() -> list[str]:
        clock = SystemClock()
        async with opened(settings_of(StorageSettings)) as store:
            if learn:
                return await tagger_command.learn(store, clock)
            async with store.work(clock.now()) as work:
                if undo is not None:
                    return [await tagger_command.take_back(work, undo)]
                return await tagger_command.state(work)

    for line in wait_for(told()):
        typer.echo(line)


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
