"""What is remembered, as it is kept: by answers, by the migration, and in the operator's report."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, insert, select, text

from bot.content.model import Catalogue
from bot.core import make_rules
from bot.domain.memory import Memory
from bot.services import reporting
from bot.settings import Settings
from bot.storage import enrolments, memories, sittings
from bot.storage.engine import make_engine
from bot.storage.migrate import MIGRATIONS
from bot.storage.tables import attempt, learner, prompt, sitting

AT = datetime(2026, 3, 2, 3, tzinfo=UTC)
DAY = date(2026, 3, 2)
MEMORY = Memory(2.5, 5.5, DAY, DAY + timedelta(days=2), mistaken=True)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


def add_learner(db: Connection, number: int) -> None:
    db.execute(insert(learner).values(id=number, telegram_id=number, name="Rekaan", language="id", zone="Asia/Jakarta", joined_at=AT))
    db.execute(insert(sitting).values(id=number, learner_id=number, kind="quiz", module_id="m", started_at=AT))


def add_prompt(db: Connection, number: int, item: str, whose: int = 1) -> None:
    ids = {"id": number, "sitting_id": whose, "learner_id": whose, "module_id": "m", "item_id": item}
    db.execute(insert(prompt).values(**ids, place=number, snapshot={}))


def add_attempt(db: Connection, number: int, item: str, **outcome: Any) -> None:
    add_prompt(db, number, item)
    ids = {"prompt_id": number, "learner_id": 1, "module_id": "m", "item_id": item}
    db.execute(insert(attempt).values(**ids, response=["a"], at=AT + timedelta(hours=number), **outcome))


def test_a_memory_is_written_again_in_its_place_and_found_with_its_prompt(engine: Engine) -> None:
    with engine.begin() as db:
        add_learner(db, 1)
        add_prompt(db, 1, "known")
        add_prompt(db, 2, "new")
        for stability in (1.0, 2.5):
            memories.write(db, 1, ("m", "known"), Memory(stability, 5.5, DAY, MEMORY.due_on, mistaken=True))
        assert memories.of_learner(db, 1) == {("m", "known"): MEMORY}
        found = [sittings.find_prompt(db, 1, number) for number in (1, 2)]
        assert [each and each[1].memory for each in found] == [MEMORY, None]


def test_answers_from_before_count_as_if_the_last_had_been_the_first(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as db:
        add_learner(db, 1)
        add_attempt(db, 1, "mended", score=0.0, correct=False, unsure=False)
        add_attempt(db, 2, "mended", score=1.0, correct=True, unsure=False)
        add_attempt(db, 3, "lost", score=0.0, correct=False, unsure=False)
        add_attempt(db, 4, "doubtful", score=1.0, correct=True, unsure=True)
        add_attempt(db, 5, "opinion", score=None, correct=None, unsure=False)
        config.attributes["connection"] = db
        command.downgrade(config, "0004")
        command.upgrade(config, "0005")
        assert memories.of_learner(db, 1) == {
            ("m", "mended"): Memory(2.3065, 2.1181, DAY, DAY + timedelta(days=2)),
            ("m", "lost"): Memory(0.212, 6.4133, DAY, DAY + timedelta(days=1), mistaken=True),
            ("m", "doubtful"): Memory(1.2931, 5.1122, DAY, DAY + timedelta(days=1)),
        }
        assert memories.mistakes(db, 1) == {("m", "lost"): 3}
        assert set(db.scalars(select(attempt.c.seconds))) == {None}


def test_an_answer_that_arrives_while_its_prompt_is_dropped_stays(postgresql_url: str) -> None:
    engine = make_engine(postgresql_url)
    with engine.begin() as db:
        add_learner(db, 1)
        add_prompt(db, 1, "i")
        memories.write(db, 1, ("m", "i"), MEMORY)

    def drop() -> None:
        with engine.begin() as db:
            sittings.drop_answered_elsewhere(db, 1, DAY)

    with ThreadPoolExecutor(1) as pool:
        with engine.begin() as db:
            answer = {"prompt_id": 1, "learner_id": 1, "module_id": "m", "item_id": "i", "response": ["a"], "unsure": False, "at": AT}
            db.execute(insert(attempt).values(**answer))
            dropped = pool.submit(drop)
            waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
            while not dropped.done() and not db.execute(waiting).scalar_one():
                pass
        dropped.result()
    with engine.begin() as db:
        assert db.scalars(select(attempt.c.prompt_id)).all() == [1]
    engine.dispose()


@pytest.mark.parametrize(("takers", "mean"), [(0, None), (4, None), (5, 0.8)])
def test_the_mean_score_of_a_module_is_told_only_of_five_people_or_more(engine: Engine, takers: int, mean: float | None) -> None:
    with engine.begin() as db:
        for number in range(1, takers + 2):
            add_learner(db, number)
            place = enrolments.add(db, number, "m", "1", AT)
            if number <= takers:
                enrolments.change(db, place.id, best_score=0.8)
        (row,) = reporting.summarise(db, Catalogue({}, {}, (), MIGRATIONS), make_rules(Settings()), AT).modules
    assert (row.enrolled, row.score) == (takers + 1, mean)
