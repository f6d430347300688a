"""The commands of `sinau`. Exit status: 0, 1 when a check or a start failed, 2 for bad usage."""

import asyncio
import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot import cli_announcing, cli_content, cli_database, cli_exchange, cli_people, cli_roles
from bot.cli_options import Config, read_settings
from bot.clock import AdjustableClock, SystemClock
from bot.errors import SinauError, StartError
from bot.settings import Settings, require_token

if TYPE_CHECKING:
    from bot.views.reporting import Report

SANDBOX_PORT = 8081
SANDBOX_TOKEN = "1000000001:SANDBOX-has-no-secret"  # noqa: S105 - it opens nothing but the sandbox, and is printed for everybody

app = typer.Typer(
    help="Sinau: a chat-based learning assistant for civil servants.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Host = Annotated[str, typer.Option(help="The address to listen on.")]
Format = Annotated[
    Literal["json", "csv", "xlsx"], typer.Option("--format", help="json; csv of the modules; xlsx with everything and charts.")
]
Port = Annotated[int, typer.Option(help="The port of the chat page and of the Bot API.", min=0, max=65535)]


def main() -> None:
    """Run the command that the arguments name; a failure that a person can mend is told in a sentence, without a trace."""
    try:
        app(prog_name="sinau")
    except SinauError as error:
        typer.echo(f"sinau: {error}", err=True)
        raise SystemExit(1) from None


@app.command()
def demo(config: Config = None, host: Host = "127.0.0.1", port: Port = SANDBOX_PORT) -> None:
    """Run the sandbox and the bot together: a chat page in the browser, no Telegram account needed."""
    import uvloop

    from bot.demo import show
    from bot.logs import configure_logging

    settings = read_settings(config)
    configure_logging("warning", settings.log.format, [])
    uvloop.run(show(settings, host, port, SANDBOX_TOKEN))


@app.command()
def preview(
    file: Annotated[Path, typer.Argument(help="A module: content/modules/x.yaml.", exists=True, dir_okay=False)],
    config: Config = None,
    host: Host = "127.0.0.1",
    port: Port = SANDBOX_PORT,
) -> None:
    """Show one module in the sandbox while it is written: read again on every save, with what is wrong beside the chat."""
    import uvloop

    from bot.logs import configure_logging
    from bot.preview import show

    settings = read_settings(config)
    configure_logging("critical", settings.log.format, [])  # the page tells what is wrong with the file
    with suppress(KeyboardInterrupt):
        uvloop.run(show(settings, file, host, port, SANDBOX_TOKEN))


@app.command()
def run(config: Config = None) -> None:
    """Run the bot against Telegram."""
    import gc

    gc.disable()  # what is imported stays: to look for garbage in it, again and again, takes a twentieth of the start
    import uvloop

    from bot.process import serve

    gc.enable()
    settings = read_settings(config)
    require_token(settings)
    uvloop.run(serve(settings, SystemClock(), lambda _: None))


@app.command()
def sandbox(host: Host = "127.0.0.1", port: Port = SANDBOX_PORT, token: str = SANDBOX_TOKEN) -> None:
    """Run the sandbox alone: a Bot API server and chat page for any bot library."""
    from bot.sandbox.server import Sandbox, address_of

    try:
        server, address = Sandbox(AdjustableClock(), token), address_of(host, port)
        typer.echo(f"Chat page: {address}/\nBot API:   {address}/bot{token}/getMe")
        server.serve_forever(host, port)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--token") from error
    except OSError as error:
        raise StartError(f"{error.strerror or error} (--port)") from error


@app.command()
def check(
    config: Config = None,
    output: Annotated[Literal["text", "json", "github"], typer.Option("--format", help="github: annotations of GitHub Actions.")] = "text",
    *,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 for warnings too.")] = False,
) -> None:
    """Check settings and content; print what is wrong and what is poor, and exit with 1 when something is wrong."""
    from bot.content.lint.output import OUTPUTS
    from bot.content.lint.review import review
    from bot.content.loader import load

    settings = read_settings(config)
    loaded = load(settings.content.dir)
    findings = review(settings.content.dir, loaded, SystemClock().now().astimezone(settings.default_zone).date())
    typer.echo(OUTPUTS["json" if as_json else output](findings, len(loaded.catalogue.modules) if loaded.catalogue else 0))
    raise typer.Exit(1 if any(strict or finding.severity == "error" for finding in findings) else 0)


@app.command()
def doctor(config: Config = None) -> None:
    """Examine token, database, content, clock and rights; give advice, and exit with 1 when something is wrong."""
    from bot.doctor import examine

    findings = asyncio.run(examine(read_settings(config), SystemClock()))
    for finding in findings:
        typer.echo(str(finding))
    raise typer.Exit(0 if all(each.healthy for each in findings) else 1)


@app.command()
def report(
    config: Config = None,
    style: Format = "json",
    output: Annotated[Path | None, typer.Option("--output", help="The file to write; an xlsx needs one.", dir_okay=False)] = None,
) -> None:
    """Tell numbers of learners, modules, questions, wishes and announcements; no names."""
    from bot.documents.plain import as_csv, as_data
    from bot.documents.workbook import as_workbook
    from bot.screens.reporting import CHARTS, tables
    from bot.texts import load_words

    if style == "xlsx" and output is None:
        raise typer.BadParameter("a workbook is no text; name a file: --output laporan.xlsx", param_hint="--format")
    settings = read_settings(config)
    view = asyncio.run(_measured_report(settings))
    told = tables(view, load_words()[settings.learning.language])
    if style == "xlsx":
        made = as_workbook(told, CHARTS, view.overview.at)
    elif style == "csv":
        made = as_csv(next(each for each in told if each.key == "modules")).encode()
    else:
        made = (json.dumps(as_data(told, view.overview.at), ensure_ascii=False, indent=2) + "\n").encode()
    if output is None:
        typer.echo(made.decode(), nl=False)
    else:
        _write_file(output, made)


async def _measured_report(settings: Settings) -> "Report":
    """Bring the figures up to date, and return the report."""
    from bot.content.shelf import Shelf
    from bot.core import make_rules, open_storage
    from bot.measuring import bring_up_to_date
    from bot.services import reporting

    catalogue, rules, now = (
        Shelf(settings.content.dir, settings.cache_dir, keeps=False).catalogue,
        make_rules(settings),
        SystemClock().now(),
    )
    storage = open_storage(settings)
    try:
        await bring_up_to_date(storage, catalogue, rules, now)
        return await storage.run(reporting.summarise, catalogue, rules, now)
    finally:
        storage.close()


def _write_file(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise StartError(f"{file} can't be written ({error.strerror}); name another file.") from error
    typer.echo(f"{file} holds the report.")


app.add_typer(cli_database.app, name="db")
app.add_typer(cli_content.app, name="content")
app.add_typer(cli_people.app, name="roster")
app.command("audit")(cli_people.audit)
app.command()(cli_announcing.announce)
app.command()(cli_announcing.announcements)
app.command()(cli_announcing.unannounce)
app.command()(cli_roles.invite)
app.command()(cli_roles.uninvite)
app.command()(cli_roles.coordinators)
app.command()(cli_roles.dismiss)
app.command("import")(cli_exchange.import_bank)
app.command("export")(cli_exchange.export_module)
app.command("template")(cli_exchange.write_template)
