"""Calls over kept-alive connections, to servers that behave and to servers that do not."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from bot.gateway.connections import BrokenAnswerError, CannotConnectError, Connections

CERTIFICATE = Path(__file__).with_name("loopback.pem")  # for localhost and 127.0.0.1, known to nobody
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Server:
    """A server of raw answers that counts its connections and keeps what it was asked."""

    def __init__(self, *answers: bytes, tls: ssl.SSLContext | None = None) -> None:
        self.answers = list(answers)
        self.tls = tls
        self.connections = 0
        self.asked: list[bytes] = []
        self._tasks: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        server = await asyncio.start_server(self._begin, "127.0.0.1", 0, ssl=self.tls)
        async with server:
            yield f"{'https' if self.tls else 'http'}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            server.close()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._tasks.add(asyncio.create_task(self._serve(reader, writer)))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while self.answers:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
                self.asked.append(head + await reader.readexactly(length))
                writer.write(await self.answer())
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def answer(self) -> bytes:
        return self.answers.pop(0)


class LateServer(Server):
    """A server whose first answer waits until it is let go."""

    def __init__(self, *answers: bytes) -> None:
        super().__init__(*answers)
        self.let_go = asyncio.Event()

    async def answer(self) -> bytes:
        answer = await super().answer()
        if len(self.asked) == 1:
            await self.let_go.wait()
        return answer


async def test_calls_one_after_another_share_a_connection() -> None:
    server = Server(OK, OK, OK, OK)
    async with server.serving() as url:
        connections = Connections(url)
        for _ in range(3):
            assert await connections.post("/botX/getMe", b"{}", 5) == (200, b"ok")
        connections.close()
    assert server.connections == 1
    assert server.asked[0].startswith(b"POST /botX/getMe HTTP/1.1\r\nHost: 127.0.0.1:")
    assert server.asked[0].endswith(b"\r\n\r\n{}")


async def test_calls_at_the_same_time_each_have_their_own() -> None:
    server = Server(*[OK] * 10)
    async with server.serving() as url:
        connections = Connections(url)
        answers = await asyncio.gather(*(connections.post("/", b"{}", 5) for _ in range(5)))
        connections.close()
    assert answers == [(200, b"ok")] * 5
    assert server.connections == 5


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n1\r\nk\r\n0\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" + OK,
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
        b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
    ],
)
async def test_every_form_of_an_answer_is_read_and_a_closing_one_is_not_used_again(answer: bytes) -> None:
    server = Server(answer, answer, answer)
    async with server.serving() as url:
        connections = Connections(url)
        assert await connections.post("/", b"{}", 5) == (200, b"ok")
        assert await connections.post("/", b"{}", 5) == (200, b"ok")
        connections.close()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
        b"SSH-2.0-nothing of ours\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
    ],
)
async def test_an_answer_that_is_none_is_a_doubtful_call_and_the_next_call_goes_through(answer: bytes) -> None:
    server = Server(answer)
    async with server.serving() as url:
        connections = Connections(url)
        with pytest.raises(BrokenAnswerError):
            await connections.post("/", b"{}", 5)
        server.answers = [OK, OK]
        assert await connections.post("/", b"{}", 5) == (200, b"ok")
        connections.close()


async def test_an_answer_that_comes_too_late_is_never_taken_for_the_next_ones() -> None:
    server = LateServer(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate", OK, OK)
    async with server.serving() as url:
        connections = Connections(url)
        with pytest.raises(BrokenAnswerError, match="no answer within"):
            await connections.post("/", b"{}", 0.05)
        server.let_go.set()
        assert await connections.post("/", b"{}", 5) == (200, b"ok")
        connections.close()


async def test_an_answer_nobody_asked_for_ends_the_connection() -> None:
    server = Server(OK + OK, OK, OK)
    async with server.serving() as url:
        connections = Connections(url)
        await connections.post("/", b"{}", 5)
        await connections.post("/", b"{}", 5)
        connections.close()
    assert server.connections == 2


async def test_a_missing_server_says_that_nothing_was_sent() -> None:
    with pytest.raises(CannotConnectError):
        await Connections("http://127.0.0.1:1").post("/", b"{}", 5)
    with pytest.raises(CannotConnectError):
        await Connections("http://no-such-host.invalid").post("/", b"{}", 5)


async def test_tls_is_spoken_with_whom_the_system_trusts_and_with_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(CERTIFICATE)
    server = Server(OK, OK, tls=tls)
    async with server.serving() as url:
        with pytest.raises(CannotConnectError):
            await Connections(url).post("/", b"{}", 5)
        assert not server.asked
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        connections = Connections(url)
        assert await connections.post("/", b"{}", 5) == (200, b"ok")
        connections.close()


def test_where_the_environment_wants_a_proxy_the_calls_do_not_go_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:3128")
    assert Connections.to("https://api.telegram.org") is None
    monkeypatch.setenv("no_proxy", "api.telegram.org")
    assert Connections.to("https://api.telegram.org") is not None
