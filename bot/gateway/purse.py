"""What phrased answers may still use, by the settings and the day of the operator."""

from contextlib import suppress
from typing import Final
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.asking import Caps, Tokens
from bot.gateway.meters import Meters
from bot.storage import spending
from bot.storage.database import Storage, StorageUnavailableError
from bot.storage.spending import Cap, Reservation

NOTHING: Final = Tokens(0, 0)


class Purse:
    """Kept in the database, so that it is one for all processes."""

    def __init__(self, storage: Storage, clock: Clock, zone: ZoneInfo, caps: Caps, meters: Meters) -> None:
        """Allow what `caps` do, for days and months in `zone`."""
        self._storage = storage
        self._clock = clock
        self._zone = zone
        self._caps = caps
        self._meters = meters

    async def reserve(self, telegram_id: int, most: Tokens) -> Reservation | Cap:
        """Set `most` aside for a person's question, or tell which cap leaves no room; raises StorageUnavailableError."""
        day = self._clock.now().astimezone(self._zone).date()
        return await self._storage.run(spending.reserve, telegram_id, most, self._caps, day)

    async def settle(self, reserved: Reservation, used: Tokens) -> None:
        """Count what was used in place of what was reserved."""
        for direction, count in (("in", used.read), ("out", used.written)):
            self._meters.answer_tokens.labels(direction).inc(count)
        with suppress(StorageUnavailableError):  # then it stays counted as the most that it may have cost
            await self._storage.run(spending.settle, reserved, used)
