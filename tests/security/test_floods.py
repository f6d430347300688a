"""A person who sends far more than people do is held back; others, and whoever merely hurries, are not."""

import re
from time import monotonic

import aiohttp
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from bot.gateway.floods import Floods
from bot.sandbox.cast import EMMA_ID, SARI_ID
from bot.storage.tables import seen_update
from tests.conversation.stage import Stage

EAGER = st.lists(st.floats(min_value=0, max_value=3), max_size=400)


class Watch:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def admitted(floods: Floods, person: int, times: int) -> int:
    return sum(floods.admit(person) for _ in range(times))


def test_a_burst_goes_through_and_what_is_over_does_not() -> None:
    assert admitted(Floods(60, 5, Watch()), SARI_ID, 500) == 60


def test_after_a_while_the_person_may_go_on() -> None:
    watch = Watch()
    floods = Floods(60, 5, watch)
    admitted(floods, SARI_ID, 500)
    watch.now += 2
    assert admitted(floods, SARI_ID, 500) == 10


def test_one_person_uses_up_nothing_of_another() -> None:
    floods = Floods(60, 5, Watch())
    admitted(floods, SARI_ID, 500)
    assert admitted(floods, EMMA_ID, 60) == 60


def test_what_could_not_be_stored_costs_nothing() -> None:
    floods = Floods(60, 5, Watch())
    for _ in range(500):
        assert floods.admit(SARI_ID)
        floods.give_back(SARI_ID)


def test_giving_back_never_makes_more_than_a_burst() -> None:
    floods = Floods(60, 5, Watch())
    for _ in range(500):
        floods.give_back(SARI_ID)
    assert admitted(floods, SARI_ID, 500) == 60


def test_the_person_is_told_once_a_minute() -> None:
    watch = Watch()
    floods = Floods(60, 5, watch)
    told = []
    for second in range(125):
        watch.now = 1000.0 + second
        told += [second] * sum(floods.is_to_be_told(SARI_ID) for _ in range(20))
    assert told == [0, 60, 120]


def test_a_million_people_cost_no_more_memory_than_the_most() -> None:
    floods = Floods(60, 5, Watch(), most=100)
    for person in range(10_000):
        assert floods.admit(person)
    assert floods.people == 100


def test_whoever_floods_is_not_forgotten_for_the_sake_of_newcomers() -> None:
    floods = Floods(10, 1, Watch(), most=100)
    for newcomer in range(1000):
        floods.admit(-newcomer)
        floods.admit(SARI_ID)
    assert not floods.admit(SARI_ID)


@given(pauses=EAGER)
def test_nobody_gets_more_than_the_burst_and_the_rate(pauses: list[float]) -> None:
    watch = Watch()
    floods = Floods(60, 5, watch)
    taken = 0
    for pause in pauses:
        watch.now += pause
        taken += floods.admit(SARI_ID)
    assert taken <= 60 + 5 * (watch.now - 1000.0) + 1


@given(pauses=st.lists(st.floats(min_value=0.2, max_value=3), max_size=400))
def test_whoever_taps_five_times_a_second_for_as_long_as_they_like_loses_nothing(pauses: list[float]) -> None:
    watch = Watch()
    floods = Floods(60, 5, watch)
    for pause in pauses:
        watch.now += pause
        assert floods.admit(SARI_ID)


async def test_a_flood_has_no_effect_is_told_once_and_lets_others_through(stage: Stage) -> None:
    begin = monotonic()
    for _ in range(300):
        stage.world.say(SARI_ID, SARI_ID, "halo")
    stage.world.start(EMMA_ID)
    await stage.until(lambda: not stage.world.state.updates.pending and texts(stage, EMMA_ID), 60, time_runs=False)
    dropped, stored = await dropped_by(stage), stage.query(seen)
    assert dropped + stored == 301
    assert 61 <= stored <= 62 + 5 * (monotonic() - begin)
    await stage.until(lambda: sum("Terlalu cepat" in text for text in texts(stage, SARI_ID)) == 1, 60, time_runs=False)


async def test_whoever_was_held_back_can_go_on_soon(stage: Stage) -> None:
    for _ in range(100):
        stage.world.say(SARI_ID, SARI_ID, "halo")
    await stage.until(lambda: not stage.world.state.updates.pending, 60, time_runs=False)
    stored = stage.query(seen)

    def goes_on() -> bool:
        if not stage.world.state.updates.pending:
            stage.world.say(SARI_ID, SARI_ID, "halo")
        return bool(stage.query(seen) > stored)

    await stage.until(goes_on, 60, time_runs=False)


def texts(stage: Stage, person: int) -> list[str]:
    return [message.text for message in stage.world.sent(person)]


def seen(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(seen_update)).scalar_one()


async def dropped_by(stage: Stage) -> int:
    assert stage.bot
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{stage.bot.port}/metrics") as answer:
        found = re.search(r'^sinau_updates_total\{outcome="flood"\} (\S+)$', await answer.text(), re.MULTILINE)
    return int(float(found[1])) if found else 0
