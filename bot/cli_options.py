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

HIGHEST_ID = 2**63 - 1  # the database holds no higher one

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
    from bot.core import open_storage

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


def require_utf8(text: str, argument: str) -> None:
    """Refuse an argument that is no UTF-8; raises typer.BadParameter."""
    try:
        text.encode()
    except UnicodeEncodeError:  # Python passes on bytes of another encoding as letters that can't be written
        raise typer.BadParameter(
            "this is not UTF-8; set the terminal, or the file that it comes from, to UTF-8", param_hint=argument
        ) from None


def require_module(settings: Settings, module_id: str | None, option: str) -> None:
    """Refuse the id of a module that the content does not have; raises typer.BadParameter."""
    from bot.content.shelf import Shelf

    if module_id is not None and Shelf(settings.content.dir, settings.cache_dir, keeps=False).catalogue.module(module_id) is None:
        raise typer.BadParameter(f"there is no module {module_id!r}", param_hint=option)
