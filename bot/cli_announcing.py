"""The commands that announce, list what goes out, and stop it."""

from datetime import datetime
from typing import Annotated

import typer

from bot.cli_options import HIGHEST_ID, Config, query, read_settings, require_module, require_utf8
from bot.clock import SystemClock
from bot.errors import StartError


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
    require_utf8(text, "TEXT")
    settings = read_settings(config)
    require_module(settings, unfinished, "--unfinished")
    now = SystemClock().now()
    due = _moment(at, now.astimezone(settings.default_zone)) if at else now
    announcement_id = query(settings, announcing.post, text, unfinished, due, now)
    typer.echo(f"Announcement {announcement_id} is queued for {due.astimezone(settings.default_zone):%Y-%m-%d %H:%M %Z}.")
    if query(settings, hold.find):
        typer.echo("Sending is held since a restore: it goes out after `sinau db confirm`.")


def announcements(config: Config = None) -> None:
    """List the announcements that are scheduled, going out or paused."""
    from bot.services import operating

    settings = read_settings(config)
    for each in query(settings, operating.pending):
        due = f"{each.due_at.astimezone(settings.default_zone):%Y-%m-%d %H:%M %Z}" if each.due_at else ""
        typer.echo(f"{each.id}  {each.state}  {due}  {each.gone} gone, {each.waiting} waiting")


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


def _moment(text: str, now: datetime) -> datetime:
    from bot.domain.moments import parse_moment

    moment = parse_moment(text, now)
    if moment is None or moment <= now:
        raise typer.BadParameter("write a time that is to come, such as 'besok 08.30' or '2026-11-25 08:30'", param_hint="--at")
    return moment
