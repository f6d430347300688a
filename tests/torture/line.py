"""A line of TCP connections between two programs, on which things go wrong as on a real network."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

RESET = struct.pack("ii", 1, 0)  # SO_LINGER so that closing sends RST
CHUNK = 65_536


@dataclass(slots=True, eq=False)
class _Connection:
    near: asyncio.StreamWriter
    far: asyncio.StreamWriter
    lost: bool = False  # what is written into it arrives nowhere, and nobody says so


@dataclass(slots=True)
class Line:
    """Passes on what it is given, to each of its targets in turn, leaving out those that refuse.

    Attributes:
        targets: ports on this machine.
        dead: connections can be made, but nothing is heard from them.
        cut: connections are reset as soon as something is said.
        delay: seconds that everything is held back.

    """

    targets: Sequence[int]
    dead: bool = False
    cut: bool = False
    delay: float = 0.0
    _open: set[_Connection] = field(default_factory=set)
    _turn: int = 0

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncIterator[int]:
        """Yield the port to connect to."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=1024)
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()
            self.reset()

    def lose(self) -> None:
        """Go dead, as when a router forgets all its connections: those that are open never come back to life."""
        self.dead = True
        for connection in self._open:
            connection.lost = True

    def break_off(self) -> None:
        """Reset every connection, now and until it is restored."""
        self.cut = True
        self.reset()

    def restore(self) -> None:
        """Let new connections work again."""
        self.dead, self.cut, self.delay = False, False, 0.0

    def reset(self) -> None:
        """Reset what is open."""
        for connection in list(self._open):
            for end in (connection.near, connection.far):
                if not end.is_closing():
                    end.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                    end.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await self._reach()
        except OSError:
            writer.transport.abort()
            return
        connection = _Connection(writer, far_writer, lost=self.dead)
        self._open.add(connection)
        try:
            await asyncio.gather(self._pass_on(connection, reader, far_writer), self._pass_on(connection, far_reader, writer))
        finally:
            self._open.discard(connection)
            writer.close()
            far_writer.close()

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        for attempt in range(len(self.targets)):
            self._turn += 1
            with contextlib.suppress(ConnectionRefusedError):
                return await asyncio.open_connection("127.0.0.1", self.targets[(self._turn + attempt) % len(self.targets)])
        raise ConnectionRefusedError

    async def _pass_on(self, connection: _Connection, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(CHUNK):
                if self.cut:
                    self.reset()
                    return
                await asyncio.sleep(self.delay)
                if not (connection.lost or self.dead):
                    writer.write(data)
                    await writer.drain()
        if not connection.lost:
            writer.close()
