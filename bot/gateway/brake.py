"""The silence that Telegram asks for (HTTP 429): kept in the database, so that it holds across restarts and on every replica."""

from datetime import datetime

import structlog
from sqlalchemy import Connection

from bot.clock import Clock
from bot.gateway.pacer import Pacer
from bot.storage.database import Storage, StorageUnavailableError
from bot.storage.replicas import brake_left, set_brake

log = structlog.get_logger()


class Brake:
    """Stops the pacer of this process at once, and that of the others when they look."""

    def __init__(self, pacer: Pacer, storage: Storage, clock: Clock, bot_id: int) -> None:
        """Stop `pacer` on behalf of the bot `bot_id`."""
        self.pacer = pacer
        self._storage = storage
        self._clock = clock
        self._bot_id = bot_id
        self._asked: tuple[datetime, int] | None = None  # when and for how long, not stored yet

    async def pull(self, seconds: int) -> None:
        """Let nothing go for `seconds`."""
        self.pacer.pause(seconds)
        log.warning("silence_asked_for", seconds=seconds)
        self._asked = (self._clock.now(), seconds)
        try:
            await self.look()
        except StorageUnavailableError:
            log.warning("silence_not_stored", seconds=seconds)  # the next look stores it

    async def look(self) -> None:
        """Store the silence asked of this process where that is still to do, and obey that of all; raises StorageUnavailableError."""
        asked = self._asked
        self.pacer.pause(await self._storage.run(self._agree, asked, self._clock.now()))
        if self._asked == asked:
            self._asked = None

    def _agree(self, connection: Connection, asked: tuple[datetime, int] | None, now: datetime) -> float:
        if asked is not None:
            set_brake(connection, self._bot_id, *asked)
        return brake_left(connection, self._bot_id, now)
