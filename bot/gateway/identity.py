"""Who the bot is for Telegram, and how it introduces itself there."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import structlog

from bot.gateway.errors import ApiError, ChatNotFoundError, TooManyError, UnreachableError, reason
from bot.gateway.incoming import ALLOWED_UPDATES
from bot.gateway.wire import Wire

log = structlog.get_logger()

FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 8.0


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


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that Telegram shows: commands, or a description where there is one.

    It is for people with a language (a two-letter code; none for everybody else), or for one chat.
    """

    language: str = ""
    chat_id: int | None = None
    commands: Sequence[tuple[str, str]] = ()
    description: str | None = None


async def identify(wire: Wire) -> Identity:
    """Ask Telegram who the bot is, for as long as it takes to get an answer; raises ApiError when Telegram refuses."""
    me = await _insist(wire, "getMe", {})
    return Identity(me["id"], me["username"])


def notices(introductions: Mapping[str, Introduction], fallback: str, coordinators: Mapping[int, str]) -> list[Notice]:
    """Return what Telegram is to show: commands and description in each language, and to coordinators their commands too.

    `fallback` is the language for people whose language has none; coordinators are given as their accounts with their languages.
    """
    wanted = []
    for language, introduction in introductions.items():
        code = "" if language == fallback else language
        wanted.append(Notice(language=code, commands=introduction.commands))
        wanted.append(Notice(language=code, description=introduction.description))
    for account, language in coordinators.items():
        wanted.append(Notice(chat_id=account, commands=introductions[language].coordinator_commands))
    return wanted


async def outdated(wire: Wire, wanted: Sequence[Notice]) -> list[Notice]:
    """Return those that Telegram shows otherwise. A refusal to say is logged, and the rest is left as it is."""
    found = []
    try:
        for notice in wanted:
            if not await _is_shown(wire, notice):
                found.append(notice)  # noqa: PERF401 - what was found before a refusal counts
    except ApiError as error:
        log.warning("introduction_refused", error=reason(error))
    return found


async def register_webhook(wire: Wire, url: str, secret: str) -> None:
    """Tell Telegram where to push updates, for as long as it takes; raises ApiError when Telegram refuses."""
    await _insist(wire, "setWebhook", {"url": url, "secret_token": secret, "allowed_updates": ALLOWED_UPDATES, "max_connections": 100})


async def _insist(wire: Wire, method: str, payload: Mapping[str, Any]) -> Any:
    """Make a call again and again while Telegram is merely out of reach; raises ApiError for what it would refuse each time."""
    pause = FIRST_PAUSE
    while True:
        try:
            return await wire.call(method, payload)
        except (UnreachableError, TooManyError) as error:
            wait = error.retry_after if isinstance(error, TooManyError) else pause
            log.warning("telegram_not_reached", error=reason(error), next_try_in_seconds=wait)
        await asyncio.sleep(wait)
        pause = min(2 * pause, LONGEST_PAUSE)


async def _is_shown(wire: Wire, notice: Notice) -> bool:
    payload: dict[str, Any] = {"language_code": notice.language}
    if notice.description is not None:
        described = await wire.call("getMyDescription", payload)
        return bool(described["description"] == notice.description)
    if notice.chat_id is not None:
        payload["scope"] = {"type": "chat", "chat_id": notice.chat_id}
    try:
        shown = await wire.call("getMyCommands", payload)
    except ChatNotFoundError:  # Telegram knows no chat with who never wrote to the bot, and there is nothing to show there
        log.info("coordinator_commands_not_shown")
        return True
    return [(each["command"], each["description"]) for each in shown] == list(notice.commands)
