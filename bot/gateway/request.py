"""One kept-alive HTTP session for everything that goes to Telegram, and python-telegram-bot's way onto it.

The token is part of every address, and aiohttp's errors quote addresses: no error leaves this module with its text or its cause.
"""

from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram import Bot
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECTIONS: Final = 100
CONNECT_SECONDS: Final = 10.0
READ_SECONDS: Final = 20.0
# Shorter than any server's: a connection that the server closes just when it is used again costs a doubtful send.
KEEP_ALIVE_SECONDS: Final = 30.0


def open_session(api_url: str) -> aiohttp.ClientSession:
    """Open the session; to be called in the running event loop, and closed by the caller. The environment's proxy is honoured."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=KEEP_ALIVE_SECONDS, ttl_dns_cache=300),
        timeout=time_limit(READ_SECONDS),
        cookie_jar=aiohttp.DummyCookieJar(),
        proxy=_proxy(api_url),
    )


def time_limit(seconds: float) -> aiohttp.ClientTimeout:
    """Return the limits for a call that should be answered within `seconds` of silence."""
    return aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS, sock_read=seconds)


def make_bot(token: str, api_url: str, request: BaseRequest) -> Bot:
    """Return python-telegram-bot's Bot for the set-up calls; `api_url` is a Bot API server such as https://api.telegram.org."""
    return Bot(token, base_url=f"{api_url}/bot", base_file_url=f"{api_url}/file/bot", request=request, get_updates_request=request)


class AiohttpRequest(BaseRequest):
    """python-telegram-bot's request layer over a session that somebody else opens and closes."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
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
            async with self._session.request(method, url, data=_body(request_data), timeout=time_limit(seconds)) as response:
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


def _proxy(api_url: str) -> str | None:
    parts = urlsplit(api_url)
    return None if proxy_bypass(parts.netloc) else getproxies().get(parts.scheme)
