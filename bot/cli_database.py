"""The commands of `sinau db`: they look after the database."""

import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli_options import Config, query, read_settings
from bot.clock import SystemClock
from bot.errors import StartError

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.services.holding import Review, Unclear
    from bot.settings import Settings

app = typer.Typer(help="Look after the database.", no_args_is_help=True)

BackupFile = Annotated[Path, typer.Argument(metavar="FILE", help="The backup: one file, whatever the database.")]
Announcements = Annotated[list[int] | None, typer.Option(metavar="NUMBER", help="May be given several times.")]


@app.command()
def upgrade(config: Config = None) -> None:
    """Bring the database to the shape that this version needs."""
    from bot.storage import migrate

    with _engine(read_settings(config)) as engine:
        migrate.upgrade(engine)
    typer.echo(f"The database is at version {migrate.newest()}.")


@app.command()
def backup(file: BackupFile, config: Config = None) -> None:
    """Write a backup of the whole database, while the bot runs."""
    from bot.storage import backup as backups

    settings = read_settings(config)
    if settings.database.file:
        _require_there(settings.database.file)
    with _engine(settings) as engine:
        seal = backups.write(engine, file, SystemClock().now())
    typer.echo(f"{file} holds the whole database ({seal.rows} rows), and was read again. It holds personal data: keep it closed.")


@app.command()
def restore(
    file: BackupFile,
    config: Config = None,
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace a database that is not empty.")] = False,
) -> None:
    """Put a backup in the place of the database. Nothing is sent afterwards before `sinau db confirm`."""
    from bot.storage import restore as restores

    settings = read_settings(config)
    if settings.database.file:
        _require_owner(settings.database.file)
    with _engine(settings) as engine:
        seal = restores.restore(engine, file, SystemClock().now(), force=force)
    made = f"of {_shown(seal.made_at)} " if seal.made_at else ""
    typer.echo(
        f"The database is the backup {made}({seal.rows} rows). Start the bot: it answers people, "
        "but reminders and announcements are held until `sinau db confirm`."
    )


@app.command()
def hold(config: Config = None) -> None:
    """Hold reminders and announcements, as after a restore: for a database that was put back by other means."""
    from bot.services import holding

    begun = query(read_settings(config), holding.begin, SystemClock().now())
    typer.echo("Reminders and announcements are held until `sinau db confirm`." if begun else "They are held already.")


@app.command()
def confirm(
    config: Config = None,
    *,
    go_on: Announcements = None,
    cancel: Announcements = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Show what waits since a restore, and let it go out. Announcements that may have gone out before need --go-on or --cancel."""
    from bot.core import make_rules
    from bot.services import holding

    settings, now = read_settings(config), SystemClock().now()
    rules = make_rules(settings)
    while query(settings, holding.drop_reminders, rules, now) == holding.BATCH:
        pass
    review = query(settings, holding.review, now)
    _show(review)
    decided = {*(go_on or ()), *(cancel or ())}
    if len(decided) < len(go_on or ()) + len(cancel or ()) or not decided <= {each.id for each in review.unclear}:
        raise typer.BadParameter("name each announcement of the list once, and no other", param_hint="--go-on, --cancel")
    if not all(each.id in decided for each in review.unclear):
        typer.echo("Nothing was sent. Decide about each of them: sinau db confirm --go-on NUMBER --cancel NUMBER")
        raise typer.Exit(1)
    if not yes and not typer.confirm("Let it go out?"):
        typer.echo("Nothing was sent; it stays held.")
        raise typer.Exit(1)
    if query(settings, holding.release, go_on or (), cancel or (), now):
        raise StartError("Something was announced meanwhile; nothing was sent. Run the command again.")
    typer.echo("Reminders and announcements go out again.")


def _require_there(file: Path) -> None:
    """Refuse to make an empty database where one is to be backed up."""
    try:
        there = file.exists()
    except OSError as error:
        raise StartError(
            f"The database {file} can't be looked at ({error.strerror}). Run this as the user that the bot runs as."
        ) from error
    if not there:
        raise StartError(f"There is no database {file}; nothing was written. Check database.url.")


def _require_owner(file: Path) -> None:
    """Refuse to leave a file behind that the bot's own user can't open."""
    if os.geteuid() != 0:
        return
    owner = next(each for each in (file, *file.absolute().parents) if each.exists()).stat().st_uid
    if owner == 0:
        return
    try:
        name = pwd.getpwuid(owner).pw_name
    except KeyError:  # a container's user, of whom this machine knows the number alone
        name = f"#{owner}"
    raise StartError(f"The database belongs to the user {name}; nothing was changed. Run this as that user: sudo -u '{name}' …")


@contextmanager
def _engine(settings: "Settings") -> "Iterator[Engine]":
    from sqlalchemy.exc import SQLAlchemyError

    from bot.storage.engine import make_engine

    try:
        engine = make_engine(settings.database.url)
        try:
            yield engine
        finally:
            engine.dispose()
    except (SQLAlchemyError, OSError) as error:
        raise StartError(f"The database can't be reached ({type(error).__name__}); nothing was changed. Check database.url.") from error


def _show(review: "Review") -> None:
    made = f" of a backup of {_shown(review.hold.made_at)}" if review.hold.made_at else ""
    typer.echo(f"Sending is held since {_shown(review.hold.since)}, after a restore{made}.")
    typer.echo("Reminders from before that are dropped: nobody knows which of them were sent.")
    typer.echo(f"Since then the hour of {review.reminders} learner(s) has come; {review.deliveries} message(s) of announcements are due.")
    if review.unclear:
        typer.echo("These announcements may have gone out further, or to everybody, after the backup was made:")
    for each in review.unclear:
        typer.echo(f"  {each.id}  {_described(each)}")


def _described(unclear: "Unclear") -> str:
    words = f"“{unclear.excerpt}”" if unclear.excerpt else "copied from its author's chat"
    if unclear.state == "scheduled" and unclear.due_at:
        return f"was to go out on {_shown(unclear.due_at)}: {words}"
    state = "is paused" if unclear.state == "paused" else "was under way"
    return f"{state}, {unclear.settled} done and {unclear.waiting} waiting in the backup: {words}"


def _shown(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
