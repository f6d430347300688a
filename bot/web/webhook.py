"""The route that Telegram pushes updates to (core.telegram.org/bots/api#setwebhook)."""

import hmac
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson
import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.gateway.errors import NotStoredError

log = structlog.get_logger()

PATH: Final = "/telegram/webhook"
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name, not a secret
MAX_BODY: Final = 1_000_000  # bytes; a real update has a few thousand

Accept = Callable[[dict[str, Any]], Awaitable[Mapping[str, Any] | None]]


@dataclass(frozen=True, slots=True)
class Webhook:
    """The webhook's route.

    `accept` stores an update's effect, then returns a call of the Bot API to make by the way of the answer, if any.
    """

    secret: str
    accept: Accept

    async def receive(self, request: Request) -> Response:
        """Answer one push: 200 says that its effect is stored; anything else makes Telegram repeat it."""
        if not self._is_from_telegram(request):
            return Response("the secret token is missing or wrong\n", 403)
        body = await _read(request)
        if body is None:
            return Response(f"an update has at most {MAX_BODY} bytes\n", 413)
        update = _parse(body)
        if update is None:
            return Response("an update is a JSON object\n", 400)
        return await self._store(update)

    def _is_from_telegram(self, request: Request) -> bool:
        given = request.headers.get(SECRET_HEADER)
        return bool(self.secret and given) and hmac.compare_digest(str(given).encode(), self.secret.encode())

    async def _store(self, update: dict[str, Any]) -> Response:
        try:
            call = await self.accept(update)
        except NotStoredError:
            return Response("not stored, send it again\n", 503)
        return Response(orjson.dumps(call), media_type="application/json") if call else Response()


async def _read(request: Request) -> bytes | None:
    """Read the body, but never more than an update can have: None when there is more, whatever the headers say."""
    declared = request.headers.get("Content-Length", "")
    if declared.isdecimal() and int(declared) > MAX_BODY:
        return None
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY:
                return None
    except ClientDisconnect:
        log.info("webhook_push_broken_off")
        return b""
    return bytes(body)


def _parse(body: bytes) -> dict[str, Any] | None:
    try:
        update = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return update if isinstance(update, dict) else None
