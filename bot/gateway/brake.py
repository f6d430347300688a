"""The silence that Telegram asks for (HTTP 429): kept in the database, so that it holds across restarts and on every replica."""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from bot.clock import Clock
from bot.gateway.pacer import Pacer
from bot.storage.database import Storage, StorageUnavailableError
from bot.storage.replicas import brake_until, set_brake

log = structlog.get_logger()


class Brake:
    """Stops the pacer of this process at once, and that of the others when they look."""

    def __init__(self, pacer: Pacer, storage: Storage, clock: Clock, bot_id: int) -> None:
        """Stop `pacer` on behalf of the bot `bot_id`."""
        self.pacer = pacer
        self._storage = storage
        self._clock = clock
        self._bot_id = bot_id
        self._until: datetime | None = None  # not stored yet

    async def pull(self, seconds: int) -> None:
        """Let nothing go for `seconds`."""
        self.pacer.pause(seconds)
        log.warning("silence_asked_for", seconds=seconds)
        self._until = self._clock.now() + timedelta(seconds=seconds)
        try:
            await self.look()
        except StorageUnavailableError:
            log.warning("silence_not_stored", seconds=seconds)  # the next look stores it

    async def look(self) -> None:
        """Store the silence asked of this process where that is still to do, and obey that of all; raises StorageUnavailableError."""
        asked = self._until
        until = await self._storage.run(self._agree, asked)
        if self._until == asked:
            self._until = None
        if until is not None:
            self.pacer.pause((until - self._clock.now()).total_seconds())

    def _agree(self, connection: Connection, asked: datetime | None) -> datetime | None:
        if asked is not None:
            set_brake(connection, self._bot_id, asked)
        return brake_until(connection, self._bot_id)
