"""The silence that Telegram asks for (HTTP 429): kept in the database, so that it holds across restarts and on every replica."""

from datetime import timedelta

import structlog

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

    async def pull(self, seconds: int) -> None:
        """Let nothing go for `seconds`."""
        self.pacer.pause(seconds)
        log.warning("silence_asked_for", seconds=seconds)
        try:
            await self._storage.run(set_brake, self._bot_id, self._clock.now() + timedelta(seconds=seconds))
        except StorageUnavailableError:
            log.warning("silence_not_stored", seconds=seconds)

    async def look(self) -> None:
        """Obey the silence that is stored, if any; raises StorageUnavailableError."""
        until = await self._storage.run(brake_until, self._bot_id)
        if until is not None:
            self.pacer.pause((until - self._clock.now()).total_seconds())
