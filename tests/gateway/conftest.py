"""A Telegram of the tests' own, and the gateway's parts wired to it."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping

import pytest
import uvloop
from aiohttp import web

from bot.clock import AdjustableClock
from bot.gateway.brake import Brake
from bot.gateway.connections import Connections
from bot.gateway.incoming import Incoming, parse
from bot.gateway.messages import Messages
from bot.gateway.meters import Meters
from bot.gateway.pace import Pace
from bot.gateway.pacer import Pacer
from bot.gateway.request import Session
from bot.gateway.wire import Wire
from bot.sandbox.cast import PEOPLE, crowd
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from bot.storage.database import Storage
from bot.storage.engine import make_engine

BOT_ID = 7000000001


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Run on the loop that the bot runs on: its transports differ from those of the standard library."""
    return {"uvloop": uvloop.new_event_loop}


Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
Host = Callable[[Answer], Awaitable[str]]
Serve = Callable[[Answer], Awaitable[Wire]]
Connect = Callable[[str], Connections | None]


@pytest.fixture
def token() -> str:
    return f"{BOT_ID}:AAmadeUpSecretOfTheTests-0123456789abcd"


@pytest.fixture
def sandbox(clock: AdjustableClock, token: str) -> Sandbox:
    return Sandbox(clock, token, people=(*PEOPLE, *crowd(60)))


@pytest.fixture
def world(sandbox: Sandbox) -> World:
    return sandbox.world


@pytest.fixture
async def address(sandbox: Sandbox) -> AsyncIterator[str]:
    async with sandbox.serving() as url:
        yield url


@pytest.fixture
async def session(address: str) -> AsyncIterator[Session]:
    async with Session(address) as opened:
        yield opened


@pytest.fixture
def meters() -> Meters:
    return Meters()


@pytest.fixture
def directly() -> bool:
    """Tell whether small calls travel over connections of their own, as they do where no proxy is wanted."""
    return True


@pytest.fixture
def connect(*, directly: bool) -> Iterator[Connect]:
    """Open connections for small calls, and close them in the end."""
    opened: list[Connections] = []

    def connect(url: str) -> Connections | None:
        if not directly:
            return None
        opened.append(Connections(url))
        return opened[-1]

    yield connect
    for connections in opened:
        connections.close()


@pytest.fixture
def wire(session: Session, address: str, token: str, meters: Meters, connect: Connect) -> Wire:
    return Wire(session, address, token, meters, connect(address))


@pytest.fixture
async def dead_wire(token: str) -> AsyncIterator[Wire]:
    """Give a wire to where nobody answers."""
    async with Session("http://127.0.0.1:1") as opened:
        yield Wire(opened, "http://127.0.0.1:1", token, Meters())


@pytest.fixture
def local_storage(sqlite_url: str) -> Iterator[Storage]:
    """Open a database of one kind, where the kind does not matter."""
    opened = Storage(make_engine(sqlite_url))
    yield opened
    opened.close()


@pytest.fixture
def pacer() -> Pacer:
    return Pacer(Pace(29), time.monotonic)


@pytest.fixture
def messages(wire: Wire, local_storage: Storage) -> Messages:
    return Messages(wire, local_storage, BOT_ID)


@pytest.fixture
def brake(pacer: Pacer, local_storage: Storage, clock: AdjustableClock) -> Brake:
    return Brake(pacer, local_storage, clock, BOT_ID)


@pytest.fixture
def arrivals(wire: Wire) -> Callable[[], Awaitable[list[Incoming]]]:
    """Fetch what arrived since the last time, parsed."""
    offset = 0

    async def fetch() -> list[Incoming]:
        nonlocal offset
        updates = await wire.call("getUpdates", {"offset": offset, "timeout": 0})
        offset = max([offset, *(update["update_id"] + 1 for update in updates)])
        return [parse(update, "sinau_sandbox_bot") for update in updates]

    return fetch


@pytest.fixture
async def host() -> AsyncIterator[Host]:
    """Serve one answer to everything, and give the address: for servers that are no proper Bot API."""
    runners: list[web.AppRunner] = []

    async def start(answer: Answer) -> str:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", answer)
        runners.append(web.AppRunner(app, access_log=None))
        await runners[-1].setup()
        await web.TCPSite(runners[-1], "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{runners[-1].addresses[0][1]}"

    yield start
    for runner in runners:
        await runner.cleanup()


@pytest.fixture
async def serve(host: Host, token: str, meters: Meters, connect: Connect) -> AsyncIterator[Serve]:
    """Serve one answer to everything, and give a wire to it."""
    sessions: list[Session] = []

    async def start(answer: Answer) -> Wire:
        url = await host(answer)
        sessions.append(Session(url))
        return Wire(sessions[-1], url, token, meters, connect(url))

    yield start
    for session in sessions:
        await session.close()
