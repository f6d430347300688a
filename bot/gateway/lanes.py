"""Order within a chat, concurrency across chats."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.gateway.errors import NotStoredError


@dataclass(slots=True)
class _Lane:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0
    failures: int = 0


class Lanes:
    """A line for each chat that is busy. Work in one line goes one by one, in the order of asking."""

    def __init__(self, room: int, room_of_chat: int) -> None:
        """Let at most `room` pieces of background work be under way, `room_of_chat` of them for one chat."""
        self._lanes: dict[int, _Lane] = {}
        self._room = asyncio.Semaphore(room)
        self._room_of_chat = room_of_chat
        self._waiting: Counter[int] = Counter()
        self._behind: dict[int, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def turn(self, chat_id: int) -> AsyncIterator[None]:
        """Hold the chat's line while the block runs.

        Raises:
            NotStoredError: something before it in the line was not stored; to go on would break the order.

        """
        lane = self._lanes.setdefault(chat_id, _Lane())
        lane.users += 1
        failures = lane.failures
        try:
            async with lane.lock:
                if lane.failures != failures:
                    raise NotStoredError("an earlier update of this chat was not stored")
                try:
                    yield
                except NotStoredError:
                    lane.failures += 1
                    raise
        finally:
            lane.users -= 1
            if lane.users == 0:
                del self._lanes[chat_id]

    async def follow(self, chat_id: int, work: Callable[[], Awaitable[object]]) -> bool:
        """Do `work` in the background, after what was asked for in this chat before. It must not raise.

        Returns when it is under way, which takes until there is room for it: this is what slows intake down when Telegram is slow.
        False, and nothing is done, when this chat has used up its own room: one that floods the bot must not slow down the others.
        """
        if self._waiting[chat_id] >= self._room_of_chat:
            return False
        self._waiting[chat_id] += 1
        try:
            await self._room.acquire()
        except asyncio.CancelledError:
            self._leave(chat_id)
            raise
        task = asyncio.create_task(self._after(self._behind.get(chat_id), work))
        self._behind[chat_id] = task
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._forget(chat_id, done))
        return True

    async def drain(self, seconds: float) -> bool:
        """Wait until the background work is done; what is not done in time is given up, and False returned."""
        tasks = set(self._tasks)
        if not tasks:
            return True
        _, late = await asyncio.wait(tasks, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return not late

    async def _after(self, earlier: "asyncio.Task[None] | None", work: Callable[[], Awaitable[object]]) -> None:
        if earlier is not None:
            await asyncio.wait([earlier])
        await work()

    def _forget(self, chat_id: int, task: "asyncio.Task[None]") -> None:
        self._room.release()
        self._leave(chat_id)
        self._tasks.discard(task)
        if self._behind.get(chat_id) is task:
            del self._behind[chat_id]

    def _leave(self, chat_id: int) -> None:
        self._waiting[chat_id] -= 1
        if not self._waiting[chat_id]:
            del self._waiting[chat_id]
