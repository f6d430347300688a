"""The programs that are measured, each as its operator would start it: Sinau, and its peers."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

from world.api import FakeApi
from world.load import LoadError

ROOT: Final = Path(__file__).parent.parent
PEERS: Final = Path(__file__).parent / "peers"
INSTALLED: Final = Path(__file__).parent / ".peers"
TOKEN: Final = "424242:made-up-token-of-the-benchmarks"  # noqa: S105 - made up, for the fake API
SECRET: Final = "made-up-secret"  # noqa: S105 - as above
START_SECONDS: Final = 60.0
READY: Final = b"GET /readyz HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Program:
    """A running process that takes webhook pushes on `port` at `path`; `seconds_to_ready` is what its start took."""

    pid: int
    port: int
    path: str
    seconds_to_ready: float
    log: Path

    def memory(self) -> float:
        """Return the resident memory in MB (10⁶ bytes)."""
        for line in Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024 / 1e6
        raise LoadError("the program is gone")

    def cpu_seconds(self) -> float:
        """Return the processor time used so far, by all its threads."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def loaded(self, name: str) -> bool:
        """Tell whether a compiled part of the package `name` is loaded."""
        return f"/{name}/" in Path(f"/proc/{self.pid}/maps").read_text(encoding="utf-8")


@asynccontextmanager
async def sinau(api: FakeApi, folder: Path, database_url: str, **settings: str) -> AsyncIterator[Program]:
    """Run Sinau in webhook mode until the block ends; `settings` are further ones, such as content__dir."""
    port = free_port()
    environment = {
        "telegram__token": TOKEN,
        "telegram__api_url": api.address,
        "telegram__mode": "webhook",
        "telegram__webhook_url": f"http://127.0.0.1:{port}/telegram/webhook",
        "telegram__webhook_secret": SECRET,
        "database__url": database_url,
        "content__dir": str(ROOT / "content"),
        "web__port": str(port),
    } | settings
    variables = {f"SINAU_{name.upper()}": value for name, value in environment.items()} | {"PYTHONPATH": str(ROOT)}
    command = (sys.executable, "-m", "bot", "run")
    async with _running(command, variables, folder, port, "/telegram/webhook", READY) as program:
        yield program


@asynccontextmanager
async def peer(name: str, api: FakeApi, folder: Path, database_url: str) -> AsyncIterator[Program]:
    """Run a peer until the block ends; it is ready when it listens and has set its webhook."""
    port = free_port()
    variables = {"TOKEN": TOKEN, "API_URL": api.address, "DATABASE_URL": database_url, "PORT": str(port), "SECRET": SECRET}
    variables |= {"SYNCHRONOUS": "FULL"} if name == "grammy-durable" else {}
    async with _running(_command(name), variables, folder, port, "/webhook", None) as program:
        while not api.calls[b"setWebhook"]:  # noqa: ASYNC110 - another process makes the call
            await asyncio.sleep(0.02)
        yield program


def why_left_out(name: str) -> str | None:
    """Return why a peer can't run on this machine, or None when it can."""
    if name == "floor":
        return None
    if name.startswith("grammy"):
        return None if (INSTALLED / "node_modules" / "grammy").is_dir() and shutil.which("node") else "Node or its packages are not here"
    return None if (INSTALLED / "venv" / "bin" / "python").exists() else "its packages are not here"


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _command(name: str) -> tuple[str, ...]:
    if name == "floor":
        return (sys.executable, str(PEERS / "floor.py"))
    if name.startswith("grammy"):
        return ("node", str(INSTALLED / "grammy.mjs"))
    return (str(INSTALLED / "venv" / "bin" / "python"), str(PEERS / f"{name}_bot.py"))


@asynccontextmanager
async def _running(
    command: tuple[str, ...], variables: Mapping[str, str], folder: Path, port: int, path: str, probe: bytes | None
) -> AsyncIterator[Program]:
    log = folder / "program.log"
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SINAU_")}
    begin = perf_counter()
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603, ASYNC220 - the command is one of the above, and starting is what is timed
            command, cwd=folder, env=inherited | {"NO_PROXY": "127.0.0.1"} | variables, stdout=output, stderr=output
        )
    try:
        await _until_ready(process, port, probe, log)
        yield Program(process.pid, port, path, perf_counter() - begin, log)
    finally:
        process.kill()
        process.wait()


async def _until_ready(process: subprocess.Popen[bytes], port: int, probe: bytes | None, log: Path) -> None:
    deadline = perf_counter() + START_SECONDS
    while perf_counter() < deadline:
        if process.poll() is not None:
            break
        if await _is_ready(port, probe):
            return
        await asyncio.sleep(0.005)
    raise LoadError(f"{process.args!r} did not become ready: {_end_of(log)}")


def _end_of(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-2000:]


async def _is_ready(port: int, probe: bytes | None) -> bool:
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    try:
        writer.write(probe or b"")
        return probe is None or b" 200 " in await reader.readline()
    finally:
        writer.close()
