import asyncio
import signal
import socket
import sys
from pathlib import Path

import aiohttp
import pytest

from bot.demo import demo_settings
from bot.sandbox.server import Sandbox, address_of
from bot.settings import Settings

PROGRAM = """
import sys
from bot.clock import AdjustableClock
from bot.sandbox.server import Sandbox
Sandbox(AdjustableClock(), "1:x").serve_forever(port=int(sys.argv[1]))
"""


async def test_a_taken_port_is_named(sandbox: Sandbox) -> None:
    async with sandbox.serving() as address:
        port = int(address.rpartition(":")[2])
        with pytest.raises(OSError, match=rf"the sandbox cannot listen on 127\.0\.0\.1:{port} \(.*\); choose another port"):
            sandbox.serve_forever(port=port)


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "http://127.0.0.1:8081"), ("::1", "http://[::1]:8081"), ("203.0.113.5", "http://203.0.113.5:8081")],
)
def test_the_demo_can_be_shown_at_any_address_of_the_machine(host: str, address: str, tmp_path: Path) -> None:
    assert address_of(host, 8081) == address
    assert demo_settings(Settings(), address, "1:x", tmp_path).telegram.api_url == address


async def test_it_runs_alone_until_interrupted() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = await asyncio.create_subprocess_exec(sys.executable, "-c", PROGRAM, str(port))
    async with aiohttp.ClientSession() as session:
        url = f"http://127.0.0.1:{port}/bot1:x/"
        while not await answers(session, url + "getMe"):
            assert running.returncode is None
        waiting = asyncio.create_task(session.get(url + "getUpdates?timeout=50"))
        while len((await (await session.get(f"http://127.0.0.1:{port}/sandbox/calls")).json())["calls"]) < 2:
            assert running.returncode is None
        running.send_signal(signal.SIGINT)
        assert (await (await waiting).json())["ok"]
    assert await running.wait() in {0, 1, 130, -signal.SIGINT}


async def answers(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        return (await session.get(url)).status == 200
    except aiohttp.ClientConnectorError:
        return False
