"""Who the bot is for Telegram, and how it introduces itself there."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import structlog
from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot.gateway.errors import ApiError, TooManyError, UnauthorizedError, reason
from bot.gateway.incoming import ALLOWED_UPDATES
from bot.gateway.wire import Wire

log = structlog.get_logger()

FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 30.0


@dataclass(frozen=True, slots=True)
class Identity:
    """The bot's own account; `username` is without @."""

    bot_id: int
    username: str


@dataclass(frozen=True, slots=True)
class Introduction:
    """What people see before they write: commands as (name, description) for everybody and for coordinators, and a description."""

    commands: Sequence[tuple[str, str]]
    coordinator_commands: Sequence[tuple[str, str]]
    description: str


async def identify(wire: Wire) -> Identity:
    """Ask Telegram who the bot is, for as long as it takes to get an answer.

    Raises:
        UnauthorizedError: the token is wrong.

    """
    pause = FIRST_PAUSE
    while True:
        try:
            me = await wire.call("getMe", {})
            return Identity(me["id"], me["username"])
        except UnauthorizedError:
            raise
        except ApiError as error:
            log.warning("telegram_not_reached", error=reason(error), next_try_in_seconds=pause)
            await asyncio.sleep(error.retry_after if isinstance(error, TooManyError) else pause)
            pause = min(2 * pause, LONGEST_PAUSE)


async def introduce(bot: Bot, introductions: Mapping[str, Introduction], fallback: str, coordinators: Mapping[int, str]) -> None:
    """Show commands and description in each language; `fallback` is the language for people whose language has none.

    Coordinators, given as their accounts with their languages, see their commands too.
    A refusal is logged and changes nothing else: the bot answers all the same.
    """
    try:
        for language, introduction in introductions.items():
            code = "" if language == fallback else language
            await bot.set_my_commands([BotCommand(*each) for each in introduction.commands], language_code=code)
            await bot.set_my_description(introduction.description, language_code=code)
        for account, language in coordinators.items():
            await _show_coordinator_commands(bot, account, introductions[language])
    except TelegramError as error:
        log.warning("introduction_refused", error=type(error).__name__)


async def register_webhook(wire: Wire, url: str, secret: str) -> None:
    """Tell Telegram where to push updates; raises ApiError."""
    await wire.call("setWebhook", {"url": url, "secret_token": secret, "allowed_updates": ALLOWED_UPDATES, "max_connections": 100})


async def _show_coordinator_commands(bot: Bot, account: int, introduction: Introduction) -> None:
    try:
        commands = [BotCommand(*each) for each in introduction.coordinator_commands]
        await bot.set_my_commands(commands, scope=BotCommandScopeChat(account))
    except TelegramError as error:  # Telegram knows no chat with who never wrote to the bot
        log.info("coordinator_commands_not_shown", error=type(error).__name__)
