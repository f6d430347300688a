"""Takes an update in: handles it, and says that it arrived only after the commit. The answer is shown afterwards, in the chat's order."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final

import structlog

from bot.gateway.dead import DeadLetters
from bot.gateway.errors import MalformedUpdateError, NotStoredError
from bot.gateway.floods import Floods
from bot.gateway.incoming import Incoming, Membership, parse, update_id_of
from bot.gateway.lanes import Lanes
from bot.gateway.meters import Meters
from bot.gateway.presenter import callback_answer
from bot.logs import describe_error
from bot.screen import Screen
from bot.storage.database import StorageUnavailableError

log = structlog.get_logger()

Handle = Callable[[Incoming], Awaitable[Screen | None]]
Show = Callable[[Incoming, Screen | None, dict[str, Any] | None], Awaitable[object]]
DeadScreen = Callable[[Incoming, str], Screen | None]
FloodScreen = Callable[[Incoming], Screen | None]

TRY_PAUSES: Final = (0.02, 0.1)  # seconds before an update that failed is tried again; afterwards it is parked
SCREENS_UNDER_WAY: Final = 512
SCREENS_OF_A_CHAT: Final = 20


@dataclass(frozen=True, slots=True)
class Intake:
    """The one way in, for polling and for the webhook.

    Attributes:
        username: the bot's own, without @.
        handle: does what an update asks for in one transaction with the ledger, and returns the screen to show; returning means committed.
        show: shows a screen and gives the answer to a pressed button, if any.
        dead_screen: what a person sees when their update was parked under a code.
        dead: where updates that fail are parked.
        meters: counts what came in.
        answer_in_response: whether `accept` returns the answer to a pressed button, to travel in the webhook's HTTP response.
        floods: who does too much at a time; without it everybody may do everything.
        flood_screen: what somebody is told who does.

    """

    username: str
    handle: Handle
    show: Show
    dead_screen: DeadScreen
    dead: DeadLetters
    meters: Meters
    answer_in_response: bool
    lanes: Lanes = field(default_factory=lambda: Lanes(SCREENS_UNDER_WAY, SCREENS_OF_A_CHAT))
    floods: Floods | None = None
    flood_screen: FloodScreen | None = None

    async def accept(self, update: object) -> dict[str, Any] | None:
        """Take an update in; return after its effect (or its being parked) is committed.

        Returns the call that answers a pressed button, when it is to travel in the response.

        Raises:
            NotStoredError: nothing was stored. Telegram must not be told that the update arrived; it will repeat it.

        """
        try:
            incoming = parse(update, self.username)
        except MalformedUpdateError as error:
            await self._set_aside(update, error)
            return None
        counted = self._counted(incoming)
        if self.floods and counted is not None and not self.floods.admit(counted):
            return await self._drop(incoming, self.floods, counted)
        try:
            async with self.lanes.turn(incoming.chat_id):
                screen = await self._settle(incoming, update)
                return await self._speak(incoming, screen)
        except NotStoredError:
            if self.floods and counted is not None:
                self.floods.give_back(counted)
            raise

    def _counted(self, incoming: Incoming) -> int | None:
        """Return whose doing an update is; a block or its end is none that may be lost."""
        return incoming.person.id if incoming.person and not isinstance(incoming.event, Membership) else None

    async def _drop(self, incoming: Incoming, floods: Floods, person_id: int) -> dict[str, Any] | None:
        """Let what is too much have no effect, and say so now and then. It is acknowledged, but not written into the ledger."""
        self.meters.updates.labels("flood").inc()
        screen = self.flood_screen(incoming) if self.flood_screen else None
        if screen is not None and floods.is_to_be_told(person_id):
            log.warning("flood", update_id=incoming.update_id)
            if not await self.lanes.follow(incoming.chat_id, lambda: self._show(incoming, screen, None)):
                floods.was_not_told(person_id)
        return callback_answer(incoming, None) if self.answer_in_response else None

    async def _set_aside(self, update: object, error: MalformedUpdateError) -> None:
        self.meters.updates.labels("malformed").inc()
        update_id = update_id_of(update)
        if update_id is None:
            log.error("update_without_number", error=str(error))
        else:
            await self.dead.park(update_id, update, error)

    async def _settle(self, incoming: Incoming, update: object) -> Screen | None:
        try:
            screen = await self._try(incoming)
        except StorageUnavailableError as error:
            self.meters.updates.labels("not_stored").inc()
            raise NotStoredError("the database did not answer") from error
        except Exception as error:  # noqa: BLE001 - whatever it is, the next update has to go on
            self.meters.updates.labels("dead").inc()
            person = incoming.person.id if incoming.person else None
            code = await self.dead.park(incoming.update_id, update, error, person)
            return self._apology(incoming, code)
        self.meters.updates.labels("stored").inc()
        return screen

    async def _try(self, incoming: Incoming) -> Screen | None:
        for pause in TRY_PAUSES:
            try:
                return await self.handle(incoming)
            except StorageUnavailableError:
                raise
            except Exception as error:  # noqa: BLE001 - it is tried again
                log.warning("update_failed", update_id=incoming.update_id, error=describe_error(error))
            await asyncio.sleep(pause)
        return await self.handle(incoming)

    def _apology(self, incoming: Incoming, code: str) -> Screen | None:
        try:
            return self.dead_screen(incoming, code)
        except Exception as error:  # noqa: BLE001 - the update is parked already; an apology that fails must not bring it back
            log.error("apology_failed", update_id=incoming.update_id, error=describe_error(error))  # noqa: TRY400 - a trace may quote what people wrote
            return None

    async def _speak(self, incoming: Incoming, screen: Screen | None) -> dict[str, Any] | None:
        answer = callback_answer(incoming, screen)
        response, call = (answer, None) if self.answer_in_response else (None, answer)
        if screen is None and call is None:
            return response
        if not await self.lanes.follow(incoming.chat_id, lambda: self._show(incoming, screen, call)):
            self.meters.screens.labels("skipped").inc()
            log.warning("screen_skipped", update_id=incoming.update_id, chat_id=incoming.chat_id)
        return response

    async def _show(self, incoming: Incoming, screen: Screen | None, answer: dict[str, Any] | None) -> None:
        try:
            await self.show(incoming, screen, answer)
        except Exception as error:  # noqa: BLE001 - a screen that can't be shown must not hold up the chat's next one
            self.meters.screens.labels("lost").inc()
            log.error("screen_lost", update_id=incoming.update_id, error=describe_error(error))  # noqa: TRY400 - as above
