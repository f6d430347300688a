"""Pushing updates to the bot's webhook, as patiently as Telegram does."""

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

import aiohttp
import orjson

from bot.sandbox.api import ConnectionBrokenError, call
from bot.sandbox.parameters import Parameters
from bot.sandbox.records import Update
from bot.sandbox.state import State

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 10.0
TIMEOUT = 60.0
_SUCCESS = range(200, 300)


@dataclass(slots=True)
class _Lane:
    """The updates of one chat on their way: one at a time, and none before `resume` (the loop's time) after failures."""

    busy: bool = False
    pause: float = FIRST_PAUSE
    resume: float = 0.0


class Pusher:
    """Sends what waits to the webhook: many chats at once, each in its order, again and again until the bot says 2xx."""

    def __init__(self, state: State) -> None:
        """Push what waits in `state`."""
        self._state = state
        self._lanes: dict[int, _Lane] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._flying = 0

    async def run(self) -> None:
        """Push until cancelled."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT)) as session:
            try:
                while True:
                    self._send_ready(session)
                    await self._news()
            finally:
                await self._stop()

    async def _stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _news(self) -> None:
        """Wait until something changes or a chat's pause ends."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._wait()):
                await self._state.signal.heard()

    def _send_ready(self, session: aiohttp.ClientSession) -> None:
        for update in self._ready():
            lane = self._lanes.setdefault(update.lane, _Lane())
            lane.busy = True
            self._flying += 1
            task = asyncio.create_task(self._send(session, update, lane))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _ready(self) -> Iterator[Update]:
        """Yield the updates that can go now: the oldest of each chat that neither waits nor pauses."""
        if not self._state.webhook.url:
            return
        seen: set[int] = set()
        now = asyncio.get_running_loop().time()
        for update in list(self._state.updates.pending.values()):
            if self._flying >= self._state.webhook.connections:
                return
            lane = self._lanes.get(update.lane)
            if update.lane not in seen and (lane is None or not (lane.busy or lane.resume > now)):
                yield update
            seen.add(update.lane)

    def _wait(self) -> float:
        """Return the seconds until the first pause ends."""
        now = asyncio.get_running_loop().time()
        return min((lane.resume - now for lane in self._lanes.values() if lane.resume > now), default=TIMEOUT)

    async def _send(self, session: aiohttp.ClientSession, update: Update, lane: _Lane) -> None:
        update.delivered = True
        failure = await self._deliver(session, update)
        lane.busy = False
        self._flying -= 1
        if failure:
            self._state.webhook.failed_at, self._state.webhook.failure = self._state.now(), failure
            lane.resume = asyncio.get_running_loop().time() + lane.pause
            lane.pause = min(lane.pause * 2, LONGEST_PAUSE)
        else:
            del self._lanes[update.lane]
            self._state.updates.acknowledge([update.id])
        self._state.signal.ring()

    async def _deliver(self, session: aiohttp.ClientSession, update: Update) -> str:
        """Post one update and return what went wrong, nothing when the bot took it."""
        webhook = self._state.webhook
        headers = {"Content-Type": "application/json"}
        if webhook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = webhook.secret
        try:
            async with session.post(webhook.url, data=orjson.dumps(update.json()), headers=headers) as response:
                body = await response.read()
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientError:
            return "Connection refused"
        if response.status not in _SUCCESS:
            return f"Wrong response from the webhook: {response.status} {response.reason}"
        await self._carry_out(body)
        return ""

    async def _carry_out(self, body: bytes) -> None:
        """Make the call that the bot put into its response, if it did; its result goes nowhere, as with Telegram."""
        try:
            values = orjson.loads(body)
        except orjson.JSONDecodeError:
            return
        if isinstance(values, dict) and isinstance(values.get("method"), str):
            try:
                await call(self._state, values.pop("method"), Parameters(values))
            except ConnectionBrokenError:
                return
