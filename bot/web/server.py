"""The HTTP server, within the program's own event loop."""

import asyncio
import errno
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp

from bot.errors import SinauError

GRACE_SECONDS = 5  # requests on their way may take this long when the server stops


class CannotListenError(SinauError):
    """The address can't be listened on; the text names the settings to change."""


@asynccontextmanager
async def serve(app: ASGIApp, host: str, port: int) -> AsyncIterator[int]:
    """Serve `app` for as long as the context lasts, and yield the port (a free one when `port` is 0).

    Raises:
        CannotListenError: the port is taken, or host or port can't be used.

    """
    listener = _listen(host, port)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        proxy_headers=False,  # who called is asked at the dashboard's doors alone, which read it themselves
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve([listener]))
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        await task


class _Server(uvicorn.Server):
    """Uvicorn's server, leaving signals to the program that it is a part of."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=2048)
    except OSError as error:
        raise CannotListenError(_advice(error, host, port)) from error


def _advice(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} on {host} is taken by another program; stop that one, or set web.port (SINAU_WEB__PORT) to a free port"
    return f"can't listen on {host}, port {port} ({error.strerror}); correct web.host and web.port"
