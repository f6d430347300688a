import asyncio
import time
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.gateway.pace import Pace
from bot.gateway.pacer import Pacer


@dataclass(frozen=True)
class Ask:
    """Somebody asks at a moment; `late` is how much later than planned their timers wake them."""

    at: float
    reply: bool
    late: float


LATE = st.sampled_from([0.0, 0.001, 0.013])
ASKS = st.lists(st.builds(Ask, at=st.floats(0, 3), reply=st.booleans(), late=LATE), max_size=150)


def sent(pace: Pace, asks: list[Ask]) -> tuple[list[float], list[float]]:
    """Play the asks on a clock of their own; return the moments of all messages and those of the broadcasts."""
    waiting = sorted((ask.at, number) for number, ask in enumerate(asks))
    everything: list[float] = []
    broadcasts: list[float] = []
    while waiting:
        now, number = waiting.pop(0)
        ask = asks[number]
        wait = pace.take_reply(now) if ask.reply else pace.take_broadcast(now)
        if wait > 0:
            waiting.append((now + wait + ask.late, number))
            waiting.sort()
        else:
            everything.append(now)
            broadcasts += [] if ask.reply else [now]
    return everything, broadcasts


def most_in_a_second(moments: list[float]) -> int:
    return max((sum(moment <= other < moment + 1 for other in moments) for moment in moments), default=0)


@given(ASKS, st.integers(1, 4))
@settings(max_examples=150, deadline=None)
def test_no_second_ever_holds_more_than_the_share_of_thirty(asks: list[Ask], replicas: int) -> None:
    pace = Pace(29)
    pace.set_share(replicas)
    everything, broadcasts = sent(pace, asks)
    assert most_in_a_second(everything) <= 30 // replicas
    assert most_in_a_second(broadcasts) <= 29 // replicas


def test_a_long_broadcast_goes_at_the_pace_that_is_set() -> None:
    everything, _ = sent(Pace(29), [Ask(0, reply=False, late=0.001)] * 290)
    assert 9.9 <= everything[-1] <= 10.2


def test_a_bot_that_may_send_more_than_thirty_a_second_does() -> None:
    everything, _ = sent(Pace(200), [Ask(0, reply=False, late=0.001)] * 200 + [Ask(0, reply=True, late=0)] * 50)
    assert 1.0 <= everything[-1] <= 1.6
    assert most_in_a_second(everything) <= 200


def test_broadcasts_are_spread_over_the_second() -> None:
    everything, _ = sent(Pace(29), [Ask(0, reply=False, late=0)] * 29)
    assert all(later - earlier > 0.03 for earlier, later in pairwise(everything[1:]))


@pytest.mark.parametrize(("replies_a_second", "broadcasts_left"), [(0, 29), (2, 24), (5, 18), (20, 4)])
def test_who_writes_while_a_broadcast_goes_out_hardly_waits_and_it_goes_on(replies_a_second: int, broadcasts_left: int) -> None:
    pace = Pace(29)
    replies = [Ask(5 + number / max(1, replies_a_second), reply=True, late=0) for number in range(replies_a_second * 10)]
    waits = []
    waiting = sorted([(ask.at, ask.at, True) for ask in replies] + [(0.0, 0.0, False)] * 600)
    broadcasts = []
    while waiting:
        now, asked, reply = waiting.pop(0)
        if wait := pace.take_reply(now) if reply else pace.take_broadcast(now):
            waiting.append((now + wait, asked, reply))
            waiting.sort()
        elif reply:
            waits.append(now - asked)
        else:
            broadcasts.append(now)
    settled = sorted(waits[replies_a_second:])
    assert not settled or settled[int(len(settled) * 0.95)] < 0.02
    assert sum(7 <= moment < 15 for moment in broadcasts) >= 8 * broadcasts_left


def test_silence_holds_for_everything_and_the_longer_one_counts() -> None:
    pace = Pace(29)
    pace.pause(30, now=100)
    pace.pause(5, now=100)
    assert pace.take_reply(110) == pytest.approx(20)
    assert pace.take_broadcast(110) == pytest.approx(20)
    assert pace.paused_for(130) == 0
    assert pace.take_reply(130) == 0


def test_a_chat_gets_one_broadcast_a_second_and_replies_count() -> None:
    pace = Pace(29)
    assert pace.wait_for_chat(5, now=0) == 0
    pace.note_chat(5, now=0)
    assert pace.wait_for_chat(5, now=0.25) == pytest.approx(0.75)
    assert pace.wait_for_chat(6, now=0.25) == 0
    assert pace.wait_for_chat(5, now=1) == 0


def test_a_group_gets_twenty_messages_a_minute_and_a_private_chat_more() -> None:
    pace = Pace(29)
    for second in range(20):
        assert pace.wait_for_group(-5, now=second) == 0
        pace.note_chat(-5, now=second)
        pace.note_chat(5, now=second)
    assert pace.wait_for_group(-5, now=20) == pytest.approx(40)
    assert pace.wait_for_chat(-5, now=20) == pytest.approx(40)
    assert pace.wait_for_group(5, now=20) == 0
    assert pace.wait_for_group(-5, now=60) == 0


async def test_replies_overtake_broadcasts_that_wait() -> None:
    pace = Pace(10)
    pace.set_share(10)
    pacer = Pacer(pace, time.monotonic)
    order: list[str] = []

    async def broadcast() -> None:
        await pacer.broadcast()
        order.append("broadcast")

    async def reply() -> None:
        await pacer.reply(5)
        order.append("reply")

    assert await pacer.broadcast()
    await asyncio.gather(broadcast(), broadcast(), reply(), reply())
    assert order == ["reply", "reply", "broadcast", "broadcast"]


async def test_a_busy_group_holds_nobody_else_up() -> None:
    pace = Pace(29)
    for _ in range(20):
        pace.note_chat(-5, time.monotonic())
    pacer = Pacer(pace, time.monotonic)
    waiting = asyncio.create_task(pacer.reply(-5))
    await pacer.reply(6)
    assert await pacer.broadcast()
    assert not waiting.done()
    waiting.cancel()


async def test_a_broadcast_does_not_wait_for_silence_to_end() -> None:
    pacer = Pacer(Pace(1), lambda: 100.0)
    assert await pacer.broadcast()
    pacer.pause(60)
    assert not await pacer.broadcast()


async def test_a_chats_turn_is_taken_by_asking() -> None:
    pacer = Pacer(Pace(29), lambda: 100.0)
    assert pacer.turn_of_chat(5) == 0
    assert pacer.turn_of_chat(5) == pytest.approx(1)
