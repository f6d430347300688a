"""The settings as one frozen typed object, and the rules for each of them."""

import re
import socket
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from bot import addresses
from bot.answer_settings import KEY, KEY_RULE, AnswerSettings
from bot.errors import SinauError
from bot.quiet import QuietHours
from bot.secret_files import SecretFileError, read_secret
from bot.section import Section

PREFIX = "SINAU_"
TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")  # core.telegram.org/bots/api#authorizing-your-bot
TOKEN_RULE = "is no token; one reads like 123456789:AAE-x_1, without a space. Copy it from @BotFather again"  # noqa: S105 - a sentence
FREE_PER_SECOND = 30  # core.telegram.org/bots/api#paid-broadcasts
WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")  # core.telegram.org/bots/api#setwebhook, secret_token
WEBHOOK_SECRET_RULE = "may hold A-Z, a-z, 0-9, _ and - only, 256 at most"  # noqa: S105 - a sentence
# Accounts that Telegram lets many people speak through: core.telegram.org/bots/api#message, sender_chat.
SHARED_ACCOUNTS = {777000: "Telegram's own", 1087968824: "that of anonymous administrators", 136817688: "that of channels"}

# What FSRS-6 begins with, fitted to reviews of many users of Anki: DEFAULT_PARAMETERS of the package fsrs.
FSRS_6 = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip


class SettingsError(SinauError):
    """The settings can't be used; the text names every fault and what to do about it."""


