"""One call of the Bot API: JSON there, JSON back, and every failure as an error that says what to do about it."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

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
from bot.gateway.request import READ_SECONDS, File, Session

_BY_STATUS: Final[dict[int, type[ApiError]]] = {
    HTTPStatus.UNAUTHORIZED: UnauthorizedError,
    HTTPStatus.FORBIDDEN: BlockedError,
    HTTPStatus.NOT_FOUND: UnauthorizedError,  # a token that has not even the shape of one
    HTTPStatus.CONFLICT: ConflictError,
}
_SILENCE_SECONDS: Final = 5  # where a 429 does not say for how long


class Wire:
    """Calls methods of the Bot API: small calls over `direct` connections where there are such, everything else over a session."""

    def __init__(self, session: Session, api_url: str, token: str, meters: Meters, direct: Connections | None = None) -> None:
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

        """
        with self._meters.api_call(method):
            try:
                if files or self._direct is None:
                    status, body = await self._session.post(self._prefix + method, payload, files or {}, seconds)
                else:
                    status, body = await self._direct.post(self._path + method, orjson.dumps(payload), seconds)
            except CannotConnectError as error:
                raise UnreachableError(f"{method}: no connection ({error})", perhaps_done=False) from None
            except BrokenAnswerError as error:
                raise UnreachableError(f"{method}: no answer ({error})", perhaps_done=True) from None
            return _result(method, status, body)


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
