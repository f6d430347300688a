"""One call of the Bot API: JSON there, JSON back, and every failure as an error that says what to do about it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp
import orjson

from bot.gateway.connections import BrokenAnswerError, CannotConnectError, Connections
from bot.gateway.errors import (
    ApiError,
    BlockedError,
    ChatNotFoundError,
    ConflictError,
    MigratedError,
    RefusedError,
    TooManyError,
    UnauthorizedError,
    UnreachableError,
)  # fmt: skip
from bot.gateway.meters import Meters
from bot.gateway.request import READ_SECONDS, time_limit

UPLOAD_SECONDS: Final = 120.0
_JSON: Final = {"Content-Type": "application/json"}
_BY_STATUS: Final[dict[int, type[ApiError]]] = {
    HTTPStatus.UNAUTHORIZED: UnauthorizedError,
    HTTPStatus.FORBIDDEN: BlockedError,
    HTTPStatus.NOT_FOUND: UnauthorizedError,  # a token that has not even the shape of one
    HTTPStatus.CONFLICT: ConflictError,
}
_SILENCE_SECONDS: Final = 5  # where a 429 does not say for how long


@dataclass(frozen=True, slots=True)
class File:
    """A file to upload: bytes, or a path whose content is read when it is sent."""

    filename: str
    content: bytes | Path


class Wire:
    """Calls methods of the Bot API: small calls over `direct` connections where there are such, everything else over a session."""

    def __init__(self, session: aiohttp.ClientSession, api_url: str, token: str, meters: Meters, direct: Connections | None = None) -> None:
        """Call the server at `api_url` as the bot with `token`."""
        self._session = session
        self._direct = direct
        self._prefix = f"{api_url}/bot{token}/"
        self._path = urlsplit(self._prefix).path if direct else ""
        self._meters = meters

    async def call(
        self, method: str, payload: Mapping[str, Any], files: Mapping[str, File] | None = None, seconds: float = READ_SECONDS
    ) -> Any:
        """Call `method` and return its result.

        Args:
            method: the method's name, such as sendMessage.
            payload: its parameters, as they stand in JSON.
            files: files to upload, by the name of their parameter.
            seconds: how long to wait for an answer.

        Raises:
            ApiError: one of the errors of bot.gateway.errors.
            OSError: a file can't be read.

        """
        with self._meters.api_call(method):
            if files or self._direct is None:
                status, body = await self._post(method, payload, files, seconds)
            else:
                status, body = await self._post_directly(self._direct, method, payload, seconds)
            return _result(method, status, body)

    async def _post_directly(self, direct: Connections, method: str, payload: Mapping[str, Any], seconds: float) -> tuple[int, bytes]:
        try:
            return await direct.post(self._path + method, orjson.dumps(payload), seconds)
        except CannotConnectError as error:
            raise UnreachableError(f"{method}: no connection ({error})", perhaps_done=False) from None
        except BrokenAnswerError as error:
            raise UnreachableError(f"{method}: no answer ({error})", perhaps_done=True) from None

    async def _post(self, method: str, payload: Mapping[str, Any], files: Mapping[str, File] | None, seconds: float) -> tuple[int, bytes]:
        data: aiohttp.FormData | bytes = await _form(payload, files) if files else orjson.dumps(payload)
        headers = None if files else _JSON
        limit = time_limit(max(seconds, UPLOAD_SECONDS) if files else seconds)
        try:
            # No redirect is followed: what is sent is for the Bot API alone.
            post = self._session.post(self._prefix + method, data=data, headers=headers, timeout=limit, allow_redirects=False)
            async with post as response:
                return response.status, await response.read()
        except aiohttp.ClientConnectorError as error:
            raise UnreachableError(f"{method}: no connection ({type(error).__name__})", perhaps_done=False) from None
        except (aiohttp.ClientError, OSError) as error:
            # A time limit for connecting is told apart: nothing had been sent yet.
            sent = not isinstance(error, aiohttp.ConnectionTimeoutError)
            raise UnreachableError(f"{method}: no answer ({type(error).__name__})", perhaps_done=sent) from None


async def _form(payload: Mapping[str, Any], files: Mapping[str, File]) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in payload.items():
        form.add_field(name, value if isinstance(value, str) else orjson.dumps(value).decode())
    for name, file in files.items():
        content = await asyncio.to_thread(file.content.read_bytes) if isinstance(file.content, Path) else file.content
        form.add_field(name, content, filename=file.filename, content_type="application/octet-stream")
    return form


def _result(method: str, status: int, body: bytes) -> Any:
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        answer = None
    if not isinstance(answer, dict) or not (answer.get("ok") is True or isinstance(answer.get("error_code"), int)):
        raise UnreachableError(f"{method}: an answer that is not the Bot API's (HTTP {status})", perhaps_done=True)
    if answer.get("ok") is True:
        return answer.get("result")
    raise _failure(method, answer)


def _failure(method: str, answer: dict[str, Any]) -> ApiError:
    code, description = answer["error_code"], str(answer.get("description", ""))
    details = answer.get("parameters")
    if isinstance(details, dict) and isinstance(new_chat_id := details.get("migrate_to_chat_id"), int):
        return MigratedError(new_chat_id)
    if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return UnreachableError(f"{method}: Telegram has a fault of its own ({code})", perhaps_done=True)
    if code == HTTPStatus.TOO_MANY_REQUESTS:
        return TooManyError(_silence(details))
    if "chat not found" in description.lower():
        return ChatNotFoundError(description)
    return _BY_STATUS.get(code, RefusedError)(description)


def _silence(details: Any) -> int:
    wait = details.get("retry_after") if isinstance(details, dict) else None
    return wait if isinstance(wait, int) and wait > 0 else _SILENCE_SECONDS
