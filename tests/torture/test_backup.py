"""A backup taken in full swing, put back: the bot answers, and nobody hears of what was under way before the operator agrees."""

import asyncio
import json
import logging
import random
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, insert, select, update

from bot.sandbox.cast import crowd
from bot.storage.backup import check
from bot.storage.tables import dead_update, delivery, hold, learner
from tests.torture.doses import PATIENCE, dose
from tests.torture.people import STARTING, USES, Cast
from tests.torture.stage import OpenStage, Stage

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
log = logging.getLogger(__name__)  # to read the figures: pytest -o log_cli=true -o log_cli_level=INFO

TEXT = "Pengumuman rekaan"
QUIET = 60  # people who joined and do nothing any more
WAY = 0.2  # seconds that a message is on its way …
LONG_WAY = 4  # … and while the backup is made, so that it finds the announcement half-way
ROUNDS = dose("backup_rounds", 2, 40)
LEARNERS = dose("backup_learners", 5_000, 100_000)  # enough that a kill meets the middle


def copies(stage: Stage, people: list[int]) -> Counter[int]:
    """Count how often each of these has the announcement in their chat."""
    return Counter({person: sum(message.text == TEXT for message in stage.world.sent(person)) for person in people})


async def back_up_in_full_swing(stage: Stage, cast: Cast, quiet: list[int], file: Path) -> None:
    """Back up while an announcement is going out, reminders are due and 300 updates are on their way; then the machine dies."""
    for person in quiet:
        stage.open_link(person, "")
    await stage.all_taken_in()
    stage.world.latency(WAY)
    soon = datetime.now(UTC) + timedelta(seconds=3)
    stage.write(update(learner).where(learner.c.telegram_id.in_(quiet)).values(next_reminder_at=soon))
    await asyncio.to_thread(stage.program.command, "announce", TEXT)
    cast.act(random.Random(1))  # noqa: S311 - the same dice each time
    await stage.until(lambda: copies(stage, quiet).total() > 0)
    stage.world.latency(LONG_WAY)
    await asyncio.to_thread(stage.program.command, "db", "backup", str(file))
    stage.world.latency(0)
    await stage.until(lambda: all(copies(stage, quiet)[person] for person in quiet))
    await stage.program.kill()
    await stage.world.settled(timeout=90, quiet=0.5)
    stage.let_go()
    check(file)


async def note(stage: Stage) -> tuple[int, str]:
    """Return what /readyz says: its status, and what it has to say about sending."""
    status, body = await stage.program.get("/readyz")
    return status, json.loads(body)["checks"]["sending"] if body else ""


@pytest.mark.timeout(PATIENCE)
@pytest.mark.parametrize(("database", "decision"), [("sqlite", "--go-on"), ("postgresql", "--cancel")])
async def test_after_a_restore_nothing_goes_out_before_the_operator_agrees(
    open_stage: OpenStage, database: str, decision: str, tmp_path: Path
) -> None:
    async with open_stage(database, size=100 + 2 * STARTING + QUIET) as stage:
        link = await asyncio.to_thread(stage.program.command, "invite", "--uses", str(USES))
        cast, quiet = Cast(stage, link.rpartition("=")[2]), [person.id for person in crowd(100 + 2 * STARTING + QUIET)][-QUIET:]
        await stage.program.start()
        await cast.take_places()
        await back_up_in_full_swing(stage, cast, quiet, tmp_path / "backup")
        before = copies(stage, quiet)
        messages = {person: len(stage.world.sent(person)) for person in quiet}
        await asyncio.to_thread(stage.program.command, "db", "restore", "--force", str(tmp_path / "backup"))

        await stage.program.start()
        await stage.eventually(stage.program.is_ready)
        for each in cast.present:
            stage.open_link(each.person, "m-kartu")
        await stage.all_taken_in()
        await stage.world.settled(timeout=90, quiet=4)
        assert {person: len(stage.world.sent(person)) for person in quiet} == messages
        assert all(stage.world.sent(each.person)[-1].rows for each in cast.present), "people are answered all the while"
        status, said = await note(stage)
        assert (status, "held after a restore" in said) == (200, True)

        undecided = await stage.program.begin("db", "confirm", "--yes")
        shown = (await undecided.communicate())[0].decode()
        assert (undecided.returncode, TEXT in shown) == (1, True)
        (number,) = [line.split()[0] for line in shown.splitlines() if TEXT in line]
        await asyncio.to_thread(stage.program.command, "db", "confirm", decision, number, "--yes")
        await stage.eventually(lambda: settled(stage))
        again = copies(stage, quiet) - before
        waited = {person for (person,) in stage.rows(select(delivery.c.chat_id).where(delivery.c.state == "uncertain"))}
        if decision == "--go-on":
            assert set(again) <= waited, "whoever got it twice is counted as uncertain"
            assert all(copies(stage, quiet).values())
        else:
            assert not again
        assert stage.rows(select(dead_update.c.error)) == []


