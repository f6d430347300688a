"""Kill -9 while 300 updates are on their way: none is lost, none is applied twice, and everybody can go on."""

import asyncio
import logging
import random
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.actions import Answer, OpenModule, ShowPrompt, StartQuiz
from bot.storage.tables import attempt
from tests.torture.doses import PATIENCE, dose
from tests.torture.people import FIRST, STARTING, USES, Cast
from tests.torture.stage import OpenStage

log = logging.getLogger(__name__)  # to read the figures: pytest -o log_cli=true -o log_cli_level=INFO

ROUNDS = dose("kill_rounds", 20, 200)  # in all: most on SQLite, some on PostgreSQL


MOST = 50  # rounds of one program: each of them answers a question more, and a quiz has at most sixty


def shares(mode: str) -> Iterator[Any]:
    for database, rounds in (("sqlite", ROUNDS // 2 - ROUNDS // 8), ("postgresql", ROUNDS // 8)):
        for first in range(0, rounds, MOST):
            yield pytest.param(mode, database, range(first, min(first + MOST, rounds)), id=f"{mode}-{database}-{first}")


@pytest.mark.timeout(PATIENCE)
@pytest.mark.parametrize(("mode", "database", "rounds"), [*shares("polling"), *shares("webhook")])
async def test_kill_9_neither_loses_an_update_nor_applies_one_twice(open_stage: OpenStage, mode: str, database: str, rounds: range) -> None:
    async with open_stage(database, mode, size=100 + STARTING * (len(rounds) + 1), questions=len(rounds) + 2) as stage:
        link = await asyncio.to_thread(stage.program.command, "invite", "--uses", str(USES))
        cast = Cast(stage, link.rpartition("=")[2])
        await stage.program.start()
        await cast.take_places()
        for number in rounds:
            dice = random.Random(f"{mode} {database} {number}")  # noqa: S311 - the same dice each time, so that a failure comes again
            cast.act(dice)
            calls = dice.randrange(450)
            await stage.calls_made(calls)
            await stage.program.kill()
            waiting, stored = stage.unacknowledged()
            await stage.program.start()
            unanswered = await stage.all_taken_in()
            figures = (mode, database, number, calls, waiting, stored, len(unanswered), cast.behind())
            log.info("%s %s %s: %s calls; %s not acknowledged, %s of them stored; %s unanswered, %s screens behind", *figures)
            cast.check()
            await cast.go_on(dice)
            cast.check()
        await cast.end(random.Random(1))  # noqa: S311 - as above
        cast.check()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_a_graceful_stop_ends_what_is_under_way_and_leaves_the_rest(open_stage: OpenStage, mode: str) -> None:
    async with open_stage("sqlite", mode, size=100 + 2 * STARTING) as stage:
        link = await asyncio.to_thread(stage.program.command, "invite", "--uses", str(USES))
        cast = Cast(stage, link.rpartition("=")[2])
        await stage.program.start()
        await cast.take_places()
        cast.act(random.Random(1))  # noqa: S311 - as above
        await stage.calls_made(100)
        assert await stage.program.stop() == 0
        waiting, stored = stage.unacknowledged()
        assert stored == 0
        assert len([query for query in stage.world.state.queries.values() if not query.answered]) <= waiting
        await stage.program.start()
        await stage.world.settled(timeout=90)
        assert cast.behind() == 0
        cast.check()


@pytest.mark.timeout(300)
async def test_an_answer_that_comes_again_shows_its_outcome_and_counts_once(open_stage: OpenStage) -> None:
    async with open_stage("sqlite", "webhook") as stage:  # there the sandbox can be made to send an update again
        await stage.program.start()
        stage.open_link(FIRST, "m-jawab")
        await stage.press(FIRST, OpenModule)
        await stage.press(FIRST, StartQuiz)
        await stage.press(FIRST, Answer)
        update = list(stage.world.state.updates.pending.values())[-1]
        await stage.press(FIRST, ShowPrompt)
        await stage.until(lambda: stage.offers(FIRST, Answer))
        stage.world.state.updates.pending[update.id] = update
        stage.world.state.signal.ring()
        await stage.until(lambda: stage.offers(FIRST, ShowPrompt))
        assert stage.rows(select(func.count()).select_from(attempt)) == [(1,)]
