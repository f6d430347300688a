import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
import pytest
from sqlalchemy import select

from bot.clock import AdjustableClock
from bot.gateway.dead import DeadLetters
from bot.gateway.errors import NotStoredError
from bot.gateway.incoming import Incoming
from bot.gateway.intake import Intake, Show
from bot.gateway.lanes import Lanes
from bot.gateway.meters import Meters
from bot.screen import Screen
from bot.storage import ledger
from bot.storage.database import Storage, StorageUnavailableError
from bot.storage.engine import make_engine
from bot.storage.tables import dead_update

BOT_ID = 7
Handle = Callable[[Incoming], Awaitable[Screen | None]]


class Bot:
    """A bot for the tests: it notes what it was asked and what it showed, and waits at gates where a test wants it to."""

    def __init__(self, storage: Storage, clock: AdjustableClock) -> None:
        self.storage = storage
        self.clock = clock
        self.handled: list[int] = []
        self.shown: list[tuple[int, str]] = []
        self.answers: list[dict[str, Any] | None] = []
        self.failing: dict[int, Exception] = {}
        self.tries: list[int] = []
        self.gates: dict[int, asyncio.Event] = {}
        self.screen_gate = asyncio.Event()
        self.screen_gate.set()
        self.showing = asyncio.Event()
        self.changed = asyncio.Event()

    async def handle(self, incoming: Incoming) -> Screen | None:
        self.tries.append(incoming.update_id)
        self.changed.set()
        if gate := self.gates.get(incoming.update_id):
            await gate.wait()
        if error := self.failing.get(incoming.update_id):
            raise error
        await self.storage.run(ledger.see, BOT_ID, incoming.update_id, self.clock.now())
        self.handled.append(incoming.update_id)
        self.changed.set()
        return Screen(f"jawaban {incoming.update_id}", toast="ya")

    async def show(self, incoming: Incoming, screen: Screen | None, answer: dict[str, Any] | None) -> None:
        self.showing.set()
        await self.screen_gate.wait()
        self.shown.append((incoming.update_id, screen.text if screen else ""))
        self.answers.append(answer)

    async def until(self, condition: Callable[[], object]) -> None:
        while not condition():
            self.changed.clear()
            await self.changed.wait()

    def intake(self, meters: Meters, *, show: Show | None = None, answer_in_response: bool = False, room: int = 100) -> Intake:
        dead = DeadLetters(self.storage, self.clock, BOT_ID)
        return Intake(
            "sinau_bot",
            self.handle,
            show or self.show,
            _apologise,
            dead,
            meters,
            answer_in_response=answer_in_response,
            lanes=Lanes(room, 5),
        )


def _apologise(_incoming: Incoming, code: str) -> Screen:
    return Screen(f"maaf {code}")


@pytest.fixture
def bot(local_storage: Storage, clock: AdjustableClock) -> Bot:
    return Bot(local_storage, clock)


@pytest.fixture
def intake(bot: Bot, meters: Meters) -> Intake:
    return bot.intake(meters)


def said(update_id: int, chat_id: int = 1, text: str = "halo") -> dict[str, Any]:
    user = {"id": chat_id, "is_bot": False, "first_name": "Sari"}
    message = {"message_id": update_id, "date": 1, "chat": {"id": chat_id, "type": "private"}, "from": user, "text": text}
    return {"update_id": update_id, "message": message}


def tapped(update_id: int) -> dict[str, Any]:
    user = {"id": 1, "is_bot": False, "first_name": "Sari"}
    return {"update_id": update_id, "callback_query": {"id": "q1", "from": user, "data": "go", "chat_instance": "c"}}


async def dead_updates(storage: Storage) -> list[Any]:
    return await storage.run(lambda connection: list(connection.execute(select(dead_update)).all()))


async def test_an_update_is_taken_in_when_it_is_stored_and_shown_afterwards(bot: Bot, intake: Intake) -> None:
    bot.screen_gate.clear()
    await intake.accept(said(1))
    assert bot.handled == [1]
    assert bot.shown == []
    bot.screen_gate.set()
    assert await intake.lanes.drain(5)
    assert bot.shown == [(1, "jawaban 1")]