async def settled(stage: Stage) -> bool:
    """Tell whether nothing is held or waits any more."""
    waiting = select(func.count()).select_from(delivery).where(delivery.c.state.in_(("due", "claimed", "held")))
    return stage.rows(select(func.count()).select_from(hold)) == [(0,)] and stage.rows(waiting) == [(0,)]


@pytest.mark.timeout(PATIENCE)
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
async def test_kill_9_leaves_no_half_backup(open_stage: OpenStage, database: str, tmp_path: Path) -> None:
    async with open_stage(database) as stage:
        await asyncio.to_thread(people_the_database, stage, "lama")
        whole = await run_to_the_end(stage, "backup", str(tmp_path / "first"))
        dice = random.Random(database)  # noqa: S311 - as above
        for number in range(ROUNDS):
            file = tmp_path / str(number)
            under_way = await killed(stage, dice.uniform(0.4, 1.0) * whole, "backup", str(file))
            log.info("%s %s: killed under way: %s; there is a backup: %s", database, number, under_way, file.exists())
            assert not file.exists() or check(file).tables["learner"][0] == LEARNERS
        await run_to_the_end(stage, "backup", str(tmp_path / "last"))
        assert check(tmp_path / "last").tables["learner"] == check(tmp_path / "first").tables["learner"]


@pytest.mark.timeout(PATIENCE)
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
async def test_kill_9_leaves_the_old_database_or_the_restored_one(open_stage: OpenStage, database: str, tmp_path: Path) -> None:
    async with open_stage(database) as stage:
        for name in ("lama", "baru"):
            await asyncio.to_thread(people_the_database, stage, name)
            await run_to_the_end(stage, "backup", str(tmp_path / name))
        whole, present = await run_to_the_end(stage, "restore", "--force", str(tmp_path / "lama")), "lama"
        dice = random.Random(database)  # noqa: S311 - as above
        for number in range(ROUNDS):
            other = "baru" if present == "lama" else "lama"
            under_way = await killed(stage, dice.uniform(0.4, 1.0) * whole, "restore", "--force", str(tmp_path / other))
            found = stage.rows(select(learner.c.name, func.count()).group_by(learner.c.name))
            assert found in ([(present, LEARNERS)], [(other, LEARNERS)])
            log.info("%s %s: killed under way: %s; restored: %s", database, number, under_way, found[0][0] == other)
            present = found[0][0]
            stage.let_go()
        await run_to_the_end(stage, "restore", "--force", str(tmp_path / "baru"))
        assert stage.rows(select(func.count()).select_from(learner).where(learner.c.name == "baru")) == [(LEARNERS,)]
        assert stage.rows(select(func.count()).select_from(hold)) == [(1,)]


def people_the_database(stage: Stage, name: str) -> None:
    """Fill the database with people who all have this name, in the place of those who are there."""
    stage.write(delete(learner))
    same = {"name": name, "language": "id", "zone": "Asia/Jakarta", "joined_at": AT}
    rows = [{"telegram_id": number, **same} for number in range(1, LEARNERS + 1)]
    stage.write(insert(learner), rows)
    stage.let_go()


async def run_to_the_end(stage: Stage, *arguments: str) -> float:
    """Run a command of `sinau db`; return the seconds it took."""
    begun = time.monotonic()
    process = await stage.program.begin("db", *arguments)
    _, said = await process.communicate()
    assert process.returncode == 0, said.decode()
    return time.monotonic() - begun


async def killed(stage: Stage, seconds: float, *arguments: str) -> bool:
    """Begin a command of `sinau db` and kill it after so many seconds; tell whether it was not through by then."""
    process = await stage.program.begin("db", *arguments)
    try:
        await asyncio.wait_for(process.wait(), seconds)
    except TimeoutError:
        process.kill()
        await process.wait()
        return True
    return False
