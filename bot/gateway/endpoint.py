"""An OpenAI-compatible endpoint over HTTP: chat messages there, a text back. Nothing it answers is believed to be well-formed.

The form: platform.openai.com/docs/api-reference/chat/create, of which only what every server of the kind knows is used.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, Literal, Self

import aiohttp
import orjson

from bot.domain.asking import Tokens
from bot.gateway.request import CONNECT_SECONDS, KEEP_ALIVE_SECONDS, proxy_for

MAX_BODY: Final = 256_000  # bytes; an answer of 4,000 tokens with all that goes with it is a tenth of it
MOST_TOKENS: Final = 10_000_000  # that a server may say it used
LIST_SECONDS: Final = 10.0
OF_A_PROXY: Final = frozenset({HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT})  # what stands behind it may have done its work

Failing = Literal["unreachable", "late", "broken_off", "refused", "garbled"]


class EndpointError(Exception):
    """No answer came that can be used. `perhaps_billed`: it may cost something all the same. `status` is HTTP's, where there was one."""

    def __init__(self, kind: Failing, *, perhaps_billed: bool, status: int | None = None) -> None:
        """Keep the kind of the failure."""
        super().__init__(kind)
        self.kind: Failing = kind
        self.perhaps_billed = perhaps_billed
        self.status = status


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model wrote; `whole` unless it reached its limit; `used` is None where the server did not say."""

    text: str
    whole: bool
    used: Tokens | None


class Endpoint:
    """Asks one model. To be opened and closed as a context, in the running event loop."""

    def __init__(self, url: str, model: str, key: str, connections: int) -> None:
        """Ask `model` at `url`, over at most so many connections of its own."""
        self._url = url
        self._model = model
        self._headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._connections = connections

    async def __aenter__(self) -> Self:
        """Open the session; no connection is made before there is something to ask."""
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEEP_ALIVE_SECONDS),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS),
            cookie_jar=aiohttp.DummyCookieJar(),
            proxy=proxy_for(self._url),
            auto_decompress=False,  # what was not asked for can't grow here
            headers=self._headers,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close it, whatever is under way."""
        await self._session.close()

    async def complete(self, messages: Sequence[dict[str, str]], max_tokens: int, seconds: float) -> Completion:
        """Return what the model writes next, in at most `max_tokens`; `seconds` is for all of it; raises EndpointError."""
        asked = {"model": self._model, "messages": messages, "max_tokens": max_tokens, "temperature": 0, "stream": False}
        return _completion(await self._call("POST", "/chat/completions", orjson.dumps(asked), seconds))

    async def knows_model(self) -> bool | None:
        """Tell whether the endpoint lists the model, None when it has no such list; costs nothing; raises EndpointError."""
        try:
            listed = await self._call("GET", "/models", None, LIST_SECONDS)
        except EndpointError as error:
            if error.status in {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED}:
                return None
            raise
        models = listed.get("data")
        if not isinstance(models, list):
            return None
        return any(isinstance(model, dict) and model.get("id") == self._model for model in models)

    async def _call(self, method: str, path: str, body: bytes | None, seconds: float) -> dict[str, Any]:
        try:
            # No redirect is followed: what is sent is for this server alone.
            async with (
                asyncio.timeout(seconds),
                self._session.request(method, self._url + path, data=body, allow_redirects=False) as response,
            ):
                if response.status != HTTPStatus.OK:
                    raise EndpointError("refused", perhaps_billed=response.status in OF_A_PROXY, status=response.status)
                content = await _read(response)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise EndpointError("unreachable", perhaps_billed=False) from None
        except TimeoutError:
            raise EndpointError("late", perhaps_billed=True) from None
        except (aiohttp.ClientError, OSError):
            raise EndpointError("broken_off", perhaps_billed=True) from None
        try:
            answer = orjson.loads(content)
        except orjson.JSONDecodeError:
            answer = None
        if not isinstance(answer, dict):
            raise EndpointError("garbled", perhaps_billed=True)
        return answer


async def _read(response: aiohttp.ClientResponse) -> bytes:
    content = bytearray()
    async for part in response.content.iter_any():
        content += part
        if len(content) > MAX_BODY:
            raise EndpointError("garbled", perhaps_billed=True)
    return bytes(content)


def _completion(answer: dict[str, Any]) -> Completion:
    match answer:
        case {"choices": [{"message": {"content": str(text)}} as choice, *_]}:
            return Completion(text, choice.get("finish_reason") != "length", _used(answer.get("usage")))
    raise EndpointError("garbled", perhaps_billed=True)


def _used(usage: object) -> Tokens | None:
    match usage:
        case {"prompt_tokens": int(read), "completion_tokens": int(written)}:
            return Tokens(read, written) if 0 <= read <= MOST_TOKENS and 0 <= written <= MOST_TOKENS else None
    return None
