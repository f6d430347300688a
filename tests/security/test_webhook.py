"""The whole bot behind its webhook: only Telegram gets in, what comes again changes nothing, and nobody can make it wait or swell."""

import ast
import asyncio
import inspect
import re
import resource
import socket
import textwrap
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr
from sqlalchemy import Connection, select

from bot.app import running
from bot.clock import AdjustableClock
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from bot.settings import ContentSettings, DatabaseSettings, Settings, TelegramSettings, WebSettings
from bot.storage.engine import make_engine
from bot.storage.tables import metadata
from bot.web.webhook import MAX_BODY, PATH, SECRET_HEADER, Webhook
from tests.security.conftest import CONTENT, SARI

SECRET = "made-up-secret_of-the-tests"
TOKEN = "424242:made-up-token"
TEN_MEGABYTES = 10_000_000


@dataclass
class Door:
    """The address that Telegram pushes to, the way Telegram does, and what is behind it."""

    port: int
    session: aiohttp.ClientSession
    database_url: str
    world: World

    async def push(self, update: Any, secret: str | None = SECRET, **more: Any) -> int:
        headers = {} if secret is None else {SECRET_HEADER: secret}
        async with self.session.post(f"http://127.0.0.1:{self.port}{PATH}", json=update, headers=headers, **more) as answer:
            return answer.status

    def rows(self) -> dict[str, list[Any]]:
        engine = make_engine(self.database_url)

        def read(db: Connection) -> dict[str, list[Any]]:
            return {name: [tuple(row) for row in db.execute(select(table))] for name, table in metadata.tables.items() if name != "replica"}

        with engine.begin() as db:
            found = read(db)
        engine.dispose()
        return found

    async def knock(self, head: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Open a connection, say something, and say no more."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(head.encode())
        await writer.drain()
        return reader, writer


@pytest.fixture(params=["in the settings", "in a file"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, Any]:
    """Keep the secret where an operator may keep it; the file wins."""
    if request.param == "in the settings":
        return {"webhook_secret": SecretStr(SECRET)}
    file = tmp_path / "webhook-secret"
    file.write_text(f"{SECRET}\n")
    file.chmod(0o600)
    return {"webhook_secret": SecretStr("another"), "webhook_secret_file": file}


@pytest.fixture
async def door(clock: AdjustableClock, sqlite_url: str, kept: dict[str, Any]) -> AsyncIterator[Door]:
    sandbox = Sandbox(clock, TOKEN)
    port = free_port()
    async with AsyncExitStack() as house:
        api_url = await house.enter_async_context(sandbox.serving())
        telegram = TelegramSettings(
            token=SecretStr(TOKEN),
            api_url=api_url,
            mode="webhook",
            webhook_url=f"http://127.0.0.1:{port}{PATH}",
            **kept,
        )
        settings = Settings(
            telegram=telegram,
            database=DatabaseSettings(url=sqlite_url),
            content=ContentSettings(dir=CONTENT),
            web=WebSettings(port=port),
            replica="door",
        )
        await house.enter_async_context(running(settings, clock, asyncio.Event()))
        session = await house.enter_async_context(aiohttp.ClientSession())
        yield Door(port, session, sqlite_url, sandbox.world)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def said(number: int, text: str = "/start") -> dict[str, Any]:
    user = {"id": SARI.id, "is_bot": False, "first_name": "Sari", "language_code": "id"}
    message = {"message_id": number, "date": 1, "chat": {"id": SARI.id, "type": "private"}, "from": user, "text": text}
    return {"update_id": number, "message": message}


def tapped(number: int, data: str) -> dict[str, Any]:
    user = {"id": SARI.id, "is_bot": False, "first_name": "Sari", "language_code": "id"}
    shown = {"message_id": 3, "date": 1, "chat": {"id": SARI.id, "type": "private"}, "text": "x"}
    return {"update_id": number, "callback_query": {"id": "q", "from": user, "data": data, "chat_instance": "c", "message": shown}}


async def test_whoever_has_no_secret_or_another_one_changes_nothing(door: Door) -> None:
    before = door.rows()
    for secret in (None, "", "x", SECRET[:-1], SECRET + "x", SECRET.upper(), SECRET[::-1], f" {SECRET} x", "*"):
        assert await door.push(said(7), secret) == 403
    async with door.session.post(f"http://127.0.0.1:{door.port}{PATH}?{SECRET_HEADER}={SECRET}", json=said(7)) as answer:
        assert answer.status == 403
    assert door.rows() == before


async def test_a_push_that_is_replayed_changes_nothing(door: Door) -> None:
    door.world.start(SARI.id)  # or Telegram would let the bot write nothing to her
    await door.world.settled()
    pushes = [said(1), tapped(2, "mo:kata-sandi"), tapped(3, "qz:kata-sandi"), tapped(4, "srd:600")]
    for push in pushes:
        assert await door.push(push) == 200
    before = door.rows()
    assert before["learner"]
    assert before["sitting"]
    for push in (*pushes, *pushes[::-1]):
        assert await door.push(push) == 200
    assert door.rows() == before


def test_the_secret_is_compared_in_a_time_that_tells_nothing() -> None:
    code = ast.parse(textwrap.dedent(inspect.getsource(Webhook)))
    compared = [node for node in ast.walk(code) if isinstance(node, ast.Compare) and "secret" in ast.unparse(node)]
    called = [
        ast.unparse(node.func) for node in ast.walk(code) if isinstance(node, ast.Call) and "self.secret.encode()" in ast.unparse(node)
    ]
    assert compared == []
    assert "hmac.compare_digest" in called


@pytest.mark.parametrize("secret", [SECRET, "wrong"])
async def test_ten_megabytes_are_refused_without_being_kept(door: Door, secret: str) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(TEN_MEGABYTES // 50_000):
            yield b" " * 50_000

    before, memory = door.rows(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for body in (BytesIO(b" " * TEN_MEGABYTES), endless()):
        try:
            url, headers = f"http://127.0.0.1:{door.port}{PATH}", {SECRET_HEADER: secret, "Connection": "close"}
            async with door.session.post(url, data=body, headers=headers) as answer:
                assert answer.status == (413 if secret == SECRET else 403)
        except aiohttp.ClientConnectionError:
            pass  # the server had answered and hung up before all was sent
    assert door.rows() == before
    # The body itself is the test's own: what the server holds of it at a time is far less.
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) * 1024 < TEN_MEGABYTES + 10 * MAX_BODY
    assert await door.push(said(7)) == 200


async def test_a_stranger_is_refused_before_the_body_is_waited_for(door: Door) -> None:
    reader, writer = await door.knock(f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n{{")
    async with asyncio.timeout(10):
        assert (await reader.readline()).startswith(b"HTTP/1.1 403")
    writer.close()


async def test_strangers_who_say_half_a_sentence_and_wait_hold_up_nobody(door: Door) -> None:
    halves = ("POST ", f"POST {PATH} HTTP/1.1\r\nHost:", f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n", "")
    slow = [await door.knock(halves[number % len(halves)]) for number in range(200)]
    async with asyncio.timeout(10):
        assert await door.push(said(7)) == 200
    for _, writer in slow:
        writer.close()


async def test_telegrams_own_slow_push_holds_up_no_other(door: Door) -> None:
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\n{SECRET_HEADER}: {SECRET}\r\nContent-Length: 500\r\n\r\n{{"
    slow = [await door.knock(head) for _ in range(100)]
    async with asyncio.timeout(10):
        assert await door.push(said(8)) == 200
    for _, writer in slow:
        writer.close()


async def test_nothing_else_is_served_but_health_and_numbers(door: Door) -> None:
    paths = (
        "/",
        "/telegram/",
        "/telegram/webhook/",
        "/..%2f..%2fetc/passwd",
        "/metrics/../config.yaml",
        "/docs",
        "/openapi.json",
        "/static/x",
    )
    for path in paths:
        async with door.session.get(f"http://127.0.0.1:{door.port}{path}", allow_redirects=False) as answer:
            assert answer.status in {404, 405, 307}, path
            assert "Sari" not in await answer.text()


async def test_health_and_numbers_tell_no_secret_and_nobodys_name(door: Door) -> None:
    await door.push(said(1))
    for path in ("/healthz", "/readyz", "/metrics"):
        async with door.session.get(f"http://127.0.0.1:{door.port}{path}") as answer:
            text = await answer.text()
        for secret in (SECRET, TOKEN.partition(":")[2], "Sari", CONTENT.name + "/", str(Path.cwd())):
            assert secret not in text
        assert not re.search(rf"(?<!\d){SARI.id}(?!\d)", text)  # within the figures of a longer number it is nobody's
