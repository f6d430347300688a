"""Telegram out of reach, slow, faulty, or asking for silence: nothing is lost, and all goes on soon after it is back."""

import asyncio
import json
import logging
import random
import time
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

import pytest
from sqlalchemy import select

from bot.storage.tables import brake
from tests.torture.broadcasts import announce, gather_audience, received, reported
from tests.torture.doses import LARGE, PATIENCE, dose
from tests.torture.people import FIRST, STARTING, USES, Cast
from tests.torture.stage import OpenStage, Stage

log = logging.getLogger(__name__)  # to read the figures: pytest -o log_cli=true -o log_cli_level=INFO

OUTAGE = dose("outage", 2, 120)  # seconds
NOTICED = 90.0  # seconds after which a poll that brings nothing is told in /readyz
RECOVERED = 15.0  # seconds after which all works again, once Telegram does
SILENCE = dose("silence", 4, 15)  # seconds
SILENCES = dose("silences", 1, 10)
WAY = 0.01  # seconds that a message is on its way


def go_dead(stage: Stage) -> None:
    stage.telegram.lose()


def reset(stage: Stage) -> None:
    stage.telegram.break_off()


def go_slow(stage: Stage) -> None:
    stage.telegram.delay = 1.0


def fail(stage: Stage) -> None:
    stage.world.fail_next("*", 502, "Bad Gateway", times=1_000_000)


async def checks(stage: Stage) -> dict[str, str]:
    found: dict[str, str] = json.loads((await stage.program.get("/readyz"))[1])["checks"]
    return found


@pytest.mark.timeout(PATIENCE)
@pytest.mark.parametrize("database", ["sqlite", "postgresql"] if LARGE else ["sqlite"])
async def test_after_an_outage_of_telegram_nothing_is_missing_and_all_goes_on(open_stage: OpenStage, database: str) -> None:
    async with open_stage(database, size=100 + 6 * STARTING, questions=8, breakable=True) as stage:
        link = await asyncio.to_thread(stage.program.command, "invite", "--uses", str(USES))
        cast = Cast(stage, link.rpartition("=")[2])
        await stage.program.start()
        await cast.take_places()
        faults: list[Callable[[Stage], None]] = [go_dead, reset, go_slow, fail]
        for fault in faults:
            dice = random.Random(f"{database} {fault.__name__}")  # noqa: S311 - the same dice each time, so that a failure comes again
            fault(stage)
            broken_at = time.monotonic()
            cast.act(dice)
            noticed = await unready_within(stage, NOTICED) if OUTAGE > NOTICED and fault is not go_slow else None
            await asyncio.sleep(max(0.0, broken_at + OUTAGE - time.monotonic()))
            assert (await stage.program.get("/healthz"))[0] == HTTPStatus.OK
            stage.telegram.restore()
            stage.world.state.faults.clear()
            recovered = await answered(stage, next(each.person for each in cast.starting if each.opened))
            await stage.eventually(stage.program.is_ready, RECOVERED)
            await stage.all_taken_in()
            log.info("%s %s: noticed after %s s, answered %.1f s after it was over", database, fault.__name__, noticed, recovered)
            cast.check()
            await cast.go_on(dice)
            cast.check()


async def unready_within(stage: Stage, seconds: float) -> float:
    async def is_unready() -> bool:
        return not await stage.program.is_ready()

    return await stage.eventually(is_unready, seconds)


async def answered(stage: Stage, person: int) -> float:
    """Let somebody ask something, and return after how many seconds they had the answer."""
    begun = time.monotonic()
    before = len(stage.world.sent(person))
    stage.say(person, "/belajar")
    await stage.until(lambda: len(stage.world.sent(person)) > before)
    took = time.monotonic() - begun
    assert took < RECOVERED
    return took


async def test_a_start_waits_for_telegram_and_says_so(open_stage: OpenStage) -> None:
    async with open_stage("sqlite", "webhook", breakable=True) as stage:
        stage.telegram.break_off()
        await stage.program.start()
        await stage.eventually(lambda: answers(stage, "/healthz", HTTPStatus.OK))
        assert (await stage.program.get("/readyz"))[0] == HTTPStatus.SERVICE_UNAVAILABLE
        assert (await checks(stage))["telegram"].startswith("not reached yet")
        assert await stage.program.stop() == 0
        await stage.program.start()
        await stage.eventually(lambda: answers(stage, "/healthz", HTTPStatus.OK))
        stage.telegram.restore()
        await stage.eventually(stage.program.is_ready, RECOVERED)
        assert await answered(stage, FIRST) < RECOVERED


async def answers(stage: Stage, path: str, status: int) -> bool:
    return (await stage.program.get(path))[0] == status


@pytest.mark.timeout(PATIENCE)
async def test_nothing_is_sent_while_telegram_wants_silence_not_even_after_a_kill(open_stage: OpenStage) -> None:
    async with open_stage("sqlite", size=200) as stage:
        await stage.program.start()
        people = await gather_audience(stage, 200)
        stage.world.latency(WAY)
        for number in range(SILENCES):
            text = f"Pengumuman rekaan {number}"
            await announce(stage, text)
            await stage.calls_made(50)
            until = await told_to_be_silent(stage)
            stage.world.calls.clear()
            if number % 2 == 0:
                await stage.program.kill()
                await stage.program.start()
            stage.say(people[1], "Halo?")
            await reported(stage)
            sends = [call.moment for call in stage.world.calls if call.method in {"copyMessage", "sendMessage"}]
            assert until <= min(sends)
            assert set(people) == set(+received(stage, people, text))
            await stage.all_taken_in()


async def told_to_be_silent(stage: Stage) -> datetime:
    """Answer the next message with 429, wait until the bot has understood, and return when the silence ends."""
    now = stage.world.clock.now()
    stage.world.fail_next("copyMessage", 429, "Too Many Requests", retry_after=SILENCE)

    async def understood() -> bool:
        return any(until > now for (until,) in stage.rows(select(brake.c.until)))

    await stage.eventually(understood)
    await stage.until(lambda: not stage.world.state.busy)
    (until,) = stage.rows(select(brake.c.until))[0]
    assert isinstance(until, datetime)
    return until
