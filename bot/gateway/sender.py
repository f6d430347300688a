"""Sends deliveries: claims one, composes it, sends it, settles its fate in a commit of its own. A fixed number at once."""

import asyncio
from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from sqlalchemy import Connection

from bot.clock import Clock
from bot.gateway.brake import Brake
from bot.gateway.errors import (
    ApiError,
    BlockedError,
    ChatNotFoundError,
    MigratedError,
    TooManyError,
    UnauthorizedError,
    UnreachableError,
    fault,
)  # fmt: skip
from bot.gateway.messages import Messages
from bot.gateway.meters import Meters
from bot.gateway.terms import Noted, Outgoing, Settle, Terms
from bot.logs import describe_error
from bot.screen import Copy, Poll
from bot.storage import deliveries
from bot.storage.database import Storage, StorageUnavailableError, is_out_of_reach
from bot.storage.deliveries import Delivery

log = structlog.get_logger()

MAX_ATTEMPTS: Final = 5
RETRY_BASE: Final = 4.0  # seconds; the n-th retry waits the n-th power: more than five minutes in all
LONGEST_WAIT: Final = timedelta(seconds=RETRY_BASE ** (MAX_ATTEMPTS - 1))  # longer than for any chat's turn
UNREACHED_PAUSE: Final = timedelta(seconds=5)  # until what never left is tried again, as often as it takes
LONGEST_SETTLE_PAUSE: Final = 5.0
LAST_SENDS_SECONDS: Final = 10.0
PERHAPS_SENT: Final = frozenset({"sent", "uncertain"})
# So many wait for their turn with their claim in hand, or one for each eight sent at once: enough to hide what a commit takes,
# few enough to be doubtful after a crash.
CLAIMED_AHEAD: Final = 2
SENT_FOR_ONE_AHEAD: Final = 8


