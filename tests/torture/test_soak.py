"""A thousand busy learners for an hour: the program stays as small as it was after warming up, and holds on to nothing."""

import asyncio
import logging
import random
import re
import time
from dataclasses import dataclass
from pathlib import Path
from resource import getpagesize
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.actions import Answer, ConfirmErase, ExportData, OpenModule, ProgressChart, StartQuiz
from bot.sandbox.cast import crowd
from bot.storage.tables import dead_update, seen_update
from tests.torture.doses import LARGE, PATIENCE, dose
from tests.torture.stage import OpenStage, Program, Stage

log = logging.getLogger(__name__)  # to read the figures: pytest -o log_cli=true -o log_cli_level=INFO

LEARNERS = dose("soak learners", 150, 1000)
SECONDS = dose("soak seconds", 6, 3600)
WARM_UP = dose("soak warm up", 4, 300)  # seconds: caches fill, and each part of the program is used
PACE = dose("soak pace", 80, 30)  # updates a second
QUIET = dose("soak quiet", 1, 45)  # seconds without anything to do, after which connections that nobody uses are closed
SAMPLE = 600  # seconds between two samples
GROWTH = 1.05
SPARE = 3  # threads, tasks and files more than before that are no leak, such as a request on its way
KEPT = dose("soak kept connections", 200, 0)  # a hundred each way are kept for a while; a large dose waits until they are closed
SEVERAL = 20
SELDOM = (ProgressChart, ExportData, ConfirmErase)  # what people rarely press
COMMANDS = ("/belajar", "/kuis", "/progres", "/setelan", "/pengingat", "/jeda", "/lanjut", "/data", "/bantuan", "/learn", "Halo?")


@dataclass(frozen=True)
class Sample:
    """What the program holds."""

    memory: int  # bytes
    threads: int
    files: int
    tasks: int
    connections: int  # to PostgreSQL


class Learners:
    """A thousand people who press whatever button they see."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.people = [person.id for person in crowd(LEARNERS)]
        self._dice = random.Random(1)  # noqa: S311 - the same dice each time

    async def arrive(self) -> None:
        for person in self.people:
            self.stage.open_link(person, "")
        await self.stage.world.settled(timeout=90)

    async def keep_busy(self, seconds: float) -> None:
        """Let one after another do something, at an even pace."""
        begun = time.monotonic()
        for number in range(int(seconds * PACE)):
            await asyncio.sleep(max(0.0, begun + number / PACE - time.monotonic()))
            self._act(self._dice.choice(self.people))
        await self.stage.world.settled(timeout=90)

    def _act(self, person: int) -> None:
        offers = [action for action in self.stage.offers(person, object) if not isinstance(action, SELDOM) or self._dice.random() < 0.01]
        if offers and self._dice.random() < 0.95:
            self.stage.tap(person, self._dice.choice(offers))
        else:
            self.stage.say(person, self._dice.choice(COMMANDS))

    async def use_everything(self) -> None:
        """Let several at once use what people rarely use, so that it is loaded, and each thread has its memory."""
        several = self.people[:SEVERAL]
        for person in several:
            self.stage.open_link(person, "m-jawab")
        await self._press(several, OpenModule, StartQuiz, Answer)
        for person in several:
            self.stage.say(person, "/progres")
        await self._press(several, ProgressChart)
        for person in several:
            self.stage.say(person, "/data")
        await self._press(several, ExportData)
        await self.stage.world.settled(timeout=90)

    async def _press(self, people: list[int], *kinds: type[Any]) -> None:
        for kind in kinds:
            await self.stage.world.settled(timeout=90)
            for person in people:
                await self.stage.press(person, kind)


async def look(stage: Stage, program: Program) -> Sample:
    """Measure after a moment of rest."""
    await asyncio.sleep(QUIET)
    process = Path(f"/proc/{program.pid}")
    _, metrics = await program.get("/metrics")
    tasks = re.search(r"^sinau_tasks (\S+)$", metrics, re.MULTILINE)
    assert tasks
    return Sample(
        memory=int((process / "statm").read_text().split()[1]) * getpagesize(),
        threads=len(list((process / "task").iterdir())),
        files=len(list((process / "fd").iterdir())),
        tasks=int(float(tasks.group(1))),
        connections=stage.connections(),
    )


@pytest.mark.timeout(PATIENCE)
@pytest.mark.parametrize(("mode", "database"), [("webhook", "postgresql"), ("polling", "sqlite")] if LARGE else [("webhook", "postgresql")])
async def test_busy_learners_leave_the_program_as_they_found_it(open_stage: OpenStage, mode: str, database: str) -> None:
    async with open_stage(database, mode, size=LEARNERS) as stage:
        await stage.program.start()
        learners = Learners(stage)
        await learners.arrive()
        await learners.use_everything()
        await learners.keep_busy(WARM_UP)
        before = await look(stage, stage.program)
        log.info("%s after warming up: %s", database, before)
        left = SECONDS
        while left > 0:
            await learners.keep_busy(min(left, SAMPLE))
            left -= SAMPLE
            after = await look(stage, stage.program)
            log.info("%s, %s updates: %s", database, stage.updates, after)
        assert after.memory < before.memory * GROWTH
        assert after.threads <= before.threads + SPARE
        assert after.files <= before.files + SPARE + KEPT
        assert after.tasks <= before.tasks + SPARE
        assert after.connections <= before.connections
        assert stage.rows(select(func.count()).select_from(seen_update)) == [(stage.updates,)]
        assert stage.rows(select(func.count()).select_from(dead_update)) == [(0,)]
