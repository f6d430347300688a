"""The settings: config.yaml, overridden by the environment, as one frozen typed object."""

import os
import socket
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

import yaml
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict


class SettingsError(Exception):
    """The settings can't be used; the text names every fault and what to do about it."""


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TelegramSettings(_Section):
    """How the bot reaches Telegram."""

    token: SecretStr = SecretStr("")
    token_file: Path | None = None
    api_url: str = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")

    @field_validator("api_url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        if not url.startswith(("http://", "https://")):
            raise ValueError("must begin with https:// (or http:// for a server of your own)")
        return url.rstrip("/")

    @model_validator(mode="after")
    def _webhook_is_complete(self) -> "TelegramSettings":
        if self.mode == "webhook" and not (self.webhook_url and self.webhook_secret.get_secret_value()):
            raise ValueError("mode webhook needs webhook_url and webhook_secret")
        return self


class DatabaseSettings(_Section):
    """Where everything is kept."""

    url: str = "sqlite:///var/sinau.db"
    threads: int = Field(default=4, ge=1, le=32)

    @field_validator("url")
    @classmethod
    def _is_known(cls, url: str) -> str:
        if not url.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return url


class ContentSettings(_Section):
    """Where the modules, paths and media are."""

    dir: Path = Path("content")


class WebSettings(_Section):
    """Where the webhook, health and metrics are served."""

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)


class LearningSettings(_Section):
    """What a learner meets before they choose for themselves."""

    language: Literal["id", "en"] = "id"
    zone: str = "Asia/Jakarta"
    daily_items: int = Field(default=3, ge=1, le=10)

    @field_validator("zone")
    @classmethod
    def _exists(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError(f"{zone!r} is no IANA zone; Indonesia has Asia/Jakarta, Asia/Makassar and Asia/Jayapura")
        return zone


class ReminderSettings(_Section):
    """When reminders go out."""

    at: time = time(8, 30)
    quiet_from: time = time(21, 0)
    quiet_until: time = time(6, 0)
    country: str = "ID"
    holidays_file: Path | None = None
    tick_seconds: float = Field(default=5, gt=0, le=60)

    @field_validator("at", "quiet_from", "quiet_until", mode="before")
    @classmethod
    def _was_quoted(cls, value: object) -> object:
        if isinstance(value, int):
            raise ValueError('write the time in quotes, such as "08:30": YAML reads 8:30 as a number')  # noqa: TRY004 - pydantic collects ValueErrors
        return value


class SendingSettings(_Section):
    """How fast the bot may send; see core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this."""

    per_second: int = Field(default=29, ge=1, le=1000)
    at_once: int = Field(default=8, ge=1, le=256)


class LogSettings(_Section):
    """How the log looks."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["text", "json"] = "text"


class Settings(BaseSettings):
    """Every setting of the program. Environment variables win: SINAU_DATABASE__URL overrides database.url."""

    model_config = SettingsConfigDict(env_prefix="SINAU_", env_nested_delimiter="__", frozen=True, extra="forbid")

    telegram: TelegramSettings = TelegramSettings()
    database: DatabaseSettings = DatabaseSettings()
    content: ContentSettings = ContentSettings()
    web: WebSettings = WebSettings()
    learning: LearningSettings = LearningSettings()
    reminders: ReminderSettings = ReminderSettings()
    sending: SendingSettings = SendingSettings()
    log: LogSettings = LogSettings()
    admins: Annotated[frozenset[int], NoDecode] = frozenset()
    contact: str = ""
    replica: str = Field(default_factory=socket.gethostname)

    @field_validator("admins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the signature is pydantic's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - as above
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - as above
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over what the file says."""
        return env_settings, init_settings

    @property
    def token(self) -> str:
        """The bot's token, from the setting or from the file it names; empty when there is none.

        Raises:
            SettingsError: the file can't be read.

        """
        if self.telegram.token_file is None:
            return self.telegram.token.get_secret_value()
        try:
            return self.telegram.token_file.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingsError(f"telegram.token_file: {error.strerror}; name a file that holds the token") from error

    @property
    def default_zone(self) -> ZoneInfo:
        """The zone of a learner who has not chosen one."""
        return ZoneInfo(self.learning.zone)


def load_settings(path: Path | None) -> Settings:
    """Read the settings from `path` (config.yaml in this folder when not given, if it exists) and the environment.

    Raises:
        SettingsError: naming all that is wrong at once.

    """
    try:
        return Settings(**_read(path))
    except ValidationError as error:
        raise SettingsError(_explain(error, path)) from error


def _read(path: Path | None) -> dict[str, Any]:
    chosen = path or Path("config.yaml")
    if path is None and not chosen.exists():
        return {}
    try:
        values = yaml.safe_load(chosen.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{chosen}: {error.strerror}; name the settings file with --config") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(f"{chosen}: this is not valid YAML: {error}") from error
    if values is not None and not isinstance(values, dict):
        raise SettingsError(f"{chosen}: must hold settings by name, such as `web:` with `port: 8080` below it")
    return values or {}


def _explain(error: ValidationError, path: Path | None) -> str:
    lines = [f"The settings ({path or 'config.yaml'} and the environment) have {error.error_count()} fault(s):"]
    for fault in error.errors(include_url=False, include_input=False):
        name = ".".join(str(part) for part in fault["loc"])
        variable = "SINAU_" + "__".join(str(part) for part in fault["loc"]).upper()
        known = "the environment sets it" if variable in os.environ else "see the comments in config.yaml"
        lines.append(f"  {name}: {fault['msg'].removeprefix('Value error, ')} ({known})")
    return "\n".join(lines)
