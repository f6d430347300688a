"""What the commands of `sinau` have in common."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Concatenate, ParamSpec, TypeVar

import typer

from bot.configuration import load_settings
from bot.logs import configure_logging
from bot.settings import Settings, SettingsError

if TYPE_CHECKING:
    from sqlalchemy import Connection

P = ParamSpec("P")
R = TypeVar("R")

Config = Annotated[Path | None, typer.Option("--config", help="The settings file; config.yaml in this folder when not given.")]


def read_settings(config: Path | None) -> Settings:
    """Read the settings and set up the log, which from then on hides the token; raises SettingsError."""
    settings = load_settings(config)
    configure_logging(settings.log.level, settings.log.format, _secrets(settings))
    return settings


def _secrets(settings: Settings) -> list[str]:
    """Return what the log has to hide. A secret that can't be read is none to hide, and is told by whoever needs it."""
    found = []
    for name in ("token", "webhook_secret", "answers_key"):
        with suppress(SettingsError):
            found.append(getattr(settings, name))
    return found


def printable(name: str) -> str:
    """Return a person's name as it may be printed: what would move a terminal's cursor or turn its text round is shown as `?`."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)


def query(settings: Settings, work: "Callable[Concatenate[Connection, P], R]", *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a service in a transaction of its own, beside a bot that may be running; raises StartError when the database can't be used."""
    from bot.app import open_storage

    storage = open_storage(settings)
    try:
        return asyncio.run(storage.run(work, *args, **kwargs))
    finally:
        storage.close()


def require_unit(settings: Settings, name: str) -> int:
    """Return the unit that a code or a path names; raises BadParameter when there is none."""
    from bot.storage import units

    found = query(settings, units.find, name)
    if found is None:
        raise typer.BadParameter(f"there is no unit {printable(name)!r}; `sinau roster units` lists them", param_hint="--unit")
    return found.id
