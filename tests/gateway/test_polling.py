import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.clock import AdjustableClock
from bot.gateway.errors import NotStoredError
from bot.gateway.incoming import update_id_of
from bot.gateway.polling import Poller, PollerLease
from bot.gateway.wire import Wire
from bot.sandbox.cast import ANDI_ID, SARI_ID
from bot.sandbox.world import World
from bot.storage.database import Storage
from bot.storage.replicas import take_lease

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
Serve = Callable[[Answer], Awaitable[Wire]]
MINUTE = timedelta(minutes=1)


async def until(condition: Callable[[], object]) -> None:
    """Wait for something that announces itself by nothing."""
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)


class Inbox:
    """Takes updates in, but for those that a test has it refuse."""

    def __init__(self) -> None:
        self.accepted: list[Any] = []
        self.refusals: dict[int, int] = {}
        self.broken: set[int] = set()
        self.gate = asyncio.Event()
        self.gate.set()
        self.changed = asyncio.Event()

    async def accept(self, update: object) -> None:
        await self.gate.wait()
        number = update_id_of(update) or 0
        if self.refusals.get(number, 0) > 0:
            self.refusals[number] -= 1
            raise NotStoredError("the database is gone")
        if number in self.broken:
            self.broken.remove(number)
            raise KeyError("x")
        self.accepted.append(update)
        self.changed.set()

    @property
    def numbers(self) -> list[int | None]:
        return [update_id_of(update) for update in self.accepted]

    async def until(self, count: int) -> None:
        async with asyncio.timeout(15):
            while len(self.accepted) < count:
                self.changed.clear()
                await self.changed.wait()


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def lease(local_storage: Storage, clock: AdjustableClock) -> PollerLease:
    return PollerLease(local_storage, clock, "satu")


@pytest.fixture
def poller(wire: Wire, inbox: Inbox, lease: PollerLease) -> Poller:
    return Poller(wire, inbox.accept, lease, time.monotonic)


@contextlib.asynccontextmanager
async def running(poller: Poller) -> AsyncIterator[None]:
    task = asyncio.create_task(poller.run())
    yield
    poller.stop()
    await asyncio.wait_for(task, 10)


def polls(world: World) -> list[Any]:
    return [call.parameters for call in world.calls if call.method == "getUpdates"]


async def test_updates_are_taken_in_and_acknowledged(world: World, poller: Poller, inbox: Inbox) -> None:
    world.start(SARI_ID)
    async with running(poller):
        await inbox.until(1)
        world.say(SARI_ID, SARI_ID, "halo")
        await inbox.until(2)
        await world.until(lambda: not world.state.updates.pending)
        assert poller.seconds_since_success() < 5
    assert [update["message"]["text"] for update in inbox.accepted] == ["/start", "halo"]


async def test_nothing_is_acknowledged_before_it_is_stored(world: World, poller: Poller, inbox: Inbox) -> None:
    inbox.gate.clear()
    world.start(SARI_ID)
    world.start(ANDI_ID)
    async with running(poller):
        await world.until(lambda: any(call.ok for call in world.calls if call.method == "getUpdates"))
        assert len(world.state.updates.pending) == 2
        inbox.gate.set()
        await inbox.until(2)
    assert not world.state.updates.pending


async def test_polling_goes_on_from_the_first_that_was_not_stored(world: World, poller: Poller, inbox: Inbox) -> None:
    for text in ("satu", "dua", "tiga"):
        world.say(SARI_ID, SARI_ID, text)
    first, second, third = sorted(world.state.updates.pending)
    inbox.refusals = {second: 1}
    async with running(poller):
        await inbox.until(4)
        await world.until(lambda: not world.state.updates.pending)
    assert inbox.numbers == [first, third, second, third]
    assert [poll.get("offset") for poll in polls(world)][:3] == [None, second, third + 1]


async def test_an_unexpected_failure_of_one_update_does_not_end_the_polling(world: World, poller: Poller, inbox: Inbox) -> None:
    world.say(SARI_ID, SARI_ID, "satu")
    inbox.broken = set(world.state.updates.pending)
    async with running(poller):
        await inbox.until(1)
    assert not world.state.updates.pending