async def test_a_chat_is_served_in_order_and_another_one_meanwhile(bot: Bot, intake: Intake) -> None:
    bot.gates[1] = asyncio.Event()
    first, second = asyncio.create_task(intake.accept(said(1))), asyncio.create_task(intake.accept(said(2)))
    await intake.accept(said(3, chat_id=2))
    assert bot.handled == [3]
    bot.gates[1].set()
    await asyncio.gather(first, second)
    assert await intake.lanes.drain(5)
    assert bot.handled == [3, 1, 2]
    assert [update_id for update_id, _ in bot.shown if update_id != 3] == [1, 2]


async def test_screens_of_a_chat_keep_their_order_when_showing_is_slow(bot: Bot, intake: Intake) -> None:
    bot.screen_gate.clear()
    for update_id in range(1, 6):
        await intake.accept(said(update_id))
    bot.screen_gate.set()
    assert await intake.lanes.drain(5)
    assert [update_id for update_id, _ in bot.shown] == [1, 2, 3, 4, 5]


async def test_the_answer_to_a_press_travels_in_the_response_or_with_the_screen(bot: Bot, meters: Meters) -> None:
    webhook, polling = bot.intake(meters, answer_in_response=True), bot.intake(meters)
    answer = {"method": "answerCallbackQuery", "callback_query_id": "q1", "text": "ya", "show_alert": False}
    assert await webhook.accept(tapped(1)) == answer
    assert await polling.accept(tapped(2)) is None
    assert await webhook.lanes.drain(5)
    assert await polling.lanes.drain(5)
    assert bot.answers == [None, answer]


async def test_an_update_that_always_fails_is_parked_and_the_next_goes_on(bot: Bot, intake: Intake, meters: Meters) -> None:
    bot.failing[1] = KeyError("kata sandi saya")
    await intake.accept(said(1, text="rahasia"))
    await intake.accept(said(2))
    assert await intake.lanes.drain(5)
    assert bot.tries == [1, 1, 1, 2]
    (row,) = await dead_updates(bot.storage)
    assert (row.bot_id, row.update_id, row.at) == (BOT_ID, 1, bot.clock.now())
    assert json.loads(row.body) == said(1, text="rahasia")
    assert row.error.startswith("KeyError at ")
    assert "kata sandi" not in row.error
    assert bot.shown == [(1, f"maaf {row.code}"), (2, "jawaban 2")]
    assert len(row.code) == 4
    assert meters.registry.get_sample_value("sinau_updates_total", {"outcome": "dead"}) == 1


async def test_a_passing_failure_is_tried_again(bot: Bot, intake: Intake) -> None:
    bot.failing[1] = RuntimeError("sekali saja")
    bot.gates[1] = asyncio.Event()
    accepting = asyncio.create_task(intake.accept(said(1)))
    await bot.until(lambda: bot.tries)
    del bot.failing[1]
    bot.gates[1].set()
    await accepting
    assert bot.handled == [1]
    assert await dead_updates(bot.storage) == []


async def test_without_a_database_nothing_is_acknowledged_nor_counted_as_a_failure(bot: Bot, intake: Intake) -> None:
    bot.failing[1] = StorageUnavailableError("gone")
    for _ in range(5):
        with pytest.raises(NotStoredError):
            await intake.accept(said(1))
    del bot.failing[1]
    await intake.accept(said(1))
    assert bot.handled == [1]
    assert await dead_updates(bot.storage) == []


async def test_what_follows_an_update_that_was_not_stored_waits_for_it(bot: Bot, intake: Intake) -> None:
    bot.gates[1] = asyncio.Event()
    bot.failing[1] = StorageUnavailableError("gone")
    taken = [asyncio.create_task(intake.accept(update)) for update in (said(1), said(2), said(3, chat_id=2))]
    await bot.until(lambda: bot.tries == [1, 3])
    bot.gates[1].set()
    first, second, other_chat = await asyncio.gather(*taken, return_exceptions=True)
    assert isinstance(first, NotStoredError)
    assert isinstance(second, NotStoredError)
    assert other_chat is None
    del bot.failing[1]
    await intake.accept(said(1))
    await intake.accept(said(2))
    assert bot.handled == [3, 1, 2]


async def test_an_update_is_not_acknowledged_when_it_cannot_even_be_parked(clock: AdjustableClock, meters: Meters) -> None:
    nowhere = Storage(make_engine("postgresql://nobody@127.0.0.1:1/none"))
    bot = Bot(nowhere, clock)
    bot.failing[1] = ValueError("x")
    with pytest.raises(NotStoredError):
        await bot.intake(meters).accept(said(1))
    assert bot.shown == []
    nowhere.close()


