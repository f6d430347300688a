import asyncio
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.sandbox.cast import COORDINATOR_ID, GROUP_ID, SARI_ID, YOSEF_ID, crowd
from bot.sandbox.errors import BotApiError
from bot.sandbox.limits import Limits
from bot.sandbox.records import Chat
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World

if TYPE_CHECKING:
    from tests.sandbox.conftest import Api


async def test_ordered_failures_meet_the_next_calls_only(api: "Api", world: World) -> None:
    world.start(SARI_ID)
    world.start(YOSEF_ID)
    world.fail_next("sendMessage", 429, "ignored", times=2, retry_after=7, chat=SARI_ID)
    world.fail_next("*", 500, "Internal Server Error")
    answer = await api("sendMessage", chat_id=SARI_ID, text="x")
    assert (answer["error_code"], answer["description"], answer["parameters"]) == (
        429,
        "Too Many Requests: retry after 7",
        {"retry_after": 7},
    )
    assert (await api("sendMessage", chat_id=YOSEF_ID, text="x"))["error_code"] == 500
    assert (await api("sendMessage", chat_id=YOSEF_ID, text="x"))["ok"]
    assert (await api("sendMessage", chat_id=SARI_ID, text="x"))["error_code"] == 429
    assert (await api("sendMessage", chat_id=SARI_ID, text="x"))["ok"]
    assert [call.ok for call in world.calls] == [False, False, True, False, True]


@pytest.mark.parametrize("arrived", [0, 1])
async def test_a_connection_breaks_before_or_after_the_message_is_sent(address: str, world: World, token: str, arrived: int) -> None:
    world.start(SARI_ID)
    world.drop_next("sendMessage", late=bool(arrived))
    url = f"{address}/bot{token}/sendMessage"
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientError):
            await (await session.post(url, json={"chat_id": SARI_ID, "text": "x"})).read()
        assert len(world.sent(SARI_ID)) == arrived
        assert (await session.post(url, json={"chat_id": SARI_ID, "text": "y"})).status == 200


async def test_latency_holds_calls_back_together(api: "Api", world: World) -> None:
    world.latency(0.05)
    waiting = asyncio.gather(api("getMe"), api("getMe"))
    await world.until(lambda: world.state.busy == 2)
    await waiting
    assert world.state.busy == 0


class Time:
    """A timer that only the test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def private(number: int) -> Chat:
    return Chat(number, "private")


def refused(limits: Limits, chat: Chat) -> int:
    """Return the seconds to wait, 0 when the message goes through."""
    try:
        limits.admit(chat)
    except BotApiError as error:
        return int((error.parameters or {})["retry_after"])
    return 0


def test_thirty_messages_go_through_in_any_second() -> None:
    time = Time()
    limits = Limits(time)
    limits.enforced = True
    assert [refused(limits, private(number)) for number in range(31)] == [0] * 30 + [1]
    time.now += 0.9
    assert refused(limits, private(99)) == 1
    time.now += 0.2
    assert refused(limits, private(99)) == 0


def test_a_thousand_paid_messages_go_through_in_any_second_and_thirty_of_them_are_free() -> None:
    limits = Limits(Time())
    limits.enforced = True
    for number in range(1030):
        limits.admit(private(number), paid=True)
    assert limits.charged == 1000
    with pytest.raises(BotApiError):
        limits.admit(private(5000), paid=True)
    assert refused(limits, private(6000)) > 0


def test_a_chat_takes_a_burst_then_one_a_second() -> None:
    time = Time()
    limits = Limits(time)
    limits.enforced = True
    assert sum(refused(limits, private(1)) == 0 for _ in range(15)) == 10
    assert refused(limits, private(2)) == 0
    for _ in range(30):
        time.now += 1.1
        refused(limits, private(3))
    sent = 0
    for _ in range(30):
        time.now += 1.0
        sent += refused(limits, private(3)) == 0
    assert sent == 30


def test_a_group_takes_twenty_a_minute() -> None:
    time = Time()
    limits = Limits(time)
    limits.enforced = True
    group = Chat(-1, "group")
    outcomes = []
    for _ in range(21):
        time.now += 0.125
        outcomes.append(refused(limits, group))
    assert outcomes == [0] * 20 + [58]
    time.now += 57
    assert refused(limits, group) == 1
    time.now += 1
    assert refused(limits, group) == 0


async def test_limits_hold_only_when_asked_for(api: "Api", world: World) -> None:
    world.add_bot(COORDINATOR_ID, GROUP_ID)
    for _ in range(25):
        await api.result("sendMessage", chat_id=GROUP_ID, text="x")
    world.enforce_limits()
    answers = [await api("sendMessage", chat_id=GROUP_ID, text="x") for _ in range(21)]
    assert [answer["ok"] for answer in answers] == [True] * 20 + [False]
    assert answers[-1]["parameters"]["retry_after"] > 50


def test_a_sandbox_can_hold_a_crowd(world: World) -> None:
    people = crowd(1_000)
    sandbox = Sandbox(world.clock, "1:x", people=people)
    for person in people:
        sandbox.world.start(person.id)
    assert len(sandbox.world.state.updates.pending) == 1_000


@pytest.mark.parametrize("nonsense", ["", "abc", "12:", "x:y"])
def test_a_token_that_is_none_is_refused_at_once(world: World, nonsense: str) -> None:
    with pytest.raises(ValueError, match="a bot token reads like 123456:ABC"):
        Sandbox(world.clock, nonsense)
