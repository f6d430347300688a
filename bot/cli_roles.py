"""The commands that let people in, and say who coordinates."""

import asyncio
from datetime import timedelta
from typing import Annotated, Any

import typer

from bot.cli_options import HIGHEST_ID, Config, printable, query, read_settings, require_module, require_unit, require_utf8
from bot.clock import SystemClock
from bot.errors import StartError
from bot.settings import Settings, SettingsError, require_token

HIGHEST_COUNT = 2**31 - 1  # the database holds no higher one


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
    require_module(settings, module, "--module")
    username, token, now = asyncio.run(_username(settings)), inviting.new_token(), SystemClock().now()
    unit_id = require_unit(settings, unit) if unit is not None else None
    terms = inviting.Terms(coordinator, module, uses, now + timedelta(days=days), unit_id)
    query(settings, inviting.invite, token, terms, now)
    typer.echo(f"https://t.me/{username}?start={token}")


def uninvite(link: Annotated[str, typer.Argument(help="The link, or the token at its end.")], config: Config = None) -> None:
    """Revoke an invitation, so that its link opens nothing any more."""
    from bot.services import inviting

    require_utf8(link, "LINK")
    known = query(read_settings(config), inviting.revoke, link.rpartition("=")[2], SystemClock().now())
    typer.echo("The invitation is revoked." if known else "There is no such invitation; nothing was changed.")
    raise typer.Exit(0 if known else 1)


def coordinators(config: Config = None) -> None:
    """List who may announce: account, name, and where the role comes from."""
    from bot.services import operating

    settings = read_settings(config)
    for account, name, unit in query(settings, operating.coordinators):
        typer.echo("  ".join([str(account), printable(name), *([printable(" > ".join(unit))] if unit else [])]))
    for account in sorted(settings.admins):
        typer.echo(f"{account}  (admin, by the settings)")


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