@pytest.mark.parametrize("update", [{"update_id": 9, "message": {"text": "halo"}}, {"update_id": 9, "callback_query": 5}])
async def test_a_malformed_update_is_parked_without_disturbing_anybody(bot: Bot, intake: Intake, update: dict[str, Any]) -> None:
    assert await intake.accept(update) is None
    (row,) = await dead_updates(bot.storage)
    assert row.update_id == 9
    assert json.loads(row.body) == update
    assert bot.tries == []


@pytest.mark.parametrize("update", [{}, [], None, "x", {"update_id": "nine"}])
async def test_an_update_without_a_number_is_counted_and_acknowledged(bot: Bot, intake: Intake, meters: Meters, update: object) -> None:
    assert await intake.accept(update) is None
    assert await dead_updates(bot.storage) == []
    assert meters.registry.get_sample_value("sinau_updates_total", {"outcome": "malformed"}) == 1


async def test_words_that_no_database_takes_are_parked_too(bot: Bot, intake: Intake) -> None:
    bot.failing[1] = ValueError("x")
    await intake.accept(said(1, text="nol \x00 dan \ud83d"))
    (row,) = await dead_updates(bot.storage)
    assert json.loads(row.body)["message"]["text"] == "nol \x00 dan \ud83d"


async def test_what_is_nested_too_deeply_to_be_kept_is_parked_without_it(bot: Bot, intake: Intake) -> None:
    assert await intake.accept({"update_id": 9, "message": orjson.loads("[" * 1020 + "]" * 1020)}) is None
    (row,) = await dead_updates(bot.storage)
    assert "nested too deeply" in row.body


async def test_a_screen_that_cannot_be_shown_does_not_hold_up_the_next(
    local_storage: Storage, clock: AdjustableClock, meters: Meters
) -> None:
    bot = Bot(local_storage, clock)

    async def broken(incoming: Incoming, screen: Screen | None, answer: dict[str, Any] | None) -> None:
        if incoming.update_id == 1:
            raise RuntimeError("broken")
        await bot.show(incoming, screen, answer)

    intake = bot.intake(meters, show=broken)
    await intake.accept(said(1))
    await intake.accept(said(2))
    assert await intake.lanes.drain(5)
    assert bot.shown == [(2, "jawaban 2")]


async def test_being_stopped_is_no_failure(bot: Bot, intake: Intake) -> None:
    bot.gates[1] = asyncio.Event()
    accepting = asyncio.create_task(intake.accept(said(1)))
    await bot.until(lambda: bot.tries)
    accepting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await accepting
    assert await dead_updates(bot.storage) == []
    bot.gates[1].set()
    await intake.accept(said(1))
    assert bot.handled == [1]


async def test_draining_gives_up_what_does_not_end(bot: Bot, intake: Intake) -> None:
    bot.screen_gate.clear()
    await intake.accept(said(1))
    await bot.showing.wait()
    assert not await intake.lanes.drain(0.01)
    assert bot.shown == []


async def test_intake_slows_down_when_screens_pile_up(bot: Bot, meters: Meters) -> None:
    intake = bot.intake(meters, room=2)
    bot.screen_gate.clear()
    await intake.accept(said(1, chat_id=1))
    await intake.accept(said(2, chat_id=2))
    third = asyncio.create_task(intake.accept(said(3, chat_id=3)))
    await bot.until(lambda: bot.handled == [1, 2, 3])
    done, _ = await asyncio.wait({third}, timeout=0.05)
    assert not done
    bot.screen_gate.set()
    await third
    assert await intake.lanes.drain(5)


async def test_a_chat_that_floods_the_bot_is_not_shown_everything_and_slows_nobody_down(bot: Bot, intake: Intake, meters: Meters) -> None:
    bot.screen_gate.clear()
    for update_id in range(1, 21):
        await intake.accept(said(update_id))
    await intake.accept(said(99, chat_id=2))
    bot.screen_gate.set()
    assert await intake.lanes.drain(5)
    assert bot.handled == [*range(1, 21), 99]
    assert sorted(update_id for update_id, _ in bot.shown) == [1, 2, 3, 4, 5, 99]
    assert meters.registry.get_sample_value("sinau_screens_total", {"outcome": "skipped"}) == 15
    await intake.accept(said(21))
    assert await intake.lanes.drain(5)
    assert bot.shown[-1] == (21, "jawaban 21")
