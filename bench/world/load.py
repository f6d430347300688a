"""The load: pushes updates over kept-alive connections, and waits for what the bot shows."""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

import httptools
from world.api import FakeApi
from world.updates import Push

OK: Final = 200
PATIENCE: Final = 60.0  # seconds for all that is under way to come to its end


class LoadError(Exception):
    """The bot did not do its work: what was measured means nothing."""


@dataclass(slots=True)
class Outcome:
    """What became of a load. `latencies` are the seconds from each push to the message that shows its effect."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    answered_in_response: int = 0
    lost: int = 0

    @property
    def per_second(self) -> float:
        """The updates done a second."""
        return len(self.latencies) / self.seconds


class Load:
    """Pushes to one webhook. In each chat at most one update is on its way, so that what is shown belongs to it."""

    def __init__(self, api: FakeApi, port: int, path: str, secret: str) -> None:
        """Push to `path` on a port of the loopback; what the bot shows is seen at `api`."""
        self._api = api
        self._port = port
        self._head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nX-Telegram-Bot-Api-Secret-Token: {secret}\r\n"
            "Content-Type: application/json\r\nContent-Length: "
        ).encode()
        self._idle: deque[_Connection] = deque()
        self._all: list[_Connection] = []

    async def closed(self, pushes: Sequence[Push], in_flight: int, patience: float | None = None) -> Outcome:
        """Push all, each as soon as one before it is done: acknowledged, and its effect shown.

        With `patience`, what is not done after so many seconds is counted as lost; without it, nothing may be lost.
        """
        run = _Run(self._api, len(pushes))
        waiting = deque(pushes)

        async def begin_next() -> None:
            while waiting:
                push = waiting.popleft()
                await self._push(run, push, monotonic())
                await run.done(push, patience)

        await run.finish(asyncio.gather(*(begin_next() for _ in range(in_flight))))
        return run.outcome

    async def opened(self, pushes: Sequence[Push], per_second: float) -> Outcome:
        """Push all evenly, however long the bot takes; each latency counts from the moment at which its push was planned."""
        run = _Run(self._api, len(pushes))
        begin = monotonic()

        async def keep_time() -> None:
            for number, push in enumerate(pushes):
                planned = begin + number / per_second
                await asyncio.sleep(planned - monotonic())
                await self._push(run, push, planned)
            for push in pushes:
                await run.done(push)

        await run.finish(keep_time())
        return run.outcome

    def close(self) -> None:
        """Close all connections."""
        for connection in self._all:
            connection.transport.close()

    async def _push(self, run: "_Run", push: Push, moment: float) -> None:
        await run.free(push)
        run.begin(push, moment)  # before anything else is waited for: another push may wait for the same chat
        connection = self._idle.pop() if self._idle else await self._connect()
        connection.send(self._head + b"%d\r\n\r\n" % len(push.body) + push.body, run, push.chat_id)

    async def _connect(self) -> "_Connection":
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(lambda: _Connection(self._idle), "127.0.0.1", self._port)
        self._all.append(connection)
        return connection


class _Run:
    """What is under way. An update is done when it is both acknowledged and shown."""

    def __init__(self, api: FakeApi, count: int) -> None:
        self._loop = asyncio.get_running_loop()
        self.outcome = Outcome()
        self._count = count
        self._planned: dict[int, float] = {}
        self._missing: dict[int, int] = {}
        self._ends: dict[int, asyncio.Future[None]] = {}
        self._last = 0.0
        api.on_shown = self.shown

    def begin(self, push: Push, moment: float) -> None:
        self._planned[push.chat_id] = moment
        self._missing[push.chat_id] = 2
        self._ends[push.chat_id] = self._loop.create_future()

    async def free(self, push: Push) -> None:
        """Wait until the chat's update before this one is done."""
        while push.chat_id in self._missing:
            await self._ends[push.chat_id]

    async def done(self, push: Push, patience: float | None = None) -> None:
        end = self._ends[push.chat_id]
        if patience is None:
            await end
            return
        await asyncio.wait([end], timeout=patience)
        if not end.done():
            self.outcome.lost += 1
            del self._missing[push.chat_id]
            self._planned.pop(push.chat_id, None)  # it may have been shown, and only the acknowledgement be missing
            end.set_result(None)

    def shown(self, chat_id: int, moment: float) -> None:
        if chat_id in self._planned:
            self.outcome.latencies.append(moment - self._planned.pop(chat_id))
            self._last = moment
            self._step(chat_id)

    def acknowledged(self, chat_id: int, status: int, body: bytes) -> None:
        if status != OK:
            self._fail(chat_id, f"the bot answered {status}: {body[:200]!r}")
            return
        self.outcome.answered_in_response += b"answerCallbackQuery" in body
        self._step(chat_id)

    def lost(self, chat_id: int) -> None:
        self._fail(chat_id, "the bot closed a connection with an update on it")

    async def finish(self, work: "asyncio.Future[list[None]] | asyncio.coroutines.Coroutine[None, None, None]") -> None:
        begin = monotonic()
        try:
            async with asyncio.timeout(PATIENCE + self._count / 50):
                await work
        except TimeoutError:
            raise LoadError(f"{len(self.outcome.latencies)} of {self._count} updates were shown in time") from None
        self.outcome.seconds = self._last - begin

    def _step(self, chat_id: int) -> None:
        if chat_id not in self._missing:
            return  # it was given up
        self._missing[chat_id] -= 1
        if not self._missing[chat_id]:
            del self._missing[chat_id]
            self._ends[chat_id].set_result(None)

    def _fail(self, chat_id: int, reason: str) -> None:
        end = self._ends[chat_id]
        if not end.done():
            end.set_exception(LoadError(reason))


class _Connection(asyncio.Protocol):
    transport: asyncio.Transport

    def __init__(self, idle: "deque[_Connection]") -> None:
        self._idle = idle
        self._parser = httptools.HttpResponseParser(self)
        self._run: _Run | None = None
        self._chat_id = 0
        self._body = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]

    def send(self, request: bytes, run: _Run, chat_id: int) -> None:
        self._run, self._chat_id, self._body = run, chat_id, b""
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_complete(self) -> None:
        run, self._run = self._run, None
        if self._parser.should_keep_alive():
            self._idle.append(self)
        else:
            self.transport.close()
        if run:
            run.acknowledged(self._chat_id, self._parser.get_status_code(), self._body)

    def connection_lost(self, _error: Exception | None) -> None:
        if self in self._idle:
            self._idle.remove(self)
        if self._run:
            self._run.lost(self._chat_id)
