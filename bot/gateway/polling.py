"""Fetches updates by long polling. The next offset, which makes Telegram forget, is asked for only when all before it is stored."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import structlog

from bot.clock import Clock
from bot.gateway.errors import ApiError, ConflictError, NotStoredError, TooManyError, UnauthorizedError, is_webhook_active, reason
from bot.gateway.incoming import ALLOWED_UPDATES, update_id_of
from bot.gateway.wire import Wire
from bot.logs import describe_error
from bot.storage.database import Storage, StorageUnavailableError
from bot.storage.replicas import lease_worked_at, release_lease, take_lease

log = structlog.get_logger()

Accept = Callable[[object], Awaitable[object]]

LEASE: Final = "poller"
LEASE_LASTS: Final = timedelta(seconds=30)  # longer than a poll and the longest pause together
# Short, since a connection that died without a word is noticed only when the answer stays away for so long.
LONG_POLL_SECONDS: Final = 8
ANSWER_SECONDS: Final = 6.0  # how much longer than the long poll an answer may take
PATIENCE_SECONDS: Final = 45.0  # without success for so long, a replica lets another one try
AT_ONCE: Final = 1.0  # seconds; an empty answer that comes so soon is no long poll, and asking again at once would be a storm
FAREWELL_SECONDS: Final = 5.0
SHORTEST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 8.0


@dataclass(frozen=True, slots=True)
class PollerLease:
    """The right to poll, of which there is one for all replicas of a database."""

    storage: Storage
    clock: Clock
    holder: str

    async def take(self, since_success: float) -> bool:
        """Take or renew it, the last poll having succeeded so many seconds ago; False when another replica has it.

        Raises StorageUnavailableError.
        """
        now = self.clock.now()
        worked_at = None if since_success == float("inf") else now - timedelta(seconds=since_success)
        return await self.storage.run(take_lease, LEASE, self.holder, now, LEASE_LASTS, worked_at)

    async def since_success(self) -> float:
        """Return the seconds since a poll of its holder last succeeded, as it said when it renewed it; raises StorageUnavailableError."""
        worked_at = await self.storage.run(lease_worked_at, LEASE)
        return float("inf") if worked_at is None else (self.clock.now() - worked_at).total_seconds()

    async def release(self) -> None:
        """Give it up."""
        try:
            await self.storage.run(release_lease, LEASE, self.holder)
        except StorageUnavailableError:
            log.warning("poller_lease_not_released")  # it runs out by itself


class Poller:
    """Polls until it is stopped, whatever Telegram answers."""

    def __init__(self, wire: Wire, accept: Accept, lease: PollerLease, monotonic: Callable[[], float]) -> None:
        """Hand each update to `accept`; `monotonic` tells seconds of real time, for `seconds_since_success`."""
        self._wire = wire
        self._accept = accept
        self._lease = lease
        self._monotonic = monotonic
        self._stopping = asyncio.Event()
        self._offset: int | None = None
        self._pause = SHORTEST_PAUSE
        self._patience = 0  # the first answer shall come at once, so that a bot that is ready says so
        self._last_success = float("-inf")

    def seconds_since_success(self) -> float:
        """Return the seconds since Telegram last answered a poll, or another replica was seen to poll; infinite before the first.

        Real time, whatever the bot's clock says.
        """
        return self._monotonic() - self._last_success

    def stop(self) -> None:
        """Let `run` end: the updates fetched are stored and acknowledged first."""
        self._stopping.set()

    async def run(self) -> None:
        """Poll until `stop`."""
        while not self._stopping.is_set():
            try:
                going_well = await self._round()
            except (ApiError, StorageUnavailableError) as error:
                self._report(error)
                await self._let_others_try()
                going_well = False
            except Exception as error:  # noqa: BLE001 - people wait: whatever it is, it is tried again
                log.error("poll_failed", error=describe_error(error))  # noqa: TRY400 - a trace may quote what people wrote
                going_well = False
            await self._rest(going_well=going_well)
        await self._acknowledge()
        await self._lease.release()

    async def _round(self) -> bool:
        """Fetch updates once and take them in; False when a pause is needed before the next time."""
        if not await self._lease.take(self.seconds_since_success()):
            self._last_success = max(self._last_success, self._monotonic() - await self._lease.since_success())
            return False
        # After a failure too, the next answer shall come at once.
        patience, self._patience = self._patience, 0
        asked_at = self._monotonic()
        updates = await self._fetch(patience)
        self._patience = LONG_POLL_SECONDS
        if updates is None:
            return False
        if not updates:
            return patience == 0 or self._monotonic() - asked_at > AT_ONCE
        before = self._offset
        return await self._take_in(updates) and self._offset != before

    async def _let_others_try(self) -> None:
        """Give the lease up when polling has failed for long: another replica may reach Telegram."""
        if self.seconds_since_success() > PATIENCE_SECONDS:
            await self._lease.release()

    async def _fetch(self, seconds: int) -> Sequence[object] | None:
        """Ask Telegram for updates; None when it has none to give because we stop, or its answer is odd."""
        asking = asyncio.create_task(self._ask_without_webhook(seconds))
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait({asking, stopping}, return_when=asyncio.FIRST_COMPLETED)
            updates = await asking if asking.done() else None
        finally:
            asking.cancel()
            stopping.cancel()
            await asyncio.gather(asking, stopping, return_exceptions=True)
        if updates is not None and not isinstance(updates, list):
            log.warning("odd_answer_to_poll", kind=type(updates).__name__)
            return None
        return updates

    async def _ask_without_webhook(self, seconds: int) -> Any:
        """Ask; a webhook in the way, such as one from before the settings said polling, is taken away first."""
        try:
            return await self._ask(seconds)
        except ConflictError as error:
            if not is_webhook_active(error):
                raise
        log.warning("webhook_deleted", advice="telegram.mode is polling; set it to webhook if updates shall be pushed")
        await self._wire.call("deleteWebhook", {"drop_pending_updates": False})
        return await self._ask(seconds)

    async def _ask(self, seconds: int) -> Any:
        payload: dict[str, Any] = {"timeout": seconds, "allowed_updates": ALLOWED_UPDATES}
        if self._offset is not None:
            payload["offset"] = self._offset
        updates = await self._wire.call("getUpdates", payload, seconds=seconds + ANSWER_SECONDS)
        self._last_success = self._monotonic()
        return updates

    async def _take_in(self, updates: Sequence[object]) -> bool:
        """Take all in, side by side, and move the offset behind those that are stored; False when one was not."""
        stored = await asyncio.gather(*(self._store(update) for update in updates))
        numbers = [(update_id_of(update), done) for update, done in zip(updates, stored, strict=True)]
        known = [(number, done) for number, done in numbers if number is not None]
        missing = [number for number, done in known if not done]
        if missing:
            self._offset = min(missing)
        elif known:
            self._offset = max(number for number, _ in known) + 1
        return all(stored)

    async def _store(self, update: object) -> bool:
        try:
            await self._accept(update)
        except NotStoredError:
            return False
        except Exception as error:  # noqa: BLE001 - one update must never end the polling for everybody
            log.error("update_not_accepted", update_id=update_id_of(update), error=describe_error(error))  # noqa: TRY400 - a trace may quote what people wrote
            return False
        return True

    async def _acknowledge(self) -> None:
        """Tell Telegram that the last updates are stored; what it sends in return stays its own until the next start."""
        if self._offset is None:
            return
        payload = {"offset": self._offset, "timeout": 0, "limit": 1, "allowed_updates": ALLOWED_UPDATES}
        try:
            await self._wire.call("getUpdates", payload, seconds=FAREWELL_SECONDS)
        except ApiError as error:
            self._report(error)  # they are sent again after the next start, and change nothing then

    async def _rest(self, *, going_well: bool) -> None:
        if going_well:
            self._pause = SHORTEST_PAUSE
            return
        try:
            await asyncio.wait_for(self._stopping.wait(), self._pause)
        except TimeoutError:
            self._pause = min(2 * self._pause, LONGEST_PAUSE)

    def _report(self, error: ApiError | StorageUnavailableError) -> None:
        match error:
            case TooManyError(retry_after=seconds):
                self._pause = float(seconds)
            case ConflictError():
                log.error(
                    "another_program_has_the_updates", error=reason(error), advice="one bot token serves one program; stop the other one"
                )
            case UnauthorizedError():
                log.error("token_refused", advice="check telegram.token")
            case _:
                log.warning("poll_failed", error=reason(error))
