"""What goes over aiohttp. Importing it takes a tenth of a second and 8 MB: `Session` does when there is something to send."""

from collections.abc import Mapping
from typing import Any, Final

import aiohttp
import orjson

from bot.gateway.connections import BrokenAnswerError, CannotConnectError
from bot.gateway.request import CONNECT_SECONDS, CONNECTIONS, KEEP_ALIVE_SECONDS, READ_SECONDS, File

UPLOAD_SECONDS: Final = 120.0
_JSON: Final = {"Content-Type": "application/json"}


def open_session(proxy: str | None) -> aiohttp.ClientSession:
    """Open a session; to be called in the running event loop, and closed by the caller."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=KEEP_ALIVE_SECONDS, ttl_dns_cache=300),
        timeout=time_limit(READ_SECONDS),
        cookie_jar=aiohttp.DummyCookieJar(),
        proxy=proxy,
    )


def time_limit(seconds: float) -> aiohttp.ClientTimeout:
    """Return the limits for a call that should be answered within `seconds` of silence."""
    return aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS, sock_read=seconds)


async def post(
    session: aiohttp.ClientSession, url: str, payload: Mapping[str, Any], files: Mapping[str, File], seconds: float
) -> tuple[int, bytes]:
    """Post parameters, as JSON or with files as a form, and return the answer's status and body.

    Raises:
        CannotConnectError: nothing was sent.
        BrokenAnswerError: the connection was lost, or the answer took more than `seconds`.

    """
    data: aiohttp.FormData | bytes = _form(payload, files) if files else orjson.dumps(payload)
    headers = None if files else _JSON
    limit = time_limit(max(seconds, UPLOAD_SECONDS) if files else seconds)
    try:
        # No redirect is followed: what is sent is for the Bot API alone.
        async with session.post(url, data=data, headers=headers, timeout=limit, allow_redirects=False) as response:
            return response.status, await response.read()
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
        raise CannotConnectError(type(error).__name__) from None
    except (aiohttp.ClientError, OSError) as error:
        raise BrokenAnswerError(type(error).__name__) from None


def _form(payload: Mapping[str, Any], files: Mapping[str, File]) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in payload.items():
        form.add_field(name, value if isinstance(value, str) else orjson.dumps(value).decode())
    for name, file in files.items():
        form.add_field(name, file.content, filename=file.filename, content_type="application/octet-stream")
    return form
