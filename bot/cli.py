"""The commands of `sinau`. Exit status: 0, 1 when a check or a start failed, 2 for bad usage."""

import asyncio
import json
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from bot import cli_content, cli_database, cli_exchange, cli_people
from bot.cli_options import Config, printable, query, read_settings, require_unit
from bot.clock import AdjustableClock, SystemClock
from bot.errors import SinauError, StartError
from bot.settings import Settings, SettingsError, require_token

if TYPE_CHECKING:
    from bot.views.reporting import Report

SANDBOX_PORT = 8081
HIGHEST_ID = 2**63 - 1  # the database holds no higher one
HIGHEST_COUNT = 2**31 - 1  # as above
SANDBOX_TOKEN = "1000000001:SANDBOX-has-no-secret"  # noqa: S105 - it opens nothing but the sandbox, and is printed for everybody

app = typer.Typer(
    help="Sinau: a chat-based learning assistant for civil servants.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(cli_database.app, name="db")
app.add_typer(cli_content.app, name="content")
app.add_typer(cli_people.app, name="roster")
app.command("audit")(cli_people.audit)
app.command("import")(cli_exchange.import_bank)
app.command("export")(cli_exchange.export_module)
app.command("template")(cli_exchange.write_template)

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
def announce(
    text: Annotated[str, typer.Argument(help="Plain text.")],
    config: Config = None,
    unfinished: Annotated[str | None, typer.Option(help="Only to those who have not finished this module.")] = None,
    at: Annotated[str | None, typer.Option(help="When, in the zone learning.zone: 'besok 08.30', '2026-11-25 08:30'.")] = None,
) -> None:
    """Queue an announcement of plain text, now or for a time; the running bot delivers it."""
    from bot.content.limits import MESSAGE
    from bot.content.markup import length
    from bot.services import announcing
    from bot.storage import hold

    if not text.strip() or length(text) > MESSAGE:
        raise typer.BadParameter(f"write 1 to {MESSAGE} characters, as one message holds; an emoji counts as two", param_hint="TEXT")
    _require_utf8(text, "TEXT")
    settings = read_settings(config)
    _require_module(settings, unfinished, "--unfinished")
    now = SystemClock().now()
    due = _moment(at, now.astimezone(settings.default_zone)) if at else now
    announcement_id = query(settings, announcing.post, text, unfinished, due, now)
    typer.echo(f"Announcement {announcement_id} is queued for {due.astimezone(settings.default_zone):%Y-%m-%d %H:%M %Z}.")
    if query(settings, hold.find):
        typer.echo("Sending is held since a restore: it goes out after `sinau db confirm`.")


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


@app.command()
def invite(
    config: Config = None,
    *,
    coordinator: Annotated[bool, typer.Option("--coordinator", help="Make whoever opens the link a coordinator.")] = False,
    unit: Annotated[str | None, typer.Option(help="With --coordinator: of this unit (its code or path) and all below.")] = None,
    module: Annotated[str | None, typer.Option(help="The module to suggest first.")] = None,
    days: Annotated[int, typer.Option(min=1, max=366, help="How long the link is valid.")] = 7,
    uses: Annotated[int, typer.Option(min=1, max=HIGHEST_COUNT, help="How many people can use it.")] = 1,
) -> None:
    """Print an invitation link; only its hash is kept."""
    from bot.services import inviting

    if unit is not None and not coordinator:
        raise typer.BadParameter("a unit is what a coordinator gets; give --coordinator too", param_hint="--unit")
    settings = read_settings(config)
    require_token(settings)
    _require_module(settings, module, "--module")
    username, token, now = asyncio.run(_username(settings)), inviting.new_token(), SystemClock().now()
    unit_id = require_unit(settings, unit) if unit is not None else None
    terms = inviting.Terms(coordinator, module, uses, now + timedelta(days=days), unit_id)
    query(settings, inviting.invite, token, terms, now)
    typer.echo(f"https://t.me/{username}?start={token}")


@app.command()
def uninvite(link: Annotated[str, typer.Argument(help="The link, or the token at its end.")], config: Config = None) -> None:
    """Revoke an invitation, so that its link opens nothing any more."""
    from bot.services import inviting

    _require_utf8(link, "LINK")
    known = query(read_settings(config), inviting.revoke, link.rpartition("=")[2], SystemClock().now())
    typer.echo("The invitation is revoked." if known else "There is no such invitation; nothing was changed.")
    raise typer.Exit(0 if known else 1)


@app.command()
def coordinators(config: Config = None) -> None:
    """List who may announce: account, name, and where the role comes from."""
    from bot.services import operating

    settings = read_settings(config)
    for account, name, unit in query(settings, operating.coordinators):
        typer.echo("  ".join([str(account), printable(name), *([printable(" > ".join(unit))] if unit else [])]))
    for account in sorted(settings.admins):
        typer.echo(f"{account}  (admin, by the settings)")


@app.command()
def dismiss(
    account: Annotated[int, typer.Argument(help="The number of the Telegram account, as `sinau coordinators` lists it.", max=HIGHEST_ID)],
    config: Config = None,
) -> None:
    """Take the coordinator's role away from a person, at once."""
    from bot.services import operating

    settings = read_settings(config)
    if account in settings.admins:
        raise StartError(f"{account} is an admin by the settings; nothing was changed. Take the number out of admins, and restart the bot.")
    dismissed = query(settings, operating.dismiss, account, SystemClock().now())
    if dismissed is None:
        raise StartError(f"{account} is no coordinator; nothing was changed. `sinau coordinators` lists them.")
    typer.echo(
        f"{printable(dismissed.name)} is no coordinator any more. Revoke what coordinator's links are still open: sinau uninvite LINK"
    )
    for number in dismissed.announcements:
        typer.echo(f"Announcement {number} of theirs still goes out; `sinau unannounce {number}` stops it.")
    if not asyncio.run(_hide_commands(settings, account)):
        typer.echo("Telegram was not reached: their menu still shows a coordinator's commands, which no longer do anything.")


@app.command()
def announcements(config: Config = None) -> None:
    """List the announcements that are scheduled, going out or paused."""
    from bot.services import operating

    settings = read_settings(config)
    for each in query(settings, operating.pending):
        due = f"{each.due_at.astimezone(settings.default_zone):%Y-%m-%d %H:%M %Z}" if each.due_at else ""
        typer.echo(f"{each.id}  {each.state}  {due}  {each.gone} gone, {each.waiting} waiting")


@app.command()
def unannounce(
    number: Annotated[int, typer.Argument(help="As `sinau announcements` lists it.", max=HIGHEST_ID)], config: Config = None
) -> None:
    """Send an announcement to nobody else, whoever made it. What has left can't be taken back."""
    from bot.services import operating

    withdrawn = query(read_settings(config), operating.withdraw, number, SystemClock().now())
    if withdrawn is None:
        raise StartError(
            f"There is no announcement {number} that waits or goes out; nothing was changed. `sinau announcements` lists them."
        )
    typer.echo(f"Announcement {number} is cancelled. It had gone to {withdrawn.gone}; {withdrawn.waiting} are on their way at this moment.")


def _require_utf8(text: str, argument: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:  # Python passes on bytes of another encoding as letters that can't be written
        raise typer.BadParameter(
            "this is not UTF-8; set the terminal, or the file that it comes from, to UTF-8", param_hint=argument
        ) from None


def _require_module(settings: Settings, module_id: str | None, option: str) -> None:
    from bot.content.shelf import Shelf

    if module_id is not None and Shelf(settings.content.dir, settings.cache_dir, keeps=False).catalogue.module(module_id) is None:
        raise typer.BadParameter(f"there is no module {module_id!r}", param_hint=option)


def _moment(text: str, now: datetime) -> datetime:
    from bot.domain.moments import parse_moment

    moment = parse_moment(text, now)
    if moment is None or moment <= now:
        raise typer.BadParameter("write a time that is to come, such as 'besok 08.30' or '2026-11-25 08:30'", param_hint="--at")
    return moment


async def _measured_report(settings: Settings) -> "Report":
    """Bring the figures up to date, and return the report."""
    from bot.app import make_rules, open_storage
    from bot.content.shelf import Shelf
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


async def _username(settings: Settings) -> Any:
    from bot.gateway.errors import ApiError, reason
    from bot.gateway.meters import Meters
    from bot.gateway.request import Session
    from bot.gateway.wire import Wire

    async with Session(settings.telegram.api_url) as session:
        try:
            me = await Wire(session, settings.telegram.api_url, settings.token, Meters()).call("getMe", {})
        except ApiError as error:
            raise StartError(f"Telegram was not asked for the bot's name: {reason(error)}. No invitation was made.") from error
    return me["username"]


async def _hide_commands(settings: Settings, account: int) -> bool:
    """Show an account the commands of everybody again; False when Telegram could not be told."""
    from bot.gateway.errors import ApiError
    from bot.gateway.meters import Meters
    from bot.gateway.request import Session
    from bot.gateway.wire import Wire

    async with Session(settings.telegram.api_url) as session:
        try:
            scope = {"type": "chat", "chat_id": account}
            await Wire(session, settings.telegram.api_url, settings.token, Meters()).call("deleteMyCommands", {"scope": scope})
        except (ApiError, SettingsError):
            return False
    return True
