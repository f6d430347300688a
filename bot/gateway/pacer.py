"""Makes senders wait their turn: replies before broadcasts, each in the order of asking."""

import asyncio
from collections.abc import Callable

from bot.gateway.pace import Pace


class Pacer:
    """One for all that this process sends."""

    def __init__(self, pace: Pace, monotonic: Callable[[], float]) -> None:
        """Follow the rules of `pace` in the time that `monotonic` tells, in seconds."""
        self._pace = pace
        self._monotonic = monotonic
        self._replies = asyncio.Lock()
        self._broadcasts = asyncio.Lock()
        self._waiting_replies = 0
        self._no_reply_waits = asyncio.Event()
        self._no_reply_waits.set()

    async def reply(self, chat_id: int) -> None:
        """Wait until an answer may be sent to a chat."""
        # A busy group waits by itself, outside the line: it holds nobody else up.
        await self._wait_out(lambda now: self._pace.wait_for_group(chat_id, now))
        self._pace.note_chat(chat_id, self._monotonic())
        self._waiting_replies += 1
        self._no_reply_waits.clear()
        try:
            async with self._replies:
                await self._wait_out(self._pace.take_reply)
        finally:
            self._waiting_replies -= 1
            if self._waiting_replies == 0:
                self._no_reply_waits.set()

    async def broadcast(self) -> bool:
        """Wait until a broadcast may be sent; False when Telegram asks for silence meanwhile, which may take long."""
        async with self._broadcasts:
            while True:
                await self._no_reply_waits.wait()
                now = self._monotonic()
                if self._pace.paused_for(now):
                    return False
                wait = self._pace.take_broadcast(now)
                if wait == 0:
                    return True
                await asyncio.sleep(wait)

    def turn_of_chat(self, chat_id: int) -> float:
        """Return 0 and count a broadcast to a chat, or return the seconds until one may go there."""
        now = self._monotonic()
        wait = self._pace.wait_for_chat(chat_id, now)
        if wait == 0:
            self._pace.note_chat(chat_id, now)
        return wait

    def pause(self, seconds: float) -> None:
        """Let nothing go for `seconds`: Telegram asked for silence."""
        self._pace.pause(seconds, self._monotonic())

    def silence(self) -> float:
        """Return the seconds for which Telegram still asks for silence."""
        return self._pace.paused_for(self._monotonic())

    async def unpaused(self) -> None:
        """Wait until the silence that Telegram asked for is over."""
        await self._wait_out(self._pace.paused_for)

    def set_share(self, replicas: int) -> None:
        """Take an equal part of the limits, shared by so many live replicas."""
        self._pace.set_share(replicas)

    async def _wait_out(self, ask: Callable[[float], float]) -> None:
        while wait := ask(self._monotonic()):  # noqa: ASYNC110 - it waits for a moment, which no event announces
            await asyncio.sleep(wait)
