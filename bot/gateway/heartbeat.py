"""The sign of life of a replica, and what it sees of the others: how many share the limits, and what dead ones left behind."""

from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import Connection

from bot.clock import Clock
from bot.gateway.brake import Brake
from bot.gateway.meters import Meters
from bot.storage import deliveries, hold, replicas
from bot.storage.database import Storage

log = structlog.get_logger()

ALIVE_WITHIN: Final = timedelta(seconds=45)  # several beats; a replica that misses them all is taken for dead


class Heartbeat:
    """To be started once, and beaten every few seconds."""

    def __init__(self, storage: Storage, clock: Clock, brake: Brake, replica: str, meters: Meters) -> None:
        """Beat for the process named `replica`."""
        self._storage = storage
        self._clock = clock
        self._brake = brake
        self._replica = replica
        self._meters = meters
        self._held = False

    def is_sending_held(self) -> bool:
        """Tell whether nothing is pushed since a restore, as the last beat found it."""
        return self._held

    async def start(self) -> None:
        """Take up what this replica had under way when it died, and obey a silence that still lasts; raises StorageUnavailableError."""
        left = await self._storage.run(deliveries.recover, self._replica)
        if left:
            log.warning("deliveries_doubtful", count=left)
        await self.beat()

    async def beat(self) -> None:
        """Give a sign of life, take an equal share of the limits, take up what dead replicas left; raises StorageUnavailableError."""
        others, left, waiting, held = await self._storage.run(self._look, self._clock.now())
        if left:
            log.warning("deliveries_doubtful", count=left)
        self._brake.pacer.set_share(others)
        await self._brake.look()
        if held and not self._held:
            log.warning("sending_held", advice="`sinau db confirm` shows what waits, and lets it go")
        self._held = held
        self._meters.held.set(held)
        for state in ("due", "held", "claimed"):
            self._meters.queue.labels(state).set(waiting.get(state, 0))

    async def stop(self) -> None:
        """Leave the limits to the others; raises StorageUnavailableError."""
        await self._storage.run(replicas.leave, self._replica)

    def _look(self, connection: Connection, now: datetime) -> tuple[int, int, dict[str, int], bool]:
        replicas.beat(connection, self._replica, now)
        alive = replicas.alive(connection, now, ALIVE_WITHIN) | {self._replica}
        left = deliveries.recover_from_dead(connection, alive)
        return len(alive), left, deliveries.count_waiting(connection), hold.find(connection) is not None
