"""A Bot API that answers at once and always the same, so that what is measured is the bot. It notes when each chat was shown something."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import monotonic
from typing import Final

import httptools
from world.profile import Profile

BOT: Final = b'{"id":424242,"is_bot":true,"first_name":"Sinau","username":"sinau_bench_bot"}'
MESSAGE: Final = (
    b'{"message_id":7,"date":1770000000,"from":' + BOT + b',"chat":{"id":1,"type":"private","first_name":"Rekaan"},"text":"Rekaan"}'
)
RESULTS: Final = {b"getMe": BOT, b"editMessageText": MESSAGE, b"sendMessage": MESSAGE, b"copyMessage": b'{"message_id":8}'}
SHOWING: Final = frozenset({b"editMessageText", b"sendMessage", b"copyMessage"})
# As JSON, as a form, and as a part of a multipart form, whose headers stand between name and value.
CHAT: Final = re.compile(rb'chat_id(?:"\s*:\s*"?|=|"(?:\r\n[^\r\n]+)*\r\n\r\n)(-?\d+)')


class FakeApi:
    """The server.

    Attributes:
        delay: the seconds that Telegram takes for each call of a bot.
        calls: how often each method was called.
        shown: when messages were sent or edited, as (moment of time.monotonic, chat).
        on_shown: called with the chat and the moment at once.

    """

    def __init__(self) -> None:
        """Begin with no delay and nothing noted."""
        self.delay = 0.0
        self.calls: Counter[bytes] = Counter()
        self.shown: list[tuple[float, int]] = []
        self.on_shown: Callable[[int, float], None] = lambda _chat, _moment: None
        self.address = ""
        self._profile = Profile()

    def reset(self, delay: float = 0.0) -> None:
        """Forget what was noted, and take `delay` seconds a call from now on."""
        self.delay = delay
        self.calls.clear()
        self.shown.clear()

    def forget_bot(self) -> None:
        """Know nothing of what a bot said of itself, as of a new one."""
        self._profile = Profile()

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """Serve on a free port of the loopback while the block runs."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Connection(self, loop), "127.0.0.1", 0, backlog=1024)
        self.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        try:
            yield
        finally:
            server.close()

    def take(self, method: bytes, body: bytes, moment: float) -> bytes:
        """Note a call and return the answer to it."""
        self.calls[method] += 1
        if method in SHOWING and (found := CHAT.search(body)):
            chat_id = int(found[1])
            self.shown.append((moment, chat_id))
            self.on_shown(chat_id, moment)
        return _response(RESULTS.get(method) or self._profile.answer(method, body) or b"true")


class _Connection(asyncio.Protocol):
    def __init__(self, api: FakeApi, loop: asyncio.AbstractEventLoop) -> None:
        self._api = api
        self._loop = loop
        self._parser = httptools.HttpRequestParser(self)
        self._method = b""
        self._body = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: asyncio.Transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_message_begin(self) -> None:
        self._body = b""

    def on_url(self, url: bytes) -> None:
        self._method = url.rpartition(b"/")[2].partition(b"?")[0]

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_complete(self) -> None:
        answer = self._api.take(self._method, self._body, monotonic())
        if self._api.delay:
            self._loop.call_later(self._api.delay, self._answer, answer)
        else:
            self._answer(answer)

    def _answer(self, answer: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(answer)


def _response(result: bytes) -> bytes:
    body = b'{"ok":true,"result":' + result + b"}"
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
