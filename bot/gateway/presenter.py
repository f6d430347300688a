"""Shows a person the answer to what they did: edits the message whose button they pressed, else sends a new one."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Final, TypeVar

import structlog

from bot.gateway.brake import Brake
from bot.gateway.errors import (
    ApiError,
    BlockedError,
    MigratedError,
    RefusedError,
    TooManyError,
    UnreachableError,
    is_not_deletable,
    is_not_editable,
    is_query_too_old,
    reason,
)  # fmt: skip
from bot.gateway.incoming import Incoming, Tap
from bot.gateway.messages import Messages
from bot.gateway.meters import Meters
from bot.screen import Copy, Media, Screen

log = structlog.get_logger()
T = TypeVar("T")

MAX_TOAST: Final = 200  # core.telegram.org/bots/api#answercallbackquery
# A toast is gone after a few seconds; what takes longer to read is shown until it is dismissed.
LONG_TOAST: Final = 60
RETRY_PAUSES: Final = (0.5, 2.0)  # seconds before a call is repeated that got no answer


def callback_answer(incoming: Incoming, screen: Screen | None) -> dict[str, Any] | None:
    """Return the call that ends the waiting of a pressed button, with its `method`; None when no button was pressed."""
    if not isinstance(incoming.event, Tap):
        return None
    answer: dict[str, Any] = {"method": "answerCallbackQuery", "callback_query_id": incoming.event.query_id}
    if screen is None or not screen.toast:
        return answer
    return answer | {"text": screen.toast[:MAX_TOAST], "show_alert": len(screen.toast) > LONG_TOAST}


class Presenter:
    """Shows screens as replies. Whatever Telegram says, the person gets the screen if there is a way."""

    def __init__(self, messages: Messages, brake: Brake, unreachable: Callable[[int], Awaitable[None]], meters: Meters) -> None:
        """Show through `messages`; `unreachable(chat_id)` is told when a chat can't be written to."""
        self._messages = messages
        self._pacer = brake.pacer
        self._brake = brake
        self._unreachable = unreachable
        self._meters = meters

    async def show(self, incoming: Incoming, screen: Screen | None, answer: dict[str, Any] | None = None) -> int | None:
        """Show `screen`, and give the `answer` to a pressed button meanwhile; return the id of the message that shows it."""
        if answer is None:
            return await self._show(incoming, screen)
        shown, _ = await asyncio.gather(self._show(incoming, screen), self._answer(answer))
        return shown

    async def amend(self, chat_id: int, message_id: int, screen: Screen) -> bool:
        """Make a message that is there already show `screen`; False when Telegram does not take it: what it shows then stays."""
        try:
            await self._insist(lambda: self._messages.edit(chat_id, message_id, screen), self._wait)
        except ApiError:
            return False
        return True

    async def _show(self, incoming: Incoming, screen: Screen | None) -> int | None:
        if screen is None or incoming.chat_id == 0 or (screen.only_toast and isinstance(incoming.event, Tap)):
            return None
        try:
            shown = await self._page(incoming, screen)
        except MigratedError as error:
            return await self._show(replace(incoming, chat_id=error.new_chat_id), screen)
        except BlockedError:
            self._meters.screens.labels("blocked").inc()
            await self._unreachable(incoming.chat_id)
            return None
        except ApiError as error:
            self._meters.screens.labels("lost").inc()
            log.error("screen_lost", update_id=incoming.update_id, chat_id=incoming.chat_id, error=reason(error))  # noqa: TRY400 - a trace may quote what people wrote
            return None
        self._meters.screens.labels("shown").inc()
        return shown

    async def _page(self, incoming: Incoming, screen: Screen) -> int:
        pressed = incoming.event if isinstance(incoming.event, Tap) else None
        if screen.before is not None:
            return await self._below(incoming, screen, screen.before, pressed)
        if pressed and pressed.message_id and pressed.editable and not screen.fresh:
            return await self._edit(incoming, pressed.message_id, screen)
        return await self._send(incoming, screen)

    async def _edit(self, incoming: Incoming, message_id: int, screen: Screen) -> int:
        try:
            await self._insist(lambda: self._messages.edit(incoming.chat_id, message_id, screen), self._wait)
        except RefusedError as error:
            if not is_not_editable(error):
                raise
            return await self._send(incoming, screen)
        return message_id

    async def _send(self, incoming: Incoming, screen: Screen) -> int:
        await self._pacer.reply(incoming.chat_id)
        return await self._insist(lambda: self._messages.send(incoming.chat_id, screen, thread_id=incoming.thread_id))

    async def _below(self, incoming: Incoming, screen: Screen, before: Media | Copy, pressed: Tap | None) -> int:
        """Send `before`, the screen below it, and take away the pressed message, so that the live one is the last."""
        is_there = await self._before(incoming.chat_id, before)
        shown = await self._send(incoming, screen if is_there else screen.instead or screen)
        if pressed and pressed.message_id and not screen.fresh:
            await self._delete(incoming.chat_id, pressed.message_id)
        return shown

    async def _before(self, chat_id: int, before: Media | Copy) -> bool:
        """Send what stands above a screen; False when that can't be sent, or nobody knows whether it was."""
        await self._pacer.reply(chat_id)
        try:
            if isinstance(before, Copy):
                await self._insist(lambda: self._messages.copy(chat_id, before))
            else:
                await self._insist(lambda: self._messages.send_media(chat_id, before))
        except (RefusedError, UnreachableError, TooManyError, OSError) as error:
            # The screen matters more than what should stand above it.
            log.error("media_not_sent", chat_id=chat_id, error=reason(error), kind=type(before).__name__)  # noqa: TRY400 - as above
            return False
        return True

    async def _delete(self, chat_id: int, message_id: int) -> None:
        try:
            await self._messages.delete(chat_id, message_id)
        except ApiError as error:  # what it was to make room for is shown already
            if not (isinstance(error, RefusedError) and is_not_deletable(error)):
                log.warning("message_not_deleted", chat_id=chat_id, message_id=message_id)

    async def _answer(self, answer: dict[str, Any]) -> None:
        try:
            await self._insist(lambda: self._messages.answer(answer), self._wait)
        except RefusedError as error:
            if not is_query_too_old(error):
                log.warning("press_not_answered", error=reason(error))
        except ApiError as error:
            log.warning("press_not_answered", error=reason(error))

    async def _insist(self, call: Callable[[], Awaitable[T]], silence: Callable[[int], Awaitable[None]] | None = None) -> T:
        """Make a call, again when Telegram gave no answer, and after the silence it asks for.

        Asked for after a message, silence is everybody's. After an edit or an answer to a press, which count for no limit of the
        bot as a whole, it is this chat's alone: else one person who presses fast would silence the bot for all.
        """
        for pause in RETRY_PAUSES:
            try:
                return await self._try(call)
            except TooManyError as error:
                await (silence or self._brake.pull)(error.retry_after)
            except UnreachableError:
                await asyncio.sleep(pause)
        return await self._try(call)

    async def _try(self, call: Callable[[], Awaitable[T]]) -> T:
        await self._pacer.unpaused()
        return await call()

    @staticmethod
    async def _wait(seconds: int) -> None:
        log.warning("chat_asked_for_silence", seconds=seconds)
        await asyncio.sleep(seconds)
