"""The sandbox as a whole: the world, its web application, and running it."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Iterable, Iterator

import uvicorn
from starlette.applications import Starlette

from bot.clock import AdjustableClock
from bot.sandbox.bot_routes import BotRoutes
from bot.sandbox.cast import PEOPLE
from bot.sandbox.page_routes import PageRoutes
from bot.sandbox.push import Pusher
from bot.sandbox.records import Person
from bot.sandbox.world import World

BACKLOG = 1024


class Sandbox:
    """A Telegram of one's own: `app` answers the Bot API and shows the chat page, `world` holds the people and their chats."""

    def __init__(self, clock: AdjustableClock, token: str, username: str = "sinau_sandbox_bot", people: Iterable[Person] = PEOPLE) -> None:
        """Make a sandbox for the bot with this token; raises ValueError when the token is not of Telegram's form, `123:abc`."""
        bot_id, colon, secret = token.partition(":")
        if not (colon and secret and bot_id.isdecimal()):
            raise ValueError("a bot token reads like 123456:ABC, digits and a secret with a colon between them")
        self.world = World(clock, int(bot_id), username, people)
        routes = [*BotRoutes(self.world.state, token).routes(), *PageRoutes(self.world).routes()]
        self.app = Starlette(routes=routes, lifespan=self._lifespan)

    @contextlib.asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        pushing = asyncio.create_task(Pusher(self.world.state).run())
        try:
            yield
        finally:
            pushing.cancel()
            await asyncio.gather(pushing, return_exceptions=True)

    @contextlib.asynccontextmanager
    async def serving(self, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
        """Serve inside of the running loop and yield the address, `http://host:port`; raises OSError when the port is taken."""
        listener = _listen(host, port)
        server = _EmbeddedServer(_config(self.app))
        running = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield address_of(host, listener.getsockname()[1])
        finally:
            self._close()
            server.stop()
            await running
            listener.close()

    def serve_forever(self, host: str = "127.0.0.1", port: int = 8081) -> None:
        """Serve until interrupted; raises OSError when the port is taken."""
        with contextlib.closing(_listen(host, port)) as listener:
            _LastingServer(_config(self.app), self._close).run(sockets=[listener])

    def _close(self) -> None:
        """Let everybody who waits for news go."""
        self.world.state.closing = True
        self.world.state.signal.ring()


def address_of(host: str, port: int) -> str:
    """Return the address of what is served there; numbers with colons stand in brackets."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _config(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=1)


def _listen(host: str, port: int) -> socket.socket:
    """Open the port; raises OSError that says which one is taken and what to do."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise OSError(error.errno, f"the sandbox cannot listen on {host}:{port} ({error.strerror}); choose another port") from error
    return listener


class _LastingServer(uvicorn.Server):
    """A server of its own process, which ends waiting requests when it is told to stop."""

    def __init__(self, config: uvicorn.Config, closing: Callable[[], None]) -> None:
        super().__init__(config)
        self._closing = closing

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._closing()
        await super().shutdown(sockets)


class _EmbeddedServer(uvicorn.Server):
    """A server inside of somebody else's process: it leaves signals alone and stops at once when asked."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        self._stopped.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def main_loop(self) -> None:
        await self._stopped.wait()
