"""One update in a hundred makes its handler fail: it is parked and seen by the operator, and nobody else notices.

Poison is a question whose snapshot was damaged in the database: whoever answers it makes the grading fail, each time it is tried.
"""

import asyncio
import logging
import random
import re

import pytest
from sqlalchemy import Update, func, select, update

from bot.actions import Answer
from bot.storage.tables import attempt, dead_update, learner, prompt
from tests.torture.doses import PATIENCE, dose
from tests.torture.inside.learners import begin_quizzes
from tests.torture.people import FIRST
from tests.torture.stage import OpenStage, Stage

log = logging.getLogger(__name__)

PEOPLE = range(FIRST, FIRST + dose("poison_people", 100, 2_000))
POISONED = max(1, len(PEOPLE) // 100)


@pytest.mark.timeout(PATIENCE)
@pytest.mark.parametrize(("database", "mode"), [("sqlite", "polling"), ("postgresql", "webhook")])
async def test_what_fails_is_parked_and_nobody_else_notices(open_stage: OpenStage, database: str, mode: str) -> None:
    async with open_stage(database, mode, size=len(PEOPLE), questions=2) as stage:
        await stage.program.start()
        await begin_quizzes(stage, PEOPLE)
        poisoned = set(random.Random(database).sample(PEOPLE, POISONED))  # noqa: S311 - the same each time
        for person in poisoned:
            stage.write(_damage(person))
        for person in PEOPLE:
            stage.tap(person, stage.offers(person, Answer)[0])
            stage.say(person, "/progres")
        await stage.until(lambda: all("Progres" in stage.live(person).text for person in PEOPLE))

        for person in PEOPLE:
            before_progress = stage.world.sent(person)[-2].text
            codes = _codes(stage, person)
            assert len(codes) == (person in poisoned)
            assert all(f"kode {code} " in before_progress for code in codes), "the apology comes before what was asked for next"
        answered = {person for (person,) in stage.rows(select(learner.c.telegram_id).join(attempt, attempt.c.learner_id == learner.c.id))}
        assert answered == {*PEOPLE} - poisoned
        assert stage.rows(select(func.count()).select_from(attempt)) == [(len(answered),)]
        await _is_seen_by_the_operator(stage)
        for person in poisoned:
            stage.say(person, "/start m-kartu")
        await stage.until(lambda: all("Modul kartu" in stage.live(person).text for person in poisoned))
        log.info("%s, %s: %d people, %d dead", database, mode, len(PEOPLE), POISONED)


def _damage(person: int) -> Update:
    whose = select(learner.c.id).where(learner.c.telegram_id == person).scalar_subquery()
    return update(prompt).where(prompt.c.learner_id == whose, prompt.c.place == 1).values(snapshot={"item": {}})


def _codes(stage: Stage, person: int) -> list[str]:
    return [code for (code,) in stage.rows(select(dead_update.c.code).where(dead_update.c.telegram_id == person))]


async def _is_seen_by_the_operator(stage: Stage) -> None:
    status, metrics = await stage.program.get("/metrics")
    assert status == 200
    assert f'sinau_updates_total{{outcome="dead"}} {POISONED:.1f}\n' in metrics
    found = await asyncio.to_thread(stage.program.command, "doctor", status=1)
    assert re.search(rf"BAD +dead updates: {POISONED} could not be handled", found), found
