"""Kept-alive connections for the small JSON calls, most of what the bot says to Telegram.

A general HTTP client takes longer for such a call than the database for the answer it carries (docs/performance.md). What
is rare or large goes over aiohttp: files, proxies, single calls from the command line.
"""

import asyncio
import socket
import ssl
from collections import deque
from time import monotonic
from typing import Final, Self, cast
from urllib.parse import urlsplit

import aiohappyeyeballs
import httptools

from bot.gateway.request import CONNECT_SECONDS, CONNECTIONS, KEEP_ALIVE_SECONDS, proxy_for

MAX_ANSWER: Final = 20_000_000  # bytes; a hundred updates of the largest kind are a tenth of it
FIRST_FINAL_STATUS: Final = 200  # below are notes that an answer will follow


class CannotConnectError(OSError):
    """There is no connection: nothing was sent."""


class BrokenAnswerError(OSError):
    """No whole answer came: the call may have been carried out."""


class Connections:
    """Connections to one server, opened as they are needed and used again."""

    def __init__(self, url: str) -> None:
        """Connect to the server of `url`, http or https."""
        parts = urlsplit(url)
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._host = parts.hostname or ""
        self._port = parts.port or (443 if self._tls else 80)
        self._head = f" HTTP/1.1\r\nHost: {parts.netloc.rpartition('@')[2]}\r\nContent-Type: application/json\r\nContent-Length: ".encode()
        self._room = asyncio.Semaphore(CONNECTIONS)
        self._idle: deque[_Connection] = deque()

    @classmethod
    def to(cls, url: str) -> Self | None:
        """Return connections to the server of `url`, or None where the environment wants a proxy in between."""
        return None if proxy_for(url) else cls(url)

    async def post(self, path: str, body: bytes, seconds: float) -> tuple[int, bytes]:
        """Post JSON and return the answer's status and body; `seconds` is how long it may take once it is sent.

        Raises:
            CannotConnectError: nothing was sent.
            BrokenAnswerError: the connection was lost, the answer is none of HTTP, or it took too long.

        """
        async with self._room:
            connection = self._take_idle() or await self._open()
            try:
                async with asyncio.timeout(seconds):
                    answer = await connection.ask(b"POST " + path.encode() + self._head + b"%d\r\n\r\n" % len(body) + body)
            except TimeoutError:
                self.close()  # what made this connection mute may have done so to those that wait beside it
                raise BrokenAnswerError(f"no answer within {seconds:g} s") from None
            finally:
                self._put_back(connection)
            return answer

    def close(self) -> None:
        """Close what is idle: all, when nothing is under way."""
        while self._idle:
            self._idle.pop().close()

    def _take_idle(self) -> "_Connection | None":
        """Return the connection that was used last, and close those that the server may be about to close."""
        oldest = monotonic() - KEEP_ALIVE_SECONDS
        while self._idle and self._idle[0].used_at < oldest:
            self._idle.popleft().close()
        while self._idle:
            connection = self._idle.pop()
            if connection.is_usable:
                return connection
        return None

    async def _open(self) -> "_Connection":
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                addresses = await loop.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
                sock = await aiohappyeyeballs.start_connection(addresses, happy_eyeballs_delay=0.25)
                name = self._host if self._tls else None
                _, connection = await loop.create_connection(_Connection, sock=sock, ssl=self._tls, server_hostname=name)
        except (OSError, TimeoutError) as error:
            raise CannotConnectError(type(error).__name__) from None
        return connection

    def _put_back(self, connection: "_Connection") -> None:
        if connection.is_usable:
            connection.used_at = monotonic()
            self._idle.append(connection)
        else:
            connection.close()


class _Connection(asyncio.Protocol):
    """One connection; one call at a time. The methods named on_… are called by the parser."""

    def __init__(self) -> None:
        self.used_at = 0.0
        self._parser = httptools.HttpResponseParser(self)
        self._transport: asyncio.WriteTransport | None = None
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._body = bytearray()
        self._ends = False

    @property
    def is_usable(self) -> bool:
        """Tell whether another call can go over it: the last one has its answer, and the server keeps it open."""
        alive = self._transport is not None and not self._transport.is_closing()
        return alive and not self._ends and self._answer is None

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Send a request and return its answer's status and body; one that is given up leaves the connection unusable."""
        if self._transport is None:
            raise CannotConnectError("closed before it was used")
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            self._fail(type(error).__name__)

    def connection_lost(self, exc: Exception | None) -> None:
        self._fail(type(exc).__name__ if exc else "closed by the server")

    def on_body(self, part: bytes) -> None:
        self._body += part
        if len(self._body) > MAX_ANSWER:
            self._fail("an answer too large")

    def on_message_complete(self) -> None:
        status, body, self._body = self._parser.get_status_code(), bytes(self._body), bytearray()
        if status < FIRST_FINAL_STATUS:
            return
        self._ends = not self._parser.should_keep_alive()
        answer, self._answer = self._answer, None
        if answer is None:  # an answer that nobody asked for: what comes next would be taken for somebody else's
            self._ends = True
        elif not answer.done():
            answer.set_result((status, body))

    def _fail(self, reason: str) -> None:
        self._ends = True
        answer, self._answer = self._answer, None
        if answer is not None and not answer.done():
            answer.set_exception(BrokenAnswerError(reason))
        self.close()
