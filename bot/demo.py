"""`sinau demo`: the sandbox and the bot in one process, with a database that is thrown away at the end."""

import socket
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import quote

import typer
from pydantic import SecretStr

from bot import made_up
from bot.clock import AdjustableClock
from bot.content.shelf import Shelf
from bot.core import make_rules, open_storage
from bot.errors import StartError
from bot.measuring import bring_up_to_date
from bot.process import serve
from bot.sandbox.cast import COORDINATOR_ID
from bot.sandbox.server import Sandbox
from bot.settings import DatabaseSettings, Settings, TelegramSettings


async def show(settings: Settings, host: str, port: int, token: str) -> None:
    """Run sandbox and bot until a signal; print the chat page's address when both are ready.

    Raises:
        StartError: one of them can't start; the text says why and what to do.

    """
    clock = AdjustableClock()
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="sinau-demo-"))
        _, address = await open_sandbox(stack, clock, host, port, token)
        own = demo_settings(settings, address, token, Path(folder))
        await _settle(own, clock)
        await serve(own, clock, lambda _: typer.echo(_welcome(address)), watch_content=True)


async def _settle(settings: Settings, clock: AdjustableClock) -> None:
    """Fill the demo's database with a made-up agency, measured as the reports need it. Raises StartError."""
    storage, catalogue, rules = open_storage(settings), Shelf(settings.content.dir, None, keeps=False).catalogue, make_rules(settings)
    try:
        await storage.run(made_up.settle, catalogue, clock.now())
        await bring_up_to_date(storage, catalogue, rules, clock.now())
    finally:
        storage.close()


async def open_sandbox(stack: AsyncExitStack, clock: AdjustableClock, host: str, port: int, token: str) -> tuple[Sandbox, str]:
    """Serve a sandbox until the stack closes; return it with its address. Raises StartError."""
    sandbox = Sandbox(clock, token)
    try:
        return sandbox, await stack.enter_async_context(sandbox.serving(host, port))
    except OSError as error:
        raise StartError(f"{error.strerror or error}, such as: --port {port + 9}") from error


def demo_settings(settings: Settings, address: str, token: str, folder: Path) -> Settings:
    """Return the settings of a bot that talks to the sandbox at `address` and keeps everything in `folder`."""
    port = _free_port(settings.web.host, settings.web.port)
    changed = {
        # Unchecked: this token is no secret, so it may go to any address that somebody wants to show the sandbox at.
        "telegram": TelegramSettings.model_construct(token=SecretStr(token), api_url=address),
        "cache_dir": None,
        "database": DatabaseSettings(url=f"sqlite:///{quote(bytes(folder))}/demo.db"),
        "web": settings.web.model_copy(update={"port": port, "public_url": f"http://{settings.web.host}:{port}"}),
        "reminders": settings.reminders.model_copy(update={"tick_seconds": 1}),
        "admins": frozenset({COORDINATOR_ID}),
    }
    return settings.model_copy(update=changed)


def _free_port(host: str, wanted: int) -> int:
    """Return the wanted port, or another when a program has it: a first look must not fail for that."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, wanted))
        except OSError:
            probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def _welcome(address: str) -> str:
    return (
        f"\nSinau is ready. Open the chat page in a browser:\n\n    {address}/\n\n"
        "The people there are made up, and so is the agency in the reports. Choose one, press Start, and learn; Ratna is the coordinator:\n"
        "/umumkan, /laporan, /dasbor\n"
        "The clock on the page moves time forward, so that tomorrow's reminder comes now. Ctrl+C ends the demo; nothing is kept."
    )
