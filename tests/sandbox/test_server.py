import asyncio
import signal
import socket
import sys

import aiohttp
import pytest

from bot.sandbox.server import Sandbox

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
