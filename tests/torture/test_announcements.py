"""Kill -9 in the middle of an announcement to a thousand: nobody is left out, and every doubtful delivery is called so."""

import logging
import random

import pytest

from tests.torture.broadcasts import announce, check, gather_audience, received, reported
from tests.torture.doses import PATIENCE, dose
from tests.torture.stage import OpenStage

log = logging.getLogger(__name__)  # to read the figures: pytest -o log_cli=true -o log_cli_level=INFO

ROUNDS = dose("broadcasts", 10, 20)  # in all: most on SQLite, some on PostgreSQL
RECIPIENTS = dose("recipients", 1000, 5000)
KILLS = dose("kills_a_broadcast", 1, 5)
WAY = 0.01  # seconds that a message is on its way, so that a kill meets some there


@pytest.mark.timeout(PATIENCE)
@pytest.mark.parametrize(("database", "share"), [("sqlite", "first"), ("sqlite", "second"), ("postgresql", "rest")])
async def test_kill_9_leaves_nobody_out_and_doubles_only_what_is_called_doubtful(open_stage: OpenStage, database: str, share: str) -> None:
    rounds = ROUNDS - 2 * (2 * ROUNDS // 5) if share == "rest" else 2 * ROUNDS // 5
    async with open_stage(database, size=RECIPIENTS) as stage:
        await stage.program.start()
        people = await gather_audience(stage, RECIPIENTS)
        stage.world.latency(WAY)
        for number in range(rounds):
            text, dice = f"Pengumuman rekaan {number}", random.Random(f"{share} {number}")  # noqa: S311 - the same dice each time
            await announce(stage, text)
            reached = []
            for _ in range(KILLS):
                await stage.calls_made(dice.randrange(1, (RECIPIENTS - 50) // KILLS))
                await stage.program.kill()
                reached.append(len(+received(stage, people, text)))
                await stage.program.start()
            twice, doubtful = check(stage, people, text, await reported(stage), KILLS)
            log.info("%s %s: killed when %s were reached; %s came twice, %s doubtful", share, number, reached, twice, doubtful)
            await stage.all_taken_in()


async def test_a_graceful_stop_leaves_no_delivery_in_doubt(open_stage: OpenStage) -> None:
    async with open_stage("sqlite", size=200) as stage:
        await stage.program.start()
        people = await gather_audience(stage, 200)
        stage.world.latency(WAY)
        await announce(stage, "Pengumuman rekaan")
        await stage.calls_made(50)
        assert await stage.program.stop() == 0
        reached = len(+received(stage, people, "Pengumuman rekaan"))
        assert 0 < reached < len(people)
        await stage.program.start()
        assert check(stage, people, "Pengumuman rekaan", await reported(stage)) == (0, 0)
