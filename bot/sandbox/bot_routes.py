"""The Bot API over HTTP: calls and downloads."""

import secrets

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.sandbox.api import ConnectionBrokenError, call
from bot.sandbox.errors import NOT_FOUND, UNAUTHORIZED, BotApiError
from bot.sandbox.records import JsonObject
from bot.sandbox.state import State
from bot.sandbox.wire import parameters_of

OK = 200


class BotRoutes:
    """The routes that a bot library uses, for the one bot with this token."""

    def __init__(self, state: State, token: str) -> None:
        """Serve the bot that `token` names."""
        self._state = state
        self._token = token

    def routes(self) -> list[Route]:
        """Return the routes, as https://core.telegram.org/bots/api#making-requests has them."""
        return [
            Route("/bot{token}/{method}", self._call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self._download),
        ]

    async def _call(self, request: Request) -> Response:
        try:
            self._check(request.path_params["token"])
            answer = await call(self._state, request.path_params["method"], await parameters_of(request))
        except BotApiError as error:
            answer = error.json()
        except ConnectionBrokenError:
            return _BrokenResponse()
        return _json(answer)

    def _check(self, token: str) -> None:
        if ":" not in token:
            raise BotApiError(NOT_FOUND, "Not Found")
        if not secrets.compare_digest(token.encode(), self._token.encode()):
            raise BotApiError(UNAUTHORIZED, "Unauthorized")

    async def _download(self, request: Request) -> Response:
        try:
            self._check(request.path_params["token"])
        except BotApiError as error:
            return _json(error.json())
        file = self._state.files.at(request.path_params["path"])
        return Response(file.data, media_type=file.mime) if file else _json(BotApiError(NOT_FOUND, "Not Found").json())


def _json(answer: JsonObject) -> Response:
    return Response(orjson.dumps(answer), answer.get("error_code", OK), media_type="application/json")


class _BrokenResponse(Response):
    """A response that promises a body and ends without one, so that the server closes the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - the ASGI signature
        await send({"type": "http.response.start", "status": OK, "headers": [(b"content-length", b"1")]})
