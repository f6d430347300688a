"""Kill -9 in the middle of an announcement to a thousand: nobody is left out, and every doubtful delivery is called so."""

import logging
import random
import re
from collections import Counter

import pytest
from sqlalchemy import select

from bot.actions import ConfirmAnnouncement
from bot.sandbox.cast import COORDINATOR_ID, crowd
from bot.storage.tables import announcement, brake, delivery
from tests.torture.doses import PATIENCE, dose
from tests.torture.stage import AT_ONCE, OpenStage, Stage

log = logging.getLogger(__name__)  # to read the figures: pytest -o log_cli=true -o log_cli_level=INFO

ROUNDS = dose("broadcasts", 10, 20)  # in all: most on SQLite, some on PostgreSQL
RECIPIENTS = dose("recipients", 1000, 5000)
KILLS = dose("kills_a_broadcast", 1, 5)
WAY = 0.01  # seconds that a message is on its way, so that a kill meets some there
SILENCE = 12  # seconds


async def gather_audience(stage: Stage, size: int) -> list[int]:
    """Let people press Start, and the coordinator; return everybody's ids."""
    people = [COORDINATOR_ID, *(person.id for person in crowd(size - 1))]
    for person in people:
        stage.open_link(person, "")
    await stage.all_taken_in()
    assert all(stage.world.sent(person) for person in people)
    return people


async def announce(stage: Stage, text: str) -> None:
    """Announce something, as a coordinator would."""
    stage.say(COORDINATOR_ID, "/umumkan")
    await stage.world.settled(timeout=90)
    stage.say(COORDINATOR_ID, text)
    await stage.until(lambda: stage.offers(COORDINATOR_ID, ConfirmAnnouncement))
    await stage.world.settled(timeout=90)
    stage.tap(COORDINATOR_ID, stage.offers(COORDINATOR_ID, ConfirmAnnouncement)[0])


async def reported(stage: Stage) -> list[int]:
    """Wait for the final report and return its numbers: sent, blocked, failed, uncertain."""
    await stage.until(lambda: "belum pasti" in stage.live(COORDINATOR_ID).text)
    return [int(number) for number in re.findall(r"\d+", stage.live(COORDINATOR_ID).text.replace(".", ""))[:4]]


def received(stage: Stage, people: list[int], text: str) -> Counter[int]:
    """Count how often each has an announcement in their chat; the coordinator's preview does not count."""
    copies = Counter({person: sum(message.text == text for message in stage.world.sent(person)) for person in people})
    copies[COORDINATOR_ID] -= 1
    return copies


def fates(stage: Stage) -> dict[int, str]:
    """Return what became of each recipient's delivery of the last announcement."""
    (number,) = stage.rows(select(announcement.c.id).order_by(announcement.c.id.desc()).limit(1))[0]
    return dict(stage.rows(select(delivery.c.chat_id, delivery.c.state).where(delivery.c.announcement_id == number)))


def check(stage: Stage, people: list[int], text: str, report: list[int], kills: int = 0) -> tuple[int, int]:
    """Compare what the chats hold with what the bot believes and says; return how many messages came twice, and how many are doubtful."""
    in_flight = kills * AT_ONCE
    copies, states = received(stage, people, text), fates(stage)
    doubtful = {person for person, state in states.items() if state == "uncertain"}
    assert set(people) == set(states) == set(+copies)
    assert set(states.values()) <= {"sent", "uncertain"}
    assert {person for person in people if copies[person] > 1} <= doubtful
    assert len(doubtful) <= in_flight
    assert copies.total() - len(people) <= in_flight
    assert report == [len(people) - len(doubtful), 0, 0, len(doubtful)]
    return copies.total() - len(people), len(doubtful)


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


async def test_the_silence_that_telegram_asked_for_outlives_a_kill(open_stage: OpenStage) -> None:
    async with open_stage("sqlite", size=200) as stage:
        await stage.program.start()
        people = await gather_audience(stage, 200)
        stage.world.latency(WAY)
        await announce(stage, "Pengumuman rekaan")
        await stage.calls_made(50)
        stage.world.fail_next("copyMessage", 429, "Too Many Requests", retry_after=SILENCE)
        while not stage.rows(select(brake.c.until)):
            stage.say(people[1], "Halo?")
            await stage.until(lambda: not stage.world.state.updates.pending)
        await stage.program.kill()
        (until,) = stage.rows(select(brake.c.until))[0]
        stage.world.calls.clear()
        await stage.program.start()
        await reported(stage)
        sends = [call.moment for call in stage.world.calls if call.method == "copyMessage"]
        started = next(call.moment for call in stage.world.calls if call.method == "getMe")
        assert started < until <= min(sends)
        assert set(people) == set(+received(stage, people, "Pengumuman rekaan"))
