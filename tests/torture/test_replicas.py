"""Several replicas on one PostgreSQL, of which one is killed: each effect once, in each chat's order; each message once."""

import asyncio
import logging
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from bot.sandbox.cast import COORDINATOR_ID
from bot.storage.tables import delivery, learner
from tests.torture.broadcasts import announce, check, received, reported
from tests.torture.doses import LARGE, PATIENCE, dose
from tests.torture.people import FIRST, STARTING, USES, Cast
from tests.torture.stage import AT_ONCE, OpenStage, Stage

log = logging.getLogger(__name__)  # to read the figures: pytest -o log_cli=true -o log_cli_level=INFO

ROUNDS = dose("replica rounds", 1, 5)
AUDIENCE = dose("replica audience", 100, 1000)
WAY = 0.01  # seconds that a message is on its way, so that a kill meets some there
EVERYWHERE = [(replicas, mode) for replicas in (2, 3) for mode in ("webhook", "polling")]


def always_welcome(folder: Path) -> dict[str, str]:
    """Return the settings with which a reminder may come at any time."""
    today = datetime.now(UTC).date()
    file = folder / "holidays.yaml"
    days = [today + timedelta(days=n) for n in (-1, 0, 1)]
    file.write_text("working_days:\n" + "".join(f"  {day}: hari kerja rekaan\n" for day in days), encoding="utf-8")
    return {
        "SINAU_REMINDERS__HOLIDAYS_FILE": str(file),
        "SINAU_REMINDERS__QUIET_FROM": "00:00",
        "SINAU_REMINDERS__QUIET_UNTIL": "00:00",
        "SINAU_REMINDERS__TICK_SECONDS": "1",
    }


@pytest.mark.timeout(PATIENCE)
@pytest.mark.parametrize(("replicas", "mode"), EVERYWHERE if LARGE else EVERYWHERE[:1])
async def test_what_several_replicas_do_is_done_once(open_stage: OpenStage, tmp_path: Path, replicas: int, mode: str) -> None:
    first = STARTING * (ROUNDS + 1) + 100
    settings = always_welcome(tmp_path)
    async with open_stage("postgresql", mode, size=first + AUDIENCE, questions=ROUNDS + 2, replicas=replicas, **settings) as stage:
        link = await asyncio.to_thread(stage.program.command, "invite", "--uses", str(USES))
        cast = Cast(stage, link.rpartition("=")[2])
        await asyncio.gather(*(start(stage, number) for number in range(replicas)))
        await cast.take_places()
        for number in range(ROUNDS):
            await keep_order(stage, cast, random.Random(f"{mode} {replicas} {number}"))  # noqa: S311 - the same dice each time
        await cast.end(random.Random(1))  # noqa: S311 - as above
        cast.check()
        people = [COORDINATOR_ID, *cast.everybody(), *range(FIRST + first, FIRST + first + AUDIENCE)]
        for person in (COORDINATOR_ID, *people[-AUDIENCE:]):
            stage.open_link(person, "")
        await stage.all_taken_in()
        stage.world.latency(WAY)
        for number in range(ROUNDS):
            await push_once(stage, people, f"Pengumuman rekaan {number}", random.Random(f"{mode} {replicas} {number}"))  # noqa: S311 - as above


async def start(stage: Stage, number: int) -> None:
    await stage.programs[number].start()
    await stage.eventually(stage.programs[number].is_ready)


async def keep_order(stage: Stage, cast: Cast, dice: random.Random) -> None:
    """Kill a replica while updates are on their way, and go on without it; then let it come back."""
    cast.act(dice)
    await stage.calls_made(dice.randrange(300))
    victim = dice.randrange(len(stage.programs))
    await stage.programs[victim].kill()
    unanswered = await stage.all_taken_in()
    log.info("%s killed; %s unanswered, %s screens behind", stage.programs[victim].name, len(unanswered), cast.behind())
    cast.check()
    await cast.go_on(dice)
    cast.check()
    await start(stage, victim)


async def push_once(stage: Stage, people: list[int], text: str, dice: random.Random) -> None:
    """Kill a replica while an announcement and everybody's reminder go out."""
    before = {person: len(stage.world.sent(person)) for person in people}
    stage.write(delete(delivery).where(delivery.c.kind == "reminder"))
    due = {"next_reminder_at": datetime.now(UTC), "last_studied_on": None}
    stage.write(update(learner).where(learner.c.telegram_id != COORDINATOR_ID).values(due))
    await announce(stage, text)
    await stage.calls_made(dice.randrange(1, len(people)))
    victim = dice.randrange(len(stage.programs))
    await stage.programs[victim].kill()
    comes_back = dice.random() < 0.5 or not LARGE  # else the others notice after a while
    if comes_back:
        await start(stage, victim)
    twice, doubtful = check(stage, people, text, await reported(stage), kills=1)
    fates = await reminders_sent(stage, len(people) - 1)
    copies = received(stage, people, text)
    for person in people[1:]:  # the first one announces, and is busy with that
        reminders = len(stage.world.sent(person)) - before[person] - copies[person]
        assert reminders == 1 or (reminders == 2 and fates[person] == "uncertain")
    unsure = sum(fate == "uncertain" for fate in fates.values())
    assert unsure + doubtful <= AT_ONCE
    figures = (stage.programs[victim].name, comes_back, twice, doubtful, unsure)
    log.info("%s killed (comes back: %s); %s announcements came twice, %s doubtful, and %s reminders", *figures)
    await stage.all_taken_in()
    if not comes_back:
        await start(stage, victim)


async def reminders_sent(stage: Stage, count: int) -> dict[int, str]:
    """Wait until everybody's reminder has its fate, and return it by chat."""
    reminders = select(delivery.c.chat_id, delivery.c.state).where(delivery.c.kind == "reminder")

    async def all_sent() -> bool:
        return sum(state in {"sent", "uncertain"} for _, state in stage.rows(reminders)) == count

    await stage.eventually(all_sent)
    return dict(stage.rows(reminders))