class Sender:
    """The one that empties the table of deliveries. Nothing is lost; a crash repeats at most what was being sent."""

    def __init__(self, storage: Storage, clock: Clock, messages: Messages, brake: Brake, terms: Terms, meters: Meters) -> None:
        """Send on these terms."""
        self._storage = storage
        self._clock = clock
        self._messages = messages
        self._brake = brake
        self._pacer = brake.pacer
        self._terms = terms
        self._meters = meters
        self._wakes = 0
        self._work = asyncio.Event()
        self._ahead = asyncio.Semaphore(max(CLAIMED_AHEAD, terms.at_once // SENT_FOR_ONE_AHEAD))
        self._under_way: set[asyncio.Task[bool]] = set()
        self._holding: set[int] = set()

    def holding(self) -> frozenset[int]:
        """Return the ids of the deliveries that are claimed and not settled yet."""
        return frozenset(self._holding)

    def wake(self) -> None:
        """Look for due deliveries: to be called each second, and when some were queued."""
        self._wakes += 1
        self._work.set()

    async def run(self) -> None:
        """Send until cancelled; what is being sent then is finished first."""
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(self._terms.at_once):
                    group.create_task(self._serve())
        finally:
            await self._finish_last()

    async def _serve(self) -> None:
        while True:
            await self._work.wait()
            await self._pacer.unpaused()
            task = asyncio.create_task(self._deliver_next())
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
            if not await asyncio.shield(task):
                await asyncio.sleep(UNREACHED_PAUSE.total_seconds())

    async def _finish_last(self) -> None:
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=LAST_SENDS_SECONDS)
            for task in late:
                task.cancel()

    async def _deliver_next(self) -> bool:
        """Deliver what has been due for longest; False when Telegram is out of reach, so that others had better not be tried at once."""
        async with self._ahead:
            if not self._work.is_set():
                return True
            claimed, outgoing = await self._claim()
            if claimed is None or outgoing is None:
                return True
            self._holding.add(claimed.id)
            postponed = await self._postponed(claimed)
        if postponed is None:
            return await self._send(claimed, outgoing)
        await self._settle(claimed, self._again(claimed, postponed))
        return True

    async def _postponed(self, claimed: Delivery) -> timedelta | None:
        """Wait for the turn of a delivery; return for how long it has to be put back, None when its turn has come.

        The turn comes after the claim, right before the send: a commit takes longer at one time than at another, and what
        left evenly would not arrive evenly.
        """
        if wait := self._pacer.turn_of_chat(claimed.chat_id):
            return timedelta(seconds=wait)
        return None if await self._pacer.broadcast() else timedelta()

    async def _claim(self) -> tuple[Delivery | None, Outgoing | None]:
        wakes = self._wakes
        try:
            claimed, outgoing = await self._storage.run(self._take, self._clock.now())
        except StorageUnavailableError:
            log.warning("deliveries_wait_for_database")
            claimed, outgoing = None, None
        except Exception as error:  # noqa: BLE001 - a fault in the claim must not end the sender; the next wake tries again
            log.error("delivery_not_claimed", error=describe_error(error))  # noqa: TRY400 - a trace may quote what people wrote
            claimed, outgoing = None, None
        if claimed is None and wakes == self._wakes:
            self._work.clear()
        return claimed, outgoing

    def _take(self, connection: Connection, now: datetime) -> tuple[Delivery | None, Outgoing | None]:
        claimed = deliveries.claim(connection, self._terms.replica, now)
        if claimed is None:
            return None, None
        if claimed.expires_at is not None and claimed.expires_at <= now:
            deliveries.finish(connection, claimed, "cancelled", now, error="it came too late to be of use")
            return claimed, None
        return claimed, self._compose(connection, claimed, now)

    def _compose(self, connection: Connection, claimed: Delivery, now: datetime) -> Outgoing | None:
        try:
            with connection.begin_nested():
                outgoing = self._terms.compose(connection, claimed, now)
        except Exception as error:  # one that can't be composed must not stand in the way of the others
            if is_out_of_reach(error):
                raise
            log.error("delivery_not_composed", delivery_id=claimed.id, error=describe_error(error))  # noqa: TRY400 - as above
            deliveries.finish(connection, claimed, "failed", now, error=describe_error(error))
            return None
        if outgoing is None:
            deliveries.finish(connection, claimed, "cancelled", now)
        return outgoing

    async def _send(self, claimed: Delivery, outgoing: Outgoing) -> bool:
        """Send, and settle what became of it; False when Telegram was out of reach."""
        try:
            settle = await self._leave(claimed, outgoing)
        except TooManyError as error:
            await self._brake.pull(error.retry_after)
            await self._settle(claimed, self._again(claimed, timedelta()), "silenced")
        except ApiError as error:
            await self._settle(claimed, self._fate(claimed, outgoing, error), type(error).__name__.removesuffix("Error").lower())
            return not isinstance(error, UnreachableError | UnauthorizedError)
        except Exception as error:  # noqa: BLE001 - whatever it is, this delivery has failed and the next one goes on
            log.error("delivery_not_sent", delivery_id=claimed.id, error=describe_error(error))  # noqa: TRY400 - as above
            await self._settle(claimed, self._end(claimed, outgoing, "failed", error=describe_error(error)), "failed")
        else:
            await self._settle(claimed, settle, "sent")
        return True

    async def _leave(self, claimed: Delivery, outgoing: Outgoing) -> Settle:
        """Send, and return what is to be stored about it."""
        if not isinstance(outgoing, Poll):
            content = outgoing.screen if isinstance(outgoing, Noted) else outgoing
            message_id = await self._messages.send(claimed.chat_id, content, thread_id=claimed.thread_id, paid=self._terms.paid)
            return self._end(claimed, outgoing, "sent", message_id=message_id)
        message_id, poll_id = await self._messages.ask(claimed.chat_id, outgoing, thread_id=claimed.thread_id, paid=self._terms.paid)
        end = self._end(claimed, outgoing, "sent", message_id=message_id)

        def settle(connection: Connection, now: datetime) -> None:
            self._terms.asked(connection, claimed, poll_id)
            end(connection, now)

        return settle

    def _fate(self, claimed: Delivery, outgoing: Outgoing, error: ApiError) -> Settle:
        match error:
            case BlockedError() if not _author_may_be_gone(outgoing, error):
                return lambda connection, now: self._block(connection, claimed, fault(error), now)
            case MigratedError(new_chat_id=new):
                return lambda connection, now: self._move(connection, claimed, new, now)
            case UnauthorizedError() | UnreachableError(perhaps_done=False):
                return self._again(claimed, UNREACHED_PAUSE)
            case UnreachableError() if claimed.attempts < MAX_ATTEMPTS and not isinstance(outgoing, Poll):  # whose answers would scatter
                return self._retry(claimed)
            case UnreachableError():
                return self._end(claimed, outgoing, "uncertain", error=fault(error))
        return lambda connection, now: self._refuse(connection, claimed, outgoing, fault(error), now)

    def _block(self, connection: Connection, claimed: Delivery, reason: str, now: datetime) -> None:
        deliveries.finish(connection, claimed, "blocked", now, error=reason)
        self._terms.unreachable(connection, claimed.chat_id)

    def _refuse(self, connection: Connection, claimed: Delivery, outgoing: Outgoing, reason: str, now: datetime) -> None:
        self._end(claimed, outgoing, "failed", error=reason)(connection, now)
        self._terms.refused(connection, claimed, reason, now)

    def _move(self, connection: Connection, claimed: Delivery, new_chat_id: int, now: datetime) -> None:
        deliveries.move_chat(connection, claimed.chat_id, new_chat_id)
        self._again(claimed, timedelta())(connection, now)

    def _retry(self, claimed: Delivery) -> Settle:
        """Send again later what may have arrived: this attempt counts."""
        wait = timedelta(seconds=RETRY_BASE**claimed.attempts)
        return lambda connection, now: deliveries.put_back(connection, claimed, now + wait, attempts=claimed.attempts, doubtful=True)

    def _again(self, claimed: Delivery, wait: timedelta) -> Settle:
        """Send again after `wait`: this attempt was none."""
        attempts, doubtful = claimed.attempts - 1, claimed.doubtful
        return lambda connection, now: deliveries.put_back(connection, claimed, now + wait, attempts=attempts, doubtful=doubtful)

    def _end(self, claimed: Delivery, outgoing: Outgoing, state: str, **details: Any) -> Settle:
        """End in `state`; when an earlier attempt may have arrived, nobody can say what became of it."""
        fate = "uncertain" if claimed.doubtful else state

        def settle(connection: Connection, now: datetime) -> None:
            deliveries.finish(connection, claimed, fate, now, **details)
            if isinstance(outgoing, Noted) and fate in PERHAPS_SENT:
                outgoing.note(connection, now)

        return settle

    async def _settle(self, claimed: Delivery, settle: Settle, outcome: str = "postponed") -> None:
        """Store what became of a delivery, however long the database takes: it was sent, and must not be sent again."""
        self._meters.sends.labels(outcome).inc()
        pause = 0.1
        while True:
            try:
                await self._storage.run(settle, self._clock.now())
            except StorageUnavailableError:
                log.warning("fate_waits_for_database", delivery_id=claimed.id, outcome=outcome)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_SETTLE_PAUSE)
            except Exception as error:  # noqa: BLE001 - it stays claimed, and is found doubtful after the next start
                log.error("fate_not_stored", delivery_id=claimed.id, error=describe_error(error))  # noqa: TRY400 - as above
                return
            else:
                self._holding.discard(claimed.id)
                return


def _author_may_be_gone(outgoing: Outgoing, error: BlockedError) -> bool:
    """Tell whether the chat that is not found may be the one copied from: that must not make a whole audience unreachable."""
    return isinstance(outgoing, Copy) and isinstance(error, ChatNotFoundError)
