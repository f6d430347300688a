"""python-telegram-bot: it tells Telegram what people see of the bot.

It takes 9 MB and a tenth of a second to import, so whoever uses this module imports it when there is something to tell.
The token is part of every address, and aiohttp's errors quote addresses: no error leaves this module with its text or its cause.
"""

from collections.abc import Sequence
from typing import Any

import aiohttp
import structlog
from telegram import Bot, BotCommandScopeChat
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.gateway.client import time_limit
from bot.gateway.identity import Notice
from bot.gateway.request import READ_SECONDS, Session

log = structlog.get_logger()


async def tell(bot: Bot, notices: Sequence[Notice]) -> None:
    """Let Telegram show these. A refusal is logged and changes nothing else: the bot answers all the same."""
    for notice in notices:
        try:
            await _tell(bot, notice)
        except TelegramError as error:
            log.warning("introduction_refused", error=type(error).__name__)


async def _tell(bot: Bot, notice: Notice) -> None:
    if notice.description is not None:
        await bot.set_my_description(notice.description, language_code=notice.language)
        return
    scope = None if notice.chat_id is None else BotCommandScopeChat(notice.chat_id)
    await bot.set_my_commands(notice.commands, scope=scope, language_code=notice.language)


def make_bot(token: str, api_url: str, request: BaseRequest) -> Bot:
    """Return python-telegram-bot's Bot for the set-up calls; `api_url` is a Bot API server such as https://api.telegram.org."""
    return Bot(token, base_url=f"{api_url}/bot", base_file_url=f"{api_url}/file/bot", request=request, get_updates_request=request)


class AiohttpRequest(BaseRequest):
    """python-telegram-bot's request layer over a session that somebody else opens and closes."""

    def __init__(self, session: Session) -> None:
        """Send over `session`."""
        self._session = session

    @property
    def read_timeout(self) -> float:
        """The seconds of silence after which a call is given up, where the caller does not say."""
        return READ_SECONDS

    async def initialize(self) -> None:
        """Do nothing: the session is open."""

    async def shutdown(self) -> None:
        """Do nothing: whoever opened the session closes it."""

    async def do_request(  # noqa: PLR0913, PLR0917 - the signature is python-telegram-bot's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - covered by the read limit
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the session's own
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - waiting for a connection has no limit of its own
    ) -> tuple[int, bytes]:
        """Make the request and return the HTTP status and the body.

        Raises:
            TimedOut: no answer in time.
            NetworkError: no answer; the text names the kind of the failure only.

        """
        seconds = read_timeout if isinstance(read_timeout, int | float) else READ_SECONDS
        try:
            session = await self._session.opened()
            request = session.request(method, url, data=_body(request_data), timeout=time_limit(seconds), allow_redirects=False)
            async with request as response:
                return response.status, await response.read()
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"no answer from Telegram ({type(error).__name__})") from None


def _body(request_data: RequestData | None) -> aiohttp.FormData | None:
    if request_data is None:
        return None
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime_type) in (request_data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=mime_type)
    return form