class TelegramSettings(Section):
    """How the bot reaches Telegram."""

    token: SecretStr = SecretStr("")
    token_file: Path | None = None
    api_url: str = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    webhook_secret_file: Path | None = None

    @field_validator("token")
    @classmethod
    def _is_a_token_or_none(cls, token: SecretStr) -> SecretStr:
        bare = token.get_secret_value().strip()
        if bare and not TOKEN.fullmatch(bare):
            raise ValueError(TOKEN_RULE)
        return SecretStr(bare)

    @field_validator("api_url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        return addresses.checked(url)

    @field_validator("webhook_url")
    @classmethod
    def _is_an_address_or_none(cls, url: str) -> str:
        return addresses.checked(url) if url else url

    @field_validator("webhook_secret")
    @classmethod
    def _is_a_secret_that_telegram_takes(cls, secret: SecretStr) -> SecretStr:
        if not WEBHOOK_SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError(WEBHOOK_SECRET_RULE)
        return secret

    @model_validator(mode="after")
    def _webhook_is_complete(self) -> "TelegramSettings":
        if self.mode == "webhook" and not (self.webhook_url and (self.webhook_secret.get_secret_value() or self.webhook_secret_file)):
            raise ValueError("mode webhook needs webhook_url and webhook_secret (or webhook_secret_file)")
        return self


class DatabaseSettings(Section):
    """Where everything is kept."""

    url: str = "sqlite:///var/sinau.db"
    threads: int = Field(default=4, ge=1, le=32)

    @property
    def file(self) -> Path | None:
        """The file of a SQLite database; None for a server."""
        return addresses.sqlite_file(self.url)

    @field_validator("url")
    @classmethod
    def _is_known(cls, url: str) -> str:
        return addresses.checked_database(url)


class ContentSettings(Section):
    """Where the modules, paths and media are."""

    dir: Path = Path("content")


class WebSettings(Section):
    """Where the webhook, health, metrics and the dashboard are served, and the address at which people open the dashboard."""

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    public_url: str = ""

    @field_validator("public_url")
    @classmethod
    def _is_a_host_or_none(cls, url: str) -> str:
        if not url:
            return url
        checked = addresses.checked(url)
        if checked.count("/") != 2:  # noqa: PLR2004 - those of https://
            raise ValueError("must hold nothing after the host, such as https://bot.example.go.id: the pages are at /dasbor there")
        return checked.lower()  # as browsers write it where they say which page a form comes from


class LearningSettings(Section):
    """What a learner meets before they choose for themselves."""

    language: Literal["id", "en"] = "id"
    zone: str = "Asia/Jakarta"
    daily_items: int = Field(default=3, ge=1, le=10)
    retention: float = Field(default=0.9, ge=0.7, le=0.97)
    memory_parameters: tuple[float, ...] = FSRS_6

    @field_validator("memory_parameters")
    @classmethod
    def _are_parameters(cls, parameters: tuple[float, ...]) -> tuple[float, ...]:
        if parameters == FSRS_6:
            return parameters
        from fsrs import Scheduler  # noqa: PLC0415 - only who chose others waits for it

        return Scheduler(parameters).parameters

    @field_validator("zone")
    @classmethod
    def _exists(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError(f"{zone!r} is no IANA zone; Indonesia has Asia/Jakarta, Asia/Makassar and Asia/Jayapura")
        return zone


class ReminderSettings(Section):
    """When reminders go out."""

    at: time = time(8, 30)
    quiet_from: time = time(21, 0)
    quiet_until: time = time(6, 0)
    country: str = "ID"
    holidays_file: Path | None = None
    hours_file: Path | None = None
    tick_seconds: float = Field(default=5, gt=0, le=60)

    @field_validator("at", "quiet_from", "quiet_until", mode="before")
    @classmethod
    def _was_quoted(cls, value: object) -> object:
        if isinstance(value, int | float):
            raise ValueError('write the time in quotes, such as "08:30": YAML reads 8:30 as a number')  # noqa: TRY004 - pydantic collects ValueErrors
        return f"0{value}" if isinstance(value, str) and value[1:2] == ":" else value

    @field_validator("at", "quiet_from", "quiet_until")
    @classmethod
    def _is_local(cls, moment: time) -> time:
        if moment.tzinfo is not None:
            raise ValueError('write the time without a zone, such as "08:30": it is meant in the zone of each learner')
        return moment

    @model_validator(mode="after")
    def _comes_outside_the_quiet_hours(self) -> "ReminderSettings":
        if self.quiet.cover(self.at):
            raise ValueError(
                f"at ({self.at:%H:%M}) is within the quiet hours ({self.quiet_from:%H:%M} to {self.quiet_until:%H:%M}), "
                "in which no reminder goes out; change at, or quiet_from and quiet_until"
            )
        return self

    @property
    def quiet(self) -> QuietHours:
        """The hours in which no reminder goes out."""
        return QuietHours(self.quiet_from, self.quiet_until)


class SendingSettings(Section):
    """How fast the bot may send; see core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this."""

    per_second: int = Field(default=29, ge=1, le=1000)
    at_once: int = Field(default=8, ge=1, le=256)
    paid_broadcast: bool = False

    @model_validator(mode="after")
    def _what_costs_is_agreed_to(self) -> "SendingSettings":
        if self.per_second > FREE_PER_SECOND and not self.paid_broadcast:
            raise ValueError(
                f"per_second above {FREE_PER_SECOND} needs paid_broadcast: true, for which Telegram takes 0.1 Stars a message; "
                "else set per_second to 29"
            )
        return self


class FloodSettings(Section):
    """How much one person may do, so that nobody slows down the others."""

    burst: int = Field(default=60, ge=10, le=100_000)
    per_second: float = Field(default=5, ge=1, le=10_000)


class SearchSettings(Section):
    """What reports tell of questions that nothing in the content answers."""

    wishes_from: int = Field(default=1, ge=1, le=1000)


class RetentionSettings(Section):
    """For how many days what is finished is kept. What a learner has learned is kept for as long as they stay."""

    deliveries: int = Field(default=180, ge=7, le=3650)
    dead_updates: int = Field(default=30, ge=1, le=3650)
    drafts: int = Field(default=30, ge=1, le=3650)
    invitations: int = Field(default=30, ge=0, le=3650)
    wishes: int = Field(default=180, ge=1, le=3650)
    seen_updates: int = Field(default=2, ge=2, le=30)  # Telegram keeps an update for one (core.telegram.org/bots/api#getting-updates)

    @property
    def lives(self) -> dict[str, timedelta]:
        """How long each kind is kept."""
        chosen = {name: timedelta(days=getattr(self, name)) for name in type(self).model_fields}
        briefly = dict.fromkeys(("askers", "dialogues", "searches", "sign_in_links", "wrong_links"), timedelta(days=1))
        return chosen | briefly | {"web_sessions": timedelta(days=7), "answer_uses": timedelta(days=400)}


class LogSettings(Section):
    """How the log looks."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["text", "json"] = "text"


class Settings(BaseSettings):
    """Every setting of the program. Environment variables win: SINAU_DATABASE__URL overrides database.url."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", env_ignore_empty=True, frozen=True, extra="forbid")

    telegram: TelegramSettings = TelegramSettings()
    database: DatabaseSettings = DatabaseSettings()
    content: ContentSettings = ContentSettings()
    web: WebSettings = WebSettings()
    learning: LearningSettings = LearningSettings()
    reminders: ReminderSettings = ReminderSettings()
    sending: SendingSettings = SendingSettings()
    floods: FloodSettings = FloodSettings()
    search: SearchSettings = SearchSettings()
    answers: AnswerSettings = AnswerSettings()
    retention: RetentionSettings = RetentionSettings()
    log: LogSettings = LogSettings()
    admins: Annotated[frozenset[int], NoDecode] = frozenset()
    contact: str = ""
    cache_dir: Path | None = Path("var/cache")
    replica: str = Field(default="", validate_default=True)

    @field_validator("admins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, int):
            return [value]
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @field_validator("admins")
    @classmethod
    def _are_people(cls, admins: frozenset[int]) -> frozenset[int]:
        for account in sorted(admins):
            if account in SHARED_ACCOUNTS:
                raise ValueError(
                    f"{account} is nobody's own account, but {SHARED_ACCOUNTS[account]}; everybody behind it would be an admin"
                )
            if account <= 0:
                raise ValueError(f"{account} is a group or channel; name people by the numbers of their own accounts")
        return admins

    @field_validator("replica")
    @classmethod
    def _name(cls, name: str) -> str:
        return name or socket.gethostname()

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
            SettingsError: the file can't be used.

        """
        token = _secret("telegram.token", self.telegram.token, self.telegram.token_file)
        if token and not TOKEN.fullmatch(token):
            raise SettingsError(f"telegram.token_file: what is in it {TOKEN_RULE}")
        return token

    @property
    def webhook_secret(self) -> str:
        """The secret that Telegram shows with each call, from the setting or from the file it names; empty when there is none.

        Raises:
            SettingsError: the file can't be used.

        """
        secret = _secret("telegram.webhook_secret", self.telegram.webhook_secret, self.telegram.webhook_secret_file)
        if self.telegram.webhook_secret_file and not (secret and WEBHOOK_SECRET.fullmatch(secret)):
            raise SettingsError(f"telegram.webhook_secret_file: what is in it {WEBHOOK_SECRET_RULE}, and at least one")
        return secret

    @property
    def answers_key(self) -> str:
        """The key for the endpoint that phrases answers, from the setting or from the file it names; empty when there is none.

        Raises:
            SettingsError: the file can't be used.

        """
        key = _secret("answers.key", self.answers.key, self.answers.key_file)
        if not KEY.fullmatch(key):
            raise SettingsError(f"answers.key_file: what is in it {KEY_RULE}")
        return key

    @property
    def default_zone(self) -> ZoneInfo:
        """The zone of a learner who has not chosen one."""
        return ZoneInfo(self.learning.zone)


def require_token(settings: Settings) -> None:
    """Raise SettingsError when there is no token."""
    if not settings.token:
        raise SettingsError(
            "telegram.token is empty. Get a token from @BotFather in Telegram and set SINAU_TELEGRAM__TOKEN "
            "(or telegram.token_file). Without a Telegram account, try `sinau demo`."
        )


def _secret(name: str, value: SecretStr, file: Path | None) -> str:
    if file is None:
        return value.get_secret_value()
    try:
        return read_secret(file)
    except SecretFileError as error:
        raise SettingsError(f"{name}_file: {error}") from None
