"""The sign of life of a replica, and what it sees of the others: how many share the limits, and what dead ones left behind."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import perf_counter
from typing import Final

import structlog
from sqlalchemy import Connection

from bot.clock import Clock
from bot.gateway.brake import Brake
from bot.gateway.meters import Meters
from bot.gateway.sender import LONGEST_WAIT
from bot.storage import deliveries, hold, ledger, replicas
from bot.storage.database import Storage

log = structlog.get_logger()

ALIVE_WITHIN: Final = timedelta(seconds=45)  # several beats; a replica that misses them all is taken for dead


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a beat finds: how many replicas live, how many deliveries dead ones left, and what waits."""

    alive: int
    left: int
    waiting: dict[str, int]
    oldest_due: datetime | None
    dead: int
    held: bool


class Heartbeat:
    """To be started once, and beaten every few seconds."""

    def __init__(
        self, storage: Storage, clock: Clock, brake: Brake, replica: str, meters: Meters, holding: Callable[[], frozenset[int]]
    ) -> None:
        """Beat for the process named `replica`; `holding` gives the ids of the deliveries that it knows to have claimed."""
        self._storage = storage
        self._clock = clock
        self._brake = brake
        self._replica = replica
        self._meters = meters
        self._holding = holding
        self._suspects: frozenset[int] = frozenset()
        self._held = False

    def is_sending_held(self) -> bool:
        """Tell whether nothing is pushed since a restore, as the last beat found it."""
        return self._held

    async def start(self) -> None:
        """Take up what this replica had under way when it died, and obey a silence that still lasts; raises StorageUnavailableError."""
        left = await self._storage.run(deliveries.recover, self._replica)
        if left:
            log.warning("deliveries_doubtful", count=left)
        await self._brake.look()
        await self.beat()

    async def beat(self) -> None:
        """Give a sign of life, take an equal share of the limits, take up what dead replicas left; raises StorageUnavailableError."""
        began = perf_counter()
        seen = await self._storage.run(self._look, self._clock.now())
        self._meters.database.set(perf_counter() - began)
        left = seen.left + await self._adopt_orphans()
        if left:
            log.warning("deliveries_doubtful", count=left)
        self._brake.pacer.set_share(seen.alive)
        if seen.held and not self._held:
            log.warning("sending_held", advice="`sinau db confirm` shows what waits, and lets it go")
        self._held = seen.held
        self._show(seen)

    async def _adopt_orphans(self) -> int:
        """Take up what is claimed in this replica's name without its knowing: the answer to the claim was lost. Return how many.

        A claim that was stored just now looks the same for a moment, so an orphan is one that was seen at the last beat too.
        """
        claimed = await self._storage.run(deliveries.claimed_by, self._replica)
        suspects = claimed - self._holding()
        orphans, self._suspects = suspects & self._suspects, suspects
        return await self._storage.run(deliveries.recover_orphans, self._replica, orphans)

    async def stop(self) -> None:
        """Leave the limits to the others; raises StorageUnavailableError."""
        await self._storage.run(replicas.leave, self._replica)

    def _show(self, seen: _Seen) -> None:
        due_for = (self._clock.now() - seen.oldest_due).total_seconds() if seen.oldest_due else 0
        self._meters.oldest_due.set(max(0, due_for))
        self._meters.replicas.set(seen.alive)
        self._meters.dead.set(seen.dead)
        self._meters.held.set(seen.held)
        for state in ("due", "held", "claimed"):
            self._meters.queue.labels(state).set(seen.waiting.get(state, 0))

    def _look(self, connection: Connection, now: datetime) -> _Seen:
        replicas.beat(connection, self._replica, now)
        alive = replicas.alive(connection, now, ALIVE_WITHIN) | {self._replica}
        left = deliveries.recover_from_dead(connection, alive)
        deliveries.bring_forward(connection, now + LONGEST_WAIT, now)
        return _Seen(
            alive=len(alive),
            left=left,
            waiting=deliveries.count_waiting(connection),
            oldest_due=deliveries.oldest_due(connection),
            dead=ledger.count_dead(connection),
            held=hold.find(connection) is not None,
        )
