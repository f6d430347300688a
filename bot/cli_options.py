"""What the commands of `sinau` have in common."""

from pathlib import Path
from typing import Annotated

import typer

from bot.logs import configure_logging
from bot.settings import Settings, load_settings

Config = Annotated[Path | None, typer.Option("--config", help="The settings file; config.yaml in this folder when not given.")]


def read_settings(config: Path | None) -> Settings:
    """Read the settings and set up the log, which from then on hides the token; raises SettingsError."""
    settings = load_settings(config)
    secret = settings.telegram.webhook_secret.get_secret_value()
    configure_logging(settings.log.level, settings.log.format, [settings.token, secret])
    return settings
