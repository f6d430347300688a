"""Updates that can't be handled: kept with their JSON for the operator, so that the next ones go on."""

import json
import zlib

import structlog

from bot.clock import Clock
from bot.gateway.errors import NotStoredError
from bot.logs import describe_error
from bot.storage import ledger
from bot.storage.database import Storage, StorageUnavailableError

log = structlog.get_logger()


class DeadLetters:
    """Parks updates in the table dead_update."""

    def __init__(self, storage: Storage, clock: Clock, bot_id: int) -> None:
        """Keep the dead updates of the bot `bot_id`."""
        self._storage = storage
        self._clock = clock
        self._bot_id = bot_id

    async def park(self, update_id: int, update: object, error: Exception, telegram_id: int | None = None) -> str:
        """Keep an update with the kind and place of its error; return the code by which the operator finds it.

        `telegram_id` says whose it is, where that is known: erasing a person's data reaches it by that.

        Raises:
            NotStoredError: the database is out of reach.

        """
        fault = describe_error(error)
        code = _short_code(self._bot_id, update_id, fault)
        values = {"body": _written(update), "error": fault, "code": code, "telegram_id": telegram_id}
        try:
            await self._storage.run(ledger.park, self._bot_id, update_id, values, self._clock.now())
        except StorageUnavailableError as unavailable:
            raise NotStoredError("a dead update could not be kept") from unavailable
        log.error("update_parked", update_id=update_id, error=fault, code=code)
        return code


def _written(update: object) -> str:
    """Return an update as the operator finds it. The standard library's JSON escapes every character that a database could refuse."""
    try:
        return json.dumps(update, default=repr)
    except RecursionError:  # the library that read it goes deeper
        return json.dumps("its arrays and objects are nested too deeply to be kept")


def _short_code(*parts: object) -> str:
    """Return four hexadecimal digits that a person can read out to the operator, the same for the same `parts`."""
    return f"{zlib.crc32(repr(parts).encode()) & 0xFFFF:04X}"
