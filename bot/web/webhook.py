"""The route that Telegram pushes updates to (core.telegram.org/bots/api#setwebhook)."""

import hmac
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson
import structlog
from starlette.types import Receive, Scope, Send

from bot.gateway.errors import NotStoredError

log = structlog.get_logger()

PATH: Final = "/telegram/webhook"
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name, not a secret
_SECRET_HEADER: Final = SECRET_HEADER.lower().encode()
MAX_BODY: Final = 1_000_000  # bytes; a real update has a few thousand

Accept = Callable[[dict[str, Any]], Awaitable[Mapping[str, Any] | None]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a push is answered with."""

    status: int
    body: bytes = b""
    media_type: bytes = b"text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Webhook:
    """The webhook's route, an ASGI application of its own: a framework around it would cost as much as an answer's queries.

    `accept` stores an update's effect, then returns a call of the Bot API to make by the way of the answer, if any.
    """

    secret: str
    accept: Accept

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one push: 200 says that its effect is stored; anything else makes Telegram repeat it."""
        answer = await self._answer(scope, receive)
        headers = [(b"content-type", answer.media_type), (b"content-length", b"%d" % len(answer.body))]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        if scope["method"] != "POST":
            return Answer(405, b"updates come by POST\n")
        headers = dict(scope["headers"])
        if not self._is_from_telegram(headers):
            return Answer(403, b"the secret token is missing or wrong\n")
        body = await _read(headers, receive)
        if body is None:
            return Answer(413, b"an update has at most %d bytes\n" % MAX_BODY)
        update = _parse(body)
        if update is None:
            return Answer(400, b"an update is a JSON object\n")
        return await self._store(update)

    def _is_from_telegram(self, headers: Mapping[bytes, bytes]) -> bool:
        given = headers.get(_SECRET_HEADER)
        return bool(self.secret and given) and hmac.compare_digest(given or b"", self.secret.encode())

    async def _store(self, update: dict[str, Any]) -> Answer:
        try:
            call = await self.accept(update)
        except NotStoredError:
            return Answer(503, b"not stored, send it again\n")
        return Answer(200, orjson.dumps(call), b"application/json") if call else Answer(200)


async def _read(headers: Mapping[bytes, bytes], receive: Receive) -> bytes | None:
    """Read the body, but never more than an update can have: None when there is more, whatever the headers say."""
    declared = headers.get(b"content-length", b"")
    if declared.isdigit() and int(declared) > MAX_BODY:
        return None
    body, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            log.info("webhook_push_broken_off")
            return b""
        body += message.get("body", b"")
        if len(body) > MAX_BODY:
            return None
        more = message.get("more_body", False)
    return bytes(body)


def _parse(body: bytes) -> dict[str, Any] | None:
    try:
        update = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return update if isinstance(update, dict) else None