@pytest.mark.parametrize(
    ("code", "description"),
    [
        (500, "Internal Server Error"),
        (429, "Too Many Requests"),
        (409, "Conflict: terminated by other getUpdates request"),
        (401, "Unauthorized"),
    ],
)
async def test_polling_outlives_every_refusal(world: World, poller: Poller, inbox: Inbox, code: int, description: str) -> None:
    world.fail_next("getUpdates", code, description, retry_after=1 if code == 429 else None)
    world.start(SARI_ID)
    async with running(poller):
        await inbox.until(1)
    assert [call.ok for call in world.calls if call.method == "getUpdates"][:2] == [False, True]


async def test_a_broken_connection_is_made_again(world: World, poller: Poller, inbox: Inbox) -> None:
    world.drop_next("getUpdates")
    world.start(SARI_ID)
    async with running(poller):
        await inbox.until(1)


async def test_a_webhook_in_the_way_is_removed_and_what_waits_is_kept(world: World, wire: Wire, poller: Poller, inbox: Inbox) -> None:
    await wire.call("setWebhook", {"url": "http://127.0.0.1:1/telegram/webhook"})
    world.start(SARI_ID)
    async with running(poller):
        await inbox.until(1)
    assert (await wire.call("getWebhookInfo", {}))["url"] == ""


async def test_only_the_kinds_that_are_of_use_are_asked_for(world: World, poller: Poller, inbox: Inbox) -> None:
    world.start(SARI_ID)
    async with running(poller):
        await inbox.until(1)
    assert polls(world)[0]["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member", "poll_answer"]


async def test_odd_answers_never_stop_the_polling(serve: Serve, inbox: Inbox, lease: PollerLease) -> None:
    good = '{"update_id":5,"message":{}}'
    bodies = iter(["<html>", '{"ok":true,"result":{"update_id":1}}', f'{{"ok":true,"result":[null,"x",{good}]}}'])

    async def answer(request: web.Request) -> web.Response:
        del request
        return web.Response(text=next(bodies, '{"ok":true,"result":[]}'))

    async with running(Poller(await serve(answer), inbox.accept, lease, time.monotonic)):
        await inbox.until(3)
    assert inbox.numbers == [None, None, 5]


async def test_one_replica_polls_and_another_takes_over_when_it_stops(
    world: World, wire: Wire, poller: Poller, inbox: Inbox, local_storage: Storage, clock: AdjustableClock
) -> None:
    second_inbox = Inbox()
    second = Poller(wire, second_inbox.accept, PollerLease(local_storage, clock, "dua"), time.monotonic)
    world.start(SARI_ID)
    async with contextlib.AsyncExitStack() as stack:
        async with running(poller):
            await inbox.until(1)
            await stack.enter_async_context(running(second))
            world.say(SARI_ID, SARI_ID, "halo")
            await inbox.until(2)
        assert second_inbox.accepted == []
        world.say(SARI_ID, SARI_ID, "lagi")
        await second_inbox.until(1)
    assert [update["message"]["text"] for update in second_inbox.accepted] == ["lagi"]


async def test_a_replica_that_does_not_reach_telegram_lets_another_poll(
    world: World, wire: Wire, dead_wire: Wire, inbox: Inbox, local_storage: Storage, clock: AdjustableClock
) -> None:
    cut_off = Poller(dead_wire, Inbox().accept, PollerLease(local_storage, clock, "satu"), time.monotonic)
    standby = Poller(wire, inbox.accept, PollerLease(local_storage, clock, "dua"), time.monotonic)
    assert await local_storage.run(take_lease, "poller", "satu", clock.now(), MINUTE)
    world.start(SARI_ID)
    async with running(cut_off), running(standby):
        await inbox.until(1)
        await until(lambda: cut_off.seconds_since_success() < 60)


@pytest.mark.parametrize(("age", "is_well"), [(timedelta(seconds=5), True), (timedelta(minutes=5), False), (None, False)])
async def test_a_standby_is_only_as_well_off_as_the_one_that_polls(
    poller: Poller, local_storage: Storage, clock: AdjustableClock, age: timedelta | None, *, is_well: bool
) -> None:
    worked_at = None if age is None else clock.now() - age
    assert await local_storage.run(take_lease, "poller", "dua", clock.now(), MINUTE, worked_at)
    looks: list[float] = []

    def look() -> bool:
        looks.append(poller.seconds_since_success())
        return len(looks) > 100 if not is_well else looks[-1] < 60

    async with running(poller):
        await until(look)
    assert all(seconds > 60 for seconds in looks[:-1])


async def test_the_age_of_the_last_poll_is_infinite_before_the_first(poller: Poller) -> None:
    assert poller.seconds_since_success() == float("inf")
